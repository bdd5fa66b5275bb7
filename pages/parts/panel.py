"""What the panel's model says of the cohort: as stored or, for a past day, computed."""

import pandas as pd

from queries.view import View


def panel(view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """How well the panel agrees (one row per criterion, the total first), its reviewers, and the
    applications that hold a place; always of the whole cohort, whatever the filters.

    The frames have the columns of panel_agreement, panel_reviewer and panel_application.
    """
    if view.filters.as_of is None:
        questions = ("panel_agreement", "panel_reviewers", "panel_applications")
        return tuple(map(view.ask, questions))
    # Only a past day needs the model in the server, and more of scipy with it.
    from analysis.assessment import assessed

    return tuple(view.derive(assessed, "panel_reviews", "panel_pool"))

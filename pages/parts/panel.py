"""What the panel's model says of the cohort: as stored or, for a past day, computed."""

import pandas as pd

from queries.view import View


def panel(view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """How well the panel agrees (one row per criterion, the total first), its reviewers, and the
    applications that hold a place; always of the whole cohort, whatever the filters.

    The frames have the columns of panel_agreement, panel_reviewer and panel_application. Of more
    applications than the model takes none is listed, as nothing is told of any; the row of the
    total says why.
    """
    if view.filters.as_of is None:
        questions = ("panel_agreement", "panel_reviewers", "panel_applications")
        return tuple(map(view.ask, questions))
    # Only a past day needs the model in the server, and more of scipy with it.
    from analysis.assessment import MOST_APPLICATIONS, assessed

    agreement, reviewers, applications = view.derive(assessed, "panel_reviews", "panel_pool")
    if len(applications) > MOST_APPLICATIONS:
        applications = applications[:0]
    return agreement, reviewers, applications

"""How each centre stands with each of its indicators: the status rule over the reader's view."""

from datetime import date
from functools import lru_cache

import pandas as pd

from analysis.status import judged
from queries.bands import bands
from queries.view import View


@lru_cache(maxsize=16)
def course(view: View) -> pd.DataFrame:
    """One row per centre and indicator: what was asked, reported and judged, on the day shown.

    The columns of `queries/indicator_series.sql` and those that `analysis.status.judged` adds. The
    frame is shared between readers: do not change it.

    A status depends on no filter, so the cohort is judged once, and what a reader narrows it to is
    taken out of that.
    """
    whole = view.through(view.filters.only()).derive(
        _judged, "indicator_series", "target_path", as_of=view.today
    )
    if not set(view.filters.set()) & {"region", "country", "goal", "group"}:
        return whole
    left = whole["centre_id"].isin(view.ask("centres_left")["centre_id"])
    if view.filters.goal:
        left &= whole["priority"].isin(view.filters.goal)
    return whole[left].reset_index(drop=True)


def _judged(series: pd.DataFrame, path: pd.DataFrame, as_of: date) -> pd.DataFrame:
    kept = path.merge(series[["centre_id", "indicator"]], on=["centre_id", "indicator"])
    return judged(series, kept, as_of, bands())

"""How each centre stands with each of its indicators: the status rule over the reader's view."""

from datetime import date

import pandas as pd

from analysis.status import judged
from queries.bands import bands
from queries.view import View


def course(view: View) -> pd.DataFrame:
    """One row per centre and indicator: what was asked, reported and judged, on the day shown.

    The columns of `queries/indicator_series.sql` and those that `analysis.status.judged` adds. The
    frame is shared between readers: do not change it.
    """
    return view.derive(_judged, "indicator_series", "target_path", as_of=view.today)


def _judged(series: pd.DataFrame, path: pd.DataFrame, as_of: date) -> pd.DataFrame:
    kept = path.merge(series[["centre_id", "indicator"]], on=["centre_id", "indicator"])
    return judged(series, kept, as_of, bands())

"""The judged series of a reader's view: narrowed out of the whole cohort's."""

from datetime import date

import pandas as pd
import pytest

from queries.filters import Filters
from queries.rights import Rights
from queries.view import View, latest
from queries.words import Words
from reports.course import course

SERIES = ["centre_id", "indicator"]


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"region": "AFR"},
        {"region": "CIS"},
        {"country": ("KEN", "GMB", "NOR")},
        {"goal": ("KAP-2",)},
        {"goal": ("KAP-1", "KAP-4"), "region": "ASP"},
        {"group": ("SIDS", "LLDC")},
        {"region": "AMS", "as_of": date(2025, 1, 31)},
    ],
    ids=str,
)
def test_a_filter_leaves_the_series_that_the_question_itself_would_give(store, narrowed):
    filters = Filters(cohort="1", **narrowed)
    view = View(latest(), filters, Rights("director"), Words("en"), date(2026, 11, 24))
    asked = view.ask("indicator_series")
    judged = course(view)
    pd.testing.assert_frame_equal(judged[list(asked.columns)], asked, check_dtype=False)
    assert judged["status"].notna().all()

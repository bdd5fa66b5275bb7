import numpy as np
import pandas as pd

from analysis.status import judged
from analysis.totals import sums, totals

DUE = [("2026-07-01", 100)]
GOOD, BAD = [("2025-06-01", 50)], [("2025-06-01", 10)]


def rows(frame):
    """Rows written out, missing as None."""
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame.itertuples(index=False)
    ]


def test_seven_of_eleven_reporting_and_of_all_seventeen_between_seven_and_thirteen(
    frames, bands, as_of
):
    cases = [{"reports": GOOD, "targets": DUE}] * 6
    cases += [{"reports": [("2025-06-01", 100)], "targets": DUE}]
    cases += [{"reports": BAD, "targets": DUE}] * 4
    cases += [{"targets": DUE}] * 4 + [{"targets": [("2025-01-01", 100)]}] * 2
    cases += [{"reports": GOOD}]  # without a target there is nothing to be on course for
    told = totals(judged(*frames(*cases), as_of, bands), ["plan"])
    assert list(told) == [
        "plan", "targets", "reporting", "on_course", "unjudged", "least", "most",
    ]  # fmt: skip
    assert rows(told) == [("KAP", 17, 11, 7, 0, 7, 13)]


def test_those_reporting_of_whom_nothing_can_be_said_are_told(frames, bands, as_of):
    cases = [
        {"reports": GOOD, "targets": DUE},
        {"baseline_on": None, "reports": GOOD, "targets": DUE},
        {"reports": [("2024-01-01", 50)], "targets": DUE},
        {"targets": DUE},
    ]
    told = totals(judged(*frames(*cases), as_of, bands), ["plan"])
    assert rows(told) == [("KAP", 4, 3, 1, 2, 1, 2)]


def test_regions_without_any_series_are_there_with_zero_and_none_is_lost(frames, bands, as_of):
    told = judged(*frames({"targets": DUE}, {"reports": GOOD, "targets": DUE}), as_of, bands)
    told["region"] = pd.Categorical(["EUR", None], ["AFR", "EUR"])
    assert rows(totals(told, ["region"])) == [
        ("AFR", 0, 0, 0, 0, 0, 0),
        ("EUR", 1, 0, 0, 0, 0, 1),
        (None, 1, 1, 1, 0, 1, 1),
    ]


def values(*rows):
    return pd.DataFrame(rows, columns=["region", "indicator", "additive", "value"])


def test_adds_up_what_is_additive_and_says_how_many_it_rests_on():
    told = sums(
        values(
            ("AFR", "people", True, 10.0),
            ("AFR", "people", True, 0.0),
            ("AFR", "people", True, np.nan),
            ("AFR", "sites", True, 3.0),
            ("AFR", "price", False, 5.0),
            ("EUR", "people", True, 7.0),
        ),
        ["region"],
    )
    assert list(told) == ["region", "indicator", "value", "reports", "series"]
    assert rows(told) == [
        ("AFR", "people", 10.0, 2, 3),
        ("AFR", "sites", 3.0, 1, 1),
        ("EUR", "people", 7.0, 1, 1),
    ]


def test_a_group_without_a_report_has_no_sum_and_not_zero():
    told = sums(values(("AFR", "people", True, np.nan), (None, "people", True, 0.0)), ["region"])
    assert rows(told) == [("AFR", "people", None, 0, 1), (None, "people", 0.0, 1, 1)]


def test_what_nobody_declared_additive_is_not_added():
    frame = values(("AFR", "people", None, 10.0), ("AFR", "price", False, 5.0))
    assert sums(frame, ["region", "indicator"]).empty

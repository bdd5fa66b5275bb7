"""What `judged` promises beside the status of a single case: rows, precedence, plans, speed."""

import math
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import numpy as np
import pandas as pd
import pytest

from analysis.status import STATUSES, judged
from queries import bands as house

DUE = [("2026-07-01", 100)]
TWO = [("2025-01-01", 20), ("2026-07-01", 100)]
OVER = [("2025-06-30", 100)]


def on(value):
    return [("2025-02-01", value), ("2025-06-15", value)]


def test_keeps_rows_order_index_and_columns(frames, bands, as_of):
    series, path = frames({"targets": DUE}, {"reports": on(100), "targets": DUE}, {})
    series.index = [7, 7, 3]
    result = judged(series, path, as_of, bands)
    assert list(result.index) == [7, 7, 3]
    assert list(result["status"]) == ["not yet due", "achieved", "not calculable"]
    pd.testing.assert_frame_equal(result[series.columns], series)


def test_judges_nothing_when_there_is_nothing(frames, bands, as_of):
    series, path = frames({"reports": on(50), "targets": DUE})
    assert judged(series[:0], path[:0], as_of, bands).empty
    assert list(judged(series, path[:0], as_of, bands)["reason"]) == ["no_target"]
    assert len(judged(series, pd.concat([path, path.assign(centre_id="X")]), as_of, bands)) == 1


def test_takes_moments_as_well_as_dates(frames, bands, as_of):
    series, path = frames({"reports": on(50), "targets": TWO})
    moments = series.assign(
        **{name: pd.to_datetime(series[name]) for name in series if name.endswith("_on")}
    )
    told = judged(moments, path.assign(due_on=pd.to_datetime(path["due_on"])), as_of, bands)
    new = [name for name in told if name not in series]
    pd.testing.assert_frame_equal(told[new], judged(series, path, as_of, bands)[new])


def test_what_is_unknown_is_never_zero(frames, bands, as_of):
    told = judged(*frames({"targets": DUE}), as_of, bands).iloc[0]
    numbers = ["value", "ratio", "required_pace", "actual_pace"]
    assert all(math.isnan(told[name]) for name in numbers)
    assert told["expected"] == 50 and told["at_this_pace_on"] is None and told["outlook"] is None


def test_the_precedence_of_the_file_decides(frames, bands, as_of):
    usual = bands["default"]
    late = ("on course", *(status for status in usual.precedence if status != "on course"))
    case = frames({"reports": on(100), "targets": DUE}, {"reports": on(100), "targets": OVER})
    assert list(judged(*case, as_of, bands)["status"]) == ["achieved", "achieved"]
    told = judged(*case, as_of, {"default": replace(usual, precedence=late)})
    assert list(told["status"]) == ["on course", "achieved"]


def test_a_plan_may_draw_lines_of_its_own(frames, bands, as_of):
    mild = bands | {"BAP": replace(bands["default"], on_course=0.9)}
    given = {"reports": on(46), "targets": DUE}
    case = frames(given, given | {"plan": "BAP"}, given | {"plan": None})
    assert list(judged(*case, as_of, mild)["status"]) == ["behind", "on course", "behind"]
    with pytest.raises(ValueError, match="no bands for default"):
        judged(*case, as_of, {"BAP": mild["BAP"]})


def test_the_lines_the_house_ships_are_those_of_the_cases(bands):
    assert house.bands()["default"] == bands["default"]


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda s, p: (pd.concat([s, s]), p), "a series stands there twice: C1 I1"),
        (lambda s, p: (s, pd.concat([p, p])), "two targets on one due date: C1 I1"),
        (lambda s, p: (s.assign(direction="sideways"), p), "up or down, not sideways"),
    ],
)
def test_refuses_what_has_no_meaning(change, said, frames, bands, as_of):
    series, path = change(*frames({"reports": on(50), "targets": DUE}))
    with pytest.raises(ValueError, match=said):
        judged(series, path, as_of, bands)


def test_a_thousand_times_as_many_series_take_far_less_than_a_thousand_times_as_long(
    frames, bands, as_of
):
    """No loop over series: 80,000 with three targets each cost at most 200 times as much as 80."""
    first, way = frames(
        *({"reports": on(n), "targets": [*TWO, ("2027-07-01", 200)]} for n in range(80))
    )
    parts = range(1000)
    many = pd.concat([first.assign(indicator=f"I{n}") for n in parts], ignore_index=True)
    paths = pd.concat([way.assign(indicator=f"I{n}") for n in parts], ignore_index=True)

    def fastest(series, path):
        took = []
        for _ in range(3):
            began = perf_counter()
            judged(series, path, as_of, bands)
            took.append(perf_counter() - began)
        return min(took)

    assert fastest(many, paths) < 200 * fastest(first, way)


def test_every_day_of_a_path_has_its_status(frames, bands):
    """From before the start until after the end, in silence and with one report."""
    given = [{"targets": TWO}, {"reports": [("2024-10-01", 11)], "targets": TWO}]
    seen = []
    for n in range(0, 900, 10):
        day = date(2024, 6, 1) + timedelta(n)
        seen.append(tuple(judged(*frames(*given, as_of=day), day, bands)["status"]))
    steps = [pair for n, pair in enumerate(seen) if n == 0 or pair != seen[n - 1]]
    assert steps == [
        ("not yet due", "not yet due"),
        ("not yet due", "on course"),
        ("not yet due", "behind"),
        ("not yet due", "off course"),
        ("no report", "off course"),
    ]
    assert np.isin(seen, STATUSES).all()

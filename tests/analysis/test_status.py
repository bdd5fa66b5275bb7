"""Every case of the status rule, with the exact word; what is not named is as in conftest.py."""

from datetime import date

import pandas as pd
import pytest

from analysis.status import STATUSES, judged

# All on 1 July 2025: a year after the baseline of 0, a year before most last due dates.
DUE = [("2026-07-01", 100)]
TWO = [("2025-01-01", 20), ("2026-07-01", 100)]
OVER = [("2025-06-30", 100)]
TODAY = [("2025-07-01", 100)]
FALLING = {"direction": "down", "baseline": 80.0, "targets": [("2026-07-01", 20)]}  # 50 by now
YES_NO = {"kind": "yes/no", "baseline": None, "baseline_on": None}


def on(value, day="2025-06-15"):
    return [("2025-02-01", value), (day, value)]


CASES = {
    # Rising: 50 of 100 are expected by now.
    "as expected": ({"reports": on(50), "targets": DUE}, "on course"),
    "exactly on the edge of on course": ({"reports": on(47.5), "targets": DUE}, "on course"),
    "a little under that edge": ({"reports": on(47.4999), "targets": DUE}, "behind"),
    "exactly on the edge of behind": ({"reports": on(30), "targets": DUE}, "behind"),
    "a little under that edge as well": ({"reports": on(29.9999), "targets": DUE}, "off course"),
    "nothing changed": ({"reports": on(0), "targets": DUE}, "off course"),
    "a little worse than the baseline": ({"reports": on(-0.01), "targets": DUE}, "moved away"),
    "an edge that binary numbers miss": (
        {"baseline": 0.1, "reports": on(0.29), "targets": [("2026-07-01", 0.5)]},
        "on course",  # 0.19 of 0.2, which as doubles is 0.9499999999999997
    ),
    "more than expected": ({"reports": on(80), "targets": DUE}, "on course", {"ratio": 1.6}),
    "the last target a year early": ({"reports": on(100), "targets": DUE}, "achieved"),
    "an overshoot": ({"reports": on(250), "targets": DUE}, "achieved", {"ratio": 5.0}),
    "a target that binary numbers miss": (
        {
            "direction": "down",
            "baseline": 1.0,
            "reports": on(0.1 + 0.2),
            "targets": [(DUE[0][0], 0.3)],
        },
        "achieved",
    ),
    "achieved and lost again": (
        {"reports": [("2025-01-01", 100), ("2025-06-01", 20)], "targets": DUE},
        "off course",
    ),
    "better than it was, from a baseline below zero": (
        {"baseline": -100.0, "reports": on(-50), "targets": [("2026-07-01", 0)]},
        "on course",
    ),
    # Falling: from 80 to 20, 50 by now.
    "falling as expected": (FALLING | {"reports": on(50)}, "on course", {"ratio": 1.0}),
    "falling too slowly": (FALLING | {"reports": on(60)}, "behind"),
    "hardly falling": (FALLING | {"reports": on(75)}, "off course"),
    "rising instead of falling": (FALLING | {"reports": on(81)}, "moved away"),
    "fallen to the target": (FALLING | {"reports": on(20)}, "achieved"),
    "fallen below the target": (FALLING | {"reports": on(5)}, "achieved"),
    "falling to zero, half of it done": (
        FALLING | {"targets": [("2026-07-01", 0)], "reports": on(40)},
        "on course",
    ),
    "falling to zero, zero reported": (
        FALLING | {"targets": [("2026-07-01", 0)], "reports": on(0)},
        "achieved",
    ),
    # Cumulative without a baseline counts from 0.
    "cumulative from 0 at the start": (
        {
            "kind": "cumulative",
            "baseline": None,
            "baseline_on": None,
            "starts_on": "2024-07-01",
            "reports": on(49),
            "targets": DUE,
        },
        "on course",
        {"expected": 50.0},
    ),
    "cumulative, zero reported": (
        {
            "kind": "cumulative",
            "baseline": None,
            "baseline_on": None,
            "starts_on": "2024-07-01",
            "reports": on(0),
            "targets": DUE,
        },
        "off course",
        {"ratio": 0.0},
    ),
    "cumulative with a baseline": (
        {
            "kind": "cumulative",
            "baseline": 100.0,
            "reports": on(140),
            "targets": [(DUE[0][0], 200)],
        },
        "behind",
        {"ratio": 0.8},
    ),
    "cumulative, nobody knows since when": (
        {
            "kind": "cumulative",
            "baseline": None,
            "baseline_on": None,
            "reports": on(49),
            "targets": DUE,
        },
        "not calculable",
        {"reason": "no_start"},
    ),
    # Yes/no is a step.
    "yes before it is due": (YES_NO | {"reports": on(1), "targets": [(DUE[0][0], 1)]}, "achieved"),
    "no before it is due": (
        YES_NO | {"reports": on(0), "targets": [(DUE[0][0], 1)]},
        "not yet due",
    ),
    "no on the due date": (
        YES_NO | {"reports": on(0), "targets": [(TODAY[0][0], 1)]},
        "off course",
    ),
    "no after the due date": (
        YES_NO | {"reports": on(0), "targets": [(OVER[0][0], 1)]},
        "off course",
    ),
    "yes after the due date": (
        YES_NO | {"reports": on(1), "targets": [(OVER[0][0], 1)]},
        "achieved",
    ),
    "yes/no in silence before it is due": (YES_NO | {"targets": [(DUE[0][0], 1)]}, "not yet due"),
    "yes/no in silence after it was due": (YES_NO | {"targets": [(OVER[0][0], 1)]}, "no report"),
    "no longer yes": (
        YES_NO | {"baseline": 1.0, "reports": on(0), "targets": [(OVER[0][0], 1)]},
        "moved away",
    ),
    "a yes that should become no, and did not": (
        YES_NO | {"direction": "down", "reports": on(1), "targets": [(OVER[0][0], 0)]},
        "off course",
    ),
    # Baseline equal to the target: the path asks to stay.
    "stayed where it should": ({"baseline": 100.0, "reports": on(100), "targets": DUE}, "achieved"),
    "better than where it should stay": (
        {"baseline": 100.0, "reports": on(120), "targets": DUE},
        "achieved",
        {"ratio": None},
    ),
    "worse than where it should stay": (
        {"baseline": 100.0, "reports": on(99), "targets": DUE},
        "moved away",
        {"ratio": None},
    ),
    "asked to stay at first, and stays": (
        {"baseline": 20.0, "reports": on(20), "targets": [("2025-12-31", 20), ("2026-07-01", 100)]},
        "on course",
    ),
    # No baseline.
    "a level without a baseline": (
        {"baseline": None, "baseline_on": None, "reports": on(60), "targets": DUE},
        "not calculable",
        {"reason": "no_baseline", "ratio": None},
    ),
    "a level without a baseline, achieved": (
        {"baseline": None, "baseline_on": None, "reports": on(100), "targets": DUE},
        "achieved",
    ),
    "a level without a baseline after the due date": (
        {"baseline": None, "baseline_on": None, "reports": on(70), "targets": OVER},
        "behind",
        {"ratio": 0.7},
    ),
    "a level without a baseline on the due date": (
        {"baseline": None, "baseline_on": None, "reports": on(97), "targets": TODAY},
        "on course",
        {"ratio": 0.97},
    ),
    "a level without a baseline between two due dates": (
        {"baseline": None, "baseline_on": None, "reports": on(60), "targets": TWO},
        "not calculable",
        {"reason": "no_baseline"},
    ),
    "a falling level without a baseline after the due date": (
        {
            "direction": "down",
            "baseline": None,
            "baseline_on": None,
            "reports": on(200),
            "targets": OVER,
        },
        "off course",
        {"ratio": 0.5},
    ),
    "a level without a baseline that should have fallen to zero": (
        {
            "direction": "down",
            "baseline": None,
            "baseline_on": None,
            "reports": on(3),
            "targets": [("2025-06-30", 0)],
        },
        "not calculable",
        {"reason": "no_baseline"},
    ),
    # No start.
    "a baseline without a date": (
        {"baseline_on": None, "reports": on(50), "targets": DUE},
        "not calculable",
        {"reason": "no_start", "expected": None},
    ),
    "a baseline without a date, achieved": (
        {"baseline_on": None, "reports": on(100), "targets": DUE},
        "achieved",
    ),
    "a baseline without a date after the due date": (
        {"baseline_on": None, "reports": on(50), "targets": OVER},
        "off course",
    ),
    "a baseline without a date between two due dates": (
        {"baseline_on": None, "reports": on(46.5), "targets": [("2024-07-01", 0), *DUE]},
        "behind",
        {"expected": 50.0},
    ),
    "a baseline without a date on the first due date": (
        {"baseline_on": None, "reports": on(50), "targets": [*TODAY, ("2026-07-01", 200)]},
        "off course",
        {"expected": 100.0},
    ),
    "a baseline without a date, but an agreement began": (
        {"baseline_on": None, "starts_on": "2024-07-01", "reports": on(50), "targets": DUE},
        "on course",
    ),
    "the baseline's date counts before the agreement's": (
        {"starts_on": "2023-01-01", "reports": on(50), "targets": DUE},
        "on course",
        {"expected": 50.0},
    ),
    # Before the way begins.
    "the way begins next month": (
        {"baseline_on": "2025-08-01", "targets": DUE},
        "not yet due",
    ),
    "the way begins tomorrow, on the day it is due": (
        {"baseline_on": "2025-07-02", "targets": [("2025-07-02", 0)]},
        "not yet due",
    ),
    "the way begins today": (
        {"baseline_on": "2025-07-01", "reports": [("2025-07-01", 0)], "targets": DUE},
        "not yet due",
        {"expected": 0.0},
    ),
    # Reports from before the baseline.
    "only reports from before the baseline": (
        {"reports": [("2024-03-01", 60), ("2024-06-30", 100)], "targets": DUE},
        "not calculable",
        {"reason": "early_reports", "one_report": False, "ratio": None},
    ),
    "only reports from before the baseline, after the due date": (
        {"reports": [("2024-03-01", 60)], "targets": OVER},
        "not calculable",
        {"reason": "early_reports"},
    ),
    "a report from before the baseline, and one since": (
        {"reports": [("2024-03-01", 90), ("2025-06-01", 50)], "targets": DUE},
        "on course",
        {"one_report": True},
    ),
    "a report on the baseline's date": (
        {"reports": [("2024-07-01", 0)], "targets": DUE},
        "off course",
        {"one_report": True},
    ),
    # How many reports.
    "one report": (
        {"reports": [("2025-06-01", 50)], "targets": DUE},
        "on course",
        {"one_report": True},
    ),
    "two reports": ({"reports": on(50), "targets": DUE}, "on course", {"one_report": False}),
    "no report before anything is due": ({"targets": DUE}, "not yet due", {"ratio": None}),
    "no report on the day it is due": ({"targets": TODAY}, "no report", {"ratio": None}),
    "no report the day before it is due": ({"targets": [("2025-07-02", 100)]}, "not yet due"),
    "no report, and the first of two was due": ({"targets": TWO}, "no report", {"past_due": False}),
    "a report dated tomorrow is none": (
        {"reports": [("2025-07-02", 100)], "targets": DUE},
        "not yet due",
    ),
    "a report dated tomorrow does not improve today's": (
        {"reports": [("2025-06-01", 30), ("2025-07-02", 100)], "targets": DUE},
        "behind",
        {"one_report": True},
    ),
    # After the due date.
    "nearly there, on the due date": (
        {"reports": on(97), "targets": TODAY},
        "on course",
        {"past_due": False, "next_target": 100.0, "next_due_on": date(2025, 7, 1)},
    ),
    "nearly there, a day after": (
        {"reports": on(97), "targets": OVER},
        "behind",
        {"past_due": True, "next_target": None, "next_due_on": None},
    ),
    "far from there, after the due date": ({"reports": on(40), "targets": OVER}, "off course"),
    "worse than ever, after the due date": ({"reports": on(-1), "targets": OVER}, "moved away"),
    "achieved, after the due date": ({"reports": on(100), "targets": OVER}, "achieved"),
    # Several due dates: 20 on 1 January 2025, then on to 100; 46.5 by now.
    "on the second piece of the path": (
        {"reports": on(46), "targets": TWO},
        "on course",
        {"next_target": 100.0, "next_due_on": date(2026, 7, 1), "past_due": False},
    ),
    "behind on the second piece of the path": ({"reports": on(40), "targets": TWO}, "behind"),
    "the first target missed, the second not yet due": (
        {"reports": on(19), "targets": TWO},
        "off course",
    ),
    "more than an early target that is not the last": (
        {"reports": on(60), "targets": TWO},
        "on course",
    ),
    "the path goes on from a baseline taken after a target was due": (
        {"baseline": 50.0, "baseline_on": "2025-04-01", "reports": on(62), "targets": TWO},
        "on course",  # 50 + 50 × 91/456 = 59.98
    ),
    # Revised targets.
    "a target raised, and known by now": (
        {"reports": on(50), "targets": [*DUE, ("2026-07-01", 200, "2025-05-01")]},
        "off course",
        {"final_target": 200.0},
    ),
    "a target raised tomorrow": (
        {"reports": on(50), "targets": [*DUE, ("2026-07-01", 200, "2025-07-02")]},
        "on course",
        {"final_target": 100.0},
    ),
    "a target lowered to what is there": (
        {"reports": on(50), "targets": [*DUE, ("2026-07-01", 50, "2025-05-01")]},
        "achieved",
    ),
    "the last target lower than the one before": (
        {"reports": on(85), "targets": [("2025-12-31", 100), ("2026-07-01", 80)]},
        "achieved",
    ),
    # What cannot be judged.
    "no target": (
        {"reports": on(50)},
        "not calculable",
        {"reason": "no_target", "final_due_on": None},
    ),
    "no target and no report": ({}, "not calculable", {"reason": "no_target"}),
    "a target set tomorrow": (
        {"reports": on(50), "targets": [("2026-07-01", 100, "2025-07-02")]},
        "not calculable",
        {"reason": "no_target"},
    ),
    "a target against the direction": (
        {"baseline": 50.0, "reports": on(60), "targets": [("2026-07-01", 40)]},
        "not calculable",
        {"reason": "against_direction", "ratio": None},
    ),
    "a falling target against the direction": (
        {"direction": "down", "baseline": 50.0, "reports": on(40), "targets": [("2026-07-01", 60)]},
        "not calculable",
        {"reason": "against_direction"},
    ),
    "a path that first goes the wrong way": (
        {"baseline": 50.0, "reports": on(45), "targets": [("2025-12-31", 40), ("2026-07-01", 80)]},
        "not calculable",
        {"reason": "against_direction"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_says_the_status_of(case, frames, bands, as_of):
    given, status, *more = case
    told = judged(*frames(given), as_of, bands).iloc[0]
    assert told["status"] == status
    assert (told["reason"] is None) == (status != "not calculable")
    for name, value in more[0].items() if more else ():
        if value is None:
            assert pd.isna(told[name]), name
        else:
            assert told[name] == pytest.approx(value), name


def test_the_cases_are_many_and_say_every_status():
    assert len(CASES) >= 40
    assert {status for _, status, *_ in CASES.values()} == set(STATUSES)

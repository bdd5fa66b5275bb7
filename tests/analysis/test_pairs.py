"""Two applications beside each other, on marks small enough to be compared by eye."""

import numpy as np
import pandas as pd
import pytest

from analysis.pairs import Pair, own_totals, pair

NAMES = ["application_id", "reviewer", "criterion", "weight", "on_scale"]
MARKS = pd.DataFrame(
    [
        ("A", "R1", "plan", 60, 4), ("B", "R1", "plan", 60, 3), ("B", "R2", "plan", 60, 4),
        ("A", "R1", "team", 40, 2), ("B", "R1", "team", 40, 5), ("B", "R2", "team", 40, 3),
        ("A", "R1", "luck", 0, 9), ("B", "R1", "luck", 0, 1), ("B", "R2", "luck", 0, 1),
    ],
    columns=NAMES,
)  # fmt: skip


def test_counts_where_each_is_higher_where_marks_overlap_and_who_read_both():
    # plan: 4 beside 3 and 4 (mean 3.5) is higher and meets; team: 2 beside 5 and 3 does not meet.
    # luck has no weight and is not counted.
    assert pair(MARKS, "A", "B") == Pair(criteria=2, higher=1, lower=1, overlap=1, shared=1)
    assert pair(MARKS, "B", "A") == Pair(criteria=2, higher=1, lower=1, overlap=1, shared=1)


def test_equal_means_are_higher_for_nobody_in_spite_of_binary_arithmetic():
    frame = pd.DataFrame(
        [
            ("A", "R1", "plan", 1, 0.1), ("A", "R2", "plan", 1, 0.2), ("A", "R3", "plan", 1, 0.3),
            ("B", "R4", "plan", 1, 0.2),
        ],
        columns=NAMES,
    )  # fmt: skip
    assert pair(frame, "A", "B") == Pair(criteria=1, higher=0, lower=0, overlap=1, shared=0)


def test_a_criterion_scored_for_one_of_them_alone_is_not_compared():
    frame = MARKS.copy()
    frame.loc[(frame["application_id"] == "A") & (frame["criterion"] == "plan"), "on_scale"] = None
    assert pair(frame, "A", "B") == Pair(criteria=1, higher=0, lower=1, overlap=0, shared=1)
    assert pair(MARKS, "A", "C") == Pair(criteria=0, higher=0, lower=0, overlap=0, shared=0)


def test_a_review_has_its_own_total_unless_it_lacks_a_criterion_that_counts():
    frame = MARKS.copy()
    frame.loc[(frame["reviewer"] == "R2") & (frame["criterion"] == "team"), "on_scale"] = None
    frame.loc[frame["criterion"] == "luck", "on_scale"] = None
    told = own_totals(frame).set_index(["application_id", "reviewer"])
    assert told.loc[("A", "R1"), "on_scale"] == pytest.approx(0.6 * 4 + 0.4 * 2)
    assert told.loc[("B", "R1"), "on_scale"] == pytest.approx(0.6 * 3 + 0.4 * 5)
    assert np.isnan(told.loc[("B", "R2"), "on_scale"])
    assert told["complete"].to_dict() == {("A", "R1"): True, ("B", "R1"): True, ("B", "R2"): False}

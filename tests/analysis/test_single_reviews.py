"""What an application owes to a single review, on sheets small enough to be counted by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.single_reviews import Rivals, Sheet, carries, left_out, resampled

MISSING = np.nan


def sheet(scores, weights=(0.5, 0.5), low=0.0, span=10.0):
    """Reviewers R1, R2, ... and what each gave on each criterion, from 0 to 1."""
    names = [f"R{n}" for n in range(1, len(scores) + 1)]
    return Sheet(pd.DataFrame(scores, index=names, dtype=float), np.array(weights), low, span)


def test_each_review_is_left_out_and_the_application_placed_again():
    found = left_out(
        sheet([(0.9, 0.9), (0.6, 0.6), (0.3, 0.5)]), Rivals(np.array([8.0, 6.0, 5.0]), 2)
    )
    assert found.to_dict("records") == [
        {"reviewer": "R1", "own": 9.0, "total": 5.0, "place": 3.0, "above": 0.0},
        {"reviewer": "R2", "own": 6.0, "total": 6.5, "place": 2.0, "above": 1.0},
        {"reviewer": "R3", "own": 4.0, "total": 7.5, "place": 2.0, "above": 1.0},
    ]
    # With all three it has 6.33 and is above the line: the first review carries it.
    assert carries(found, 2, 1.0)["reviewer"] == "R1"
    # Below the line it would be the second that is in its way, before the third.
    assert carries(found, 4, 0.0)["reviewer"] == "R2"


def test_where_no_review_changes_the_side_the_largest_move_is_told():
    found = left_out(
        sheet([(0.9, 0.9), (0.5, 0.5), (0.6, 0.6)]), Rivals(np.array([9.0, 6.2, 6.0, 5.6]), 5)
    )
    assert found["place"].tolist() == [5, 2, 2]
    assert carries(found, 2, 1.0)["reviewer"] == "R1"


def test_a_tie_at_the_line_shares_the_place_that_is_left():
    place, above = Rivals(np.array([7.0, 7.0, 9.0]), 2).standing(np.array([7.0, 7.5, 6.0]))
    assert place.tolist() == [2, 2, 4]
    assert above.tolist() == [pytest.approx(1 / 3), 1, 0]


def test_without_a_line_there_is_a_place_and_no_side():
    found = left_out(sheet([(0.9, 0.9), (0.5, 0.5)]), Rivals(np.array([6.0]), None))
    assert found["above"].isna().all()
    assert found["place"].tolist() == [2, 1]
    assert carries(found, 1, MISSING)["reviewer"] == "R1"


def test_a_missing_score_is_left_out_and_never_imputed():
    rivals = Rivals(np.array([5.0]), 1)
    found = left_out(sheet([(0.8, MISSING), (0.4, 0.6), (0.6, 1.0)]), rivals)
    assert found["own"].tolist()[1:] == [5.0, 8.0] and np.isnan(found["own"][0])
    assert found["total"].tolist() == pytest.approx([6.5, 8.5, 6.0])
    only = left_out(sheet([(0.8, MISSING), (0.4, 0.6)]), rivals)
    # Without the second, the second criterion has no score: no total, no place.
    assert only["total"].isna().tolist() == [False, True]
    assert only[["place", "above"]].isna().all(axis=1).tolist() == [False, True]
    assert carries(only, 1, 1.0)["reviewer"] == "R1"


def test_the_only_review_cannot_be_left_out():
    found = left_out(sheet([(0.8, 0.4)]), Rivals(np.array([5.0]), 1))
    assert found["total"].isna().all()
    assert carries(found, 1, 1.0) is None


def test_a_criterion_that_weighs_nothing_may_be_missing():
    found = left_out(sheet([(0.8, MISSING), (0.4, MISSING)], (1.0, 0.0)), Rivals(np.array([5]), 1))
    assert found["own"].tolist() == [8.0, 4.0]
    assert found["total"].tolist() == [4.0, 8.0]


def test_reviews_that_agree_by_chance_look_certain_when_they_are_drawn_again():
    found = resampled(sheet([(0.7, 0.7)] * 3), Rivals(np.array([6.9, 9.0]), 2))
    assert found.to_dict() == {"above": 1.0, "lowest": 7.0, "highest": 7.0, "lost": 0.0}


def test_two_reviews_drawn_again_give_each_pair_a_quarter():
    # Twice the first, 9: above. One of each, 6: above. Twice the second, 3: below.
    found = resampled(sheet([(0.9, 0.9), (0.3, 0.3)]), Rivals(np.array([5.0]), 1))
    assert found["above"] == pytest.approx(0.75, abs=0.02)
    assert (found["lowest"], found["highest"]) == (3.0, 9.0)


def test_draws_that_leave_a_criterion_without_a_score_are_counted():
    found = resampled(sheet([(0.9, MISSING), (0.9, 0.9)]), Rivals(np.array([5.0]), 1))
    assert found["lost"] / 10_000 == pytest.approx(0.25, abs=0.02)
    assert found["above"] == 1.0

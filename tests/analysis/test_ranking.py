"""Places and probabilities out of draws, against rows written out and a second implementation."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from analysis.ranking import DRAWS, MOST_RANKS, SEED, acceptability, chances, places_of
from tests.alone import taken

# Few different values, so that ties are the rule and not the exception.
drawn = st.tuples(st.integers(1, 7), st.integers(1, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(0, 4).map(float))
)


def test_four_applications_in_four_draws():
    totals = np.array(
        [
            [9.0, 9.0, 6.0, 8.0],
            [8.0, 7.0, 9.0, 8.0],
            [7.0, 8.0, 8.0, 8.0],
            [1.0, 2.0, 1.0, 9.0],
        ]
    )
    found = chances([totals], 2)
    # In the last draw three share place 2 and the one place that is left: a third each.
    assert found["above"].tolist() == pytest.approx([7 / 12, 7 / 12, 7 / 12, 1 / 4])
    assert found["expected_rank"].tolist() == [1.75, 2.0, 2.25, 3.25]
    assert found["rank_low"].tolist() == [1, 1, 2, 1]
    assert found["rank_high"].tolist() == [3, 3, 3, 4]
    assert found["above_error"].tolist() == pytest.approx(
        [np.std(shares) / 2 for shares in ([1, 1, 0, 1 / 3], [1, 0, 1, 1 / 3])]
        + [np.std([0, 1, 1, 1 / 3]) / 2, np.std([0, 0, 0, 1]) / 2]
    )


def test_the_central_interval_leaves_out_a_twentieth_on_either_side():
    # The first is on place 1 in one of 20 draws, on place 3 in another, else on place 2.
    first = np.array([9.0] + [5.0] * 18 + [1.0])
    others = np.array([[6.0] * 20, [4.0] * 20])
    found = chances([np.vstack([first, others])], 1).iloc[0]
    assert (found["rank_low"], found["rank_high"]) == (2, 2)
    assert found["expected_rank"] == 2.0
    assert found["above"] == 0.05
    assert found["above_error"] == pytest.approx((0.05 * 0.95 / 20) ** 0.5)


def test_a_probability_of_one_half_has_the_error_that_pages_state():
    rng = np.random.default_rng(SEED)
    found = chances([rng.normal(size=(2, DRAWS))], 1)
    assert found["above_error"].max() == pytest.approx(0.005, abs=1e-5)
    assert (found["above"] - 0.5).abs().max() < 4 * 0.005


def test_one_draw_without_uncertainty_is_the_plain_ranking():
    totals = np.array([[6.5], [7.25], [3.0], [7.25]])
    found = chances([totals], 1)
    assert found["expected_rank"].tolist() == [3, 1, 4, 1]
    assert found["above"].tolist() == [0, 0.5, 0, 0.5]
    assert found["rank_low"].tolist() == found["rank_high"].tolist() == [3, 1, 4, 1]
    assert places_of(totals[:, 0]).tolist() == [3, 1, 4, 1]


@pytest.mark.parametrize("places, above", [(0, 0.0), (3, 1.0), (99, 1.0)])
def test_with_no_place_nobody_is_above_and_with_enough_places_everybody(places, above):
    found = chances([np.array([[1.0, 2.0], [1.0, 3.0], [0.5, 9.0]])], places)
    assert found["above"].tolist() == [above] * 3
    assert found["above_error"].tolist() == [0] * 3


def test_without_a_line_nobody_is_above_or_below_it_and_ranks_are_told():
    found = chances([np.array([[1.0, 2.0], [3.0, 1.0]])], None)
    assert found[["above", "above_error"]].isna().all(axis=None)
    assert found["expected_rank"].tolist() == [1.5, 1.5]


def test_no_application_is_no_row_and_no_draw_is_an_error():
    assert chances([np.empty((0, 5))], 3).empty
    assert list(chances([np.empty((0, 5))], 3)) == [
        "above",
        "above_error",
        "expected_rank",
        "rank_low",
        "rank_high",
    ]
    for ask in (lambda: chances([], 3), lambda: acceptability([])):
        with pytest.raises(ValueError, match="no draw"):
            ask()


def test_a_total_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        chances([np.array([[1.0, 2.0], [np.nan, 1.0]])], 1)


def test_a_rank_has_the_share_of_the_draws_in_which_it_was_reached():
    totals = np.array([[3.0, 3.0, 1.0, 2.0], [2.0, 3.0, 2.0, 1.0], [1.0, 1.0, 3.0, 3.0]])
    assert acceptability([totals[:, :1], totals[:, 1:]]).tolist() == [
        [0.5, 0.25, 0.25],
        [0.25, 0.5, 0.25],
        [0.5, 0, 0.5],
    ]


def test_ranks_of_many_applications_are_refused():
    with pytest.raises(ValueError, match="301 applications are more than 300"):
        acceptability([np.zeros((MOST_RANKS + 1, 1))])


@given(totals=drawn, places=st.integers(0, 8))
def test_agrees_with_ranks_counted_one_draw_at_a_time(totals, places):
    ranks = np.apply_along_axis(lambda one: rankdata(-one, method="min"), 0, totals)
    share = np.zeros_like(totals)
    for i, j in np.ndindex(totals.shape):
        better = (totals[:, j] > totals[i, j]).sum()
        equal = (totals[:, j] == totals[i, j]).sum()
        share[i, j] = min(max((places - better) / equal, 0), 1)
    found = chances([totals], places)
    assert np.allclose(found["above"], share.mean(axis=1))
    assert np.allclose(found["above_error"], share.std(axis=1) / totals.shape[1] ** 0.5)
    assert np.allclose(found["expected_rank"], ranks.mean(axis=1))
    assert (found["rank_low"] == ranks.min(axis=1)).all()  # fewer than 20 draws: none is left out
    assert (found["rank_high"] == ranks.max(axis=1)).all()
    assert np.allclose(acceptability([totals]).sum(axis=1), 1)


@given(totals=drawn, places=st.integers(0, 8), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_and_the_places_are_filled(totals, places, random):
    order = list(range(len(totals)))
    random.shuffle(order)
    found, shuffled = chances([totals], places), chances([totals[order]], places)
    pd.testing.assert_frame_equal(shuffled, found.iloc[order].reset_index(drop=True))
    assert found["above"].sum() == pytest.approx(min(places, len(totals)))


@given(totals=drawn, cut=st.integers(0, 6))
def test_how_the_draws_are_cut_into_chunks_changes_nothing(totals, cut):
    chunks = [part for part in (totals[:, :cut], totals[:, cut:]) if part.shape[1]]
    pd.testing.assert_frame_equal(chances(chunks, 2), chances([totals], 2))
    assert (acceptability(chunks) == acceptability([totals])).all()


@given(totals=drawn, places=st.integers(0, 8))
def test_one_at_least_as_good_in_every_draw_is_never_below(totals, places):
    better = np.vstack([totals, totals[:1] + np.arange(totals.shape[1]) % 2])
    found = chances([better], places)
    assert found["above"].iloc[-1] >= found["above"].iloc[0] - 1e-12
    for column in ("expected_rank", "rank_low", "rank_high"):
        assert found[column].iloc[-1] <= found[column].iloc[0]


def test_ten_thousand_draws_of_120_applications_with_6_criteria_take_a_fifth_of_a_second():
    means = np.random.default_rng(1).uniform(size=(120, 6))

    def seconds():
        # The processor's own time: others may be at work on the machine.
        start = time.process_time()
        weights = np.random.default_rng(SEED).dirichlet(np.full(6, 1.5), DRAWS)
        chances([means @ weights.T], 17)
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) <= 0.2


def test_five_thousand_applications_in_ten_thousand_draws_stay_under_a_gigabyte():
    code = """
import numpy as np
from analysis.ranking import chances
rng = np.random.default_rng(1)
chances((rng.normal(size=(5000, 250)) for _ in range(40)), 500)
"""
    assert taken("-c", code)[1] < 1e9


def test_what_a_process_takes_is_not_mistaken_for_what_its_tests_take():
    held = np.ones(60_000_000)  # half a gigabyte
    assert taken("-c", "")[1] < 100e6 < held.nbytes

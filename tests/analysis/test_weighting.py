"""Uncertain weights: the distribution they are drawn from, and what holds for every draw."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.ranking import SEED, acceptability, chances, places_of
from analysis.weighting import (
    central_weights,
    concentration,
    drawn_weights,
    geometric_places,
    moved,
    totals,
    totals_in_chunks,
    typical_distance,
)

OFFICIAL = [0.3, 0.25, 0.2, 0.15, 0.1]

share = st.integers(0, 20).map(lambda n: n / 20)
scored = st.tuples(st.integers(1, 6), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=share),
        arrays(float, shape[1], elements=st.integers(0, 9).map(float)).filter(lambda w: w.any()),
    )
)
some_kappa = st.sampled_from([0.0, 3.0, 200.0, np.inf])


@pytest.mark.parametrize(
    "weights, points",
    [
        # Uniform on a side of a triangle: variance 1/12. On a triangle: 1/18. Of one there is none.
        ([0.5, 0.5], 100 / 12**0.5),
        ([1 / 3, 1 / 3, 1 / 3], 100 / 18**0.5),
        ([1.0], 0.0),
        # Off the middle the distance of the mean is added: 1/12 + 0.3².
        ([0.8, 0.2], 100 * (1 / 12 + 0.09) ** 0.5),
        # What weighs nothing is none of them.
        ([0.5, 0.0, 0.5], 100 / 12**0.5),
    ],
)
def test_how_far_any_weights_lie_from_the_official_ones(weights, points):
    assert typical_distance(weights, 0) == pytest.approx(points)


@pytest.mark.parametrize("points", [1, 5, 10, 15])
def test_the_control_says_how_far_a_weight_typically_lies(points):
    kappa = concentration(OFFICIAL, points)
    assert typical_distance(OFFICIAL, kappa) == pytest.approx(points, abs=1e-9)
    # The moments again, by SciPy, and the distance as it was drawn.
    law = stats.dirichlet(1 + kappa * np.array(OFFICIAL))
    square = law.var() + (law.mean() - OFFICIAL) ** 2
    assert 100 * np.sqrt(square.mean()) == pytest.approx(points)
    found = drawn_weights(OFFICIAL, kappa)
    assert 100 * np.sqrt(((found - np.array(OFFICIAL)[:, None]) ** 2).mean()) == pytest.approx(
        points, rel=0.02
    )


def test_no_points_are_no_uncertainty_and_too_many_are_refused():
    assert concentration(OFFICIAL, 0) == np.inf
    assert concentration(OFFICIAL, typical_distance(OFFICIAL, 0)) == pytest.approx(0)
    with pytest.raises(ValueError, match="no weights lie 20 points away"):
        concentration(OFFICIAL, 20)


def test_the_official_weights_are_the_likeliest():
    law = stats.dirichlet(1 + 50 * np.array(OFFICIAL))
    highest = law.pdf(OFFICIAL)
    assert all(law.pdf(draw) < highest for draw in drawn_weights(OFFICIAL, 50, 200).T)


def test_a_criterion_of_weight_zero_stays_at_zero_and_each_draw_adds_up_to_one():
    found = drawn_weights([0.5, 0.0, 0.5], 0, 100)
    assert (found[1] == 0).all() and (found[[0, 2]] > 0).all()
    assert np.allclose(found.sum(axis=0), 1)


def test_the_same_seed_draws_the_same_weights():
    assert (drawn_weights(OFFICIAL, 7) == drawn_weights(OFFICIAL, 7)).all()
    assert (drawn_weights(OFFICIAL, 7) != drawn_weights(OFFICIAL, 7, seed=SEED + 1)).any()


def test_totals_are_the_weighted_means():
    scaled = np.array([[0.5, 1.0], [1.0, 0.0]])
    weights = np.array([[0.25, 0.5], [0.75, 0.5]])
    assert totals(scaled, weights).tolist() == [[0.875, 0.75], [0.25, 0.5]]


def test_what_weighs_nothing_may_be_missing():
    assert totals(np.array([[0.5, np.nan]]), np.array([[1.0], [0.0]])).tolist() == [[0.5]]


def test_a_third_of_the_weights_puts_the_specialist_first():
    # A has a, B has b, C has half of both. The weight of a is uniform on 0 to 1. A comes first
    # above one half; B below; C never, but is second in every draw.
    scaled = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    drawn = drawn_weights([0.5, 0.5], 0)
    found = acceptability(totals_in_chunks(scaled, drawn))
    assert np.allclose(found, [[0.5, 0, 0.5], [0.5, 0, 0.5], [0, 1, 0]], atol=0.02)
    central, above = central_weights(totals_in_chunks(scaled, drawn), drawn, 1, 0)
    # The mean of what is uniform on 1/2 to 1.
    assert central == pytest.approx([0.75, 0.25], abs=0.01)
    assert above == pytest.approx(0.5, abs=0.02)
    central, above = central_weights(totals_in_chunks(scaled, drawn), drawn, 1, 2)
    assert np.isnan(central).all() and above == 0


def test_a_tie_across_the_line_favours_no_weights():
    scaled = np.array([[0.5, 0.25], [0.5, 0.25], [0.1, 0.1]])
    drawn = drawn_weights([0.5, 0.5], 0, 500)
    central, above = central_weights([totals(scaled, drawn)], drawn, 1, 0)
    assert above == 0.5
    assert central == pytest.approx(drawn.mean(axis=1))


def test_a_weakness_costs_places_in_the_geometric_mean():
    scaled = np.array([[1.0, 0.0], [0.4, 0.4], [0.4, 0.4], [0.0, 0.0]])
    assert places_of(totals(scaled, np.array([[0.5], [0.5]]))[:, 0]).tolist() == [1, 2, 2, 4]
    # 100^½ · 1^½ = 10 against 40.6.
    assert geometric_places(scaled, [0.5, 0.5]).tolist() == [3, 1, 1, 4]
    assert geometric_places(scaled, [1.0, 0.0]).tolist() == [1, 2, 2, 4]


def test_both_uncertainties_become_either_when_the_other_goes():
    scaled = np.array([[0.9, 0.1, 0.4], [0.2, 0.8, 0.5]])
    weights = [0.5, 0.3, 0.2]
    plain = totals(scaled, np.array(weights)[:, None])
    noisy = 10 * plain + np.random.default_rng(1).normal(size=(2, 60))
    halves = [noisy[:, :25], noisy[:, 25:]]
    still = drawn_weights(weights, np.inf, 60)
    assert np.allclose(np.hstack(list(moved(halves, scaled, weights, still, 10))), noisy)
    drawn = drawn_weights(weights, 4, 60)
    quiet = [np.tile(10 * plain, 25), np.tile(10 * plain, 35)]
    found = np.hstack(list(moved(quiet, scaled, weights, drawn, 10)))
    assert np.allclose(found, 10 * totals(scaled, drawn))
    # And both at once add up.
    found = np.hstack(list(moved(halves, scaled, weights, drawn, 10)))
    assert np.allclose(found, noisy + 10 * (totals(scaled, drawn) - plain))


@settings(max_examples=60)
@given(case=scored, kappa=some_kappa, places=st.integers(0, 6))
def test_one_at_least_as_good_on_every_criterion_is_never_below(case, kappa, places):
    scaled, weights = case
    better = np.minimum(scaled[:1] + np.array([0.05, 0, 0.3, 0])[: scaled.shape[1]], 1)
    rows = np.vstack([scaled, better])
    drawn = drawn_weights(weights / weights.sum(), kappa, 300)
    found = totals(rows, drawn)
    assert (found[-1] >= found[0]).all()
    told = chances([found], places)
    assert told["above"].iloc[-1] >= told["above"].iloc[0] - 1e-12
    assert told["expected_rank"].iloc[-1] <= told["expected_rank"].iloc[0]
    official = weights / weights.sum()
    geometric = geometric_places(rows, official)
    assert geometric[-1] <= geometric[0]


@settings(max_examples=60)
@given(case=scored, kappa=some_kappa, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case, kappa, random):
    scaled, weights = case
    drawn = drawn_weights(weights / weights.sum(), kappa, 200)
    order = list(range(len(scaled)))
    random.shuffle(order)
    found = chances(totals_in_chunks(scaled, drawn), 2)
    shuffled = chances(totals_in_chunks(scaled[order], drawn), 2)
    pd.testing.assert_frame_equal(shuffled, found.iloc[order].reset_index(drop=True))


@settings(max_examples=60)
@given(case=scored)
def test_without_uncertainty_the_plain_ranking_remains(case):
    scaled, weights = case
    official = weights / weights.sum()
    plain = places_of(totals(scaled, official[:, None])[:, 0])
    found = chances(totals_in_chunks(scaled, drawn_weights(official, np.inf, 50)), 2)
    assert found["expected_rank"].tolist() == plain.tolist()
    assert found["rank_low"].tolist() == found["rank_high"].tolist() == plain.tolist()

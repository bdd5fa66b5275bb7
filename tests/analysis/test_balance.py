"""What a lot gives, against a printed table, counting by hand and a second implementation."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from analysis.balance import by_lot, panel_noise, probabilities

# P(X = k) of 20 drawn from 100 of which 50 belong to the group, as printed by MatheAss, "E531
# Hypergeometrical Distribution" (help.matheass.eu), k = 5 to 15.
PRINTED = [
    *(0.00889760, 0.02780501, 0.06613084, 0.12160243, 0.17460862, 0.19687122),
    *(0.17460862, 0.12160243, 0.06613084, 0.02780501, 0.00889760),
]


def test_the_probabilities_are_those_of_a_printed_table():
    least, chances = probabilities(50, 100, 20)
    assert chances[5 - least : 16 - least] == pytest.approx(PRINTED, abs=5e-9)


def test_the_lady_who_tastes_tea_guesses_as_often_as_fisher_says():
    # Fisher, The Design of Experiments, 1935: four of eight cups, 1, 16, 36, 16, 1 of 70.
    least, chances = probabilities(4, 8, 4)
    assert least == 0
    assert 70 * chances == pytest.approx([1, 16, 36, 16, 1], abs=1e-12)


def test_a_range_leaves_at_most_one_in_forty_outside_on_either_side():
    # By the printed sums: P(X <= 5) = 0.0114, P(X <= 6) = 0.0392, P(X <= 14) = 0.9886.
    assert by_lot(pd.Series([50]), 100, 20).to_dict("records") == [
        {"expected": 10.0, "low": 6, "high": 14}
    ]


def test_every_draw_of_a_small_pool_counted_one_by_one():
    drawn = [sum(i < 3 for i in draw) for draw in combinations(range(9), 4)]
    least, chances = probabilities(3, 9, 4)
    assert least == min(drawn)
    assert chances * len(drawn) == pytest.approx(np.bincount(drawn))
    assert by_lot(pd.Series([3]), 9, 4).loc[0, "expected"] == pytest.approx(np.mean(drawn))


sizes = st.integers(4, 300).flatmap(
    lambda pool: st.tuples(st.just(pool), st.integers(0, pool), st.integers(0, pool))
)


@given(sizes)
def test_ranges_are_those_of_a_second_implementation(size):
    pool, members, draws = size
    row = by_lot(pd.Series([members]), pool, draws).iloc[0]
    other = hypergeom(pool, members, draws)
    counts = np.arange(members + 1)
    assert row["expected"] == pytest.approx(float(counts @ other.pmf(counts)))
    assert (1 - other.cdf(row["high"])) <= 0.025 + 1e-9
    assert other.cdf(row["low"] - 1) <= 0.025 + 1e-9
    assert other.cdf(row["low"]) > 0.025 - 1e-9
    assert 1 - other.cdf(row["high"] - 1) > 0.025 - 1e-9


@given(sizes)
def test_who_is_not_drawn_mirrors_who_is(size):
    pool, members, draws = size
    drawn = by_lot(pd.Series([members]), pool, draws).iloc[0]
    left = by_lot(pd.Series([members]), pool, pool - draws).iloc[0]
    assert (left["low"], left["high"]) == (members - drawn["high"], members - drawn["low"])


@pytest.mark.parametrize(
    "members, pool, draws, low, high",
    [
        (0, 42, 17, 0, 0),  # nobody from there
        (42, 42, 17, 17, 17),  # everybody
        (5, 42, 0, 0, 0),  # no places
        (5, 8, 12, 5, 5),  # more places than applications
        (0, 0, 17, 0, 0),  # no applications
        (1, 1, 1, 1, 1),
        (400_000, 1_000_000, 1000, 370, 430),
    ],
)
def test_a_lot_without_a_choice_has_one_outcome(members, pool, draws, low, high):
    row = by_lot(pd.Series([members]), pool, draws).iloc[0]
    assert (row["low"], row["high"]) == (low, high)


def test_the_rows_keep_their_order_and_index():
    frame = by_lot(pd.Series([3, 0, 3], index=["c", "a", "b"]), 6, 2)
    assert list(frame.index) == ["c", "a", "b"]
    assert list(frame["expected"]) == [1, 0, 1]


def test_what_is_common_to_a_reviewer_sets_nobody_apart_where_all_read_all():
    assert panel_noise(0.36, 0.64, 4, complete=False) == pytest.approx(0.5)
    assert panel_noise(0.36, 0.64, 4, complete=True) == pytest.approx(0.4)


@pytest.mark.parametrize("variances", [(np.nan, 0.6, 4), (0.3, np.nan, 4), (0, 0, 4)])
def test_noise_that_cannot_be_assessed_is_no_number(variances):
    assert panel_noise(*variances, complete=False) is None

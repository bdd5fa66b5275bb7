"""The coefficients, against published tables and worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.agreement import alpha, coefficients, reviewers_needed, reviews_each
from analysis.panel import Components, design, fit

# Shrout and Fleiss, Psychological Bulletin 86 (1979), table 2: four judges' ratings, six targets.
SHROUT_FLEISS = ["9 6 8 7 10 6", "2 1 4 1 5 2", "5 3 6 2 6 4", "8 2 8 6 9 7"]
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D: four observers,
# twelve units, the last of which one observer alone has seen.
KRIPPENDORFF = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def reviews(reviewers: list[str]) -> pd.DataFrame:
    """A row of numbers for each reviewer, one for each application; a dot where there is none."""
    return pd.DataFrame(
        [
            (f"A{i:02}", f"R{j}", float(value))
            for j, row in enumerate(reviewers)
            for i, value in enumerate(row.split())
            if value != "."
        ],
        columns=["application_id", "reviewer", "value"],
    )


def components(application: float, reviewer: float, residual: float) -> Components:
    return Components(application, reviewer, residual, np.eye(3) / 1e4)


def test_the_coefficients_shrout_and_fleiss_published():
    panel = design(reviews(SHROUT_FLEISS))
    found = coefficients(fit(panel), reviews_each(panel))
    told = [round(found[name], 2) for name in ("icc_a1", "icc_c1", "icc_ak")]
    assert told == [0.29, 0.71, 0.62]  # their ICC(2,1), ICC(3,1) and ICC(2,4)


def test_an_interval_holds_its_coefficient_and_stays_between_0_and_1():
    panel = design(reviews(SHROUT_FLEISS))
    found = coefficients(fit(panel), reviews_each(panel))
    for name in ("icc_a1", "icc_c1", "icc_ak"):
        assert 0 <= found[f"{name}_low"] < found[name] < found[f"{name}_high"] <= 1


def test_an_interval_is_as_wide_as_the_variances_are_uncertain():
    # Only the first is, by a tenth: 4 / 6 at 4, 3.216 / 5.216 and 4.784 / 6.784 at the ends.
    covariance = np.diag([0.16, 0, 0])
    found = coefficients(Components(4, 1, 1, covariance), 3)
    assert found["icc_a1"] == pytest.approx(4 / 6)
    assert found["icc_a1_low"] == pytest.approx(3.216 / 5.216, abs=0.005)
    assert found["icc_a1_high"] == pytest.approx(4.784 / 6.784, abs=0.005)


def test_the_coefficients_of_variances_written_out():
    found = coefficients(components(6, 1, 2), 3)
    assert found["icc_a1"] == pytest.approx(6 / 9)
    assert found["icc_c1"] == pytest.approx(6 / 8)
    assert found["icc_ak"] == pytest.approx(6 / 7)


def test_a_coefficient_below_zero_is_told_as_it_is_and_its_interval_reaches_down_to_it():
    found = coefficients(components(-0.5, 0.5, 2), 2)
    assert found["icc_a1"] == pytest.approx(-0.25)
    assert found["icc_a1_low"] == found["icc_a1"] < found["icc_a1_high"]


def test_where_the_variances_sum_to_nothing_there_is_no_coefficient():
    found = coefficients(components(-0.5, -0.5, 1), 2)  # reviews 0 1 and 1 0
    assert np.isnan([found["icc_a1"], found["icc_a1_low"], found["icc_a1_high"]]).all()
    assert np.isnan(found["icc_ak"])
    assert found["icc_c1"] == pytest.approx(-1)


@pytest.mark.parametrize(
    "variances, needed",
    [
        ((1, 0.5, 0.5), 4),  # 1 / (1 + 1 / 4) = 0.8
        ((1, 0.5, 0.51), 5),
        ((4, 0.5, 0.5), 1),
        ((4, 0, 0), 1),
        ((4, -0.5, 0.2), 1),
        ((0.004, 0.5, 0.5), 1_000),
        ((0.0039, 0.5, 0.5), None),  # more than anybody convenes
        ((1e-16, 0.5, 0.5), None),
        ((0, 1, 1), None),
        ((-1, 1, 3), None),
    ],
)
def test_how_many_reviewers_a_reliable_mean_would_need(variances, needed):
    assert reviewers_needed(components(*variances)) == needed


def test_reviews_each_is_the_harmonic_mean():
    assert reviews_each(design(reviews(["1 2 3", "4 . 6", "7 . 9"]))) == pytest.approx(9 / 5)


def test_the_alpha_krippendorff_published():
    found, low, high = alpha(design(reviews(KRIPPENDORFF)))
    assert round(found, 3) == 0.849
    assert low < found < high <= 1


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.sampled_from([".", "1", "2", "5", "9"]), min_size=3, max_size=3),
        min_size=2,
        max_size=7,
    )
)
def test_alpha_is_one_less_observed_over_expected_disagreement_pair_by_pair(columns):
    frame = reviews([" ".join(row) for row in zip(*columns, strict=True)])
    units = [list(unit) for _, unit in frame.groupby("application_id")["value"] if len(unit) > 1]
    every = [value for unit in units for value in unit]
    expected = sum((a - b) ** 2 for a in every for b in every)
    found, low, high = alpha(design(frame))
    if expected == 0:
        assert np.isnan([found, low, high]).all()
        return
    observed = sum(sum((a - b) ** 2 for a in u for b in u) / (len(u) - 1) for u in units)
    told = 1 - observed / len(every) / (expected / len(every) / (len(every) - 1))
    assert found == pytest.approx(told, abs=1e-9)

"""The variances of the crossed model, against analysis of variance, mixedlm and dense matrices."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.formula.api import ols
from statsmodels.regression.mixed_linear_model import MixedLM
from statsmodels.stats.anova import anova_lm

from analysis.panel import design, fit, least_squares, reason

# Six targets, four judges: Shrout and Fleiss, Psychological Bulletin 86 (1979), table 2.
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def table(rows: list[list[float | None]]) -> pd.DataFrame:
    """Reviews from applications x reviewers; None where somebody did not read something."""
    return pd.DataFrame(
        [
            (f"A{i:03}", f"R{j:03}", float(value))
            for i, row in enumerate(rows)
            for j, value in enumerate(row)
            if value is not None
        ],
        columns=["application_id", "reviewer", "value"],
    )


def some_read(seed: int, n: int, m: int, least: int, most: int) -> pd.DataFrame:
    """A panel drawn from the model: between `least` and `most` of m reviewers an application."""
    rng = np.random.default_rng(seed)
    rows = np.full((n, m), None, dtype=object)
    level, severity = rng.normal(5, 1.5, n), rng.normal(0, 0.6, m)
    for i in range(n):
        for j in rng.choice(m, rng.integers(least, most + 1), replace=False):
            rows[i, j] = level[i] + severity[j] + rng.normal(0, 0.5)
    return table(rows.tolist())


def variances(reviews: pd.DataFrame) -> np.ndarray:
    found = fit(design(reviews))
    return np.array([found.application, found.reviewer, found.residual])


def by_anova(reviews: pd.DataFrame) -> np.ndarray:
    """The same of a complete panel, from the expected mean squares of a two-way analysis."""
    n, m = reviews["application_id"].nunique(), reviews["reviewer"].nunique()
    anova = anova_lm(ols("value ~ C(application_id) + C(reviewer)", reviews).fit())
    applications, reviewers, residual = anova["mean_sq"]
    return np.array([(applications - residual) / m, (reviewers - residual) / n, residual])


def restricted_likelihood(reviews: pd.DataFrame, at: np.ndarray) -> float:
    """Its logarithm, but for a constant, by matrices as large as there are reviews."""
    za = pd.get_dummies(reviews["application_id"]).to_numpy(dtype=float)
    zr = pd.get_dummies(reviews["reviewer"]).to_numpy(dtype=float)
    y = reviews["value"].to_numpy()
    v = at[0] * za @ za.T + at[1] * zr @ zr.T + at[2] * np.eye(len(y))
    one = np.linalg.solve(v, np.ones(len(y)))
    information = one.sum()
    apart = y - one @ y / information
    quadratic = apart @ np.linalg.solve(v, apart)
    return -(np.linalg.slogdet(v)[1] + np.log(information) + quadratic) / 2


def test_the_published_table_of_shrout_and_fleiss():
    # Its mean squares: 11.24 between targets, 32.49 between judges, 1.02 residual.
    expected = [(11.241666667 - 1.019444444) / 4, (32.486111111 - 1.019444444) / 6, 1.019444444]
    assert variances(table(SHROUT_FLEISS)) == pytest.approx(expected, abs=1e-8)


@settings(max_examples=40)
@given(
    st.integers(2, 7).flatmap(
        lambda m: st.lists(
            st.lists(st.integers(1, 10), min_size=m, max_size=m), min_size=2, max_size=8
        )
    )
)
def test_complete_panels_give_what_analysis_of_variance_gives_also_below_zero(rows):
    reviews = table(rows)
    if reason(design(reviews)):
        assert reviews["value"].nunique() == 1
        return
    expected = by_anova(reviews)
    if expected[2] < 1e-12:
        # No noise: the components are the plain variances of the means.
        expected[2] = 0
    assert variances(reviews) == pytest.approx(expected, abs=1e-6)


def test_two_by_two_can_be_all_below_zero():
    assert variances(table([[0, 1], [1, 0]])) == pytest.approx([-0.5, -0.5, 1])


# On some processors its optimizer comes as near as the rest and says it did not arrive.
@pytest.mark.filterwarnings("ignore::statsmodels.tools.sm_exceptions.ConvergenceWarning")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_incomplete_panels_give_what_mixedlm_gives(seed):
    reviews = some_read(seed, 30, 8, 2, 4)
    model = MixedLM.from_formula(
        "value ~ 1",
        reviews.assign(whole=1),
        groups="whole",
        re_formula="0",
        vc_formula={"a": "0 + C(application_id)", "b": "0 + C(reviewer)"},
    )
    other = model.fit(reml=True, method="bfgs", gtol=1e-9)
    # Its optimizer stops a little earlier; the next test is the exact one.
    assert variances(reviews) == pytest.approx([*other.vcomp, other.scale], rel=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_no_variances_are_more_likely_by_dense_matrices(seed):
    reviews = some_read(seed, 20, 6, 1, 4)
    at = variances(reviews)
    here = restricted_likelihood(reviews, at)
    for way in np.eye(3):
        step = 1e-4 * (at + 0.01) * way
        there, back = (restricted_likelihood(reviews, at + s) for s in (step, -step))
        curve = (there - 2 * here + back) / step.sum() ** 2
        # Newton's step to the maximum, as a share of a standard error: none worth taking.
        if at @ way > 0:
            assert abs((there - back) / (2 * step.sum()) / np.sqrt(-curve)) < 1e-5
        assert there < here


@pytest.mark.parametrize(
    "rows",
    [
        # Nearly nothing but noise: the best variances of the two kinds are 0, or close to it.
        [[3, 5, None], [4, 1, 2], [None, 2, 5], [1, 3, 4], [5, None, 1]],
        [[4, 3, 4, 1, 1, 1, 1], [1, 2, 2, 3, 1, None, None], [1, None, 3, 3, 1, 1, 3]],
        [[6, None, None], [7, None, None], [1, 9, None], [5, 10, 1], [3, None, 7]],
        [[None, 3, 4, None, None, None], [1, 5, 5, 2, 3, 3]],
        [[4, 7, 8, 8], [6, 3, 5, 6], [None, 8, 2, 7], [None, 4, None, 1]],
    ],
)
def test_where_a_variance_is_0_or_close_to_it_none_near_by_is_more_likely(rows):
    reviews = table(rows)
    at = variances(reviews)
    here = restricted_likelihood(reviews, at)
    for way in itertools.product((-1, 0, 1), repeat=3):
        there = at + 0.02 * at[2] * np.array(way)
        if (there >= 0).all():
            assert restricted_likelihood(reviews, there) <= here


def test_a_variance_that_is_best_below_zero_is_zero():
    # Reviewers as alike as can be: between any two of them nothing is left on average.
    rows = [[1, 2, None], [None, 1, 2], [2, None, 1], [8, 9, None], [None, 8, 9], [9, None, 8]]
    found = variances(table(rows))
    assert found == pytest.approx([14.45, 0, 0.5])


def test_the_covariance_is_that_of_the_mean_squares():
    found = fit(design(table(SHROUT_FLEISS))).covariance
    applications, residual = 11.241666667, 1.019444444
    assert found[2, 2] == pytest.approx(2 * residual**2 / 15)
    assert found[0, 0] == pytest.approx((2 * applications**2 / 5 + 2 * residual**2 / 15) / 16)
    assert found[0, 2] == pytest.approx(-2 * residual**2 / 15 / 4)


def test_scores_without_noise_leave_the_variances_of_the_effects():
    reviews = table([[1, 2, None], [3, 4, 6], [None, 5, 7], [7, 8, 10]])  # + 0, 1, 3
    levels, severities = [1, 3, 4, 7], [0, 1, 3]
    assert variances(reviews) == pytest.approx(
        [np.var(levels, ddof=1), np.var(severities, ddof=1), 0], abs=1e-12
    )


def test_effects_by_least_squares_are_those_of_ols():
    reviews = some_read(5, 12, 5, 2, 3)
    panel = design(reviews)
    level, severity = least_squares(panel)
    told = panel.centre + panel.scale * (level[panel.application] + severity[panel.reviewer])
    fitted = ols("value ~ C(application_id) + C(reviewer)", reviews).fit().fittedvalues
    ordered = reviews.assign(fitted=fitted).sort_values(["application_id", "reviewer"])
    assert told == pytest.approx(ordered["fitted"].to_numpy())
    assert severity.sum() == pytest.approx(0)


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([], "no_reviews"),
        ([[1, 2, 3]], "one_application"),
        ([[1], [2], [3]], "one_reviewer"),
        ([[1, None], [None, 2], [3, None]], "one_review_each"),
        ([[5, 5], [5, 5]], "all_equal"),
        ([[0.1 + 0.2, 0.3], [0.3, 0.3]], "all_equal"),
        # Two applications, three reviewers, four reviews: every one of them has its own unknown.
        ([[1, 2, None], [None, 3, 5]], "no_residual"),
        # Everybody reads one application: severity and residual are one.
        ([[1, 2, None, None], [None, None, 3, 5]], "no_residual"),
        # Two panels that have nothing in common, and only from each other they differ.
        ([[5, 5, None], [5, 5, None], [None, None, 7]], "sets_apart"),
        ([[0.1 + 0.2, 0.3, None], [0.3, 0.3, None], [None, None, 7]], "sets_apart"),
        # A reviewer who gave everyone the same is a reviewer as any other.
        ([[1, 5], [3, 5], [7, 5]], None),
        ([[1, 2], [4, 3]], None),
        # Two panels that have nothing in common.
        ([[1, 2, None, None], [3, 3, None, None], [None, None, 7, 8], [None, None, 4, 2]], None),
    ],
)
def test_what_cannot_be_told_apart_has_its_reason(rows, expected):
    assert reason(design(table(rows))) == expected


def test_a_panel_too_large_for_the_model_says_so():
    one = pd.DataFrame({"application_id": [f"A{i:05}" for i in range(20_001)]})
    reviews = pd.concat([one.assign(reviewer=name, value=1.0) for name in "RS"])
    assert reason(design(reviews)) == "too_many"


def test_sets_are_told_apart_and_numbered_by_their_reviewers():
    rows = [[1, None, 2, None], [None, 3, None, 4], [2, None, 3, None]]
    panel = design(table(rows))
    assert panel.sets.tolist() == [0, 1, 0, 1]
    assert panel.degrees == 6 - 3 - 4 + 2


@pytest.mark.parametrize(
    "reviews",
    [
        pd.DataFrame({"application_id": ["A", "A"], "reviewer": ["R", "R"], "value": [1.0, 2.0]}),
        pd.DataFrame({"application_id": ["A", "B"], "reviewer": ["R", "R"], "value": [1, np.nan]}),
    ],
)
def test_a_review_that_stands_there_twice_or_is_no_number_is_refused(reviews):
    with pytest.raises(ValueError, match=r"twice|finite"):
        design(reviews)


@settings(max_examples=15)
@given(st.integers(0, 1_000), st.floats(-1_000, 1_000), st.floats(0.01, 100))
def test_shifting_stretching_and_shuffling_change_nothing_else(seed, shift, stretch):
    reviews = some_read(seed % 7, 15, 6, 2, 4)
    moved = reviews.assign(value=shift + stretch * reviews["value"])
    moved = moved.sample(frac=1, random_state=seed)
    assert variances(moved) / stretch**2 == pytest.approx(variances(reviews), rel=1e-6)

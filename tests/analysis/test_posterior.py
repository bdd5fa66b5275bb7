"""What the model says of applications and reviewers, against dense matrices and plain sums."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import posterior as module
from analysis.panel import Components, design, fit, reason
from analysis.posterior import draws, levels, posterior, reviewer_effects, severities
from analysis.ranking import chances, places_of


def some_read(seed: int, n: int = 20, m: int = 6, noise: float = 0.5) -> pd.DataFrame:
    """A panel drawn from the model, two to four reviewers an application."""
    rng = np.random.default_rng(seed)
    level, severity = rng.normal(5, 1.5, n), rng.normal(0, 0.6, m)
    return pd.DataFrame(
        [
            (f"A{i:02}", f"R{j}", level[i] + severity[j] + noise * rng.normal())
            for i in range(n)
            for j in rng.choice(m, rng.integers(2, 5), replace=False)
        ],
        columns=["application_id", "reviewer", "value"],
    )


def dense(reviews: pd.DataFrame, variances: tuple[float, float, float]) -> tuple[np.ndarray, ...]:
    """Mean and covariance of (mean, applications, reviewers) at known variances, by Henderson's
    mixed model equations as they are printed."""
    za = pd.get_dummies(reviews["application_id"]).to_numpy(dtype=float)
    zr = pd.get_dummies(reviews["reviewer"]).to_numpy(dtype=float)
    w = np.column_stack([np.ones(len(reviews)), za, zr])
    prior = [0.0] + [1 / variances[0]] * za.shape[1] + [1 / variances[1]] * zr.shape[1]
    covariance = np.linalg.inv(w.T @ w / variances[2] + np.diag(prior))
    return covariance @ w.T @ reviews["value"].to_numpy() / variances[2], covariance


@pytest.fixture
def one_node(monkeypatch):
    """No grid: the variances are those that are given."""
    monkeypatch.setattr(module, "GRID_REVIEWERS", 0)


def test_levels_and_severities_are_those_of_the_mixed_model_equations(one_node):
    reviews, variances = some_read(1), (2.0, 0.4, 0.25)
    panel = design(reviews)
    found = posterior(panel, Components(*variances, np.eye(3)))
    n, m = len(panel.applications), len(panel.reviewers)
    mean, covariance = dense(reviews, variances)
    level = np.column_stack([np.ones(n), np.eye(n), np.full((n, m), 1 / m)])
    others = (np.eye(m) - 1 / m) * m / (m - 1)
    severity = np.column_stack([np.zeros((m, 1 + n)), others])
    # The residual variance is drawn, around the one that fits these ratios best.
    node = found.nodes[0]
    stretch = panel.scale**2 * node.residual / (len(reviews) - 3) / variances[2]
    for told, row in ((levels(found), level), (severities(found), severity)):
        assert told[0] == pytest.approx(row @ mean)
        assert told[1] ** 2 == pytest.approx(stretch * np.diag(row @ covariance @ row.T))


def test_effects_of_other_values_are_those_of_the_mixed_model_equations(one_node):
    reviews, variances = some_read(2), (2.0, 0.4, 0.25)
    panel = design(reviews)
    found = posterior(panel, Components(*variances, np.eye(3)))
    ordered = reviews.sort_values(["application_id", "reviewer"])
    other = np.random.default_rng(3).normal(size=(len(ordered), 2))
    told = reviewer_effects(found, other)
    for at in (0, 1):
        mean, _ = dense(ordered.assign(value=other[:, at]), variances)
        assert told[:, at] == pytest.approx(mean[-len(panel.reviewers) :])


def test_many_reviewers_and_few_give_the_same_at_the_same_variances(monkeypatch):
    panel = design(some_read(4))
    wide = posterior(panel, fit(panel)).nodes
    middle = max(wide, key=lambda node: node.weight)
    single = module._single(panel, np.array([*middle.ratios, 1.0]))
    assert single.residual == pytest.approx(middle.residual)
    assert single.at == pytest.approx(middle.at)
    assert (single.basis * single.spread) @ (single.basis * single.spread).T == pytest.approx(
        (middle.basis * middle.spread) @ (middle.basis * middle.spread).T
    )


def test_a_finer_grid_says_the_same(monkeypatch):
    panel = design(some_read(5, n=12, m=4))
    coarse = posterior(panel, fit(panel))
    monkeypatch.setattr(module, "GRID", 61)
    fine = posterior(panel, fit(panel))
    for tell in (levels, severities):
        for one, other in zip(tell(coarse), tell(fine), strict=True):
            assert one == pytest.approx(other, abs=0.01)


def test_draws_have_the_mean_and_the_spread_that_are_told():
    panel = design(some_read(6))
    found = posterior(panel, fit(panel))
    drawn = np.concatenate(list(draws(found)), axis=1)
    mean, deviation = levels(found)
    assert drawn.shape == (20, 10_000)
    assert drawn.mean(axis=1) == pytest.approx(mean, abs=4 * deviation.max() / 100)
    assert drawn.std(axis=1) == pytest.approx(deviation, rel=0.04)


def test_what_nobody_read_is_drawn_as_any_application():
    panel = design(some_read(7, n=200))
    components = fit(panel)
    drawn = np.concatenate(list(draws(posterior(panel, components, unread=2))), axis=1)
    assert drawn.shape == (202, 10_000)
    assert drawn[-2:].std(axis=1) == pytest.approx(np.sqrt(components.application), rel=0.1)
    assert drawn[-2:].mean(axis=1) == pytest.approx(drawn[:200].mean(), abs=0.1)


def test_the_same_seed_gives_the_same_draws_in_whatever_order_the_rows_are():
    reviews = some_read(8)
    one, other = (
        np.concatenate(list(draws(posterior(panel, fit(panel)))), axis=1)
        for panel in map(design, (reviews, reviews.sample(frac=1, random_state=1)))
    )
    assert (one == other).all()


@settings(max_examples=10)
@given(st.integers(0, 50), st.floats(-100, 100), st.floats(0.1, 50))
def test_shifting_and_stretching_the_scale_change_no_chance(seed, shift, stretch):
    reviews = some_read(seed % 5)
    moved = reviews.assign(value=shift + stretch * reviews["value"])
    one, other = (
        chances(draws(posterior(panel, fit(panel)), 500), 8)
        for panel in map(design, (reviews, moved))
    )
    # Rounding may swap two that are as good as equal in a draw.
    assert np.abs(one["above"] - other["above"]).max() <= 1 / 500


@settings(max_examples=25)
@given(
    st.lists(st.integers(1, 9), min_size=3, max_size=9),
    st.lists(st.integers(-2, 2), min_size=3, max_size=5),
    st.integers(0, 1_000),
)
def test_without_noise_the_places_are_the_plain_ones(level, severity, seed):
    """Reviewers who differ by a constant alone; everybody reads the first application."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"A{i}", f"R{j}", float(level[i] + severity[j]))
        for i in range(len(level))
        for j in range(len(severity))
        if i == 0 or j in rng.choice(len(severity), 2, replace=False)
    ]
    panel = design(pd.DataFrame(rows, columns=["application_id", "reviewer", "value"]))
    if panel.degrees == 0 or panel.scale == 0 or (panel.read == 0).any():
        return
    kept = [level[int(name[1:])] for name in panel.applications]
    found = chances(draws(posterior(panel, fit(panel))), 2)
    assert found["expected_rank"].tolist() == places_of(np.array(kept)).tolist()
    assert found["above"].sum() == pytest.approx(2)


def test_without_noise_two_panels_that_share_nothing_are_still_ranked_within_each():
    given = {"A": (1, "RS"), "B": (4, "RS"), "C": (2, "TU"), "D": (3, "TU")}
    rows = [(name, who, float(v)) for name, (v, readers) in given.items() for who in readers]
    reviews = pd.DataFrame(rows, columns=["application_id", "reviewer", "value"])
    panel = design(reviews)
    drawn = np.concatenate(list(draws(posterior(panel, fit(panel)))), axis=1)
    assert (drawn[1] > drawn[0]).all() and (drawn[3] > drawn[2]).all()


def test_the_only_reviewer_of_a_set_is_beside_nobody():
    reviews = some_read(9)
    alone = reviews[:2].assign(application_id=["Z1", "Z2"], reviewer="Q")
    reviews = pd.concat([reviews, alone])
    panel = design(reviews)
    severity, deviation = severities(posterior(panel, fit(panel)))
    alone = panel.reviewers == "Q"
    assert np.isnan(severity[alone]).all() and np.isnan(deviation[alone]).all()
    assert not np.isnan(severity[~alone]).any()


# Panels that share nothing: what their reviews have in common, applications, reviewers, and what
# the first review has more: noise, or next to none.
APART = st.lists(st.sampled_from([0.0, 1e-10, 1.0]), min_size=1, max_size=3)
MORE = st.sampled_from([0.0, 1e-10, 1e-7, 1e-5, 1e-3, 1.0])
PANELS = st.lists(st.tuples(st.sampled_from([0.0, 5.0, 7.0]), APART, APART, MORE), max_size=3)


@settings(max_examples=200)
@given(PANELS, st.integers(0, 1))
def test_of_every_panel_something_is_told_or_the_reason_why_not(panels, unread):
    rows = [
        (f"A{k}{i}", f"R{k}{j}", common + level + severity + (more if i == j == 0 else 0))
        for k, (common, applications, reviewers, more) in enumerate(panels)
        for i, level in enumerate(applications)
        for j, severity in enumerate(reviewers)
    ]
    panel = design(pd.DataFrame(rows, columns=["application_id", "reviewer", "value"]))
    if not reason(panel):
        told = levels(posterior(panel, fit(panel), unread))
        assert np.isfinite(told).all()

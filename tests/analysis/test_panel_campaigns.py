"""How often the model is right, how long it takes and how much memory: long campaigns."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.panel import design, fit
from analysis.posterior import draws, levels, posterior, severities
from analysis.ranking import SAFE, chances
from tests.alone import taken

ROOT = Path(__file__).parents[2]
PANELS = 500
PLACES = 17


def panel_like_the_sample(
    rng: np.random.Generator, severity: np.ndarray, applications: int = 44
) -> tuple[np.ndarray, pd.DataFrame]:
    """True levels and reviews: three to five of the reviewers each, who are equally busy."""
    level, busy, rows = rng.normal(5.7, 1.27, applications), np.zeros(len(severity)), []
    for i in range(applications):
        chosen = np.lexsort((rng.random(len(severity)), busy))[: rng.choice([3, 4, 4, 5])]
        busy[chosen] += 1
        given = level[i] + severity[chosen] + rng.normal(0, 0.34, len(chosen))
        rows += [(f"A{i:04}", f"R{j:02}", v) for j, v in zip(chosen, given, strict=True)]
    return level, pd.DataFrame(rows, columns=["application_id", "reviewer", "value"])


def planted(rng: np.random.Generator) -> np.ndarray:
    """Reviewers as those of the sample: one two points lower, one higher, the others alike."""
    return np.array([-2, 1.5, *rng.normal(0, 0.25, 12)])


@pytest.mark.long
def test_over_500_panels_what_is_called_safe_is_and_the_severe_one_is_found():
    safe = wrong = first = within = covered = 0
    for seed in range(PANELS):
        rng = np.random.default_rng(seed)
        severity = planted(rng)
        level, reviews = panel_like_the_sample(rng, severity)
        panel = design(reviews)
        found = posterior(panel, fit(panel))
        above = chances(draws(found), PLACES)["above"].to_numpy()
        truly = level >= np.sort(level)[-PLACES]
        safe += ((above >= SAFE) | (above <= 1 - SAFE)).sum()
        wrong += ((above >= SAFE) & ~truly).sum() + ((above <= 1 - SAFE) & truly).sum()
        mean, _ = severities(found)
        first += mean.argmin() == 0
        middle, deviation = levels(found)
        covered += (np.abs(level + severity.mean() - middle) < 1.96 * deviation).sum()
        within += len(level)
    print(f"\nsafe {safe}, wrong {wrong / safe:.2%}, levels covered {covered / within:.1%}")
    print(f"the severe one first {first / PANELS:.1%}")
    assert wrong <= 0.025 * safe
    assert first >= 0.98 * PANELS


@pytest.mark.long
@pytest.mark.parametrize("spread", [0.25, 0.5, 0.71, 1.0])
def test_over_500_panels_intervals_hold_the_severity_of_reviewers_drawn_from_the_model(spread):
    held = 0
    for seed in range(PANELS):
        rng = np.random.default_rng(10_000 + seed)
        severity = rng.normal(0, spread, 14)
        _, reviews = panel_like_the_sample(rng, severity)
        panel = design(reviews)
        mean, deviation = severities(posterior(panel, fit(panel)))
        truth = (severity - severity.mean()) * 14 / 13
        held += (np.abs(truth - mean) < 1.96 * deviation).sum()
    print(f"\nspread {spread}: covered {held / PANELS / 14:.2%}")
    assert 0.93 <= held / PANELS / 14 <= 0.97


@pytest.mark.long
def test_with_400_applications_two_points_are_found_within_three_tenths():
    for seed in range(20):
        rng = np.random.default_rng(20_000 + seed)
        severity = planted(rng)
        panel = design(panel_like_the_sample(rng, severity, 400)[1])
        mean, _ = severities(posterior(panel, fit(panel)))
        assert mean[0] == pytest.approx(-2 - severity[1:].mean(), abs=0.3)


def read_by_four(applications: int, reviewers: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    level, severity = rng.normal(5, 1.5, applications), rng.normal(0, 0.6, reviewers)
    i = np.repeat(np.arange(applications), 4)
    j = np.argpartition(rng.random((applications, reviewers)), 4, axis=1)[:, :4].ravel()
    return pd.DataFrame(
        {
            "application_id": [f"A{at:05}" for at in i],
            "reviewer": [f"R{at:05}" for at in j],
            "value": level[i] + severity[j] + rng.normal(0, 0.5, len(i)),
        }
    )


# A process of its own, on one core and with what this file knows.
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
KNOWING = "import time\nfrom test_panel_campaigns import *\n"


def told_by_one_core(code: str) -> float:
    """The number that such a process prints."""
    run = subprocess.run(
        [sys.executable, "-c", KNOWING + code],
        cwd=ROOT,
        env=os.environ | ONE_CORE,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout)


@pytest.mark.long
@pytest.mark.parametrize("reviewers", [14, 200, 1_000, 2_500])
def test_5000_applications_with_four_reviews_are_fitted_in_ten_seconds(reviewers):
    took = told_by_one_core(f"""
panel = design(read_by_four(5_000, {reviewers}))
begun = time.process_time()  # what else the machine does is not counted
fit(panel)
print(time.process_time() - begun)
""")
    print(f"\n{reviewers} reviewers: {took:.1f} s")
    assert took <= 10


@pytest.mark.long
@pytest.mark.parametrize("reviewers", [14, 2_500])
def test_5000_applications_with_10000_draws_stay_below_one_gigabyte(reviewers):
    code = f"""
panel = design(read_by_four(5_000, {reviewers}))
chances(draws(posterior(panel, fit(panel))), 500)
"""
    _, most = taken("-c", KNOWING + code, **ONE_CORE)
    print(f"\n{reviewers} reviewers: {most / 1e6:.0f} MB")
    assert most < 1e9

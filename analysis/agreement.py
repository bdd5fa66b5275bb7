"""How well a panel agrees: intraclass correlations, and Krippendorff's alpha beside them.

The coefficients follow McGraw and Wong, Psychological Methods 1 (1996), 30-46, told in variances as
by Putka, Le, McCloy and Diaz, Journal of Applied Psychology 93 (2008), 959-981, for panels on which
not everybody reads everything: ICC(A,1) and ICC(C,1) of a single review, with and without the
reviewers' severity counted as error, and ICC(A,k) of the mean of k. On a complete panel they are
ICC(2,1), ICC(3,1) and ICC(2,k) of Shrout and Fleiss, Psychological Bulletin 86 (1979), 420-428.
"""

import math

import numpy as np

from analysis.panel import Components, Design
from analysis.ranking import DRAWS, SEED

RELIABLE = 0.8  # what ICC(A,k) of a reliable mean is at least
MOST_NEEDED = 1_000  # reviewers of an application; more than that nobody convenes
INTERVAL = (2.5, 97.5)  # per cent
RESAMPLES = 2_000
AT_ONCE = 200_000  # applications of resamples that are drawn at once
COEFFICIENTS = ("icc_a1", "icc_c1", "icc_ak")


def coefficients(components: Components, reviews_each: float) -> dict[str, float]:
    """The coefficients and their 95 % intervals: icc_a1, icc_a1_low, icc_a1_high, and so on.

    reviews_each: the k of ICC(A,k). The intervals are simulated: DRAWS draws of the variances from
    the normal distribution with their covariance, those below 0 counted as 0 (ten Hove, Jorgensen,
    van der Ark, Psychological Methods 27 (2022), 650-666). An interval reaches down to a
    coefficient that is below 0 itself, as on a complete panel. A coefficient whose denominator is
    not above 0 is missing, and so is its interval.
    """
    at = np.array([components.application, components.reviewer, components.residual])
    scale = np.abs(at).max()
    size, axes = np.linalg.eigh(components.covariance / scale**2)
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, 3))
    drawn = at / scale + (noise * np.sqrt(np.maximum(size, 0))) @ axes.T
    found = {}
    for name, one, many in zip(
        COEFFICIENTS,
        _ratios(at[:, None] / scale, reviews_each),
        _ratios(np.maximum(drawn, 0).T, reviews_each),
        strict=True,
    ):
        told, known = not np.isnan(one[0]), many[~np.isnan(many)]
        low, high = np.percentile(known, INTERVAL) if told and len(known) else (np.nan, np.nan)
        low = min(low, one[0])
        found |= {name: float(one[0]), f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def _ratios(variances: np.ndarray, k: float) -> list[np.ndarray]:
    application, reviewer, residual = variances
    wholes = (
        application + reviewer + residual,
        application + residual,
        application + (reviewer + residual) / k,
    )
    # What rounding leaves of a denominator of nothing is no denominator.
    least = 1e-12 * np.abs(variances).max(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return [np.where(whole > least, application / whole, np.nan) for whole in wholes]


def reviews_each(design: Design) -> float:
    """The harmonic mean of the numbers of reviews that the applications have."""
    return len(design.read) / float(np.sum(1 / design.read))


def reviewers_needed(components: Components) -> int | None:
    """The least number of reviewers for which ICC(A,k) is RELIABLE; None where none would do, or
    none of up to MOST_NEEDED."""
    if components.application <= 0:
        return None
    error = max(components.reviewer + components.residual, 0)
    needed = RELIABLE / (1 - RELIABLE) * error / components.application * (1 - 1e-12)
    return max(1, math.ceil(needed)) if needed <= MOST_NEEDED else None


def alpha(design: Design) -> tuple[float, float, float]:
    """Krippendorff's alpha for an interval scale, and its 95 % interval.

    The coefficient is that of Krippendorff, Content Analysis, 2nd ed. (2004), chapter 11:
    1 - observed / expected disagreement, over the applications with two reviews or more. For an
    interval scale both are variances, of an application's reviews and of all. The interval comes
    from RESAMPLES samples of as many applications. All three are missing where nothing differs.
    """
    units = design.read > 1
    count = design.read[units].astype(float)
    if not len(count):
        return np.nan, np.nan, np.nan
    sums = design.by_application(design.values)[units]
    squares = design.by_application(design.values**2)[units]
    within = count * (squares - sums**2 / count) / (count - 1)
    parts = np.array([count, sums, squares, within])
    rng = np.random.default_rng(SEED)
    # As many resamples at once as fit into little memory: all of them would take 16 kB an
    # application.
    some = max(1, AT_ONCE // len(count))
    drawn = [
        parts[:, rng.integers(len(count), size=(min(some, RESAMPLES - start), len(count)))].sum(2)
        for start in range(0, RESAMPLES, some)
    ]
    told, many = _alpha(parts.sum(axis=1)), _alpha(np.concatenate(drawn, axis=1))
    known = many[~np.isnan(many)]
    if np.isnan(told) or not len(known):
        return np.nan, np.nan, np.nan
    return (float(told), *map(float, np.percentile(known, INTERVAL)))


def _alpha(sums: np.ndarray) -> np.ndarray:
    count, total, squares, within = sums
    spread = squares - total**2 / count
    some = spread > 1e-12 * np.maximum(squares, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(some, 1 - within / count / (spread / (count - 1)), np.nan)

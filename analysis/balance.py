"""What a lot would give: how many of each group would be selected if places were drawn by lot.

If `draws` of a pool are drawn by lot, without putting back, the number drawn from a group that has
`members` in the pool follows the hypergeometric distribution (Johnson, Kemp and Kotz, Univariate
Discrete Distributions, 2005, chapter 6). It says what chance alone does and judges no decision.
"""

import math

import numpy as np
import pandas as pd
from scipy.special import gammaln

CENTRAL = 0.95  # of the draws lie in the range
# Sums of probabilities carry rounding: what is this close to the edge of a tail lies on it.
ROUNDING = 1e-9


def by_lot(members: pd.Series, pool: int, draws: int) -> pd.DataFrame:
    """What a lot gives each group, in the order and with the index of `members`.

    members: applications of the pool that belong to the group, each from 0 to `pool`. draws: places
    that are drawn, at most `pool` of which can be filled. Returns, in applications:

    expected   the mean over all draws
    low, high  the central range: the least and the greatest number such that at most 2.5 % of the
               draws give fewer, and at most 2.5 % more
    """
    drawn = min(draws, pool)
    # The same sizes come again from split to split.
    ranges = {n: _central(n, pool, drawn) for n in sorted({int(n) for n in members})}
    return pd.DataFrame(
        {
            "expected": [n * drawn / pool if pool else 0.0 for n in members],
            "low": [ranges[int(n)][0] for n in members],
            "high": [ranges[int(n)][1] for n in members],
        },
        index=members.index,
    )


def probabilities(members: int, pool: int, draws: int) -> tuple[int, np.ndarray]:
    """The least number that can be drawn from the group, and the probability of it and of each
    greater one up to the greatest that can."""
    least, greatest = max(0, draws - (pool - members)), min(members, draws)
    k = np.arange(least, greatest + 1)
    logs = _log_choose(members, k) + _log_choose(pool - members, draws - k)
    # Divided by their sum, which spares the third binomial and its rounding.
    weights = np.exp(logs - logs.max())
    return least, weights / weights.sum()


def panel_noise(
    var_reviewer: float, var_residual: float, reviews_each: float, complete: bool
) -> float | None:
    """How much an application's total varies with who reviewed it, as a standard deviation.

    In points of the cohort's scale, from the variances of the crossed model (`panel_agreement`).
    Where every reviewer read every application, what is common to a reviewer moves all totals alike
    and sets none of them apart. None where the model is not assessable.
    """
    variance = var_residual if complete else var_reviewer + var_residual
    if not (math.isfinite(variance) and variance > 0 and reviews_each > 0):
        return None
    return math.sqrt(variance / reviews_each)


def _central(members: int, pool: int, draws: int) -> tuple[int, int]:
    least, chances = probabilities(members, pool, draws)
    tail = (1 - CENTRAL) / 2
    fewer, more = np.cumsum(chances), np.cumsum(chances[::-1])
    # The first number at which more than the tail has been passed, from either end.
    low = least + int(np.argmax(fewer > tail + ROUNDING))
    high = least + len(chances) - 1 - int(np.argmax(more > tail + ROUNDING))
    return low, high


def _log_choose(n: int, k: np.ndarray) -> np.ndarray:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

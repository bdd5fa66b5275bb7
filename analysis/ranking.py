"""Who is above the line, and on which place, in each of many draws of the same totals.

Where the draws come from does not matter here: weights, a panel's noise, or both. Central intervals
and the probability of a rank ("rank acceptability") follow Lahdelma and Salminen, SMAA-2,
Operations Research 49 (2001), 444-454; the expected rank follows Heyard, Ott, Salanti and Egger,
Statistics and Public Policy 9 (2022), 110-121.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

SEED = 2022
DRAWS = 10_000
SAFE = 0.95  # above the line in at least this share of the draws: safely above
CENTRAL = 0.9  # share of the draws that lie within rank_low and rank_high
MOST_RANKS = 300  # applications; with more of them nobody reads a probability for every rank


def chances(chunks: Iterable[np.ndarray], places: int | None) -> pd.DataFrame:
    """How each application stands in all draws: one row per application, in the chunks' order.

    `chunks` are totals, applications x draws, of any number of draws each. `places` is how many
    are above the line; None where there is no line, and then nobody is above or below it.

    above: probability of being above the line. Where a tie crosses it, each of the tied counts
    with the share of the places that are left for them. above_error: its Monte Carlo standard
    error. expected_rank: mean place; equal totals share the better place. rank_low, rank_high:
    the places between which the central 90 % of the draws lie.

    Raises ValueError where there is no draw, or a total that is not a number.
    """
    held, shares, squares = [], 0.0, 0.0
    for chunk in chunks:
        ranks, above = standing(chunk, places)
        held.append(np.ascontiguousarray(ranks.T))
        shares = shares + above.sum(axis=0, dtype=float)
        squares = squares + np.square(above, dtype=float).sum(axis=0)
    if not held:
        raise ValueError("there is no draw")
    draws = sum(ranks.shape[1] for ranks in held)
    share = shares / draws
    told = places is not None
    out = int(draws * (1 - CENTRAL) / 2 + 1e-9)  # draws left out on either side
    low, high, mean = _spread(held, draws, out)
    return pd.DataFrame(
        {
            "above": share if told else np.full(len(low), np.nan),
            "above_error": (
                np.sqrt(np.maximum(squares / draws - share**2, 0) / draws)
                if told
                else np.full(len(low), np.nan)
            ),
            "expected_rank": mean,
            "rank_low": low,
            "rank_high": high,
        }
    )


def acceptability(chunks: Iterable[np.ndarray]) -> np.ndarray:
    """The share of the draws in which each application has each rank: applications x ranks.

    Every row sums to one; ranks that ties leave out have 0. For at most MOST_RANKS applications;
    raises ValueError beyond them, and where there is no draw.
    """
    counts, draws = None, 0
    for chunk in chunks:
        ranks, _ = standing(chunk, None)
        n = ranks.shape[1]
        if n > MOST_RANKS:
            raise ValueError(f"{n} applications are more than {MOST_RANKS}")
        cells = np.arange(n) * n + ranks.astype(np.intp) - 1
        found = np.bincount(cells.ravel(), minlength=n * n).reshape(n, n)
        counts = found if counts is None else counts + found
        draws += len(ranks)
    if counts is None:
        raise ValueError("there is no draw")
    return counts / draws


def places_of(totals: np.ndarray) -> np.ndarray:
    """The place of each of some totals; equal ones share the better place."""
    return standing(np.asarray(totals, dtype=float)[:, None], None)[0][0].astype(int)


def standing(chunk: np.ndarray, places: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Ranks, and shares above the line, of a chunk: draws x applications each."""
    # Each draw lies together, so that sorting it stays in the processor's cache.
    lowered = np.negative(np.asarray(chunk, dtype=float).T, order="C")
    draws, n = lowered.shape
    order = np.argsort(lowered, axis=1)
    cells = order + n * np.arange(draws)[:, None]  # the same in the array laid out flat
    inside = lowered.ravel()[cells]
    if np.isnan(inside[:, -1:]).any():  # sorted to the end
        raise ValueError("a total is not a number")
    small = np.min_scalar_type(n)  # 5,000 applications x 10,000 draws are 100 MB of these
    ranks = np.empty((draws, n), dtype=small)
    ranks.ravel()[cells] = np.arange(1, n + 1, dtype=small)
    line = 0 if places is None else places
    above = ranks <= line
    tied = (inside[:, 1:] == inside[:, :-1]).any(axis=1)
    if tied.any():
        above = above.astype(float)
        ranks[tied], above[tied] = _with_ties(order[tied], inside[tied], line, small)
    return ranks, above


def _with_ties(
    order: np.ndarray, inside: np.ndarray, line: int, small: np.dtype
) -> tuple[np.ndarray, np.ndarray]:
    """The same for draws that have equal totals; `inside` are the totals in their `order`."""
    draws, n = order.shape
    at = np.arange(n)
    new = np.ones((draws, n), dtype=bool)
    new[:, 1:] = inside[:, 1:] != inside[:, :-1]
    first = np.maximum.accumulate(np.where(new, at, 0), axis=1)
    last = np.ones((draws, n), dtype=bool)
    last[:, :-1] = new[:, 1:]
    end = np.minimum.accumulate(np.where(last, at + 1, n)[:, ::-1], axis=1)[:, ::-1]
    share = np.clip((line - first) / (end - first), 0, 1)
    ranks, above = np.empty((draws, n), dtype=small), np.empty((draws, n))
    np.put_along_axis(ranks, order, (first + 1).astype(small), axis=1)
    np.put_along_axis(above, order, share, axis=1)
    return ranks, above


def _spread(held: list[np.ndarray], draws: int, out: int) -> tuple[np.ndarray, ...]:
    """Central interval and mean of each application's ranks, a few applications at a time."""
    n = len(held[0])
    low, high, mean = np.empty(n, dtype=int), np.empty(n, dtype=int), np.empty(n)
    size = max(1, 4_000_000 // draws)
    for start in range(0, n, size):
        ranks = np.concatenate([chunk[start : start + size] for chunk in held], axis=1)
        mean[start : start + size] = ranks.mean(axis=1)
        ranks.partition(sorted({out, draws - 1 - out}), axis=1)
        low[start : start + size] = ranks[:, out]
        high[start : start + size] = ranks[:, draws - 1 - out]
    return low, high, mean

"""Uncertain weights: draws around the official ones, and what they say of the totals.

Stochastic multicriteria acceptability analysis: Lahdelma and Salminen, SMAA-2, Operations Research
49 (2001), 444-454. Weights are drawn from a Dirichlet distribution over the criteria that count,
alpha = 1 + kappa * w: its mode is the official weights w, and with kappa = 0 any weights are as
likely as any others. A criterion of weight zero stays at zero.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from analysis.ranking import DRAWS, SEED, places_of, standing

AT_A_TIME = 2_000_000  # totals in a chunk: 16 MB of each array that is needed for them
LOWEST, HIGHEST = 1.0, 100.0  # of geometric aggregation: a zero would wipe out everything else


def typical_distance(weights: Sequence[float], kappa: float) -> float:
    """How far a drawn weight typically lies from the official one, in points (0 to 100).

    The root mean square over draws and the criteria that count, from the moments of the Dirichlet
    distribution. `weights` add up to 1.
    """
    official = np.array([w for w in weights if w > 0])
    whole = len(official) + kappa
    mean = (1 + kappa * official) / whole
    return 100 * float(np.sqrt(np.mean(mean * (1 - mean) / (whole + 1) + (mean - official) ** 2)))


def concentration(weights: Sequence[float], points: float) -> float:
    """The kappa at which a weight typically lies `points` from the official one.

    Infinite for 0 points: no uncertainty. Raises ValueError where even any weights lie closer.
    """
    if points <= 0:
        return np.inf
    if points > typical_distance(weights, 0):
        raise ValueError(f"no weights lie {points} points away on the average")
    # Here and not above: it brings half of SciPy along, and most readers leave the weights alone.
    from scipy.optimize import brentq

    # From 1 for any weights to 0 for none but the official ones; it grows with the distance.
    spread = brentq(
        lambda t: (typical_distance(weights, 1 / t - 1) if t else 0) - points, 0, 1, xtol=1e-15
    )
    return 1 / spread - 1


def drawn_weights(
    weights: Sequence[float], kappa: float, draws: int = DRAWS, seed: int = SEED
) -> np.ndarray:
    """Draws of the weights, criteria x draws; each draw adds up to 1. `weights` do, too."""
    official = np.asarray(weights, dtype=float)
    found = np.zeros((len(official), draws))
    counts = official > 0
    if np.isinf(kappa):
        found[counts] = official[counts, None]
    else:
        rng = np.random.default_rng(seed)
        found[counts] = rng.dirichlet(1 + kappa * official[counts], draws).T
    return found


def totals(scaled: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means from 0 to 1 of each application in each draw: applications x draws.

    `scaled` is applications x criteria, from 0 to 1; `weights` criteria x draws. Added up criterion
    by criterion, so that rounding never puts one above another that is as good on each of them, and
    no row depends on where it stands: a matrix product of the library would do either.
    """
    found = np.zeros((len(scaled), weights.shape[1]))
    part = np.empty_like(found)
    for column, row in zip(scaled.T, weights, strict=True):
        if row.any():  # what weighs nothing may be missing
            found += np.multiply(column[:, None], row, out=part)
    return found


def totals_in_chunks(scaled: np.ndarray, weights: np.ndarray) -> Iterator[np.ndarray]:
    """The same, so many draws at a time that they fit into little memory."""
    size = max(1, AT_A_TIME // max(1, len(scaled)))
    for start in range(0, weights.shape[1], size):
        yield totals(scaled, weights[:, start : start + size])


def moved(
    chunks: Iterable[np.ndarray],
    scaled: np.ndarray,
    weights: Sequence[float],
    drawn: np.ndarray,
    span: float,
) -> Iterator[np.ndarray]:
    """Both uncertainties at once: draws of the totals under `weights`, moved to the drawn weights.

    `chunks` are totals with the panel's noise, applications x draws, on a scale `span` long, as
    many draws as `drawn` has. The noise is that of the total's own model; the weights act on the
    means of the criteria. Without spread of the weights the chunks stay as they are; without noise
    what remains is the weights alone.
    """
    start = 0
    difference = drawn - np.asarray(weights, dtype=float)[:, None]
    for chunk in chunks:
        size = chunk.shape[1]
        found = totals(scaled, difference[:, start : start + size])
        found *= span
        found += chunk
        yield found
        start += size


def central_weights(
    chunks: Iterable[np.ndarray], drawn: np.ndarray, places: int, row: int
) -> tuple[np.ndarray, float]:
    """The mean of the weights in the draws that put one application above the line.

    `row` is its place in the chunks, which are applications x draws, as many as `drawn` has. Where
    a tie crosses the line a draw counts with the share of the places that are left. Returns the
    weights and the share of the draws; without any such draw the weights are not a number.
    """
    found, whole, start = np.zeros(len(drawn)), 0.0, 0
    for chunk in chunks:
        share = standing(chunk, places)[1][:, row].astype(float)
        found += drawn[:, start : start + len(share)] @ share
        whole += float(share.sum())
        start += len(share)
    return (found / whole if whole else np.full(len(drawn), np.nan)), whole / start


def geometric_places(scaled: np.ndarray, weights: Sequence[float]) -> np.ndarray:
    """Places by the weighted geometric mean, in which a weakness is not made up for elsewhere.

    Each criterion is told from 1 to 100 by the limits of its scale, never by the scores of this
    cohort: so an application that comes or goes moves nobody else's value.
    """
    official = np.asarray(weights, dtype=float)
    counts = official > 0
    values = LOWEST + (HIGHEST - LOWEST) * scaled[:, counts]
    return places_of(np.round(np.exp(np.log(values) @ official[counts]), 10))

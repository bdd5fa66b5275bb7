"""What the crossed model says of single applications and reviewers.

The posterior of a Bayesian reading of `analysis.panel`'s model. The mean has a flat prior, the
residual variance v the prior 1/v, and the two ratios of standard deviations to the residual's each
a half-Cauchy prior of scale 1 (Gelman, Bayesian Analysis 1 (2006), 515-534). The integral over the
ratios is a sum over the nodes of a grid, which covers where the posterior is (as in Rue, Martino,
Chopin, Journal of the Royal Statistical Society B 71 (2009), 319-392); all else has closed forms
(Searle, Casella, McCulloch, Variance Components, 1992, chapters 7 and 9). So the variances' own
uncertainty widens every interval. With more than GRID_REVIEWERS reviewers it is negligible, and
the REML estimate is the one node.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.linalg import lapack

from analysis.panel import NO_NOISE, Components, Design, least_squares
from analysis.ranking import DRAWS, SEED

GRID_REVIEWERS = 200
GRID = 17  # nodes each way
DROP = 12.0  # the grid reaches to where the log density is this much below its highest
LIGHT = 1e-4  # nodes with less weight than this share of the heaviest are left out
CELLS = 100_000  # numbers in a chunk of draws: what the processor's cache holds
AT_ONCE = 128  # draws in a chunk at least


@dataclass(frozen=True)
class Node:
    """The posterior at one pair of variance ratios, in standardized values.

    weight: of the node. residual: sum of squares of which the residual variance is drawn. mean,
    precision: of the mean, the latter in units of 1 / residual variance. Reviewers' effects are
    at - towards * mean + (basis * spread) @ noise.
    """

    weight: float
    ratios: tuple[float, float]
    residual: float
    mean: float
    precision: float
    at: np.ndarray
    towards: np.ndarray
    basis: np.ndarray
    spread: np.ndarray


@dataclass(frozen=True)
class Posterior:
    """The nodes; or, where reviews differ by severity alone, the effects themselves.

    unread: how many applications there are that nobody of the design read.
    """

    design: Design
    unread: int
    nodes: tuple[Node, ...]
    exact: tuple[np.ndarray, np.ndarray] | None = None


def posterior(design: Design, components: Components, unread: int = 0) -> Posterior:
    """The posterior of a panel whose variances `analysis.panel.fit` estimated."""
    points = design.scale**2
    variances = np.array([components.application, components.reviewer, components.residual])
    variances = np.maximum(variances / points, 0)
    if variances[2] <= NO_NOISE * variances.sum():
        if design.sets.max() == 0 and not unread:
            return Posterior(design, 0, (), least_squares(design))
        variances[2] = NO_NOISE * variances.sum()
        return Posterior(design, unread, (_single(design, variances),))
    if len(design.reviewers) > GRID_REVIEWERS:
        return Posterior(design, unread, (_single(design, variances),))
    return Posterior(design, unread, _grid(design, variances))


def levels(posterior: Posterior) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each application's level: what the panel's reviewers would
    have given it on average, had all of them read it."""
    design = posterior.design
    if posterior.exact:
        level, _ = posterior.exact
        return design.centre + design.scale * level, np.zeros(len(level))
    sums = design.by_application(design.values)
    means, variances, basis, taken, squares = [], [], None, None, None
    for node in posterior.nodes:
        if node.basis is not basis:
            basis, taken = node.basis, _taken(design.read, node.ratios[0])
            squares = _of_levels(design, taken, basis) ** 2
        at, towards = (
            _of_levels(design, taken, each[:, None])[:, 0] for each in (node.at, node.towards)
        )
        of_mean = 1 - taken * design.read - towards
        means.append(taken * sums + at + of_mean * node.mean)
        variances.append(
            _residual(design, node)
            * (taken + squares @ node.spread**2 + of_mean**2 / node.precision)
        )
    mean, deviation = _mixed(posterior.nodes, means, variances)
    return design.centre + design.scale * mean, design.scale * deviation


def severities(posterior: Posterior) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of each reviewer's effect less the mean of those of the others in
    the connected set; missing for the only one of a set. Negative: gives less than the others."""
    design = posterior.design
    size = np.bincount(design.sets)[design.sets]
    with np.errstate(divide="ignore"):
        stretch = np.where(size > 1, size / (size - 1.0), np.nan)

    def apart(rows: np.ndarray) -> np.ndarray:
        sums = np.zeros((design.sets.max() + 1, *rows.shape[1:]))
        np.add.at(sums, design.sets, rows)
        shape = (-1,) + (1,) * (rows.ndim - 1)
        return stretch.reshape(shape) * (rows - sums[design.sets] / size.reshape(shape))

    if posterior.exact:
        found = apart(posterior.exact[1])
        return design.scale * found, np.where(np.isnan(found), np.nan, 0.0)
    means, variances, basis, squares = [], [], None, None
    for node in posterior.nodes:
        if node.basis is not basis:
            basis, squares = node.basis, apart(node.basis) ** 2
        means.append(apart(node.at - node.towards * node.mean))
        variances.append(
            _residual(design, node)
            * (squares @ node.spread**2 + apart(node.towards) ** 2 / node.precision)
        )
    mean, deviation = _mixed(posterior.nodes, means, variances)
    return design.scale * mean, design.scale * deviation


def reviewer_effects(posterior: Posterior, values: np.ndarray) -> np.ndarray:
    """Effects of the reviewers that other values of the same design would have been given.

    values: standardized, reviews x any number of panels. Variances are those of the heaviest node.
    Gives reviewers x panels.
    """
    design, node = posterior.design, max(posterior.nodes, key=lambda each: each.weight)
    first = np.cumsum(design.read) - design.read
    taken = _taken(design.read, node.ratios[0])[design.application]
    sums = np.add.reduceat(values, first, axis=0)[design.application]
    order = np.argsort(design.reviewer, kind="stable")
    begin = np.cumsum(design.given) - design.given
    right = np.add.reduceat((values - taken[:, None] * sums)[order], begin, axis=0)
    solve = node.basis * node.spread
    at = solve @ (solve.T @ right)
    # The mean by generalized least squares: what the reviewers do not explain, weighed.
    weight = 1 - taken * design.read[design.application]
    weight = weight - _back(design, node, taken)
    mean = weight @ values / node.precision
    return at - node.towards[:, None] * mean


def draws(posterior: Posterior, count: int = DRAWS, seed: int = SEED) -> Iterator[np.ndarray]:
    """Draws of the levels: arrays of applications x draws, `count` draws in all.

    Applications in the order of the design, after them the unread ones, of which the panel's mean
    and variance are all that is known. Where there is no noise, one draw says it all.
    """
    design, rng = posterior.design, np.random.default_rng(seed)
    if posterior.exact:
        yield design.centre + design.scale * posterior.exact[0].round(10)[:, None]
        return
    rows = len(design.applications) + posterior.unread
    chunk = max(AT_ONCE, CELLS // max(rows, len(design.reviewers)))
    ends = np.cumsum([node.weight for node in posterior.nodes])
    ends = np.rint(count * ends / ends[-1]).astype(int)
    of = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))  # each draw's node
    for first in range(0, count, chunk):
        found = _drawn(posterior, of[first : first + chunk], rows, rng)
        found *= design.scale
        found += design.centre
        yield found


def _drawn(posterior: Posterior, of: np.ndarray, rows: int, rng: np.random.Generator) -> np.ndarray:
    """A chunk of draws. The few reviewers' effects come node by node, the many levels at once."""
    design, count = posterior.design, len(of)
    first, last = of[0], of[-1] + 1
    nodes = posterior.nodes[first:last]
    told = [(each.residual, each.ratios[0], each.mean, each.precision) for each in nodes]
    residual, ratio, mean, precision = np.array(told)[of - first].T
    deviation = np.sqrt(residual / rng.chisquare(len(design.values) - 1, count))
    mean = mean + deviation * rng.standard_normal(count) / np.sqrt(precision)
    effects = deviation * rng.standard_normal((len(design.reviewers), count))
    bounds = np.searchsorted(of, np.arange(first, last + 1))
    for node, (begin, end) in zip(nodes, pairwise(bounds), strict=True):
        here = slice(begin, end)
        noise = (node.basis * node.spread) @ effects[:, here]
        effects[:, here] = node.at[:, None] - node.towards[:, None] * mean[here] + noise
    result = rng.standard_normal((rows, count)) * deviation
    sums = design.by_application(design.values)
    for at, who in design.blocks:
        part = _taken(who.shape[1], ratio)
        left = sums[at, None] - who.shape[1] * mean
        for each in who.T:
            left -= effects[each]
        result[at] = mean + part * left + np.sqrt(part) * result[at]
    new = slice(len(design.applications), None)
    result[new] = mean + np.sqrt(ratio) * result[new]
    result += effects.mean(axis=0)
    return result


def _taken(read: np.ndarray | int, ratio: np.ndarray | float) -> np.ndarray:
    """How much of what its reviews, `read` of them, sum to is an application's own."""
    return ratio / (1 + ratio * read)


def _residual(design: Design, node: Node) -> float:
    """Expected residual variance: that of an inverse chi-squared."""
    return node.residual / (len(design.values) - 3)


def _mixed(
    nodes: tuple[Node, ...], means: list[np.ndarray], variances: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    weights = np.array([node.weight for node in nodes])
    weights /= weights.sum()
    mean = weights @ np.array(means)
    apart = (np.array(means) - mean) ** 2
    return mean, np.sqrt(weights @ (np.array(variances) + apart))


def _of_levels(design: Design, taken: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """What reviewers' effects do to the applications' levels: the mean effect is in all of them,
    and what those of its own reviewers explain is not the application's."""
    result = np.zeros((len(design.applications), effects.shape[1]))
    for at, who in design.blocks:
        for each in who.T:
            result[at] -= effects[each]
    return effects.mean(axis=0) + taken[:, None] * result


def _back(design: Design, node: Node, taken: np.ndarray) -> np.ndarray:
    """What of a constant the reviewers explain, review by review."""
    told = node.towards[design.reviewer]
    return told - taken * design.by_application(told)[design.application]


@dataclass(frozen=True)
class _Absorbed:
    """The reviewers' equations without the applications, at each of some ratios of the latter: the
    ratios are the first axis."""

    matrix: np.ndarray  # ratios x reviewers x reviewers
    values: np.ndarray  # right side, ratios x reviewers
    ones: np.ndarray  # right side of a constant
    products: np.ndarray  # of values and values, constant and values, constants: 3 x ratios
    determinant: np.ndarray


def _absorbed(design: Design, ratios: np.ndarray) -> _Absorbed:
    ratios = ratios[:, None]
    by_count = _taken(np.arange(design.read.max() + 1), ratios)
    matrix = -np.array([design.together(each) for each in by_count])
    at = np.arange(len(design.reviewers))
    matrix[:, at, at] += design.given
    values, of = design.values, design.application
    taken = by_count[:, design.read][:, of]
    less = values - taken * design.by_application(values)[of]
    one = 1 - taken * design.read[of]
    return _Absorbed(
        matrix,
        np.array([design.by_reviewer(each) for each in less]),
        np.array([design.by_reviewer(each) for each in one]),
        np.array([less @ values, one @ values, one.sum(axis=1)]),
        np.log1p(ratios * design.read).sum(axis=1),
    )


def _single(design: Design, variances: np.ndarray) -> Node:
    """The node at these variances, by Cholesky's factor: for many reviewers."""
    ratios = variances[:2] / variances[2]
    left = _absorbed(design, ratios[:1])
    matrix = ratios[1] * left.matrix[0]
    matrix[np.diag_indices_from(matrix)] += 1
    factor, _ = lapack.dpotrf(matrix.T, lower=1, overwrite_a=1)
    inverse, _ = lapack.dtrtri(np.tril(factor), lower=1, overwrite_c=1)
    spread = np.full((1, len(matrix)), np.sqrt(ratios[1]))
    return _nodes(np.ones(1), ratios[0], ratios[1:], left, 0, inverse.T, spread)[0]


def _nodes(
    weights: np.ndarray,
    over_application: float,
    over_reviewer: np.ndarray,
    left: _Absorbed,
    row: int,
    basis: np.ndarray,
    spread: np.ndarray,
) -> list[Node]:
    """The nodes at one ratio of the applications, that of `row` in `left`; weights, ratios of the
    reviewers and `spread` (nodes x reviewers) tell them apart. `basis * spread` times its transpose
    is the covariance of the effects at a known mean."""
    of_values, of_ones = left.values[row] @ basis, left.ones[row] @ basis
    squares = spread**2
    at, towards = (squares * of_values) @ basis.T, (squares * of_ones) @ basis.T
    both, mixed, ones = left.products[:, row]
    ones = ones - squares @ of_ones**2
    mixed = mixed - squares @ (of_ones * of_values)
    both = both - squares @ of_values**2
    ratios = [(float(over_application), float(each)) for each in over_reviewer]
    residuals = both - mixed**2 / ones
    each = zip(weights, ratios, residuals, mixed / ones, ones, at, towards, spread, strict=True)
    return [Node(*told, basis, width) for *told, width in each]


def _grid(design: Design, variances: np.ndarray) -> tuple[Node, ...]:
    """Nodes where the posterior of the ratios is; equal steps in log(1 + ratio of deviations)."""
    centre = np.log1p(np.sqrt(variances[:2] / variances[2]))
    low, high = np.maximum(centre - 1, 0), centre + 1
    for _ in range(12):
        axes = [np.linspace(low[at], high[at], GRID) for at in (0, 1)]
        density, left, size, basis = _densities(design, *axes)
        inside = density > density.max() - DROP
        old = low.copy(), high.copy()
        for at in (0, 1):
            reached = np.flatnonzero(inside.any(axis=1 - at))
            step = axes[at][1] - axes[at][0]
            # Where it runs out of the window, look as far again.
            more = high[at] - low[at]
            below = more if reached[0] == 0 else step
            above = more if reached[-1] == GRID - 1 else step
            low[at] = max(axes[at][reached[0]] - below, 0)
            high[at] = axes[at][reached[-1]] + above
        if all(
            np.abs(now - then).max() <= 0.25 * (old[1] - old[0]).min()
            for now, then in ((low, old[0]), (high, old[1]))
        ):
            break
    weights = np.exp(density - density.max())
    # The trapezoidal rule; only where nothing is to the left of zero is the edge not negligible.
    weights[0, :] /= 2
    weights[:, 0] /= 2
    weights[weights < LIGHT * weights.max()] = 0
    weights /= weights.sum()
    ratios = np.expm1(axes[0]) ** 2, np.expm1(axes[1]) ** 2
    found: list[Node] = []
    for row in np.flatnonzero(weights.any(axis=1)):
        kept = np.flatnonzero(weights[row])
        of = ratios[1][kept]
        spread = np.sqrt(of[:, None] / (1 + of[:, None] * size[row]))
        found += _nodes(weights[row, kept], ratios[0][row], of, left, row, basis[row], spread)
    return tuple(found)


def _densities(
    design: Design, over_applications: np.ndarray, over_reviewers: np.ndarray
) -> tuple[np.ndarray, _Absorbed, np.ndarray, np.ndarray]:
    """The log density on a grid; and for each of its rows the reviewers' equations, their
    eigenvalues and eigenvectors."""
    freedom = len(design.values) - 1
    left = _absorbed(design, np.expm1(over_applications) ** 2)
    size, basis = np.linalg.eigh(left.matrix)
    size = np.maximum(size, 0)
    of_values, of_ones = ((each[:, None] @ basis)[:, 0] for each in (left.values, left.ones))
    deviations = np.expm1(over_reviewers)
    ratios = deviations[:, None] ** 2
    # Ratios of applications x ratios of reviewers x reviewers.
    kept = ratios / (1 + ratios * size[:, None])
    both, mixed, ones = left.products[..., None]
    ones = ones - _each(kept, of_ones**2)
    mixed = mixed - _each(kept, of_ones * of_values)
    determinant = left.determinant[:, None] + np.log1p(ratios * size[:, None]).sum(axis=2)
    # Far out, no digits of a number may be left: nothing is there.
    with np.errstate(divide="ignore", invalid="ignore"):
        both = both - _each(kept, of_values**2) - mixed**2 / ones
        likelihood = -(determinant + np.log(ones) + freedom * np.log(both)) / 2
    prior = _prior(np.expm1(over_applications))[:, None] + _prior(deviations)
    density = np.where(np.isfinite(likelihood), likelihood, -np.inf) + prior
    return density, left, size, basis


def _each(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The matrices of `rows`, each times its own of `columns`."""
    return (rows @ columns[..., None])[..., 0]


def _prior(deviation: np.ndarray) -> np.ndarray:
    """Half-Cauchy in the ratio, told per step of log(1 + ratio)."""
    return np.log1p(deviation) - np.log1p(np.square(deviation))

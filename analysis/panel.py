"""The crossed model of a panel: value = mean + application + reviewer + residual.

Applications, reviewers and residuals are independent draws, each kind with a variance of its own;
not every reviewer reads every application. The variances are estimated by restricted maximum
likelihood (REML). What they say of single applications and reviewers is in `analysis.posterior`.

Applications are eliminated by hand: with theta = variance / residual variance, their part of the
equations is diagonal, and what is left is a matrix of reviewers x reviewers. An evaluation costs
its factorization, whatever the number of applications.
"""

import itertools
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.linalg import lapack

MOST_APPLICATIONS = 20_000
MOST_REVIEWERS = 3_000
# A residual below this share of the whole, of squares or variances, stands for none.
NO_NOISE = 1e-10
# Steps shorter than the root of this, in standard errors, end the search for the maximum.
DECREMENT = 1e-17
MOST_STEPS = 100


@dataclass(frozen=True)
class Design:
    """Who read what, and what was given; everything in the order of names.

    applications, reviewers: names. application, reviewer: for each review the position of its own;
    reviews lie by application, then by reviewer. values: standardized; centre + scale * value is
    what was given.
    """

    applications: np.ndarray
    reviewers: np.ndarray
    application: np.ndarray
    reviewer: np.ndarray
    values: np.ndarray
    centre: float
    scale: float

    @cached_property
    def read(self) -> np.ndarray:
        """The number of reviews of each application."""
        return np.bincount(self.application, minlength=len(self.applications))

    @cached_property
    def given(self) -> np.ndarray:
        """The number of reviews of each reviewer."""
        return np.bincount(self.reviewer, minlength=len(self.reviewers))

    @cached_property
    def blocks(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Applications with equally many reviews: their positions, and their reviewers' (a row
        each)."""
        first = np.cumsum(self.read) - self.read
        found = []
        for count in np.unique(self.read[self.read > 0]):
            at = np.flatnonzero(self.read == count)
            found.append((at, self.reviewer[first[at, None] + np.arange(count)]))
        return found

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which reviewers read the same applications: cell of a reviewers x reviewers matrix, the
        number of reviews those applications have, and how many there are."""
        m, found = len(self.reviewers), []
        for _, who in self.blocks:
            count = who.shape[1]
            step = max(1, 4_000_000 // count**2)
            cells = [
                np.unique(part[:, :, None] * m + part[:, None, :], return_counts=True)
                for part in (who[start : start + step] for start in range(0, len(who), step))
            ]
            cell, at = np.unique(np.concatenate([each for each, _ in cells]), return_inverse=True)
            times = np.bincount(at, weights=np.concatenate([each for _, each in cells]))
            found.append((cell, np.full(len(cell), count), times))
        return tuple(np.concatenate(each) for each in zip(*found, strict=True))

    @cached_property
    def sets(self) -> np.ndarray:
        """For each reviewer the number of the connected set, from 0, in the order of the reviewers.

        Two reviewers are connected who read the same application, or through others who did.
        """
        # A server that knows this module does without, until somebody asks for a model.
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        n, m = len(self.applications), len(self.reviewers)
        cells = (np.ones(len(self.values)), (self.reviewer, m + self.application))
        _, labels = connected_components(coo_array(cells, shape=(m + n, m + n)), directed=False)
        _, first, at = np.unique(labels[:m], return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[at]

    @cached_property
    def complete(self) -> bool:
        """Every reviewer read every application."""
        return len(self.values) == len(self.applications) * len(self.reviewers)

    @property
    def degrees(self) -> int:
        """Degrees of freedom that are left for the residual."""
        parameters = len(self.applications) + len(self.reviewers) - (self.sets.max(initial=-1) + 1)
        return len(self.values) - int(parameters)

    def by_application(self, values: np.ndarray) -> np.ndarray:
        """The sum over each application's reviews; `values` has one element a review."""
        return np.bincount(self.application, values, len(self.applications))

    def by_reviewer(self, values: np.ndarray) -> np.ndarray:
        """The sum over each reviewer's reviews."""
        return np.bincount(self.reviewer, values, len(self.reviewers))

    def together(self, weights: np.ndarray) -> np.ndarray:
        """Reviewers x reviewers: the sum of `weights` over the applications that both read.

        `weights` has an element for each number of reviews an application can have, from 0 on.
        """
        cell, count, times = self.pairs
        m = len(self.reviewers)
        return np.bincount(cell, times * weights[count], m * m).reshape(m, m)


@dataclass(frozen=True)
class Components:
    """The variances, in squared points of the scale that was used.

    On a complete panel they are those of the analysis of variance, and one may be negative.
    covariance: of the three, as they are ordered here.
    """

    application: float
    reviewer: float
    residual: float
    covariance: np.ndarray


def design(reviews: pd.DataFrame) -> Design:
    """The design of `reviews`: one row per application_id and reviewer, with `value`.

    The order of the rows does not matter. Raises ValueError when a reviewer stands there twice for
    an application, and when a value is not a finite number.
    """
    values = reviews["value"].to_numpy(dtype=float)
    if not np.isfinite(values).all():
        raise ValueError("a value is not a finite number")
    application, applications = pd.factorize(reviews["application_id"], sort=True)
    reviewer, reviewers = pd.factorize(reviews["reviewer"], sort=True)
    order = np.lexsort((reviewer, application))
    application, reviewer, values = application[order], reviewer[order], values[order]
    if ((np.diff(application) == 0) & (np.diff(reviewer) == 0)).any():
        raise ValueError("a reviewer stands there twice for an application")
    centre = float(values.mean()) if len(values) else 0.0
    scale = float(values.std()) if len(values) else 1.0
    if scale <= 1e-12 * max(1.0, abs(centre)):
        scale = 0.0
    return Design(
        np.asarray(applications, dtype=object),
        np.asarray(reviewers, dtype=object),
        application,
        reviewer,
        (values - centre) / (scale or 1.0),
        centre,
        scale,
    )


def reason(design: Design) -> str | None:
    """Why the variances cannot be told apart, else None.

    no_reviews · one_application · one_reviewer · one_review_each (of every application: what is the
    application's and what is the reviewer's?) · all_equal · no_residual (as many unknowns as
    reviews) · sets_apart (only what reviewers gave who are not connected differs) · too_many (more
    than MOST_APPLICATIONS or MOST_REVIEWERS)
    """
    reviews, n, m = len(design.values), len(design.applications), len(design.reviewers)
    holds = {
        "no_reviews": lambda: reviews == 0,
        "too_many": lambda: n > MOST_APPLICATIONS or m > MOST_REVIEWERS,
        "one_application": lambda: n == 1,
        "one_reviewer": lambda: m == 1,
        "one_review_each": lambda: reviews == n,
        "all_equal": lambda: design.scale == 0,
        "no_residual": lambda: design.degrees == 0,
        "sets_apart": lambda: _within_sets(design) <= NO_NOISE * reviews,
    }
    return next((name for name, it_does in holds.items() if it_does()), None)


def _within_sets(design: Design) -> float:
    """The sum of squares around the means of the connected sets."""
    of = design.sets[design.reviewer]
    apart = design.values - (np.bincount(of, design.values) / np.bincount(of))[of]
    return float(apart @ apart)


def fit(design: Design) -> Components:
    """The variances of a panel for which there is no `reason` not to.

    Complete panels: from the mean squares, as REML without bounds gives the same there (Searle,
    Casella, McCulloch, Variance Components, 1992, section 4.8). Others: REML with no variance below
    0. Where nothing is left for the residual, the variances of what then are known effects, pooled
    over connected sets. The covariance is the inverse of the information at the estimate.
    """
    effects = least_squares(design)
    residual = design.values - effects[0][design.application] - effects[1][design.reviewer]
    squares = float(residual @ residual)
    if squares <= NO_NOISE * len(residual):
        estimate, covariance = _without_noise(design, *effects)
    elif design.complete:
        estimate, covariance = _by_mean_squares(design, squares)
    else:
        try:
            estimate, covariance = _reml(design, squares)
        except ArithmeticError:  # so little is left for the residual that no digits tell it
            estimate, covariance = _without_noise(design, *effects)
    points = design.scale**2
    return Components(*(float(points * each) for each in estimate), points**2 * covariance)


def least_squares(design: Design) -> tuple[np.ndarray, np.ndarray]:
    """Effects of applications and of reviewers as if both were fixed, on standardized values.

    Within each connected set the reviewers' effects have the mean 0.
    """
    share = 1 / np.arange(design.read.max() + 1).clip(1)
    left = np.diag(design.given.astype(float)) - design.together(share)
    means = design.by_application(design.values) * share[design.read]
    right = design.by_reviewer(design.values - means[design.application])
    # In each set one effect is free; held at 0, the others follow.
    first = np.unique(design.sets, return_index=True)[1]
    left[first, first] += 1
    _, severity, failed = lapack.dposv(left, right, lower=1)
    if failed:
        raise ArithmeticError("the reviewers' equations have no solution")
    size = np.bincount(design.sets)
    severity -= (np.bincount(design.sets, severity) / size)[design.sets]
    level = design.by_application(design.values - severity[design.reviewer]) * share[design.read]
    return level, severity


def sets_of_applications(design: Design) -> np.ndarray:
    """For each application the number of its connected set, as `Design.sets` counts them."""
    found = np.zeros(len(design.applications), dtype=int)
    found[design.application] = design.sets[design.reviewer]
    return found


def _without_noise(
    design: Design, level: np.ndarray, severity: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    estimate, freedom = np.zeros(3), np.ones(3)
    for at, effects, sets in (
        (0, level, sets_of_applications(design)),
        (1, severity, design.sets),
    ):
        size = np.bincount(sets)
        apart = effects - (np.bincount(sets, effects) / size)[sets]
        freedom[at] = len(effects) - len(size)
        estimate[at] = apart @ apart / freedom[at]
    # What rounding leaves of none. One of them stays: else nothing differed within a set.
    estimate[estimate <= NO_NOISE * estimate.max()] = 0.0
    return estimate, np.diag(2 * estimate**2 / freedom)


def _by_mean_squares(design: Design, squares: float) -> tuple[np.ndarray, np.ndarray]:
    n, m = len(design.applications), len(design.reviewers)
    means = design.by_application(design.values) / m, design.by_reviewer(design.values) / n
    freedom = np.array([n - 1, m - 1, (n - 1) * (m - 1)])
    mean_squares = np.array([m * means[0] @ means[0], n * means[1] @ means[1], squares]) / freedom
    components = np.array([[1 / m, 0, -1 / m], [0, 1 / n, -1 / n], [0, 0, 1]])
    spread = np.diag(2 * mean_squares**2 / freedom)
    return components @ mean_squares, components @ spread @ components.T


def _reml(design: Design, squares: float) -> tuple[np.ndarray, np.ndarray]:
    """Average information REML (Gilmour, Thompson, Cullis, Biometrics 51 (1995), 1440-1450)."""
    values, reviews = design.values, len(design.values)
    # Moments to begin with: within an application there are reviewers and residuals, and within a
    # reviewer there are applications and residuals.
    least = squares / design.degrees

    def within(sums: np.ndarray, count: np.ndarray) -> float:
        left = values @ values - np.sum(sums**2 / count)
        return max(left / (reviews - len(count)) - least, 0.01 * least)

    at = np.array(
        [
            within(design.by_reviewer(values), design.given),
            within(design.by_application(values), design.read),
            least,
        ]
    )
    here = _Likelihood(design, at)
    for _ in range(MOST_STEPS):
        step = _step(here)
        if step @ here.score < DECREMENT:
            break
        length = 1.0
        while length > 1e-6:
            there = here.at + length * step
            with suppress(ArithmeticError):
                tried = _Likelihood(design, there)
                if tried.value >= here.value - 1e-13 * abs(here.value):
                    here = tried
                    break
            length /= 2
        else:
            break
    return here.at, np.linalg.pinv(here.information)


def _step(here: "_Likelihood") -> np.ndarray:
    """The step to where the quadratic that fits here is highest, with neither variance below 0.

    The residual's is left free: as it is divided by, shorter steps keep it above 0.
    """
    best, most = np.zeros(3), 0.0
    for held in itertools.product((False, True), repeat=2):
        free = ~np.array([*held, False])
        step = np.where(free, 0.0, -here.at)
        right = (here.score - here.information @ step)[free]
        step[free] = np.linalg.lstsq(here.information[np.ix_(free, free)], right, rcond=None)[0]
        gain = step @ here.score - step @ here.information @ step / 2
        if gain > most and (here.at + step)[:2].min() >= 0:
            best, most = step, gain
    return best


class _Likelihood:
    """The restricted likelihood at three variances, of which the ratios count.

    at: the variances with these ratios for which it is greatest. value: its logarithm, but for a
    constant. score, information: first derivatives and average information in the variances.

    Raises ArithmeticError where the residual's share is none, or too small for a number's digits.
    """

    def __init__(self, design: Design, variances: np.ndarray) -> None:
        values, reviews = design.values, len(design.values)
        if not variances[2] > 0:
            raise ArithmeticError("there is no residual")
        ratio_a, ratio_r = variances[:2] / variances[2]
        counts = np.arange(design.read.max() + 1)
        kept = 1 / (1 + ratio_a * counts)
        taken = ratio_a * kept
        per_review = taken[design.read][design.application]

        matrix = -ratio_r * design.together(taken)
        matrix[np.diag_indices_from(matrix)] += 1 + ratio_r * design.given
        factor, failed = lapack.dpotrf(matrix.T, lower=1, overwrite_a=1)
        if failed:
            raise ArithmeticError("the reviewers' matrix is not positive definite")
        determinant = 2 * np.log(np.diag(factor)).sum() + np.log1p(ratio_a * design.read).sum()
        inverse, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T

        def solved(x: np.ndarray) -> np.ndarray:
            """The inverse of the values' covariance, in units of the residual's, times x."""
            less = x - per_review * design.by_application(x)[design.application]
            told = ratio_r * (inverse @ design.by_reviewer(less))[design.reviewer]
            told -= per_review * design.by_application(told)[design.application]
            return less - told

        one = solved(np.ones(reviews))
        ones = one.sum()
        if not ones > 0:
            raise ArithmeticError("the mean has no weight")

        def projected(x: np.ndarray) -> np.ndarray:
            return solved(x) - one * (one @ x) / ones

        apart = projected(values)
        quadratic = float(values @ apart)
        if not quadratic > 0:
            raise ArithmeticError("there are no squares")
        residual = quadratic / (reviews - 1)
        self.at = np.array([ratio_a, ratio_r, 1.0]) * residual
        self.value = -(determinant + np.log(ones) + (reviews - 1) * np.log(quadratic)) / 2

        sums = design.by_application(apart), design.by_reviewer(apart)
        towards = np.array([sums[0][design.application], sums[1][design.reviewer], apart])
        squares = np.array([sums[0] @ sums[0], sums[1] @ sums[1], apart @ apart])
        cell, count, times = design.pairs
        shared = times * inverse.ravel()[cell]
        mean = design.by_application(one), design.by_reviewer(one)
        trace_a = (
            (design.read * kept[design.read]).sum()
            - ratio_r * (shared * kept[count] ** 2).sum()
            - mean[0] @ mean[0] / ones
        )
        trace_r = (
            inverse.diagonal() @ design.given
            - (shared * taken[count]).sum()
            - mean[1] @ mean[1] / ones
        )
        # Together they are the degrees of freedom.
        traces = np.array([trace_a, trace_r, reviews - 1 - ratio_a * trace_a - ratio_r * trace_r])
        self.score = (squares / residual - traces) / (2 * residual)
        information = (
            towards @ np.array([projected(each) for each in towards]).T / (2 * residual**3)
        )
        # Where what was given cancels out, the average information is none; the expected one is at
        # least this, by the inequality of Cauchy and Schwarz.
        least = (traces / residual) ** 2 / (2 * (reviews - 1))
        np.fill_diagonal(information, np.maximum(information.diagonal(), least))
        self.information = information

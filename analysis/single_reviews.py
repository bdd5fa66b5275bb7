"""What one application owes to each of its reviews: leave one out, or draw them again.

Nothing is imputed. A review that lacks a score counts where it has one, as in the total itself;
where a criterion that counts is left without any score there is no total, and that is the answer.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.ranking import DRAWS, SEED


@dataclass(frozen=True)
class Rivals:
    """The others of a cohort: their totals, and how many places there are (None: no line)."""

    totals: np.ndarray
    places: int | None

    @property
    def needed(self) -> float | None:
        """The total one has to surpass to be above the line; None where nothing is needed."""
        if not self.places or self.places > len(self.totals):
            return None
        return float(np.sort(self.totals)[-self.places])

    def standing(self, total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Place and share above the line of each of some totals among the others."""
        ascending = np.sort(np.asarray(self.totals, dtype=float))
        better = len(ascending) - np.searchsorted(ascending, total, side="right")
        equal = len(ascending) - np.searchsorted(ascending, total, side="left") - better
        if self.places is None:
            return better + 1, np.full(np.shape(total), np.nan)
        return better + 1, np.clip((self.places - better) / (equal + 1), 0, 1)


@dataclass(frozen=True)
class Sheet:
    """The reviews of one application: reviewers x criteria, from 0 to 1, missing where not scored.

    `weights` are those of the criteria and add up to 1. Totals are told from `low`, `span` long.
    """

    scaled: pd.DataFrame
    weights: np.ndarray
    low: float
    span: float

    @property
    def own(self) -> np.ndarray:
        """Each review's own weighted total; missing where it lacks a criterion that counts."""
        return self._totals(self.scaled.to_numpy()[:, self._counts])

    def drawn(self, times: np.ndarray) -> np.ndarray:
        """The totals when each review is there so many times: `times` is draws x reviewers."""
        scores = self.scaled.to_numpy()[:, self._counts]
        there = ~np.isnan(scores)
        with np.errstate(invalid="ignore"):  # a criterion nobody scored has no mean
            means = (times @ np.where(there, scores, 0)) / (times @ there)
        return self._totals(means)

    @property
    def _counts(self) -> np.ndarray:
        return self.weights > 0

    def _totals(self, means: np.ndarray) -> np.ndarray:
        # Rounded as the database rounds totals, so that equal ones are equal.
        return np.round(self.low + self.span * (means @ self.weights[self._counts]), 10)


def left_out(sheet: Sheet, rivals: Rivals) -> pd.DataFrame:
    """How the application stands without each of its reviews: one row per review.

    reviewer; own (the review's own total); total, place and above (share above the line) without
    it, missing where a criterion is left without a score.
    """
    n = len(sheet.scaled)
    total = sheet.drawn(1.0 - np.eye(n))
    place, above = rivals.standing(total)
    told = ~np.isnan(total)
    return pd.DataFrame(
        {
            "reviewer": sheet.scaled.index,
            "own": sheet.own,
            "total": total,
            "place": np.where(told, place, np.nan),
            "above": np.where(told, above, np.nan),
        }
    )


def carries(found: pd.DataFrame, place: int, above: float) -> pd.Series | None:
    """The review on which most depends: a row of `left_out`, None where leaving out none is told.

    `place` and `above` are those of now. One whose absence changes the side comes first, then the
    one whose absence moves the place most, up or down; of equal ones the first by its reviewer.
    """
    told = found[found["place"].notna()]
    if told.empty:
        return None
    order = told.assign(
        turned=(told["above"] != above) & told["above"].notna(),
        moved=(told["place"] - place).abs(),
    ).sort_values(["turned", "moved", "reviewer"], ascending=[False, False, True])
    return order.iloc[0]


def resampled(sheet: Sheet, rivals: Rivals, draws: int = DRAWS, seed: int = SEED) -> pd.Series:
    """How the application stands when its own reviews are drawn again with replacement.

    A check that fools: three reviews that agree by chance look certain, since nothing but
    themselves is drawn. above: share of the draws above the line, the others as they are; lowest
    and highest: the central 90 % of the totals; lost: draws without a total, which are left out.
    """
    n = len(sheet.scaled)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    total = sheet.drawn(times)
    kept = total[~np.isnan(total)]
    if not len(kept):
        return pd.Series({"above": np.nan, "lowest": np.nan, "highest": np.nan, "lost": draws})
    lowest, highest = np.quantile(kept, [0.05, 0.95])
    above = rivals.standing(kept)[1].mean()
    return pd.Series(
        {"above": above, "lowest": lowest, "highest": highest, "lost": draws - len(kept)}
    )

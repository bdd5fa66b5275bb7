"""A cohort's ranking with what is uncertain about it: places, probabilities, and why.

The three questions it works on are `queries/ranked_applications.sql`, `ranked_criteria.sql` and
`ranked_means.sql`, of a whole cohort; with the panel's noise `panel_reviews.sql`, too. Draws are
made in the order of the applications' keys, so that the order of rows changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import ranking, weighting
from analysis.single_reviews import Rivals, Sheet

MOST = 20_000  # applications; of a larger cohort nothing of this is asked
STANDINGS = ("safely above", "near the line", "safely below")
UNREAD = "no_complete_review"  # as in `analysis.assessment`
CHANCES = ("above", "above_error", "expected_rank", "rank_low", "rank_high")


@dataclass(frozen=True)
class Call:
    """What a ranking is made under.

    `places` are how many are above the line (None: there is none). Totals are told from `low`,
    `span` long. `weights` are (criterion, share) pairs where they are others than the call's.
    `noise` is panel, weights or both; `points` how far a drawn weight typically lies from the one
    in force, None for any weights.
    """

    places: int | None
    low: float
    span: float
    noise: str = "panel"
    points: float | None = None
    weights: tuple[tuple[str, float], ...] | None = None

    @property
    def official(self) -> bool:
        """Whether the weights are those of the call."""
        return self.weights is None


@dataclass(frozen=True)
class Cohort:
    """The applications that have a total under the weights in force, in the order of their keys.

    `scaled` is applications x criteria, from 0 to 1; `weights` are by criterion, adding up to 1.
    """

    ids: pd.Index
    criteria: pd.Index
    scaled: np.ndarray
    weights: np.ndarray
    totals: np.ndarray


def prepared(criteria: pd.DataFrame, means: pd.DataFrame, call: Call) -> Cohort:
    """The cohort as it is placed: all that were scored on each criterion that counts."""
    shares = criteria.set_index("criterion")["share_weight"].fillna(0.0).sort_index()
    if call.weights is not None:
        shares = pd.Series(dict(call.weights), dtype=float).reindex(shares.index, fill_value=0.0)
    weights = shares.to_numpy(dtype=float)
    means = means[means["criterion"].isin(shares.index)]
    application, ids = pd.factorize(means["application_id"], sort=True)
    criterion = shares.index.get_indexer(means["criterion"])
    scaled = np.full((len(ids), len(shares)), np.nan)
    scaled[application, criterion] = means["scaled"]
    whole = ~np.isnan(scaled[:, weights > 0]).any(axis=1)
    ids, scaled = ids[whole].rename("application_id"), scaled[whole]
    totals = call.low + call.span * weighting.totals(scaled, weights[:, None])[:, 0]
    # Rounded as the database rounds totals, so that equal ones are equal.
    return Cohort(ids, shares.index, scaled, weights, np.round(totals, 10))


def drawn(cohort: Cohort, call: Call) -> np.ndarray:
    """The weights of each draw, criteria x draws; where nothing is uncertain, one draw of them."""
    if call.noise == "panel" or call.points == 0 or (cohort.weights > 0).sum() < 2:
        return cohort.weights[:, None]
    kappa = 0.0 if call.points is None else weighting.concentration(cohort.weights, call.points)
    return weighting.drawn_weights(cohort.weights, kappa)


@dataclass(frozen=True)
class Noise:
    """Draws of a cohort's levels as its panel leaves them uncertain: applications x draws, chunks.

    Without draws `reason` says why, as in `analysis.panel.reason`. `unread` are applications
    without a review that scored every criterion that counts: of them nothing is known but the
    panel, so they take part in the draws, and no chances of their own are told. `certain`: reviews
    that agree in everything but severity leave no noise, and there is one draw.
    """

    chunks: Iterable[np.ndarray] | None
    unread: pd.Index
    reason: str | None = None
    certain: bool = False


def noise(scores: pd.DataFrame, cohort: Cohort, call: Call) -> Noise:
    """The noise of a panel; `scores` are those of `queries/panel_reviews.sql`."""
    # Here and not above: what was stored when the data came in needs no model in the server.
    from analysis import panel, posterior
    from analysis.assessment import review_totals

    shares = pd.Series(cohort.weights, cohort.criteria)
    kept = scores[scores["application_id"].isin(cohort.ids)]
    kept = kept.assign(weight=kept["criterion"].map(shares).astype(float))
    scale = pd.DataFrame({"total_min": [call.low], "total_max": [call.low + call.span]})
    given = panel.design(review_totals(kept, scale))
    read = pd.Index(given.applications)
    unread = cohort.ids.difference(read)
    if why := panel.reason(given):
        return Noise(None, unread, why)
    found = posterior.posterior(given, panel.fit(given), len(unread))
    order = read.append(unread).get_indexer(cohort.ids)
    chunks = (chunk[order] for chunk in posterior.draws(found))
    return Noise(chunks, unread, certain=found.exact is not None)


def _by_criterion(scores: pd.DataFrame, index: list[str]) -> pd.DataFrame:
    """Scores side by side, each put between the lowest (0) and the highest (1) of its criterion."""
    length = scores["scale_max"] - scores["scale_min"]
    scaled = (scores["score"] - scores["scale_min"]) / length
    return scores.assign(scaled=scaled).pivot(index=index, columns="criterion", values="scaled")


def draws(cohort: Cohort, call: Call, noise: Noise | None) -> Iterable[np.ndarray]:
    """Draws of the totals, applications x draws, in chunks; without `noise` of the weights alone.

    Where nothing is uncertain there is one draw.
    """
    weights = drawn(cohort, call)
    certain = weights.shape[1] == 1
    if noise is None:
        if certain:  # the totals as they are rounded, so that equal ones are equal
            return [cohort.totals[:, None]]
        return weighting.totals_in_chunks(cohort.scaled, weights)
    if certain:
        return noise.chunks
    if noise.certain:
        (levels,) = noise.chunks
        difference = weights - cohort.weights[:, None]
        moves = weighting.totals_in_chunks(cohort.scaled, difference)
        return (levels + call.span * move for move in moves)
    return weighting.moved(noise.chunks, cohort.scaled, cohort.weights, weights, call.span)


def placed(applications: pd.DataFrame, cohort: Cohort) -> pd.DataFrame:
    """One row per application of the cohort, in the order of its place and then of its key.

    application_id, total, place and tied under the weights in force; official_place (the call's
    weights); geometric_place; complete.
    """
    needed = applications[["application_id", "place", "complete"]]
    facts = needed.set_index("application_id").loc[cohort.ids]
    frame = pd.DataFrame(
        {
            "application_id": cohort.ids,
            "total": cohort.totals,
            "place": ranking.places_of(cohort.totals),
            "official_place": facts["place"].to_numpy(),
            "geometric_place": weighting.geometric_places(cohort.scaled, cohort.weights),
            "complete": facts["complete"].to_numpy(),
        }
    )
    frame["tied"] = frame["place"].duplicated(keep=False)
    # They stand in the order of their keys, and a stable order keeps that of those tied.
    return frame.sort_values("place", kind="stable", ignore_index=True)


def chances(
    cohort: Cohort, call: Call, chunks: Iterable[np.ndarray] | None, noise: Noise | None = None
) -> pd.DataFrame:
    """One row per application: what `analysis.ranking.chances` tells, and reason where it does not.

    Nothing is told without `chunks`, nor of those that the panel's noise says nothing of.
    """
    frame = pd.DataFrame({"application_id": cohort.ids, "reason": None}, dtype=object)
    if chunks is None or frame.empty:
        frame["reason"] = noise.reason if noise else None
        return frame.assign(**dict.fromkeys(CHANCES, np.nan))
    frame[list(CHANCES)] = ranking.chances(chunks, call.places)
    if noise:
        unread = frame["application_id"].isin(noise.unread)
        frame.loc[unread, list(CHANCES)] = np.nan
        frame.loc[unread, "reason"] = UNREAD
    return frame


def ranked(placed: pd.DataFrame, chances: pd.DataFrame) -> pd.DataFrame:
    """What `placed` and `chances` tell, side by side, and the standing: one of STANDINGS.

    `chances` may be the table that was stored when the data came in; a reason that stands there
    beside chances is another one, and left out.
    """
    told = chances[["application_id", *CHANCES, "reason"]]
    told = told.astype(dict.fromkeys(CHANCES, float))
    frame = placed.merge(told, on="application_id", how="left")
    unknown = frame["expected_rank"].isna()
    frame["reason"] = frame["reason"].astype(object).where(unknown, None)
    return frame.assign(standing=standing(frame["above"]))


def standing(above: pd.Series) -> pd.Series:
    """Safely above the line, near it or safely below, by the share of the draws above it."""
    found = pd.Series(STANDINGS[1], index=above.index, dtype=object)
    found[above >= ranking.SAFE] = STANDINGS[0]
    found[above <= 1 - ranking.SAFE] = STANDINGS[2]
    return found.where(above.notna(), None)


def sheet_of(reviews: pd.DataFrame, cohort: Cohort, call: Call) -> Sheet:
    """The reviews of one application, out of `queries/application_reviews.sql`."""
    table = _by_criterion(reviews, ["reviewer"])
    return Sheet(table.reindex(columns=cohort.criteria), cohort.weights, call.low, call.span)


def rivals_of(application: str, cohort: Cohort, call: Call) -> Rivals:
    """The others of its cohort."""
    return Rivals(cohort.totals[cohort.ids != application], call.places)

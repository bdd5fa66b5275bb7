"""The numbers behind the ranking: out of the store where it has them, else computed and kept.

They are the whole cohort's; the filters only choose which rows are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis import ranking, standings, weighting
from analysis.single_reviews import carries, left_out, resampled
from analysis.standings import Call
from pages.parts.panel import panel
from pages.parts.ranking_settings import Settings
from queries.view import View

QUESTIONS = ("ranked_applications", "ranked_criteria", "ranked_means")


@dataclass(frozen=True)
class Why:
    """What stands behind one application's place.

    reviews: `analysis.single_reviews.left_out`; carrying: the row on which most depends, or None;
    again: `resampled`. side: its share above the line by the totals; needed: the total it has to
    surpass, None where there is no line or a place for everybody. weights: criterion, weight (in
    force), mean (from 0 to 1), central (the mean weight of the draws that put it above the line,
    missing without any); favoured: the share of those draws, None where no weights could be drawn.
    """

    reviews: pd.DataFrame
    carrying: pd.Series | None
    again: pd.Series | None
    side: float
    needed: float | None
    weights: pd.DataFrame
    favoured: float | None


def call(view: View, now: Settings) -> Call:
    """What the cohort's ranking is made under."""
    record = view.ask("cohort_record").iloc[0]
    scale = (record["total_min"], record["total_max"])
    low, high = (0.0, 1.0) if pd.isna(scale[0]) else map(float, scale)
    return Call(
        places=None if pd.isna(record["places"]) else int(record["places"]),
        low=low,
        span=high - low,
        noise=now.noise,
        points=now.points,
        weights=now.weights if now.moved else None,
    )


def placed(view: View) -> int:
    """How many applications hold a place, of those that the filters leave."""
    return int(view.ask("ranked_count").loc[0, "placed"])


def too_many(view: View) -> bool:
    """Whether the cohort is too large for draws."""
    return placed(view.through(view.filters.only())) > standings.MOST


def ranked(view: View, now: Settings) -> pd.DataFrame:
    """`analysis.standings.ranked` of the cohort that is shown, and adjusted_place: that of the
    panel's model, the reviewers' severity taken out, on the scores of the call's weights."""
    under = call(view, now)
    whole = view.through(view.filters.only())
    model = panel(whole)[2]
    if under.official and under.noise == "panel":
        placed = _derived(view, _placed, replace(under, noise="weights"))
        frame = standings.ranked(placed, model)
    else:
        frame = _derived(view, _ranked, under)
    adjusted = model.set_index("application_id")["adjusted_place"].astype(float)
    return frame.assign(adjusted_place=frame["application_id"].map(adjusted))


def shares(view: View, now: Settings) -> pd.DataFrame | None:
    """How often each application had each place: applications x places; None without draws, and of
    more than `analysis.ranking.MOST_RANKS`."""
    return _derived(view, _shares, call(view, now))


def why(view: View, now: Settings, application: str, place: int) -> Why:
    """What stands behind the place of one application, which has `place`."""
    under = call(view, now)
    cohort = _derived(view, _cohort, under)
    reviews = view.ask("application_reviews", application=application)
    sheet = standings.sheet_of(reviews, cohort, under)
    rivals = standings.rivals_of(application, cohort, under)
    found = left_out(sheet, rivals)
    side = rivals.standing(cohort.totals[cohort.ids == application])[1][0]
    # Where the reader left the weights alone, any weights are asked after.
    asked = under if now.uncertain_weights else replace(under, points=None)
    central, favoured = _derived(
        view, _central, replace(asked, noise="weights"), application=application
    )
    return Why(
        reviews=found,
        carrying=carries(found, place, side),
        again=resampled(sheet, rivals) if len(found) > 1 else None,
        side=side,
        needed=rivals.needed,
        weights=pd.DataFrame(
            {
                "criterion": cohort.criteria,
                "weight": cohort.weights,
                "mean": cohort.scaled[cohort.ids == application][0],
                "central": central,
            }
        ),
        favoured=favoured,
    )


def _derived(view: View, function: Callable[..., Any], under: Call, **more: Any) -> Any:
    whole = view.through(view.filters.only())
    # The reviews are the cohort's greatest table: only the panel's noise needs them.
    noisy = ("panel_reviews",) if under.noise != "weights" else ()
    return whole.derive(function, *QUESTIONS, *noisy, call=under, **more)


def _cohort(
    _applications: pd.DataFrame,
    criteria: pd.DataFrame,
    means: pd.DataFrame,
    _reviews: pd.DataFrame | None = None,
    *,
    call: Call,
) -> standings.Cohort:
    return standings.prepared(criteria, means, call)


def _placed(
    applications: pd.DataFrame, criteria: pd.DataFrame, means: pd.DataFrame, *, call: Call
) -> pd.DataFrame:
    return standings.placed(applications, standings.prepared(criteria, means, call))


def _draws(
    cohort: standings.Cohort, reviews: pd.DataFrame | None, call: Call
) -> tuple[Iterable[np.ndarray] | None, standings.Noise | None]:
    """The draws, and the panel's noise where it has a part in them."""
    noise = None if reviews is None else standings.noise(reviews, cohort, call)
    if noise and noise.reason:
        return None, noise
    return standings.draws(cohort, call, noise), noise


def _ranked(
    applications: pd.DataFrame,
    criteria: pd.DataFrame,
    means: pd.DataFrame,
    reviews: pd.DataFrame | None = None,
    *,
    call: Call,
) -> pd.DataFrame:
    cohort = standings.prepared(criteria, means, call)
    chances = standings.chances(cohort, call, *_draws(cohort, reviews, call))
    return standings.ranked(standings.placed(applications, cohort), chances)


def _shares(
    _applications: pd.DataFrame,
    criteria: pd.DataFrame,
    means: pd.DataFrame,
    reviews: pd.DataFrame | None = None,
    *,
    call: Call,
) -> pd.DataFrame | None:
    cohort = standings.prepared(criteria, means, call)
    if not 0 < len(cohort.ids) <= ranking.MOST_RANKS:
        return None
    chunks, _noise = _draws(cohort, reviews, call)
    if chunks is None:
        return None
    places = range(1, len(cohort.ids) + 1)
    return pd.DataFrame(ranking.acceptability(chunks), cohort.ids, places)


def _central(
    _applications: pd.DataFrame,
    criteria: pd.DataFrame,
    means: pd.DataFrame,
    *,
    call: Call,
    application: str,
) -> tuple[np.ndarray, float | None]:
    cohort = standings.prepared(criteria, means, call)
    drawn = standings.drawn(cohort, call)
    if call.places is None or drawn.shape[1] == 1:
        return np.full(len(cohort.criteria), np.nan), None
    chunks = weighting.totals_in_chunks(cohort.scaled, drawn)
    row = cohort.ids.get_loc(application)
    return weighting.central_weights(chunks, drawn, call.places, row)

"""A panel's scores taken whole: how well it agrees, its reviewers, its applications.

What is stored when data comes in (`data/panel.py`), and what a page derives for a past day, is this
one function of the same answers.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import agreement, severity
from analysis.panel import MOST_APPLICATIONS, Components, Design, design, fit, reason
from analysis.posterior import Posterior, draws, posterior
from analysis.ranking import chances

# What is estimated; none of it is known where the variances cannot be told apart.
ESTIMATED = (
    "var_application",
    "var_reviewer",
    "var_residual",
    *(f"{name}{end}" for name in agreement.COEFFICIENTS for end in ("", "_low", "_high")),
    "reviewers_needed",
    "alpha",
    "alpha_low",
    "alpha_high",
)
CHANCES = ("above", "above_error", "expected_rank", "rank_low", "rank_high")
WHOLE = (
    "applications",
    "reviewers",
    "reviews",
    "connected",
    "reviewers_needed",
    "adjusted_place",
    "rank_low",
    "rank_high",
)


class Panel(NamedTuple):
    """One row per criterion and one for the total; per reviewer; per application."""

    agreement: pd.DataFrame
    reviewers: pd.DataFrame
    applications: pd.DataFrame


def assessed(scores: pd.DataFrame, pool: pd.DataFrame) -> Panel:
    """What a panel's scores say, and how surely.

    scores, one row per application_id, reviewer and criterion: score, weight, scale_min, scale_max.
    pool, one row per evaluated application_id: region, total, and, the same in every row, places
    (missing without a line), total_min, total_max. Scores of others are left out. Neither order
    matters.

    Gives three frames, whose columns `data/comments.sql` explains; the total has no criterion and
    comes first. A number that cannot be told is missing, and `reason` says why: one of those of
    `analysis.panel.reason`, or
    undefined            the variances sum to nothing or less, so that no coefficient is a share
    no_complete_review   (applications, reviewers) none that scored every criterion that counts
    no_other             (reviewers) nobody is connected with this one
    not_connected, one_region (applications) no adjusted place alone: see `analysis.severity`
    """
    pool = pool.sort_values("application_id", ignore_index=True)
    scores = scores[scores["application_id"].isin(pool["application_id"])]
    if len(pool) > MOST_APPLICATIONS:
        scores = scores[:0]
    totals = design(review_totals(scores, pool))
    why = "too_many" if len(pool) > MOST_APPLICATIONS else reason(totals)
    components = None if why else fit(totals)
    told = None
    if components:
        told = posterior(totals, components, len(pool) - len(totals.applications))
    rows = [_agreement(None, totals, components, why)]
    weights = scores.groupby("criterion")["weight"].first()
    for criterion in sorted(weights.index, key=lambda name: (-weights[name], name)):
        each = design(scores[scores["criterion"] == criterion].rename(columns={"score": "value"}))
        unknown = reason(each)
        rows.append(_agreement(criterion, each, None if unknown else fit(each), unknown))
    frames = (
        pd.DataFrame(rows),
        _reviewers(scores, pool, totals, told, why),
        _applications(scores, pool, totals, told, components, why),
    )
    return Panel(*map(_whole, frames))


def review_totals(scores: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """One row per application_id and reviewer who scored every criterion that counts: value.

    The weighted mean of the scores, each on its own scale from 0 to 1, told on the scale of the
    totals: the total that the application had if this review were the only one. Rounded as totals
    are.
    """
    counting = scores[scores["weight"] > 0]
    weight, score, lowest, highest = (
        counting[name].to_numpy(dtype=float)
        for name in ("weight", "score", "scale_min", "scale_max")
    )
    # In arrays: a slider of /ranking asks this anew at every step, and groups take pandas long.
    application, applications = pd.factorize(counting["application_id"], sort=True)
    reviewer, reviewers = pd.factorize(counting["reviewer"], sort=True)
    criterion, criteria = pd.factorize(counting["criterion"])
    whole = weight[np.unique(criterion, return_index=True)[1]].sum()
    share = (score - lowest) / (highest - lowest) * weight / whole
    width = max(len(reviewers), 1)
    reviews, review = np.unique(application * width + reviewer, return_inverse=True)
    scored = np.bincount(review, minlength=len(reviews)) == len(criteria)
    value = np.bincount(review, share, minlength=len(reviews))[scored]
    low, high = (pool[name].iloc[0] if len(pool) else 0 for name in ("total_min", "total_max"))
    return pd.DataFrame(
        {
            "application_id": applications.take(reviews[scored] // width),
            "reviewer": reviewers.take(reviews[scored] % width),
            "value": (low + (high - low) * value).round(10),
        }
    )


def _agreement(
    criterion: str | None, panel: Design, components: Components | None, why: str | None
) -> dict[str, object]:
    some = len(panel.values) > 0
    k = agreement.reviews_each(panel) if some else np.nan
    row = {
        "criterion": criterion,
        "applications": len(panel.applications),
        "reviewers": len(panel.reviewers),
        "reviews": len(panel.values),
        "reviews_each": k,
        "complete": some and panel.complete,
        "mean": panel.centre if some else np.nan,
    } | dict.fromkeys(ESTIMATED, np.nan)
    if components:
        row |= {
            "var_application": components.application,
            "var_reviewer": components.reviewer,
            "var_residual": components.residual,
            "reviewers_needed": agreement.reviewers_needed(components),
        }
        found = agreement.coefficients(components, k)
        row |= found
        names = ("alpha", "alpha_low", "alpha_high")
        row |= dict(zip(names, agreement.alpha(panel), strict=True))
        if any(np.isnan(found[name]) for name in agreement.COEFFICIENTS):
            why = "undefined"
    return row | {"reason": why}


def _reviewers(
    scores: pd.DataFrame,
    pool: pd.DataFrame,
    panel: Design,
    told: Posterior | None,
    why: str | None,
) -> pd.DataFrame:
    read = _read(scores, pool).groupby("reviewer", as_index=False)
    every = read.agg(applications=("application_id", "count"), only_region=("region", _only))
    frame = every.merge(severity.by_reviewer(panel, told), on="reviewer", how="left")
    frame["reviews"] = frame["reviews"].fillna(0)
    missing = "no_complete_review"
    return _with_reason(frame, frame["reviews"] == 0, missing, why).reindex(
        columns=[
            "reviewer",
            "connected",
            "applications",
            "reviews",
            "mean_given",
            "severity",
            "severity_low",
            "severity_high",
            "only_region",
            "reason",
        ]
    )


def _applications(
    scores: pd.DataFrame,
    pool: pd.DataFrame,
    panel: Design,
    told: Posterior | None,
    components: Components | None,
    why: str | None,
) -> pd.DataFrame:
    if told:
        narrow = np.zeros(len(panel.reviewers), dtype=bool)
        if pool["region"].nunique() > 1:
            read = _read(scores, pool).groupby("reviewer")["region"].agg(_only)
            narrow = read.reindex(panel.reviewers).notna().to_numpy()
        found = severity.by_application(panel, narrow, told, components)
        places = pool["places"].iloc[0]
        stands = chances(draws(told), None if pd.isna(places) else int(places))
        found = found.join(stands[: len(found)])
    else:
        found = severity.unassessed(panel)
    frame = pool.rename(columns={"total": "raw"}).merge(found, on="application_id", how="left")
    frame["reviews"] = frame["reviews"].fillna(0)
    return _with_reason(frame, frame["reviews"] == 0, "no_complete_review", why).reindex(
        columns=[
            "application_id",
            "reviews",
            "connected",
            "raw",
            "adjusted",
            "adjusted_sd",
            "adjusted_place",
            *CHANCES,
            "disagreement",
            "disagreement_chance",
            "reason",
        ]
    )


def _read(scores: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """Who read what, complete or not: reviewer, application_id and its region."""
    pairs = scores[["reviewer", "application_id"]].drop_duplicates()
    return pairs.merge(pool[["application_id", "region"]], on="application_id")


def _only(regions: pd.Series) -> str | None:
    return regions.iloc[0] if regions.nunique(dropna=False) == 1 else None


def _with_reason(
    frame: pd.DataFrame, missing: pd.Series, said: str, why: str | None
) -> pd.DataFrame:
    """The frame with the reason of the whole panel, else that of its own."""
    own = frame["reason"].astype(object).mask(missing, said)
    return frame.assign(reason=why or own)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with whole numbers as such, and nothing but None where a text is missing."""
    kinds = {name: "Int64" for name in WHOLE if name in frame}
    texts = [name for name in ("criterion", "only_region", "reason") if name in frame]
    frame = frame.astype(kinds)
    for name in texts:
        column = frame[name].astype(object)
        frame[name] = column.where(column.notna(), None)
    return frame

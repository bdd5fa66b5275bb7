"""The status rule: is a centre on course with an indicator, on a date?

What was achieved is held against what is expected by now on the path through the dated targets, as
in the European Union's OPSYS (achievement against the next target) and the Inter-American
Development Bank's Progress Monitoring Report (a linear path; cases of their own for rising,
falling, cumulative and no baseline). Both are counted from the baseline, as the OECD counts the
distance to target, so that a falling indicator and a target of zero need no case of their own.
`judged` tells the rule in full.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.outlook import looking_ahead
from analysis.path import ROUNDING, along, dates, day, numbers

STATUSES = (
    "achieved",
    "on course",
    "behind",
    "off course",
    "moved away",
    "not yet due",
    "no report",
    "not calculable",
)


class Bands(Protocol):
    """Where a plan draws its lines; `queries/bands.py` reads them."""

    @property
    def on_course(self) -> float:
        """The least share of the expected way that is on course."""

    @property
    def behind(self) -> float:
        """The least share that is behind and not off course."""

    @property
    def moved_away(self) -> float:
        """Below this share it has moved away."""

    @property
    def precedence(self) -> tuple[str, ...]:
        """Every status once; where several hold, the first is said."""


def judged(
    series: pd.DataFrame, path: pd.DataFrame, as_of: date, bands: Mapping[str, Bands]
) -> pd.DataFrame:
    """The status of each series on a date, and what lies ahead.

    series, one row per centre_id and indicator, as known on `as_of` (nothing dated later is in it):
    plan, kind (cumulative · level · yes/no), direction (up · down), baseline and baseline_on,
    starts_on (the day the way began, where the baseline has no date), value and measured_on of the
    latest total, reports (totals), early (those before the baseline's date), and of the totals from
    the baseline's date on, without the baseline, DuckDB's regr_* sums: first_on, n, mean_t, mean_v,
    s_tt, s_tv, s_vv with t in days since 1970-01-01. Whatever may be unknown may be missing.
    path, one row per centre_id, indicator and due_on: target, in the wording of `as_of`.
    bands: by plan; "default" for plans not named.

    Gives the rows, order and columns of `series` and these columns:
    status     one of STATUSES
    reason     why "not calculable", None with any other status: no_target · against_direction ·
               early_reports · no_baseline · no_start
    one_report the status rests on one report alone
    past_due   the last due date is over
    expected   by now, in the unit reported
    ratio      achieved over expected, both counted from the baseline; missing where there is no way
               to divide by. More than 1 is ahead.
    next_target, next_due_on (due on `as_of` or later), final_target, final_due_on
    and those of `analysis.outlook.looking_ahead`. Dates are datetime.date, None where missing.

    A status holds when
    achieved       the latest report is at least as good as the last target of the path
    on course · behind · off course · moved away
                   the ratio lies in that band; exactly on an edge, in the better one. After the
                   last due date there is no course to be on any more: behind, at best. Where the
                   path asks to stay at the baseline, as good is on course and worse has moved away.
    no report      nothing was reported, and a due date has come
    not yet due    nothing was reported, and none has come; or the way begins on `as_of` or later;
                   or it is yes/no, not yet yes, and none has come
    not calculable there is a reason. no_target: none is set by now. against_direction: the last
                   target, or what is expected by now, is worse than the baseline. early_reports:
                   all reports are older than the baseline. no_baseline: a level nobody measured at
                   the start. no_start: nobody knows when the way began, and no due date has come.
    Several can hold at once; the precedence of the plan's bands says which one is said.

    Without a baseline a cumulative indicator counts from 0 and yes/no from what is not wanted. A
    level is then judged only where it is achieved, and from the last due date on by value over
    target (falling: target over value), both being positive.

    Raises ValueError when a series, or a due date of a series, stands there twice, when a direction
    is neither up nor down, and when neither a plan nor "default" has bands.
    """
    way = along(series, path, as_of)
    facts = _facts(series, way, as_of)
    status, reason = _said(series, facts, bands)
    result = pd.DataFrame(
        {
            "status": status,
            "reason": pd.Series(reason, index=series.index, dtype=object),  # None, and not NaN
            "one_report": facts["reported"] & (facts["fresh"] == 1),
            "past_due": facts["past_due"],
            "expected": way["expected"],
            "ratio": facts["ratio"],
            "next_target": way["next_target"],
            "next_due_on": dates(way["next_day"].to_numpy()),
            "final_target": way["final_target"],
            "final_due_on": dates(way["final_day"].to_numpy()),
        },
        index=series.index,
    )
    ahead = looking_ahead(series, way, as_of, facts["aimed"], facts["achieved"])
    return pd.concat([series, result, ahead], axis=1)


def _facts(series: pd.DataFrame, way: pd.DataFrame, as_of: date) -> dict[str, np.ndarray]:
    """What the statuses are decided by: an array each, one element a series."""
    now, value, early = day(as_of), numbers(series["value"]), numbers(series["early"])
    sign, start, baseline, expected, final, final_day = (
        way[name].to_numpy()
        for name in ("sign", "start", "baseline", "expected", "final_target", "final_day")
    )

    silent = np.isnan(value)
    fresh = numbers(series["reports"]) - np.where(np.isnan(early), 0, early)
    reported = ~silent & (fresh > 0)
    slack = ROUNDING * np.fmax.reduce(np.abs([value, baseline, expected, final]))
    turned = sign * (final - baseline) < -slack
    against = turned | (sign * (expected - baseline) < -slack)
    aimed = reported & ~against

    length = expected - baseline
    stays = np.abs(length) <= slack
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(stays, np.nan, (value - baseline) / length)
        # A level without a baseline has no way behind it; at the way's end there is the target.
        bare = np.isnan(baseline) & (now >= final_day) & (value > 0) & (final > 0)
        share = np.where(bare, np.where(sign > 0, value / final, final / value), share)
        edge = np.where(stays | bare, ROUNDING, slack / np.abs(length))
    ratio = np.where(aimed, share, np.nan)
    # Where the path stays at the baseline: what the ratio tends to as the way shrinks to nothing.
    limit = np.where(sign * (value - expected) >= -slack, np.inf, -np.inf)
    return {
        "targeted": way["targets"].to_numpy() > 0,
        "fallen_due": way["fallen_due"].to_numpy() > 0,
        "past_due": now > final_day,
        "begins": now <= start,
        "step": way["step"].to_numpy(),
        "based": ~np.isnan(baseline),
        "against": against,
        "silent": silent,
        "fresh": fresh,
        "reported": reported,
        "aimed": aimed,
        "achieved": reported & ~turned & (sign * (value - final) >= -slack),
        "ratio": ratio,
        "score": np.where(aimed & stays, limit, ratio) + edge,
    }


def _said(
    series: pd.DataFrame, facts: dict[str, np.ndarray], bands: Mapping[str, Bands]
) -> tuple[np.ndarray, np.ndarray]:
    """The status of each series, and the reason where it is not calculable."""
    plans = series["plan"].to_numpy(dtype=object)
    plans = np.where(np.isin(plans, list(bands)), plans, "default")
    if lacking := set(plans) - set(bands):
        raise ValueError(f"no bands for {', '.join(lacking)}")
    reasons = _reasons(facts)
    reason = np.select(list(reasons.values()), list(reasons), "")

    status = np.full(len(series), "", dtype=object)
    for plan in set(plans):
        band = bands[plan]
        holds = _holds(facts, reason != "", band)
        first = np.select([holds[name] for name in band.precedence], band.precedence, "")
        status = np.where(plans == plan, first, status)
    return status, np.where(status == "not calculable", reason, None)


def _reasons(facts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Where each reason holds; the first that does is said."""
    targeted, reported = facts["targeted"], facts["reported"]
    unknown = targeted & reported & ~facts["achieved"] & np.isnan(facts["score"])
    return {
        "no_target": ~targeted,
        "against_direction": targeted & facts["against"],
        "early_reports": targeted & ~facts["silent"] & ~reported,
        "no_baseline": unknown & ~facts["based"],
        "no_start": unknown,
    }


def _holds(
    facts: dict[str, np.ndarray], incalculable: np.ndarray, band: Bands
) -> dict[str, np.ndarray]:
    """Where each status holds; every series has one that does."""
    targeted, silent, achieved = facts["targeted"], facts["silent"], facts["achieved"]
    score, come = facts["score"], facts["fallen_due"]
    on_course, behind = score >= band.on_course, score >= band.behind
    off_course = score >= band.moved_away
    return {
        "achieved": achieved,
        "on course": on_course & ~facts["past_due"],
        "behind": behind & ~on_course | on_course & facts["past_due"] & ~achieved,
        "off course": off_course & ~behind,
        "moved away": ~off_course & ~np.isnan(score),
        "not yet due": targeted & (facts["begins"] | ~come & (silent | facts["step"] & ~achieved)),
        "no report": silent & come,
        "not calculable": incalculable,
    }

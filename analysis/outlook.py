"""Looking ahead: at which pace, until when, and how sure that is.

The pace is the slope of ordinary least squares through what was reported and the dated baseline.
How likely the target is follows from the same line's prediction interval (Student's t, two degrees
of freedom fewer than points) and is only ever told in words: the model knows of a straight line and
of independent scatter around it, and a centre knows of neither (`analysis.backtest` shows what that
costs).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.path import ROUNDING, dates, day, days, numbers

YEAR = 365.25  # days
HORIZON = 50 * YEAR  # beyond it a date says nothing
LEAST_REPORTS = 6  # for an outlook ...
LEAST_SPAN = 0.5  # ... and the least share of the time from the start to the last due date
LIKELY = 2 / 3
WORDS = ("likely", "about as likely as not", "unlikely")


@dataclass(frozen=True)
class Lines:
    """Points of many series, as the sums that ordinary least squares needs; one element a series.

    n points at a mean time with a mean value; s_tt, s_tv, s_vv: sums of squares and products around
    the means. Times in days, values in the unit reported. Without points n is 0, the rest missing.
    """

    n: np.ndarray
    mean_t: np.ndarray
    mean_v: np.ndarray
    s_tt: np.ndarray
    s_tv: np.ndarray
    s_vv: np.ndarray

    def through(self, t: np.ndarray, v: np.ndarray) -> "Lines":
        """The same with one point more; none where `t` or `v` is missing."""
        added = ~np.isnan(t + v)
        alone = added & (self.n == 0)
        n = self.n + added
        with np.errstate(divide="ignore", invalid="ignore"):
            dt, dv, weight = t - self.mean_t, v - self.mean_v, self.n / n

            def with_point(many: np.ndarray, one: np.ndarray, more: np.ndarray) -> np.ndarray:
                return np.select([alone, added], [one, many + more], many)

            return Lines(
                n,
                with_point(self.mean_t, t, dt / n),
                with_point(self.mean_v, v, dv / n),
                with_point(self.s_tt, 0, dt * dt * weight),
                with_point(self.s_tv, 0, dt * dv * weight),
                with_point(self.s_vv, 0, dv * dv * weight),
            )

    @property
    def slope(self) -> np.ndarray:
        """Units per day; missing with fewer than two dates."""
        return np.divide(
            self.s_tv, self.s_tt, out=np.full(len(self.n), np.nan), where=self.s_tt > 0
        )

    def at(self, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the line predicts for a single report on a day, and its standard error.

        The error is 0 where the points lie on a line; both are missing with fewer than three points
        or two dates.
        """
        slope, distance = self.slope, t - self.mean_t
        with np.errstate(divide="ignore", invalid="ignore"):
            scatter = self.s_vv - slope * self.s_tv
            # The difference of two sums: on a line it is rounding, which a root would magnify.
            scatter = np.where(scatter <= ROUNDING * self.s_vv, 0, scatter)
            variance = np.where(self.n > 2, scatter / (self.n - 2), np.nan)
            error = np.sqrt(variance * (1 + 1 / self.n + distance**2 / self.s_tt))
        return np.where(np.isnan(error), np.nan, self.mean_v + slope * distance), error


def looking_ahead(
    series: pd.DataFrame, way: pd.DataFrame, as_of: date, aimed: np.ndarray, achieved: np.ndarray
) -> pd.DataFrame:
    """What lies ahead of each series, in the order and with the index of `series`.

    series as `analysis.status.judged` takes it, way from `analysis.path.along`. aimed: there is a
    report from the baseline's date on, and the targets ask for more than the baseline; achieved:
    the latest report is as good as the last target.

    required_pace     units a year from `as_of` on that reach the next target when it is due; 0
                      where it is reached; missing on the due date itself
    actual_pace       units a year; missing with fewer than two dates
    at_this_pace_on   the day on which the latest report and the actual pace meet the last target;
                      it lies before `as_of` where that report is old. None where achieved, where
                      the pace is zero or leads away, and beyond 50 years.
    outlook           that a report on the last due date reaches the target is "likely" (at least
                      two chances in three), "unlikely" (at most one) or "about as likely as not".
                      None with fewer than six reports, where they span less than half of the time
                      from the start to the last due date, where achieved, and where past due.
    Yes/no has none of them. Without `aimed` there is the actual pace alone.
    """
    now, value, graded = day(as_of), numbers(series["value"]), ~way["step"].to_numpy()
    first, latest = days(series["first_on"]), days(series["measured_on"])
    sign, start, target, due, final, final_day = (
        way[name].to_numpy()
        for name in ("sign", "start", "next_target", "next_day", "final_target", "final_day")
    )
    lines = _lines(series, way, first)
    pace = np.where(graded, lines.slope, np.nan)

    reached = sign * (value - target) >= -ROUNDING * np.fmax(np.abs(value), np.abs(target))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        needed = np.where(due > now, (target - value) / (due - now), np.nan)
        wait = (final - value) / pace
    arrives = aimed & ~achieved & (wait > 0) & (wait <= HORIZON)
    meets = np.ceil(latest + wait)
    seen_enough = (numbers(series["n"]) >= LEAST_REPORTS) & (
        latest - first >= LEAST_SPAN * (final_day - start)
    )
    told = graded & aimed & ~achieved & (now <= final_day) & seen_enough
    probability = np.where(told, chance(lines, final, final_day, sign), np.nan)
    return pd.DataFrame(
        {
            "required_pace": np.where(graded & aimed, np.where(reached, 0, needed), np.nan) * YEAR,
            "actual_pace": pace * YEAR,
            "at_this_pace_on": dates(np.where(arrives, meets, np.nan)),
            "outlook": pd.Series(words(probability), index=series.index, dtype=object),
        },
        index=series.index,
    )


def chance(lines: Lines, target: np.ndarray, on: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """The probability that a report on a day is at least as good as the target.

    From the prediction interval of ordinary least squares. `sign` is 1 where more is better, else
    -1. Missing with fewer than three points or two dates. For words and tests: nobody is shown it.
    """
    predicted, error = lines.at(on)
    margin = sign * (predicted - target)
    slack = ROUNDING * np.fmax(np.abs(predicted), np.abs(target))
    with np.errstate(divide="ignore", invalid="ignore"):
        scattered = stdtr(lines.n - 2, margin / error)
    certain = np.where(np.isnan(margin), np.nan, margin >= -slack)
    return np.where(error > slack, scattered, certain)


def words(probability: np.ndarray) -> np.ndarray:
    """A probability in words; None where it is missing."""
    likely, unlikely = probability >= LIKELY, probability <= 1 - LIKELY
    told = np.select([likely, unlikely], [WORDS[0], WORDS[2]], WORDS[1])
    return np.where(np.isnan(probability), None, told.astype(object))


def _lines(series: pd.DataFrame, way: pd.DataFrame, first: np.ndarray) -> Lines:
    """The reports from the baseline's date on, and the way's first point where that has a date.

    A baseline has one where it was measured. A cumulative indicator without a baseline was 0 on the
    day it began to count: nobody has to measure that, but a report from before that day denies it.
    """
    start = way["start"].to_numpy()
    assumed = np.isnan(numbers(series["baseline"])) & ~(first < start)
    n = numbers(series["n"])
    sums = (numbers(series[name]) for name in ("mean_t", "mean_v", "s_tt", "s_tv", "s_vv"))
    reports = Lines(np.where(np.isnan(n), 0, n), *sums)
    known = way["dated"].to_numpy() | assumed
    return reports.through(np.where(known, start, np.nan), way["baseline"].to_numpy())

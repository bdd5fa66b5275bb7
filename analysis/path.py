"""The path of a series: what was expected of it by a date.

A series is one centre's one indicator. Its path is piecewise linear from the baseline through its
dated targets and constant after the last, as the Inter-American Development Bank's Progress
Monitoring Report plans outputs and outcomes; for yes/no it is a step, for half a yes means nothing.
"""

from datetime import date

import numpy as np
import pandas as pd

KEY = ["centre_id", "indicator"]

# Two numbers that differ by less than this share of the larger are the same: what is left over when
# 0.1 + 0.2 meets 0.3 must decide nothing. Doubles are exact to about 1e-16.
ROUNDING = 1e-12


def days(dates: pd.Series) -> np.ndarray:
    """Days since 1970-01-01, missing where the date is; takes dates as well as moments."""
    moments = pd.to_datetime(dates).to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(moments), np.nan, moments.astype("int64"))


def dates(numbers: np.ndarray) -> np.ndarray:
    """The dates of whole days since 1970-01-01, as objects; None where the number is missing."""
    known = np.isfinite(numbers)
    moments = np.where(known, numbers, 0).astype("int64").astype("datetime64[D]").astype(object)
    return np.where(known, moments, None)


def day(moment: date) -> float:
    """Days since 1970-01-01."""
    return days(pd.Series([moment]))[0]


def numbers(column: pd.Series) -> np.ndarray:
    """The column as floats, missing where nothing is known."""
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def along(series: pd.DataFrame, path: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What each path asks for on a date.

    series: one row per centre_id and indicator, with kind, direction, baseline, baseline_on and
    starts_on. path: one row per centre_id, indicator and due_on, with the target in the wording of
    `as_of`; rows of no series are left out. Gives, in the order and with the index of `series`

    sign          1 where more is better (direction `up`), -1 where less is
    step          yes/no
    start         the day the path begins: the baseline's, else `starts_on`
    dated         the start is the baseline's own date
    baseline      where it begins. Not given, a cumulative indicator begins at 0 and yes/no at what
                  is not wanted; a level begins nobody knows where.
    targets       how many there are
    fallen_due    how many of them are due by `as_of`, that day included
    expected      by `as_of`, in the unit reported
    next_target, next_day     of the first that is due on `as_of` or later
    final_target, final_day   of the last
    with days counted from 1970-01-01, and missing where unknown. Raises ValueError when a series,
    or a due date of a series, stands there twice, and when a direction is neither up nor down.
    """
    now, count = day(as_of), len(series)
    sign, step = _signs(series["direction"]), (series["kind"] == "yes/no").to_numpy(dtype=bool)
    measured, baseline = days(series["baseline_on"]), numbers(series["baseline"])
    start = np.where(np.isnan(measured), days(series["starts_on"]), measured)
    assumed = np.select(
        [step, (series["kind"] == "cumulative").to_numpy(dtype=bool)],
        [np.where(sign > 0, 0.0, 1.0), 0.0],
        np.nan,
    )
    dated = ~np.isnan(measured) & ~np.isnan(baseline)
    baseline = np.where(np.isnan(baseline), assumed, baseline)

    rows, due, target = _nodes(series, path)
    targets = np.bincount(rows, minlength=count)
    before = np.bincount(rows[due < now], minlength=count)
    fallen_due = np.bincount(rows[due <= now], minlength=count)
    first = np.cumsum(targets) - targets

    def node(at: np.ndarray, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        on, value = np.full(count, np.nan), np.full(count, np.nan)
        on[where], value[where] = due[at[where]], target[at[where]]
        return on, value

    last_day, last_target = node(first + before - 1, before > 0)
    next_day, next_target = node(first + before, before < targets)
    final_day, final_target = node(first + targets - 1, targets > 0)
    _, due_target = node(first + fallen_due - 1, fallen_due > 0)

    # A baseline measured after a target fell due says anew where the way begins.
    anew = (before == 0) | (start >= last_day)
    left_day, left = np.where(anew, start, last_day), np.where(anew, baseline, last_target)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = left + (next_target - left) * (now - left_day) / (next_day - left_day)
    expected = np.select(
        [
            step,
            now <= start,
            now == next_day,  # exactly: (target - baseline) + baseline may miss the target
            before < targets,
        ],
        [
            np.where(fallen_due > 0, due_target, baseline),
            baseline,
            next_target,
            between,
        ],
        final_target,
    )
    return pd.DataFrame(
        {
            "sign": sign,
            "step": step,
            "start": start,
            "dated": dated,
            "baseline": baseline,
            "targets": targets,
            "fallen_due": fallen_due,
            "expected": np.where(targets > 0, expected, np.nan),
            "next_target": next_target,
            "next_day": next_day,
            "final_target": final_target,
            "final_day": final_day,
        },
        index=series.index,
    )


def _signs(direction: pd.Series) -> np.ndarray:
    if unknown := set(direction.unique()) - {"up", "down"}:
        raise ValueError(f"direction is up or down, not {', '.join(map(str, unknown))}")
    return np.where((direction == "up").to_numpy(dtype=bool), 1.0, -1.0)


def _nodes(series: pd.DataFrame, path: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row of the series, day and target of each point of the paths, in this order."""
    keys = pd.MultiIndex.from_frame(series[KEY])
    if keys.has_duplicates:
        raise ValueError("a series stands there twice: " + _named(keys[keys.duplicated()]))
    points = pd.MultiIndex.from_frame(path[KEY])
    rows, due = keys.get_indexer(points), days(path["due_on"])
    order = np.lexsort((due, rows))
    order = order[rows[order] >= 0]
    rows, due = rows[order], due[order]
    if (twice := (np.diff(rows) == 0) & (np.diff(due) == 0)).any():
        raise ValueError("two targets on one due date: " + _named(points[order[1:][twice]]))
    return rows, due, numbers(path["target"])[order]


def _named(keys: pd.MultiIndex) -> str:
    return ", ".join(" ".join(map(str, key)) for key in keys[:3])

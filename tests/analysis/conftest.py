"""Series and their paths from what happened, so that a test can tell it in a line.

    series, path = frames({"reports": [("2025-06-01", 47)], "targets": [("2026-07-01", 100)]})

What a test does not name is a rising level under the plan KAP, measured as 0 on 1 July 2024.
Reports and targets dated after AS_OF are left out, as the questions leave them out; a target's
third value is the day it was set.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from queries.bands import Bands

AS_OF = date(2025, 7, 1)  # with the baseline a year before, half of the way to 1 July 2026
PRECEDENCE = (
    "achieved",
    "no report",
    "not yet due",
    "not calculable",
    "on course",
    "behind",
    "off course",
    "moved away",
)
USUAL = {
    "plan": "KAP",
    "kind": "level",
    "direction": "up",
    "baseline": 0.0,
    "baseline_on": "2024-07-01",
    "starts_on": None,
    "reports": [],
    "targets": [],
}

Frames = tuple[pd.DataFrame, pd.DataFrame]


def _series(case: dict[str, Any], as_of: date) -> dict[str, Any]:
    points = sorted(
        (date.fromisoformat(on), value)
        for on, value in case["reports"]
        if date.fromisoformat(on) <= as_of
    )
    baseline_on = case["baseline_on"] and date.fromisoformat(case["baseline_on"])
    starts_on = case["starts_on"] and date.fromisoformat(case["starts_on"])
    later = [point for point in points if not baseline_on or point[0] >= baseline_on]
    t = np.array([(on - date(1970, 1, 1)).days for on, _ in later], dtype=float)
    v = np.array([value for _, value in later], dtype=float)
    mean_t, mean_v = (t.mean(), v.mean()) if later else (np.nan, np.nan)
    return case | {
        "baseline_on": baseline_on,
        "starts_on": starts_on,
        "value": points[-1][1] if points else np.nan,
        "measured_on": points[-1][0] if points else None,
        "reports": len(points),
        "early": len(points) - len(later),
        "parts": 0,
        "first_on": later[0][0] if later else None,
        "n": len(later),
        "mean_t": mean_t,
        "mean_v": mean_v,
        "s_tt": ((t - mean_t) ** 2).sum() if later else np.nan,
        "s_tv": ((t - mean_t) * (v - mean_v)).sum() if later else np.nan,
        "s_vv": ((v - mean_v) ** 2).sum() if later else np.nan,
    }


def _path(case: dict[str, Any], as_of: date) -> dict[date, float]:
    wordings = [
        (date.fromisoformat(on), date.fromisoformat(set_on[0]) if set_on else date.min, target)
        for on, target, *set_on in case["targets"]
    ]
    return {on: target for on, set_on, target in sorted(wordings) if set_on <= as_of}


def _frames(*cases: dict[str, Any], as_of: date = AS_OF) -> Frames:
    series, path = [], []
    for number, case in enumerate(cases, start=1):
        whole = {"centre_id": f"C{number}", "indicator": "I1"} | USUAL | case
        key = {name: whole[name] for name in ("centre_id", "indicator")}
        path += [key | {"due_on": d, "target": t} for d, t in _path(whole, as_of).items()]
        series.append(_series(whole, as_of))
    frame = pd.DataFrame(series).drop(columns="targets").astype({"baseline": float})
    columns = ["centre_id", "indicator", "due_on", "target"]
    return frame, pd.DataFrame(path, columns=columns)


@pytest.fixture(scope="session")
def frames() -> Callable[..., Frames]:
    """Series and path of cases, as known on `as_of`."""
    return _frames


@pytest.fixture(scope="session")
def as_of() -> date:
    return AS_OF


@pytest.fixture(scope="session")
def bands() -> dict[str, Bands]:
    """Bands of the tests' own: the file's may change."""
    return {"default": Bands(0.95, 0.60, 0.0, PRECEDENCE)}

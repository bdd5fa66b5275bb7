"""Does the outlook keep its word? On reports held back, and on simulated centres.

Reports held back show how far off the line was one report ahead, where the truth is known.
Simulated centres show what the words promise where the model holds, a straight line with
independent scatter, and what they are worth where it does not. Neither proves anything about one
centre: real centres bend, and nobody knows which.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.outlook import LEAST_REPORTS, WORDS, Lines, chance, words
from analysis.path import KEY, ROUNDING, days, numbers

INTERVALS = (0.95, 2 / 3)
SEEN, DUE = 7, 12  # quarters: of the last report that is known, and of the due date
SHAPES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "line": lambda share: share,
    "bend": lambda share: (1 - np.exp(-3 * share)) / (1 - np.exp(-3)),
    "walk": lambda share: share,
}


def held_back(reports: pd.DataFrame) -> pd.DataFrame:
    """How often the last report lay where the others said: coverage of prediction intervals.

    reports: one row per centre_id, indicator and measured_on (totals, not parts; no yes/no), with
    the value. Of each series with at least seven the last is hidden and predicted from the others,
    as the outlook does it but without the baseline.
    Gives one row per central interval of 0.95 and 2/3: interval, series (how many were predicted),
    inside, below and above (in how many the truth lay there), coverage (inside of series; missing
    where none was predicted).
    """
    told = reports.assign(t=days(reports["measured_on"]), v=numbers(reports["value"]))
    told = told.sort_values([*KEY, "t"])
    told = told[told.groupby(KEY)["t"].transform("size") > LEAST_REPORTS]
    last = ~told.duplicated(KEY, keep="last")
    lines, truth = _fitted(told[~last]), told[last]
    predicted, error = lines.at(truth["t"].to_numpy())
    off = truth["v"].to_numpy() - predicted
    rows = []
    for interval in INTERVALS:
        half = stdtrit(lines.n - 2, (1 + interval) / 2) * error + ROUNDING * np.abs(predicted)
        below, above = int((off < -half).sum()), int((off > half).sum())
        inside = len(truth) - below - above
        coverage = inside / len(truth) if len(truth) else np.nan
        rows.append((interval, len(truth), inside, below, above, coverage))
    return pd.DataFrame(
        rows, columns=["interval", "series", "inside", "below", "above", "coverage"]
    )


def simulated(model: str, centres: int, seed: int) -> pd.DataFrame:
    """Reports of made-up centres, of which the truth at the due date is known.

    Quarterly reports over seven of the twelve quarters from the start to the due date, and one on
    the due date: one row per centre_id, indicator and measured_on, with the value. Where a centre
    is heading is drawn around 100, widely; so is its scatter.
    model: "line" (what the outlook believes: a straight line, independent scatter), "bend" (fast at
    first, then slower) or "walk" (every quarter goes on from the last, so errors add up).
    """
    rng = np.random.default_rng(seed)
    start, end = rng.normal(0, 10, (centres, 1)), rng.normal(100, 40, (centres, 1))
    scatter = rng.uniform(2, 20, (centres, 1))
    noise = rng.normal(size=(centres, DUE)) * scatter
    share = np.arange(1, DUE + 1) / DUE
    values = (
        start
        + (end - start) * SHAPES[model](share)
        + (noise.cumsum(axis=1) / 2 if model == "walk" else noise)
    )
    quarters = np.array([*range(SEEN), DUE - 1])
    first = np.datetime64("2024-01-01")
    return pd.DataFrame(
        {
            "centre_id": np.repeat(np.arange(centres), len(quarters)),
            "indicator": model,
            "measured_on": np.tile(first + (quarters + 1) * 91, centres),
            "value": values[:, quarters].ravel(),
        }
    )


def calibration(centres: int = 2000, seed: int = 1) -> pd.DataFrame:
    """How often simulated centres reached a target of 100, by what the outlook had told of them.

    One row per model and word: model, word, centres (of how many it was said), promised (the mean
    probability behind the word), reached (the share that did; both missing where it was never
    said).
    """
    rows = []
    for model in SHAPES:
        told = simulated(model, centres, seed)
        told = told.assign(t=days(told["measured_on"]), v=told["value"])
        last = ~told.duplicated(KEY, keep="last")
        due, truth = told["t"].to_numpy()[last], told["v"].to_numpy()[last]
        goal, up = np.full(centres, 100.0), np.ones(centres)
        promised = chance(_fitted(told[~last]), goal, due, up)
        said = pd.DataFrame({"promised": promised, "reached": truth >= goal})
        by_word = said.groupby(words(promised))
        frame = by_word.mean().assign(centres=by_word.size()).reindex(WORDS).rename_axis("word")
        rows.append(frame.reset_index().assign(model=model))
    columns = ["model", "word", "centres", "promised", "reached"]
    calibrated = pd.concat(rows, ignore_index=True)[columns]
    return calibrated.fillna({"centres": 0}).astype({"centres": int})


def _fitted(told: pd.DataFrame) -> Lines:
    """The line through each series' points, in the order in which the series come."""
    series = [told[name] for name in KEY]
    means = told.groupby(KEY, sort=False)[["t", "v"]].transform("mean")
    t, v = told["t"] - means["t"], told["v"] - means["v"]
    points = pd.DataFrame(
        {"n": 1, "mean_t": means["t"], "mean_v": means["v"], "tt": t * t, "tv": t * v, "vv": v * v}
    )
    sums = points.groupby(series, sort=False).agg(
        {"n": "sum", "mean_t": "first", "mean_v": "first", "tt": "sum", "tv": "sum", "vv": "sum"}
    )
    return Lines(*(sums[name].to_numpy(dtype=float) for name in sums))

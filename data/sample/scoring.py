"""Reviews and what follows from them: scores, totals, a tie, how reviewers differ."""

import itertools
from collections.abc import Mapping
from fractions import Fraction

from data.sample.lot import Lot

Sheet = dict[tuple[str, str], float]
"""One application's scores: (reviewer, criterion) -> score."""


def reviewers_for(lot: Lot, busy: dict[str, int], count: int) -> list[str]:
    """`count` reviewers, those with the fewest reviews first; `busy` is brought up to date."""
    chosen = sorted(lot.shuffled(sorted(busy)), key=busy.__getitem__)[:count]
    for reviewer in chosen:
        busy[reviewer] += 1
    return sorted(chosen)


def review(
    lot: Lot,
    quality: float,
    leanings: Mapping[str, float],
    criteria: list[str],
    scale: tuple[int, int, float],
    missing: float,
) -> Sheet:
    """The scores of the reviewers in `leanings` (how far each one scores from the others).

    quality and leanings are told on a scale of 1 to 10; the scores on `scale` (lowest, highest,
    step). A score is missing with probability `missing`.
    """
    low, high, step = scale
    strengths = {criterion: quality + 0.8 * lot.spread() for criterion in criteria}
    sheet: Sheet = {}
    for reviewer, leaning in leanings.items():
        for criterion in criteria:
            felt = strengths[criterion] + leaning + 0.7 * lot.spread()
            told = low + (high - low) * (felt - 1) / 9
            score = max(low, min(high, round(told / step) * step))
            if not lot.chance(missing):
                sheet[reviewer, criterion] = score
    return sheet


def total(sheet: Sheet, weights: Mapping[str, int]) -> Fraction | None:
    """The weighted mean over criteria of the mean over reviews, exact; none where one has no score.

    The definition of `data/derived.sql`, for criteria that share a scale.
    """
    result = Fraction(0)
    for criterion, weight in weights.items():
        scores = [Fraction(score) for (_, of), score in sheet.items() if of == criterion]
        if not scores:
            return None
        result += weight * sum(scores) / len(scores)
    return result / sum(weights.values())


def raise_by(sheet: Sheet, gap: Fraction, weights: Mapping[str, int], highest: int) -> Sheet | None:
    """The sheet with as few points as possible added or taken so that its total rises by `gap`.

    None when at most two points a criterion cannot do it. Scores are whole numbers.
    """
    counts = {c: sum(of == c for _, of in sheet) for c in weights}
    changes = sorted(
        itertools.product(range(-2, 3), repeat=len(weights)),
        key=lambda change: (sum(map(abs, change)), change),
    )
    for change in changes:
        points = dict(zip(weights, change, strict=True))
        rise = sum(Fraction(weights[c] * points[c], counts[c]) for c in weights)
        if rise != gap * sum(weights.values()):
            continue
        new = dict(sheet)
        for criterion, by in points.items():
            keys = sorted(key for key in sheet if key[1] == criterion)
            for step in range(abs(by)):
                new[keys[step % len(keys)]] += 1 if by > 0 else -1
        if all(1 <= score <= highest for score in new.values()):
            return new
    return None


def differences(sheets: list[Sheet]) -> dict[str, float]:
    """Per reviewer the mean of own score less the mean of the others' on the same criterion."""
    gaps: dict[str, list[float]] = {}
    for sheet in sheets:
        for (reviewer, criterion), score in sheet.items():
            others = [s for (r, c), s in sheet.items() if c == criterion and r != reviewer]
            if others:
                gaps.setdefault(reviewer, []).append(score - sum(others) / len(others))
    return {reviewer: sum(values) / len(values) for reviewer, values in gaps.items()}

"""The best selection under rules of geographical distribution, exactly.

Best is the largest sum of totals, which for a given number of places is the largest mean. Every
rule counts applications by country, and by what a country is in (a region, LDC, LLDC, SIDS). So
among countries that are in the same, which make a *cell*, the best so and so many are simply those
with the highest totals, as far as no country has more than it may. What is left to decide is how
many of each cell: an integer program with a row per rule, solved by HiGHS (Huangfu and Hall, Math.
Prog. Comp. 10, 2018) to an optimality gap of 0.

The program is made small first, which leaves it exact: the prices of its linear relaxation tell how
much every application would gain or cost, and whoever costs more than the relaxation is ahead of a
selection already found can be in no better one (reduced cost fixing).

Ties. The list of totals goes from the highest down, equal ones by their codes. Of several best
selections, the one is taken that holds the application first in this list, then the second, and so
on, as far as any best selection does. Sums closer than TOLERANCE points count as equal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.program import Program, Rule, listed

POINTS = 24  # of a curve, at most


@dataclass(frozen=True)
class Selection:
    """The best selection: ids in the order of the list of totals, and their mean total.

    tied_in, tied_out: of those chosen and of the others, some that could change places with nothing
    lost and no rule broken. Both are empty when there is no other best selection.
    """

    chosen: tuple[str, ...]
    mean: float
    tied_in: tuple[str, ...] = ()
    tied_out: tuple[str, ...] = ()


def by_total(pool: pd.DataFrame, places: int) -> Selection | None:
    """Those with the highest totals, without any rule; None where nobody has a total."""
    ranked = listed(pool)
    totals, ids = ranked["total"].to_numpy(), ranked["application_id"].to_numpy()
    filled = min(places, len(ranked))
    if not filled:
        return None
    edge = totals == totals[filled - 1]
    split = filled < len(ranked) and edge[filled]
    chosen = np.arange(len(ranked)) < filled
    return Selection(
        tuple(ids[:filled]),
        float(totals[:filled].mean()),
        tuple(ids[edge & chosen]) if split else (),
        tuple(ids[edge & ~chosen]) if split else (),
    )


def best(pool: pd.DataFrame, places: int, rules: Sequence[Rule]) -> Selection | None:
    """The best selection under `rules`; None where none keeps all of them.

    pool: one row per application: application_id (unique), country, region, ldc, lldc, sids, total;
    who has no total cannot be picked. As many are selected as there are places, or as have a total
    and are not ruled out, where these are fewer. ValueError when a rule names an application that
    cannot be picked, TimeoutError when HiGHS takes longer than PATIENCE.
    """
    program = Program(pool, places, rules)
    found = program.best()
    if found is None:
        return None
    many, others = program.first_in_list(found)
    chosen = program.chosen(many)
    swaps = program.swaps(chosen)
    instead = [program.chosen(other) for other in others]
    names = program.ids[chosen]
    return Selection(
        tuple(names),
        float(program.totals[chosen].mean()),
        _in_order(
            names, swaps[0].union(*(program.ids[np.setdiff1d(chosen, it)] for it in instead))
        ),
        _in_order(
            program.listed_ids,
            swaps[1].union(*(program.ids[np.setdiff1d(it, chosen)] for it in instead)),
        ),
    )


def possible(pool: pd.DataFrame, places: int, rules: Sequence[Rule]) -> bool:
    """Whether any selection keeps all `rules`; arguments and errors as in `best`."""
    # Without totals whoever is in the same cell is the same, and the program is tiny.
    program = Program(pool.assign(total=pool["total"] * 0), places, rules)
    return program.solve(program.low, program.high) is not None


def conflict(pool: pd.DataFrame, places: int, rules: Sequence[Rule]) -> list[Rule]:
    """Rules that exclude each other with these places: all of them needed, as without any one of
    them the others can be kept. Empty where all can be kept.

    The deletion filter of Chinneck and Dravnieks (ORSA Journal on Computing 3, 1991): a rule
    without which the rest is still impossible is left out for good. So of several such sets the one
    is found whose rules stand last in `rules`.
    """
    kept = list(rules)
    if possible(pool, places, kept):
        return []
    for rule in rules:
        without = [each for each in kept if each != rule]
        if not possible(pool, places, without):
            kept = without
    return kept


def tightened(
    pool: pd.DataFrame, places: int, rules: Sequence[Rule], kind: str, loosest: int, tightest: int
) -> pd.DataFrame:
    """How the mean total of the best selection falls as one rule tightens, the others as they are.

    kind: "least", "most", "ldc", "lldc" or "sids"; `rules` of that kind are replaced, one per
    region for "least". One row per value `n` from `loosest` towards `tightest` with its `mean`;
    where there are more than POINTS, evenly spaced ones. The last row, whose mean is missing, is
    the first value that no selection keeps; it is left out where all can be kept.
    """
    others = [rule for rule in rules if rule.kind != kind]
    regions = regions_of(pool)
    step = 1 if tightest >= loosest else -1
    values = range(loosest, tightest + step, step)

    def at(n: int) -> list[Rule]:
        return [*others, *of_kind(kind, n, regions)]

    # Tighter rules leave fewer selections: the values that can be kept come first.
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if possible(pool, places, at(values[middle])):
            low = middle + 1
        else:
            high = middle
    shown = np.unique(np.linspace(0, low - 1, min(low, POINTS)).round().astype(int)) if low else []
    rows = [(values[i], _mean(pool, places, at(values[i]))) for i in shown]
    rows += [(values[low], np.nan)] if low < len(values) else []
    return pd.DataFrame(rows, columns=["n", "mean"])


def of_kind(kind: str, n: int, regions: Iterable[str]) -> list[Rule]:
    """The rules of a kind at `n`: one per region for "least", else one; none where nothing is
    asked."""
    if kind == "most":
        return [Rule(kind, n)]
    if n <= 0:
        return []
    return [Rule(kind, n, region) for region in regions] if kind == "least" else [Rule(kind, n)]


def regions_of(pool: pd.DataFrame) -> list[str]:
    """The regions from which anybody can be picked, in the order of their codes."""
    return sorted(pool.loc[pool["total"].notna(), "region"].dropna().unique())


def _mean(pool: pd.DataFrame, places: int, rules: Sequence[Rule]) -> float:
    program = Program(pool, places, rules)
    many = program.best()
    return np.nan if many is None else float(program.totals[program.chosen(many)].mean())


def _in_order(listed: np.ndarray, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in listed if name in names)

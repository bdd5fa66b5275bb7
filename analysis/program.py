"""The integer program behind the best selection under rules; `analysis.rules` says what it is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

TOLERANCE = 1e-6  # points, the absolute gap at which HiGHS is content
PATIENCE = 5.0  # seconds for one program; on 5,000 applications one takes well below one
GROUPS = ("ldc", "lldc", "sids")


class Rule(NamedTuple):
    """One rule that can be kept or broken.

    kind: "least" (at least `n` from the region `of`), "most" (at most `n` from any country), "ldc",
    "lldc", "sids" (at least `n` from such countries), "in", "out" (the application `of`).
    """

    kind: str
    n: int = 0
    of: str = ""


def listed(pool: pd.DataFrame) -> pd.DataFrame:
    """Who can be picked, in the order of the list of totals, whatever the order of the rows."""
    ranked = pool[pool["total"].notna()].sort_values("application_id")
    return ranked.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


class Program:
    """The integer program. Candidates stand in the order of the list of totals.

    cell, depth: in which cell a candidate is, and how many of it come before. A selection is an
    array with how many of each cell (`many`); `low` and `high` are bounds of it. Candidates of a
    cell with the same total are one variable, a *run*.
    """

    def __init__(self, pool: pd.DataFrame, places: int, rules: Sequence[Rule]) -> None:
        self.listed, self.rules = listed(pool), rules
        self.listed_ids = self.listed["application_id"].to_numpy()
        taken, left = ({rule.of for rule in rules if rule.kind == kind} for kind in ("in", "out"))
        if unknown := (taken | left) - set(self.listed_ids):
            raise ValueError(f"{', '.join(sorted(unknown))} cannot be picked")
        self.most = min((rule.n for rule in rules if rule.kind == "most"), default=None)
        frame = self.listed.assign(
            taken=self.listed["application_id"].isin(taken), position=np.arange(len(self.listed))
        )
        frame = frame[~frame["application_id"].isin(left)].sort_values(
            ["taken", "position"], ascending=[False, True]
        )
        self.filled = min(places, len(frame))
        # Nobody but the best of a country and of a cell can be in a best selection.
        in_country = frame.groupby("country").cumcount()
        crowded = self.most is not None and (frame["taken"] & (in_country >= self.most)).any()
        self.broken = bool(taken & left) or crowded or len(taken) > self.filled
        if self.most is not None:
            frame = frame[in_country < self.most]
        cells = frame.groupby(["region", *GROUPS], dropna=False, sort=True)
        frame = frame.assign(cell=cells.ngroup(), depth=cells.cumcount())
        frame = frame[frame["depth"] < self.filled]
        # From here on in the order of cells and depths, to make runs; `order` leads back.
        runs = frame.sort_values(["cell", "depth"])
        fresh = (runs[["cell", "taken", "total"]] != runs[["cell", "taken", "total"]].shift()).any(
            axis=1
        )
        heads = runs[fresh]
        self.run_cell, self.start = heads["cell"].to_numpy(), heads["depth"].to_numpy()
        self.run_total = heads["total"].to_numpy(dtype=float)
        self.run_size = np.bincount(fresh.cumsum().to_numpy() - 1, minlength=len(heads))
        self.run_taken = heads["taken"].to_numpy(dtype=bool)
        frame = frame.sort_values("position")
        self.ids, self.totals = frame["application_id"].to_numpy(), frame["total"].to_numpy(float)
        self.cell, self.depth = frame["cell"].to_numpy(), frame["depth"].to_numpy()
        self.high = np.bincount(self.cell)
        self.low = np.bincount(self.cell[frame["taken"]], minlength=len(self.high))
        asked = [rule for rule in rules if rule.kind in ("least", *GROUPS)]
        # A row per condition and a column per run: as many as there are places, then each rule.
        self.matrix = np.array([np.ones(len(heads)), *(_counts(heads, rule) for rule in asked)])
        self.asked = np.array([self.filled, *(rule.n for rule in asked)], dtype=float)

    def chosen(self, many: np.ndarray) -> np.ndarray:
        """The best so many of each cell: indices of candidates."""
        return np.flatnonzero(self.depth < many[self.cell])

    def sum(self, many: np.ndarray) -> float:
        """The sum of their totals."""
        return float(self.totals[self.chosen(many)].sum())

    def best(self) -> np.ndarray | None:
        """A best selection, None where none keeps the rules; `low` and `high` are then as narrow as
        all best selections allow."""
        relaxed = self._relaxed()
        if relaxed is None:
            return None
        gains, bound = relaxed
        width = np.sort(np.abs(gains))[min(4 * len(self.high), len(gains) - 1)]
        while True:
            low, high = self._within(gains, width)
            many = self.solve(low, high, self.run_total)
            whole = width >= np.abs(gains).max()
            if many is None and whole:
                return None
            behind = np.inf if many is None else bound - self.sum(many) + 2 * TOLERANCE
            if whole or behind <= width:
                self.low, self.high = self._within(gains, min(behind, width))
                return many
            width = behind if many is not None else max(4 * width, TOLERANCE)

    def solve(
        self,
        low: np.ndarray,
        high: np.ndarray,
        worth: np.ndarray | None = None,
        floor: float = -np.inf,
    ) -> np.ndarray | None:
        """A selection with the largest sum of `worth` (a number per run; without it any), whose sum
        of totals is at least `floor`; None where none keeps the rules."""
        least = np.clip(low[self.run_cell] - self.start, 0, self.run_size)
        more = np.clip(high[self.run_cell] - self.start, 0, self.run_size) - least
        if self.broken or not len(least) or (low > high).any():
            return None
        free = more > 0
        rows = np.vstack([self.matrix, self.run_total])
        # What is settled is taken out; what is left is small numbers, and exact.
        lacking = np.array([*self.asked, floor]) - rows @ least
        many = least.astype(float)
        if not free.any():
            kept = lacking[0] == 0 and (lacking[1:-1] <= 0).all() and lacking[-1] <= 0
            return low if kept else None
        # Loaded only when a rule is tried: the optimizer takes memory that no other page needs.
        from scipy.optimize import Bounds, LinearConstraint, milp

        found = milp(
            np.zeros(free.sum()) if worth is None else -worth[free],
            integrality=np.ones(free.sum()),
            bounds=Bounds(0, more[free]),
            constraints=LinearConstraint(
                rows[:, free], lacking, [lacking[0], *np.full(len(lacking) - 1, np.inf)]
            ),
            options={"mip_rel_gap": 0.0, "time_limit": PATIENCE},
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise TimeoutError(found.message)
        many[free] += found.x.round()
        # As many of each cell, but its best ones: no worse, and no rule broken.
        return np.bincount(self.run_cell, many, minlength=len(self.high)).astype(int)

    def first_in_list(self, best: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """Of the best selections the first by the rule for ties, and others that are as good: for
        each cell that could have more one of them, none where there is no other."""
        floor = self.sum(best) - TOLERANCE
        cells, low, high = np.arange(len(self.high)), self.low.copy(), self.high.copy()
        tried = [
            self.solve(np.where(cells == cell, best[cell] + 1, low), high, floor=floor)
            for cell in cells
            if best[cell] < high[cell]
        ]
        others = [many for many in tried if many is not None]
        if not others:
            return best, others
        while low.sum() < self.filled:
            open_ = np.flatnonzero((self.depth >= low[self.cell]) & (self.depth < high[self.cell]))
            # The longest beginning of the list all of which can be in.
            known, unknown = 0, min(len(open_), self.filled - low.sum()) + 1
            while unknown - known > 1:
                middle = (known + unknown) // 2
                added = np.bincount(self.cell[open_[:middle]], minlength=len(cells))
                fits = self.solve(low + added, high, floor=floor) is not None
                known, unknown = (middle, unknown) if fits else (known, middle)
            low = low + np.bincount(self.cell[open_[:known]], minlength=len(cells))
            if known < len(open_):
                next_ = open_[known]
                high[self.cell[next_]] = self.depth[next_]
        return low, [best, *others]

    def _relaxed(self) -> tuple[np.ndarray, float] | None:
        """What each run would gain (below 0: cost) per application, at the prices of the linear
        relaxation, and the sum of totals no selection exceeds; None where a rule cannot be kept."""
        if self.broken or not len(self.ids):
            return None
        # Loaded only when a rule is tried, as above.
        from scipy.optimize import linprog

        least = np.where(self.run_taken, self.run_size, 0)
        found = linprog(
            -self.run_total,
            A_ub=-self.matrix[1:],
            b_ub=-self.asked[1:],
            A_eq=self.matrix[:1],
            b_eq=self.asked[:1],
            bounds=np.column_stack([least, self.run_size]),
            method="highs",
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise TimeoutError(found.message)
        # Any prices give a bound (weak duality), so that it does not rest on the solver's rounding.
        prices = np.array([*found.eqlin.marginals, *np.fmax(-found.ineqlin.marginals, 0)])
        prices[0] = -prices[0]
        sign = np.array([1, *-np.ones(len(prices) - 1)])
        gains = self.run_total - (sign * prices) @ self.matrix
        bound = (sign * prices) @ self.asked + np.fmax(gains * least, gains * self.run_size).sum()
        return gains, float(bound)

    def _within(self, gains: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
        """Bounds that leave open whoever gains or costs at most `width`."""
        inside = self.run_taken | (gains > width)
        outside = ~self.run_taken & (gains < -width)
        cells = len(self.high)
        low = np.bincount(self.run_cell[inside], self.run_size[inside], minlength=cells)
        left = np.bincount(self.run_cell[outside], self.run_size[outside], minlength=cells)
        return low.astype(int), np.bincount(self.cell, minlength=cells) - left.astype(int)

    def swaps(self, chosen: np.ndarray) -> tuple[set[str], set[str]]:
        """Who could change places one for one with nothing lost: of the chosen, of the others."""
        names = set(self.ids[chosen])
        fixed = {rule.of for rule in self.rules if rule.kind in ("in", "out")}
        listed = self.listed.assign(chosen=self.listed["application_id"].isin(names))
        counts = listed[listed["chosen"]].groupby("country").size()
        asked = [rule for rule in self.rules if rule.kind in ("least", *GROUPS)]
        slack = [int(_counts(listed[listed["chosen"]], rule).sum()) > rule.n for rule in asked]
        free = listed[~listed["application_id"].isin(fixed)]
        both = free.groupby("total")["chosen"].transform("nunique") == 2
        leaving, coming = set(), set()
        for _total, tied in free[both].groupby("total"):
            # What a rule asks of an application depends on its country alone.
            homes, guests = (
                tied[tied["chosen"] == side].drop_duplicates("country") for side in (True, False)
            )
            lost = np.zeros((len(homes), len(guests)), dtype=bool)
            for rule, spare in zip(asked, slack, strict=True):
                if not spare:
                    lost |= np.outer(_counts(homes, rule), ~_counts(guests, rule))
            if self.most is not None:
                full = guests["country"].map(counts).fillna(0).to_numpy() >= self.most
                same = np.equal.outer(homes["country"].to_numpy(), guests["country"].to_numpy())
                lost |= full & ~same
            go = set(homes.loc[(~lost).any(axis=1), "country"])
            come = set(guests.loc[(~lost).any(axis=0), "country"])
            leaving |= set(tied.loc[tied["chosen"] & tied["country"].isin(go), "application_id"])
            coming |= set(tied.loc[~tied["chosen"] & tied["country"].isin(come), "application_id"])
        return leaving, coming


def _counts(frame: pd.DataFrame, rule: Rule) -> np.ndarray:
    """Which rows a rule that asks for at least so many counts."""
    if rule.kind == "least":
        return (frame["region"] == rule.of).to_numpy()
    return frame[rule.kind].fillna(False).to_numpy(dtype=bool)

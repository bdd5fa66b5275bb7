"""The one door to data: a view knows who looks, at which snapshot, through which filters."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.store import Snapshot, StoreError, asking, current, stored, unknown
from queries.filters import Filters
from queries.rights import Forbidden, Rights
from queries.words import Words

# What pages may know of the store, too.
__all__ = ["VERSION", "Snapshot", "StoreError", "View", "history", "kept", "latest"]

QUESTIONS = Path(__file__).parent
VERSION = "0.1.0"


@dataclass(frozen=True)
class View:
    """What one reader sees in one run of one page. `clock` is the day on which it runs."""

    snapshot: Snapshot
    filters: Filters
    rights: Rights
    words: Words
    clock: date

    @property
    def today(self) -> date:
        """The day that is shown as today: the one the reader asked for, else the real one."""
        return self.filters.as_of or self.clock

    def ask(self, question: str, **extra: Any) -> pd.DataFrame:
        """The answer to `queries/<question>.sql` under this view's filters, as a frame of its own.

        `extra` fills parameters that are no filters. Raises Forbidden when the role may not ask,
        ValueError when a parameter is missing or unknown, duckdb.Error when the question fails.
        """
        return _answer(self.snapshot, *self._call(question, extra)).copy(deep=False)

    def take(self, question: str, **extra: Any) -> pd.DataFrame:
        """The same answer, not kept afterwards: for files, which may be large."""
        return _answer.__wrapped__(self.snapshot, *self._call(question, extra))

    def derive(self, function: Callable[..., Any], *questions: str, **options: Any) -> Any:
        """`function(*answers, **options)`: what is costly to compute, kept as answers are.

        `function` is one of a module, so that it is the same in every run, and leaves the frames it
        is given as they are. What it returns is shared: do not change it. `options` are values.
        """
        calls = tuple(self._call(question, {}) for question in questions)
        return _derived(self.snapshot, function, calls, tuple(sorted(options.items())))

    def through(self, filters: Filters) -> "View":
        """The same reader looking through other filters."""
        return replace(self, filters=filters)

    def at(self, snapshot: Snapshot) -> "View":
        """The same reader, with the same rights, on the day that snapshot came in, looking at it.

        So what was known then is seen as it was seen then. The filters name the snapshot, and so
        does whatever is stamped with them.
        """
        filters = replace(self.filters, snapshot=snapshot.number)
        day = snapshot.imported_at.date()
        return replace(self, snapshot=snapshot, filters=filters, clock=day)

    def _call(self, question: str, extra: dict[str, Any]) -> tuple[Rights, str, tuple]:
        if not self.rights.may_ask(question):
            raise Forbidden(f"{self.rights.role} may not ask {question}")
        wanted = _read(question)[1]
        offered = self.filters.parameters() | {"lang": self.words.lang, "today": self.today} | extra
        if lacking := wanted - set(offered):
            raise ValueError(f"{question} wants {', '.join(sorted(lacking))}")
        if unknown := set(extra) - wanted:
            raise ValueError(f"{question} knows no {', '.join(sorted(unknown))}")
        values = tuple((name, _hashable(offered[name])) for name in sorted(wanted))
        return self.rights, question, values


def latest() -> Snapshot:
    """The snapshot that is shown now; raises data.store.StoreError when there is none."""
    return current()


def history() -> list[Snapshot]:
    """Every snapshot that can be read, oldest first; the sample that stands in is none of them."""
    return stored()


def kept(number: int) -> Snapshot:
    """The stored snapshot of this number; raises data.store.StoreError when there is none."""
    for snapshot in stored():
        if snapshot.number == number:
            return snapshot
    raise unknown(number)


@lru_cache(maxsize=512)
def _answer(snapshot: Snapshot, rights: Rights, question: str, values: tuple) -> pd.DataFrame:
    # The snapshot never changes and the rights are part of the key, so nothing can grow stale and
    # nobody is served another role's rows.
    parameters = {k: list(v) if isinstance(v, tuple) else v for k, v in values}
    with asking(snapshot, parameters.get("as_of")) as database:
        result = database.execute(_read(question)[0], parameters)
        days = [name for name, kind, *_ in result.description if str(kind) == "DATE"]
        frame = result.df()
    for name in days:
        # pandas would make moments of them, and people would read a midnight nobody wrote.
        frame[name] = frame[name].dt.date.astype(object).where(frame[name].notna(), None)
    return frame.drop(columns=rights.hidden(list(frame.columns)))


@lru_cache(maxsize=64)
def _derived(snapshot: Snapshot, function: Callable[..., Any], calls: tuple, options: tuple) -> Any:
    return function(*(_answer(snapshot, *call) for call in calls), **dict(options))


@lru_cache
def _read(question: str) -> tuple[str, frozenset[str]]:
    """The SQL of a question and the names of its parameters."""
    if not re.fullmatch(r"(restricted/)?[a-z_]+", question):
        raise ValueError(f"{question!r} is no name of a question")
    sql = (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")
    return sql, frozenset(duckdb.extract_statements(sql)[0].named_parameters)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

"""The filters and their codes: address -> `Filters` -> the parameters of a question, and back.

A filter's name is spelled here and in the SQL and nowhere else. Addresses hold codes, whatever the
reader's language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

REGIONS = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")
GROUPS = ("LDC", "LLDC", "SIDS")
STAGES = (
    "submitted",
    "eligible",
    "evaluated",
    "selected",
    "reserve",
    "not selected",
    "withdrawn",
)
# What is looked at, and not what narrows it.
FRAME = ("cohort", "as_of", "snapshot")


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the data to. Empty means everything; the cohort is always one.

    `score` is a closed range of totals, on the cohort's own scale. `as_of` is the past day that is
    shown, None for today; `snapshot` is the number of the stored one that is looked at, None for
    the current one.
    """

    cohort: str | None = None
    region: str | None = None
    country: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    score: tuple[float, float] | None = None
    as_of: date | None = None
    snapshot: int | None = None

    @property
    def past(self) -> bool:
        """Whether something else than today is shown: a past day, or what was known then."""
        return self.as_of is not None or self.snapshot is not None

    def parameters(self) -> dict[str, Any]:
        """The filters as a question's named parameters; None lets everything through."""
        score_from, score_to = self.score or (None, None)
        return {
            "cohort": self.cohort,
            "region": self.region,
            "country": list(self.country) or None,
            "stage": list(self.stage) or None,
            "goal": list(self.goal) or None,
            "group": list(self.group) or None,
            "type": list(self.type) or None,
            "score_from": score_from,
            "score_to": score_to,
            "as_of": self.as_of,
        }

    def address(self) -> dict[str, str | list[str]]:
        """The filters as address parameters: only those that are set."""
        address: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "score" and value:
                address["score"] = f"{value[0]:.12g}-{value[1]:.12g}"
            elif isinstance(value, tuple) and value:
                address[field.name] = list(value)
            elif isinstance(value, (str, int)):
                address[field.name] = str(value)
            elif isinstance(value, date):
                address[field.name] = value.isoformat()
        return address

    def set(self) -> tuple[str, ...]:
        """The names of the filters that narrow something; those of the frame are not counted."""
        return tuple(f.name for f in fields(self) if f.name not in FRAME and getattr(self, f.name))

    def without(self, *names: str) -> "Filters":
        """The same filters with those of these names cleared."""
        empty = Filters()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def only(self, *names: str) -> "Filters":
        """The frame and the filters of these names; the others cleared."""
        return self.without(*(name for name in self.set() if name not in names))


NAMES = tuple(field.name for field in fields(Filters))


def read(
    address: Mapping[str, Iterable[str]],
    known: Mapping[str, Iterable[str]],
    cohort: str | None,
    today: date,
) -> tuple[Filters, list[tuple[str, str]]]:
    """The filters an address asks for, and the (name, value) pairs that mean nothing here.

    `known` holds the codes each filter may take (all but `score` and `as_of`); `cohort` is the
    default one. Unknown values are dropped and returned, so that the page can say so; a day after
    `today` is among them, as nothing is known of it. Where a snapshot is asked for, `today` is the
    day it came in.
    """
    values: dict[str, Any] = {"cohort": cohort}
    dropped: list[tuple[str, str]] = []
    for name in NAMES:
        asked = [value for value in dict.fromkeys(address.get(name, ())) if value]
        if name == "score":
            kept = [span for span in map(_range, asked) if span]
            dropped += [(name, value) for value in asked if not _range(value)]
        elif name == "as_of":
            days = {value: _day(value, today) for value in asked}
            kept = [day for day in days.values() if day]
            dropped += [(name, value) for value, day in days.items() if not day]
        else:
            allowed = set(known[name])
            kept = [value for value in asked if value in allowed]
            dropped += [(name, value) for value in asked if value not in allowed]
        if not kept:
            continue
        if name in ("cohort", "region", "score", "as_of", "snapshot"):
            values[name] = int(kept[0]) if name == "snapshot" else kept[0]
            dropped += [(name, str(value)) for value in kept[1:] if name != "score"]
        else:
            values[name] = tuple(kept)
    return Filters(**values), dropped


def _range(text: str) -> tuple[float, float] | None:
    """`60-80` as (60.0, 80.0); None for anything else."""
    low, dash, high = text.partition("-")
    try:
        span = float(low), float(high)
    except ValueError:
        return None
    # The comparison is false for NaN, too.
    return span if dash and 0 <= span[0] <= span[1] < float("inf") else None


def _day(text: str, today: date) -> date | None:
    """`2025-06-30` as a date, unless it is to come; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # The reading of Python is wider than what is written back: `20250630` is another address.
    return day if day.isoformat() == text and day <= today else None

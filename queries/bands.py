"""Where the lines between the statuses lie: `bands.toml` read into a value for each plan."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

LINES = ("on_course", "behind", "moved_away")
TABLE = Path(__file__).with_name("bands.toml")
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


class BandsError(ValueError):
    """The file cannot be used; the message says everything that is wrong with it."""


@dataclass(frozen=True)
class Bands:
    """The lines of one plan.

    Shares of the expected way, and all statuses in the order of precedence.
    """

    on_course: float
    behind: float
    moved_away: float
    precedence: tuple[str, ...]


@lru_cache(maxsize=1)
def bands() -> Mapping[str, Bands]:
    """The lines by plan; "default" for every plan without its own. Raises BandsError."""
    return read(TABLE.read_text(encoding="utf-8"))


def read(text: str) -> Mapping[str, Bands]:
    """The lines that a file's text sets. Raises BandsError, which names all that is wrong in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BandsError(f"{TABLE.name} cannot be read: {error}") from error
    if wrong := list(_wrong(table)):
        raise BandsError(f"{TABLE.name}: {'; '.join(wrong)}")
    default = table["default"]
    sections = {"default": {}} | table.get("plans", {})
    return {plan: _bands(default | section) for plan, section in sections.items()}


def _bands(section: dict[str, Any]) -> Bands:
    return Bands(*(float(section[line]) for line in LINES), precedence=tuple(section["precedence"]))


def _wrong(table: dict[str, Any]) -> Iterator[str]:
    default, plans = table.get("default"), table.get("plans", {})
    if surplus := sorted(set(table) - {"default", "plans"}):
        yield f"{', '.join(surplus)} is unknown (expected [default] and [plans.KEY])"
    if not isinstance(default, dict):
        yield "the section [default] is missing"
    elif not isinstance(plans, dict) or not all(isinstance(own, dict) for own in plans.values()):
        yield "plans is no section (expected [plans.KEY])"
    elif faults := list(_faults(default)):
        yield from (f"[default] {fault}" for fault in faults)
    else:
        if "default" in plans:
            yield "[plans.default] is no plan (expected [default])"
        for plan, own in plans.items():
            yield from (f"[plans.{plan}] {fault}" for fault in _faults(default | own))


def _faults(section: dict[str, Any]) -> Iterator[str]:
    known = {*LINES, "precedence"}
    if lacking := sorted(known - set(section)):
        yield f"lacks {', '.join(lacking)}"
        return
    if surplus := sorted(set(section) - known):
        yield f"knows no {', '.join(surplus)} (expected {', '.join(sorted(known))})"
    lines = [section[line] for line in LINES]
    if any(type(line) not in (int, float) or not math.isfinite(line) for line in lines):
        yield f"{', '.join(LINES)} are {', '.join(map(repr, lines))} (expected numbers)"
    elif not lines[0] > lines[1] > lines[2]:
        yield f"{', '.join(LINES)} are {', '.join(map(str, lines))} (expected to fall)"
    order = section["precedence"]
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(STATUSES):
        yield f"precedence is {order} (expected each once: {', '.join(STATUSES)})"

"""A status in words, with its shape and colour, and what is said beside it: why, how fast, when.

Nothing here makes a number of what is missing: no report, no target and no pace have words of their
own, or a dash.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from charts.statuses import LOOKS
from pages.parts.tables import NOTHING, Markup, linked, marked
from queries.view import View
from queries.words import N_, Words
from reports.statuses import notes

OUTLOOKS = {
    "likely": N_("likely to reach the target by its date"),
    "about as likely as not": N_("about as likely as not to reach the target by its date"),
    "unlikely": N_("unlikely to reach the target by its date"),
}


def status_cell(view: View, row: Any, address: str) -> Markup:
    """Shape, colour and word of one series' status, leading to its reports; its marks below."""
    look = LOOKS[row.status]
    word = linked(view.words.label(row.status), address)
    marks = (
        f"<br><small>{escape(' · '.join(said))}</small>" if (said := notes(view.words, row)) else ""
    )
    return Markup(f"{marked(look.tone, look.sign, word)}{marks}")


def status_mark(view: View, status: str) -> Markup:
    """Shape, colour and word of a status alone."""
    look = LOOKS[status]
    return marked(look.tone, look.sign, view.words.label(status))


def ahead(view: View, row: Any) -> str:
    """The outlook in words where there is one, else when the pace so far leads to the target."""
    _ = view.words
    if isinstance(row.outlook, str):
        return _(OUTLOOKS[row.outlook])
    if missing(row.at_this_pace_on):
        return NOTHING
    month = _.month(row.at_this_pace_on)
    if row.at_this_pace_on < view.today:
        return _("was on the pace to reach it in {month}; not yet reported", month=month)
    return _("at this pace: about {month}", month=month)


def tally(_: Words, total: Any) -> str:
    """How many are on course of those that report, and what the silent could change about it."""
    targets, reporting = int(total.targets), int(total.reporting)
    if not targets:
        return _("no target")
    if not reporting:
        return _.plural("{n} target, no report yet", "{n} targets, no report on any", targets)
    if targets == reporting:
        return _.plural(
            "{on} of {n} on course; it has a report",
            "{on} of {n} on course; all have a report",
            targets,
            on=int(total.on_course),
        )
    return _(
        "{on} of {reporting} reporting on course; of all {n}, between {least} and {most}",
        on=int(total.on_course),
        reporting=reporting,
        n=targets,
        least=int(total.least),
        most=int(total.most),
    )


def missing(value: Any) -> bool:
    """Whether there is nothing: None or NaN."""
    return value is None or value != value


def with_unit(name: str, unit: Any) -> str:
    """`People trained, people`."""
    return f"{name}, {unit}" if isinstance(unit, str) and unit else name


def amount(_: Words, value: Any, kind: str, unit: Any = None) -> str:
    """A value as people read it, with no more decimals than it has; a dash where there is none."""
    if missing(value):
        return NOTHING
    if kind == "yes/no":
        return _("yes") if value else _("no")
    digits = next(d for d in (0, 1, 2) if d == 2 or round(value, d) == value)
    told = _.number(value, digits)
    return f"{told} {unit}" if isinstance(unit, str) and unit else told


def rounded(_: Words, value: Any, kind: str) -> str:
    """A value that was computed: three digits that count, or all before the point."""
    if missing(value) or kind == "yes/no":
        return amount(_, value, kind)
    size = abs(value)
    return _.number(
        value, 0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2
    )


def short(_: Words, value: Any, kind: str) -> str:
    """A value that fits a cell."""
    fits = missing(value) or kind == "yes/no" or abs(value) < 10_000
    return amount(_, value, kind) if fits else _.compact(value)


def dated(_: Words, value: Any, kind: str, day: Any, nothing: str) -> str:
    """`1,240 (30 Sept 2026)`, or the words for nothing: a missing value is never 0."""
    if missing(value):
        return nothing
    told = amount(_, value, kind)
    return told if missing(day) else f"{told} ({_.date(day)})"


def dated_cell(_: Words, value: Any, kind: str, day: Any, nothing: str) -> str:
    """The same for a table, where the day stays on one line."""
    told = amount(_, value, kind)
    if missing(value) or missing(day):
        return nothing if missing(value) else told
    return Markup(f'{escape(told)} <span class="day">({escape(_.date(day))})</span>')


def aims(frame: pd.DataFrame) -> pd.DataFrame:
    """The series with the target each works towards now: the next one due, else the last one."""
    over = frame["next_target"].isna()
    return frame.assign(
        target=frame["next_target"].where(~over, frame["final_target"]),
        due_on=frame["next_due_on"].where(~over, frame["final_due_on"]),
    )


def legend(_: Words, states: Mapping[str, str]) -> dict[str, str]:
    """The words of these states in the reader's language."""
    return {state: _(words) for state, words in states.items()}

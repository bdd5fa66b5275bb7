"""What a cell's text becomes, in SQL, and why it does not when it does not.

Everything arrives as text and is typed here, so that a cell that does not fit becomes a finding
and never something else.
"""

import difflib
import math
import re
from dataclasses import replace

import duckdb

from data.findings import quoted
from data.tables import Column
from data.wording import Said, say

# Refused everywhere: control characters, those that turn the direction of writing, and the two that
# are none.
CONTROL = r"\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FFFE}\x{FFFF}"
# Refused in keys too: line ends, tabs and characters that take no place.
HIDDEN = CONTROL + r"\t\n\r\x{AD}\x{61C}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2060}\x{FEFF}"

MACROS = r"""
-- White space at either end falls off; nothing left is null. Most texts have none, which is seen
-- sooner than they are trimmed.
create temp macro tidy(t) as
    case
        when strlen(t) = length(t) and t >= '!' and t[-1] >= '!' then t
        else nullif(
            trim(trim(t, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ')), ''
        )
    end;
-- The same in a file whose cells hold no other white space than spaces; most have none at all.
create temp macro tidy_spaces(t) as
    case when strlen(t) = length(t) and not contains(t, ' ') and t <> '' then t else tidy(t) end;
-- An apostrophe before what a spreadsheet would take for a formula belongs to the file, not to
-- the text: the export writes it.
create temp macro unguarded(t) as
    case when starts_with(t, '''') and t[2] in ('=', '+', '-', '@', chr(9), chr(13), '''')
        then t[2:]
        else t
    end;
create temp macro as_keys(t) as
    list_filter(list_transform(string_split(t, ';'), lambda x: trim(x)), lambda x: x <> '');
-- How a country's name is compared: without case, accents, apostrophes, hyphens and spaces.
create temp macro folded(t) as
    regexp_replace(lower(strip_accents(t)), '[^\pL\pN]+', '', 'g');
"""

TYPES = {
    "key": "varchar",
    "keys": "varchar[]",
    "text": "varchar",
    "number": "double",
    "value": "double",
    "date": "date",
    "choice": "varchar",
    "country": "varchar",
    "yes/no": "boolean",
}

# What begins the text of a cell that has none one can trust, and what parts the reason, one of
# FAULTS, from its values. No cell may hold them; one that does can say nothing of its own.
FAULT, PART = "\x01\x02", "\x03"
SAVED = say("a value; open the workbook in a spreadsheet, save it and send that")
FAULTS = {
    "error": (say("the cell holds the error {error}"), say("a value")),
    "some error": (say("the cell holds the error of its formula"), say("a value")),
    "formula": (say("the formula {formula} has no computed value"), SAVED),
    "some formula": (say("the formula has no computed value"), SAVED),
    "program": (say("the formula was written by a program that did not compute it"), SAVED),
    "day": (
        say("the date is day {day} of 1900 or no day at all"),
        say("a date from 1 March 1900 on, or as text"),
    ),
    "figure": (say("the cell shows {shown} and holds {held}"), say("a plain number")),
}

# Kinds whose cells hold words: what an export must guard from becoming a formula.
WORDS = ("key", "keys", "text", "choice", "country")


def cast(column: Column, text: str, comma: bool = False) -> str:
    """SQL for what DuckDB makes of the text `text`, which may be too lenient: see `typed`.

    `comma`: the column's numbers are written with a decimal comma.
    """
    if column.kind in ("number", "value"):
        number = f"replace({text}, ',', '.')" if comma else text
        number = f"try_cast({number} as double)"
        if column.kind == "value":
            number = f"case lower({text}) when 'yes' then 1.0 when 'no' then 0.0 else {number} end"
        return number
    if column.kind == "date":
        return f"try_cast({text} as date)"
    if column.kind == "yes/no":
        return f"case lower({text}) when 'yes' then true when 'no' then false end"
    if column.kind == "choice":
        return f"lower({text})"
    if column.kind == "keys":
        return f"as_keys({text})"
    return text


def typed(column: Column, text: str, cast: str) -> str:
    """SQL for the value: `cast` where it says the same as `text`, else null."""
    if column.kind in ("number", "value"):
        # DuckDB reads 1_000 as a thousand. A zero has no sign: not every format can keep it.
        return f"case when isfinite({cast}) and not contains({text}, '_') then {cast} + 0.0 end"
    if column.kind == "date":
        # Only what is written the way dates are written back: no 2025-3-1, no 'today'.
        return f"case when length({text}) = 10 and {cast}::varchar = {text} then {cast} end"
    if column.kind == "yes/no":
        return cast
    if column.kind == "choice":
        return f"case when {cast} in {_listed(column)} then {cast} end"
    if column.kind == "keys":
        fits = f"len(list_distinct({cast})) = len({cast}) and not {_holds(text, HIDDEN)}"
        if column.choices:
            fits += f" and len(list_filter({cast}, lambda x: x not in {_listed(column)})) = 0"
        return f"case when {fits} then {cast} end"
    refused = HIDDEN if column.kind == "key" else CONTROL
    return f"case when not {_holds(text, refused)} then {text} end"


def _holds(text: str, characters: str) -> str:
    return f"regexp_matches({text}, '[{characters}]')"


def _listed(column: Column) -> str:
    return "(" + ", ".join(f"'{choice}'" for choice in column.choices) + ")"


def fault(reason: str, *values: str) -> str:
    """The text of a cell without one that can be trusted: it fits no column, and says why, by a
    reason of FAULTS and the values of its sentence."""
    return FAULT + PART.join((reason, *values))


def _told(text: str) -> tuple[Said, Said] | None:
    """What the text of a fault says; None where it is none of ours."""
    reason, *values = text.removeprefix(FAULT).split(PART)
    if text.startswith(FAULT) and reason in FAULTS:
        what, expected = FAULTS[reason]
        if len(values) == len(what.names):
            return replace(what, values=dict(zip(what.names, values, strict=True))), expected
    return None


def explain(column: Column, text: str) -> tuple[Said, Said]:
    """Why `text` is no value of the column: what is wrong, what was expected."""
    if told := _told(text):
        return told
    name = quoted(text)
    refused = HIDDEN if column.kind in ("key", "keys") else CONTROL
    if found := re.search(f"[{_python(refused)}]", text):
        character = f"U+{ord(found[0]):04X}"
        return (
            say(
                "{text} holds the character {character}, which one cannot see",
                text=name,
                character=character,
            ),
            say("plain text"),
        )
    if column.kind == "number":
        return _no_number(name, text), say("a number such as 7.5")
    if column.kind == "value":
        return _no_number(name, text), say("a number, or yes or no")
    if column.kind == "date":
        expected = say("a date as YYYY-MM-DD")
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return say("{text} is no day of the calendar", text=name), expected
        return say("{text} is not an ISO 8601 date", text=name), expected
    if column.kind == "yes/no":
        return say("{text} is neither yes nor no", text=name), say("yes or no")
    if column.kind == "choice":
        names = list(column.choices)
        expected = say("one of {names}", names=names)
        if near := difflib.get_close_matches(text.lower(), names, 1, 0.8):
            expected = say("one of {names}; did you mean {name}?", names=names, name=near[0])
        return say("{text} is not in the list", text=name), expected
    keys = [key.strip() for key in text.split(";") if key.strip()]
    for key in keys:
        if column.choices and key not in column.choices:
            expected = say("some of {names}", names="; ".join(column.choices))
            return say("{text} is not in the list", text=quoted(key)), expected
    twice = next((key for key in keys if keys.count(key) > 1), name)
    return (
        say("{text} is named twice", text=quoted(twice)),
        say("each once, with ; between them"),
    )


def _no_number(name: str, text: str) -> Said:
    try:
        if not math.isfinite(float(text)):
            return say("{text} is not a finite number", text=name)
    except ValueError:
        pass
    return say("{text} is not a number", text=name)


def _python(characters: str) -> str:
    """The character class as Python's `re` writes it."""
    return re.sub(r"\\x\{([0-9A-F]+)\}", lambda match: chr(int(match[1], 16)), characters)


def prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Defines the macros the expressions of this module use."""
    database.execute(MACROS)

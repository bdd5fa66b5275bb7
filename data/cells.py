"""What a cell's text becomes, in SQL, and why it does not when it does not.

Everything arrives as text and is typed here, so that a cell that does not fit becomes a finding
and never something else.
"""

import difflib
import math
import re

import duckdb

from data.findings import quoted
from data.tables import Column

# Refused everywhere: control characters, those that turn the direction of writing, and the two that
# are none.
CONTROL = r"\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FFFE}\x{FFFF}"
# Refused in keys too: line ends, tabs and characters that take no place.
HIDDEN = CONTROL + r"\t\n\r\x{AD}\x{61C}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2060}\x{FEFF}"

MACROS = r"""
-- White space at either end falls off; nothing left is null. Most texts have none: to see that by
-- comparing their ends takes a fraction of the time of trimming them, or of cutting off a letter.
create temp macro tidy(t) as
    case
        when strlen(t) = length(t) and t >= '!' and not (
            ends_with(t, ' ') or ends_with(t, chr(9)) or ends_with(t, chr(10))
            or ends_with(t, chr(11)) or ends_with(t, chr(12)) or ends_with(t, chr(13))
        ) then t
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

# What begins the text of a cell that has none one can trust, and what parts the reason from what
# was expected. No cell may hold them.
FAULT, EXPECTED = "\x01\x02", "\x03"

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
        # DuckDB reads 1_000 as a thousand.
        return f"case when isfinite({cast}) and not contains({text}, '_') then {cast} end"
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


def fault(what: str, expected: str) -> str:
    """The text of a cell without one that can be trusted: it fits no column, and says why."""
    return f"{FAULT}{what}{EXPECTED}{expected}"


def explain(column: Column, text: str) -> tuple[str, str]:
    """Why `text` is no value of the column: what is wrong, what was expected."""
    if text.startswith(FAULT):
        what, _, expected = text.removeprefix(FAULT).partition(EXPECTED)
        return what, expected
    name = quoted(text)
    refused = HIDDEN if column.kind in ("key", "keys") else CONTROL
    if found := re.search(f"[{_python(refused)}]", text):
        return (
            f"{name} holds the character U+{ord(found[0]):04X}, which one cannot see",
            "plain text",
        )
    if column.kind == "number":
        return _no_number(name, text), "a number such as 7.5"
    if column.kind == "value":
        return _no_number(name, text), "a number, or yes or no"
    if column.kind == "date":
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return f"{name} is no day of the calendar", "a date as YYYY-MM-DD"
        return f"{name} is not an ISO 8601 date", "a date as YYYY-MM-DD"
    if column.kind == "yes/no":
        return f"{name} is neither yes nor no", "yes or no"
    if column.kind == "choice":
        near = difflib.get_close_matches(text.lower(), column.choices, 1, 0.8)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{name} is not in the list", f"one of {', '.join(column.choices)}{hint}"
    keys = [key.strip() for key in text.split(";") if key.strip()]
    for key in keys:
        if column.choices and key not in column.choices:
            return f"{quoted(key)} is not in the list", f"some of {'; '.join(column.choices)}"
    twice = next((key for key in keys if keys.count(key) > 1), name)
    return f"{quoted(twice)} is named twice", "each once, with ; between them"


def _no_number(name: str, text: str) -> str:
    try:
        if not math.isfinite(float(text)):
            return f"{name} is not a finite number"
    except ValueError:
        pass
    return f"{name} is not a number"


def _python(characters: str) -> str:
    """The character class as Python's `re` writes it."""
    return re.sub(r"\\x\{([0-9A-F]+)\}", lambda match: chr(int(match[1], 16)), characters)


def prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Defines the macros the expressions of this module use."""
    database.execute(MACROS)

"""The template: an empty workbook of the import format, with notes, lists to choose from and one
example row a sheet, in the reader's language.

Names of sheets and columns, and the words a cell may hold, are those of the format in every
language. The example row is refused by the import (`data.checks`): it must never come in as if it
were real, and a sheet that was left as it came must not empty the table that is stored.
"""

import io
from datetime import date, datetime
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import reference
from data.exporting import height, write_text
from data.store import HERE
from data.tables import CHOICES_SHEET, EXAMPLE, GUIDE_SHEET, TABLES, Column, Table
from data.wording import Words

LAST_ROW = 5_000  # lists and formats reach so far
WIDEST = 34
# XlsxWriter's own: texts stay texts, and the clock does not make two equal templates two files.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def template(_: Words) -> bytes:
    """The template as an XLSX file."""
    file = io.BytesIO()
    with reference_data() as database, xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        looks = _looks(book)
        guide = book.add_worksheet(GUIDE_SHEET)
        sheets = {table.name: book.add_worksheet(table.name) for table in TABLES}
        lists = _write_choices(book.add_worksheet(CHOICES_SHEET), database, looks, _)
        meanings = comments(database)
        _write_guide(guide, meanings, looks, _)
        for table in TABLES:
            _write_table(sheets[table.name], table, meanings, lists, looks, _)
    return file.getvalue()


def reference_data() -> duckdb.DuckDBPyConnection:
    """A database in memory with the tables of a snapshot, their comments and the reference data."""
    database = duckdb.connect(config={"python_enable_replacements": False})
    for script in ("schema.sql", "derived.sql", "comments.sql"):
        database.execute((HERE / script).read_text(encoding="utf-8"))
    reference.fill(database)
    return database


def comments(database: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """(table, column) of the database -> what it holds; the column of a table's own is empty."""
    return {
        (table, column): comment
        for table, column, comment in database.execute(
            """
            select table_name, column_name, comment from duckdb_columns() where comment is not null
            union all
            select table_name, '', comment from duckdb_tables() where comment is not null
            """
        ).fetchall()
    }


def meaning(table: Table, column: Column, meanings: dict[tuple[str, str], str]) -> str:
    """What the database says of a column of a file; several keys have a table of their own."""
    for name, into, there in table.lists:
        if name == column.name:
            return meanings.get((into, there), "")
    return meanings.get((table.into, column.name), "")


def note(table: Table, column: Column, meanings: dict[tuple[str, str], str], _: Words) -> str:
    """The note on a column's heading: what it holds, whether it must be filled, how it is read."""
    said = [_(text) if (text := meaning(table, column, meanings)) else ""]
    if column.required:
        said.append(_("Every row needs it."))
    if column.kind == "date":
        said.append(_("A date as YYYY-MM-DD."))
    elif column.kind == "country":
        said.append(_("An ISO code, or the name in any of the six languages."))
    elif column.kind == "keys":
        said.append(_("Several are written with ; between them."))
    elif column.kind == "yes/no":
        said.append(_("yes or no."))
    elif column.kind == "value":
        said.append(_("A number, or yes or no."))
    if column.choices and column.kind == "choice":
        told = [
            choice if (label := _.label(choice)) == choice else f"{choice} ({label})"
            for choice in column.choices
        ]
        said.append(_("One of: {words}.", words=", ".join(told)))
    return "\n".join(filter(None, said))


def _looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    heading = {"bold": True, "bottom": 1, "valign": "top"}
    grey = {"italic": True, "font_color": "#6B7785"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "heading": book.add_format(heading | {"bg_color": "#EDF2F6"}),
        "required": book.add_format(heading | {"bg_color": "#BFD9EA"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        "top": book.add_format({"valign": "top"}),
        "link": book.add_format({"font_color": "#005B8F", "underline": 1, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "number": book.add_format(),
        "plain": book.add_format(),
        "example text": book.add_format(grey | {"num_format": "@"}),
        "example date": book.add_format(grey | {"num_format": "yyyy-mm-dd"}),
        "example number": book.add_format(grey),
    }


def _look(column: Column) -> str:
    """Text is kept as text, so that 007 stays 007; a `value` may be a number or a word."""
    if column.kind == "date":
        return "date"
    return "number" if column.kind in ("number", "value") else "text"


def _write_guide(
    sheet: Worksheet, meanings: dict[tuple[str, str], str], looks: dict[str, Format], _: Words
) -> None:
    write_text(sheet, 0, 0, _("How this workbook is filled in"), looks["title"])
    told = (
        _("Each sheet is one table. Its first row names the columns; point at a name to read on."),
        _("Columns with a darker heading must be filled in every row."),
        _(
            "Row 2 of each sheet is an example. Write over it or delete it: the import refuses "
            "every row that is still called {example}.",
            example=EXAMPLE,
        ),
        _(
            "Delete the sheets you have nothing for: what is stored of them then stays. A sheet "
            "that comes replaces its table whole, and one without rows empties it."
        ),
        _("Names of sheets and columns are the same in every language; leave them as they are."),
        _(
            "This sheet and {lists} are not read and may stay.",
            lists=CHOICES_SHEET,
        ),
    )
    for row, text in enumerate(told, start=1):
        write_text(sheet, row, 0, text, looks["plain"])
    start = len(told) + 2
    for place, text in enumerate((_("Sheet"), _("What it holds"), _("Columns that must be there"))):
        write_text(sheet, start, place, text, looks["heading"])
    for row, table in enumerate(TABLES, start=start + 1):
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", looks["link"], table.name)
        text = meanings.get((table.into, ""), "")
        write_text(sheet, row, 1, _(text) if text else "", looks["wrapped"])
        needed = ", ".join(column.name for column in table.columns if column.required)
        write_text(sheet, row, 2, needed, looks["wrapped"])
        sheet.set_row(row, height((_(text) if text else "", 70), (needed, 60)))
    for place, width in enumerate((22, 70, 60)):
        sheet.set_column(place, place, width)
    on_paper(sheet)


def _write_choices(
    sheet: Worksheet,
    database: duckdb.DuckDBPyConnection,
    looks: dict[str, Format],
    _: Words,
) -> dict[str, str]:
    """The lists that are too long for a cell's own; returns where each lies."""
    names = dict(database.execute(f"select name_{_.lang}, country from country").fetchall())
    goals = database.execute("select goal, name from reference_goal order by goal").fetchall()
    plans = database.execute("select plan, name from plan order by plan").fetchall()
    columns = {
        "country": (_("Country"), [(name, names[name]) for name in _.in_order(names, str)]),
        "plan": (_("Plan"), [(plan, _.label(plan)) for plan, _name in plans]),
        "goal": (_("Priority"), [(goal, _.label(goal)) for goal, _name in goals]),
    }
    places = {}
    for index, (name, (heading, rows)) in enumerate(columns.items()):
        place = 3 * index
        write_text(sheet, 0, place, heading, looks["heading"])
        told = _("Code") if name == "country" else _("Name")
        write_text(sheet, 0, place + 1, told, looks["heading"])
        for row, (text, told) in enumerate(rows, start=1):
            write_text(sheet, row, place, text, looks["text"])
            write_text(sheet, row, place + 1, told, looks["plain"])
        sheet.set_column(place, place, 30 if name == "country" else 12)
        sheet.set_column(place + 1, place + 1, 8 if name == "country" else 60)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        places[name] = f"='{CHOICES_SHEET}'!${letter}$2:${letter}${len(rows) + 1}"
    sheet.freeze_panes(1, 0)
    return places


def _write_table(
    sheet: Worksheet,
    table: Table,
    meanings: dict[tuple[str, str], str],
    lists: dict[str, str],
    looks: dict[str, Format],
    _: Words,
) -> None:
    example = _example(table, _)
    for place, column in enumerate(table.columns):
        look = _look(column)
        head = looks["required" if column.required else "heading"]
        write_text(sheet, 0, place, column.name, head)
        write_note(sheet, 0, place, note(table, column, meanings, _))
        value = example.get(column.name)
        _write_value(sheet, 1, place, value, looks[f"example {look}"])
        width = max(len(column.name), len(str(value or ""))) + 3
        sheet.set_column(place, place, min(width, WIDEST), looks[look])
        if rule := validation(table, column, lists, _):
            sheet.data_validation(1, place, LAST_ROW, place, rule)
    sheet.freeze_panes(1, 0)


def on_paper(sheet: Worksheet) -> None:
    """A sheet that is as wide as one page."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write_note(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A note as large as its text."""
    lines = sum(1 + len(line) // 40 for line in text.splitlines())
    sheet.write_comment(
        row, column, text, {"author": "", "width": 300, "height": 22 + 17 * lines, "font_size": 9}
    )


def _write_value(sheet: Worksheet, row: int, place: int, value: Any, look: Format) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, look)
    elif value:
        write_text(sheet, row, place, value, look)


def validation(
    table: Table, column: Column, lists: dict[str, str], _: Words
) -> dict[str, Any] | None:
    """The list a cell of the column is chosen from. What may be written in other ways, too, is
    only remarked upon."""
    source: Any = None
    hint = ""
    if column.kind == "country":
        source, hint = lists["country"], _("An ISO code is read, too.")
    elif column.name in ("plan", "goal") and table.name != "goals":
        source, hint = lists[column.name], _("Others are read when they stand on the sheet goals.")
    elif column.name == "plan":
        source = lists["plan"]
    elif column.kind == "keys":
        source = list(column.choices) or lists["goal"]
        hint = _("Several are written with ; between them.")
    elif column.kind == "choice":
        source = list(column.choices)
    elif column.kind == "yes/no":
        source = ["yes", "no"]
    if source is None:
        return None
    rule = {"validate": "list", "source": source}
    if hint:
        rule |= {"error_type": "information", "error_message": hint}
    return rule


def _example(table: Table, _: Words) -> dict[str, Any]:
    """The example row: made up, and called so in its key."""
    country = {"en": "Switzerland", "ru": "Швейцария"}.get(_.lang, "CHE")
    place = {"country": country, "city": "Bern", "latitude": 46.95, "longitude": 7.45}
    application = {"application_id": EXAMPLE}
    centre = {"centre_id": EXAMPLE}
    rows: dict[str, dict[str, Any]] = {
        "cohorts": {
            "cohort": EXAMPLE,
            "name": _("Name of the round"),
            "opened_on": date(2026, 1, 15),
            "closed_on": date(2026, 3, 31),
            "decided_on": date(2026, 6, 30),
            "places": 17,
            "plan": "KAP",
            "sample": "no",
        },
        "applications": application
        | place
        | {
            "cohort": EXAMPLE,
            "organization": _("Name of the organization"),
            "organization_type": _("university"),
            "title": _("Title of the proposal"),
            "submitted_on": date(2026, 3, 1),
            "stage": "selected",
            "goals": "KAP-1;KAP-2",
            "objectives": "1;4",
        },
        "application_stages": application | {"stage": "selected", "since": date(2026, 6, 30)},
        "criteria": {
            "cohort": EXAMPLE,
            "criterion": "C1",
            "name": _("Name of the criterion"),
            "weight": 2,
            "scale_min": 1,
            "scale_max": 10,
            "description": _("What is asked"),
        },
        "reviewers": {
            "reviewer": EXAMPLE,
            "name": _("Name of the reviewer"),
            "organization": _("Name of the organization"),
            "country": country,
        },
        "scores": application
        | {
            "reviewer": EXAMPLE,
            "criterion": "C1",
            "score": 7.5,
            "scored_on": date(2026, 5, 4),
            "comment": _("What the reviewer writes"),
        },
        "conflicts": application
        | {"person": "person@example.org", "reason": _("Works with the organization")},
        "centres": centre
        | application
        | place
        | {
            "name": _("Name of the centre, as it is called locally"),
            "host_type": _("university"),
            "objectives": "1;4",
            "itu_office": _("Office of the region"),
        },
        "agreements": centre
        | {
            "reference": "AG-1",
            "signed_on": date(2026, 8, 1),
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2028, 8, 31),
            "expected_outcomes": _("What is expected"),
        },
        "centre_statuses": centre | {"status": "selected", "since": date(2026, 6, 30)},
        "goals": {
            "goal": EXAMPLE,
            "plan": "KAP",
            "parent": "KAP-1",
            "name": _("Name of an outcome"),
        },
        "indicators": {
            "indicator": EXAMPLE,
            "goal": "KAP-1",
            "name": _("People trained"),
            "unit": _("people"),
            "level": "output",
            "direction": "up",
            "kind": "cumulative",
            "additive": "yes",
        },
        "targets": centre
        | {
            "indicator": EXAMPLE,
            "baseline": 0,
            "baseline_on": date(2026, 9, 1),
            "target": 100,
            "due_on": date(2028, 6, 30),
            "set_on": date(2026, 9, 1),
        },
        "measurements": centre
        | {
            "indicator": EXAMPLE,
            "measured_on": date(2026, 12, 31),
            "value": 40,
            "source": _("Report of the year"),
            "reported_by": _("Who reports"),
            "verified_on": date(2027, 1, 15),
            "note": _("What should be known"),
        },
        "milestones": centre
        | {
            "milestone": _("Opening"),
            "due_on": date(2026, 12, 1),
            "done_on": date(2026, 11, 20),
        },
    }
    return rows[table.name]

"""The workbook with which one centre reports: its indicators, targets and last values, and blank
cells for the new ones.

Its sheet is called `add to measurements`: what comes back is added to what is stored (see
`data.adding`). Headings in brackets are there to be read; blank rows are no reports.
"""

import io
import re
import zipfile
from datetime import date
from typing import Any

import duckdb
import xlsxwriter

from data import store
from data.exporting import height, write_text
from data.tables import ADDS, BY_NAME, GUIDE_SHEET
from data.templates import OPTIONS, comments, note, on_paper, reference_data, write_note
from data.wording import Words, say

[SHEET] = ADDS
TABLE = BY_NAME[ADDS[SHEET]]
# What the centre fills in; who verified it and when is the secretariat's.
BLANK = ("measured_on", "value", "breakdown", "source", "reported_by", "note")
MORE_ROWS = 200  # below the last indicator, for further dates and breakdowns
EARLIEST = date(2000, 1, 1)
MOST = 1_000  # forms at once
Meanings = dict[tuple[str, str], str]

EXPECTED = """
select
    indicator.indicator,
    indicator.name,
    case when indicator.kind = 'yes/no' then 'yes/no' else coalesce(indicator.unit, '') end as unit,
    indicator.kind = 'yes/no' as yes_no,
    found.target,
    found.due_on,
    found.value,
    found.measured_on,
from contribution_on($today) as found
inner join indicator using (indicator)
where found.centre_id = $centre
order by indicator.indicator
"""


REPORTING = """
select centre.centre_id, centre.name
from centre
left join centre_status_on($today) as statuses using (centre_id)
where statuses.status is distinct from 'ended'
order by centre.centre_id
"""


def form(snapshot: store.Snapshot, centre: str, today: date, _: Words) -> bytes:
    """The reporting workbook of a centre, as an XLSX file.

    It shows the targets and last values on record on `today`. Raises StoreError when the snapshot
    has no such centre.
    """
    database = store.cursor(snapshot)
    found = database.execute("select name from centre where centre_id = ?", [centre]).fetchone()
    if found is None:
        raise store.StoreError(
            say(
                "There is no centre {centre} in snapshot {number}.",
                centre=centre,
                number=str(snapshot.number),
            )
        )
    return _form(snapshot, centre, found[0], today, _meanings(), database, _)


def forms(snapshot: store.Snapshot, today: date, _: Words) -> bytes:
    """The reporting workbooks of all centres that have not ended on `today`, as a ZIP archive.

    Raises StoreError where there are more than MOST.
    """
    database = store.cursor(snapshot)
    centres = database.execute(REPORTING, {"today": today}).fetchall()
    if len(centres) > MOST:
        raise store.StoreError(
            say("There are more than {n} centres: take their workbooks singly.", n=MOST)
        )
    meanings = _meanings()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for centre, name in centres:
            made = _form(snapshot, centre, name, today, meanings, database, _)
            title = unused = f"report-{safe(centre)}"
            number = 1
            while f"{unused}.xlsx" in archive.namelist():
                number += 1
                unused = f"{title}-{number}"
            # A day of its own would make equal archives two.
            archive.writestr(zipfile.ZipInfo(f"{unused}.xlsx"), made)
    return file.getvalue()


def safe(centre: str) -> str:
    """The key of a centre as a part of a file's name."""
    return re.sub(r"[^\w-]+", "_", centre)


def _meanings() -> Meanings:
    with reference_data() as reference:
        return comments(reference)


def _form(
    snapshot: store.Snapshot,
    centre: str,
    name: str,
    today: date,
    meanings: Meanings,
    database: duckdb.DuckDBPyConnection,
    _: Words,
) -> bytes:
    answer = database.execute(EXPECTED, {"centre": centre, "today": today})
    names = [column[0] for column in answer.description]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": snapshot.imported_at})
        _write_guide(book, name, snapshot, _)
        _write_sheet(book, centre, rows, meanings, _)
    return file.getvalue()


def _write_guide(book: xlsxwriter.Workbook, name: str, snapshot: store.Snapshot, _: Words) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    title = book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    told = [
        _("Report of {name}", name=name),
        _(
            "On the next sheet, fill in the day and the value of what there is to report. What "
            "stays blank is taken as no report, never as zero."
        ),
        _("Columns in brackets tell the target and the last value on record; they are not read."),
        _(
            "For a further day, or for a part such as women (breakdown), add a row below with the "
            "same centre and indicator."
        ),
        _(
            "What comes back is added to what is on record. A value on record is not overwritten: "
            "tell the secretariat what has to be corrected."
        ),
        _("The values on record are those of {moment}.", moment=snapshot.imported_at),
    ]
    for row, text in enumerate(told):
        write_text(sheet, row, 0, text, title if row == 0 else wrapped)
        sheet.set_row(row, None if row == 0 else height((text, 110)))
    sheet.set_column(0, 0, 110)
    on_paper(sheet)


def _write_sheet(
    book: xlsxwriter.Workbook,
    centre: str,
    rows: list[dict[str, Any]],
    meanings: Meanings,
    _: Words,
) -> None:
    sheet = book.add_worksheet(SHEET)
    heading = {"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}
    read_only = {"font_color": "#52606D", "bg_color": "#F3F6F8"}
    head = book.add_format(heading | {"bg_color": "#BFD9EA"})
    told_head = book.add_format(heading | read_only | {"bold": False})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    told = book.add_format(read_only | {"text_wrap": True})
    told_day = book.add_format(read_only | {"num_format": "yyyy-mm-dd"})
    number = book.add_format()
    remarks = {
        "name": (_("indicator, in words"), 44),
        "unit": (_("unit"), 18),
        "target": (_("target"), 12),
        "due_on": (_("due on"), 12),
        "value": (_("last value"), 12),
        "measured_on": (_("measured on"), 12),
    }
    columns = ["centre_id", "indicator", *(f"({words})" for words, _width in remarks.values())]
    widths = [11, 11, *(width for _words, width in remarks.values())]
    widths += [14, 12, 14, 24, 18, 30]
    looks = [text, text, *(told_day if name.endswith("_on") else told for name in remarks)]
    looks += [day, number, text, text, text, text]
    for place, name in enumerate([*columns, *BLANK]):
        write_text(sheet, 0, place, name, told_head if name.startswith("(") else head)
        sheet.set_column(place, place, widths[place], looks[place])
        if not name.startswith("("):
            write_note(sheet, 0, place, note(TABLE, TABLE.column(name), meanings, _))
    first = len(columns)
    for row, found in enumerate(rows, start=1):
        write_text(sheet, row, 0, centre, text)
        write_text(sheet, row, 1, found["indicator"], text)
        for place, name in enumerate(remarks, start=2):
            value = found[name]
            if isinstance(value, date):
                sheet.write_datetime(row, place, value, told_day)
            elif isinstance(value, float):
                if found["yes_no"]:
                    write_text(sheet, row, place, "yes" if value else "no", told)
                else:
                    sheet.write_number(row, place, value, told)
            elif value:
                write_text(sheet, row, place, value, told)
            else:
                sheet.write_blank(row, place, None, told)
        sheet.set_row(row, height((found["name"], 44), (found["unit"], 18)))
        if found["yes_no"]:
            rule = {"validate": "list", "source": ["yes", "no"]}
            sheet.data_validation(row, first + 1, row, first + 1, rule)
    sheet.data_validation(
        1,
        first,
        len(rows) + MORE_ROWS,
        first,
        {
            "validate": "date",
            "criteria": ">=",
            "value": EARLIEST,
            "error_message": _("A date as YYYY-MM-DD."),
        },
    )
    sheet.freeze_panes(1, 3)
    on_paper(sheet)

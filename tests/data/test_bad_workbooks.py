"""What a spreadsheet hides in its cells: found and named, sheet by sheet and cell by cell."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook

SHEETS = {
    "cohorts": [["cohort", "name", "plan", "places"], ["1", "First", "KAP", 2]],
    "applications": [
        ["application_id", "cohort", "country", "organization", "submitted_on", "stage", "city"],
        ["A1", "1", "KEN", "Hub", dt.date(2023, 2, 1), "evaluated", "Nairobi"],
        ["A2", "1", "FJI", "Fale", dt.date(2023, 2, 2), "evaluated", "Suva"],
    ],
    "criteria": [
        ["cohort", "criterion", "name", "weight", "scale_min", "scale_max"],
        ["1", "C1", "Idea", 1, 1, 10],
    ],
    "reviewers": [["reviewer", "name"], ["R1", "Ann"], ["R2", "Ben"], ["R3", "Cem"]],
    "scores": [
        ["application_id", "reviewer", "criterion", "score"],
        *([a, r, "C1", 7.5] for a in ("A1", "A2") for r in ("R1", "R2", "R3")),
    ],
}
SAVED = "a value; open the workbook in a spreadsheet, save it and send that"


def write(
    path: Path,
    change: Callable[[Workbook], None] = lambda book: None,
    sheets: dict[str, list[list[object]]] = SHEETS,
    **parts: tuple[bytes, bytes],
) -> Path:
    """The right workbook with a change, and with text of its parts replaced."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    change(book)
    book.close()
    if parts:
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        for part, (old, new) in parts.items():
            name = next((each for each in content if part in each), part)
            assert old in content.get(name, b"")
            content[name] = content.get(name, b"").replace(old, new)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in content.items():
                archive.writestr(name, data)
    return path


def formatted(sheet: str, row: int, column: int, value: object, code: str) -> Callable:
    """Writes one cell in a number format."""

    def change(book: Workbook) -> None:
        cell = book.add_format({"num_format": code})
        book.get_worksheet_by_name(sheet).write(row, column, value, cell)

    return change


def on(sheet: str, method: str, *arguments: object, **options: object) -> Callable:
    """Calls a method of one sheet."""

    def change(book: Workbook) -> None:
        getattr(book.get_worksheet_by_name(sheet), method)(*arguments, **options)

    return change


def both(*changes: Callable) -> Callable:
    def change(book: Workbook) -> None:
        for each in changes:
            each(book)

    return change


# A finding besides which a case has warnings only: so nothing is stored.
STOP = on("criteria", "write", 1, 3, -1)
STOPPED = "cohort.xlsx[criteria]:2:weight: -1 is negative (a weight of 0 or more)"

CASES: dict[str, tuple[Callable, list[str]]] = {
    "an error in a column of numbers": (
        on("scores", "write_formula", 1, 3, "=NA()", None, "#N/A"),
        ["cohort.xlsx[scores]:2:score: the cell holds the error #N/A (a value)"],
    ),
    "an error in a column of text": (
        on("applications", "write_formula", 2, 6, "=1/0", None, "#DIV/0!"),
        ["cohort.xlsx[applications]:3:city: the cell holds the error #DIV/0! (a value)"],
    ),
    "an error in a key": (
        on("scores", "write_formula", 6, 1, "=VLOOKUP(1,A1:B2,2)", None, "#REF!"),
        ["cohort.xlsx[scores]:7:reviewer: the cell holds the error #REF! (a value)"],
    ),
    "a formula without a value": (
        on("scores", "write_formula", 1, 3, "=A9+1", None, ""),
        [f"cohort.xlsx[scores]:2:score: the formula =A9+1 has no computed value ({SAVED})"],
    ),
    "a percentage": (
        formatted("scores", 2, 3, 0.75, "0%"),
        ["cohort.xlsx[scores]:3:score: the cell shows 75% and holds 0.75 (a plain number)"],
    ),
    "thousands": (
        formatted("scores", 2, 3, 7500, "0,"),
        ["cohort.xlsx[scores]:3:score: the cell shows 8 and holds 7500 (a plain number)"],
    ),
    "a day that no spreadsheet knows for sure": (
        formatted("applications", 1, 4, 60, "yyyy-mm-dd"),
        [
            "cohort.xlsx[applications]:2:submitted_on: the date is day 60 of 1900 or no day at "
            "all (a date from 1 March 1900 on, or as text)"
        ],
    ),
    "a time of the day": (
        formatted("applications", 1, 4, 44958.5, "yyyy-mm-dd hh:mm"),
        [
            "cohort.xlsx[applications]:2:submitted_on: 2023-02-01T12:00:00 is not an ISO 8601 "
            "date (a date as YYYY-MM-DD)"
        ],
    ),
    "a score that a spreadsheet made a date": (
        formatted("scores", 1, 3, 45053, "dd mmm"),
        ["cohort.xlsx[scores]:2:score: 2023-05-07 is not a number (a number such as 7.5)"],
    ),
    "a date that is a number alone": (
        on("applications", "write", 1, 4, 44958),
        [
            "cohort.xlsx[applications]:2:submitted_on: 44958 is not an ISO 8601 date "
            "(a date as YYYY-MM-DD)"
        ],
    ),
    "true where a number is wanted": (
        on("scores", "write_boolean", 1, 3, True),
        ["cohort.xlsx[scores]:2:score: TRUE is not a number (a number such as 7.5)"],
    ),
    "merged cells below the header": (
        lambda book: on("scores", "merge_range", 1, 1, 2, 1, "R1", book.add_format())(book),
        [
            "cohort.xlsx[scores]:2:reviewer: the cells B2:B3 are merged, so that one sees only the "
            "first (one value in each cell)",
            "cohort.xlsx[scores]:3:reviewer: the cell is empty (reviewer is required)",
        ],
    ),
    "a merged heading": (
        lambda book: on("reviewers", "merge_range", 0, 1, 0, 2, "name", book.add_format())(book),
        [
            "cohort.xlsx[reviewers]:1:name: the cells B1:C1 are merged, so that one sees only the "
            "first (one value in each cell)",
        ],
    ),
    "hidden rows": (
        both(
            STOP,
            on("scores", "set_row", 2, None, None, {"hidden": True}),
            on("scores", "set_row", 3, None, None, {"hidden": True}),
            on("scores", "set_row", 90, None, None, {"hidden": True}),
        ),
        [
            STOPPED,
            "warning: cohort.xlsx[scores]:3:: rows 3 to 4 are hidden, and read like the others "
            "(no row that one does not see)",
        ],
    ),
    "a hidden column": (
        both(STOP, on("scores", "set_column", 3, 3, None, None, {"hidden": True})),
        [
            STOPPED,
            "warning: cohort.xlsx[scores]::score: the column is hidden, and read like the others "
            "(no column that one does not see)",
        ],
    ),
    "a hidden sheet": (
        both(STOP, on("reviewers", "hide")),
        [
            STOPPED,
            "warning: cohort.xlsx[reviewers]::: the sheet is hidden, and read like the others "
            "(no table that one does not see)",
        ],
    ),
    "digits that are not shown": (
        both(
            STOP,
            formatted("scores", 2, 3, 7.46, "0.0"),
            formatted("scores", 3, 3, 7.06, "0"),
            formatted("scores", 4, 3, 7, "0.00"),
        ),
        [
            STOPPED,
            "warning: cohort.xlsx[scores]:3:score: the cell shows 7.5 and holds 7.46, which is "
            "read, as do 1 more of the column (all digits shown)",
        ],
    ),
    "a title above the header": (
        lambda book: (
            book.get_worksheet_by_name("reviewers").merge_range(0, 0, 0, 1, "Reviewers"),
            book.get_worksheet_by_name("reviewers").write_row(2, 0, ["reviewer", "name"]),
        ),
        [
            "cohort.xlsx[reviewers]:1:: the header stands in row 3, below 2 rows of something "
            "else (the header in row 1; delete what is above it)"
        ],
    ),
    "a sheet that nobody expects": (
        lambda book: book.add_worksheet("Lists").write(0, 0, "x"),
        [
            "cohort.xlsx[Lists]::: Lists is not a sheet of the import format (one of cohorts, "
            "applications, application_stages, criteria, reviewers, scores, conflicts, centres, "
            "agreements, centre_statuses, goals, indicators, targets, measurements, milestones, "
            "as the sheet's name)"
        ],
    ),
}


@pytest.mark.parametrize("change, expected", CASES.values(), ids=CASES)
def test_names_what_a_workbook_hides(
    change: Callable, expected: list[str], refused_at: Callable, tmp_path: Path
) -> None:
    assert refused_at(write(tmp_path / "cohort.xlsx", change)) == expected


def test_wants_formulas_computed_by_a_spreadsheet(refused_at: Callable, tmp_path: Path) -> None:
    # Programs that write formulas without computing them say so: the workbook asks to be computed.
    book = write(tmp_path / "cohort.xlsx", on("scores", "write_formula", 1, 3, "=3+4.5", None, 7.5))
    assert refused_at(book) == [
        "cohort.xlsx[scores]:2:score: the formula was written by a program that did not compute "
        f"it ({SAVED})"
    ]


def test_names_the_file_that_formulas_refer_to(refused_at: Callable, tmp_path: Path) -> None:
    part = "xl/externalLinks/_rels/externalLink1.xml.rels"
    book = write(tmp_path / "cohort.xlsx", STOP)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(
            part, '<Relationships><Relationship Target="file:///C:/a%20b/b.xlsx"/></Relationships>'
        )
    assert refused_at(book) == [
        STOPPED,
        "warning: cohort.xlsx::: formulas refer to another file, b.xlsx; what they last gave is "
        "read (values of its own)",
    ]


WHOLE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "macros": (
        "cohort.xlsx",
        lambda path: _added(write(path), "xl/vbaProject.bin"),
        "the workbook holds macros (one without; save it as XLSX)",
    ),
    "macros, and named so": (
        "cohort.xlsm",
        write,
        "this is a workbook with macros (a folder of CSV or Parquet files, or one XLSX workbook)",
    ),
    "a password": (
        "cohort.xlsx",
        lambda path: path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le")
        ),
        "the workbook is protected by a password (one without)",
    ),
    "a binary workbook": (
        "cohort.xlsx",
        lambda path: _added(write(path), "xl/workbook.bin"),
        "this is a binary Excel workbook (an XLSX workbook, as its name says)",
    ),
    "an OpenDocument workbook": (
        "cohort.ods",
        lambda path: path.write_bytes(b"PK"),
        "this is an OpenDocument workbook (a folder of CSV or Parquet files, or one XLSX workbook)",
    ),
    "half a workbook": (
        "cohort.xlsx",
        lambda path: path.write_bytes(write(path).read_bytes()[:3000]),
        "the file is no workbook (an XLSX workbook, as its name says)",
    ),
    "XML that ends too soon": (
        "cohort.xlsx",
        lambda path: write(path, sheet1=(b"</sheetData>", b"")),
        "the workbook is damaged: a part of it breaks the rules of XML (an XLSX workbook, as its "
        "name says)",
    ),
    "100 MB": (
        "cohort.xlsx",
        lambda path: path.write_bytes(bytes(100_000_000)),
        "the workbook has 100 MB (at most 50 MB; larger tables come as CSV or Parquet)",
    ),
    "nothing but empty sheets": (
        "cohort.xlsx",
        lambda path: write(path, sheets={"cohorts": []}),
        "there is no table in this workbook (one of cohorts, applications, application_stages, "
        "criteria, reviewers, scores, conflicts, centres, agreements, centre_statuses, goals, "
        "indicators, targets, measurements, milestones, as the sheet's name)",
    ),
}


def _added(path: Path, part: str) -> Path:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, b"x")
    return path


@pytest.mark.parametrize("name, make, expected", WHOLE.values(), ids=WHOLE)
def test_names_why_a_workbook_is_not_read(
    name: str, make: Callable, expected: str, refused_at: Callable, tmp_path: Path
) -> None:
    make(tmp_path / name)
    assert refused_at(tmp_path / name) == [f"{name}::: {expected}"]


def test_where_its_xml_is_broken_stands_in_the_log(
    refused_at: Callable, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refused_at(write(tmp_path / "cohort.xlsx", sheet1=(b"</sheetData>", b"")))
    assert "the workbook 'cohort.xlsx' is damaged: " in caplog.text
    assert "mismatched tag: line 2, column 666" in caplog.text


def test_a_workbook_that_lies_about_its_size_takes_no_more_memory_than_it_may(
    refused_at: Callable, tmp_path: Path
) -> None:
    # One cell in the last corner: the sheet is 17 billion cells wide and high.
    book = write(tmp_path / "cohort.xlsx", on("scores", "write", 1048575, 16383, "x"))
    assert refused_at(book) == [
        "cohort.xlsx::: the workbook takes more memory than it may (a smaller one)"
    ]

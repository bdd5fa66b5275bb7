"""The files that were checked, back as one workbook: wrong cells coloured, with a note in each, and
a first sheet that lists every finding.

A workbook comes back as openpyxl keeps it. What that is not able to keep (shapes, slicers, macros
and the like) is counted in the file that came and named on the first sheet; the file itself is
never touched. Formulas stay what they were, and nothing else becomes one. Loaded only in processes
that import: openpyxl takes far more memory than the file has.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data import delimited, exporting, parquet, workbook
from data.findings import Finding, Findings, quoted, visible
from data.tables import ADDS, LISTED_SHEET
from data.wording import Words

# The sheets by the names findings give them, each with the places of its headings.
Sheets = dict[str, tuple[Worksheet, dict[str, tuple[int, int]]]]

# More than this is listed and not marked: a million cells take openpyxl 0.6 GB and 40 s.
MOST_CELLS = 1_000_000
MOST_UNFOLDED = 60_000_000
LONGEST = 32_000  # characters; a cell holds 32,767
WRONG, ODD = (PatternFill("solid", fgColor=colour) for colour in ("FFFFB3AC", "FFFFE699"))
BEFORE_OURS = "—— import ——"
HEADER_ROWS = 20
WIDTHS = (10, 28, 8, 20, 60, 50, 18)  # of the list's columns, in letters
SHAPES = re.compile(rb"<xdr:(?:sp|grpSp|cxnSp)[ >]")


class _Unmarkable(Exception):
    """Why the files themselves are not in the workbook: a sentence for people."""


def write(
    source: Path, findings: Findings, out: Path, _: Words, encoding: str | None = None
) -> None:
    """Writes the marked workbook of the files at `source` (a folder, a table, a workbook) to `out`.

    `encoding` is that of CSV files that are neither UTF-8 nor UTF-16. `_` speaks the reader's
    language. Files that cannot be opened or are
    too large give the list alone, which says so. Raises OSError when `out` cannot be written.
    """
    remarks: list[str] = []
    try:
        book, sheets = _opened(source, encoding, _)
    except _Unmarkable as reason:
        book, sheets = Workbook(), {}
        book.remove(book.active)
        remarks.append(str(reason))
    told = [*findings.listed(warning=False)[0], *findings.listed(warning=True)[0]]
    headed = {name: (sheet, _headings(sheet)) for name, sheet in sheets.items()}
    places = [(each, _mark(each, headed, _)) for each in told]
    if source.suffix.lower() == ".xlsx" and sheets:
        remarks += _lost(source, book, _)
    _list(book, findings, places, remarks, _)
    book.save(out)


def _opened(source: Path, encoding: str | None, _: Words) -> tuple[Workbook, dict[str, Worksheet]]:
    """The files as a workbook, and its sheets by the name findings give them."""
    too_large = _Unmarkable(
        _("The files are too large to be marked cell by cell; every finding is listed here.")
    )
    if source.suffix.lower() != ".xlsx" or source.is_dir():
        return _of_tables(source, encoding, too_large)
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNFOLDED:
                raise too_large
        book = load_workbook(source, rich_text=True)
    except _Unmarkable:
        raise
    except Exception as error:  # whatever a strange file makes openpyxl raise
        raise _Unmarkable(
            _("The workbook cannot be opened for marking; every finding is listed here.")
        ) from error
    if LISTED_SHEET in book.sheetnames:
        del book[LISTED_SHEET]
        _clear(book)
    return book, {f"{source.name}[{sheet.title}]": sheet for sheet in book.worksheets}


def _clear(book: Workbook) -> None:
    """Takes off the marks of an earlier check, so that what was put right looks right."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and BEFORE_OURS in cell.comment.text:
                    own = cell.comment.text.partition(BEFORE_OURS)[0].strip()
                    cell.comment = Comment(own, cell.comment.author) if own else None
                    cell.fill = PatternFill()


def _of_tables(
    source: Path, encoding: str | None, too_large: _Unmarkable
) -> tuple[Workbook, dict[str, Worksheet]]:
    """One sheet for each table of the files, every cell as the text it is."""
    book, sheets, cells = Workbook(), {}, 0
    book.remove(book.active)
    for path in sorted(source.iterdir()) if source.is_dir() else [source]:
        if path.suffix.lower() not in (".csv", ".parquet", ".xlsx") or path.name.startswith("."):
            continue
        try:
            for name, rows in _tables(path, encoding):
                sheets[name] = sheet = book.create_sheet(_title(path.stem))
                for number, row in enumerate(rows, start=1):
                    cells += len(row)
                    if cells > MOST_CELLS:
                        raise too_large
                    for place, text in enumerate(row, start=1):
                        if text:
                            _write(sheet.cell(number, place), _unguarded(text)).number_format = "@"
                sheet.freeze_panes = "A2"
        except (delimited.Unreadable, duckdb.Error, OSError):
            continue  # the finding says why it cannot be read
    return book, sheets


def _tables(path: Path, encoding: str | None) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """The tables of a file, by the names findings give them: of a workbook among others, those of
    its sheets that add."""
    if path.suffix.lower() != ".xlsx":
        yield path.name, _rows(path, encoding)
        return
    with tempfile.TemporaryDirectory(prefix="marked-") as scratch:
        for sheet in workbook.sheets(path, Path(scratch)):
            if sheet.title.strip().lower() in ADDS:
                yield f"{path.name}[{sheet.title}]", sheet.rows()


def _rows(path: Path, encoding: str | None) -> Iterator[list[str]]:
    if path.suffix.lower() == ".csv":
        yield from delimited.rows(path, delimited.look(path, encoding))
    else:
        yield from parquet.rows(path)


def _unguarded(text: str) -> str:
    """Without the apostrophe that guards a text in CSV: a cell of a workbook needs none."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@\t\r'") else text


def _title(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", visible(name))[:31] or "_"


def _write(cell: Cell, text: str) -> Cell:
    """Sets a text that stays one, whatever it begins with."""
    cell.value = visible(text)[:LONGEST]
    cell.data_type = "s"
    return cell


def _mark(finding: Finding, sheets: Sheets, _: Words) -> str | None:
    """Colours what the finding is about, adds its note, and returns where to go to see it."""
    if finding.file not in sheets:
        return None
    sheet, headings = sheets[finding.file]
    heading, place = headings.get(finding.column, (1, 1))
    row = finding.row or heading
    cell = _cell(sheet, row, place)
    if finding.row is not None or finding.column:
        fill = ODD if finding.warning else WRONG
        whole_row = finding.row is not None and not finding.column
        for each in range(1, sheet.max_column + 1) if whole_row else (place,):
            _cell(sheet, row, each).fill = fill
        what, expected = finding.what.told(_), finding.expected.told(_)
        _note(cell, f"{visible(what)}\n→ {visible(expected)}")
    return f"{_quoted(sheet.title)}!{cell.coordinate}"


def _headings(sheet: Worksheet) -> dict[str, tuple[int, int]]:
    """Row and column of each heading, by the names findings give it; the topmost counts."""
    found: dict[str, tuple[int, int]] = {}
    for row in sheet.iter_rows(1, min(HEADER_ROWS, sheet.max_row)):
        for cell in row:
            if name := "" if cell.value is None else str(cell.value).strip():
                for each in (name.lower(), quoted(name)):
                    found.setdefault(each, (cell.row, cell.column))
    return found


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that shows: within merged cells, the first of them."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
        return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _note(cell: Cell, text: str) -> None:
    before = cell.comment.text if cell.comment else ""
    author = cell.comment.author if cell.comment else "import"
    if BEFORE_OURS not in before:
        before = f"{before}\n\n{BEFORE_OURS}".strip()
    text = f"{before}\n{text}"[:LONGEST]
    lines = sum(1 + len(line) // 42 for line in text.splitlines())
    cell.comment = Comment(text, author, width=320, height=min(24 + 18 * lines, 400))


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _list(
    book: Workbook,
    findings: Findings,
    places: list[tuple[Finding, str | None]],
    remarks: list[str],
    _: Words,
) -> None:
    """The first sheet: remarks on this copy, then every finding with a link to its cell."""
    sheet = book.create_sheet(LISTED_SHEET, 0)
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False
    found = {warning: _count(findings, warning) for warning in (False, True)}
    title = _write(sheet.cell(1, 1), _("What the check of these files found"))
    title.font = Font(bold=True, size=14)
    told = [
        _.plural("{n} finding stops the import.", "{n} findings stop the import.", found[False])
        if found[False]
        else _("Nothing stops the import."),
        _.plural(
            "{n} warning lets it pass and stays on record.",
            "{n} warnings let it pass and stay on record.",
            found[True],
        )
        if found[True]
        else "",
        _("This sheet need not be taken out before the workbook is imported again: it is left."),
        *remarks,
    ]
    row = 2
    for text in filter(None, told):
        _write(sheet.cell(row, 1), text).alignment = Alignment(wrap_text=False)
        row += 1
    row += 1
    headings = (
        _("Go to"),
        _("File or sheet"),
        _("Row"),
        _("Column"),
        _("What is wrong"),
        _("Expected"),
        _("Kind"),
    )
    for place, text in enumerate(headings, start=1):
        _write(sheet.cell(row, place), text).font = Font(bold=True)
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    heading = row
    for finding, where in places:
        row += 1
        kind = _("warning") if finding.warning else _("stops the import")
        said = (finding.what.told(_), finding.expected.told(_), kind)
        cells = ("", finding.file, finding.row, finding.column, *said)
        for place, value in enumerate(cells, start=1):
            cell = sheet.cell(row, place)
            cell.alignment = Alignment(wrap_text=place in (2, 5, 6), vertical="top")
            if isinstance(value, int):
                cell.value = value
            elif value:
                _write(cell, value)
        wrapped = [(cells[place], WIDTHS[place]) for place in (1, 4, 5)]
        sheet.row_dimensions[row].height = exporting.height(*wrapped)
        sheet.cell(row, 7).fill = ODD if finding.warning else WRONG
        if where:
            link = _write(sheet.cell(row, 1), where.rpartition("!")[2])
            link.hyperlink = Hyperlink(ref=link.coordinate, location=where)
            link.font = Font(underline="single", color="FF005B8F")
    if places:
        sheet.auto_filter.ref = f"A{heading}:G{row}"
    if rest := sum(found.values()) - len(places):
        text = _.plural("… and {n} more of these kinds.", "… and {n} more of these kinds.", rest)
        _write(sheet.cell(row + 1, 1), text)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    # On paper as wide as one page.
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _count(findings: Findings, warning: bool) -> int:
    found, more = findings.listed(warning)
    return len(found) + more


def _lost(source: Path, book: Workbook, _: Words) -> list[str]:
    """What of the workbook that came is not in this copy, in sentences."""
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
        drawings = [name for name in names if re.fullmatch(r"xl/drawings/[^/]+\.xml", name)]
        shapes = sum(len(SHAPES.findall(archive.read(name))) for name in drawings)
        sheets = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
        extended = sum(b"<extLst" in archive.read(name) for name in sheets)

    def among(*beginnings: str) -> int:
        return sum(name.startswith(beginnings) and not name.endswith("/") for name in names)

    kept_images = sum(len(sheet._images) for sheet in book.worksheets)
    kept_charts = sum(len(sheet._charts) for sheet in book.worksheets) + len(book.chartsheets)
    charts = sum(bool(re.fullmatch(r"xl/charts/chart[^/]*\.xml", name)) for name in names)
    lacking = [
        (among("xl/vbaProject"), _("macros")),
        (shapes, _("shapes and text boxes")),
        (among("xl/media/") - kept_images, _("some pictures")),
        (charts - kept_charts, _("some charts")),
        (among("xl/slicers/", "xl/slicerCaches/", "xl/timelines/"), _("slicers")),
        (among("xl/threadedComments/"), _("the threads of comments")),
        (among("xl/ctrlProps/", "xl/activeX/"), _("form controls")),
        (among("xl/embeddings/"), _("embedded objects")),
        (among("xl/connections", "xl/queryTables/"), _("connections to other data")),
        (among("customXml/"), _("XML of other programs")),
        (extended, _("what newer versions of Excel add to cells, such as sparklines")),
    ]
    sentences = []
    if lost := [what for count, what in lacking if count > 0]:
        sentences.append(
            _(
                "This marked copy lacks {things}; the workbook that came has them.",
                things=", ".join(lost),
            )
        )
    if any(cell.data_type == "f" for sheet in book.worksheets for row in sheet for cell in row):
        sentences.append(
            _("Formulas show their values once this copy was opened and saved in a spreadsheet.")
        )
    return sentences

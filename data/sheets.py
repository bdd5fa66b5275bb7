"""A workbook in: each of its sheets as the source of a table, and what people see of it that its
cells do not tell."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from data import delimited, workbook
from data.findings import Finding, Findings, quoted
from data.sources import A_SHEET, Batch, Source, columns_of, sha256_of
from data.tables import ADDS, ASIDE, BY_NAME
from data.wording import say

if TYPE_CHECKING:
    from data.mapping import Mapping


def read_workbook(
    path: Path,
    batch: Batch,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping | None" = None,
) -> None:
    """Adds the sheets of the workbook at `path` to `batch`; their cells are written to `scratch`.

    `mapping` renames sheets and columns of another layout first.
    """
    try:
        sheets = workbook.sheets(path, scratch, mapping.kinds() if mapping else {})
        sha256 = sha256_of(path)
        elsewhere = workbook.external(path)
        batch.files[sha256] = path
    except workbook.Unreadable as error:
        batch.opened = False
        findings.add(Finding(path.name, None, "", error.what, error.expected))
        return
    for other in elsewhere:
        what = say(
            "formulas refer to another file, {file}; what they last gave is read",
            file=quoted(other),
        )
        findings.add(Finding(path.name, None, "", what, say("values of its own"), warning=True))
    if mapping:
        sheets = mapping.book(path.name, sheets, scratch, findings)
    seen: set[str] = set()
    for sheet in sheets:
        file = f"{path.name}[{sheet.title}]"
        name = sheet.title.strip().lower()
        if name in ASIDE:
            continue
        adds = name in ADDS
        name = ADDS.get(name, name)
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, 1)
            expected = say("did you mean {name}?", name=near[0]) if near else A_SHEET
            title = quoted(sheet.title)
            what = say("{sheet} is not a sheet of the import format", sheet=title)
            if sheet.hidden:
                what = say(
                    "{sheet}, a hidden sheet, is not a sheet of the import format", sheet=title
                )
            findings.add(Finding(file, None, "", what, expected))
            batch.broken.update(near)
            continue
        if name in seen:
            what = say("the table {table} comes twice", table=name)
            findings.add(Finding(file, None, "", what, say("one sheet for each table")))
            continue
        seen.add(name)
        header = sheet.start[0]
        used = columns_of(BY_NAME[name], file, header, batch, findings, sheet.start, adds)
        if used is None:
            batch.broken.add(name)
            continue
        report_looks(sheet, file, header, set(used.values()), findings)
        relation = delimited.relation(sheet.path, sheet.width, ",")
        texts = {column: f"tidy(c{index})" for column, index in used.items()}
        size = sheet.path.stat().st_size
        batch.sources.append(
            Source(BY_NAME[name], file, relation, texts, sha256, size=size, faults=True, adds=adds)
        )
    if not sheets:
        batch.opened = False
        what = say("there is no table in this workbook")
        findings.add(Finding(path.name, None, "", what, A_SHEET))


def report_looks(
    sheet: workbook.Sheet, file: str, header: list[str], used: set[int], findings: Findings
) -> None:
    """What people see of a sheet that its cells do not tell."""
    if sheet.hidden:
        what = say("the sheet is hidden, and read like the others")
        expected = say("no table that one does not see")
        findings.add(Finding(file, None, "", what, expected, warning=True))
    for first, last in sheet.hidden_rows:
        what = say("the row is hidden, and read like the others")
        if first < last:
            what = say(
                "rows {first} to {last} are hidden, and read like the others",
                first=str(first + 1),
                last=str(last + 1),
            )
        expected = say("no row that one does not see")
        findings.add(Finding(file, first + 1, "", what, expected, warning=True))
    for first, last in sheet.hidden_columns:
        for column in used.intersection(range(first, last + 1)):
            what = say("the column is hidden, and read like the others")
            expected = say("no column that one does not see")
            findings.add(Finding(file, None, header[column], what, expected, warning=True))
    for top, left, bottom, right in sheet.merged:
        if used.intersection(range(left, right + 1)):
            area = f"{_column_name(left)}{top + 1}:{_column_name(right)}{bottom + 1}"
            what = say("the cells {area} are merged, so that one sees only the first", area=area)
            expected = say("one value in each cell")
            findings.add(Finding(file, top + 1, header[left], what, expected))
    for row, column, shown, held, count in sheet.rounded:
        if column in used:
            what = say(
                "the cell shows {shown} and holds {held}, which is read", shown=shown, held=held
            )
            if count > 1:
                what = say(
                    "the cell shows {shown} and holds {held}, which is read, as do {count} more of "
                    "the column",
                    shown=shown,
                    held=held,
                    count=str(count - 1),
                )
            expected = say("all digits shown")
            findings.add(Finding(file, row + 1, header[column], what, expected, warning=True))


def _column_name(index: int) -> str:
    """The letters a spreadsheet has for a column, counted from 0."""
    name = ""
    while index >= 0:
        name = chr(65 + index % 26) + name
        index = index // 26 - 1
    return name

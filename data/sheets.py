"""A workbook in: each of its sheets as the source of a table, and what people see of it that its
cells do not tell."""

import difflib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from data import delimited, workbook
from data.findings import Finding, Findings, quoted
from data.sources import A_SHEET, Batch, Source, columns_of, sha256_of, unreadable
from data.tables import ADDS, ASIDE, BY_NAME
from data.wording import say

if TYPE_CHECKING:
    from data.mapping import Gathered, Mapping


def read_workbook(
    path: Path,
    batch: Batch,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping",
) -> None:
    """Adds the sheets of the workbook at `path` to `batch`; their cells are written to `scratch`.

    `mapping` renames sheets and columns of another layout first.
    """
    try:
        sheets, sha256 = _opened(path, batch, scratch, findings, mapping.kinds())
    except workbook.Unreadable as error:
        batch.opened = False
        findings.add(unreadable(path.name, error))
        return
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


def read_reports(
    paths: list[Path], batch: Batch, scratch: Path, findings: Findings, mapping: "Mapping"
) -> None:
    """Adds what several workbooks add to `batch`, as one table: so many centres report at once.

    Each may hold such sheets alone; findings name the workbook a row came from.
    """
    gathered: dict[str, list[Gathered]] = {}
    adding = list(ADDS)
    for path in paths:
        try:
            own = Path(tempfile.mkdtemp(prefix="report-", dir=scratch))
            sheets, sha256 = _opened(path, batch, own, findings)
        except (workbook.Unreadable, OSError) as error:
            findings.add(unreadable(path.name, error))
            batch.broken.update(ADDS.values())
            continue
        sheets = [sheet for sheet in sheets if sheet.title.strip().lower() not in ASIDE]
        if not sheets:
            what = say("there is no table in this workbook")
            findings.add(Finding(path.name, None, "", what, say("the sheet {names}", names=adding)))
        for sheet in sheets:
            file, name = f"{path.name}[{sheet.title}]", sheet.title.strip().lower()
            if name not in ADDS:
                what = say("a workbook with other sheets than those that add comes alone")
                expected = say("the sheet {names} and no other", names=adding)
                findings.add(Finding(file, None, "", what, expected))
                continue
            header, table = sheet.start[0], BY_NAME[ADDS[name]]
            used = columns_of(table, file, header, batch, findings, sheet.start, adds=True)
            if used is None:
                batch.broken.add(table.name)
                continue
            report_looks(sheet, file, header, set(used.values()), findings)
            gathered.setdefault(name, []).append((file, sha256, used, sheet.rows()))
    for name, came in gathered.items():
        title = f"{came[0][0]} …"  # in no language, as a progress bar tells it
        path, columns = mapping.gather(title, scratch, came)
        texts = {column: f"tidy(c{index})" for index, column in enumerate(columns)}
        table, size = BY_NAME[ADDS[name]], path.stat().st_size
        relation = delimited.relation(path, len(columns), ",")
        batch.sources.append(
            Source(
                table, title, relation, texts, sha256_of(path), size=size, faults=True, adds=True
            )
        )


def _opened(
    path: Path,
    batch: Batch,
    scratch: Path,
    findings: Findings,
    kinds: dict[str, dict[str, str]] | None = None,
) -> tuple[list[workbook.Sheet], str]:
    """The sheets of a workbook and its hash. Raises Unreadable as `data.workbook.sheets` does."""
    sheets = workbook.sheets(path, scratch, kinds)
    sha256 = sha256_of(path)
    elsewhere = workbook.external(path)
    batch.files[sha256] = path
    for other in elsewhere:
        what = say(
            "formulas refer to another file, {file}; what they last gave is read",
            file=quoted(other),
        )
        findings.add(Finding(path.name, None, "", what, say("values of its own"), warning=True))
    return sheets, sha256


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

"""Files in: a folder of CSV or Parquet files, or one workbook, each as rows of text.

Whatever the file, what comes out is a `Source`: a relation DuckDB can scan, in the order of the
file, and for each column of the format the text of its cell. Nothing is guessed about types here.
"""

import csv
import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data import delimited, workbook
from data.cells import WORDS
from data.findings import Finding, Findings, quoted
from data.tables import BY_NAME, TABLES, Table

FORMATS = (".csv", ".parquet")
# What lies beside the tables in a folder and cannot be mistaken for one.
LEFT_ALONE = (".md", ".py", ".pdf")


@dataclass(frozen=True)
class Source:
    """One table as it came: `relation` is what to select from, `texts` an SQL expression for the
    text of each of its columns (null when empty)."""

    table: Table
    file: str
    relation: str
    texts: dict[str, str]
    sha256: str
    separator: str = ""
    # The CSV file behind the relation, when DuckDB reads it as it came.
    direct: Path | None = None
    # Whether texts may be those of `data.cells.fault`.
    faults: bool = False


@dataclass
class Batch:
    """What came in together. `broken` names tables whose rows are not all known, so that nothing
    can be said about what refers to them; `opened` says whether one could look inside at all."""

    sources: list[Source] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    opened: bool = True
    workbook: str = ""
    encoding: str | None = None
    # Each file that was read, by its hash: what is kept with the snapshot.
    files: dict[str, Path] = field(default_factory=dict)

    def file_of(self, table: str) -> str:
        """The file or sheet a table that is missing was looked for in."""
        return f"{self.workbook}[{table}]" if self.workbook else f"{table}.csv"


def read(
    path: Path,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
    encoding: str | None = None,
) -> Batch:
    """Opens what lies at `path`; files that must be rewritten to be read go to `scratch`.

    `encoding` is that of CSV files which are neither UTF-8 nor UTF-16, where somebody named it.
    """
    batch = Batch(workbook=path.name if path.suffix.lower() == ".xlsx" else "", encoding=encoding)
    try:
        if path.is_dir():
            for name, file in _tables_in(path, batch, findings).items():
                _read_file(name, file, batch, database, scratch, findings)
        elif path.suffix.lower() == ".xlsx":
            _read_workbook(path, batch, scratch, findings)
        elif path.suffix.lower() in FORMATS:
            for name, file in _recognized([path], batch, findings).items():
                _read_file(name, file, batch, database, scratch, findings)
        else:
            batch.opened = False
            path.stat()
            other = workbook.OTHERS.get(path.suffix.lower())
            what = other or "this is no kind of file the import reads"
            expected = "a folder of CSV or Parquet files, or one XLSX workbook"
            findings.add(Finding(path.name, None, "", what, expected))
    except OSError as error:
        batch.opened = False
        findings.add(_unreadable(path.name or str(path), error))
    return batch


def _tables_in(folder: Path, batch: Batch, findings: Findings) -> dict[str, Path]:
    files = [
        file
        for file in sorted(folder.iterdir())
        if not file.name.startswith((".", "~$"))
        and file.suffix.lower() not in LEFT_ALONE
        and not file.is_dir()
    ]
    if not files:
        batch.opened = False
        findings.add(
            Finding(
                folder.name,
                None,
                "",
                "there is no table in this folder",
                f"files such as {TABLES[0].name}.csv and {TABLES[1].name}.csv",
            )
        )
    return _recognized(files, batch, findings)


def _recognized(files: list[Path], batch: Batch, findings: Findings) -> dict[str, Path]:
    """The files by the table each holds; a finding for those that hold none, or one twice."""
    found: dict[str, Path] = {}
    for file in files:
        name, suffix = file.stem.lower(), file.suffix.lower()
        if name not in BY_NAME or suffix not in FORMATS:
            near = difflib.get_close_matches(name, BY_NAME, 1)
            shown = suffix if suffix in FORMATS else ".csv"
            expected = f"did you mean {near[0]}{shown}?" if near else _names(".csv or .parquet")
            what = f"{quoted(file.name)} is not a file of the import format"
            findings.add(Finding(file.name, None, "", what, expected))
            batch.broken.update(near)
        elif name in found:
            what = f"the table {name} comes twice, also as {found[name].name}"
            findings.add(Finding(file.name, None, "", what, "one file for each table"))
        else:
            found[name] = file
    return found


def _names(kind: str) -> str:
    return f"one of {', '.join(BY_NAME)}, as {kind}"


def _read_file(
    name: str,
    path: Path,
    batch: Batch,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
) -> None:
    table = BY_NAME[name]
    try:
        if path.suffix.lower() == ".parquet":
            source = _read_parquet(table, path, database, batch, findings)
        else:
            source = _read_csv(table, path, batch, scratch, findings)
    except (delimited.Unreadable, workbook.Unreadable) as error:
        findings.add(Finding(path.name, error.row, "", error.what, error.expected))
        source = None
    except OSError as error:
        findings.add(_unreadable(path.name, error))
        source = None
    if source is None:
        batch.broken.add(name)
    else:
        batch.files[source.sha256] = path
        batch.sources.append(source)


def _read_csv(
    table: Table, path: Path, batch: Batch, scratch: Path, findings: Findings
) -> Source | None:
    look = delimited.look(path, batch.encoding)
    if batch.encoding and look.encoding == batch.encoding:
        what = f"read as {batch.encoding}, which was said and cannot be proved"
        findings.add(Finding(path.name, None, "", what, "UTF-8 or UTF-16", warning=True))
    used = _columns(table, path.name, look.header, batch, findings, look.start)
    if used is None:
        return None
    texts = {}
    for column, index in used.items():
        words = look.guarded and table.column(column).kind in WORDS
        texts[column] = f"unguarded(tidy(c{index}))" if words else f"tidy(c{index})"
    if not look.plain:
        return _rewritten_csv(table, path, look, texts, batch, scratch, findings)
    relation = delimited.relation(path, len(look.header), look.separator)
    return Source(table, path.name, relation, texts, _sha256(path), look.separator, path)


def rewritten(source: Source, batch: Batch, scratch: Path, findings: Findings) -> Source | None:
    """The same source read line by line, with a finding for each line that does not fit.

    For CSV files that DuckDB refuses: it stops at the first fault and says little about it.
    """
    assert source.direct
    try:
        look = delimited.look(source.direct, batch.encoding)
        return _rewritten_csv(
            source.table, source.direct, look, source.texts, batch, scratch, findings
        )
    except delimited.Unreadable as error:
        findings.add(Finding(source.file, error.row, "", error.what, error.expected))
        batch.broken.add(source.table.name)
        return None


def _rewritten_csv(
    table: Table,
    path: Path,
    look: delimited.Look,
    texts: dict[str, str],
    batch: Batch,
    scratch: Path,
    findings: Findings,
) -> Source:
    copy = scratch / f"{table.name}.csv"
    width = len(look.header)
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row, cells in enumerate(delimited.rows(path, look), start=1):
            if len(cells) == width or not any(cell.strip() for cell in cells[width:]):
                whole = len(cells) >= width
            else:
                whole = False
            if not whole and any(cell.strip() for cell in cells):
                batch.broken.add(table.name)
                what, expected = _wrong_width(cells, width, look.separator)
                findings.add(Finding(path.name, row, "", what, expected))
            writer.writerow(cells[:width] if whole else [""] * width)
    relation = delimited.relation(copy, width, ",")
    return Source(table, path.name, relation, texts, _sha256(path), look.separator)


def _wrong_width(cells: list[str], width: int, separator: str) -> tuple[str, str]:
    """Why a row has more or fewer cells than the header, and what was expected."""
    line = separator.join(cells)
    for other, name in delimited.SEPARATORS.items():
        if other != separator and len(delimited.cut(line, other)) == width:
            expected = f"{delimited.SEPARATORS[separator]}, as in the header"
            return f"the cells of the row are parted by {name}", expected
    return f"the row has {len(cells)} cells", f"{width}, as in the header"


def _read_parquet(
    table: Table,
    path: Path,
    database: duckdb.DuckDBPyConnection,
    batch: Batch,
    findings: Findings,
) -> Source | None:
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PAR1":
        what = delimited.kind_of(start) or "the file holds no Parquet data"
        raise delimited.Unreadable(what, "a Parquet file, as its name says")
    relation = f"read_parquet({delimited.pattern(path)}, hive_partitioning = false)"
    try:
        described = database.execute(f"describe select * from {relation}").fetchall()
    except duckdb.Error as error:
        raise delimited.Unreadable(
            "the file is damaged or no Parquet file", "a Parquet file, as its name says"
        ) from error
    header = [row[0] for row in described]
    used = _columns(table, path.name, header, batch, findings, [header])
    if used is None:
        return None
    texts = {}
    for column, index in used.items():
        name, type_ = described[index][:2]
        text = _text_of('"' + name.replace('"', '""') + '"', type_)
        if text is None:
            what = f"the column is of type {type_}"
            findings.add(Finding(path.name, 1, column, what, "text, numbers or dates"))
            batch.broken.add(table.name)
            text = "null::varchar"
        texts[column] = text
    return Source(table, path.name, relation, texts, _sha256(path))


def _text_of(name: str, type_: str) -> str | None:
    """How a Parquet column reads as text; none when it holds no simple values."""
    if type_ in ("DOUBLE", "FLOAT"):
        whole = f"{name} = trunc({name}) and abs({name}) < 1e15"
        return f"case when {whole} then {name}::bigint::varchar else {name}::varchar end"
    if type_ == "BOOLEAN":
        return f"case when {name} then 'yes' when not {name} then 'no' end"
    if type_.startswith("TIMESTAMP"):
        return (
            f"case when {name}::timestamp = {name}::date then {name}::date::varchar "
            f"else {name}::timestamp::varchar end"
        )
    if type_.strip('"') == "NULL":  # a column without any value
        return "null::varchar"
    if type_ == "VARCHAR[]":
        return f"tidy(array_to_string({name}, ';'))"
    if type_ == "VARCHAR":
        return f"tidy({name})"
    if type_.startswith("ENUM"):
        return f"tidy({name}::varchar)"
    if type_.startswith(("DECIMAL", "DATE")) or type_.endswith(("INT", "INTEGER")):
        return f"{name}::varchar"
    return None


def _read_workbook(path: Path, batch: Batch, scratch: Path, findings: Findings) -> None:
    try:
        sheets = workbook.sheets(path, scratch)
        sha256 = _sha256(path)
        elsewhere = workbook.external(path)
        batch.files[sha256] = path
    except workbook.Unreadable as error:
        batch.opened = False
        findings.add(Finding(path.name, None, "", error.what, error.expected))
        return
    for other in elsewhere:
        what = f"formulas refer to another file, {quoted(other)}; what they last gave is read"
        findings.add(Finding(path.name, None, "", what, "values of its own", warning=True))
    seen: set[str] = set()
    for sheet in sheets:
        file = f"{path.name}[{sheet.title}]"
        name = sheet.title.strip().lower()
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, 1)
            expected = f"did you mean {near[0]}?" if near else _names("the sheet's name")
            hidden = ", a hidden sheet," if sheet.hidden else ""
            what = f"{quoted(sheet.title)}{hidden} is not a sheet of the import format"
            findings.add(Finding(file, None, "", what, expected))
            batch.broken.update(near)
            continue
        if name in seen:
            what = f"the table {name} comes twice"
            findings.add(Finding(file, None, "", what, "one sheet for each table"))
            continue
        seen.add(name)
        header = sheet.start[0]
        used = _columns(BY_NAME[name], file, header, batch, findings, sheet.start)
        if used is None:
            batch.broken.add(name)
            continue
        _report_looks(sheet, file, header, set(used.values()), findings)
        relation = delimited.relation(sheet.path, sheet.width, ",")
        texts = {column: f"tidy(c{index})" for column, index in used.items()}
        batch.sources.append(Source(BY_NAME[name], file, relation, texts, sha256, faults=True))
    if not sheets:
        batch.opened = False
        what = "there is no table in this workbook"
        findings.add(Finding(path.name, None, "", what, _names("the sheet's name")))


def _report_looks(
    sheet: workbook.Sheet, file: str, header: list[str], used: set[int], findings: Findings
) -> None:
    """What people see of a sheet that its cells do not tell."""
    read = "and read like the others"
    if sheet.hidden:
        expected = "no table that one does not see"
        findings.add(
            Finding(file, None, "", f"the sheet is hidden, {read}", expected, warning=True)
        )
    for first, last in sheet.hidden_rows:
        rows = "the row is" if first == last else f"rows {first + 1} to {last + 1} are"
        expected = "no row that one does not see"
        findings.add(Finding(file, first + 1, "", f"{rows} hidden, {read}", expected, warning=True))
    for first, last in sheet.hidden_columns:
        for column in used.intersection(range(first, last + 1)):
            expected = "no column that one does not see"
            what = f"the column is hidden, {read}"
            findings.add(Finding(file, None, header[column], what, expected, warning=True))
    for top, left, bottom, right in sheet.merged:
        if used.intersection(range(left, right + 1)):
            area = f"{_column_name(left)}{top + 1}:{_column_name(right)}{bottom + 1}"
            what = f"the cells {area} are merged, so that one sees only the first"
            findings.add(Finding(file, top + 1, header[left], what, "one value in each cell"))
    for row, column, shown, held, count in sheet.rounded:
        if column in used:
            others = f", as do {count - 1} more of the column" if count > 1 else ""
            what = f"the cell shows {shown} and holds {held}, which is read{others}"
            expected = "all digits shown"
            findings.add(Finding(file, row + 1, header[column], what, expected, warning=True))


def _column_name(index: int) -> str:
    """The letters a spreadsheet has for a column, counted from 0."""
    name = ""
    while index >= 0:
        name = chr(65 + index % 26) + name
        index = index // 26 - 1
    return name


def _columns(
    table: Table,
    file: str,
    header: list[str],
    batch: Batch,
    findings: Findings,
    start: list[list[str]],
) -> dict[str, int] | None:
    """Where each of the table's columns stands; findings for those unknown, twice or missing.

    None when the header names no column of the table at all, or when it stands further down in the
    first rows, `start`, below a title: then nothing below counts.
    """
    known = [column.name for column in table.columns]
    if below := _header_below(start, known):
        above = "a row" if below == 1 else f"{below} rows"
        what = f"the header stands in row {below + 1}, below {above} of something else"
        findings.add(Finding(file, 1, "", what, "the header in row 1; delete what is above it"))
        return None
    used: dict[str, int] = {}
    strange: list[tuple[str, list[str]]] = []
    for index, cell in enumerate(header):
        name = cell.strip().lower()
        if name in used:
            what = "the column comes twice"
            findings.add(Finding(file, 1, name, what, "each column once"))
        elif name in known:
            used[name] = index
        elif name:
            strange.append((cell.strip(), difflib.get_close_matches(name, known, 1)))
        else:
            what = f"column {index + 1} has no name"
            findings.add(Finding(file, 1, "", what, "a name above every column"))
    if not used:
        what = "the first row names no column of the table"
        findings.add(Finding(file, 1, "", what, f"a header with {', '.join(known)}"))
        return None
    meant = set()
    for name, near in strange:
        expected = f"one of {', '.join(known)}"
        if near and near[0] not in used:
            meant.add(near[0])
            expected = f"did you mean {near[0]}?"
        what = f"{quoted(name)} is not a column of {table.name}"
        findings.add(Finding(file, 1, quoted(name), what, expected))
    for column in table.columns:
        if column.required and column.name not in used:
            if column.name in table.key:
                batch.broken.add(table.name)
            if column.name not in meant:
                what = "the column is missing"
                findings.add(Finding(file, 1, column.name, what, f"{column.name} is required"))
    return used


def _header_below(start: list[list[str]], known: list[str]) -> int:
    """How many rows stand above the header; 0 where it is the first, or there is none."""

    def named(cells: list[str]) -> int:
        return sum(cell.strip().lower() in known for cell in cells)

    # One word of a title may be a column's name by chance, most words of a header are.
    for row, cells in enumerate(start):
        if named(cells) > 1 and 2 * named(cells) > sum(bool(cell.strip()) for cell in cells):
            return row if named(cells) > named(start[0]) else 0
    return 0


def _unreadable(file: str, error: OSError) -> Finding:
    if isinstance(error, PermissionError):
        return Finding(file, None, "", "there is no permission to read it", "a readable file")
    if isinstance(error, FileNotFoundError):
        return Finding(file, None, "", "there is no such file or folder", "an existing path")
    return Finding(file, None, "", f"it cannot be read: {error.strerror}", "a readable file")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Files in: a folder of CSV or Parquet files, or one workbook, each as rows of text.

Whatever the file, what comes out is a `Source`: a relation DuckDB can scan, in the order of the
file, and for each column of the format the text of its cell. Nothing is guessed about types here.
"""

import csv
import difflib
import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data import delimited, workbook
from data.cells import WORDS
from data.findings import Finding, Findings, quoted
from data.tables import ADDS, ASIDE, BY_NAME, TABLES, Table

if TYPE_CHECKING:
    from data.mapping import Mapping

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
    # Its rows are added to those that are stored.
    adds: bool = False


@dataclass
class Batch:
    """What came in together. `broken` names tables whose rows are not all known, so that nothing
    can be said about what refers to them; `opened` says whether one could look inside at all."""

    sources: list[Source] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    opened: bool = True
    workbook: str = ""

    def file_of(self, table: str) -> str:
        """The file or sheet a table that is missing was looked for in."""
        return f"{self.workbook}[{table}]" if self.workbook else f"{table}.csv"


def read(
    path: Path,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping | None" = None,
) -> Batch:
    """Opens what lies at `path`; files that must be rewritten to be read go to `scratch`.

    `mapping` renames sheets and columns of another layout first.
    """
    batch = Batch(workbook=path.name if path.suffix.lower() == ".xlsx" else "")
    try:
        if path.is_dir():
            files = _tables_in(path, batch, findings)
            files = mapping.folder(files, scratch, findings) if mapping else files
            for name, file in _recognized(files, batch, findings).items():
                _read_file(name, file, batch, database, scratch, findings)
        elif path.suffix.lower() == ".xlsx":
            _read_workbook(path, batch, scratch, findings, mapping)
        elif path.suffix.lower() in FORMATS:
            for name, file in _recognized([path], batch, findings).items():
                _read_file(name, file, batch, database, scratch, findings)
        else:
            batch.opened = False
            path.stat()
            findings.add(
                Finding(
                    path.name,
                    None,
                    "",
                    "this is no kind of file the import reads",
                    "a folder of CSV or Parquet files, or one XLSX workbook",
                )
            )
    except OSError as error:
        batch.opened = False
        findings.add(_unreadable(path.name or str(path), error))
    return batch


def _tables_in(folder: Path, batch: Batch, findings: Findings) -> list[Path]:
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
    return files


def _recognized(files: list[Path], batch: Batch, findings: Findings) -> dict[str, Path]:
    """The files by the table each holds; a finding for those that hold none, or one twice."""
    found: dict[str, Path] = {}
    for file in files:
        name, suffix = file.stem.lower(), file.suffix.lower()
        name = ADDS.get(name, name)
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
        batch.sources.append(replace(source, adds=path.stem.lower() in ADDS))


def _read_csv(
    table: Table, path: Path, batch: Batch, scratch: Path, findings: Findings
) -> Source | None:
    look = delimited.look(path)
    adds = path.stem.lower() in ADDS
    used = _columns(table, path.name, look.header, batch, findings, adds)
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
        look = delimited.look(source.direct)
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
                what = f"the row has {len(cells)} cells"
                findings.add(Finding(path.name, row, "", what, f"{width}, as in the header"))
            writer.writerow(cells[:width] if whole else [""] * width)
    relation = delimited.relation(copy, width, ",")
    return Source(table, path.name, relation, texts, _sha256(path), look.separator)


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
    used = _columns(table, path.name, [row[0] for row in described], batch, findings)
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


def _read_workbook(
    path: Path,
    batch: Batch,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping | None" = None,
) -> None:
    try:
        sheets = workbook.sheets(path)
        sha256 = _sha256(path)
    except workbook.Unreadable as error:
        batch.opened = False
        findings.add(Finding(path.name, None, "", error.what, error.expected))
        return
    if mapping:
        sheets = mapping.book(path.name, sheets, findings)
    seen: set[str] = set()
    for title, rows in sheets:
        file = f"{path.name}[{title}]"
        name = title.strip().lower()
        if name in ASIDE:
            continue
        adds = name in ADDS
        name = ADDS.get(name, name)
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, 1)
            expected = f"did you mean {near[0]}?" if near else _names("the sheet's name")
            what = f"{quoted(title)} is not a sheet of the import format"
            findings.add(Finding(file, None, "", what, expected))
            batch.broken.update(near)
            continue
        if name in seen:
            what = f"the table {name} comes twice"
            findings.add(Finding(file, None, "", what, "one sheet for each table"))
            continue
        seen.add(name)
        used = _columns(BY_NAME[name], file, rows[0], batch, findings, adds)
        if used is None:
            batch.broken.add(name)
            continue
        copy = scratch / f"{name}.csv"
        with copy.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerows(rows)
        relation = delimited.relation(copy, len(rows[0]), ",")
        texts = {column: f"tidy(c{index})" for column, index in used.items()}
        batch.sources.append(Source(BY_NAME[name], file, relation, texts, sha256, adds=adds))
    if not sheets:
        batch.opened = False
        what = "there is no table in this workbook"
        findings.add(Finding(path.name, None, "", what, _names("the sheet's name")))


def _columns(
    table: Table,
    file: str,
    header: list[str],
    batch: Batch,
    findings: Findings,
    adds: bool = False,
) -> dict[str, int] | None:
    """Where each of the table's columns stands; findings for those unknown, twice or missing.

    What `adds` may have remarks in brackets. None when the header names no column of the table at
    all, so that nothing below it counts.
    """
    known = [column.name for column in table.columns]
    used: dict[str, int] = {}
    strange: list[tuple[str, list[str]]] = []
    for index, cell in enumerate(header):
        name = cell.strip().lower()
        if adds and re.fullmatch(r"\(.+\)", name):
            continue
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


def _unreadable(file: str, error: OSError) -> Finding:
    if isinstance(error, PermissionError):
        return Finding(file, None, "", "there is no permission to read it", "a readable file")
    if isinstance(error, FileNotFoundError):
        return Finding(file, None, "", "there is no such file or folder", "an existing path")
    return Finding(file, None, "", f"it cannot be read: {error.strerror}", "a readable file")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""What came in, before its cells are typed: each table's file, its rows and its columns' places."""

import difflib
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from data import causes
from data.delimited import Unreadable
from data.findings import Finding, Findings, quoted
from data.tables import BY_NAME, Table
from data.wording import Said, plural, say


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
    # Columns that are typed already, as their kind is: what to select, and what of it fits, an SQL
    # expression of `raw`.
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    # Of what is read, in bytes.
    size: int = 0
    # Whether texts may be those of `data.cells.fault`.
    faults: bool = False
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
    encoding: str | None = None
    # Each file that was read, by its hash: what is kept with the snapshot.
    files: dict[str, Path] = field(default_factory=dict)

    def file_of(self, table: str) -> str:
        """The file or sheet a table that is missing was looked for in."""
        return f"{self.workbook}[{table}]" if self.workbook else f"{table}.csv"


# Every table's name, as what was expected.
A_SHEET = say("one of {names}, as the sheet's name", names=list(BY_NAME))
A_FILE = say("one of {names}, as .csv or .parquet", names=list(BY_NAME))


def columns_of(
    table: Table,
    file: str,
    header: list[str],
    batch: Batch,
    findings: Findings,
    start: list[list[str]],
    adds: bool = False,
) -> dict[str, int] | None:
    """Where each of the table's columns stands; findings for those unknown, twice or missing.

    What `adds` may have remarks in brackets. None when the header names no column of the table at
    all, or when it stands further down in the first rows, `start`, below a title: then nothing
    below counts.
    """
    known = [column.name for column in table.columns]
    if below := _header_below(start, known):
        what = plural(
            "the header stands in row {row}, below a row of something else",
            "the header stands in row {row}, below {n} rows of something else",
            row=str(below + 1),
            n=below,
        )
        expected = say("the header in row 1; delete what is above it")
        findings.add(Finding(file, 1, "", what, expected))
        return None
    used: dict[str, int] = {}
    strange: list[tuple[str, list[str]]] = []
    for index, cell in enumerate(header):
        name = cell.strip().lower()
        if adds and re.fullmatch(r"\(.+\)", name):
            continue
        if name in used:
            what = say("the column comes twice")
            findings.add(Finding(file, 1, name, what, say("each column once")))
        elif name in known:
            used[name] = index
        elif name:
            strange.append((cell.strip(), difflib.get_close_matches(name, known, 1)))
        else:
            findings.add(without_name(file, index))
    if not used:
        what = say("the first row names no column of the table")
        findings.add(Finding(file, 1, "", what, say("a header with {names}", names=known)))
        return None
    meant = set()
    for name, near in strange:
        expected = say("one of {names}", names=known)
        if near and near[0] not in used:
            meant.add(near[0])
            expected = say("did you mean {name}?", name=near[0])
        what = say("{column} is not a column of {table}", column=quoted(name), table=table.name)
        findings.add(Finding(file, 1, quoted(name), what, expected))
    for column in table.columns:
        if column.required and column.name not in used:
            if column.name in table.key:
                batch.broken.add(table.name)
            if column.name not in meant:
                what = say("the column is missing")
                expected = say("{column} is required", column=column.name)
                findings.add(Finding(file, 1, column.name, what, expected))
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


def unreadable(file: str, error: OSError | Unreadable) -> Finding:
    """Why the system does not give a file out, or it cannot be read as what it should be."""
    if isinstance(error, Unreadable):
        return Finding(file, error.row, "", error.what, error.expected)
    why = causes.of_system(error)
    if isinstance(error, FileNotFoundError):
        return Finding(file, None, "", why, say("an existing path"))
    what = say("it cannot be read: {why}", why=why)
    return Finding(file, None, "", what, say("a readable file"))


def without_name(file: str, index: int) -> Finding:
    """A column, counted from 0, whose heading is blank."""
    what = say("column {number} has no name", number=str(index + 1))
    return Finding(file, 1, "", what, say("a name above every column"))


def cells_of(there: int, width: int) -> tuple[Said, Said]:
    """What is said of a row with another number of cells than the header."""
    return (
        plural("the row has {n} cell", "the row has {n} cells", n=there),
        say("{what}, as in the header", what=str(width)),
    )


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

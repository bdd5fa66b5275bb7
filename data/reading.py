"""Files in: a folder of CSV or Parquet files, or one workbook, each as rows of text.

Whatever the file, what comes out is a `Source`: a relation DuckDB can scan, in the order of the
file, and for each column of the format the text of its cell. Nothing is guessed about types here.
"""

import csv
import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data import delimited, parquet, workbook
from data.cells import WORDS
from data.findings import Finding, Findings, quoted
from data.sheets import read_reports, read_workbook
from data.sources import (
    A_FILE,
    Batch,
    Source,
    cells_of,
    columns_of,
    sha256_of,
    unreadable,
)
from data.tables import ADDS, BY_NAME, TABLES, Table
from data.wording import Said, listed, say

if TYPE_CHECKING:
    from data.mapping import Mapping

FORMATS = (".csv", ".parquet")
# Parquet columns that hold what their kind is stored as; what of them fits, as its text would.
TYPED = {
    ("number", "DOUBLE"): "case when isfinite(raw) then raw + 0.0 end",
    ("date", "DATE"): "case when raw between '0001-01-01' and '9999-12-31' then raw end",
}
# What lies beside the tables in a folder and cannot be mistaken for one.
LEFT_ALONE = (".md", ".py", ".pdf")


def read(
    path: Path,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping",
    encoding: str | None = None,
) -> Batch:
    """Opens what lies at `path`; files that must be rewritten to be read go to `scratch`.

    `mapping` renames sheets and columns of another layout first. Of a folder of workbooks each may
    only add to what is stored, as when several centres report. `encoding` is that of CSV files
    which are neither UTF-8 nor UTF-16, where somebody named it.
    """
    batch = Batch(workbook=path.name if path.suffix.lower() == ".xlsx" else "", encoding=encoding)
    try:
        if path.is_dir():
            files = _tables_in(path, batch, findings)
            if files and all(file.suffix.lower() == ".xlsx" for file in files):
                read_reports(files, batch, scratch, findings, mapping)
                return batch
            came = files
            files = mapping.folder(came, scratch, findings, encoding)
            batch.files |= {sha256_of(file): file for file in came if file not in files}
            for name, file in _recognized(files, batch, findings).items():
                _read_file(name, file, batch, scratch, findings)
        elif path.suffix.lower() == ".xlsx":
            read_workbook(path, batch, scratch, findings, mapping)
        elif path.suffix.lower() in FORMATS:
            for name, file in _recognized([path], batch, findings).items():
                _read_file(name, file, batch, scratch, findings)
        else:
            batch.opened = False
            path.stat()
            other = workbook.OTHERS.get(path.suffix.lower())
            what = other or say("this is no kind of file the import reads")
            expected = say("a folder of CSV or Parquet files, or one XLSX workbook")
            findings.add(Finding(path.name, None, "", what, expected))
    except OSError as error:
        batch.opened = False
        findings.add(unreadable(path.name or str(path), error))
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
        names = [f"{table.name}.csv" for table in TABLES[:2]]
        what = say("there is no table in this folder")
        expected = say("files such as {names}", names=listed(names))
        findings.add(Finding(folder.name, None, "", what, expected))
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
            expected = say("did you mean {name}?", name=near[0] + shown) if near else A_FILE
            what = say("{file} is not a file of the import format", file=quoted(file.name))
            findings.add(Finding(file.name, None, "", what, expected))
            batch.broken.update(near)
        elif name in found:
            what = say(
                "the table {table} comes twice, also as {file}", table=name, file=found[name].name
            )
            findings.add(Finding(file.name, None, "", what, say("one file for each table")))
        else:
            found[name] = file
    return found


def _read_file(
    name: str,
    path: Path,
    batch: Batch,
    scratch: Path,
    findings: Findings,
) -> None:
    table = BY_NAME[name]
    try:
        if path.suffix.lower() == ".parquet":
            source = _read_parquet(table, path, batch, findings)
        else:
            source = _read_csv(table, path, batch, scratch, findings)
    except (delimited.Unreadable, OSError) as error:
        findings.add(unreadable(path.name, error))
        source = None
    if source is None:
        batch.broken.add(name)
    else:
        if scratch not in path.parents:
            batch.files[source.sha256] = path
        size, adds = path.stat().st_size, path.stem.lower() in ADDS
        batch.sources.append(replace(source, size=size, adds=adds))


def _read_csv(
    table: Table, path: Path, batch: Batch, scratch: Path, findings: Findings
) -> Source | None:
    look = look_at(path, batch.encoding, findings)
    adds = path.stem.lower() in ADDS
    used = columns_of(table, path.name, look.header, batch, findings, look.start, adds)
    if used is None:
        return None
    texts = {}
    for column, index in used.items():
        words = look.guarded and table.column(column).kind in WORDS
        text = f"tidy_spaces(c{index})" if look.spaces else f"tidy(c{index})"
        texts[column] = f"unguarded({text})" if words else text
    if not look.plain:
        return _rewritten_csv(table, path, look, texts, batch, scratch, findings)
    relation = delimited.relation(path, len(look.header), look.separator)
    return Source(table, path.name, relation, texts, sha256_of(path), look.separator, path)


def look_at(path: Path, encoding: str | None, findings: Findings) -> delimited.Look:
    """Looks at a CSV file; a warning stays on record where its encoding is what somebody said.

    Raises as `data.delimited.look` does.
    """
    look = delimited.look(path, encoding)
    if encoding and look.encoding == encoding:
        what = say("read as {encoding}, which was said and cannot be proved", encoding=encoding)
        findings.add(Finding(path.name, None, "", what, say("UTF-8 or UTF-16"), warning=True))
    return look


def rewritten(source: Source, batch: Batch, scratch: Path, findings: Findings) -> Source | None:
    """The same source read line by line, with a finding for each line that does not fit.

    For CSV files that DuckDB refuses: it stops at the first fault and says little about it.
    """
    assert source.direct
    try:
        look = delimited.look(source.direct, batch.encoding)
        again = _rewritten_csv(
            source.table, source.direct, look, source.texts, batch, scratch, findings
        )
        return replace(again, adds=source.adds)
    except delimited.Unreadable as error:
        findings.add(unreadable(source.file, error))
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
    return Source(table, path.name, relation, texts, sha256_of(path), look.separator)


def _wrong_width(cells: list[str], width: int, separator: str) -> tuple[Said, Said]:
    """Why a row has more or fewer cells than the header, and what was expected."""
    line = separator.join(cells)
    for other, name in delimited.SEPARATORS.items():
        if other != separator and len(delimited.cut(line, other)) == width:
            what = say("the cells of the row are parted by {separators}", separators=name)
            return what, say("{what}, as in the header", what=delimited.SEPARATORS[separator])
    return cells_of(len(cells), width)


def _read_parquet(
    table: Table,
    path: Path,
    batch: Batch,
    findings: Findings,
) -> Source | None:
    described = parquet.look(path)
    header = [name for name, _type in described]
    adds = path.stem.lower() in ADDS
    used = columns_of(table, path.name, header, batch, findings, [header], adds)
    if used is None:
        return None
    texts, typed = {}, {}
    for column, index in used.items():
        name, type_ = described[index]
        if fits := TYPED.get((table.column(column).kind, type_)):
            typed[column] = parquet.quoted(name), fits
        text = parquet.text_of(name, type_)
        if text is None:
            findings.add(no_values(path.name, column, type_))
            batch.broken.add(table.name)
            text = "null::varchar"
        texts[column] = text
    relation = parquet.relation(path)
    return Source(table, path.name, relation, texts, sha256_of(path), typed=typed)


def no_values(file: str, column: str, type_: str) -> Finding:
    """What is wrong with a Parquet column that holds no simple values."""
    what = say("the column is of type {type}", type=type_)
    return Finding(file, 1, column, what, say("text, numbers or dates"))

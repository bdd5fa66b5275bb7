"""Files in: a folder of CSV or Parquet files, or one workbook, each as rows of text.

Whatever the file, what comes out is a `Source`: a relation DuckDB can scan, in the order of the
file, and for each column of the format the text of its cell. Nothing is guessed about types here.
"""

import csv
import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data import delimited, workbook
from data.cells import WORDS
from data.findings import Finding, Findings, quoted
from data.sheets import read_workbook
from data.sources import Batch, Source, columns_of, names_of, sha256_of, unreadable
from data.tables import ADDS, BY_NAME, TABLES, Table

if TYPE_CHECKING:
    from data.mapping import Mapping

FORMATS = (".csv", ".parquet")
# Parquet columns that hold what their kind is stored as; what of them fits, as its text would.
TYPED = {
    ("number", "DOUBLE"): "case when isfinite(raw) then raw end",
    ("date", "DATE"): "case when raw between '0001-01-01' and '9999-12-31' then raw end",
}
# What a Parquet file unfolds to, as its footer declares it: 20 million scores take 120 MB.
LARGEST_UNFOLDED = 2_000_000_000
LARGEST_RATIO = 1000
# What lies beside the tables in a folder and cannot be mistaken for one.
LEFT_ALONE = (".md", ".py", ".pdf")


def read(
    path: Path,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
    mapping: "Mapping | None" = None,
    encoding: str | None = None,
) -> Batch:
    """Opens what lies at `path`; files that must be rewritten to be read go to `scratch`.

    `mapping` renames sheets and columns of another layout first. `encoding` is that of CSV files
    which are neither UTF-8 nor UTF-16, where somebody named it.
    """
    batch = Batch(workbook=path.name if path.suffix.lower() == ".xlsx" else "", encoding=encoding)
    try:
        if path.is_dir():
            files = _tables_in(path, batch, findings)
            if mapping:
                came = files
                files = mapping.folder(came, scratch, findings, encoding)
                batch.files |= {sha256_of(file): file for file in came if file not in files}
            for name, file in _recognized(files, batch, findings).items():
                _read_file(name, file, batch, database, scratch, findings)
        elif path.suffix.lower() == ".xlsx":
            read_workbook(path, batch, scratch, findings, mapping)
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
            expected = f"did you mean {near[0]}{shown}?" if near else names_of(".csv or .parquet")
            what = f"{quoted(file.name)} is not a file of the import format"
            findings.add(Finding(file.name, None, "", what, expected))
            batch.broken.update(near)
        elif name in found:
            what = f"the table {name} comes twice, also as {found[name].name}"
            findings.add(Finding(file.name, None, "", what, "one file for each table"))
        else:
            found[name] = file
    return found


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
    look = delimited.look(path, batch.encoding)
    if batch.encoding and look.encoding == batch.encoding:
        what = f"read as {batch.encoding}, which was said and cannot be proved"
        findings.add(Finding(path.name, None, "", what, "UTF-8 or UTF-16", warning=True))
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
    return Source(table, path.name, relation, texts, sha256_of(path), look.separator)


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
    size = path.stat().st_size
    try:
        described = database.execute(f"describe select * from {relation}").fetchall()
        # A value that is repeated takes no room in the file: in memory each cell takes some.
        unfolded = database.execute(
            "select coalesce(greatest(sum(total_uncompressed_size), sum(num_values)), 0)::bigint "
            f"from parquet_metadata({delimited.pattern(path)})"
        ).fetchone()[0]
    except duckdb.Error as error:
        raise delimited.Unreadable(
            "the file is damaged or no Parquet file", "a Parquet file, as its name says"
        ) from error
    if unfolded > min(LARGEST_UNFOLDED, LARGEST_RATIO * size):
        raise delimited.Unreadable(
            f"the file unfolds from {size // 1000} kB to {unfolded // 1_000_000} MB",
            f"at most {LARGEST_UNFOLDED // 1_000_000} MB and {LARGEST_RATIO} times its size",
        )
    header = [row[0] for row in described]
    adds = path.stem.lower() in ADDS
    used = columns_of(table, path.name, header, batch, findings, [header], adds)
    if used is None:
        return None
    texts, typed = {}, {}
    for column, index in used.items():
        name, type_ = described[index][:2]
        name = '"' + name.replace('"', '""') + '"'
        if fits := TYPED.get((table.column(column).kind, type_)):
            typed[column] = name, fits
        text = _text_of(name, type_)
        if text is None:
            what = f"the column is of type {type_}"
            findings.add(Finding(path.name, 1, column, what, "text, numbers or dates"))
            batch.broken.add(table.name)
            text = "null::varchar"
        texts[column] = text
    return Source(table, path.name, relation, texts, sha256_of(path), typed=typed)


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

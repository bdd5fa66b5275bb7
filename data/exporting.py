"""A snapshot as CSV files that import again to the same hash and are safe to open."""

from pathlib import Path

import duckdb

from data import reference
from data.cells import WORDS
from data.delimited import literal
from data.staging import as_file, order_of
from data.tables import TABLES, Table


def export(snapshot: Path, folder: Path) -> list[Path]:
    """Writes one CSV file per table from the database at `snapshot`; returns the files.

    A table without rows is a header alone: otherwise the import would keep what it holds by then.

    UTF-8 with its mark, which spreadsheets want. Text a spreadsheet would take for a formula gets
    an apostrophe in front, which the import takes off again. Goals that come with the dashboard
    are not among them. Raises OSError when the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with duckdb.connect(config={"python_enable_replacements": False}) as database:
        database.execute(f"attach {literal(snapshot)} as stored (read_only)")
        reference.goals(database)
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            _write(table, as_file(table, "stored"), path, database)
            written.append(path)
    return written


def _write(table: Table, rows: str, path: Path, database: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(_cell(column.name, column.kind) for column in table.columns)
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
    plain = path.with_name(f".{path.name}.part")
    try:
        database.execute(
            f"copy (select {columns} from ({rows}) order by {order_of(table)}) to {literal(plain)} "
            "(format csv, header true, delimiter ',', quote '\"', escape '\"', nullstr '')"
        )
        with plain.open("rb") as source, path.open("ab") as file:
            while block := source.read(1 << 20):
                file.write(block)
    finally:
        plain.unlink(missing_ok=True)


def _cell(name: str, kind: str) -> str:
    if kind == "yes/no":
        return f"case when {name} then 'yes' when not {name} then 'no' end as {name}"
    if kind not in WORDS:
        return name
    text = f"array_to_string({name}, ';')" if kind == "keys" else name
    return (
        f"case when {text}[1] in ('=', '+', '-', '@', chr(9), chr(13), '''') "
        f"then '''' || {text} else {text} end as {name}"
    )

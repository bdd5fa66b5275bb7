"""Parquet in: its columns, and their values as the text a CSV file would have."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from data import cells
from data.delimited import Unreadable, kind_of, pattern
from data.limits import unfolds
from data.wording import say

EXPECTED = say("a Parquet file, as its name says")
# What a file unfolds to, as its footer declares it: 20 million scores take 120 MB.
LARGEST_UNFOLDED = 2_000_000_000


def look(path: Path) -> list[tuple[str, str]]:
    """Name and type of each column.

    Raises Unreadable, also when the file unfolds to too much, and OSError when it cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PAR1":
        raise Unreadable(kind_of(start) or say("the file holds no Parquet data"), EXPECTED)
    with closing(_database()) as database:
        try:
            described = database.execute(f"describe select * from {relation(path)}").fetchall()
            # A value that is repeated takes no room in the file: in memory each cell takes some.
            unfolded = database.execute(
                "select coalesce(greatest(sum(total_uncompressed_size), sum(num_values)), 0)"
                f"::bigint from parquet_metadata({pattern(path)})"
            ).fetchone()[0]
        except duckdb.Error as error:
            raise Unreadable(say("the file is damaged or no Parquet file"), EXPECTED) from error
    size = path.stat().st_size
    if wrong := unfolds(say("the file"), size, unfolded, LARGEST_UNFOLDED):
        raise Unreadable(*wrong)
    return [row[:2] for row in described]


def relation(path: Path) -> str:
    """The SQL to select the rows of a file from."""
    return f"read_parquet({pattern(path)}, hive_partitioning = false)"


def rows(path: Path) -> Iterator[list[str]]:
    """Every row as text, the header first. Raises as `look` does."""
    columns = look(path)
    yield [name for name, _type in columns]
    texts = [text_of(*column) or f"{quoted(column[0])}::varchar" for column in columns]
    with closing(_database()) as database:
        cells.prepare(database)
        answer = database.execute(f"select {', '.join(texts)} from {relation(path)}")
        while found := answer.fetchmany(10_000):
            yield from ([text or "" for text in row] for row in found)


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def text_of(column: str, type_: str) -> str | None:
    """SQL for how a column reads as text; None when it holds no simple values."""
    name = quoted(column)
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


def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"python_enable_replacements": False})

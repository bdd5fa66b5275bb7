"""The hash of a snapshot's data."""

import hashlib

import duckdb
import pyarrow as pa

from data.store import SCHEMA_VERSION

# Neither may stand in a cell: control characters are refused when data comes in.
BETWEEN_CELLS, BETWEEN_ROWS = "chr(31)", "chr(30)"


def digest(database: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over the schema's version and every data table but those on the import itself.

    Tables and columns go by name, rows as they lie, which is the order of their keys. Call it
    before the derived tables are made: they follow from the others.
    """
    whole = hashlib.sha256(f"schema {SCHEMA_VERSION}\n".encode())
    tables = database.execute(
        """
        select table_name, list(column_name order by column_name)
        from duckdb_columns()
        where database_name = current_database() and not internal
            and table_name in (
                select table_name from duckdb_tables()
                where database_name = current_database() and not temporary
            )
            and table_name not in (
                'import', 'import_file', 'import_mapping', 'import_source', 'import_warning'
            )
        group by table_name
        order by table_name
        """
    ).fetchall()
    for table, columns in tables:
        cells = ", ".join(f"coalesce({column}::varchar, '')" for column in columns)
        rows = database.sql(
            f"select concat_ws({BETWEEN_CELLS}, {cells}) || {BETWEEN_ROWS} as line from {table}"
        ).to_arrow_reader(100_000)
        hash_ = hashlib.sha256()
        for batch in rows:
            hash_.update(_bytes(batch.column(0)))
        whole.update(f"{table}({','.join(columns)}) {hash_.hexdigest()}\n".encode())
    return whole.hexdigest()


def _bytes(lines: pa.Array) -> pa.Buffer | bytes:
    """The text of all lines in one piece, as Arrow keeps it: nothing is copied."""
    if not len(lines):
        return b""
    wide = pa.types.is_large_string(lines.type)
    offsets = memoryview(lines.buffers()[1]).cast("q" if wide else "i")
    start, end = offsets[lines.offset], offsets[lines.offset + len(lines)]
    return lines.buffers()[2].slice(start, end - start)

"""The hash of a snapshot's data."""

import hashlib

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.store import SCHEMA_VERSION

# What stands for an empty cell, by type: none of them may come in.
BLANK = {
    "VARCHAR": "coalesce({0}, '')",
    "DOUBLE": "coalesce({0}, 'nan'::double)",
    "DATE": "coalesce({0}, '-infinity'::date)",
    "BOOLEAN": "coalesce({0}::tinyint, -1::tinyint)",
    "INTEGER": "coalesce({0}, -2147483648)",
}


def digest(database: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over the schema's version and every data table but those on the import itself.

    Tables and columns go by name, rows as they lie, which is the order of their keys; values as
    they are stored, little end first, and texts with their lengths. Call it before the derived
    tables are made: they follow from the others.
    """
    whole = hashlib.sha256(f"schema {SCHEMA_VERSION}\n".encode())
    tables = database.execute(
        """
        select table_name, list({'name': column_name, 'type': data_type} order by column_name)
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
        names = [column["name"] for column in columns]
        cells = ", ".join(BLANK[column["type"]].format(column["name"]) for column in columns)
        # The lengths of texts go by themselves: how many rows come at once must not matter.
        hashes = [(hashlib.sha256(), hashlib.sha256()) for _ in columns]
        for batch in database.sql(f"select {cells} from {table}").to_arrow_reader(100_000):
            for (values, lengths), column in zip(hashes, batch.columns, strict=True):
                _add(values, lengths, column)
        content = " ".join(values.hexdigest() + lengths.hexdigest() for values, lengths in hashes)
        whole.update(f"{table}({','.join(names)}) {content}\n".encode())
    return whole.hexdigest()


def _add(values: "hashlib._Hash", lengths: "hashlib._Hash", column: pa.Array) -> None:
    """Adds the values of a column as Arrow keeps them: nothing is copied."""
    if not len(column):
        return
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        wide = pa.types.is_large_string(column.type)
        _, ends, text = column.buffers()
        offsets = memoryview(ends).cast("q" if wide else "i")
        start, end = offsets[column.offset], offsets[column.offset + len(column)]
        lengths.update(_buffer(pc.binary_length(column).cast(pa.int32()), 4))
        if end > start:
            values.update(text.slice(start, end - start))
    else:
        values.update(_buffer(column, column.type.bit_width // 8))


def _buffer(column: pa.Array, width: int) -> pa.Buffer:
    return column.buffers()[1].slice(column.offset * width, len(column) * width)

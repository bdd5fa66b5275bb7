"""A snapshot as files that import again to the same hash and are safe to open."""

from datetime import date
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import reference
from data.cells import WORDS
from data.delimited import literal
from data.number_formats import meant
from data.staging import as_file, order_of
from data.store import StoreError
from data.tables import TABLES, Column, Table
from data.wording import say

# What a sheet holds at most.
ROWS, LETTERS = 1_048_575, 32_767
HIGHEST = 400  # points; spreadsheets allow 409
# From here on all spreadsheets count days alike.
FIRST_DAY = date(1900, 3, 1)


def export(snapshot: Path, path: Path, parquet: bool = False) -> list[Path]:
    """Writes every table of the database at `snapshot`; returns the files.

    A folder at `path` gets a CSV file for each table, or Parquet; a name that ends in .xlsx becomes
    a workbook with a sheet for each. A table without rows is a header alone: otherwise the import
    would keep what it holds by then. Goals that come with the dashboard are not among them. Raises
    OSError when it cannot be written, StoreError when a workbook cannot hold it.
    """
    with duckdb.connect(config={"python_enable_replacements": False}) as database:
        database.execute(f"attach {literal(snapshot)} as stored (read_only)")
        reference.goals(database)
        if path.suffix.lower() == ".xlsx":
            _write_workbook(path, database)
            return [path]
        path.mkdir(parents=True, exist_ok=True)
        written = []
        for table in TABLES:
            rows = f"from ({as_file(table, 'stored')}) order by {order_of(table)}"
            file = path / f"{table.name}.{'parquet' if parquet else 'csv'}"
            if parquet:
                columns = ", ".join(_text(column) for column in table.columns)
                database.execute(
                    f"copy (select {columns} {rows}) to {literal(file)} (format parquet)"
                )
            else:
                _write_csv(table, rows, file, database)
            written.append(file)
        return written


def _write_workbook(path: Path, database: duckdb.DuckDBPyConnection) -> None:
    """Cells of text are text, so that none becomes a formula, a link or a number."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, options)
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "num_format": "@"})
    for table in TABLES:
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for x, column in enumerate(table.columns):
            sheet.set_column(x, x, 16, text if column.kind in WORDS else None)
            write_text(sheet, 0, x, column.name, bold)
        columns = ", ".join(_text(column) for column in table.columns)
        answer = database.execute(
            f"select {columns} from ({as_file(table, 'stored')}) order by {order_of(table)}"
        )
        y = 0
        while rows := answer.fetchmany(10_000):
            for row in rows:
                y += 1
                if y > ROWS:
                    raise StoreError(
                        say(
                            "{table} has more rows than a sheet holds: {most}.",
                            table=table.name,
                            most=f"{ROWS:,}",
                        )
                    )
                for x, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                    if value is not None:
                        _write_cell(sheet, y, x, column, value, day, text)
    book.close()


def _write_cell(
    sheet: Worksheet, y: int, x: int, column: Column, value: object, day: Format, look: Format
) -> None:
    # What a workbook's numbers and days cannot hold exactly is written as text.
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(y, x, value, day)
    elif isinstance(value, int | float) and meant(float(f"{value:.16G}")) == value:
        sheet.write_number(y, x, value)
    else:
        text = repr(value) if isinstance(value, float) else str(value)
        if len(text) > LETTERS:
            raise StoreError(
                say(
                    "A cell of {column} has more letters than a workbook holds: {most}.",
                    column=column.name,
                    most=f"{LETTERS:,}",
                )
            )
        write_text(sheet, y, x, text, look)


def write_text(sheet: Worksheet, y: int, x: int, text: str, look: Format) -> None:
    """A cell of text. What begins and ends as a run of a rich string, XlsxWriter would write as
    that: such a text is made one, of two runs, which spells it out."""
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(y, x, text[:3], look, text[3:], look)
    else:
        sheet.write_string(y, x, text, look)


def height(*texts: tuple[str, int]) -> int:
    """How high a row is, in points, whose texts are wrapped in columns of these widths, in letters.

    Not every spreadsheet finds out by itself.
    """
    # Words do not fill their lines, and some letters are wider than others.
    lines = max(1, *(-(-len(text) // (width * 9 // 10)) for text, width in texts))
    return min(15 * lines, HIGHEST)


def _text(column: Column) -> str:
    """A column's values, lists as the text of their keys."""
    if column.kind == "keys":
        return f"array_to_string({column.name}, ';') as {column.name}"
    return column.name


def _write_csv(table: Table, rows: str, path: Path, database: duckdb.DuckDBPyConnection) -> None:
    """UTF-8 with its mark, which spreadsheets want. Text they would take for a formula gets
    an apostrophe in front, which the import takes off again."""
    columns = ", ".join(_cell(column.name, column.kind) for column in table.columns)
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
    plain = path.with_name(f".{path.name}.part")
    try:
        database.execute(
            f"copy (select {columns} {rows}) to {literal(plain)} "
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

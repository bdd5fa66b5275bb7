"""A table as a file: CSV, XLSX or Parquet. Bytes in memory; no session, no clock.

The same table gives the same bytes. Every file carries its stamp (which cohort and filters, which
data, sample or not): Parquet in its metadata, XLSX on a sheet of its own, and CSV and XLSX also in
a last column named `stamp`. A column and not a heading line, because a line above the table breaks
every program that reads it, and because a row copied into another file still says where it is from.
"""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

STAMP_COLUMN = "stamp"
# What a spreadsheet takes for the beginning of a formula when it opens a CSV file.
FORMULA_STARTS = frozenset("=+-@\t\r")
# Characters that XML forbids and most readers of CSV stumble over.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# What a worksheet holds: rows below the heading, characters (UTF-16 units) in a cell, digits.
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
MOST_EXACT = 10**15
WIDEST = 60
# Rows turned into cells at once, and rows looked at for the width of a column.
AT_A_TIME = 20_000
MEASURED = 1_000

Stamp = list[tuple[str, str]]


class TooLarge(ValueError):
    """The table does not fit this kind of file; the message is a sentence for people."""


def stamp_line(stamp: Stamp) -> str:
    """The stamp on one line: `label: value · label: value`; a label may be empty."""
    return " · ".join(f"{label}: {value}" if label else value for label, value in stamp)


def as_csv(frame: pd.DataFrame, stamp: Stamp) -> bytes:
    """The frame as CSV: UTF-8 with a byte order mark, commas, ISO dates, lists joined by `; `.

    Text a spreadsheet would run as a formula gets a `'` in front; numbers stay numbers. The columns
    are explained in a file of their own: the dictionary is a frame too. ValueError when the frame
    has a column named `stamp`.
    """
    frame = _stamped(frame, stamp)
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([_csv_cell(str(name)) for name in frame])
    for row in _rows(frame):
        writer.writerow([_csv_cell(value) for value in row])
    text.flush()
    return file.getvalue()


def as_xlsx(
    frame: pd.DataFrame, stamp: Stamp, dictionary: pd.DataFrame, _: Callable[..., str]
) -> bytes:
    """The frame as a workbook with three sheets: the table, its dictionary, where it is from.

    `dictionary` has the columns name and meaning, and may have unit_or_codes; `_` translates the
    names of the sheets. Text is never turned into a formula, a link or a number. TooLarge when a
    worksheet cannot hold the rows, ValueError when the frame has a column named `stamp`.
    """
    if len(frame) > MOST_ROWS:
        raise TooLarge(
            _(
                "A worksheet holds {most} rows and this table has {n}: take CSV or Parquet.",
                most=MOST_ROWS,
                n=len(frame),
            )
        )
    file = io.BytesIO()
    options = {
        "constant_memory": True,  # rows wait in a temporary file: a million would fill a gigabyte
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        # The file says when its data came in; the clock would make two equal tables two files.
        book.set_properties({"created": datetime(1980, 1, 1), "comments": stamp_line(stamp)})
        cut = _("… (cut: a cell holds no more; the CSV and Parquet files have the whole text)")
        headings = [_("Column"), _("Meaning"), _("Unit or codes")]
        sheets = [
            (_("Table"), _stamped(frame, stamp)),
            (_("Dictionary"), dictionary.set_axis(headings[: dictionary.shape[1]], axis=1)),
            (_("About this file"), pd.DataFrame(stamp, columns=[_("What"), _("Value")])),
        ]
        for title, content in sheets:
            _write_sheet(book, title, content, cut, stamp_line(stamp))
    return file.getvalue()


def as_parquet(frame: pd.DataFrame, stamp: Stamp, dictionary: pd.DataFrame) -> bytes:
    """The frame as Parquet, text untouched and lists as lists.

    The stamp (a JSON list of pairs) and the dictionary (a JSON object) stand in the schema's
    metadata, the meaning of each column also in its field, as `description`.
    """
    meanings = {
        name: " ".join(filter(None, said)) for name, *said in dictionary.itertuples(index=False)
    }
    table = pa.Table.from_pandas(_with_days(frame), preserve_index=False)
    fields = [
        field.with_metadata({"description": str(meanings[field.name])})
        if field.name in meanings
        else field
        for field in table.schema
    ]
    metadata = {
        **(table.schema.metadata or {}),
        b"stamp": json.dumps(stamp, ensure_ascii=False).encode(),
        b"dictionary": json.dumps(meanings, ensure_ascii=False).encode(),
    }
    file = io.BytesIO()
    pq.write_table(table.cast(pa.schema(fields, metadata)), file, compression="zstd")
    return file.getvalue()


def _stamped(frame: pd.DataFrame, stamp: Stamp) -> pd.DataFrame:
    if STAMP_COLUMN in frame.columns:
        raise ValueError(f"the frame has a column named {STAMP_COLUMN} already")
    return frame.assign(**{STAMP_COLUMN: stamp_line(stamp)})


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Days as days: the database's dates reach a frame as moments at midnight."""
    days = {
        name: frame[name].dt.date
        for name in frame.select_dtypes("datetime")
        if (frame[name].dropna() == frame[name].dropna().dt.normalize()).all()
    }
    return frame.assign(**days)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows, each cell None, bool, int, float, Decimal, str, date or datetime (UTC, no zone)."""
    frame = _with_days(frame)
    for start in range(0, len(frame), AT_A_TIME):
        part = frame.iloc[start : start + AT_A_TIME]
        yield from zip(*(_values(part[name]) for name in part), strict=True)


def _values(column: pd.Series) -> list[Any]:
    gone = column.isna().tolist()
    return [
        None if missing else _value(value)
        for value, missing in zip(column.tolist(), gone, strict=True)
    ]


def _value(value: Any) -> Any:
    if hasattr(value, "tolist"):  # numpy's arrays and scalars
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    if isinstance(value, (bool, int, float, date)) or type(value).__name__ == "Decimal":
        return value
    return UNPRINTABLE.sub("\ufffd", str(value))


def _csv_cell(value: Any) -> Any:
    if isinstance(value, str):
        return "'" + value if value[:1] in FORMULA_STARTS else value
    return value.isoformat() if isinstance(value, date) else value


def _write_sheet(
    book: xlsxwriter.Workbook, title: str, frame: pd.DataFrame, cut: str, footer: str
) -> None:
    sheet = book.add_worksheet(title)
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    widths = [len(str(name)) for name in frame]
    for place, name in enumerate(frame):
        sheet.write_string(0, place, _fitting(str(name), cut), heading)
    for number, row in enumerate(_rows(frame), start=1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                text = _fitting(value, cut)
                if text.startswith("<r>") and text.endswith("</r>"):
                    # XlsxWriter would take it for a run of a rich string: two runs spell it out.
                    sheet.write_rich_string(number, place, text[:3], plain, text[3:])
                else:
                    sheet.write_string(number, place, text)
            elif isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, datetime) and value.year >= 1900:
                sheet.write_datetime(number, place, value, moment)
            elif isinstance(value, date) and value.year >= 1900:
                sheet.write_datetime(number, place, value, day)
            elif isinstance(value, date) or abs(value) >= MOST_EXACT:
                sheet.write_string(number, place, str(value))
            else:
                sheet.write_number(number, place, value)
            if number < MEASURED:
                widths[place] = max(widths[place], len(str(value)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    # On paper: the heading on every page, the stamp at its foot (which holds 255 characters).
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + footer.replace("&", "&&")[:240])


def _fitting(text: str, cut: str) -> str:
    """The text, or as much of it as a cell holds with a remark that it was cut."""
    if len(text) <= MOST_CHARACTERS // 2 or len(text.encode("utf-16-le")) <= 2 * MOST_CHARACTERS:
        return text
    room = 2 * (MOST_CHARACTERS - len(cut))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + cut

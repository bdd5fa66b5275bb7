"""Workbooks in: each sheet's cells as text, as calamine reads them."""

import datetime as dt
import zipfile
from pathlib import Path

import python_calamine

from data.delimited import Unreadable

__all__ = ["Unreadable", "sheets"]

# A workbook of 1.3 MB can unfold to 153 MB; what would unfold beyond reason is not opened.
LARGEST_FILE = 50_000_000
LARGEST_UNFOLDED = 500_000_000
LARGEST_RATIO = 1000

EXPECTED = "an XLSX workbook, as its name says"


def sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    """The sheets that hold anything: (title, rows of equally many texts, from row 1 on).

    Raises Unreadable when the file is no workbook or unfolds to too much.
    """
    _check_container(path)
    try:
        with python_calamine.load_workbook(path) as book:
            found = [
                (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
                for title in book.sheet_names
            ]
    except python_calamine.PasswordError:
        raise Unreadable("the workbook is protected by a password", "one without") from None
    except (python_calamine.CalamineError, python_calamine.XmlError) as error:
        raise Unreadable(f"the workbook is damaged: {error}", EXPECTED) from error
    return [(title, rows) for title, cells in found if (rows := _rows(cells))]


def _rows(cells: list[list[object]]) -> list[list[str]]:
    """The cells as text, without the empty columns to the right of the last one filled."""
    rows = [[_text(cell).strip() for cell in row] for row in cells]
    width = max((i + 1 for row in rows for i, text in enumerate(row) if text), default=0)
    return [row[:width] for row in rows] if width else []


def _check_container(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("the file is empty", EXPECTED)
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        raise Unreadable("this is an old Excel workbook, or one with a password", EXPECTED)
    try:
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise Unreadable("the file is no workbook", EXPECTED) from None
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("the file is a zip archive, but no workbook", EXPECTED)
    if size > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1_000_000
        raise Unreadable(
            f"the workbook has {size // 1_000_000} MB",
            f"at most {megabytes} MB; larger tables come as CSV or Parquet",
        )
    if unfolded > LARGEST_UNFOLDED or unfolded > LARGEST_RATIO * size:
        raise Unreadable(
            f"the workbook unfolds from {size // 1000} kB to {unfolded // 1_000_000} MB",
            f"at most {LARGEST_UNFOLDED // 1_000_000} MB and {LARGEST_RATIO} times its size",
        )


def _text(cell: object) -> str:
    """A cell as one would write it in a CSV file of the format."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return (cell.date() if cell.time() == dt.time() else cell).isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)

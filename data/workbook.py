"""Workbooks in: each sheet's cells as text.

The file is judged by its container before anything in it is opened; its sheets are read in a
process of their own with limits (`data.workbook_cells`), since a workbook can be made to unfold to
anything.
"""

import csv
import json
import logging
import mmap
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from data.delimited import Unreadable
from data.limits import unfolds
from data.wording import say, unpacked

log = logging.getLogger(__name__)

__all__ = ["OTHERS", "Sheet", "Unreadable", "external", "sheets"]

# A workbook of 1.3 MB can unfold to 153 MB; what would unfold beyond reason is not opened.
LARGEST_FILE = 50_000_000
LARGEST_UNFOLDED = 500_000_000
# Seconds the reader may take; 50 MB take less than one minute.
PATIENCE = 300

EXPECTED = say("an XLSX workbook, as its name says")
# Other workbooks, by the ends of their names.
OTHERS = {
    ".xlsm": say("this is a workbook with macros"),
    ".xltm": say("this is a template with macros"),
    ".xltx": say("this is a template for workbooks"),
    ".xls": say("this is an old Excel workbook"),
    ".xlsb": say("this is a binary Excel workbook"),
    ".ods": say("this is an OpenDocument workbook"),
    ".numbers": say("this is a Numbers workbook"),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet that holds anything. `path` is its cells as CSV, from row 1 on, `width` columns
    wide; `start` its first rows. Rows and columns count from 0 here.

    `hidden_rows`, `hidden_columns`: first and last of each stretch. `merged`: first row and column,
    last row and column. `rounded`: row, column, what it shows, what it holds, and how many of the
    column's cells show fewer digits than they hold.
    """

    title: str
    path: Path
    width: int
    start: list[list[str]]
    hidden: bool = False
    hidden_rows: list[list[int]] = field(default_factory=list)
    hidden_columns: list[list[int]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    rounded: list[list] = field(default_factory=list)

    def rows(self) -> Iterator[list[str]]:
        """All rows, from the first on."""
        with self.path.open(encoding="utf-8", newline="") as file:
            yield from csv.reader(file)


def sheets(
    path: Path, scratch: Path, kinds: dict[str, dict[str, str]] | None = None
) -> list[Sheet]:
    """The sheets that hold anything; their cells are written to the folder `scratch`.

    `kinds` tells the kinds of columns that are not named as in the format: sheet, heading, kind.

    Raises Unreadable when the file is no workbook, has macros, or unfolds to too much.
    """
    _check_container(path)
    command = [sys.executable, "-m", "data.workbook_cells", path.resolve(), scratch.resolve()]
    command += [json.dumps(kinds or {})]
    try:
        result = subprocess.run(
            command,
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        answer = json.loads(result.stdout)
    except subprocess.TimeoutExpired:
        raise Unreadable(
            say("the workbook was not read in {minutes} minutes", minutes=str(PATIENCE // 60)),
            say("a smaller one"),
        ) from None
    except ValueError:  # the system stopped it
        raise Unreadable(
            say("the workbook takes more memory than it may"), say("a smaller one")
        ) from None
    if "fault" in answer:
        if "log" in answer:
            log.error("the workbook %r is damaged: %s", path.name, answer["log"])
        raise Unreadable(unpacked(answer["fault"]), unpacked(answer.get("expected")) or EXPECTED)
    return [
        Sheet(
            **({key: each[key] for key in each if key != "file"} | {"path": scratch / each["file"]})
        )
        for each in answer["sheets"]
    ]


def external(path: Path) -> list[str]:
    """The names of the other files that a workbook, which was read before, refers to."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            name
            for name in archive.namelist()
            if name.startswith("xl/externalLinks/_rels/") and name.endswith(".rels")
        ]
        targets = {
            each.get("Target", "")
            for part in parts
            for each in ElementTree.fromstring(archive.read(part))
        }
    return sorted({unquote(target.replace("\\", "/")).rpartition("/")[2] for target in targets})


def _check_container(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(say("the file is empty"), EXPECTED)
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        # The container of old workbooks also wraps new ones that need a password.
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            locked = data.find("EncryptedPackage".encode("utf-16-le")) >= 0
        if locked:
            raise Unreadable(say("the workbook is protected by a password"), say("one without"))
        raise Unreadable(say("this is an old Excel workbook"), EXPECTED)
    if size > LARGEST_FILE:
        raise Unreadable(
            say("the workbook has {size} MB", size=str(size // 1_000_000)),
            say(
                "at most {most} MB; larger tables come as CSV or Parquet",
                most=str(LARGEST_FILE // 1_000_000),
            ),
        )
    try:
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise Unreadable(say("the file is no workbook"), EXPECTED) from None
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable(say("the file is a zip archive, but no workbook"), EXPECTED)
    if wrong := unfolds(say("the workbook"), size, unfolded, LARGEST_UNFOLDED):
        raise Unreadable(*wrong)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable(say("the workbook holds macros"), say("one without; save it as XLSX"))
    if "xl/workbook.bin" in names:
        raise Unreadable(say("this is a binary Excel workbook"), EXPECTED)

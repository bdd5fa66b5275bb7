"""CSV: what kind of file it is, its separator and encoding, and its rows one by one.

DuckDB scans a plain file directly (UTF-8, no blank line); its sniffer is never asked, for it reads
ragged files as one column and guesses dates. Everything else goes through Python's strict reader.
"""

import codecs
import csv
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEPARATORS = (",", ";", "\t")
CELL_LIMIT = 1 << 24

KINDS = (
    (b"PK\x03\x04", "the file is a workbook or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "the file is an old Excel workbook or a protected one"),
    (b"PAR1", "the file is a Parquet file"),
    (b"%PDF", "the file is a PDF document"),
    (b"\x1f\x8b", "the file is compressed"),
)


class Unreadable(Exception):
    """A file that cannot be read as a table: what is wrong, and what was expected."""

    def __init__(self, what: str, expected: str, row: int | None = None) -> None:
        super().__init__(what)
        self.what, self.expected, self.row = what, expected, row


@dataclass(frozen=True)
class Look:
    """What the beginning of a CSV file tells. `plain`: DuckDB may scan the file as it is.
    `guarded`: an apostrophe stands somewhere in it, perhaps in front of a would-be formula."""

    header: list[str]
    separator: str
    encoding: str
    plain: bool = False
    guarded: bool = True


def kind_of(start: bytes) -> str | None:
    """What the first bytes of a file say it is, when that is a kind one knows."""
    return next((what for magic, what in KINDS if start.startswith(magic)), None)


def look(path: Path) -> Look:
    """Looks at a CSV file's kind, encoding, separator and header.

    Raises Unreadable when it is empty or of another kind, OSError when it cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Unreadable("the file is empty", "a header and rows")
    if wrong := kind_of(start):
        raise Unreadable(wrong, "a CSV file, as its name says")
    encoding = _encoding(start)
    separator = _separator(start.decode(encoding, "replace"))
    header = next(rows(path, Look([], separator, encoding)))
    # A header may end in empty cells; rows with anything below them are ragged.
    while header and not header[-1].strip():
        header.pop()
    if encoding != "utf-8-sig":
        return Look(header, separator, encoding)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        guarded = data.find(b"'") >= 0
        return Look(header, separator, encoding, not _has_blank_line(data), guarded)


def rows(path: Path, look: Look) -> Iterator[list[str]]:
    """Every row of the file, the header and blank ones included.

    Raises Unreadable where the encoding or a quotation mark does not fit.
    """
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(_lines(path, look.encoding), delimiter=look.separator, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield cells
    except csv.Error as error:
        raise Unreadable(
            f"a quotation mark is out of place: {error}",
            'a cell in quotation marks ends before the separator; one inside it is written ""',
            row + 1,
        ) from error


def _lines(path: Path, encoding: str) -> Iterator[str]:
    line = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for text in file:
                line += 1
                yield text
    except UnicodeError:
        line = _line_that_fails(path, encoding) or line + 1
        name = "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
        raise Unreadable(
            f"the text is not {name}",
            "UTF-8 or UTF-16; in a spreadsheet, save as CSV UTF-8",
            line,
        ) from None


def _line_that_fails(path: Path, encoding: str) -> int | None:
    """The line with the first byte that does not fit; the decoder itself only knows its block."""
    if encoding != "utf-8-sig":
        return None
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            try:
                data.decode()
            except UnicodeError:
                return line
    return None


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Every second byte of ASCII letters in UTF-16 is zero, also without the mark at the start.
    if start[1:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-le"
    if start[0:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-be"
    if b"\x00" in start:
        raise Unreadable("the file holds binary data, no text", "a CSV file, as its name says")
    return "utf-8-sig"


def _separator(start: str) -> str:
    """The separator the header line uses most, outside quotation marks."""
    outside = "".join(start.lstrip("\r\n").splitlines()[0].split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _has_blank_line(data: mmap.mmap) -> bool:
    """Whether a blank line stands before the last row: DuckDB would skip it without counting."""
    end = len(data)
    while end and data[end - 1] in b"\r\n":
        end -= 1
    first = 3 if data[:3] == codecs.BOM_UTF8 else 0
    return data[first] in b"\r\n" or any(
        data.find(blank, 0, end) >= 0 for blank in (b"\n\n", b"\n\r", b"\r\r")
    )


def relation(path: Path, width: int, separator: str) -> str:
    """The SQL to select the rows of a plain file from, as text columns c0, c1, ..."""
    columns = ", ".join(f"c{index}: 'varchar'" for index in range(width))
    return (
        f"read_csv({pattern(path)}, auto_detect = false, header = true, strict_mode = true,"
        f" delim = '{separator}', quote = '\"', escape = '\"', null_padding = false,"
        f" compression = 'none', hive_partitioning = false, columns = {{{columns}}})"
    )


def pattern(path: Path) -> str:
    """A path as SQL text where DuckDB expects a pattern: it stands for this file alone."""
    name = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
    return literal(name)


def literal(path: Path | str) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"

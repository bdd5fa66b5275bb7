"""CSV: what kind of file it is, its separator and encoding, and its rows one by one.

DuckDB scans a plain file directly (UTF-8, no blank line); its sniffer is never asked, for it reads
ragged files as one column and guesses dates. Everything else goes through Python's strict reader.
"""

import codecs
import csv
import mmap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.encodings import UTF_8, encoding_of, first_fault, readings, shows
from data.wording import Said, say

SEPARATORS = {",": say("commas"), ";": say("semicolons"), "\t": say("tabs")}
LOOKED_AT = 20  # rows in which a header is looked for
CELL_LIMIT = 1 << 24
# What the csv module says of a cell in quotation marks, by a part of its sentence.
MISQUOTED = {
    "end of data": say("the file ends within a cell"),
    "field limit": say("a cell does not end"),
}
AFTER_QUOTES = say("text follows where a cell ends")

EXPECTED = say("a CSV file, as its name says")
KINDS = (
    (b"PK\x03\x04", say("the file is a workbook or another zip archive")),
    (b"\xd0\xcf\x11\xe0", say("the file is an old Excel workbook or a protected one")),
    (b"PAR1", say("the file is a Parquet file")),
    (b"%PDF", say("the file is a PDF document")),
    (b"\x1f\x8b", say("the file is compressed")),
)


class Unreadable(Exception):
    """A file that cannot be read as a table: what is wrong, and what was expected."""

    def __init__(self, what: Said, expected: Said, row: int | None = None) -> None:
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
    # No tab stands in it, and nothing in quotation marks: its cells hold no white space but spaces.
    spaces: bool = False
    # The first rows, cut as each of them reads best.
    start: list[list[str]] = field(default_factory=list)


def kind_of(start: bytes) -> Said | None:
    """What the first bytes of a file say it is, when that is a kind one knows."""
    return next((what for magic, what in KINDS if start.startswith(magic)), None)


def unclear(path: Path) -> dict[str, list]:
    """The CSV files of the folder at `path` whose encoding does not show, as `files`, and as
    `readings` how it may be: see `data.encodings.readings`.

    Files that cannot be opened are left out: the check says why.
    """
    files = []
    for file in csv_files(path):
        with suppress(OSError):
            start = _start(file)
            if not kind_of(start) and not shows(file, start):
                files.append(file)
    return {"files": [file.name for file in files], "readings": readings(files) if files else {}}


def csv_files(path: Path) -> list[Path]:
    """The CSV files of a folder; none where `path` is another file."""
    return sorted(path.glob("*.[cC][sS][vV]")) if path.is_dir() else []


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1 << 16)


def look(path: Path, answer: str | None = None) -> Look:
    """Looks at a CSV file's kind, encoding, separator and header.

    `answer`: the encoding of files that are neither UTF-8 nor UTF-16, where somebody named it.
    Raises Unreadable when it is empty or of another kind, OSError when it cannot be opened.
    """
    start = _start(path)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Unreadable(say("the file is empty"), say("a header and rows"))
    if wrong := kind_of(start):
        raise Unreadable(wrong, EXPECTED)
    encoding = encoding_of(path, start, answer)
    if encoding is None:
        raise Unreadable(say("the file holds binary data, no text"), EXPECTED)
    text = start.decode(encoding, "replace")
    separator = _separator(text)
    header = next(rows(path, Look([], separator, encoding)))
    # A header may end in empty cells; rows with anything below them are ragged.
    while header and not header[-1].strip():
        header.pop()
    begins = [_cut(line) for line in text.lstrip("\ufeff").splitlines()[:LOOKED_AT]]
    found = Look(header, separator, encoding, start=begins)
    if encoding != UTF_8:
        return found
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        guarded = data.find(b"'") >= 0
        spaces = all(data.find(each) < 0 for each in (b'"', b"\t", b"\v", b"\f"))
        plain = not _has_blank_line(data)
        return replace(found, plain=plain, guarded=guarded, spaces=spaces and plain)


def cut(line: str, separator: str) -> list[str]:
    """A line that is a row of its own, cut at a separator."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell beyond reason
        return []


def _cut(line: str) -> list[str]:
    return max((cut(line, separator) for separator in SEPARATORS), key=len)


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
        why = next((said for part, said in MISQUOTED.items() if part in str(error)), AFTER_QUOTES)
        raise Unreadable(
            say("a quotation mark is out of place: {why}", why=why),
            say('a cell in quotation marks ends before the separator; one inside it is written ""'),
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
        first, ways = first_fault(path, encoding)
        name = {UTF_8: "UTF-8"}.get(encoding, "UTF-16" if "16" in encoding[:6] else encoding)
        what = say("the text is not {encoding}", encoding=name)
        expected = say("UTF-8 or UTF-16; in a spreadsheet, save as CSV UTF-8")
        if ways:
            expected = say(
                "UTF-8 or UTF-16; in a spreadsheet, save as CSV UTF-8; or say which encoding it "
                "is: {ways}",
                ways=ways,
            )
        raise Unreadable(what, expected, first or line + 1) from None


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
    blanks = (b"\n\n", b"\n\r", b"\r\r") if data.find(b"\r") >= 0 else (b"\n\n",)
    return data[first] in b"\r\n" or any(data.find(blank, 0, end) >= 0 for blank in blanks)


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

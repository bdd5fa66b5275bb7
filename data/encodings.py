"""In which encoding a text file is written: UTF-8 and UTF-16 show by themselves, others are asked
for, since the wrong one of them turns Cyrillic into nonsense without a word."""

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

from data.wording import Said, say

# What one may answer: the old encodings of the six languages' systems, by their common names.
ANSWERS = (
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1254",
    "windows-1256",
    "koi8-r",
    "gb18030",
    "big5",
    "macintosh",
    "iso-8859-5",
    "iso-8859-6",
)
# How each of these reads what is not UTF-8 is shown, so that people see which it is.
SHOWN = ("windows-1252", "windows-1251", "windows-1256", "gb18030")
UTF_8, UTF_16 = "utf-8-sig", "utf-16"
LINES = 3  # of each file that are shown in every encoding
AROUND = 24  # letters shown before the first that tells encodings apart
WIDEST = 80
# A word from its first letter that tells encodings apart; none of them writes a letter with what
# parts cells.
TELLING = re.compile(rb"[\x80-\xff][^\s,;\"]*")
# What no text has: control characters and places without a letter.
NO_TEXT = re.compile("[\x80-\x9f\ue000-\uf8ff]")


def encoding_of(path: Path, start: bytes, answer: str | None) -> str | None:
    """The encoding of the file at `path`, which begins with `start`; None when that is no text.

    `answer` is the encoding of files that are neither UTF-8 nor UTF-16, where somebody named it.
    """
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF_16
    # Every second byte of ASCII letters in UTF-16 is zero, also without the mark at the start.
    if start[1:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-le"
    if start[0:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-be"
    if b"\x00" in start:
        return None
    return answer if answer and _line_that_fails(path) else UTF_8


def first_fault(path: Path, encoding: str) -> tuple[int | None, list[Said]]:
    """The line of the first byte that is not UTF-8, and the ways in which it may be meant."""
    if encoding != UTF_8 or not (found := _line_that_fails(path)):
        return None, []
    line, data = found
    ways = []
    for name in SHOWN:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        word = next(iter(re.findall(r"\w*[^\W\x00-\x7f]\w*", text)), "")
        if word and not NO_TEXT.search(text):
            ways.append(say("{encoding} reads {word}", encoding=name, word=word[:20]))
    return line, ways


def shows(path: Path, start: bytes) -> bool:
    """Whether the encoding of a text file, which begins with `start`, shows by itself."""
    return encoding_of(path, start, "asked") != "asked"


def readings(paths: Iterable[Path]) -> dict[str, list[str]]:
    """How the first lines that tell are read in each encoding these text files may be in.

    Of encodings that read them all alike, the more common one stands for the others.
    """
    words: set[bytes] = set()
    lines: list[bytes] = []
    for path in paths:
        with path.open("rb") as file:
            telling = (line for line in file if not line.isascii())
            for number, line in enumerate(telling):
                words.update(TELLING.findall(line))
                if number < LINES:
                    lines.append(line)
    whole, found = b"\n".join(sorted(words)), {}
    seen = set()
    for name in dict.fromkeys((*SHOWN, *ANSWERS)):
        try:
            text, shown = whole.decode(name), [line.decode(name) for line in lines]
        except UnicodeError:
            continue
        if text not in seen and not NO_TEXT.search(text):
            seen.add(text)
            found[name] = [_around(line.strip()) for line in shown]
    return found


def _around(line: str) -> str:
    """The line, or what of it stands around its first letter that is not ASCII."""
    first = next(place for place, letter in enumerate(line) if not letter.isascii())
    start = first - AROUND if first > WIDEST - AROUND else 0
    end = start + WIDEST
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _line_that_fails(path: Path) -> tuple[int, bytes] | None:
    """The first line that is not UTF-8: a decoder only knows the block it stands in."""
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            try:
                data.decode()
            except UnicodeError:
                return line, data
    return None

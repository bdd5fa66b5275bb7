"""A workbook's cells as text, read in a process of its own: `python -m data.workbook_cells`.

What calamine reads is what a cell holds. What it passes over is found in the sheets' own XML: error
values, formulas that were never computed, number formats, hidden rows, merged cells. Each sheet
becomes a CSV file of text; where a cell has no text that can be trusted, its text says why
(`data.cells.fault`), so that it is a finding only where the column counts. ECMA-376, part 1,
18.3.1, names the elements.
"""

import csv
import datetime as dt
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from xml.parsers import expat

import python_calamine

from data.cells import WORDS, fault
from data.limits import bound
from data.number_formats import PLAIN, Format, format_of, meant
from data.tables import ADDS, BY_NAME
from data.wording import Said, say

# Spreadsheets count a day in 1900 that never was, and not all of them in the same way.
FIRST_SURE_DAY = 61
MEMORY = 2_000_000_000
LOOKED_AT = 20  # rows in which a header is looked for


@dataclass
class Marks:
    """What a sheet's XML says beyond the cells' values; rows and columns count from 0."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], Format] = field(default_factory=dict)
    # First and last row or column of each hidden stretch.
    rows: list[list[int]] = field(default_factory=list)
    columns: list[list[int]] = field(default_factory=list)
    # First row, first column, last row, last column.
    merged: list[list[int]] = field(default_factory=list)


class _Sheet:
    """Follows one sheet's XML."""

    def __init__(self, parts: "_Parts") -> None:
        self.marks, self._formats, self._computed = Marks(), parts.formats, parts.computed
        # Since 1904 days are counted in one way only.
        self._first_day = 0 if parts.base_1904 else FIRST_SURE_DAY
        self._row = self._column = -1
        self._type, self._style = "", 0
        self._formula: str | None = None
        self._value, self._text = "", ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self._text = ""
        if name == "c":
            self._place(attributes.get("r"))
            self._type = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._formula, self._value = None, ""
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                _stretch(self.marks.rows, self._row, self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            _stretch(self.marks.columns, int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif name == "mergeCell":
            self.marks.merged.append(_area(attributes["ref"]))

    def text(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name == "f":
            self._formula = self._text
        elif name == "v":
            self._value = self._text
        elif name == "c":
            self._cell((self._row, self._column))
        self._text = ""

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _cell(reference)

    def _cell(self, place: tuple[int, int]) -> None:
        formula = None if self._formula is None else "=" + self._formula[:40]
        if self._type == "e":
            error = fault("error", self._value) if self._value else fault("some error")
            self.marks.faults[place] = error
        elif formula and not self._value and self._type != "str":
            named = fault("some formula") if formula == "=" else fault("formula", formula)
            self.marks.faults[place] = named
        elif formula and not self._computed:
            self.marks.faults[place] = fault("program")
        elif self._type == "n" and self._value and self._formats:
            value = float(self._value)
            form = self._formats[self._style](value)
            if form is not PLAIN:
                self.marks.formats[place] = form
            if form.kind in ("day", "moment") and not value >= self._first_day:
                self.marks.faults[place] = fault("day", self._value)


def _stretch(found: list[list[int]], first: int, last: int) -> None:
    if found and found[-1][1] == first - 1:
        found[-1][1] = last
    else:
        found.append([first, last])


def _cell(reference: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def _area(reference: str) -> list[int]:
    first, _, last = reference.partition(":")
    return [*_cell(first), *_cell(last or first)]


def _follow(archive: zipfile.ZipFile, part: str, start, text=None, end=None) -> None:
    """Reads one part of the archive with these handlers; a part that is not there is empty."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    if part in archive.namelist():
        with archive.open(part) as file:
            parser.ParseFile(file)


class _Parts:
    """Where the sheets' XML lies, and what holds for all of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.sheets: dict[str, str] = {}
        self.computed, self.base_1904 = True, False
        self.formats: list[Callable[[float], Format]] = []
        self._codes: dict[int, str] = {}
        self._within = ""
        targets: dict[str, str] = {}

        def relation(name: str, attributes: dict[str, str]) -> None:
            if "Id" in attributes:
                targets[attributes["Id"]] = attributes.get("Target", "")

        def book(name: str, attributes: dict[str, str]) -> None:
            kind = name.rpartition(" ")[2]
            if kind == "sheet":
                id_ = next((v for k, v in attributes.items() if k.endswith("relationships id")), "")
                path = PurePosixPath("xl") / targets.get(id_, "").removeprefix("/xl/")
                self.sheets[attributes["name"]] = str(path)
            elif kind == "workbookPr":
                self.base_1904 = attributes.get("date1904") in ("1", "true")
            elif kind == "calcPr":
                self.computed = attributes.get("fullCalcOnLoad") not in ("1", "true")

        _follow(archive, "xl/_rels/workbook.xml.rels", relation)
        _follow(archive, "xl/workbook.xml", book)
        _follow(archive, "xl/styles.xml", self._style, None, self._style_ends)

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "numFmt":
            self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif kind == "cellXfs":
            self._within = kind
        elif kind == "xf" and self._within:
            number = int(attributes.get("numFmtId", 0))
            self.formats.append(format_of(number, self._codes.get(number)))

    def _style_ends(self, name: str) -> None:
        if name.rpartition(" ")[2] == self._within:
            self._within = ""


def marks(path: Path) -> dict[str, Marks]:
    """What the XML of each sheet says beyond its values, by the sheet's name."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        parts = _Parts(archive)
        for title, part in parts.sheets.items():
            sheet = _Sheet(parts)
            _follow(archive, part, sheet.start, sheet.text, sheet.end)
            found[title] = sheet.marks
    return found


def write(path: Path, scratch: Path, kinds: dict[str, dict[str, str]]) -> list[dict]:
    """Writes every sheet that holds anything as CSV to `scratch`; returns what was found."""
    odd = marks(path)
    answer = []
    with python_calamine.load_workbook(path) as book:
        for number, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            seen = odd.get(sheet.name, Marks())
            file = scratch / f"sheet-{number}.csv"
            if size := _write(cells, seen, file, _kinds(sheet.name, cells, kinds)):
                width, filled, start, rounded = size
                answer.append(
                    {
                        "title": sheet.name,
                        "file": file.name,
                        "width": width,
                        "start": start,
                        "hidden": sheet.visible != python_calamine.SheetVisibleEnum.Visible,
                        "hidden_rows": [
                            each for each in seen.rows if filled.intersection(_within(each))
                        ],
                        "hidden_columns": [each for each in seen.columns if each[0] < width],
                        "merged": [
                            each
                            for each in seen.merged
                            if each[1] < width and filled.intersection(_within(each[::2]))
                        ],
                        "rounded": rounded,
                    }
                )
    return answer


def _within(stretch: list[int]) -> range:
    return range(stretch[0], stretch[1] + 1)


def _write(
    cells: list[list[object]], seen: Marks, file: Path, kinds: dict[int, str]
) -> tuple[int, set[int], list[list[str]], list[tuple]] | None:
    """Writes the cells; returns the width, the rows that hold anything, the first rows, and for
    each column the first cell that shows fewer digits than it holds, with how many do."""
    # Cells that only have a fault may lie outside of what calamine found filled.
    tall = max((row + 1 for row, _ in seen.faults), default=0)
    wide = max((column + 1 for _, column in seen.faults), default=0)
    cells.extend([] for _ in range(tall - len(cells)))
    wide = max([wide, *map(len, cells[:1])])
    for row in cells:
        row.extend([""] * (wide - len(row)))
    width = max(
        (x + 1 for row in cells for x, cell in enumerate(row) if str(cell).strip()), default=0
    )
    width = max([width, *(column + 1 for _, column in seen.faults)])
    if not width:
        return None
    rounded: dict[int, list] = {}
    filled, start = set(), []
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for y, row in enumerate(cells):
            texts = []
            for x, cell in enumerate(row[:width]):
                text, fewer = seen.faults.get((y, x)), ""
                if text is None:
                    form = seen.formats.get((y, x), PLAIN)
                    text, fewer = text_of(cell, form, kinds.get(x, "text"))
                if fewer:
                    rounded.setdefault(x, [y, x, fewer, text, 0])[4] += 1
                texts.append(text)
            writer.writerow(texts)
            if any(texts):
                filled.add(y)
            if y < LOOKED_AT:
                start.append(texts)
    return width, filled, start, list(rounded.values())


def _kinds(
    title: str, cells: list[list[object]], told: dict[str, dict[str, str]]
) -> dict[int, str]:
    """The kind of each column, where sheet and heading bear names of the format, or it is told."""
    name = title.strip().lower()
    table = BY_NAME.get(ADDS.get(name, name))
    kinds = {column.name: column.kind for column in table.columns} if table else {}
    kinds |= {head.lower(): kind for head, kind in told.get(title.strip(), {}).items()}
    heads = [str(cell).strip().lower() for cell in cells[0]] if cells else []
    return {x: kinds[head] for x, head in enumerate(heads) if head in kinds}


def text_of(cell: object, form: Format, kind: str) -> tuple[str, str]:
    """A cell as one would write it in a CSV file of the format; and what it shows instead, where
    that has fewer digits."""
    if isinstance(cell, bool):
        words = ("yes", "no") if kind in ("yes/no", "value") else ("TRUE", "FALSE")
        return words[not cell], ""
    if isinstance(cell, float):
        return _number(cell, form, kind)
    if isinstance(cell, dt.datetime):
        whole = cell.time() == dt.time() or form.kind == "day"
        return (cell.date() if whole else cell).isoformat(), ""
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat(), ""
    return str(cell), ""


def _number(cell: float, form: Format, kind: str) -> tuple[str, str]:
    cell = meant(cell)
    text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if form.kind == "words":
        taken = kind in (*WORDS, "yes/no", "value")
        return form.before if taken else fault("figure", form.before, text), ""
    if form.kind != "figure":
        return text, ""
    shown = form.shown(cell)
    if kind in WORDS:
        return shown, ""
    if not form.hides_no_unit:
        return fault("figure", shown, text), ""
    return text, "" if form.says_the_same(cell) else shown


def main(path: str, scratch: str, kinds: str) -> None:
    """Prints what was found as JSON; the reader is bounded by the system."""
    bound(MEMORY)
    try:
        answer = {"sheets": write(Path(path), Path(scratch), json.loads(kinds))}
    except python_calamine.PasswordError:
        answer = _fault(say("the workbook is protected by a password"), say("one without"))
    except (python_calamine.XmlError, expat.ExpatError) as error:
        answer = _damaged(say("a part of it breaks the rules of XML"), error)
    except (python_calamine.ZipError, zipfile.BadZipFile) as error:
        answer = _damaged(say("a part of its archive cannot be unpacked"), error)
    except (python_calamine.CalamineError, AttributeError, LookupError, ValueError) as error:
        answer = _damaged(say("its parts do not fit together"), error)
    except MemoryError:
        answer = _fault(say("the workbook takes more memory than it may"), say("a smaller one"))
    json.dump(answer, sys.stdout)


def _damaged(why: Said, error: Exception) -> dict:
    what = say("the workbook is damaged: {why}", why=why)
    return {"fault": asdict(what), "log": repr(error)}


def _fault(what: Said, expected: Said) -> dict:
    return {"fault": asdict(what), "expected": asdict(expected)}


if __name__ == "__main__":
    main(*sys.argv[1:])

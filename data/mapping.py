"""Their layouts, not ours: a file's own sheets and columns, mapped once to those of the format.

A mapping is kept as `mappings/<name>.json` beside the snapshots and recorded with each one it was
used for:

    {"sheets": {
        "Bewerbungen": {"table": "applications", "columns": {"Land": "country", "Zeichen": null}},
        "Ann": {"table": "scores", "columns": {"Antrag": "application_id", "Idee": {"criterion":
            "C1"}, "Team": {"criterion": "C2"}}, "fixed": {"reviewer": "R1"}},
        "Notizen": {"table": null}
    }}

A sheet (or file, without its ending) or column that is not named is read as the format has it; null
leaves it out. A column mapped to an object is one of a wide sheet: each of its cells that is not
blank becomes a row of its own, with the cell as the score and what the object says beside it.
`fixed` is the same for the whole sheet, as where each reviewer has one. Several sheets may fill one
table. Findings name the cells as they came.
"""

import csv
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data import causes, delimited, parquet, reading, store, workbook
from data.findings import Finding, Findings, quoted
from data.sheets import report_looks
from data.sources import cells_of, sha256_of, unreadable, without_name
from data.staging import Origin
from data.tables import ADDS, ASIDE, BY_NAME, Table
from data.wording import Said, say

NAME = re.compile(r"\w[\w .-]{0,59}")
WIDE_VALUE = "score"
Rows = Iterable[list[str]]
# A sheet as findings name it, the hash of its file, where its columns stand, and its rows.
Gathered = tuple[str, str, dict[str, int], Rows]


@dataclass(frozen=True)
class Sheet:
    """What one of their sheets holds; without a table it is left out."""

    table: Table | None
    columns: dict[str, str | dict[str, str] | None] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)


@dataclass
class _Made:
    """A table made of their sheets: its columns and rows, and where each row came from."""

    columns: dict[str, None] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    # For each row its file, its row there and the heading its score stood under.
    origins: list[tuple[str, int, str]] = field(default_factory=list)
    # (file, column of the format) -> their heading.
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # name as findings say it -> SHA-256


class Mapping:
    """A mapping at work on one batch: it rewrites what comes and knows where it came from."""

    def __init__(self, name: str, value: dict[str, Any]) -> None:
        """`value` as it stands in the file; raises StoreError where it maps to what is not."""
        self.name, self.value = name, value
        self.sheets = _parsed(name, value)
        self._made: dict[str, _Made] = {}

    def kinds(self) -> dict[str, dict[str, str]]:
        """The kind of each of their columns: sheet, heading, kind."""
        return {
            title: {
                heading: sheet.table.column(WIDE_VALUE if isinstance(target, dict) else target).kind
                for heading, target in sheet.columns.items()
                if target
            }
            | {column.name: column.kind for column in sheet.table.columns}
            for title, sheet in self.sheets.items()
            if sheet.table
        }

    def book(
        self, file: str, sheets: list[workbook.Sheet], scratch: Path, findings: Findings
    ) -> list[workbook.Sheet]:
        """The sheets of a workbook as the format names them; those that are mapped are written
        anew into `scratch`."""
        kept = []
        for came in sheets:
            sheet = self.sheets.get(came.title.strip())
            if sheet is None:
                kept.append(came)
            elif sheet.table is not None:
                made = self._made.setdefault(f"{file}[{sheet.table.name}]", _Made())
                label = f"{file}[{came.title}]"
                used = _add(made, sheet, label, came.rows(), findings)
                report_looks(came, label, came.start[0], used, findings)
        for path, label, made in self._written(scratch):
            columns = list(made.columns)
            kept.append(workbook.Sheet(label[len(file) + 1 : -1], path, len(columns), [columns]))
        return kept

    def folder(
        self, files: list[Path], scratch: Path, findings: Findings, encoding: str | None
    ) -> list[Path]:
        """The files of a folder; those that are mapped are written anew into `scratch`."""
        kept = []
        for path in files:
            sheet = self.sheets.get(path.stem)
            if sheet is None or path.suffix.lower() not in reading.FORMATS:
                kept.append(path)
            elif sheet.table is not None:
                made = self._made.setdefault(f"{sheet.table.name}.csv", _Made())
                try:
                    made.files[path.name] = sha256_of(path)
                    if path.suffix.lower() == ".parquet":
                        _add_parquet(made, sheet, path, findings)
                    else:
                        rows = delimited.rows(path, reading.look_at(path, encoding, findings))
                        _add(made, sheet, path.name, rows, findings)
                except (delimited.Unreadable, OSError) as error:
                    findings.add(unreadable(path.name, error))
        return kept + [path for path, _label, _made in self._written(scratch)]

    def _written(self, scratch: Path) -> Iterator[tuple[Path, str, _Made]]:
        """Each table that was made, as a CSV file."""
        where = Path(tempfile.mkdtemp(prefix="mapped-", dir=scratch))
        for label, made in self._made.items():
            name = label if label.endswith(".csv") else label.rpartition("[")[2][:-1] + ".csv"
            _write(made, where / name)
            yield where / name, label, made

    def gather(self, title: str, scratch: Path, came: Iterable[Gathered]) -> tuple[Path, list[str]]:
        """The rows of several workbooks as one file with these columns, in `scratch`.

        `title` is what findings about it say, until `back` names the workbook a row came from.
        """
        made = self._made[title] = _Made()
        for file, sha256, used, rows in came:
            made.files[file] = sha256
            made.columns |= dict.fromkeys(used)
            for number, row in enumerate(rows, start=1):
                if number > 1:
                    cells = {name: row[index] for name, index in used.items() if index < len(row)}
                    made.rows.append(cells)
                    made.origins.append((file, number, ""))
        _write(made, path := Path(tempfile.mkdtemp(prefix="gathered-", dir=scratch)) / "rows.csv")
        return path, list(made.columns)

    def back(self, finding: Finding) -> Finding:
        """The finding as it is about their file."""
        if (made := self._made.get(finding.file)) is None:
            return replace(finding, what=self._moved(finding.what))
        file, row, under = self._file(made), finding.row, ""
        if row is not None and 1 < row < len(made.origins) + 2:
            file, row, under = made.origins[row - 2]
        column = made.headings.get((file, finding.column), finding.column)
        if under and finding.column not in (name for _file, name in made.headings):
            column = under
        what = self._moved(finding.what, made, file)
        return replace(finding, file=file, row=row, column=column, what=what)

    def origin(self, origin: Origin) -> Origin:
        """Where a table comes from, as their files are called."""
        if (made := self._made.get(origin.file)) is None:
            return origin
        sha256 = origin.sha256
        if len(made.files) == 1:
            sha256 = next(iter(made.files.values()))
        elif made.files:
            sha256 = hashlib.sha256("".join(made.files.values()).encode()).hexdigest()
        return replace(origin, file=", ".join(_files(made)) or origin.file, sha256=sha256)

    def _moved(self, said: Said, made: _Made | None = None, here: str = "") -> Said:
        """The sentence with the files of theirs that it names, and the places in `made`."""
        values = dict(said.values)
        if other := self._made.get(values.get("file")):
            values["file"] = self._file(other) or values["file"]
        if made and "place" in values:
            values["place"] = _where(made, int(values["place"].values["row"]), here)
        if isinstance(values.get("what"), Said):
            values["what"] = self._moved(values["what"], made, here)
        return replace(said, values=values)

    def _file(self, made: _Made) -> str:
        return ", ".join(_files(made))


def _write(made: _Made, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(made.columns), restval="", quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(made.rows)


def _files(made: _Made) -> list[str]:
    return list(dict.fromkeys([*made.files, *(file for file, _row, _under in made.origins)]))


def _where(made: _Made, row: int, here: str) -> Said:
    file, there, under = made.origins[row - 2]
    place = say("row {row}", row=str(there))
    if under:
        place = say("row {row}, {column}", row=str(there), column=under)
    return place if file == here else say("{file}, {place}", file=file, place=place)


def _add(made: _Made, sheet: Sheet, file: str, rows: Rows, findings: Findings) -> set[int]:
    """Adds a sheet's rows to the table they belong to; returns which of its columns are read."""
    reader = iter(rows)
    header = [cell.strip() for cell in next(reader, [])]
    plain: list[tuple[int, str]] = []
    wide: list[tuple[int, dict[str, str]]] = []
    assert sheet.table
    known = {column.name for column in sheet.table.columns}
    for index, heading in enumerate(header):
        same = heading.lower() if heading.lower() in known else heading
        target = sheet.columns.get(heading, same)
        if isinstance(target, dict):
            wide.append((index, target))
        elif target:
            plain.append((index, target))
            if (file, target) in made.headings:
                what = say(
                    "{column} and {other} both fill it",
                    column=quoted(heading),
                    other=quoted(made.headings[file, target]),
                )
                expected = say("{column} from one column", column=target)
                findings.add(Finding(file, 1, quoted(heading), what, expected))
            made.headings[file, target] = heading
        elif not heading:
            findings.add(without_name(file, index))
    names = [name for _index, name in plain]
    beside = {key for _index, target in wide for key in target}
    for name in [*names, *sheet.fixed, *sorted(beside), *([WIDE_VALUE] if wide else [])]:
        made.columns[name] = None
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells[len(header) :]):
            findings.add(Finding(file, number, "", *cells_of(len(cells), len(header))))
        cells = [*cells, *[""] * (len(header) - len(cells))]
        row = {name: cells[index] for index, name in plain}
        if not any(value.strip() for value in row.values()) and not wide:
            row = {}  # a blank row stays one, so that the rows below keep their number
        elif not wide:
            row |= sheet.fixed
        if not wide:
            made.rows.append(row)
            made.origins.append((file, number, ""))
        for index, target in wide:
            if cells[index].strip():
                made.rows.append({**row, **sheet.fixed, **target, WIDE_VALUE: cells[index]})
                made.origins.append((file, number, header[index]))
    return {index for index, _target in (*plain, *wide)}


def _add_parquet(made: _Made, sheet: Sheet, path: Path, findings: Findings) -> None:
    columns = parquet.look(path)
    for index in _add(made, sheet, path.name, parquet.rows(path), findings):
        if parquet.text_of(*columns[index]) is None:
            findings.add(reading.no_values(path.name, *columns[index]))


def _parsed(name: str, value: Any) -> dict[str, Sheet]:
    def wrong(why: Said) -> store.StoreError:
        return store.StoreError(
            say("The mapping {name} cannot be used: {why}.", name=name, why=why)
        )

    sheets = {}
    if not isinstance(value, dict) or not isinstance(value.get("sheets"), dict):
        raise wrong(say("it names no sheets"))
    for title, said in value["sheets"].items():
        if not isinstance(said, dict) or said.get("table") not in (None, *BY_NAME):
            raise wrong(
                say("the sheet {sheet} is mapped to no table of the format", sheet=quoted(title))
            )
        if said.get("table") is None:
            sheets[title] = Sheet(None)
            continue
        table = BY_NAME[said["table"]]
        known = {column.name for column in table.columns}
        columns, fixed = said.get("columns") or {}, said.get("fixed") or {}
        if not isinstance(columns, dict) or not isinstance(fixed, dict):
            raise wrong(say("the columns of {sheet} are no object", sheet=quoted(title)))
        for heading, target in [*columns.items(), *((key, key) for key in fixed)]:
            names = target if isinstance(target, dict) else [target] if target else []
            if isinstance(target, dict) and table.name != "scores":
                raise wrong(
                    say(
                        "only scores can be wide, and {column} is of {table}",
                        column=quoted(heading),
                        table=table.name,
                    )
                )
            if strange := [each for each in names if each not in known]:
                raise wrong(
                    say(
                        "{column} is no column of {table}",
                        column=quoted(strange[0]),
                        table=table.name,
                    )
                )
            texts = target.values() if isinstance(target, dict) else ()
            if not all(isinstance(text, str) for text in (*texts, *fixed.values())):
                raise wrong(say("what stands beside {column} is no text", column=quoted(heading)))
        sheets[title] = Sheet(table, columns, fixed)
    return sheets


def layout(path: Path, encoding: str | None = None) -> list[dict[str, Any]]:
    """The sheets or files at `path` and their headings: sheet, table (null where the name is none
    of the format), columns. Files that cannot be opened are left out: the check says why.

    `encoding` is that of CSV files that are neither UTF-8 nor UTF-16.
    """
    found: list[tuple[str, list[str]]] = []
    if path.suffix.lower() == ".xlsx":
        with (
            suppress(delimited.Unreadable, OSError),
            tempfile.TemporaryDirectory(prefix="layout-") as scratch,
        ):
            sheets = workbook.sheets(path, Path(scratch))
            found = [(sheet.title.strip(), sheet.start[0]) for sheet in sheets]
    for file in delimited.csv_files(path):
        with suppress(delimited.Unreadable, OSError):
            found.append((file.stem, delimited.look(file, encoding).header))
    for file in sorted(path.glob("*.[pP][aA][rR][qQ][uU][eE][tT]")) if path.is_dir() else []:
        with suppress(delimited.Unreadable, OSError):
            found.append((file.stem, [name for name, _type in parquet.look(file)]))
    return [
        {
            "sheet": title,
            "table": title.lower() if title.lower() in BY_NAME else None,
            "columns": [heading.strip() for heading in header if heading.strip()],
        }
        for title, header in found
        if title.lower() not in (*ASIDE, *ADDS)
    ]


def names() -> list[str]:
    """The mappings that are kept."""
    return sorted(path.stem for path in _folder().glob("*.json") if NAME.fullmatch(path.stem))


def load(name: str) -> Mapping:
    """The mapping of that name; raises StoreError where there is none that can be used."""
    path = _path(name)
    try:
        return Mapping(name, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        known = ", ".join(names()) or say("none is kept")
        raise store.StoreError(
            say("There is no mapping {name} ({known}).", name=name, known=known)
        ) from None
    except (OSError, ValueError) as error:
        raise store.StoreError(say("The mapping {name} cannot be read.", name=name)) from error


def save(name: str, value: dict[str, Any]) -> None:
    """Keeps a mapping under a name, in place of an earlier one. Raises StoreError where it maps to
    what is not, or cannot be written."""
    path = _path(name)
    _parsed(name, value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
        os.replace(temporary, path)
    except OSError as error:
        raise store.StoreError(
            say("The mapping cannot be kept: {why}.", why=causes.of_system(error))
        ) from error


def _folder() -> Path:
    return store.folder() / "mappings"


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise store.StoreError(
            say("A mapping's name has letters, digits, spaces, points and hyphens, at most 60.")
        )
    return _folder() / f"{name}.json"

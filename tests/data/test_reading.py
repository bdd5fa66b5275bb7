"""The same rows read the same, however the file is written."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from data import importing
from data.tables import BY_NAME
from tests.data.conftest import RIGHT

Files = Callable[..., Path]


def _hash(path: Path) -> str:
    with importing.checked(path) as draft:
        assert draft.hash, "\n".join(draft.findings.lines())
        return draft.hash


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of the right files as they are."""
    folder = tmp_path_factory.mktemp("plain")
    for name, text in RIGHT.items():
        (folder / f"{name}.csv").write_text(text)
    return _hash(folder)


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _written(text: str, **how: str) -> str:
    """The same cells written by other rules."""
    out = io.StringIO()
    csv.writer(out, **({"lineterminator": "\n"} | how)).writerows(_cells(text))
    return out.getvalue()


def _with_commas(text: str) -> str:
    """Semicolons between, decimal commas within, as spreadsheets do in half the world."""
    rows = _cells(text)
    numbers = [
        i
        for i, name in enumerate(rows[0])
        for table in BY_NAME.values()
        if any(c.name == name and c.kind in ("number", "value") for c in table.columns)
    ]
    for row in rows[1:]:
        for i in numbers:
            row[i] = row[i].replace(".", ",")
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


WAYS: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without its mark": lambda text: text.encode("utf-16-le"),
    "semicolons": lambda text: _written(text, delimiter=";").encode(),
    "tabs": lambda text: _written(text, delimiter="\t").encode(),
    "semicolons and decimal commas": lambda text: _with_commas(text).encode(),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "line ends of old Macs": lambda text: text.replace("\n", "\r").encode(),
    "mixed line ends": lambda text: text.replace("\n", "\r\n", 2).encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode() + b"\n  \n",
    "everything in quotation marks": lambda text: "".join(
        ",".join(f'"{cell}"' for cell in row) + "\n" for row in _cells(text)
    ).encode(),
    "empty cells behind the last column": lambda text: text.replace("\n", ",,\n").encode(),
    "white space around cells": lambda text: text.replace(",", " ,\t").encode(),
    "a header in capitals": lambda text: (
        text.partition("\n")[0].upper().encode() + text[text.index("\n") :].encode()
    ),
    "columns in another order": lambda text: "".join(
        ",".join(reversed(row)) + "\n" for row in _cells(text)
    ).encode(),
    "rows in another order": lambda text: "".join(
        ",".join(row) + "\n" for row in [_cells(text)[0], *reversed(_cells(text)[1:])]
    ).encode(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_reads_the_same_from_every_way_to_write_csv(
    way: Callable[[str], bytes], files: Files, right: dict[str, str], store: Path, plain: str
) -> None:
    assert _hash(files(**{name: way(text) for name, text in right.items()})) == plain


def test_reads_parquet_with_types_as_it_reads_csv(
    files: Files, right: dict[str, str], store: Path, tmp_path: Path, plain: str
) -> None:
    untyped, typed = files(), tmp_path / "parquet"
    typed.mkdir()
    types = {"number": "double", "date": "timestamp", "yes/no": "boolean"}
    with duckdb.connect() as database:
        for name, text in right.items():
            kinds = {column.name: column.kind for column in BY_NAME[name].columns}
            columns = {
                c: types.get(kinds[c], "varchar") for c in text.partition("\n")[0].split(",")
            }
            database.execute(
                f"copy (select * from read_csv('{untyped / name}.csv', header = true, "
                f"columns = {columns})) to '{typed / name}.parquet'"
            )
    assert _hash(typed) == plain


PARQUET_VALUES = {
    "7::double": "7",
    "7.5::float": "7.5",
    "7::tinyint": "7",
    "7.50::decimal(4, 2)": "7.50",
    "true": "yes",
    "date '2024-01-31'": "2024-01-31",
    "timestamp '2024-01-31 00:00:00'": "2024-01-31",
    "['KAP-1', 'KAP-2']": "KAP-1;KAP-2",
    "'  '": None,
    "null": None,
}


@pytest.mark.parametrize("value, text", PARQUET_VALUES.items(), ids=PARQUET_VALUES)
def test_reads_a_parquet_cell_as_one_would_write_it(
    value: str, text: str | None, files: Files, store: Path
) -> None:
    folder = files(reviewers=None)
    with duckdb.connect() as database:
        database.execute(
            f"copy (select 'R' || i as reviewer, {value} as name from range(1, 4) as t(i)) "
            f"to '{folder / 'reviewers.parquet'}'"
        )
    with importing.drafted(folder) as draft:
        assert draft.hash, "\n".join(draft.findings.lines())
        with duckdb.connect(draft.path, read_only=True) as snapshot:
            assert snapshot.execute("select distinct name from reviewer").fetchall() == [(text,)]


def test_names_a_parquet_column_that_holds_no_simple_values(files: Files, said: Callable) -> None:
    folder = files(reviewers=None)
    with duckdb.connect() as database:
        database.execute(
            f"copy (select 'R' || i as reviewer, {{'first': 'Ann'}} as name "
            f"from range(1, 4) as t(i)) to '{folder / 'reviewers.parquet'}'"
        )
    assert said(folder) == [
        'reviewers.parquet:1:name: the column is of type STRUCT("first" VARCHAR) '
        "(text, numbers or dates)"
    ]


def _workbook(path: Path, right: dict[str, str]) -> Path:
    """The right files as a workbook with real numbers, dates and booleans in its cells."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, text in right.items():
        sheet = book.add_worksheet(name)
        rows = _cells(text)
        kinds = {column.name: column.kind for column in BY_NAME[name].columns}
        sheet.write_row(0, 0, rows[0])
        for y, row in enumerate(rows[1:], start=1):
            for x, (head, cell) in enumerate(zip(rows[0], row, strict=True)):
                kind = kinds[head]
                if cell and kind == "date":
                    sheet.write_datetime(y, x, dt.datetime.fromisoformat(cell), day)
                elif kind in ("yes/no", "value") and cell in ("yes", "no"):
                    sheet.write_boolean(y, x, cell == "yes")
                elif cell and (kind in ("number", "value") or cell.isdigit()):
                    sheet.write_number(y, x, float(cell))
                else:
                    sheet.write_string(y, x, cell)
    book.add_worksheet("Sheet1")
    book.close()
    return path


def test_reads_a_workbook_as_it_reads_csv(
    right: dict[str, str], store: Path, tmp_path: Path, plain: str
) -> None:
    assert _hash(_workbook(tmp_path / "cohort.xlsx", right)) == plain


def test_names_the_sheet_and_the_row_of_a_workbook(
    right: dict[str, str], said: Callable, tmp_path: Path
) -> None:
    changed = right | {"scores": right["scores"].replace("A1,R1,C1,9", "A1,R1,C1,11")}
    changed["mileston"] = changed.pop("milestones")
    assert said(_workbook_named(tmp_path / "cohort.xlsx", changed)) == [
        "cohort.xlsx[mileston]::: mileston is not a sheet of the import format "
        "(did you mean milestones?)",
        "cohort.xlsx[scores]:2:score: 11 lies outside the scale of criterion C1 "
        "(a number from 1 to 10)",
    ]


def _workbook_named(path: Path, sheets: dict[str, str]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, text in sheets.items():
        sheet = book.add_worksheet(name)
        for y, row in enumerate(_cells(text)):
            sheet.write_row(y, 0, row)
    book.close()
    return path


def _zip(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("_", "/"), content)
    return path


NO_WORKBOOKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "the file is empty"),
    "text": (lambda path: path.write_text("reviewer,name\n"), "the file is no workbook"),
    "an old workbook": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "this is an old Excel workbook",
    ),
    "another archive": (
        lambda path: _zip(path, readme=b"hello"),
        "the file is a zip archive, but no workbook",
    ),
}


@pytest.mark.parametrize("make, what", NO_WORKBOOKS.values(), ids=NO_WORKBOOKS)
def test_names_what_is_no_workbook(
    make: Callable[[Path], object], what: str, said: Callable, tmp_path: Path
) -> None:
    make(tmp_path / "cohort.xlsx")
    assert said(tmp_path / "cohort.xlsx") == [
        f"cohort.xlsx::: {what} (an XLSX workbook, as its name says)"
    ]


def test_refuses_a_workbook_by_what_it_would_unfold_to(said: Callable, tmp_path: Path) -> None:
    book = _zip(tmp_path / "cohort.xlsx", xl_sharedStrings=bytes(501_000_000))
    assert said(book) == [
        f"cohort.xlsx::: the workbook unfolds from {book.stat().st_size // 1000} kB to 501 MB "
        "(at most 500 MB and 1000 times its size)"
    ]


def test_refuses_a_parquet_file_by_what_it_would_unfold_to(files: Files, said: Callable) -> None:
    folder = files(reviewers=None)
    file = folder / "reviewers.parquet"
    with duckdb.connect() as database:
        # A value that is always the same takes no room: 3 million rows in less than 1 kB.
        database.execute(
            f"copy (select 'R1' as reviewer, 'Ann' as name from range(3000000)) to '{file}' "
            "(row_group_size 3000000)"
        )
    assert said(folder) == [
        "reviewers.parquet::: the file unfolds from 1 kB to 6 MB "
        "(at most 2000 MB and 1000 times its size)"
    ]


def test_says_when_nothing_is_there(said: Callable, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "nothing") == [
        "nothing::: there is no such file or folder (an existing path)"
    ]
    assert said(tmp_path / "empty") == [
        "empty::: there is no table in this folder (files such as cohorts.csv and applications.csv)"
    ]


def test_says_when_it_may_not_read(
    files: Files, said: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = files()
    opened = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "reviewers.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert said(folder) == [
        "reviewers.csv::: it cannot be read: there is no permission (a readable file)"
    ]


def test_reads_a_folder_whose_name_looks_like_a_pattern(
    files: Files, store: Path, tmp_path: Path, plain: str
) -> None:
    odd = files().rename(tmp_path / "cohort=1 [new]*?'s")
    assert _hash(odd) == plain


def test_reads_what_stands_in_front_of_a_would_be_formula_off(
    files: Files, store: Path, plain: str
) -> None:
    with importing.checked(files(applications=("Hub", "'=HYPERLINK(1)"))) as draft:
        guarded = draft.hash
        with duckdb.connect(draft.path, read_only=True) as database:
            rows = database.execute("select organization from application").fetchall()
    assert sorted(rows) == [("=HYPERLINK(1)",), ("Bureau",), ("Fale",), ("Labo",)]
    assert guarded != plain


def test_a_zero_has_no_sign(files: Files, store: Path, plain: str) -> None:
    assert _hash(files(targets=("Z1,,I1,0,", "Z1,,I1,-0.0,"))) == plain
    folder = files(criteria=None)
    with duckdb.connect() as database:
        database.execute(
            "copy (select '1' as cohort, 'C1' as criterion, 'Idea' as name, 2.0::double as weight, "
            "1.0::double as scale_min, 10.0::double as scale_max "
            "union all values ('1', 'C2', 'Team', 1, -0.0::double, 5)) "
            f"to '{folder / 'criteria.parquet'}'"
        )
    assert _hash(folder) == plain

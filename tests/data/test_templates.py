"""The template is what the import reads, explains itself, and never comes in as if it were data."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data import importing
from data import store as snapshots
from data.__main__ import main
from data.tables import BY_NAME, TABLES
from queries.words import Words


def opened(folder: Path, lang: str = "en") -> Workbook:
    """The template, as the command writes it."""
    path = folder / "template.xlsx"
    assert main(["template", str(path), "--lang", lang]) == 0
    return load_workbook(path)


def fill(book: Workbook, name: str, text: str) -> None:
    """Writes a table over the example, dates and numbers as a spreadsheet keeps them."""
    sheet = book[name]
    places = {cell.value: cell.column for cell in sheet[1]}
    for cell in sheet[2]:
        cell.value = None
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        for column, value in row.items():
            kind = BY_NAME[name].column(column).kind
            if kind == "date" and value:
                value = date.fromisoformat(value)
            elif kind in ("number", "value") and value not in ("", "yes", "no"):
                value = float(value)
            sheet.cell(number, places[column]).value = value or None if value == "" else value


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_filled_in_it_imports_without_a_finding_to_the_same_data(
    lang: str, right: dict[str, str], files: Callable[..., Path], store: Path, tmp_path: Path
):
    book = opened(tmp_path, lang)
    for name, text in right.items():
        fill(book, name, text)
    book.save(tmp_path / "filled.xlsx")
    with importing.checked(tmp_path / "filled.xlsx") as draft:
        assert list(draft.findings.lines()) == []
        filled = draft.hash
    with importing.checked(files()) as draft:
        assert draft.hash == filled


def test_sheets_and_headings_are_those_of_the_format_in_every_language(tmp_path: Path):
    for lang in ("en", "ru"):
        book = opened(tmp_path, lang)
        assert book.sheetnames == ["_guide", *(table.name for table in TABLES), "_lists"]
        for table in TABLES:
            headings = [cell.value for cell in book[table.name][1]]
            assert headings == [column.name for column in table.columns]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_example_is_right_but_for_being_an_example(
    lang: str, said: Callable[[Path], list[str]], tmp_path: Path
):
    opened(tmp_path, lang)
    lines = said(tmp_path / "template.xlsx")
    assert [line.split(":")[0] for line in lines] == sorted(
        f"template.xlsx[{table.name}]" for table in TABLES
    )
    assert all("2:" in line and "is the example of the template" in line for line in lines)


def test_a_sheet_left_as_it_came_does_not_empty_what_is_stored(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    importing.import_(files(), None, None, older=False)
    before = snapshots.current().hash
    opened(tmp_path)
    draft, published = importing.import_(tmp_path / "template.xlsx", None, None, older=True)
    assert not published
    assert len(draft.findings.errors) == 15
    assert snapshots.current().hash == before


def test_what_may_stand_in_a_cell_is_offered_as_a_list(tmp_path: Path):
    book = opened(tmp_path, "ru")
    offered = {
        (sheet.title, sheet.cell(1, cell.min_col).value): rule.formula1
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        for cell in rule.sqref.ranges
    }
    assert offered[("applications", "stage")] == (
        '"submitted,eligible,evaluated,selected,reserve,not selected,withdrawn"'
    )
    assert offered[("centre_statuses", "status")] == (
        '"selected,agreement signed,operating,paused,ended"'
    )
    assert offered[("indicators", "kind")] == '"cumulative,level,yes/no"'
    assert offered[("indicators", "direction")] == '"up,down"'
    assert offered[("cohorts", "sample")] == '"yes,no"'
    columns = {key: formula.lstrip("=") for key, formula in offered.items()}
    lists = book["_lists"]
    for key, letter, first in [
        (("applications", "country"), "A", "Австралия"),
        (("cohorts", "plan"), "D", "BAP"),
        (("indicators", "goal"), "G", "KAP-1"),
        (("applications", "goals"), "G", "KAP-1"),
    ]:
        last = lists.max_row
        while lists[f"{letter}{last}"].value is None:
            last -= 1
        assert columns[key] == f"'_lists'!${letter}$2:${letter}${last}"
        assert lists[f"{letter}2"].value == first
    assert lists.max_row > 190


def test_each_heading_has_the_databases_own_note(tmp_path: Path):
    book = opened(tmp_path)
    assert book["applications"]["A1"].comment.text == "Key of the application.\nEvery row needs it."
    assert book["cohorts"]["E1"].comment.text == (
        "Day of the decision; blank: not decided yet. Groups of countries are those of this day.\n"
        "A date as YYYY-MM-DD."
    )
    assert "One of: submitted, eligible," in book["applications"]["K1"].comment.text
    for table in TABLES:
        for cell in book[table.name][1]:
            assert cell.comment, f"{table.name}.{cell.value}"
            assert len(cell.comment.text) > 10


def test_notes_speak_the_language_of_the_reader(tmp_path: Path):
    words = Words("ru")
    book = opened(tmp_path, "ru")
    assert f"operating ({words.label('operating')})" in book["centre_statuses"]["B1"].comment.text
    [first, *_] = book["applications"]["A1"].comment.text.splitlines()
    assert first == words("Key of the application.") != "Key of the application."


def test_texts_that_look_like_numbers_stay_texts(tmp_path: Path):
    sheet = opened(tmp_path)["reviewers"]
    assert sheet["A2"].number_format == "@"


def test_two_templates_are_the_same_file(tmp_path: Path):
    opened(tmp_path)
    first = (tmp_path / "template.xlsx").read_bytes()
    opened(tmp_path)
    assert (tmp_path / "template.xlsx").read_bytes() == first

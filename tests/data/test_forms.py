"""A centre's reporting workbook: what it shows, and what becomes of it when it comes back."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data import importing
from data import store as snapshots
from data.__main__ import main
from data.progress import STEPS

SHEET = "add to measurements"


@pytest.fixture
def form(files: Callable[..., Path], store: Path, tmp_path: Path) -> Path:
    """The form of centre Z1, whose store holds the right files."""
    importing.import_(files(), None, None, older=False)
    path = tmp_path / "Z1.xlsx"
    assert main(["report-form", "Z1", str(path)]) == 0
    return path


def shown(sheet: Worksheet) -> list[dict]:
    """The rows of the form by their headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def write(path: Path, row: int, **cells: object) -> None:
    """Fills cells of one row, as a centre does."""
    book = load_workbook(path)
    places = {cell.value: cell.column for cell in book[SHEET][1]}
    for name, value in cells.items():
        book[SHEET].cell(row, places[name]).value = value
    book.save(path)


def test_it_shows_targets_and_last_values_and_leaves_the_new_ones_blank(form: Path):
    first, second = shown(load_workbook(form)[SHEET])
    blank = dict.fromkeys(
        ("measured_on", "value", "breakdown", "source", "reported_by", "note"), None
    )
    assert {**first, "(due on)": first["(due on)"].date()} == blank | {
        "centre_id": "Z1",
        "indicator": "I1",
        "(indicator, in words)": "People trained",
        "(unit)": "people",
        "(target)": 100,
        "(due on)": date(2025, 6, 30),
        "(last value)": 40,
        "(measured on)": first["(measured on)"],
    }
    assert first["(measured on)"].date() == date(2024, 6, 30)
    # A target of the cohort is not one of the centre, whose report is shown all the same.
    assert (second["indicator"], second["(target)"], second["(last value)"]) == ("I2", None, "yes")


def test_as_it_went_it_changes_nothing(form: Path):
    before = snapshots.current()
    draft, published = importing.import_(form, None, None, older=False)
    assert (list(draft.findings.lines()), draft.same, published) == ([], True, False)
    assert snapshots.current() == before


def test_filled_in_it_adds_its_reports_and_a_second_time_nothing(form: Path):
    write(form, 2, measured_on=date(2025, 6, 30), value=70, source="Annual report")
    write(form, 4, centre_id="Z1", indicator="I1", measured_on=date(2025, 6, 30), value=30)
    write(form, 4, breakdown="women")
    draft, published = importing.import_(form, None, None, older=False)
    assert (list(draft.findings.lines()), published) == ([], True)
    rows = snapshots.cursor(snapshots.current()).execute(
        "select indicator, value, breakdown, source from measurement "
        "where measured_on = date '2025-06-30' order by all"
    )
    assert rows.fetchall() == [("I1", 30.0, "women", None), ("I1", 70.0, None, "Annual report")]
    draft, published = importing.import_(form, None, None, older=False)
    assert (draft.same, published) == (True, False)


def test_two_centres_do_not_touch_each_others_reports(form: Path, tmp_path: Path):
    other = tmp_path / "Z2.xlsx"
    main(["report-form", "Z2", str(other)])
    write(form, 2, measured_on=date(2025, 6, 30), value=70)
    write(other, 2, centre_id="Z2", indicator="I1", measured_on=date(2025, 6, 30), value=9)
    for path in (form, other):
        assert importing.import_(path, None, None, older=False)[1]
    rows = snapshots.cursor(snapshots.current()).execute(
        "select centre_id, value from measurement "
        "where measured_on = date '2025-06-30' order by all"
    )
    assert rows.fetchall() == [("Z1", 70.0), ("Z2", 9.0)]


def test_a_centre_that_is_not_there_is_said(store: Path, tmp_path: Path, capsys):
    assert main(["report-form", "=1+1", str(tmp_path / "x.xlsx")]) == 1
    assert capsys.readouterr().out == "There is no centre =1+1 in snapshot 0.\n"
    assert not (tmp_path / "x.xlsx").exists()


def test_yes_and_no_are_offered_where_they_are_the_answer(form: Path):
    rules = load_workbook(form)[SHEET].data_validations.dataValidation
    assert [
        (rule.type, rule.formula1, str(rule.sqref)) for rule in rules if rule.type == "list"
    ] == [("list", '"yes,no"', "J3")]


def test_names_in_the_data_stay_text(files: Callable[..., Path], store: Path, tmp_path: Path):
    folder = files(
        centres=("Z1,A1,Kituo", "Z1,A1,'=1+1"),
        indicators=("I1,KAP-1,People trained", "I1,KAP-1,<b>"),
    )
    importing.import_(folder, None, None, older=False)
    main(["report-form", "Z1", str(tmp_path / "x.xlsx"), "--lang", "ru"])
    book = load_workbook(tmp_path / "x.xlsx")
    assert "=1+1" in book["_guide"]["A1"].value
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


def test_a_name_that_looks_like_a_part_of_a_workbook_is_shown_as_it_is(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    folder = files(indicators=("I1,KAP-1,People trained", "I1,KAP-1,<r>x</r>"))
    importing.import_(folder, None, None, older=False)
    main(["report-form", "Z1", str(tmp_path / "x.xlsx")])
    sheet = load_workbook(tmp_path / "x.xlsx")["add to measurements"]
    assert "<r>x</r>" in [cell.value for row in sheet for cell in row]


def test_what_is_wrapped_has_the_height_it_needs(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    folder = files(indicators=("I1,KAP-1,People trained", f"I1,KAP-1,{'long name ' * 9}"))
    importing.import_(folder, None, None, older=False)
    main(["report-form", "Z1", str(tmp_path / "x.xlsx")])
    rows = load_workbook(tmp_path / "x.xlsx")[SHEET].row_dimensions
    # The usual height is not written down.
    assert (rows[2].height, rows[3].height) == (30, None)


def every(folder: Path) -> Path:
    """The forms of all centres, unpacked."""
    assert main(["report-forms", str(folder / "forms.zip")]) == 0
    with zipfile.ZipFile(folder / "forms.zip") as archive:
        archive.extractall(folder / "forms")
    (folder / "forms.zip").unlink()
    return folder / "forms"


def test_the_forms_of_all_centres_that_have_not_ended_come_at_once(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    centres = "Z/1,,One,KEN\nZ_1,,Two,KEN\nZ3,,Three,KEN\n"
    folder = files(
        centres="centre_id,application_id,name,country\nZ1,A1,Kituo,KEN\nZ2,A3,Vale,FJI\n"
        + centres,
        centre_statuses="centre_id,status,since\nZ3,ended,2024-01-01\n",
    )
    importing.import_(folder, None, None, older=False)
    forms = every(tmp_path)
    assert sorted(path.name for path in forms.iterdir()) == [
        "report-Z1.xlsx",
        "report-Z2.xlsx",
        "report-Z_1-2.xlsx",
        "report-Z_1.xlsx",
    ]
    assert shown(load_workbook(forms / "report-Z1.xlsx")[SHEET])[0]["(last value)"] == 40


def test_what_several_centres_send_back_comes_in_together(form: Path, tmp_path: Path):
    folder = every(tmp_path)
    write(folder / "report-Z1.xlsx", 2, measured_on=date(2025, 6, 30), value=70)
    write(
        folder / "report-Z2.xlsx",
        2,
        centre_id="Z2",
        indicator="I1",
        measured_on=date(2025, 6, 30),
        value=9,
    )
    at = []
    draft, published = importing.import_(
        folder, None, None, older=False, tell=lambda _done, place: at.append(place)
    )
    assert (list(draft.findings.lines()), published) == ([], True)
    # In no language: whoever shows it says the rest.
    assert set(at) - {*STEPS, ""} == {"report-Z1.xlsx[add to measurements] …"}
    database = snapshots.cursor(snapshots.current())
    rows = database.execute(
        "select centre_id, value from measurement "
        "where measured_on = date '2025-06-30' order by all"
    )
    assert rows.fetchall() == [("Z1", 70.0), ("Z2", 9.0)]
    assert database.execute("select file, row_count from import_file").fetchall() == [
        ("report-Z1.xlsx[add to measurements], report-Z2.xlsx[add to measurements]", 2)
    ]
    assert database.execute("from import_mapping").fetchall() == []
    assert set(snapshots.files_of(2)) == {"report-Z1.xlsx", "report-Z2.xlsx"}
    draft, published = importing.import_(folder, None, None, older=False)
    assert (draft.same, published) == (True, False)


def test_findings_name_the_workbook_a_row_came_from(form: Path, tmp_path: Path):
    folder = every(tmp_path)
    one, two = folder / "report-Z1.xlsx", folder / "report-Z2.xlsx"
    write(one, 2, measured_on=date(2025, 6, 30), value="seventy")
    write(one, 3, measured_on=date(2025, 6, 30))
    write(two, 2, centre_id="Z9", indicator="I1", measured_on=date(2024, 6, 30), value=9)
    write(two, 3, centre_id="Z1", indicator="I1", measured_on=date(2025, 6, 30), value=9)
    out = tmp_path / "marked.xlsx"
    assert main(["check", str(folder), "--marked", str(out)]) == 1
    with importing.checked(folder) as draft:
        assert [str(each).partition(" (")[0] for each in draft.findings.errors] == [
            "report-Z1.xlsx[add to measurements]:2:value: seventy is not a number",
            "report-Z1.xlsx[add to measurements]:3:value: the cell is empty",
            "report-Z2.xlsx[add to measurements]:2:centre_id: Z9 is not in the centres of "
            "snapshot 1",
            "report-Z2.xlsx[add to measurements]:3:centre_id: Z1, I1, 2025-06-30, – stands in "
            "report-Z1.xlsx[add to measurements], row 2 already",
        ]
    book = load_workbook(out)
    assert book.sheetnames == ["_findings", "report-Z1", "report-Z2"]
    assert book["report-Z1"]["J2"].fill.fgColor.rgb == "FFFFB3AC"


def test_a_workbook_of_other_sheets_a_locked_and_an_empty_one_are_named_among_reports(
    form: Path, tmp_path: Path
):
    folder = every(tmp_path)
    book = Workbook()
    book.active.title = "centres"
    book.active.append(["centre_id", "name", "country"])
    book.save(folder / "centres.xlsx")
    Workbook().save(folder / "empty.xlsx")
    (folder / "locked.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    )
    with importing.checked(folder) as draft:
        assert list(draft.findings.lines()) == [
            "centres.xlsx[centres]::: a workbook with other sheets than those that add comes alone "
            "(the sheet add to measurements and no other)",
            "empty.xlsx::: there is no table in this workbook (the sheet add to measurements)",
            "locked.xlsx::: the workbook is protected by a password (one without)",
        ]

"""The files that were checked come back marked, and otherwise as they were."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data import importing, marked
from data.__main__ import main
from data.findings import Finding, Findings
from data.wording import say
from queries.words import Words

RED, YELLOW = "FFFFB3AC", "FFFFE699"
COHORTS = [["cohort", "name", "plan"], ["1", "One", "KAP"]]
APPLICATIONS = [
    ["application_id", "cohort", "country", "organization", "stage"],
    ["A1", "1", "KEN", "=1+1", "selected"],
    ["A1", "1", "Utopia", "<b>x</b>", "selected"],
    ["A2", "1", "FJI", "Fale", "chosen"],
]
LIST_HEADINGS = ["Go to", "File or sheet", "Row", "Column", "What is wrong", "Expected", "Kind"]


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """A workbook with four wrong cells, a note, a fill, a chart and a text box. One of the cells is
    a formula that was never computed."""
    path = tmp_path / "came.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        green = book.add_format({"bg_color": "#00FF00", "bold": True})
        for title, rows in (("applications", APPLICATIONS), ("cohorts", COHORTS)):
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, text in enumerate(cells):
                    sheet.write_string(row, column, text, green if row == 1 else None)
        sheet = book.get_worksheet_by_name("applications")
        sheet.set_column(3, 3, 33)
        sheet.write_comment("E4", "ask Ann")
        sheet.write_formula("C4", '="FJ"&"I"', None, "FJI")
        sheet.insert_textbox("H2", "a text box")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=cohorts!$A$2:$A$2"})
        sheet.insert_chart("H8", chart)
    return path


@pytest.fixture
def marked_copy(store: Path, came: Path, tmp_path: Path) -> Path:
    """That workbook, marked."""
    out = tmp_path / "out.xlsx"
    assert main(["check", str(came), "--marked", str(out)]) == 1
    return out


def listed(sheet: Worksheet) -> list[tuple]:
    """The rows of the list below its headings."""
    rows = list(sheet.iter_rows(values_only=True))
    return rows[rows.index(tuple(LIST_HEADINGS)) + 1 :]


def colours(sheet: Worksheet) -> dict[str, str]:
    """The cells in one of our colours."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet
        for cell in row
        if cell.fill.fgColor.rgb in (RED, YELLOW)
    }


def test_wrong_cells_are_coloured_and_say_what_was_expected(marked_copy: Path):
    sheet = load_workbook(marked_copy)["applications"]
    assert colours(sheet) == {"A3": RED, "C3": RED, "C4": RED, "E4": RED}
    assert sheet["A3"].comment.text == (
        "—— import ——\nA1 stands in row 2 already\n→ each application_id once"
    )
    assert sheet["C3"].comment.text.endswith("ask the secretariat\n→ did you mean Ethiopia?")
    assert sheet["E4"].comment.text.startswith("ask Ann\n\n—— import ——\nchosen is not in the list")


def test_the_first_sheet_lists_every_finding_and_leads_to_it(marked_copy: Path):
    book = load_workbook(marked_copy)
    assert book.sheetnames == ["_findings", "applications", "cohorts"]
    assert book.active.title == "_findings"
    sheet = book["_findings"]
    assert [row[:4] for row in listed(sheet)] == [
        ("A3", "came.xlsx[applications]", 3, "application_id"),
        ("C3", "came.xlsx[applications]", 3, "country"),
        ("C4", "came.xlsx[applications]", 4, "country"),
        ("E4", "came.xlsx[applications]", 4, "stage"),
    ]
    links = [cell.hyperlink for row in sheet for cell in row if cell.hyperlink]
    assert [(link.location, link.target) for link in links] == [
        ("'applications'!A3", None),
        ("'applications'!C3", None),
        ("'applications'!C4", None),
        ("'applications'!E4", None),
    ]


def test_a_finding_of_two_lines_is_seen_whole(marked_copy: Path):
    sheet = load_workbook(marked_copy)["_findings"]
    heights = {row[3].value: sheet.row_dimensions[row[3].row].height for row in sheet.iter_rows()}
    # "one of submitted, eligible, evaluated, selected, reserve, not selected, withdrawn"
    assert (heights["stage"], heights["application_id"]) == (30, 15)


def test_everything_else_is_as_it_was_and_what_is_not_is_said(marked_copy: Path, came: Path):
    before, after = load_workbook(came), load_workbook(marked_copy)
    for title in ("applications", "cohorts"):
        for old, new in zip(before[title], after[title], strict=True):
            for one, other in zip(old, new, strict=True):
                assert (one.value, one.data_type) == (other.value, other.data_type)
                assert (one.font.b, one.number_format) == (other.font.b, other.number_format)
                if other.coordinate not in ("A3", "C3", "C4", "E4"):
                    assert one.fill.fgColor.rgb == other.fill.fgColor.rgb
    assert after["applications"].column_dimensions["D"].width == pytest.approx(33, abs=1)
    assert len(after["applications"]._charts) == 1
    told = [row[0].value for row in after["_findings"].iter_rows(max_row=6)]
    assert "This marked copy lacks shapes and text boxes; the workbook that came has them." in told
    assert any(text and text.startswith("Formulas show their values once") for text in told)


def test_no_text_becomes_a_formula(marked_copy: Path):
    with zipfile.ZipFile(marked_copy) as archive:
        written = [
            archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name
        ]
    assert [re.findall(r"<f>(.*?)</f>", text) for text in written] == [
        [],
        ['"FJ"&amp;"I"'],
        [],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")', "<b>"])
def test_no_finding_becomes_a_formula(text: str, tmp_path: Path):
    findings = Findings()
    said = say("{text} is named twice", text=text), say("{what}, as in the header", what=text)
    findings.add(Finding(text, 2, text, *said))
    marked.write(tmp_path, findings, tmp_path / "out.xlsx", Words("en"))
    [row] = listed(sheet := load_workbook(tmp_path / "out.xlsx")["_findings"])
    assert row[1:6] == (text, 2, text, f"{text} is named twice", f"{text}, as in the header")
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_what_was_put_right_in_the_marked_copy_imports_and_loses_its_marks(
    marked_copy: Path, tmp_path: Path
):
    book = load_workbook(marked_copy)
    sheet = book["applications"]
    sheet["A3"], sheet["C3"], sheet["C4"] = "A3", "FRA", "FJI"
    book.save(marked_copy)
    again = tmp_path / "again.xlsx"
    assert main(["check", str(marked_copy), "--marked", str(again)]) == 1
    sheet = load_workbook(again)["applications"]
    assert colours(sheet) == {"E4": RED}
    assert sheet["A3"].comment is None
    assert sheet["E4"].comment.text.count("chosen is not in the list") == 1
    sheet["E4"] = "reserve"
    sheet.parent.save(again)
    with importing.checked(again) as draft:
        assert draft.hash, list(draft.findings.lines())


def test_a_folder_comes_back_as_one_workbook(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    folder = files(
        applications=("A1,1,KEN,Hub", "A1,1,Utopia,'=1+1"),
        scores=("A1,R1,C1,9", "A1,R1,C1,007x"),
        reviewers=b"\xff\xfe\xff",
    )
    assert main(["check", str(folder), "--marked", str(tmp_path / "out.xlsx")]) == 1
    book = load_workbook(tmp_path / "out.xlsx")
    assert len(book.sheetnames) == 16
    sheet = book["applications"]
    assert (sheet["C2"].value, sheet["C2"].fill.fgColor.rgb) == ("Utopia", RED)
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")
    assert (sheet["I2"].value, sheet["I2"].number_format) == ("KAP-1;KAP-2", "@")
    assert book["scores"]["D2"].value == "007x"
    assert colours(book["scores"])["D2"] == RED


def test_warnings_have_a_colour_of_their_own(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    folder = files(reviewers=("R3,Cem,,", "R3,Cem,,\nR4,Dan,,"))
    assert main(["check", str(folder), "--marked", str(tmp_path / "out.xlsx")]) == 0
    book = load_workbook(tmp_path / "out.xlsx")
    assert colours(book["reviewers"]) == {"A5": YELLOW}
    assert listed(book["_findings"])[0][6] == "warning"


def test_a_fault_of_a_whole_row_and_of_a_whole_file_lead_somewhere(
    files: Callable[..., Path], store: Path, tmp_path: Path
):
    folder = files(criteria=("1,C2,Team,1,0,5", "1,C2,Team"), scores=b"")
    main(["check", str(folder), "--marked", str(tmp_path / "out.xlsx")])
    book = load_workbook(tmp_path / "out.xlsx")
    assert set(colours(book["criteria"])) == {f"{letter}3" for letter in "ABCDEF"}
    assert {(row[0], row[1]) for row in listed(book["_findings"])} == {
        ("A3", "criteria.csv"),
        ("A1", "scores.csv"),
    }


def test_a_finding_within_merged_cells_marks_the_one_that_shows(store: Path, tmp_path: Path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("applications")
        for row, cells in enumerate(APPLICATIONS):
            sheet.write_row(row, 0, cells)
        sheet.merge_range("B2:C2", "1", book.add_format({"bold": True}))
        book.add_worksheet("cohorts").write_row(0, 0, COHORTS[0])
    main(["check", str(path), "--marked", str(tmp_path / "out.xlsx")])
    sheet = load_workbook(tmp_path / "out.xlsx")["applications"]
    assert "B2" in colours(sheet)
    assert "the cell is empty" in sheet["B2"].comment.text


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 torn"])
def test_what_cannot_be_opened_gives_the_list_alone(content: bytes, store: Path, tmp_path: Path):
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    assert main(["check", str(path), "--marked", str(tmp_path / "out.xlsx")]) == 1
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["_findings"]
    assert "cannot be opened for marking" in " ".join(
        str(row[0]) for row in book["_findings"].iter_rows(values_only=True)
    )
    assert len(listed(book["_findings"])) == 1


def test_files_too_large_for_marking_give_the_list_alone(
    files: Callable[..., Path], came: Path, store: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.setattr(marked, "MOST_CELLS", 10)
    monkeypatch.setattr(marked, "MOST_UNFOLDED", 10)
    for path in (files(applications=("A1,1,KEN", "A1,1,Utopia")), came):
        main(["check", str(path), "--marked", str(tmp_path / "out.xlsx")])
        book = load_workbook(tmp_path / "out.xlsx")
        assert book.sheetnames == ["_findings"]
        assert listed(book["_findings"])[0][4]


def test_findings_are_in_the_language_of_the_reader_in_the_list_and_in_the_notes(
    came: Path, store: Path, tmp_path: Path
):
    out = str(tmp_path / "out.xlsx")
    assert main(["check", str(came), "--marked", out, "--lang", "ru"]) == 1
    book = load_workbook(out)
    assert book["applications"]["A3"].comment.text == (
        "—— import ——\nA1 уже есть (строка 2)\n→ каждое значение application_id – один раз"
    )
    rows = list(book["_findings"].iter_rows(min_col=5, max_col=6, values_only=True))
    assert ("A1 уже есть (строка 2)", "каждое значение application_id – один раз") in rows


def test_the_list_speaks_the_language_of_the_reader(came: Path, store: Path, tmp_path: Path):
    said = []

    class Spy(Words):
        def __call__(self, message: str, **values: object) -> str:
            said.append(message)
            return super().__call__(message, **values)

    with importing.checked(came) as draft:
        marked.write(came, draft.findings, tmp_path / "out.xlsx", Spy("ru"))
    assert set(LIST_HEADINGS) <= set(said)

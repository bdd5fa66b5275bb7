"""What kinds of files /imports takes: encodings it asks for, workbooks, reports of many centres."""

import io
import zipfile

import xlsxwriter
from openpyxl import load_workbook

from data import store
from tests.pages.bringing import APPLICATIONS, CHANGES, COHORTS, FINDINGS, REVIEWED, press, publish
from tests.pages.shown import by_headings, read

CYRILLIC = """application_id;cohort;country;organization;stage
A1;1;Кения;Центр «Восход»;selected
A2;1;Уганда;Лаборатория;not selected
"""
CENTRES = "centre_id,name,country\nZ1,One,KEN\nZ2,Two,UGA\n"
INDICATORS = "indicator,goal,name,direction,kind\nI1,KAP-1,People trained,up,cumulative\n"


def name_a_reviewer(app):
    """Brings in a name whose encoding does not show, and says which it is."""
    rows = ("reviewers.csv", "reviewer,name\nR1,Анна\n".encode("cp1251"), "text/csv")
    app.file_uploader[0].set_value([rows]).run()
    press(app, "Check")
    app.radio("import_encoding_choice").set_value("windows-1251").run()
    press(app, "Read it so and check again")


def test_an_encoding_that_does_not_show_is_asked_for_and_used_to_the_end(open_page):
    app = open_page("imports")
    files = [("cohorts.csv", COHORTS.encode()), ("applications.csv", CYRILLIC.encode("cp1251"))]
    app.file_uploader[0].set_value([(*each, "text/csv") for each in files]).run()
    press(app, "Check")
    assert [row[0] for row in by_headings(app)[FINDINGS]] == ["applications.csv, row 2"]
    question = app.radio("import_encoding_choice")
    assert question.value is None
    assert read(question.options[1]).splitlines() == [
        "**windows-1251**  ",
        "A1;1;Кения;Центр «Восход»;selected  ",
        "A2;1;Уганда;Лаборатория;not selected",
    ]
    question.set_value("koi8-r").run()
    press(app, "Read it so and check again")
    assert "Лаборатория" not in str(by_headings(app))
    # The answer was wrong, and another can be given.
    app.radio("import_encoding_choice").set_value("windows-1251").run()
    press(app, "Read it so and check again")
    assert [row[:2] for row in by_headings(app)[CHANGES]] == [
        ("cohorts", "cohorts.csv"),
        ("applications", "applications.csv"),
    ]
    publish(app)
    database = store.cursor(store.current())
    names = database.execute("select organization from application order by all").fetchall()
    assert names == [("Лаборатория",), ("Центр «Восход»",)]
    warnings = database.execute("select warning from import_warning").fetchall()
    assert (
        "read as windows-1251, which was said and cannot be proved (UTF-8 or UTF-16)",
    ) in warnings
    assert not app.radio


def test_an_encoding_is_that_of_the_files_it_was_said_of(open_page):
    app = open_page("imports")
    name_a_reviewer(app)
    assert "Read as windows-1251" in [each.label for each in app.expander]
    rows = ("reviewers.csv", "reviewer,name\nR1,Борис\n".encode("koi8-r"), "text/csv")
    app.file_uploader[0].set_value([rows]).run()
    press(app, "Check")
    assert "Which of these reads right?" in [each.value for each in app.subheader]


def test_warnings_about_the_files_stand_above_those_about_what_is_stored(open_page, store_with):
    store_with(**REVIEWED)
    app = open_page("imports")
    name_a_reviewer(app)
    odd = by_headings(app)[("Where", "What is odd", "Expected")]
    assert [row[0] for row in odd] == [
        "reviewers.csv",
        "applications, application_id",
        "applications, application_id",
    ]


def test_centres_report_with_workbooks_taken_and_brought_back_at_once(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS, centres=CENTRES, indicators=INDICATORS)
    app = open_page("imports")
    _token, offer = app.session_state["take_away"]["report-forms"]
    files = []
    with zipfile.ZipFile(io.BytesIO(offer.build())) as archive:
        for name in archive.namelist():
            book = load_workbook(archive.open(name))
            centre = name[len("report-") : -len(".xlsx")]
            row = {"centre_id": centre, "indicator": "I1", "measured_on": "2025-06-30", "value": 7}
            for cell in book["add to measurements"][1]:
                if cell.value in row:
                    book["add to measurements"].cell(2, cell.column).value = row[cell.value]
            book.save(file := io.BytesIO())
            files.append((name, file.getvalue(), "application/zip"))
    app.file_uploader[0].set_value(files).run()
    press(app, "Check")
    assert by_headings(app)[CHANGES] == [
        (
            "measurements",
            "report-Z1.xlsx[add to measurements], report-Z2.xlsx[add to measurements]",
            "2",
            "2",
            "0",
            "0",
        )
    ]
    publish(app)
    headings, [row, _first] = next(
        each for each in by_headings(app).items() if "Imported" in each[0]
    )
    assert dict(zip(headings, row, strict=True))["Files"] == "report-Z1.xlsx, report-Z2.xlsx"


def test_without_centres_there_is_no_workbook_to_report_with(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    assert "report-forms" not in open_page("imports").session_state["take_away"]


def test_the_history_names_a_workbook_once_and_no_layout_where_there_was_none(open_page):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, text in {"cohorts": COHORTS, "applications": APPLICATIONS}.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(text.splitlines()):
                sheet.write_row(row, 0, line.split(","))
    app = open_page("imports")
    app.file_uploader[0].set_value([("all.xlsx", file.getvalue(), "application/zip")]).run()
    press(app, "Check")
    publish(app)
    headings, [row] = next(each for each in by_headings(app).items() if each[0][0] == "Snapshot")
    assert dict(zip(headings, row, strict=True))["Files"] == "all.xlsx"
    assert "Layout" not in headings

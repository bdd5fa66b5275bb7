"""The secretariat's way from files to a new snapshot and back, as the page /imports leads it."""

import io
import json
import zipfile

import xlsxwriter
from openpyxl import load_workbook

from data import store
from tests.pages.bringing import (
    APPLICATIONS,
    CHANGES,
    COHORTS,
    FIGURES,
    FINDINGS,
    LATER,
    ODD,
    check,
    numbers,
    press,
    publish,
    said,
    tables,
    upload,
)


def test_an_empty_store_says_that_the_sample_goes_with_the_first_import(open_page):
    app = open_page("imports")
    assert [info.value for info in app.info] == [
        "Nothing has been imported yet. What is shown is the sample; it is in no history and goes "
        "when the first real import comes.",
        "The history is empty. The first import will stand here, and every later one.",
    ]


def test_all_findings_are_shown_at_once_and_nothing_changes(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=ODD)
    assert app.error[0].value.startswith("**5** findings, and nothing was changed.")
    assert [row[0] for row in tables(app)[FINDINGS]] == [
        "applications.csv, row 1, colour",
        "applications.csv, row 2, stage",
        "applications.csv, row 3, application_id",
        "applications.csv, row 3, cohort",
        "applications.csv, row 3, country",
    ]
    assert "Publish" not in [button.label for button in app.button]
    assert numbers() == []


def test_the_files_can_be_taken_back_marked(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=ODD)
    _token, offer = app.session_state["take_away"]["marked"]
    book = load_workbook(io.BytesIO(offer.build()))
    assert book.sheetnames == ["_findings", "applications", "cohorts"]
    assert book["applications"]["E2"].fill.fgColor.rgb == "FFFFB3AC"


def test_the_template_is_in_the_readers_language(open_page):
    app = open_page("imports", lang="ru")
    _token, offer = app.session_state["take_away"]["import-template"]
    book = load_workbook(io.BytesIO(offer.build()))
    assert "Австралия" in [cell.value for cell in book["_lists"]["A"]]


def test_says_what_would_change_before_anything_does(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("imports")
    check(app, applications=LATER)
    shown = tables(app)
    assert shown[FIGURES] == [
        ("Applications", "2", "3"),
        ("Countries", "2", "3"),
        ("Selected", "1", "1"),
        ("Centres", "0", "0"),
    ]
    assert shown[CHANGES] == [("applications", "applications.csv", "3", "1", "0", "1")]
    assert "Kept from snapshot 1, as no file came for them (rows): cohorts (1)." in [
        text.value for text in app.markdown
    ]
    assert numbers() == [1]


CRITERIA = "cohort,criterion,name,weight,scale_min,scale_max\n1,C1,Idea,1,0,10\n"
SCORED = "application_id,reviewer,criterion,score\nA1,R1,C1,9\nA2,R1,C1,5\n"


def test_says_what_happens_to_places_and_to_the_selection(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        criteria=CRITERIA,
        reviewers="reviewer\nR1\n",
        scores=SCORED,
    )
    app = open_page("imports")
    check(
        app,
        applications=LATER.replace("KEN,One,selected", "KEN,One,reserve").replace(
            "Three,not selected", "Three,selected"
        ),
        scores=SCORED.replace("A1,R1,C1,9", "A1,R1,C1,4") + "A3,R1,C1,8\n",
    )
    assert (
        "**1** application changes its place by total. **1** comes in among the selected. "
        "**1** is selected no more."
    ) in [text.value for text in app.markdown]
    moved = next(rows for columns, rows in tables(app).items() if "Place before" in columns)
    assert moved == [
        ("A3", "Three", "1", "–", "1", "–", "yes"),
        ("A1", "One", "1", "1", "3", "yes", "no"),
    ]


def test_another_layout_is_mapped_once_and_used_again(open_page):
    theirs = "Nummer,cohort,Land,organization,stage\nA1,1,KEN,One,selected\n"
    app = open_page("imports")
    check(app, cohorts=COHORTS, Bewerbungen=theirs)
    assert "Bewerbungen.csv" in [row[0] for row in tables(app)[FINDINGS]]
    app.session_state["import_map_box"] = True
    app.run()
    app.selectbox("import_map Bewerbungen").set_value("applications").run()
    key = "import_map Bewerbungen applications"
    app.selectbox(f"{key} Nummer").set_value("application_id")
    app.selectbox(f"{key} Land").set_value("country")
    app.text_input("import_map_name").set_value("theirs")
    press(app, "Keep this layout and check again")
    assert app.selectbox("import_mapping").value == "theirs"
    assert [row[:2] for row in tables(app)[CHANGES]] == [
        ("cohorts", "cohorts.csv"),
        ("applications", "Bewerbungen.csv"),
    ]
    publish(app)
    assert numbers() == [1]
    record = store.cursor(store.current()).execute("select name, mapping from import_mapping")
    [(name, value)] = record.fetchall()
    assert name == "theirs"
    assert json.loads(value)["sheets"]["Bewerbungen"] == {
        "table": "applications",
        "columns": {"Nummer": "application_id", "Land": "country"},
    }
    [row] = next(rows for columns, rows in tables(app).items() if columns[0] == "Snapshot")
    headings = next(columns for columns in tables(app) if columns[0] == "Snapshot")
    came = dict(zip(headings, row, strict=True))
    assert (came["Files"], came["Layout"]) == ("Bewerbungen.csv, cohorts.csv", "theirs")


CYRILLIC = """application_id;cohort;country;organization;stage
A1;1;Кения;Центр «Восход»;selected
A2;1;Уганда;Лаборатория;not selected
"""


def test_an_encoding_that_does_not_show_is_asked_for_and_used_to_the_end(open_page):
    app = open_page("imports")
    files = [("cohorts.csv", COHORTS.encode()), ("applications.csv", CYRILLIC.encode("cp1251"))]
    app.file_uploader[0].set_value([(*each, "text/csv") for each in files]).run()
    press(app, "Check")
    assert [row[0] for row in tables(app)[FINDINGS]] == ["applications.csv, row 2"]
    question = app.radio("import_encoding_choice")
    assert question.value is None
    assert question.options[:3] == ["windows-1252", "windows-1251", "windows-1256"]
    question.set_value("koi8-r").run()
    press(app, "Read it so and check again")
    assert "Лаборатория" not in str(tables(app))
    # The answer was wrong, and another can be given.
    app.radio("import_encoding_choice").set_value("windows-1251").run()
    press(app, "Read it so and check again")
    assert [row[:2] for row in tables(app)[CHANGES]] == [
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
    rows = ("reviewers.csv", "reviewer,name\nR1,Анна\n".encode("cp1251"), "text/csv")
    app.file_uploader[0].set_value([rows]).run()
    press(app, "Check")
    app.radio("import_encoding_choice").set_value("windows-1251").run()
    press(app, "Read it so and check again")
    assert "Read as windows-1251" in [each.label for each in app.expander]
    rows = ("reviewers.csv", "reviewer,name\nR1,Борис\n".encode("koi8-r"), "text/csv")
    app.file_uploader[0].set_value([rows]).run()
    press(app, "Check")
    assert "Which of these reads right?" in [each.value for each in app.subheader]


def test_a_batch_is_picked_from_the_servers_folder(open_page, tmp_path, monkeypatch):
    inbox = tmp_path / "inbox"
    for name in ("first", "<b>", ".hidden", "no tables"):
        (inbox / name).mkdir(parents=True)
    for name in ("first", "<b>"):
        (inbox / name / "cohorts.csv").write_text(COHORTS)
        (inbox / name / "applications.csv").write_text(APPLICATIONS)
    (inbox / "away").symlink_to(tmp_path)
    monkeypatch.setenv("DASHBOARD_INBOX", str(inbox))
    app = open_page("imports")
    app.segmented_control("import_place").set_value("server").run()
    assert app.selectbox("import_batch").options == ["<b> (0.0 MB)", "first (0.0 MB)"]
    app.selectbox("import_batch").set_value("first").run()
    press(app, "Check")
    publish(app)
    assert numbers() == [1]
    # What lies there is left as it was.
    assert (inbox / "first" / "cohorts.csv").read_text() == COHORTS


def test_a_batch_that_changed_after_its_check_is_checked_again(open_page, tmp_path, monkeypatch):
    (inbox := tmp_path / "inbox" / "first").mkdir(parents=True)
    (inbox / "cohorts.csv").write_text(COHORTS)
    (inbox / "applications.csv").write_text(APPLICATIONS)
    monkeypatch.setenv("DASHBOARD_INBOX", str(inbox.parent))
    app = open_page("imports")
    app.segmented_control("import_place").set_value("server").run()
    press(app, "Check")
    assert CHANGES in tables(app)
    (inbox / "applications.csv").write_text(LATER)
    app.run()
    assert CHANGES not in tables(app)
    assert "Publish" not in [button.label for button in app.button]


def test_an_empty_and_a_missing_folder_of_the_server_are_said(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_INBOX", str(tmp_path / "inbox"))
    app = open_page("imports")
    assert "The server's folder cannot be read: No such file or directory." in said(app)
    assert app.file_uploader
    (tmp_path / "inbox").mkdir()
    app = open_page("imports")
    app.segmented_control("import_place").set_value("server").run()
    assert any(text.startswith("The server's folder is empty.") for text in said(app))


def test_publishes_in_one_act_and_keeps_who_and_why(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    publish(app, by="--older", note="The *first* round")
    assert "Snapshot 1 is published. Every reader sees it at the next click." in said(app)
    assert store.current().imported_by == "--older"
    assert store.current().note == "The *first* round"
    assert "Snapshot **1** is shown: **2** applications and **0** centres" in next(
        text.value for text in app.markdown if text.value.startswith("Snapshot")
    )
    [row] = next(rows for columns, rows in tables(app).items() if columns[0] == "Snapshot")
    assert row[:2] == ("1", "shown now")
    assert row[5] == "applications.csv, cohorts.csv"
    assert row[6:10] == ("2", "2", "1", "0")
    # The uploader is empty again, and the answer on its files is gone.
    assert app.file_uploader[0].value == []
    assert CHANGES not in tables(app)


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
    headings, [row] = next(each for each in tables(app).items() if each[0][0] == "Snapshot")
    assert dict(zip(headings, row, strict=True))["Files"] == "all.xlsx"
    assert "Layout" not in headings


CENTRES = "centre_id,name,country\nZ1,One,KEN\nZ2,Two,UGA\n"
INDICATORS = "indicator,goal,name,direction,kind\nI1,KAP-1,People trained,up,cumulative\n"


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
    assert tables(app)[CHANGES] == [
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
    headings, [row, _first] = next(each for each in tables(app).items() if "Imported" in each[0])
    assert dict(zip(headings, row, strict=True))["Files"] == "report-Z1.xlsx, report-Z2.xlsx"


def test_without_centres_there_is_no_workbook_to_report_with(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    assert "report-forms" not in open_page("imports").session_state["take_away"]


def test_does_not_publish_without_a_name(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    publish(app, by="  ")
    assert "Say who publishes: the history keeps it." in said(app)
    assert numbers() == []


def test_does_not_publish_before_the_warnings_are_accepted(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert [box.label for box in app.checkbox] == ["I have read the warnings and accept them"]
    publish(app, tick=False)
    assert "Tick the box first; nothing was published." in said(app)
    assert numbers() == []


def test_an_older_state_is_published_only_when_it_is_meant(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("imports")
    check(app, cohorts=COHORTS.replace("2023-03-31", "2023-02-01"))
    older = app.checkbox[-1]
    assert older.label == (
        "The latest date in these files is 1 Feb 2023, and what is stored goes up to 31 Mar 2023. "
        "An older state is meant."
    )
    app.checkbox[0].set_value(True)
    app.text_input[0].set_value("Ada")
    press(app, "Publish")
    assert (
        "The files are older than what is stored; nothing was published. If that is meant, tick "
        "the box that says so." in said(app)
    )
    assert numbers() == [1]
    publish(app)
    assert numbers() == [1, 2]


def test_files_that_change_nothing_say_so(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("imports")
    check(app, applications=APPLICATIONS)
    assert "The files change nothing: snapshot 1 holds the same data." in said(app)
    assert "Publish" not in [button.label for button in app.button]


def test_another_choice_of_files_takes_the_answer_away(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert CHANGES in tables(app)
    upload(app, cohorts=COHORTS)
    assert CHANGES not in tables(app)


def test_shows_an_earlier_snapshot_again_only_when_that_is_confirmed(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    store_with(applications=LATER)
    app = open_page("imports")
    press(app, "Show snapshot 1 again")
    assert (
        "Every reader will then see snapshot 1, with 2 applications. Nothing is deleted: snapshot "
        "2 stays in the history." in said(app)
    )
    assert store.current().number == 2
    press(app, "No, leave it")
    assert store.current().number == 2
    press(app, "Show snapshot 1 again")
    press(app, "Yes, show it to everybody")
    assert store.current().number == 1
    assert "Snapshot 1 is shown again. Every reader sees it at the next click." in said(app)
    history = next(rows for columns, rows in tables(app).items() if columns[0] == "Snapshot")
    assert [row[:2] for row in history] == [("2", "–"), ("1", "shown now")]


def test_whoever_is_on_the_page_learns_that_another_published(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("imports")
    store_with(applications=LATER)
    app.run()
    assert "While you were here, snapshot 2 became the current one." in said(app)
    assert any(text.value.startswith("Snapshot **2** is shown") for text in app.markdown)


def test_a_check_is_void_once_another_published(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("imports")
    check(app, applications=LATER)
    store_with(applications=APPLICATIONS.replace("Two", "Somebody"))
    app.run()
    assert (
        "Snapshot 2 became the current one after this check. Check again to see what the files "
        "would change now." in said(app)
    )
    assert "Publish" not in [button.label for button in app.button]


def test_the_format_that_is_told_is_the_one_that_is_read(open_page):
    told = dict(tables(open_page("imports"))[("File or sheet", "Columns")])
    assert len(told) == 15
    assert told["reviewers"] == "reviewer*, name, organization, country"
    assert told["centre_statuses"] == (
        "centre_id*, status* (selected · agreement signed · operating · paused · ended), "
        "since* (date)"
    )

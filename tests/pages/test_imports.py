"""The secretariat's way from files to a new snapshot and back, as the page /imports leads it."""

import io
import json
import tracemalloc

from openpyxl import load_workbook
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from data import importing, store
from pages.parts.imports_source import Uploaded
from tests.pages.bringing import (
    APPLICATIONS,
    CHANGES,
    COHORTS,
    FIGURES,
    FINDINGS,
    LATER,
    ODD,
    REVIEWED,
    SCORED,
    check,
    numbers,
    press,
    publish,
    said,
    upload,
)
from tests.pages.shown import by_headings


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
    assert [row[0] for row in by_headings(app)[FINDINGS]] == [
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
    shown = by_headings(app)
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


def test_says_what_happens_to_places_and_to_the_selection(open_page, store_with):
    store_with(**REVIEWED)
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
    moved = next(rows for columns, rows in by_headings(app).items() if "Place before" in columns)
    assert moved == [
        ("A3", "Three", "1", "–", "1", "–", "yes"),
        ("A1", "One", "1", "1", "3", "yes", "no"),
    ]


def test_another_layout_is_mapped_once_and_used_again(open_page):
    theirs = "Nummer,cohort,Land,organization,stage\nA1,1,KEN,One,selected\n"
    app = open_page("imports")
    check(app, cohorts=COHORTS, Bewerbungen=theirs)
    assert "Bewerbungen.csv" in [row[0] for row in by_headings(app)[FINDINGS]]
    app.session_state["import_map_box"] = True
    app.run()
    app.selectbox("import_map Bewerbungen").set_value("applications").run()
    key = "import_map Bewerbungen applications"
    app.selectbox(f"{key} Nummer").set_value("application_id")
    app.selectbox(f"{key} Land").set_value("country")
    app.text_input("import_map_name").set_value("theirs")
    press(app, "Keep this layout and check again")
    assert app.selectbox("import_mapping").value == "theirs"
    assert [row[:2] for row in by_headings(app)[CHANGES]] == [
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
    [row] = next(rows for columns, rows in by_headings(app).items() if columns[0] == "Snapshot")
    headings = next(columns for columns in by_headings(app) if columns[0] == "Snapshot")
    came = dict(zip(headings, row, strict=True))
    assert (came["Files"], came["Layout"]) == ("Bewerbungen.csv, cohorts.csv", "theirs")


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
    assert CHANGES in by_headings(app)
    (inbox / "applications.csv").write_text(LATER)
    app.run()
    assert CHANGES not in by_headings(app)
    assert "Publish" not in [button.label for button in app.button]


def test_an_empty_and_a_missing_folder_of_the_server_are_said(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_INBOX", str(tmp_path / "inbox"))
    app = open_page("imports")
    assert "The server's folder cannot be read: there is no such file or folder." in said(app)
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
    [row] = next(rows for columns, rows in by_headings(app).items() if columns[0] == "Snapshot")
    assert row[:2] == ("1", "shown now")
    assert row[5] == "applications.csv, cohorts.csv"
    assert row[6:10] == ("2", "2", "1", "0")
    # The uploader is empty again, and the answer on its files is gone.
    assert app.file_uploader[0].value == []
    assert CHANGES not in by_headings(app)


def test_one_application_and_one_centre_are_told_in_the_singular(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications="application_id,cohort,country,organization,stage\nA1,1,KEN,One,selected\n",
        centres="centre_id,application_id,name,country\nC1,A1,One,KEN\n",
    )
    told = " ".join(text.value for text in open_page("imports").markdown)
    assert "Snapshot **1** is shown: **1** application and **1** centre, imported on" in told


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
    assert CHANGES in by_headings(app)
    upload(app, cohorts=COHORTS)
    assert CHANGES not in by_headings(app)


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
    history = next(rows for columns, rows in by_headings(app).items() if columns[0] == "Snapshot")
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
    told = dict(by_headings(open_page("imports"))[("File or sheet", "Columns")])
    assert len(told) == 15
    assert told["reviewers"] == "reviewer*, name, organization, country"
    assert told["centre_statuses"] == (
        "centre_id*, status* (selected · agreement signed · operating · paused · ended), "
        "since* (date)"
    )


def test_sets_an_upload_down_without_another_copy_of_it_in_memory(monkeypatch):
    data = bytes(10_000_000)
    monkeypatch.setattr(importing, "run", lambda arguments, tell: {"seen": arguments})
    file = UploadedFile(UploadedFileRec("1", "scores.csv", "text/csv", data), None)
    tracemalloc.start()
    try:
        Uploaded([file]).run("check")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 1_000_000


def test_what_was_let_pass_is_told_of_each_snapshot_in_the_readers_language(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    store_with(applications=LATER)
    app = open_page("imports", lang="ru")
    app.session_state["import_let_pass"] = True
    app.run()
    columns = ("Где", "Что необычно", "Ожидалось")
    odd = "в блоке 1 есть рассмотренные заявки, но нет оценок"
    expected = "оценки по рассмотренным заявкам"
    assert by_headings(app)[columns] == [
        ("cohorts, cohort", f"{odd}; из снимка 1 сохранена 1 такая строка", expected)
    ]
    app.selectbox("import_warned").set_value(1).run()
    assert by_headings(app)[columns] == [("cohorts.csv, строка 2, cohort", odd, expected)]


def test_a_snapshot_without_warnings_says_nothing_of_them(open_page, store_with):
    submitted = APPLICATIONS.replace("not selected", "submitted").replace("selected", "submitted")
    store_with(cohorts=COHORTS, applications=submitted)
    assert "Warnings that were let pass" not in [box.label for box in open_page("imports").expander]

"""The secretariat's way from files to a new snapshot and back, as the page /imports leads it."""

import errno
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data import importing, store
from tests.pages import shown

COHORTS = "cohort,name,closed_on,places,plan\n1,First,2023-03-31,1,KAP\n"
APPLICATIONS = """application_id,cohort,country,organization,stage
A1,1,KEN,One,selected
A2,1,UGA,Two,not selected
"""
LATER = """application_id,cohort,country,organization,stage
A1,1,KEN,One,selected
A2,1,UGA,Two Renamed,not selected
A3,1,FRA,Three,not selected
"""
ODD = """application_id,cohort,country,organization,stage,colour
A1,1,KEN,One,chosen,red
A1,7,Utopia,Two,selected,blue
"""


def upload(app, **tables):
    """Puts files into the uploader: `upload(app, cohorts=...)`."""
    files = [(f"{name}.csv", text.encode(), "text/csv") for name, text in tables.items()]
    app.file_uploader[0].set_value(files).run()


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def check(app, **tables):
    upload(app, **tables)
    press(app, "Check")


def publish(app, by="Ada", note="", tick=True):
    app.text_input[0].set_value(by)
    app.text_input[1].set_value(note)
    for box in app.checkbox:
        box.set_value(tick)
    press(app, "Publish")


def read(markdown):
    """Markdown whose escapes are taken away, as people read it."""
    return re.sub(r"\\(.)", r"\1", markdown)


def tables(app):
    """Every table of the page as rows of text, by the headings of its columns."""
    return {
        tuple(table.columns): list(table.itertuples(index=False, name=None))
        for table in shown.tables(app)
    }


def said(app):
    """The messages on the page, whatever their colour."""
    messages = (*app.error, *app.warning, *app.info, *app.success)
    return [read(message.value) for message in messages]


def numbers():
    return [snapshot.number for snapshot in store.stored()]


FINDINGS = ("File", "Row", "Column", "What is wrong", "Expected")
CHANGES = ("Table", "File", "Rows", "New", "Removed", "Changed")
FIGURES = ("Figure", "Before", "After")


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
    assert [row[:3] for row in tables(app)[FINDINGS]] == [
        ("applications.csv", "1", "colour"),
        ("applications.csv", "2", "stage"),
        ("applications.csv", "3", "application_id"),
        ("applications.csv", "3", "cohort"),
        ("applications.csv", "3", "country"),
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
    publish(app, tick=False)
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


def test_a_busy_store_is_said_in_a_sentence(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    with store.lock():
        publish(app)
    assert "Another import is running; try again when it is done." in said(app)
    assert numbers() == []


def test_a_full_disk_is_said_in_a_sentence(open_page, monkeypatch):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    app = open_page("imports")
    monkeypatch.setattr(Path, "write_bytes", full)
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert "The files could not be set down: No space left on device." in said(app)


def test_an_import_that_does_not_end_is_stopped(open_page, monkeypatch):
    monkeypatch.setattr(importing, "PATIENCE", 0.01)
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert said(app)[0].startswith("The import took longer than")
    assert said(app)[0].endswith("and was stopped.")


def test_file_names_lose_their_folders_and_nothing_is_left_behind(open_page, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    app = open_page("imports")
    app.file_uploader[0].set_value(
        [
            ("../../cohorts.csv", COHORTS.encode(), "text/csv"),
            ("C:\\data\\applications.csv", APPLICATIONS.encode(), "text/csv"),
        ]
    ).run()
    press(app, "Check")
    assert [row[1] for row in tables(app)[CHANGES]] == ["cohorts.csv", "applications.csv"]
    assert list(temporary.iterdir()) == []
    assert not list(tmp_path.rglob("cohorts.csv"))


@pytest.mark.parametrize(
    "names, sentence",
    [
        (("cohorts.csv", "x/cohorts.csv"), "Two files are called cohorts.csv;"),
        (("cohorts.csv", "all.XLSX"), "A workbook comes alone: take out all.XLSX,"),
    ],
)
def test_files_that_cannot_go_together_are_refused_before_the_check(open_page, names, sentence):
    app = open_page("imports")
    app.file_uploader[0].set_value([(name, b"x", "text/csv") for name in names]).run()
    assert said(app)[0].startswith(sentence)
    assert next(button for button in app.button if button.label == "Check").disabled


def test_a_file_that_is_not_what_its_name_says_is_a_finding(open_page):
    app = open_page("imports")
    app.file_uploader[0].set_value([("all.xlsx", b"no workbook", "application/zip")]).run()
    press(app, "Check")
    assert [row[0] for row in tables(app)[FINDINGS]] == ["all.xlsx"]


def test_the_format_that_is_told_is_the_one_that_is_read(open_page):
    told = dict(tables(open_page("imports"))[("File or sheet", "Columns")])
    assert len(told) == 15
    assert told["reviewers"] == "reviewer*, name, organization, country"
    assert told["centre_statuses"] == (
        "centre_id*, status* (selected · agreement signed · operating · paused · ended), "
        "since* (date)"
    )

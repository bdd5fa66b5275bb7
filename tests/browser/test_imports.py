"""Files go in through the page, every reader sees them, and what was there before comes back."""

import re

import pytest
from playwright.sync_api import expect

COHORTS = "cohort,name,closed_on,places,plan\n1,First round,2023-03-31,1,KAP\n"
APPLICATIONS = """application_id,cohort,country,organization,stage
A1,1,KEN,One,selected
A2,1,UGA,Two,not selected
"""
LATER = APPLICATIONS + "A3,1,FRA,Three,not selected\n"
BAD = """application_id,cohort,country,organization,stage,colour
A1,1,KEN,One,chosen,red
A1,1,Utopia,Two,selected,blue
"""


@pytest.fixture
def imports(start_dashboard, new_page, tmp_path):
    """Opens the page on a dashboard of the test's own, with nothing imported yet."""
    server = start_dashboard(tmp_path / "store")

    def open_():
        page = new_page(server=server)
        page.goto("/imports")
        return page

    return open_


def shows(page, text):
    """Waits for the text; a check or an import is a process of its own and takes seconds."""
    expect(page.get_by_text(text)).to_be_visible(timeout=60_000)


def check(page, **tables):
    page.locator("input[type=file]").set_input_files(
        [
            {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
            for name, text in tables.items()
        ]
    )
    page.get_by_role("button", name="Check", exact=True).click()


def publish(page, by):
    page.get_by_label("Your name").fill(by)
    page.get_by_text("I have read the warnings").click()
    page.get_by_role("button", name="Publish").click()


def stamp(tmp_path):
    """How every page names the data of the snapshot that is current."""
    current = (tmp_path / "store" / "CURRENT").read_text()
    return "Data: " + re.fullmatch(r"snapshot-\d+-(\w+)\.duckdb\n", current)[1]


def history(page):
    """The rows of the history: number, whether it is shown, and by whom."""
    rows = page.get_by_role("table").filter(has_text="Imported").locator("tbody tr")
    return [[row.locator("td").nth(cell).inner_text() for cell in (0, 1, 3)] for row in rows.all()]


def test_files_are_published_seen_by_everybody_and_taken_back(imports, ready, tmp_path):
    page, reader = imports(), imports()
    shows(page, "What is shown is the sample")
    shows(reader, "What is shown is the sample")

    check(page, cohorts=COHORTS, applications=APPLICATIONS)
    shows(page, "The files can be published.")
    publish(page, "Ada")
    shows(page, "Snapshot 1 is published.")
    ready(page)

    check(page, applications=LATER)
    shows(page, "Kept from snapshot 1, as no file came for them (rows): cohorts (1).")
    publish(page, "Bea")
    shows(page, "Snapshot 2 is published.")
    ready(page)
    assert history(page) == [["2", "shown now", "Bea"], ["1", "–", "Ada"]]

    # Without a click: whoever is on the page is told.
    shows(reader, "While you were here, snapshot 2 became the current one.")
    reader.get_by_role("link", name="Overview").click()
    shows(reader, stamp(tmp_path))

    page.get_by_role("button", name="Show snapshot 1 again").click()
    page.get_by_role("button", name="Yes, show it to everybody").click()
    shows(page, "Snapshot 1 is shown again.")
    ready(page)
    assert history(page) == [["2", "–", "Bea"], ["1", "shown now", "Ada"]]
    reader.get_by_role("link", name="Overview").click()
    shows(reader, stamp(tmp_path))


def test_an_encoding_is_chosen_by_how_it_reads(imports, ready, tmp_path):
    page = imports()
    rows = APPLICATIONS.replace("One", "Центр «Восход»")
    files = {"cohorts.csv": COHORTS.encode(), "applications.csv": rows.encode("cp1251")}
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/csv", "buffer": content}
            for name, content in files.items()
        ]
    )
    page.get_by_role("button", name="Check", exact=True).click()
    shows(page, "Which of these reads right?")
    ready(page)
    again = page.get_by_role("button", name="Read it so and check again")
    expect(again).to_be_disabled()
    page.get_by_text("A1,1,KEN,Центр «Восход»,selected").click()
    again.click()
    shows(page, "The files can be published.")
    publish(page, "Ada")
    shows(page, "Snapshot 1 is published.")


def test_bad_files_show_all_their_findings_and_change_nothing(imports, ready, tmp_path):
    page = imports()
    check(page, cohorts=COHORTS, applications=BAD)
    shows(page, "4 findings, and nothing was changed.")
    ready(page)
    rows = page.get_by_role("table").filter(has_text="What is wrong").locator("tbody tr")
    assert [row.locator("td").first.inner_text() for row in rows.all()] == [
        "applications.csv, row 1, colour",
        "applications.csv, row 2, stage",
        "applications.csv, row 3, application_id",
        "applications.csv, row 3, country",
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 5
    assert "Utopia" in text
    assert page.get_by_role("button", name="Publish").count() == 0
    shows(page, "The history is empty.")
    assert not list((tmp_path / "store").glob("snapshot-*"))

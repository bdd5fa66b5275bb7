"""Changes: two snapshots and two days, each difference written out; and "No change" in words."""

import re
from datetime import date

import pytest

from tests.pages.shown import tables

TODAY = date(2026, 11, 24)
FIRST = {
    "cohorts": "cohort,name,opened_on,closed_on,decided_on,plan\n"
    "1,First,2023-02-01,2023-03-31,2023-06-15,KAP\n",
    "applications": "application_id,cohort,country,organization,submitted_on,stage\n"
    "A1,1,KEN,One,2023-03-01,selected\nA2,1,UGA,Two,2023-03-01,selected\n",
    "application_stages": "application_id,stage,since\n"
    "A1,submitted,2023-03-01\nA1,selected,2023-06-15\n"
    "A2,submitted,2023-03-01\nA2,selected,2023-06-15\n",
    "centres": "centre_id,application_id,name,country\n"
    "Z1,A1,Centre One,KEN\nZ2,A2,Centre Two,UGA\n",
    "centre_statuses": "centre_id,status,since\nZ1,operating,2023-07-01\nZ2,operating,2023-07-01\n",
    "indicators": "indicator,goal,name,direction,kind\nI1,KAP-1,Trained,up,cumulative\n",
    "targets": "centre_id,indicator,baseline,baseline_on,target,due_on,set_on\n"
    "Z1,I1,0,2023-07-01,100,2027-06-30,2023-07-01\n"
    "Z2,I1,0,2023-07-01,100,2027-06-30,2023-07-01\n",
    "measurements": "centre_id,indicator,measured_on,value\n"
    "Z1,I1,2024-06-30,20\nZ1,I1,2026-06-30,40\nZ2,I1,2025-09-30,60\n",
}
# The report of June 2024 was 25 all along, a report came for September, Centre Two pauses.
LATER = {
    "measurements": FIRST["measurements"].replace("2024-06-30,20", "2024-06-30,25")
    + "Z1,I1,2026-09-30,85\n",
    "centre_statuses": FIRST["centre_statuses"] + "Z2,paused,2026-10-01\n",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("pages.parts.door.today", lambda: TODAY)


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", ""))


def told(app):
    return [read(element.value) for element in app.markdown]


def shown(app):
    """Every table under its heading, with its rows as people read them."""
    headings = [read(heading.value) for heading in app.subheader]
    return {
        heading: [tuple(row) for row in table.itertuples(index=False)]
        for heading, table in zip(headings, tables(app), strict=True)
    }


def named(app):
    """What the comparison calls its two snapshots, so that a sentence need not depend on a day."""
    sentence = next(line for line in told(app) if "snapshot 1" in line)
    return re.sub(r" \(\d+ \w+ \d+\)", "", sentence)


@pytest.fixture
def two_snapshots(store_with):
    """A first import and a second with a correction, a new report and a status that moved."""
    store_with(**FIRST)
    store_with(**LATER)


@pytest.mark.usefixtures("two_snapshots")
def test_two_snapshots_tell_what_moved_what_came_in_and_what_was_corrected(open_page):
    app = open_page("changes", by="snapshots", as_of=TODAY.isoformat())
    assert named(app) == (
        "Between snapshot 1 and snapshot 2: 1 indicator of a centre moved to a better status, "
        "1 centre changed its status, 1 earlier record was corrected and 1 report came in."
    )
    assert shown(app) == {
        "Indicators with another status, the worst first": [
            (
                "Centre One",
                "Kenya",
                "Trained",
                "▼ off course",
                "● on course",
                "better",
                "85",
                "30 Sept 2026",
            )
        ],
        "Centres with another status": [
            ("Centre Two", "Uganda", "operating", "paused", "1 Oct 2026")
        ],
        "Records that were there before and say something else now": [
            ("Centre One", "Kenya", "report: Trained, 30 Jun 2024", "20", "25")
        ],
        "Reports that came in, the latest first": [
            ("Centre One", "Kenya", "Trained", "1", "40", "85", "30 Sept 2026")
        ],
    }
    assert told(app)[-1].startswith("No change: stages of applications, targets, ")


@pytest.mark.usefixtures("two_snapshots")
def test_every_row_leads_to_its_record(open_page):
    app = open_page("changes", by="snapshots", region="AFR", as_of=TODAY.isoformat())
    links = [link for table in tables(app) for link in table.attrs["links"]]
    assert links == [
        f"centres?cohort=1&region=AFR&as_of=2026-11-24&lang=en&centre={centre}"
        for centre in ("Z1", "Z2", "Z1", "Z1")
    ]


def test_a_snapshot_against_itself_shows_no_change_in_words(open_page, store_with):
    store_with(**FIRST)
    store_with(cohorts=FIRST["cohorts"].replace("First", "Renamed"))
    app = open_page("changes", by="snapshots")
    assert re.sub(r" \(\d+ \w+ \d+\)", "", told(app)[0]) == (
        "No change between snapshot 1 and snapshot 2."
    )
    assert tables(app) == []


def test_a_record_that_left_is_told_as_no_longer_there(open_page, store_with):
    store_with(**FIRST)
    store_with(measurements=FIRST["measurements"].replace("Z1,I1,2024-06-30,20\n", ""))
    app = open_page("changes", by="snapshots")
    assert shown(app)["Records that were there before and say something else now"] == [
        ("Centre One", "Kenya", "report: Trained, 30 Jun 2024", "–", "no longer on record")
    ]


def test_a_corrected_name_and_a_revised_target_are_not_taken_for_each_other(open_page, store_with):
    store_with(**FIRST)
    store_with(
        centres=FIRST["centres"].replace("Centre One", "Centre 1"),
        targets=FIRST["targets"] + "Z2,I1,0,2023-07-01,150,2027-06-30,2026-01-01\n",
    )
    found = shown(open_page("changes", by="snapshots"))
    assert found["Records that were there before and say something else now"] == [
        ("Centre 1", "Kenya", "centre: name", "Centre One", "Centre 1")
    ]
    assert found["Targets set anew"] == [
        ("Centre Two", "Uganda", "Trained", "30 Jun 2027", "100", "150")
    ]


@pytest.mark.usefixtures("two_snapshots")
def test_two_days_tell_what_came_between_them_and_who_fell_silent(open_page):
    app = open_page("changes")
    assert told(app)[0] == (
        "Between 26 Aug 2026 and 24 Nov 2026: 1 indicator of a centre moved to a better status, "
        "1 centre changed its status, 1 centre or indicator fell silent and 1 report came in."
    )
    assert shown(app)["No report for more than 365 days, the longest first"] == [
        ("Centre Two", "Uganda", "everything", "30 Sept 2025")
    ]
    assert "What was corrected afterwards" not in [header.value for header in app.header]


@pytest.mark.usefixtures("two_snapshots")
def test_an_address_names_its_days_and_one_that_makes_no_sense_is_the_default(open_page):
    app = open_page("changes", **{"from": "2024-01-01", "to": "2024-12-31"})
    assert told(app)[0].startswith("Between 1 Jan 2024 and 31 Dec 2024: ")
    app = open_page("changes", **{"from": "yesterday", "to": "2030-01-01"})
    assert told(app)[0].startswith("Between 26 Aug 2026 and 24 Nov 2026: ")


def test_nothing_changed_between_two_days_is_said_in_words(open_page, store_with):
    store_with(**FIRST)
    app = open_page("changes", **{"from": "2026-11-01", "to": "2026-11-02"})
    assert told(app)[0] == "No change between 1 Nov 2026 and 2 Nov 2026."
    assert tables(app) == []


def test_of_the_sample_only_days_can_be_compared_and_the_page_says_so(open_page):
    app = open_page("changes", by="snapshots", before="1")
    assert "Nothing has been imported: of the sample only two days can be compared." in [
        caption.value for caption in app.caption
    ]
    assert not app.error


@pytest.mark.usefixtures("two_snapshots")
def test_a_past_day_ends_the_comparison(open_page):
    app = open_page("changes", as_of="2026-09-01")
    assert told(app)[0].startswith(
        ("Between 3 Jun 2026 and 1 Sept 2026", "No change between 3 Jun")
    )


@pytest.mark.usefixtures("two_snapshots")
def test_a_status_has_its_shape_and_colour_on_the_page_and_its_word_in_the_file(open_page):
    app = open_page("changes", by="snapshots", as_of=TODAY.isoformat())
    [shown] = [it.proto.body for it in app.get("html") if "Status before" in it.proto.body][:1]
    assert '<span class="orange" aria-hidden="true">▼</span> off course' in shown
    assert '<span class="blue" aria-hidden="true">●</span> on course' in shown
    _token, offer = app.session_state["take_away"]["changed-indicators"]
    assert offer.build()[["before", "after"]].to_numpy().tolist() == [["off course", "on course"]]

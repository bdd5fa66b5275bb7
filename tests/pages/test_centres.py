"""Centres: the sentence, the table, the record and back, and what is said where nothing is."""

import io
import json
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.pages.shown import tables

COHORTS = "cohort,name,closed_on,decided_on,plan\n1,First,2023-03-31,2023-06-15,KAP\n"
APPLICATIONS = (
    "application_id,cohort,country,organization,stage\n"
    "A1,1,KEN,One,selected\nA2,1,UGA,Two,selected\nA3,1,UGA,Three,selected\n"
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def told(app):
    return [read(element.value) for element in app.markdown]


def table(app, first):
    return next(it for it in tables(app) if it.columns[0] == first)


def test_the_sample_is_told_in_one_sentence_and_listed_whole(open_page):
    app = open_page("centres")
    assert (
        "17 centres in 17 countries today: 14 operating; 1 paused; 1 with a signed agreement, not "
        "yet operating; 1 selected, nothing signed yet. 1 centre has ended."
    ) in told(app)
    assert len(table(app, "Centre")) == 18
    assert table(app, "Since").to_numpy().tolist() == [
        ["15 Jun 2023", "17", "0", "17"],
        ["10 Feb 2025", "1", "0", "18"],
        ["30 Apr 2026", "0", "1", "17"],
    ]


def test_filters_count_centres_and_not_applications(open_page):
    app = open_page("centres", region="AFR")
    assert told(app)[0] == "5 of 18 centres; 13 outside Africa"


def test_a_centre_leads_to_its_record_and_the_record_to_its_application_and_back(open_page):
    listed = open_page("centres", country="RWA")
    centres = table(listed, "Centre")
    assert list(centres["Centre"]) == ["Sample Acceleration Centre 02"]
    assert centres.attrs["links"] == ["?cohort=1&country=RWA&lang=en&centre=C02"]
    app = open_page("centres", country="RWA", centre="C02")
    assert app.title[0].value == "Sample Acceleration Centre 02"
    links = [element.value for element in app.markdown if "](" in element.value]
    assert links == [
        "[← All centres](?cohort=1&country=RWA&lang=en)",
        "[The application it came from](applicants?cohort=1&country=RWA&lang=en&application=A05)",
        "[Rwanda: the brief for a meeting](country?country=RWA&lang=en)",
    ]
    assert table(app, "Status").to_numpy().tolist() == [
        ["selected", "15 Jun 2023"],
        ["agreement signed", "26 Sept 2026"],
    ]
    # All its targets are to come, so their reports are not missing.
    assert told(app)[-1] == "Nothing that this page looks for."


def test_milestones_say_in_words_and_shapes_how_they_stand(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres="centre_id,application_id,name,country\nC1,A1,Centre,KEN\n",
        milestones=(
            "centre_id,milestone,due_on,done_on\n"
            "C1,Team,2024-03-31,2024-04-15\nC1,Report,2026-06-30,\n"
            "C1,End,2027-12-31,\nC1,Some day,,\n"
        ),
    )
    app = open_page("centres", centre="C1")
    assert table(app, "State").to_numpy().tolist() == [
        ["● met", "Team", "31 Mar 2024", "15 Apr 2024"],
        ["▲ late", "Report", "30 Jun 2026", "–"],
        ["○ to come", "End", "31 Dec 2027", "–"],
        ["– no date set", "Some day", "–", "–"],
    ]
    assert told(app)[-1].splitlines() == [
        "- a dated status",
        "- coordinates: it stands in the middle of its country",
        "- the type of its host",
        "- objectives",
        "- an agreement",
        "- the date of 1 milestone",
        "- targets",
    ]


def test_a_centre_shows_the_groups_of_its_country(open_page):
    app = open_page("centres", centre="C05")
    record = table(app, "What").set_index("What")["On record"]
    assert record["Groups on 24 Nov 2026"] == "Africa, Least developed countries"


def test_dated_milestones_stand_on_a_time_line_and_the_others_are_counted(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres="centre_id,application_id,name,country\nC1,A1,Centre,KEN\n",
        milestones="centre_id,milestone,due_on,done_on\nC1,Team,2024-03-31,\nC1,Some day,,\n",
    )
    app = open_page("centres", centre="C1")
    assert app.get("plotly_chart")[0].proto.alt == (
        "Time line of the milestones: 0 met, 1 late, 0 to come on 24 Nov 2026."
    )
    captions = [caption.value for caption in app.caption]
    assert "1 milestone has no date: whether it is late cannot be told." in captions


def test_results_lead_to_their_reports_and_say_where_there_is_none(open_page):
    app = open_page("centres", centre="C05")
    results = table(app, "Indicator")
    assert results.iloc[0].to_list() == [
        "People trained (sample)Digital transformation",
        "821 people (30 Sept 2026)",
        "860 people by 31 Dec 2026",
        "● on course",
    ]
    assert results.iloc[2].to_list()[1:] == ["no report", "84 % by 31 Dec 2026", "○ no report"]
    assert results.attrs["links"][0] == "goals?cohort=1&centre=C05&lang=en&indicator=S2.1"


def test_neighbours_are_the_other_centres_of_the_region(open_page):
    near = [it for it in tables(open_page("centres", centre="C05")) if it.columns[0] == "Centre"]
    assert near[-1][["Country", "Status"]].to_numpy().tolist() == [
        ["Eritrea", "operating"],
        ["Lesotho", "operating"],
        ["Rwanda", "agreement signed"],
        ["Sao Tome and Principe", "operating"],
    ]


@pytest.mark.parametrize(
    "role, told", [("secretariat", True), ("director", False), ("analyst", False)]
)
def test_who_reported_is_told_to_those_who_may_know(open_page, monkeypatch, role, told):
    monkeypatch.setattr("pages.parts.door.role", lambda: role)
    app = open_page("centres", centre="C05")
    assert ("Who reported" in [header.value for header in app.header]) == told


def test_moves_are_dated_and_those_without_a_date_are_said(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres="centre_id,name,country\nC1,One,KEN\nC2,Two,UGA\n",
        centre_statuses=(
            "centre_id,status,since\nC2,selected,2023-06-15\nC2,operating,2024-01-01\n"
            "C2,paused,2024-06-01\nC2,operating,2024-09-01\nC2,ended,2025-01-01\n"
        ),
    )
    app = open_page("centres")
    assert table(app, "Day").to_numpy().tolist() == [
        ["1 Jan 2025", "Two", "Uganda", "left", "ended"],
        ["1 Sept 2024", "Two", "Uganda", "resumed", "operating"],
        ["1 Jun 2024", "Two", "Uganda", "paused", "paused"],
        ["1 Jan 2024", "Two", "Uganda", "began to operate", "operating"],
        ["15 Jun 2023", "Two", "Uganda", "joined", "selected"],
    ]
    captions = [caption.value for caption in app.caption]
    assert "Of 1 centre no status is dated: when it joined cannot be told." in captions


def test_a_centre_of_nowhere_in_time_is_said_and_not_counted(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres="centre_id,name,country\nC1,One,KEN\nC2,Two,UGA\n",
        centre_statuses="centre_id,status,since\nC2,operating,2024-01-01\n",
    )
    app = open_page("centres")
    assert told(app)[0] == (
        "1 centre in 1 country today: 1 operating. 1 centre has no dated status and is not counted."
    )
    captions = " ".join(caption.value for caption in app.caption)
    assert "2 centres without an application on record are shown in every cohort." in captions


@pytest.mark.parametrize(
    "address, said",
    [
        (
            {"cohort": "2"},
            "No centre has come out of this cohort yet. The tables centres and centre_statuses "
            "would fill this.",
        ),
        (
            {"cohort": "2", "region": "AFR"},
            "No centre has come out of this cohort yet. The tables centres and centre_statuses "
            "would fill this.",
        ),
        (
            {"country": "KEN"},
            "No centre fits these filters. Clear one of them to see more.",
        ),
        (
            {"centre": "<b>"},
            "There is no centre “<b>”. It may be another cohort's, or have left with a later "
            "import.",
        ),
        (
            {"cohort": "2", "centre": "C01"},
            "There is no centre “C01”. It may be another cohort's, or have left with a later "
            "import.",
        ),
    ],
    ids=str,
)
def test_where_nothing_is_the_page_says_what_would_fill_it(open_page, address, said):
    app = open_page("centres", **address)
    assert [read(box.value) for box in app.info] == [said]


def test_names_that_mean_harm_are_shown_as_written(open_page, store_with):
    name = "<img src=x> ![x](https://evil.example/x.png) :red[y]"
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres=f"centre_id,application_id,name,country,city\nC1,A1,{name},KEN,{name}\n",
        centre_statuses="centre_id,status,since\nC1,operating,2024-01-01\n",
    )
    app = open_page("centres")
    [cell] = table(app, "Centre")["Centre"]
    assert cell == name
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    [words] = [text for trace in figure["data"] for text in trace.get("text", ()) if "evil" in text]
    assert "<img" not in words
    record = open_page("centres", centre="C1")
    assert read(record.title[0].value) == name


def test_the_form_for_the_next_report_is_on_the_centres_page(open_page):
    app = open_page("centres", centre="C01")
    _token, offer = app.session_state["take_away"]["report-C01"]
    assert offer.name == "sample-report-C01"
    book = load_workbook(io.BytesIO(offer.build()))
    assert {row[0] for row in book["add to measurements"].iter_rows(2, values_only=True)} == {"C01"}


def test_the_form_is_offered_to_nobody_who_may_not_import(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.door.role", lambda: "director")
    app = open_page("centres", centre="C01")
    assert "report-C01" not in app.session_state["take_away"]

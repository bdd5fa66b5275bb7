"""The brief on one country: what there is, what is open, and that nothing is a result, too."""

import re
from datetime import date

import pytest

from pages.parts import country, downloads
from queries.rights import Rights
from tests.pages.shown import tables

COHORTS = (
    "cohort,name,opened_on,closed_on,decided_on,plan\n"
    "1,First,2023-01-01,2023-03-31,2023-06-15,KAP\n2,Second,2026-01-01,,,KAP\n"
)
APPLICATIONS = (
    "application_id,cohort,country,organization,stage\n"
    "A1,1,KEN,Hub,selected\nA2,2,KEN,Lab,submitted\nA3,1,UGA,Neighbour,selected\n"
)
CENTRES = "centre_id,application_id,name,country\nC1,A1,One,KEN\nC3,A3,Three,UGA\n"
STATUSES = "centre_id,status,since\nC1,operating,2024-01-01\nC3,operating,2024-01-01\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text)).replace("\u2060", "")


def told(app):
    return [read(element.value) for element in app.markdown]


def table(app, first):
    return next(it for it in tables(app) if it.columns[0] == first)


def test_one_country_is_told_whole_whatever_cohort_and_filters_the_reader_comes_with(
    open_page, store_with
):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres=CENTRES,
        centre_statuses=STATUSES,
        agreements="centre_id,reference,signed_on,ends_on\nC1,AG-1,2023-12-01,2027-01-31\n",
        milestones=(
            "centre_id,milestone,due_on,done_on\nC1,Team,2024-03-31,2024-04-15\n"
            "C1,Report,2026-06-30,\nC1,End,2027-12-31,\n"
        ),
        indicators=(
            "indicator,goal,name,unit,direction,kind\nI1,KAP-1,People,people,up,cumulative\n"
            "I2,KAP-2,Firms,,up,cumulative\n"
        ),
        targets=(
            "centre_id,indicator,baseline,baseline_on,target,due_on\n"
            "C1,I1,0,2024-01-01,100,2027-12-31\nC1,I2,0,2024-01-01,5,2025-12-31\n"
        ),
        measurements="centre_id,indicator,measured_on,value\nC1,I1,2026-09-30,10\n",
    )
    app = open_page("country", country="KEN", cohort="1", region="EUR", stage="withdrawn")
    assert [title.value for title in app.title] == ["Kenya"]
    assert table(app, "What").to_numpy().tolist() == [
        ["Name", "One"],
        ["Status", "operating since 1 Jan 2024"],
        ["Agreement", "AG-1, signed 1 Dec 2023, ends 31 Jan 2027"],
        ["Next milestone", "End, due 31 Dec 2027"],
        ["Late milestones", "Report, due 30 Jun 2026"],
    ]
    assert table(app, "What").attrs["links"] == ["centres?cohort=1&centre=C1&lang=en"]
    assert told(app) == [
        "Africa. 2 applications, 1 of them selected; 1 centre in the network.",
        "- The agreement ends 31 Jan 2027.\n"
        "- Milestone “Report” was due 30 Jun 2026.\n"
        "- No report on 1 indicator, though a target has fallen due.\n"
        "- 1 indicator is off course or has moved away.\n"
        "- Lab: the application is not decided yet (submitted; Second).",
        "Africa: 1 other country has a centre in the network.",
        "- [Uganda](country?country=UGA&lang=en)",
        "Only those whose adopted title was found; there are others.",
        "- Supporting digital transformation to usher in a rapid transition to a digital economy "
        "while accelerating innovation in Africa (AFR1, Kigali Action Plan, 2023-2025)",
    ]
    results = table(app, "Indicator")
    assert results.to_numpy().tolist() == [
        [
            "People",
            "10 people (30 Sept 2026)",
            "100 people by 31 Dec 2027",
            "▼ off course (one report)",
        ],
        ["Firms", "no report", "5 by 31 Dec 2025", "○ no report (past due)"],
    ]
    assert results.attrs["links"][0] == "goals?centre=C1&indicator=I1&lang=en"
    organizations = table(app, "Organization")
    assert organizations.to_numpy().tolist() == [
        ["Lab", "Second", "submitted", "no total"],
        ["Hub", "First", "selected", "no total"],
    ]
    assert organizations.attrs["links"] == [
        "applicants?cohort=2&application=A2&lang=en",
        "applicants?cohort=1&application=A1&lang=en",
    ]


def test_what_is_open_is_said_of_each_centre_and_application(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS + "A4,1,KEN,House,selected\nA5,1,KEN,Not,not selected\n",
        centres=CENTRES + "C2,,Two,KEN\nC4,,Gone,KEN\nC5,,Undated,KEN\n",
        centre_statuses=(
            STATUSES + "C2,paused,2026-01-01\nC4,operating,2024-01-01\nC4,ended,2025-01-01\n"
        ),
        agreements="centre_id,reference,ends_on\nC1,AG-1,2025-12-31\nC2,AG-2,\n",
        milestones="centre_id,milestone,due_on,done_on\nC1,Some day,,\n",
    )
    app = open_page("country", country="KEN")
    [points] = [text for text in told(app) if text.startswith("- One")]
    assert points.splitlines() == [
        "- One: the agreement ended 31 Dec 2025.",
        "- One: 1 milestone has no date.",
        "- One: no target is set.",
        "- Two: paused since 1 Jan 2026.",
        "- Two: when the agreement ends is not on record.",
        "- Two: no milestone is on record.",
        "- Two: no target is set.",
        "- Undated: no dated status is on record.",
        "- Undated: no agreement is on record.",
        "- Undated: no milestone is on record.",
    ]
    # Two more: no target for Undated, House without a centre; and Lab, which is not decided yet.
    assert "The first 10 of 13." in told(app)


def test_a_score_is_shown_only_to_those_who_may_see_it(open_page, monkeypatch):
    assert "Score" in table(open_page("country", country="GMB"), "Organization")
    hidden = Rights.hidden
    monkeypatch.setattr(
        Rights, "hidden", lambda self, columns: [*hidden(self, columns), *({"total"} & {*columns})]
    )
    monkeypatch.setattr("pages.parts.door.role", lambda: "analyst")
    columns = list(table(open_page("country", country="GMB"), "Organization"))
    assert columns == ["Organization", "Cohort", "Stage"]


def test_what_is_not_decided_yet_is_not_told_as_none_selected(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications="application_id,cohort,country,organization,stage\nA2,2,KEN,Lab,submitted\n",
    )
    assert told(open_page("country", country="KEN"))[0] == (
        "Africa. 1 application, not decided yet; 0 centres in the network."
    )


def test_a_country_without_anything_says_so(open_page):
    app = open_page("country", country="KEN")
    assert [title.value for title in app.title] == ["Kenya"]
    assert told(app)[:2] == [
        "Africa. No organization has applied, and there is no centre: 0 of both.",
        "No centre is on record in this country.",
    ]
    assert tables(app) == []


def test_only_adopted_titles_of_its_region_are_told_each_under_its_plan(open_page):
    def initiatives(country):
        return [text for text in told(open_page("country", country=country)) if "2023-2025" in text]

    [kenya] = initiatives("KEN")
    assert kenya == (
        "- Supporting digital transformation to usher in a rapid transition to a digital economy "
        "while accelerating innovation in Africa (AFR1, Kigali Action Plan, 2023-2025)"
    )
    assert initiatives("NOR") == []  # none of Europe's was found


def test_a_group_that_ended_is_shown_on_a_day_before_and_not_after(open_page):
    assert "Small island" in told(open_page("country", country="BHR", as_of="2023-03-31"))[0]
    app = open_page("country", country="BHR", as_of="2023-04-01")
    assert told(app)[0].startswith("Arab States. ")
    before = told(open_page("country", country="BHR", as_of="2023-03-31"))[0]
    assert "Small island developing States, no longer from 1 Apr 2023" in before


def test_a_past_day_knows_nothing_of_what_came_later(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        centres=CENTRES,
        centre_statuses=STATUSES,
    )
    app = open_page("country", country="KEN", as_of="2023-12-31")
    assert told(app)[0] == ("Africa. 1 application, selected; 0 centres in the network.")
    assert "Lab" not in str(told(app))


@pytest.mark.parametrize("address", [{}, {"country": ["KEN", "UGA"]}], ids=str)
def test_without_one_country_all_are_offered_by_region_in_the_order_of_their_names(
    open_page, store_with, address
):
    store_with(cohorts=COHORTS, applications=APPLICATIONS, centres=CENTRES)
    app = open_page("country", **address)
    assert [header.value for header in app.header] == [
        "Africa",
        "Americas",
        "Arab States",
        "Asia-Pacific",
        "CIS",
        "Europe",
    ]
    assert told(app) == [
        "**2** countries have an application or a centre on record, in all cohorts together.",
        *["No application and no centre: 0 countries."] * 5,
    ]
    [africa] = tables(app)
    assert africa.to_numpy().tolist() == [["Kenya", "2", "0"], ["Uganda", "1", "0"]]
    assert africa.attrs["links"] == [
        "country?country=KEN&lang=en",
        "country?country=UGA&lang=en",
    ]


def test_a_country_is_chosen_from_the_list(open_page):
    app = open_page("country")
    app.selectbox(key="filter_one_country").set_value("GMB").run()
    assert [title.value for title in app.title] == ["Gambia"]
    assert app.query_params["country"] == "GMB"


def test_all_cohorts_are_shown_so_one_sample_marks_the_page(open_page, store_with):
    store_with(
        cohorts="cohort,name,plan,sample\n1,First,KAP,yes\n2,Second,KAP,no\n",
        applications=APPLICATIONS,
    )
    app = open_page("country", country="KEN", cohort="2")
    assert app.warning[0].value == "**sample: countries and results drawn by lot**"


def test_names_that_mean_harm_are_shown_as_written(open_page, store_with):
    name = "<img src=x> ![x](https://evil.example/x.png) :red[y]"
    store_with(
        cohorts=COHORTS,
        applications=f"application_id,cohort,country,organization,stage\nA1,2,KEN,{name},submitted\n",
        centres=f"centre_id,name,country\nC1,{name},KEN\nC2,{name} 2,KEN\nC3,{name} 3,KEN\n",
    )
    app = open_page("country", country="KEN")
    assert table(app, "Organization")["Organization"].to_list() == [name]
    assert table(app, "What")["On record"][0] == name
    assert all("<img" not in text for text in told(app) if not text.startswith("-"))
    assert any(text.startswith(f"- [{name} 3](centres?") for text in told(app))
    assert all(r"\!\[x\]" in text for element in app.markdown if "evil" in (text := element.value))


def test_the_paper_is_offered_and_set_only_when_asked(open_page, monkeypatch):
    asked = []
    monkeypatch.setattr(country, "as_pdf", lambda brief, _: asked.append(brief) or b"%PDF")
    app = open_page("country", country="GMB")
    [row] = [it.proto.body for it in app.get("html") if "take-away" in it.proto.body]
    [(token, kind, name)] = re.findall(r'href="take-away/([^/"]+)/([^"]+)" download="([^"]+)"', row)
    assert (kind, name) == ("pdf", "sample-brief-GMB.pdf")
    assert asked == []
    offer = downloads._offers[token]
    assert downloads._KINDS["pdf"][2](offer) == b"%PDF"
    assert [brief.country for brief in asked] == ["GMB"]

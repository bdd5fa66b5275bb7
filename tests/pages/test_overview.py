"""The overview: numbers counted by hand out of the sample's files, zeros, and what is missing."""

import re
from datetime import date

import pytest

from tests.pages.shown import tables

COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,2023-06-15,1,KAP\n"
ONE = "application_id,cohort,country,organization,stage\nA1,1,KEN,One,selected\n"
CRITERIA = "cohort,criterion,name,weight,scale_min,scale_max\n1,team,Team,100,0,10\n"


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", ""))


def boxes(app):
    return [read(box.value) for box in (*app.error, *app.info)]


def texts(app):
    return [it.value for it in app.markdown]


def metrics(app):
    return {metric.label: metric.value for metric in app.metric}


def unfolded(app, *names):
    """The page with these exhibits' tables opened."""
    for name in names:
        app.session_state[f"{name}_table"] = True
    return app.run()


def rows(app, first):
    """The rows of the table whose first column is headed so, as people read them."""
    frame = next(it for it in tables(app) if it.columns[0] == first)
    return [tuple(map(read, row)) for row in frame.itertuples(index=False)]


def test_the_answer_and_the_headline_say_the_same(open_page):
    app = open_page("overview")
    assert read(app.markdown[0].value) == (
        "44 applications came from organizations in 35 countries; 17 of them selected (39%), "
        "decided on 15 Jun 2023. None came from: Arab States."
    )
    assert metrics(app) == {
        "Applications": "44",
        "Countries": "35",
        "Selected": "17",
        "Selection rate": "39%",
    }


def test_regions_are_compared_by_their_shares_and_the_silent_one_stands_with_zero(open_page):
    app = unfolded(open_page("overview"), "applications_by_region")
    assert rows(app, "Region") == [
        ("Africa", "15", "34%", "5", "29%"),
        ("Americas", "11", "25%", "3", "18%"),
        ("Arab States", "0", "0%", "0", "0%"),
        ("Asia-Pacific", "4", "9%", "2", "12%"),
        ("CIS", "2", "5%", "1", "6%"),
        ("Europe", "12", "27%", "6", "35%"),
    ]


def test_groups_and_stages_have_their_tables(open_page):
    app = unfolded(open_page("overview"), "applications_by_group", "applications_by_stage")
    assert rows(app, "Group") == [
        ("Landlocked developing countries", "12", "27%", "5", "29%"),
        ("Least developed countries", "13", "30%", "5", "29%"),
        ("Small island developing States", "7", "16%", "3", "18%"),
    ]
    now = {stage: standing for stage, _, standing in rows(app, "Stage")}
    assert now == {
        "submitted": "0",
        "eligible": "0",
        "evaluated": "0",
        "reserve": "5",
        "selected": "17",
        "not selected": "20",
        "withdrawn": "2",
    }


def test_published_totals_stand_beside_the_loaded_ones_of_their_day(open_page):
    app = open_page("overview")
    assert rows(app, "Figure") == [
        ("Applications", "about 44", "–", "44", "agrees"),
        ("Countries", "35", "–", "35", "agrees"),
        ("Centres in the network", "18", "6 Mar 2026", "18", "agrees"),
        ("Selected", "17", "1 Sept 2023", "17", "agrees"),
    ]
    assert (
        "The network is counted on 6 Mar 2026: the day the published number holds for, else the "
        "day that is shown."
    ) in [caption.value for caption in app.caption]


def test_an_empty_region_shows_zeros_and_says_so(open_page):
    app = unfolded(open_page("overview", region="ARB"), "applications_by_region", "overview_map")
    assert "No application fits these filters. Clear one of them to see more." in boxes(app)
    assert metrics(app) == {
        "Applications": "0",
        "Countries": "0",
        "Selected": "0",
        "Selection rate": "–",
    }
    assert rows(app, "Region") == [("Arab States", "0", "–", "0", "–")]
    assert "There is nothing to list here." in [caption.value for caption in app.caption]
    assert not app.error


def test_an_undecided_cohort_has_no_selected_and_no_rate(open_page):
    app = open_page("overview", cohort="2")
    assert metrics(app) == {
        "Applications": "24",
        "Countries": "20",
        "Selected": "not decided yet",
        "Selection rate": "–",
    }


def test_where_nothing_is_decided_nobody_is_told_as_not_selected(open_page):
    names = ("overview_map", "applications_by_region", "applications_by_goal")
    app = unfolded(open_page("overview", cohort="2"), *names, "applications_by_stage")
    heads = {it.columns[0]: list(it.columns[1:]) for it in tables(app)}
    assert heads["Country"] == ["Region", "Applications", "For a meeting"]
    assert heads["Region"] == ["Applications", "Share of applications"]
    assert [stage for stage, *_ in rows(app, "Stage")] == [
        "submitted",
        "eligible",
        "evaluated",
        "withdrawn",
    ]
    assert "Not decided yet: selected, reserve and not selected." in map(read, texts(app))


def test_the_funnel_says_first_what_it_cannot_count(open_page):
    said = "2 of the 44 applications have no dated stages: they are counted only where they stand"
    assert [it for it in texts(open_page("overview")) if it.startswith(said)]


def test_priorities_stand_in_the_order_of_their_plan(open_page):
    app = unfolded(open_page("overview"), "applications_by_goal")
    assert "By priority of the Kigali Action Plan" in [it.value for it in app.header]
    assert [name for name, *_ in rows(app, "Priority")] == [
        "Affordable connectivity",
        "Digital transformation",
        "Enabling policy and regulatory environment",
        "Resource mobilization and international cooperation",
        "Inclusive and secure telecommunications/ICTs for sustainable development",
    ]


def test_one_application_is_told_in_the_singular(open_page, store_with):
    store_with(cohorts=COHORTS, applications=ONE)
    app = open_page("overview")
    assert read(app.markdown[0].value) == (
        "1 application came from organizations in 1 country; it was selected, decided on "
        "15 Jun 2023. None came from: Americas, Arab States, Asia-Pacific, CIS and Europe."
    )
    assert not app.error


@pytest.mark.parametrize("page", ["overview", "applicants", "scores", "centres", "goals"])
def test_a_cohort_without_applications_says_what_would_fill_it(open_page, store_with, page):
    store_with(
        cohorts=COHORTS + "2,Second,,,,KAP\n",
        applications=ONE,
        criteria=CRITERIA + "2,team,Team,100,0,10\n",
    )
    app = open_page(page, cohort="2")
    assert len(app.title) == 1
    assert not app.error
    if page in ("overview", "applicants", "scores"):
        filled = "This cohort has no application yet. The table applications would fill this."
        assert filled in boxes(app)
        assert not [box for box in boxes(app) if "filters" in box]


@pytest.fixture
def that_day(monkeypatch):
    """The sample is read on the day its numbers were counted on."""
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))


def told(app):
    return [read(element.value) for element in app.markdown]


@pytest.mark.usefixtures("that_day")
def test_three_sentences_stand_at_the_top_each_with_its_figure(open_page):
    assert told(open_page("overview"))[:3] == [
        "44 applications came from organizations in 35 countries; 17 of them selected (39%), "
        "decided on 15 Jun 2023. None came from: Arab States.",
        "17 centres in 17 countries today: 14 operating; 1 paused; 1 with a signed agreement, not "
        "yet operating; 1 selected, nothing signed yet. 1 centre has ended.",
        "Reported contribution to the Kigali Action Plan: 23 of 89 reporting indicators of centres "
        "are on course or achieved; of all 122 with a target, between 23 and 56.",
    ]


@pytest.mark.usefixtures("that_day")
def test_it_says_how_fresh_it_is_at_the_top(open_page):
    said = read(open_page("overview").caption[1].value)
    assert said.startswith("Shown as of 24 Nov 2026; imported on ")
    assert said.endswith(
        "; latest dated stage: 15 Jun 2023; latest report of a centre: 30 Sept 2026."
    )


@pytest.mark.usefixtures("that_day")
def test_the_strip_counts_each_status_by_priority_and_its_row_leads_to_the_priority(open_page):
    app = unfolded(open_page("overview"), "priorities_strip")
    [strip] = [it for it in tables(app) if "With a target" in it.columns]
    assert list(strip.columns) == [
        "Priority",
        "With a target",
        "Of these, reporting",
        "achieved",
        "on course",
        "behind",
        "off course",
        "not yet due",
        "no report",
        "not calculable",
    ]
    assert strip.to_numpy().tolist()[1] == [
        "Digital transformation",
        *("22", "15", "0", "3", "9", "3", "2", "5", "0"),
    ]
    assert [sum(map(int, row[3:])) for row in strip.to_numpy().tolist()] == [18, 22, 27, 27, 28]
    assert strip.attrs["links"][1] == "goals?cohort=1&lang=en&goal=KAP-2"


@pytest.mark.usefixtures("that_day")
def test_what_changed_is_told_since_the_last_visit_but_not_on_a_past_day(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.changes_five.last_visit", lambda: date(2026, 9, 1))
    told = [caption.value for caption in open_page("overview").caption]
    assert "Since your last visit: 1 Sept 2026 to 24 Nov 2026." in told
    told = [caption.value for caption in open_page("overview", as_of="2026-06-30").caption]
    assert "Between 1 Apr 2026 and 30 Jun 2026." in told


@pytest.mark.usefixtures("that_day")
def test_what_changed_names_its_days_and_at_most_five_things(open_page):
    app = open_page("overview")
    [listed] = [text for text in told(app) if text.startswith("- ")]
    lines = listed.splitlines()
    assert len(lines) <= 5
    assert lines[0].startswith("- [Sample Acceleration Centre 02](centres?")
    assert lines[0].endswith(": selected → agreement signed")
    assert lines[1:] == [
        "- 9 indicators of centres moved to a worse status, 4 of them to off course or moved away",
        "- 7 indicators of centres moved to a better status, 4 of them to achieved",
        "- 34 reports came in",
    ]
    assert "Between 26 Aug 2026 and 24 Nov 2026." in [caption.value for caption in app.caption]
    assert any("changes?cohort=1&lang=en&from=2026-08-26&to=2026-11-24" in it for it in told(app))


@pytest.mark.usefixtures("that_day")
def test_what_needs_attention_is_a_list_of_ten_at_most_and_says_how_many_more(open_page):
    app = open_page("overview")
    assert (
        "9 milestones are late and 25 indicators of centres are off course or have moved away."
        in told(app)
    )
    [listed] = [it for it in tables(app) if "Late milestones" in it.columns]
    assert len(listed) == 10
    assert listed.to_numpy().tolist()[0] == [
        "Sample Acceleration Centre 15",
        "Sao Tome and Principe",
        "2, the oldest due 11 Sept 2024",
        "2 of 8",
    ]
    assert listed.attrs["links"][0] == "centres?cohort=1&lang=en&centre=C15"
    assert "[4 more centres](centres?cohort=1&lang=en)" in told(app)


@pytest.mark.usefixtures("that_day")
def test_cohorts_are_compared_by_shares_and_an_undecided_one_has_no_selected(open_page):
    app = unfolded(open_page("overview"), "cohorts")
    compared = rows(app, "Region or group")
    assert compared[0] == ("Africa", "34% (15)", "29% (5)", "12% (3)", "not decided yet")
    assert compared[2] == ("Arab States", "0% (0)", "0% (0)", "8% (2)", "not decided yet")
    assert [row[0] for row in compared[6:]] == [
        "Landlocked developing countries",
        "Least developed countries",
        "Small island developing States",
    ]


def test_a_single_cohort_is_compared_with_none(open_page, store_with):
    store_with(cohorts=COHORTS, applications=ONE)
    headers = [header.value for header in open_page("overview").header]
    assert "How do the cohorts compare?" not in headers


def test_without_centres_and_targets_nothing_is_counted_as_zero(open_page, store_with):
    store_with(cohorts=COHORTS, applications=ONE)
    app = open_page("overview")
    assert "This cohort has no centre yet." in told(app)
    assert "There is no centre here that could need it." in told(app)
    assert not [text for text in told(app) if "contribution" in text]
    assert (
        "There is no target towards a priority of the plan here. The tables goals, indicators and "
        "targets would fill this."
    ) in boxes(app)


TARGET = {
    "centres": "centre_id,application_id,name,country\nZ1,A1,Centre,KEN\n",
    "centre_statuses": "centre_id,status,since\nZ1,operating,2023-07-01\n",
    "indicators": "indicator,goal,name,direction,kind\nI1,KAP-1,Trained,up,cumulative\n",
    "targets": "centre_id,indicator,target,due_on\nZ1,I1,9,2024-06-30\n",
}


@pytest.mark.usefixtures("that_day")
def test_no_report_is_said_in_words_and_is_no_zero_on_course(open_page, store_with):
    store_with(cohorts=COHORTS, applications=ONE, **TARGET)
    app = open_page("overview")
    assert (
        "Towards the Kigali Action Plan the centres have 1 target, and no report on it yet."
        in told(app)
    )
    assert rows(app, "Centre") == [("Centre", "Kenya", "never reported")]
    strip = next(
        it for it in tables(unfolded(app, "priorities_strip")) if it.columns[0] == "Priority"
    )
    assert strip.to_numpy().tolist()[0] == ["Affordable connectivity", "1", "0", "1"]
    assert list(strip.columns)[-1] == "no report"


@pytest.mark.usefixtures("that_day")
def test_filters_that_centres_do_not_know_leave_the_network_whole_and_that_is_said(open_page):
    app = open_page("overview", stage="withdrawn")
    assert told(app)[0] == "2 of 44 applications; 42 outside withdrawn"
    assert any(text.startswith("17 centres in 17 countries today") for text in told(app))
    assert any(
        "centres have no stage, type or score and are not narrowed by these" in caption.value
        for caption in app.caption
    )

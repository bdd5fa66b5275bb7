"""The overview: numbers counted by hand out of the sample's files, zeros, and what is missing."""

import re

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
    assert heads["Country"] == ["Region", "Applications"]
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
        "1 application came from organizations in 1 country; 1 of them selected (100%), decided "
        "on 15 Jun 2023. None came from: Americas, Arab States, Asia-Pacific, CIS and Europe."
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

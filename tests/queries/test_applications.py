"""Where the applications came from, and how far they got: rows written out in full."""

from datetime import date

import pytest

DAY = date(2023, 6, 1)


@pytest.fixture
def small(database):
    """Kenya sent two (one selected), Fiji one that was withdrawn, Nauru none; Europe sent none."""
    database(
        {
            "plan": [{"plan": "KAP"}],
            "goal": [
                {"goal": "KAP-1", "plan": "KAP", "name": "One"},
                {"goal": "KAP-2", "plan": "KAP", "name": "Two"},
                {"goal": "KAP-1.1", "plan": "KAP", "name": "Below one", "parent": "KAP-1"},
                {"goal": "OLD-1", "plan": "OLD", "name": "Of another plan"},
            ],
            "cohort": [
                {"cohort": "1", "plan": "KAP", "decided_on": DAY, "places": 1},
                {"cohort": "2", "plan": "KAP", "closed_on": date(2026, 1, 1)},
            ],
            "country": [
                {"country": "KEN", "name_en": "Kenya", "name_ru": "Кения"},
                {"country": "FJI", "name_en": "Fiji", "name_ru": "Фиджи"},
                {"country": "NRU", "name_en": "Nauru", "name_ru": "Науру"},
            ],
            "country_group": [
                {"country": "KEN", "group_code": "AFR"},
                {"country": "FJI", "group_code": "ASP"},
                {"country": "NRU", "group_code": "ASP"},
                {"country": "FJI", "group_code": "SIDS"},
                # Left the list on the very day of the decision, so it no longer counts.
                {"country": "KEN", "group_code": "LDC", "valid_to": DAY},
            ],
            "application": [
                {"application_id": "A1", "cohort": "1", "country": "KEN", "stage": "selected"},
                {"application_id": "A2", "cohort": "1", "country": "KEN", "stage": "evaluated"},
                {"application_id": "A3", "cohort": "1", "country": "FJI", "stage": "withdrawn"},
                {"application_id": "B1", "cohort": "2", "country": "NRU", "stage": "submitted"},
            ],
            "application_stage": [
                {"application_id": "A1", "stage": "submitted", "since": date(2023, 1, 2)},
                {"application_id": "A1", "stage": "evaluated", "since": date(2023, 3, 1)},
                {"application_id": "A1", "stage": "selected", "since": DAY},
                {"application_id": "A3", "stage": "submitted", "since": date(2023, 1, 5)},
            ],
            "application_goal": [
                {"application_id": "A1", "goal": "KAP-1"},
                {"application_id": "A1", "goal": "KAP-1.1"},
                {"application_id": "A2", "goal": "KAP-1"},
            ],
        }
    )


@pytest.mark.usefixtures("small")
def test_keeps_countries_that_sent_none_in_the_order_of_their_names(rows):
    answer = rows("applications_by_country", cohort="1", lang="ru")
    assert [(r["country"], r["name"], r["region"], r["applications"]) for r in answer] == [
        ("KEN", "Кения", "AFR", 2),
        ("NRU", "Науру", "ASP", 0),
        ("FJI", "Фиджи", "ASP", 1),
    ]


@pytest.mark.usefixtures("small")
def test_keeps_regions_that_sent_none(rows):
    assert rows("applications_by_region", cohort="1") == [
        {"region": "AFR", "applications": 2, "countries": 1, "selected": 1},
        {"region": "AMS", "applications": 0, "countries": 0, "selected": 0},
        {"region": "ARB", "applications": 0, "countries": 0, "selected": 0},
        {"region": "ASP", "applications": 1, "countries": 1, "selected": 0},
        {"region": "CIS", "applications": 0, "countries": 0, "selected": 0},
        {"region": "EUR", "applications": 0, "countries": 0, "selected": 0},
    ]


@pytest.mark.parametrize(
    "filters, kept",
    [
        ({"region": "EUR"}, ["EUR"]),
        ({"country": ["FJI", "NRU"]}, ["ASP"]),
        ({"country": ["FJI", "KEN"]}, ["AFR", "ASP"]),
        ({"region": "AFR", "country": ["FJI"]}, []),
        ({"stage": ["selected"]}, ["AFR", "AMS", "ARB", "ASP", "CIS", "EUR"]),
    ],
)
@pytest.mark.usefixtures("small")
def test_a_region_outside_the_filters_is_left_out_and_not_told_as_zero(rows, filters, kept):
    answer = rows("applications_by_region", cohort="1", **filters)
    assert [row["region"] for row in answer] == kept


@pytest.mark.usefixtures("small")
def test_a_group_that_ended_on_the_day_of_the_decision_does_not_count(rows):
    assert rows("applications_by_group", cohort="1") == [
        {"group_code": "LDC", "applications": 0, "countries": 0, "selected": 0},
        {"group_code": "LLDC", "applications": 0, "countries": 0, "selected": 0},
        {"group_code": "SIDS", "applications": 1, "countries": 1, "selected": 0},
    ]


@pytest.mark.usefixtures("small")
def test_a_stage_counts_those_that_passed_it_and_names_those_without_dates(rows):
    answer = rows("applications_by_stage", cohort="1")
    assert [(r["stage"], r["reached"], r["now"]) for r in answer] == [
        ("submitted", 2, 0),
        ("eligible", 0, 0),
        ("evaluated", 2, 1),
        ("selected", 1, 1),
        ("reserve", 0, 0),
        ("not selected", 0, 0),
        ("withdrawn", 1, 1),
    ]
    assert {r["undated"] for r in answer} == {1}


@pytest.mark.usefixtures("small")
def test_a_goal_below_a_priority_counts_for_it_once_and_other_plans_stay_out(rows):
    assert rows("applications_by_goal", cohort="1") == [
        {"goal": "KAP-1", "name": "One", "plan": "KAP", "applications": 2, "selected": 1},
        {"goal": "KAP-2", "name": "Two", "plan": "KAP", "applications": 0, "selected": 0},
    ]


FILTERS = {
    "none": ({}, 3),
    "a region": ({"region": "AFR"}, 2),
    "a region that sent none": ({"region": "EUR"}, 0),
    "a country": ({"country": ["FJI"]}, 1),
    "two countries": ({"country": ["FJI", "KEN"]}, 3),
    "a stage": ({"stage": ["selected", "withdrawn"]}, 2),
    "a priority": ({"goal": ["KAP-1"]}, 2),
    "a group": ({"group": ["SIDS", "LLDC"]}, 1),
    "all at once": ({"region": "AFR", "stage": ["selected"], "goal": ["KAP-1"]}, 1),
    "a score, where there is none": ({"score_from": 0.0, "score_to": 10.0}, 0),
    "the other cohort": ({"cohort": "2"}, 1),
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_leaves_what_it_says(rows, name):
    parameters, left = FILTERS[name]
    assert rows("application_count", **{"cohort": "1"} | parameters)[0]["applications"] == left


@pytest.mark.usefixtures("small")
def test_the_default_cohort_is_the_latest_decided_one(rows):
    cohorts = [r["code"] for r in rows("filter_codes") if r["filter"] == "cohort"]
    assert cohorts == ["1", "2"]


@pytest.mark.usefixtures("small")
def test_the_record_of_an_unknown_application_is_empty(rows):
    assert rows("application_record", application="A9' or 1=1 --") == []

"""Who was selected out of whom, by group; and out of whom a rule may pick."""

from datetime import date

import pytest

DAY = date(2023, 6, 1)


@pytest.fixture
def small(database):
    """Kenya sent two (one selected), Fiji two (one withdrawn), Nauru none; cohort 2 is empty."""
    database(
        {
            "plan": [{"plan": "KAP"}],
            "goal": [
                {"goal": "KAP-1", "plan": "KAP", "name": "One"},
                {"goal": "KAP-2", "plan": "KAP", "name": "Two"},
                {"goal": "OLD-1", "plan": "OLD", "name": "Of another plan"},
            ],
            "cohort": [
                {"cohort": "1", "plan": "KAP", "decided_on": DAY, "places": 1},
                {"cohort": "2", "plan": "BAP"},
            ],
            "country": [
                {"country": "KEN", "name_en": "Kenya", "name_ru": "Кения"},
                {"country": "FJI", "name_en": "Fiji", "name_ru": "Фиджи"},
            ],
            "country_group": [
                {"country": "KEN", "group_code": "AFR"},
                {"country": "FJI", "group_code": "ASP"},
                {"country": "FJI", "group_code": "SIDS"},
            ],
            "application": [
                _applied("A1", "KEN", "selected", "ministry"),
                _applied("A2", "KEN", "evaluated", None),
                _applied("A3", "FJI", "evaluated", "company"),
                _applied("A4", "FJI", "withdrawn", "university"),
            ],
            "application_stage": [
                {"application_id": "A1", "stage": "evaluated", "since": date(2023, 3, 1)},
                {"application_id": "A1", "stage": "selected", "since": DAY},
            ],
            "application_goal": [
                {"application_id": "A1", "goal": "KAP-1"},
                {"application_id": "A3", "goal": "KAP-1"},
                {"application_id": "A4", "goal": "KAP-2"},
            ],
            "criterion": [
                {"cohort": "1", "criterion": "C", "weight": 1, "scale_min": 0, "scale_max": 10}
            ],
            "score": [
                {"application_id": key, "criterion": "C", "score": score}
                for key, score in (("A1", 5), ("A3", 7), ("A4", 9))
            ],
        }
    )


def _applied(key, country, stage, kind):
    return {
        "application_id": key,
        "cohort": "1",
        "country": country,
        "stage": stage,
        "organization": f"Organization {key}",
        "organization_type": kind,
    }


def told(answer):
    return [(row["split"], row["code"], row["pool"], row["selected"]) for row in answer]


@pytest.mark.usefixtures("small")
def test_every_group_has_a_row_also_with_none_and_the_withdrawn_count_nowhere(rows):
    assert told(rows("selection_by_group", cohort="1")) == [
        ("all", "all", 3, 1),
        ("goal", "KAP-1", 2, 1),
        ("goal", "KAP-2", 0, 0),
        ("group", "LDC", 0, 0),
        ("group", "LLDC", 0, 0),
        ("group", "SIDS", 1, 0),
        ("region", "AFR", 2, 1),
        ("region", "AMS", 0, 0),
        ("region", "ARB", 0, 0),
        ("region", "ASP", 1, 0),
        ("region", "CIS", 0, 0),
        ("region", "EUR", 0, 0),
        ("type", "company", 1, 0),
        ("type", "ministry", 1, 1),
        ("type", None, 1, 0),
    ]


@pytest.mark.usefixtures("small")
def test_filters_narrow_the_groups_and_leave_out_what_they_leave_out(rows):
    answer = rows("selection_by_group", cohort="1", region="ASP", type=["company"])
    assert told(answer) == [
        ("all", "all", 1, 0),
        ("goal", "KAP-1", 1, 0),
        ("goal", "KAP-2", 0, 0),
        ("group", "LDC", 0, 0),
        ("group", "LLDC", 0, 0),
        ("group", "SIDS", 1, 0),
        ("region", "ASP", 1, 0),
        ("type", "company", 1, 0),
    ]
    answer = rows("selection_by_group", cohort="1", country=["KEN"])
    assert [row for row in told(answer) if row[0] == "region"] == [("region", "AFR", 2, 1)]


@pytest.mark.usefixtures("small")
def test_before_the_decision_nobody_is_selected(rows):
    answer = rows("selection_by_group", cohort="1", as_of=date(2023, 5, 1))
    assert told(answer)[0] == ("all", "all", 3, 0)
    assert rows("selection_size", cohort="1", as_of=date(2023, 5, 1))[0]["selected"] == 0


@pytest.mark.usefixtures("small")
def test_the_size_is_that_of_the_cohort_whole(rows):
    assert rows("selection_size", cohort="1") == [
        {"applications": 4, "pool": 3, "with_total": 2, "selected": 1, "places": 1}
    ]
    assert rows("selection_size", cohort="2") == [
        {"applications": 0, "pool": 0, "with_total": 0, "selected": 0, "places": None}
    ]


@pytest.mark.usefixtures("small")
def test_the_pool_goes_from_the_highest_total_down_and_names_who_has_none(rows):
    answer = rows("selection_pool", cohort="1", lang="ru")
    columns = ("application_id", "country", "country_name", "region", "stage", "total", "place")
    assert [tuple(row[name] for name in columns) for row in answer] == [
        ("A3", "FJI", "Фиджи", "ASP", "evaluated", 7.0, 1),
        ("A1", "KEN", "Кения", "AFR", "selected", 5.0, 2),
        ("A2", "KEN", "Кения", "AFR", "evaluated", None, None),
    ]
    assert [(row["ldc"], row["lldc"], row["sids"]) for row in answer] == [
        (False, False, True),
        (False, False, False),
        (False, False, False),
    ]


def test_of_a_country_with_very_many_the_highest_are_enough(database, rows):
    many = 104  # places and 100 more make 103
    database(
        {
            "cohort": [{"cohort": "1", "places": 3}],
            "country": [{"country": "KEN"}],
            "country_group": [{"country": "KEN", "group_code": "AFR"}],
            "application": [
                {
                    "application_id": f"A{i:03}",
                    "cohort": "1",
                    "country": "KEN",
                    "stage": "selected" if i == many else "evaluated",
                }
                for i in range(many + 1)
            ],
            "criterion": [{"cohort": "1", "criterion": "C", "weight": 1, "scale_max": 200}],
            "score": [
                {"application_id": f"A{i:03}", "criterion": "C", "score": 200 - i}
                for i in range(many + 1)
            ],
        }
    )
    found = [row["application_id"] for row in rows("selection_pool", cohort="1")]
    # The selected one is there, although it is the last of all.
    assert found == [*(f"A{i:03}" for i in range(103)), "A104"]

"""The panel's scores as the model takes them, and what it says of them."""

import pytest

from analysis.panel import MOST_APPLICATIONS

TABLES = {
    "cohort": [{"cohort": "1", "places": 2}, {"cohort": "2"}],
    "country": [{"country": "KEN"}, {"country": "FJI"}],
    "country_group": [
        {"country": "KEN", "group_code": "AFR"},
        {"country": "FJI", "group_code": "ASP"},
    ],
    "application": [
        {"application_id": "A1", "cohort": "1", "country": "KEN", "stage": "selected"},
        {"application_id": "A2", "cohort": "1", "country": "FJI", "stage": "evaluated"},
        {"application_id": "A3", "cohort": "1", "country": "FJI", "stage": "withdrawn"},
        {"application_id": "A4", "cohort": "1", "country": "KEN", "stage": "evaluated"},
        {"application_id": "B1", "cohort": "2", "country": "KEN", "stage": "evaluated"},
    ],
    "criterion": [
        {"cohort": "1", "criterion": "idea", "weight": 2, "scale_max": 10},
        {"cohort": "1", "criterion": "team", "weight": 0, "scale_min": 1, "scale_max": 5},
        {"cohort": "2", "criterion": "idea", "weight": 1, "scale_max": 10},
    ],
    "score": [
        {"application_id": "A1", "reviewer": "R1", "criterion": "idea", "score": 8},
        {"application_id": "A1", "reviewer": "R1", "criterion": "team", "score": 3},
        {
            "application_id": "A1",
            "reviewer": "R2",
            "criterion": "idea",
            "score": 6,
            "scored_on": "2023-05-02",
        },
        {"application_id": "A2", "reviewer": "R1", "criterion": "idea", "score": 4},
        {"application_id": "A3", "reviewer": "R1", "criterion": "idea", "score": 9},
        {"application_id": "A4", "reviewer": "R3", "criterion": "team", "score": 2},
        {"application_id": "B1", "reviewer": "R1", "criterion": "idea", "score": 1},
    ],
    "reviewer": [
        {"reviewer": "R1", "name": "Ann", "organization": "Hub"},
        {"reviewer": "R2"},
        {"reviewer": "R3", "name": "Cem"},
        {"reviewer": "R4", "name": "Dee"},
    ],
}


def test_takes_the_scores_of_applications_that_hold_a_place(database, rows):
    database(TABLES)
    # A3 was withdrawn; A4 has no total, since nobody scored the criterion that counts.
    assert [tuple(row.values()) for row in rows("panel_reviews", cohort="1")] == [
        ("A1", "R1", "idea", 8.0, 2.0, 0.0, 10.0),
        ("A1", "R1", "team", 3.0, 0.0, 1.0, 5.0),
        ("A1", "R2", "idea", 6.0, 2.0, 0.0, 10.0),
        ("A2", "R1", "idea", 4.0, 2.0, 0.0, 10.0),
    ]


def test_a_past_day_knows_what_was_scored_by_then(database, rows):
    database(TABLES)
    found = rows("panel_reviews", cohort="1", as_of="2023-05-01")
    assert [(row["application_id"], row["reviewer"]) for row in found] == [
        ("A1", "R1"),
        ("A1", "R1"),
        ("A2", "R1"),
    ]
    assert [row["total"] for row in rows("panel_pool", cohort="1", as_of="2023-05-01")] == [80, 40]


def test_the_pool_holds_the_line_and_the_scale_in_every_row(database, rows):
    database(TABLES)
    assert rows("panel_pool", cohort="1") == [
        {
            "application_id": "A1",
            "region": "AFR",
            "total": 70.0,
            "places": 2,
            "total_min": 0.0,
            "total_max": 100.0,
        },
        {
            "application_id": "A2",
            "region": "ASP",
            "total": 40.0,
            "places": 2,
            "total_min": 0.0,
            "total_max": 100.0,
        },
    ]


def test_a_cohort_without_a_line_has_no_places(database, rows):
    database(TABLES)
    assert [row["places"] for row in rows("panel_pool", cohort="2")] == [None]


def test_no_scores_and_few_applications_are_fetched_where_there_would_be_no_model(database, rows):
    connection = database(TABLES)

    def more(name: str, count: int) -> None:
        connection.execute(
            f"insert into application_facts select one.* replace ('{name}' || i as application_id) "
            "from application_facts as one, range(?) as each(i) where application_id = 'A2'",
            [count],
        )

    more("X", MOST_APPLICATIONS - 2)
    assert len(rows("panel_reviews", cohort="1")) == 4
    more("Y", 5)
    assert rows("panel_reviews", cohort="1") == []
    # One more than the model takes is enough to know that there is none.
    assert len(rows("panel_pool", cohort="1")) == MOST_APPLICATIONS + 1


def test_what_is_stored_comes_back_in_order_and_for_the_cohort_alone(database, rows):
    connection = database(TABLES)
    connection.execute(
        """
        insert into panel_agreement (cohort, criterion, applications, reviewers, reviews, complete)
        values ('1', 'team', 1, 2, 3, false), ('2', null, 9, 9, 9, true),
            ('1', 'idea', 2, 2, 3, false), ('1', null, 2, 2, 4, true)
        """
    )
    connection.execute(
        """
        insert into panel_reviewer (cohort, reviewer, applications, reviews)
        values ('1', 'R2', 1, 1), ('2', 'R9', 1, 1), ('1', 'R1', 2, 2)
        """
    )
    connection.execute(
        """
        insert into panel_application (cohort, application_id, reviews, raw)
        values ('1', 'A2', 1, 40), ('1', 'A1', 2, 70), ('2', 'B1', 1, 10)
        """
    )
    assert [row["criterion"] for row in rows("panel_agreement", cohort="1")] == [
        None,
        "idea",
        "team",
    ]
    assert [row["reviewer"] for row in rows("panel_reviewers", cohort="1")] == ["R1", "R2"]
    assert [row["raw"] for row in rows("panel_applications", cohort="1")] == [70, 40]
    for question in ("panel_agreement", "panel_reviewers", "panel_applications"):
        assert "cohort" not in rows(question, cohort="1")[0]


@pytest.mark.parametrize(
    "cohort, as_of, names",
    [
        ("1", None, [("R1", "Ann", "Hub"), ("R2", None, None), ("R3", "Cem", None)]),
        ("1", "2023-05-01", [("R1", "Ann", "Hub"), ("R3", "Cem", None)]),
        ("2", None, [("R1", "Ann", "Hub")]),
    ],
)
def test_names_those_who_scored_in_the_cohort(database, rows, cohort, as_of, names):
    database(TABLES)
    found = rows("restricted/reviewer_names", cohort=cohort, as_of=as_of)
    assert [tuple(row.values()) for row in found] == names

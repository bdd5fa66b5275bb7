from datetime import date

import pytest

TODAY = date(2026, 11, 24)


def network(**more):
    """Two cohorts, three countries and one centre; `more` adds tables or replaces them."""
    return {
        "cohort": [{"cohort": "1", "plan": "KAP"}, {"cohort": "2", "plan": "BAP"}],
        "country": [
            {"country": "KEN", "name_en": "Kenya", "latitude": 0.5, "longitude": 38.0},
            {"country": "NPL", "name_en": "Nepal"},
            {"country": "CPV", "name_en": "Cabo Verde"},
        ],
        "country_group": [
            {"country": "KEN", "group_code": "AFR"},
            {"country": "CPV", "group_code": "AFR"},
            {"country": "CPV", "group_code": "SIDS"},
            {"country": "NPL", "group_code": "ASP"},
            {"country": "NPL", "group_code": "LDC", "valid_to": TODAY},
        ],
        "application": [{"application_id": "A1", "cohort": "1", "country": "KEN"}],
        "centre": [{"centre_id": "C1", "application_id": "A1", "country": "KEN", "name": "One"}],
    } | more


def statuses(*rows):
    return [{"centre_id": c, "status": s, "since": date.fromisoformat(d)} for c, s, d in rows]


def chosen(connection, **filters):
    offered = {"cohort": "1", "region": None, "country": None, "goal": None, "group": None}
    return [
        centre
        for (centre,) in connection.execute(
            "select centre_id"
            " from centres_chosen($cohort, $region, $country, $goal, $group, $today)"
            " order by centre_id",
            offered | {"today": TODAY} | filters,
        ).fetchall()
    ]


def test_a_centre_belongs_to_the_cohort_of_its_application_and_without_one_to_all(database):
    connection = database(
        network(
            centre=[
                {"centre_id": "C1", "application_id": "A1", "country": "KEN"},
                {"centre_id": "C2", "country": "KEN"},
            ]
        )
    )
    assert chosen(connection) == ["C1", "C2"]
    assert chosen(connection, cohort="2") == ["C2"]


@pytest.mark.parametrize(
    "filters, left",
    [
        ({"region": "AFR"}, ["C1", "C3"]),
        ({"region": "EUR"}, []),
        ({"country": ["NPL", "CPV"]}, ["C2", "C3"]),
        ({"group": ["SIDS"]}, ["C3"]),
        ({"group": ["LDC", "SIDS"], "today": date(2026, 11, 23)}, ["C2", "C3"]),
        ({"group": ["LDC"]}, []),
    ],
    ids=str,
)
def test_groups_are_those_of_the_day_that_is_looked_at(database, filters, left):
    connection = database(
        network(
            centre=[
                {"centre_id": "C1", "country": "KEN"},
                {"centre_id": "C2", "country": "NPL"},
                {"centre_id": "C3", "country": "CPV"},
            ]
        )
    )
    assert chosen(connection, **filters) == left


def test_a_centre_works_towards_what_it_applied_for_aims_at_or_reports_on(database):
    goals = [{"goal": f"KAP-{n}", "plan": "KAP"} for n in (1, 2, 3, 4)]
    connection = database(
        network(
            goal=[*goals, {"goal": "KAP-3.1", "plan": "KAP", "parent": "KAP-3"}],
            application_goal=[{"application_id": "A1", "goal": "KAP-1"}],
            indicator=[
                {"indicator": "I2", "goal": "KAP-2"},
                {"indicator": "I3", "goal": "KAP-3.1"},
            ],
            target=[{"centre_id": "C1", "indicator": "I2"}],
            measurement=[{"centre_id": "C1", "indicator": "I3"}],
        )
    )
    assert [chosen(connection, goal=[goal["goal"]]) for goal in goals] == [
        ["C1"],
        ["C1"],
        ["C1"],
        [],
    ]


def test_a_centre_is_there_from_its_first_status_on_and_without_any_all_the_time(database):
    connection = database(
        network(
            centre=[{"centre_id": "C1", "country": "KEN"}, {"centre_id": "C2", "country": "KEN"}],
            centre_status=statuses(("C1", "selected", "2025-02-10")),
        )
    )
    assert chosen(connection, today=date(2025, 2, 9)) == ["C2"]
    assert chosen(connection, today=date(2025, 2, 10)) == ["C1", "C2"]


def test_an_ended_centre_is_no_longer_counted_and_a_paused_one_is(database, rows):
    database(
        network(
            centre=[
                {"centre_id": "C1", "country": "KEN", "latitude": 0.0, "longitude": 37.0},
                {"centre_id": "C2", "country": "KEN"},
                {"centre_id": "C3", "country": "NPL"},
                {"centre_id": "C4", "country": "CPV"},
            ],
            centre_status=statuses(
                ("C1", "operating", "2024-01-01"),
                ("C1", "paused", "2026-01-01"),
                ("C2", "operating", "2024-01-01"),
                ("C3", "operating", "2024-01-01"),
                ("C3", "ended", "2026-04-30"),
            ),
        )
    )
    assert rows("centre_count", cohort="1", today=TODAY) == [
        {
            "centres": 4,
            "in_network": 2,
            "countries": 1,
            "ended": 1,
            "without_status": 1,
            "without_application": 4,
            "without_place": 3,
        }
    ]
    assert rows("centres_by_status", cohort="1", today=TODAY) == [
        {"status": "selected", "centres": 0},
        {"status": "agreement signed", "centres": 0},
        {"status": "operating", "centres": 1},
        {"status": "paused", "centres": 1},
        {"status": "ended", "centres": 1},
    ]


def test_the_network_grows_with_who_joins_late_and_shrinks_with_who_ends(database, rows):
    database(
        network(
            centre=[{"centre_id": f"C{n}", "country": "KEN"} for n in (1, 2, 3)],
            centre_status=statuses(
                ("C1", "selected", "2023-06-15"),
                ("C1", "agreement signed", "2023-09-01"),
                ("C1", "ended", "2026-04-30"),
                ("C2", "selected", "2023-06-15"),
                ("C2", "operating", "2023-06-15"),
                ("C3", "selected", "2025-02-10"),
                ("C2", "ended", "2027-01-01"),
            ),
        )
    )
    assert rows("network_by_date", cohort="1", today=TODAY) == [
        {"since": date(2023, 6, 15), "joined": 2, "ended": 0, "centres": 2},
        {"since": date(2025, 2, 10), "joined": 1, "ended": 0, "centres": 3},
        {"since": date(2026, 4, 30), "joined": 0, "ended": 1, "centres": 2},
    ]


def test_a_centre_that_comes_back_counts_again(database, rows):
    database(
        network(
            centre_status=statuses(
                ("C1", "operating", "2024-01-01"),
                ("C1", "ended", "2025-01-01"),
                ("C1", "operating", "2026-01-01"),
            ),
        )
    )
    assert [row["centres"] for row in rows("network_by_date", cohort="1", today=TODAY)] == [1, 0, 1]


def test_a_centre_without_coordinates_stands_in_the_middle_of_its_country(database, rows):
    database(
        network(
            centre=[
                {"centre_id": "C1", "country": "KEN", "latitude": -1.3, "longitude": 36.8},
                {"centre_id": "C2", "country": "KEN", "latitude": -1.3},
            ]
        )
    )
    found = rows("centres", cohort="1", today=TODAY, most=10)
    assert [(row["placed"], row["latitude"], row["longitude"]) for row in found] == [
        (True, -1.3, 36.8),
        (False, 0.5, 38.0),
    ]


def test_centres_come_in_the_order_of_countries_and_no_more_than_asked_for(database, rows):
    database(
        network(
            centre=[
                {"centre_id": "C1", "country": "KEN", "name": "A"},
                {"centre_id": "C2", "country": "CPV", "name": "Z"},
                {"centre_id": "C3", "country": "CPV", "name": "B"},
            ]
        )
    )
    found = rows("centres", cohort="1", today=TODAY, most=2)
    assert [row["centre_id"] for row in found] == ["C3", "C2"]


def test_a_centre_with_several_agreements_is_one_row(database, rows):
    database(
        network(
            agreement=[
                {"centre_id": "C1", "signed_on": date(2023, 9, 1), "ends_on": date(2025, 12, 31)},
                {"centre_id": "C1", "signed_on": date(2026, 1, 5), "ends_on": date(2028, 12, 31)},
            ],
            centre_objective=[
                {"centre_id": "C1", "objective": "4"},
                {"centre_id": "C1", "objective": "2"},
            ],
        )
    )
    found = rows("centres", cohort="1", today=TODAY, most=10)
    assert [(row["signed_on"], row["ends_on"], row["objectives"]) for row in found] == [
        (date(2026, 1, 5), date(2028, 12, 31), ["2", "4"])
    ]


def test_a_milestone_is_late_only_when_its_date_has_passed(database, rows):
    milestones = {
        "a met": (date(2025, 1, 1), date(2025, 3, 1)),
        "b late": (date(2026, 11, 23), None),
        "c today": (TODAY, None),
        "d done tomorrow": (date(2026, 12, 1), date(2026, 11, 25)),
        "e undated": (None, None),
        "f met, undated": (None, date(2024, 12, 31)),
    }
    database(
        network(
            milestone=[
                {"centre_id": "C1", "milestone": name, "due_on": due, "done_on": done}
                for name, (due, done) in milestones.items()
            ]
        )
    )
    found = rows("centre_milestones", centre="C1", today=TODAY)
    assert {row["milestone"]: row["state"] for row in found} == {
        "a met": "met",
        "b late": "late",
        "c today": "to come",
        "d done tomorrow": "to come",
        "e undated": "no date",
        "f met, undated": "met",
    }
    assert [row["milestone"][0] for row in found] == ["f", "a", "b", "c", "d", "e"]


def test_what_fell_due_after_a_centre_ended_is_not_late(database, rows):
    database(
        network(
            centre_status=statuses(("C1", "ended", "2026-04-30")),
            milestone=[
                {"centre_id": "C1", "milestone": "before", "due_on": date(2026, 4, 29)},
                {"centre_id": "C1", "milestone": "after", "due_on": date(2026, 5, 1)},
            ],
        )
    )
    found = rows("centre_milestones", centre="C1", today=TODAY)
    assert [row["state"] for row in found] == ["late", "no longer due"]


def test_the_record_says_what_it_lacks(database, rows):
    database(
        network(
            centre=[{"centre_id": "C1", "country": "KEN"}],
            goal=[{"goal": "KAP-1", "plan": "KAP"}],
            indicator=[{"indicator": f"I{n}", "goal": "KAP-1"} for n in (1, 2, 3)],
            target=[
                {"centre_id": "C1", "indicator": "I1", "due_on": date(2026, 11, 23)},
                {"centre_id": "C1", "indicator": "I2", "due_on": date(2026, 11, 23)},
                {"centre_id": "C1", "indicator": "I3", "due_on": date(2027, 12, 31)},
            ],
            measurement=[
                {"centre_id": "C1", "indicator": "I2", "measured_on": date(2026, 9, 30)},
            ],
        )
    )
    (record,) = rows("centre_record", centre="C1", cohort="1", today=TODAY)
    # I3 is not reported either, but nothing is due yet, so nothing is missing.
    assert (record["targets"], record["unreported"], record["overdue"]) == (3, 2, 1)
    assert record["last_reported_on"] == date(2026, 9, 30)
    assert record["placed"] is False
    assert record["objectives"] == []
    assert (record["status"], record["application_id"], record["cohort_name"]) == (None,) * 3
    assert rows("centre_record", centre="C9", cohort="1", today=TODAY) == []


def test_a_record_shows_in_the_cohort_of_its_application_alone(database, rows):
    database(network())
    asked = {"centre": "C1", "today": TODAY}
    assert len(rows("centre_record", cohort="1", **asked)) == 1
    assert rows("centre_record", cohort="2", **asked) == []

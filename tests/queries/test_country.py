"""The questions behind the brief on one country, and the network's moves."""

from datetime import date

TODAY = date(2026, 11, 24)


def kenya(**more):
    return {
        "cohort": [
            {"cohort": "1", "name": "First", "opened_on": date(2023, 1, 1)},
            {"cohort": "2", "name": "Second", "opened_on": date(2026, 1, 1)},
        ],
        "country": [
            {"country": "KEN", "name_en": "Kenya"},
            {"country": "CIV", "name_en": "Côte d’Ivoire"},
            {"country": "FJI", "name_en": "Fiji"},
        ],
        "country_group": [
            {"country": "KEN", "group_code": "AFR"},
            {"country": "CIV", "group_code": "AFR"},
            {"country": "KEN", "group_code": "SIDS", "valid_from": date(2020, 1, 1)},
            {"country": "KEN", "group_code": "LDC", "valid_to": date(2027, 1, 1)},
            {"country": "KEN", "group_code": "LLDC", "valid_to": TODAY},
        ],
        "application": [
            {
                "application_id": key,
                "cohort": cohort,
                "country": "KEN",
                "organization": organization,
                "stage": stage,
            }
            for key, cohort, organization, stage in (
                ("A1", "1", "Hub", "selected"),
                ("A2", "2", "Lab", "submitted"),
            )
        ],
        "centre": [
            {"centre_id": "C1", "application_id": "A1", "country": "KEN", "name": "One"},
            {"centre_id": "C2", "country": "KEN", "name": "Two"},
        ],
        "centre_status": [
            {"centre_id": "C1", "status": status, "since": since}
            for status, since in (
                ("selected", date(2023, 6, 1)),
                ("agreement signed", date(2023, 9, 1)),
                ("operating", date(2024, 1, 1)),
                ("paused", date(2024, 6, 1)),
                ("operating", date(2024, 9, 1)),
                ("ended", date(2025, 3, 1)),
                ("operating", date(2026, 1, 1)),
            )
        ],
        "agreement": [
            {"centre_id": "C1", "reference": "old", "signed_on": date(2023, 9, 1)},
            {
                "centre_id": "C1",
                "reference": "new",
                "signed_on": date(2025, 12, 1),
                "ends_on": date(2028, 12, 31),
            },
        ],
    } | more


def test_groups_are_those_of_the_day_with_their_dates_and_the_region_comes_first(database, rows):
    database(kenya())
    assert rows("country_groups", country=["KEN"], today=TODAY) == [
        {"group_code": "AFR", "valid_from": None, "valid_to": None},
        {"group_code": "LDC", "valid_from": None, "valid_to": date(2027, 1, 1)},
        {"group_code": "SIDS", "valid_from": date(2020, 1, 1), "valid_to": None},
    ]


def test_applications_of_every_cohort_are_listed_the_latest_first(database, rows):
    database(kenya())
    assert rows("country_applications", country=["KEN"]) == [
        {
            "application_id": "A2",
            "cohort": "2",
            "cohort_name": "Second",
            "organization": "Lab",
            "stage": "submitted",
            "total": None,
        },
        {
            "application_id": "A1",
            "cohort": "1",
            "cohort_name": "First",
            "organization": "Hub",
            "stage": "selected",
            "total": None,
        },
    ]
    assert rows("country_applications", country=["FJI"]) == []


def test_a_centre_comes_with_the_agreement_that_was_signed_last_or_without_any(database, rows):
    database(kenya())
    assert rows("country_centres", country=["KEN"], today=TODAY) == [
        {
            "centre_id": "C1",
            "cohort": "1",
            "name": "One",
            "organization": "Hub",
            "application_id": "A1",
            "status": "operating",
            "since": date(2026, 1, 1),
            "in_network": True,
            "reference": "new",
            "signed_on": date(2025, 12, 1),
            "ends_on": date(2028, 12, 31),
        },
        {
            "centre_id": "C2",
            "cohort": None,
            "name": "Two",
            "organization": None,
            "application_id": None,
            "status": None,
            "since": None,
            "in_network": False,
            "reference": None,
            "signed_on": None,
            "ends_on": None,
        },
    ]


def test_every_country_of_the_list_is_there_also_with_nothing(database, rows):
    database(kenya())
    columns = ("name", "region", "applications", "centres", "in_network")
    answer = rows("countries_with_records", today=TODAY)
    assert [tuple(row[column] for column in columns) for row in answer] == [
        ("Côte d’Ivoire", "AFR", 0, 0, 0),
        ("Fiji", None, 0, 0, 0),
        ("Kenya", "AFR", 2, 2, 1),
    ]


def test_moves_say_what_a_status_changed_the_latest_first(database, rows):
    database(kenya())
    answer = rows("network_moves", cohort="1", today=TODAY, most=10)
    assert [(row["since"], row["move"], row["before"], row["status"]) for row in answer] == [
        (date(2026, 1, 1), "rejoined", "ended", "operating"),
        (date(2025, 3, 1), "left", "operating", "ended"),
        (date(2024, 9, 1), "resumed", "paused", "operating"),
        (date(2024, 6, 1), "paused", "operating", "paused"),
        (date(2024, 1, 1), "started", "agreement signed", "operating"),
        (date(2023, 9, 1), "signed", "selected", "agreement signed"),
        (date(2023, 6, 1), "joined", None, "selected"),
    ]
    earlier = rows("network_moves", cohort="1", today=date(2024, 1, 1), most=1)
    assert [row["move"] for row in earlier] == ["started"]


def test_a_status_repeated_is_no_move(database, rows):
    repeated = [
        {"centre_id": "C1", "status": "operating", "since": day}
        for day in (date(2024, 1, 1), date(2024, 2, 1))
    ]
    database(kenya(centre_status=repeated))
    answer = rows("network_moves", today=TODAY, most=10)
    assert [(row["since"], row["move"]) for row in answer] == [(date(2024, 1, 1), "joined")]


def test_reporters_are_counted_up_to_the_day(database, rows):
    database(
        kenya(
            indicator=[{"indicator": "I1", "goal": "KAP-1"}],
            goal=[{"goal": "KAP-1", "plan": "KAP"}],
            plan=[{"plan": "KAP"}],
            measurement=[
                {"centre_id": "C1", "indicator": "I1", "measured_on": day, "reported_by": name}
                for day, name in (
                    (date(2024, 1, 1), "Ann"),
                    (date(2024, 6, 1), "Ann"),
                    (date(2024, 9, 1), None),
                    (date(2027, 1, 1), "Bob"),
                )
            ],
        )
    )
    assert rows("restricted/centre_reporters", centre="C1", today=TODAY) == [
        {"reported_by": "Ann", "reports": 2, "last_on": date(2024, 6, 1)}
    ]


def test_without_a_cohort_the_record_holds_all_of_them(database, rows):
    database(kenya())
    assert [row["cohort"] for row in rows("cohort_record")] == ["2", "1"]
    assert [row["cohort"] for row in rows("cohort_record", cohort="1")] == ["1"]

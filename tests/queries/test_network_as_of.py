"""The network as of a day: what the records dated by then say of centres and their reports."""

from datetime import date

import pytest

DECISION = date(2023, 6, 30)
WINTER, SUMMER, LATER = date(2023, 12, 15), date(2024, 7, 1), date(2025, 4, 1)


@pytest.fixture
def network(database):
    """Z1 was selected in 2023 and has ended; Z2 bears no date at all."""
    first = {"centre_id": "Z1"}
    database(
        {
            "plan": [{"plan": "KAP"}],
            "goal": [
                {"goal": "KAP-1", "plan": "KAP", "name": "One"},
                {"goal": "KAP-2", "plan": "KAP", "name": "Two"},
            ],
            "cohort": [{"cohort": "1", "plan": "KAP"}],
            "country": [{"country": "KEN", "name_en": "Kenya"}],
            "country_group": [{"country": "KEN", "group_code": "AFR"}],
            "application": [{"application_id": "A1", "cohort": "1", "country": "KEN"}],
            "centre": [
                {"centre_id": "Z1", "application_id": "A1", "country": "KEN", "name": "Z1"},
                {"centre_id": "Z2", "country": "KEN", "name": "Z2"},
            ],
            "centre_status": [
                first | {"status": "selected", "since": DECISION},
                first | {"status": "operating", "since": date(2023, 10, 1)},
                first | {"status": "ended", "since": date(2025, 3, 1)},
            ],
            "agreement": [
                first | {"reference": "one", "signed_on": date(2023, 8, 1)},
                first | {"reference": "two", "signed_on": date(2024, 8, 1)},
                first | {"reference": "undated"},
            ],
            "indicator": [
                {"indicator": "I1", "goal": "KAP-1"},
                {"indicator": "I2", "goal": "KAP-2"},
            ],
            "target": [
                first | target
                for target in (
                    {
                        "indicator": "I1",
                        "target": 50.0,
                        "due_on": date(2024, 12, 31),
                        "set_on": date(2023, 11, 1),
                    },
                    {
                        "indicator": "I1",
                        "target": 80.0,
                        "due_on": date(2024, 12, 31),
                        "set_on": date(2024, 6, 1),
                    },
                    {
                        "indicator": "I2",
                        "target": 5.0,
                        "due_on": date(2024, 12, 31),
                        "set_on": date(2024, 6, 1),
                    },
                )
            ],
            "measurement": [
                first | {"indicator": "I1", "measured_on": date(2024, 3, 31), "value": 10.0},
                first | {"indicator": "I1", "measured_on": date(2024, 9, 30), "value": 20.0},
            ],
            "milestone": [
                first | {"milestone": "M", "due_on": date(2023, 12, 1), "done_on": date(2024, 2, 1)}
            ],
        }
    )


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    "day, z1",
    [
        (date(2023, 6, 29), None),
        (DECISION, ("selected", None)),
        (WINTER, ("operating", date(2023, 8, 1))),
        (LATER, ("ended", date(2024, 8, 1))),
    ],
)
def test_a_centre_has_the_status_and_the_agreement_of_the_day(rows, day, z1):
    found = {row["centre_id"]: row for row in rows("centres", cohort="1", as_of=day, most=9)}
    told = found.get("Z1") and (found["Z1"]["status"], found["Z1"]["signed_on"])
    assert told == z1
    assert found["Z2"]["status"] is None
    record = rows("centre_record", centre="Z1", cohort="1", as_of=day)
    assert [row["status"] for row in record] == ([z1[0]] if z1 else [])
    (application,) = rows("application_record", application="A1", as_of=day)
    assert application["centre_id"] == ("Z1" if z1 else None)


@pytest.mark.usefixtures("network")
def test_agreements_and_milestones_are_met_on_their_day(rows):
    def told(day):
        agreements = rows("centre_agreements", centre="Z1", as_of=day)
        milestones = rows("centre_milestones", centre="Z1", as_of=day)
        return [row["reference"] for row in agreements], [row["state"] for row in milestones]

    assert told(date(2023, 7, 1)) == (["undated"], ["to come"])
    assert told(WINTER) == (["one", "undated"], ["late"])
    assert told(LATER) == (["one", "two", "undated"], ["met"])


@pytest.mark.usefixtures("network")
def test_targets_and_reports_count_from_their_dates(rows):
    def told(day):
        path = {row["indicator"]: row["target"] for row in rows("target_path", as_of=day)}
        found = rows("indicator_series", cohort="1", as_of=day)
        return [
            (row["indicator"], path[row["indicator"]], row["value"], row["reports"])
            for row in found
        ]

    assert told(date(2023, 10, 31)) == []
    assert told(WINTER) == [("I1", 50.0, None, 0)]
    assert told(SUMMER) == [("I1", 80.0, 10.0, 1), ("I2", 5.0, None, 0)]
    assert told(LATER) == [("I1", 80.0, 20.0, 2), ("I2", 5.0, None, 0)]


@pytest.mark.usefixtures("network")
def test_a_centre_belongs_to_a_priority_from_its_first_target_or_report_on(rows):
    def count(day):
        return rows("centre_count", cohort="1", as_of=day, goal=["KAP-2"])[0]["centres"]

    assert [count(WINTER), count(SUMMER)] == [0, 1]


@pytest.mark.usefixtures("network")
def test_what_bears_no_date_in_the_network_is_counted(rows):
    assert rows("undated_network", cohort="1", as_of=WINTER) == [
        {"centres": 1, "agreements": 1, "targets": 0}
    ]
    assert rows("undated_network", cohort="1", as_of=date(2023, 1, 1)) == [
        {"centres": 1, "agreements": 0, "targets": 0}
    ]

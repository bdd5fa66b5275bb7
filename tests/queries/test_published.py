"""The published totals beside the loaded ones: whose they are, and on which day they hold."""

from datetime import date

import pytest

NETWORK = {"what": "network", "value": 2, "source": "S", "confidence": "stated"}


@pytest.mark.parametrize(
    "as_of, today, expected",
    [
        # Two centres on the day of which the number speaks; one has ended by the day shown.
        (date(2024, 3, 6), date(2025, 1, 1), [("network", 2, date(2024, 3, 6))]),
        (None, date(2025, 1, 1), [("network", 1, date(2025, 1, 1))]),
        (date(2024, 3, 6), date(2024, 1, 1), []),
    ],
)
def test_the_network_is_counted_on_the_day_its_published_number_holds_for(
    database, rows, as_of, today, expected
):
    statuses = [("Z1", "operating", 2023), ("Z2", "operating", 2023), ("Z2", "ended", 2025)]
    database(
        {
            "cohort": [{"cohort": "1", "plan": "KAP", "decided_on": date(2023, 6, 30)}],
            "centre": [{"centre_id": "Z1"}, {"centre_id": "Z2"}],
            "centre_status": [
                {"centre_id": centre, "status": status, "since": date(year, 1, 1)}
                for centre, status, year in statuses
            ],
            "published_total": [NETWORK | {"as_of": as_of}],
        }
    )
    found = rows("published_agreement", cohort="1", today=today)
    assert [(row["what"], row["loaded"], row["counted_on"]) for row in found] == expected


def test_published_totals_speak_of_the_first_cohort_alone(database, rows):
    cohorts = {"1": ("KAP", None), "2": ("KAP", 2024), "3": ("KAP", 2023), "4": ("BAP", 2022)}
    database(
        {
            "cohort": [
                {"cohort": key, "plan": plan, "decided_on": year and date(year, 6, 30)}
                for key, (plan, year) in cohorts.items()
            ],
            "published_total": [NETWORK],
        }
    )
    compared = {key for key in cohorts if rows("published_agreement", cohort=key)}
    assert compared == {"3"}

"""Who read what: counts by reviewer and region, small enough to count by hand."""

from datetime import date

import pytest

AFR, EUR = "KEN", "EST"


@pytest.fixture
def cohort(database):
    """Places for A1 and A2 (Africa) and A3 (Europe); A4 was withdrawn, A5 lacks a criterion."""

    def build():
        given = [
            ("A1", "R1", "plan"),
            ("A1", "R1", "team"),
            ("A1", "R2", "plan"),  # not complete, and yet read
            ("A2", "R1", "plan"),
            ("A2", "R1", "team"),
            ("A3", "R1", "plan"),
            ("A3", "R1", "team"),
            ("A4", "R3", "plan"),
            ("A4", "R3", "team"),
            ("A5", "R3", "plan"),
        ]
        database(
            {
                "cohort": [{"cohort": "1"}],
                "country": [{"country": AFR}, {"country": EUR}],
                "country_group": [
                    {"country": AFR, "group_code": "AFR"},
                    {"country": EUR, "group_code": "EUR"},
                ],
                "criterion": [
                    {"cohort": "1", "criterion": name, "weight": 1, "scale_max": 10}
                    for name in ("plan", "team")
                ],
                "application": [
                    {
                        "application_id": name,
                        "cohort": "1",
                        "country": EUR if name == "A3" else AFR,
                        "stage": "withdrawn" if name == "A4" else "evaluated",
                    }
                    for name in ("A1", "A2", "A3", "A4", "A5")
                ],
                "score": [
                    {
                        "application_id": application,
                        "reviewer": reviewer,
                        "criterion": criterion,
                        "score": 5,
                        "scored_on": date(2023, 5, 2) if application == "A3" else None,
                    }
                    for application, reviewer, criterion in given
                ],
            }
        )

    return build


def test_counts_what_each_read_of_a_region_among_those_that_hold_a_place(cohort, rows):
    cohort()
    assert rows("reviewer_regions", cohort="1") == [
        {"reviewer": "R1", "region": "AFR", "applications": 2},
        {"reviewer": "R1", "region": "EUR", "applications": 1},
        {"reviewer": "R2", "region": "AFR", "applications": 1},
    ]


def test_a_past_day_counts_what_was_read_by_then_whatever_the_filters(cohort, rows):
    cohort()
    then = rows("reviewer_regions", cohort="1", as_of=date(2023, 5, 1), region="EUR")
    assert [(row["reviewer"], row["region"]) for row in then] == [("R1", "AFR"), ("R2", "AFR")]

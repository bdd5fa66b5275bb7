"""The questions behind applications side by side, on a cohort small enough to write out."""

from datetime import date

import pytest


@pytest.fixture
def cohort(database):
    """Totals A1 = 5, A2 = 3, A3 = 3, A4 = 1 on a scale from 1 to 5; B1 is another cohort's."""
    applications = [("A1", "1"), ("A2", "1"), ("A3", "1"), ("A4", "1"), ("B1", "2")]

    def build(places=2, scores=(), **more):
        database(
            {
                "cohort": [{"cohort": "1", "places": places}, {"cohort": "2"}],
                "country": [{"country": "KEN", "name_en": "Kenya"}],
                "country_group": [{"country": "KEN", "group_code": "AFR"}],
                "criterion": [
                    {
                        "cohort": "1",
                        "criterion": "plan",
                        "name": "Plan",
                        "weight": 2,
                        "scale_min": 1,
                        "scale_max": 5,
                    },
                    {
                        "cohort": "1",
                        "criterion": "luck",
                        "name": "Luck",
                        "weight": 0,
                        "scale_min": 1,
                        "scale_max": 5,
                    },
                ],
                "application": [
                    {
                        "application_id": name,
                        "cohort": cohort,
                        "country": "KEN",
                        "organization": f"Organization {name}",
                        "stage": "evaluated",
                    }
                    for name, cohort in applications
                ],
                "score": [
                    {"application_id": name, "reviewer": "R1", "criterion": "plan", "score": score}
                    for name, score in (("A1", 5), ("A2", 3), ("A3", 3), ("A4", 1))
                ]
                + list(scores),
            }
            | more
        )

    return build


def ids(found):
    return [row["application_id"] for row in found]


def test_only_the_cohorts_own_are_told_in_the_order_asked_whatever_the_filters(cohort, rows):
    cohort()
    asked = ["A4", "ZZ", "B1", "A1"]
    assert ids(rows("compared_applications", cohort="1", applications=asked)) == ["A4", "A1"]
    found = rows("compared_applications", cohort="1", applications=asked, region="EUR")
    assert ids(found) == ["A4", "A1"]
    assert rows("compared_applications", cohort="1", applications=[]) == []


def test_a_record_holds_what_is_compared(cohort, rows):
    cohort()
    [found] = rows("compared_applications", cohort="1", applications=["A2"])
    assert {name: found[name] for name in ("total", "place", "tied", "complete", "reviews")} == {
        "total": 3,
        "place": 2,
        "tied": True,
        "complete": False,  # nobody scored luck
        "reviews": 1,
    }
    assert (found["country_name"], found["region"], found["ldc"]) == ("Kenya", "AFR", False)


def test_a_score_that_a_reviewer_left_out_is_a_row_without_a_score(cohort, rows):
    given = {"application_id": "A2", "criterion": "luck", "reviewer": "R2", "score": 2}
    cohort(scores=[given | {"comment": "Well"}])
    found = rows("compared_reviews", cohort="1", applications=["A2", "ZZ"])
    names = ("criterion", "reviewer", "score", "on_scale", "mean", "comment")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("plan", "R1", 3, 3, 3, None),
        ("plan", "R2", None, None, 3, None),
        ("luck", "R1", None, None, 2, None),
        ("luck", "R2", 2, 2, 2, "Well"),
    ]


def test_scores_on_scales_of_their_own_are_told_on_the_cohorts(cohort, rows):
    criteria = [("plan", 1, 5), ("luck", 0, 10)]
    cohort(
        scores=[{"application_id": "A2", "criterion": "luck", "reviewer": "R1", "score": 9}],
        criterion=[
            {"cohort": "1", "criterion": name, "weight": 1, "scale_min": low, "scale_max": high}
            for name, low, high in criteria
        ],
    )
    found = rows("compared_reviews", cohort="1", applications=["A2"])
    # On 0 to 100: 3 is the middle of 1 to 5.
    assert [(row["criterion"], row["on_scale"]) for row in found] == [("luck", 90), ("plan", 50)]


def test_a_past_day_knows_the_scores_given_by_then(cohort, rows):
    later = {"application_id": "A2", "reviewer": "R9", "criterion": "plan", "score": 1}
    cohort(scores=[later | {"scored_on": date(2023, 5, 2)}])
    ask = {"cohort": "1", "applications": ["A2"]}
    assert {row["reviewer"] for row in rows("compared_reviews", **ask)} == {"R1", "R9"}
    then = rows("compared_reviews", **ask, as_of=date(2023, 5, 1))
    assert {(row["reviewer"], row["mean"]) for row in then if row["criterion"] == "plan"} == {
        ("R1", 3)
    }


@pytest.mark.parametrize(
    "places, sides",
    [
        (1, [("A1", False), ("A2", True)]),
        (2, [("A2", False), ("A3", True)]),  # a tie runs across the line: the keys decide
        (3, [("A3", False), ("A4", True)]),
        (4, []),  # as many places as applications
        (None, []),
    ],
)
def test_the_neighbours_are_the_last_above_the_line_and_the_first_below(
    cohort, rows, places, sides
):
    cohort(places=places)
    found = rows("line_neighbours", cohort="1")
    assert [(row["application_id"], row["below"]) for row in found] == sides

"""The questions of the ranking, on a cohort small enough to be counted by hand."""

from datetime import date

import pytest

TEN = {"scale_min": 0, "scale_max": 10}


@pytest.fixture
def cohort(database):
    """`cohort(scores)`: (application, reviewer, criterion, score, ...) on `a` (weight 3), `b` (1)
    and `c` (0). Applications are those with a score; one of `withdrawn` is that."""

    def build(scores, withdrawn=(), criteria=None):
        names = sorted({name for name, *_ in scores})
        weights = {"a": 3, "b": 1, "c": 0}
        database(
            {
                "cohort": [{"cohort": "1", "places": 1}],
                "country": [{"country": "KEN", "name_en": "Kenya"}],
                "country_group": [{"country": "KEN", "group_code": "AFR"}],
                "criterion": criteria
                or [
                    {"cohort": "1", "criterion": name, "weight": weight} | TEN
                    for name, weight in weights.items()
                ],
                "application": [
                    {
                        "application_id": name,
                        "cohort": "1",
                        "country": "KEN",
                        "organization": f"Organization {name}",
                        "stage": "withdrawn" if name in withdrawn else "evaluated",
                    }
                    for name in names
                ],
                "score": [
                    {
                        "application_id": name,
                        "reviewer": reviewer,
                        "criterion": criterion,
                        "score": score,
                        **dict(more),
                    }
                    for name, reviewer, criterion, score, *more in scores
                ],
            }
        )

    return build


ONE_EACH = [
    ("A1", "R1", "a", 4),
    ("A1", "R1", "b", 8),
    ("A2", "R1", "a", 8),
    ("A2", "R1", "b", 8),
    ("A3", "R1", "a", 4),
    ("A3", "R2", "a", 6),
    ("A3", "R1", "b", 5),
    ("A4", "R1", "a", 9),
    ("A5", "R1", "a", 9),
    ("A5", "R1", "b", 9),
]


def test_those_with_a_place_stand_in_its_order_and_ties_in_that_of_their_keys(cohort, rows):
    cohort(ONE_EACH, withdrawn=["A5"])
    found = rows("ranked_applications", cohort="1")
    assert [(row["application_id"], row["total"], row["place"], row["tied"]) for row in found] == [
        ("A2", 8.0, 1, False),
        ("A1", 5.0, 2, True),
        ("A3", 5.0, 2, True),
    ]
    assert [row["complete"] for row in found] == [False, False, False]  # nobody scored c
    assert {row["country_name"] for row in found} == {"Kenya"}


def test_filters_leave_the_places_as_they_are(cohort, rows):
    cohort(ONE_EACH)
    found = rows("ranked_applications", cohort="1", score_from=0, score_to=6)
    assert [(row["application_id"], row["place"]) for row in found] == [("A1", 3), ("A3", 3)]


@pytest.mark.parametrize(
    "most, found", [(1, ["A5"]), (2, ["A5", "A2"]), (3, ["A5", "A2", "A1"]), (9, None)]
)
def test_those_nearest_to_the_line_stay_where_not_all_are_shown(cohort, rows, most, found):
    cohort(ONE_EACH)  # one place: the line lies between the first and the second
    told = [row["application_id"] for row in rows("ranked_around", cohort="1", most=most)]
    assert told == (found or ["A5", "A2", "A1", "A3"])


def test_those_with_a_place_are_counted_as_far_as_filters_leave_them(cohort, rows):
    cohort(ONE_EACH, withdrawn=["A5"])
    assert rows("ranked_count", cohort="1") == [{"placed": 3}]
    assert rows("ranked_count", cohort="1", score_from=6, score_to=9) == [{"placed": 1}]
    assert rows("ranked_count", cohort="2") == [{"placed": 0}]


def test_weights_are_told_as_shares_also_of_what_weighs_nothing(cohort, rows):
    cohort(ONE_EACH)
    assert [
        (row["criterion"], row["weight"], row["share_weight"])
        for row in rows("ranked_criteria", cohort="1")
    ] == [("a", 3.0, 0.75), ("b", 1.0, 0.25), ("c", 0.0, 0.0)]


def test_where_nothing_weighs_there_are_no_shares(cohort, rows):
    on_a = [score for score in ONE_EACH if score[2] == "a"]
    cohort(on_a, criteria=[{"cohort": "1", "criterion": "a", "weight": 0} | TEN])
    assert [row["share_weight"] for row in rows("ranked_criteria", cohort="1")] == [None]
    assert rows("ranked_means", cohort="1") == []


def test_means_are_told_from_the_lowest_to_the_highest_score(cohort, rows):
    cohort(ONE_EACH, withdrawn=["A5"])
    assert [tuple(row.values()) for row in rows("ranked_means", cohort="1")] == [
        ("A1", "a", 0.4),
        ("A1", "b", 0.8),
        ("A2", "a", 0.8),
        ("A2", "b", 0.8),
        ("A3", "a", 0.5),
        ("A3", "b", 0.5),
    ]


@pytest.mark.parametrize("shift, stretch", [(0, 1), (1, 1), (-3, 1), (0, 10), (0, 0.1), (7, 3)])
def test_shifting_or_stretching_a_scale_changes_no_mean(cohort, rows, shift, stretch):
    cohort(
        [(name, who, what, shift + stretch * score) for name, who, what, score in ONE_EACH],
        criteria=[
            {
                "cohort": "1",
                "criterion": name,
                "weight": weight,
                "scale_min": shift,
                "scale_max": shift + stretch * 10,
            }
            for name, weight in (("a", 3), ("b", 1), ("c", 0))
        ],
    )
    assert [row["scaled"] for row in rows("ranked_means", cohort="1")] == [
        *(0.4, 0.8, 0.8, 0.8, 0.5, 0.5),
        *(0.9, 0.9),
    ]
    assert [row["place"] for row in rows("ranked_applications", cohort="1")] == [1, 2, 3, 3]


def test_an_application_has_its_reviews_with_scales_and_weights(cohort, rows):
    cohort(ONE_EACH)
    found = rows("application_reviews", cohort="1", application="A3")
    assert found == [
        {"reviewer": "R1", "criterion": "a", "score": 4.0, "weight": 3.0} | TEN,
        {"reviewer": "R1", "criterion": "b", "score": 5.0, "weight": 1.0} | TEN,
        {"reviewer": "R2", "criterion": "a", "score": 6.0, "weight": 3.0} | TEN,
    ]
    assert rows("application_reviews", cohort="2", application="A3") == []


def test_on_a_past_day_later_scores_are_not_known(cohort, rows):
    later = {"scored_on": date(2023, 6, 1)}
    cohort([*ONE_EACH[:2], ("A1", "R2", "a", 10, *later.items())])
    day = date(2023, 5, 1)
    assert rows("ranked_applications", cohort="1", as_of=day)[0]["total"] == 5.0
    assert rows("ranked_applications", cohort="1")[0]["total"] == 7.25
    assert rows("ranked_means", cohort="1", as_of=day)[0]["scaled"] == 0.4
    assert len(rows("application_reviews", cohort="1", application="A1", as_of=day)) == 2
    assert len(rows("application_reviews", cohort="1", application="A1")) == 3

"""The questions of the page on scores, each on a cohort small enough to be counted by hand."""

import numpy as np
import pytest

AFR, EUR = "KEN", "EST"


@pytest.fixture
def cohort(database):
    """`cohort([(id, score, stage, ...)])`: one criterion from 0 to 20, one review: total = score.

    A score of None leaves the application without one. `places` are the cohort's.
    """

    def build(applications, places=None, **more):
        database(
            {
                "cohort": [{"cohort": "1", "places": places}],
                "country": [{"country": AFR, "name_en": "Kenya"}, {"country": EUR}],
                "country_group": [
                    {"country": AFR, "group_code": "AFR"},
                    {"country": EUR, "group_code": "EUR"},
                ],
                "criterion": [
                    {
                        "cohort": "1",
                        "criterion": "c",
                        "weight": 1,
                        "scale_min": 0,
                        "scale_max": 20,
                    }
                ],
                "application": [
                    {
                        "application_id": name,
                        "cohort": "1",
                        "country": AFR,
                        "organization": f"Organization {name}",
                        "stage": stage,
                    }
                    | dict(*rest)
                    for name, _, stage, *rest in applications
                ],
                "score": [
                    {"application_id": name, "reviewer": "r", "criterion": "c", "score": score}
                    for name, score, *_ in applications
                    if score is not None
                ],
            }
            | more
        )

    return build


SIX = [
    ("A1", 20, "selected"),
    ("A2", 10, "selected"),
    ("A3", 7, "reserve"),
    ("A4", 4, "not selected"),
    ("A5", 2, "not selected"),
    ("A6", 1, "selected"),
]
ASK = {"cohort": "1", "fewest": 3, "near": 0.05}


def test_quantiles_are_those_of_type_7(cohort, rows):
    cohort(SIX)
    (found,) = rows("score_summary", **ASK)
    told = [found[name] for name in ("lower_quartile", "median", "upper_quartile")]
    assert told == [2.5, 5.5, 9.25]  # positions 2.25, 3.5 and 4.75 of 1 2 4 7 10 20
    totals = [score for _, score, _ in SIX]
    assert told == list(np.quantile(totals, [0.25, 0.5, 0.75], method="linear"))


def test_the_summary_counts_beside_every_mean(cohort, rows):
    cohort(SIX, places=3)
    assert rows("score_summary", **ASK) == [
        {
            "applications": 6,
            "reviewed": 6,
            "scored": 6,
            "withdrawn": 0,
            "incomplete": 0,
            "selected": 3,
            "others": 3,
            "mean": pytest.approx(44 / 6),
            "selected_mean": pytest.approx(31 / 3),
            "others_mean": pytest.approx(13 / 3),
            "lower_quartile": 2.5,
            "median": 5.5,
            "upper_quartile": 9.25,
            "lowest": 1,
            "highest": 20,
            "near": 0,
            "decided_on": None,
            "total_min": 0,
            "total_max": 20,
            "criteria": 1,
            "places": 3,
            "last_in": 7,
            "first_out": 4,
            "line": 5.5,
            "near_by": 1,
            "tied": 0,
        }
    ]


def test_tells_no_mean_and_no_quantile_of_fewer_than_asked(cohort, rows):
    cohort(SIX[:2])
    (found,) = rows("score_summary", **ASK)
    untold = ("mean", "selected_mean", "others_mean", "lower_quartile", "median", "upper_quartile")
    assert [found[name] for name in untold] == [None] * 6
    assert (found["scored"], found["lowest"], found["highest"]) == (2, 10, 20)


def test_near_the_line_counts_both_sides_and_its_very_end_but_nobody_withdrawn(cohort, rows):
    # The line is 5.5; near is 1, a twentieth of the scale.
    scores = [(7, "selected"), (6.5, "selected"), (6, "selected"), (5, "reserve"), (4.4, "reserve")]
    cohort([(f"A{n}", *row) for n, row in enumerate([*scores, (5.5, "withdrawn")])], places=3)
    (found,) = rows("score_summary", **ASK)
    assert (found["line"], found["near"], found["withdrawn"]) == (5.5, 3, 1)


def test_a_tie_across_the_line_is_counted_in_the_whole_cohort(cohort, rows):
    tie = [("A1", 9, "selected"), ("A2", 6, "selected"), ("A3", 6, "reserve"), ("A4", 6, "reserve")]
    cohort(tie, places=2)
    (found,) = rows("score_summary", **ASK, stage=["selected"])
    assert (found["scored"], found["line"], found["tied"]) == (2, 6, 3)


def test_a_tie_on_one_side_of_the_line_is_none_across_it(cohort, rows):
    cohort([("A1", 9, "selected"), ("A2", 9, "selected"), ("A3", 6, "reserve")], places=2)
    (found,) = rows("score_summary", **ASK)
    assert (found["line"], found["tied"]) == (7.5, 0)


@pytest.mark.parametrize("places", [None, 2, 3])
def test_there_is_no_line_without_somebody_on_either_side(cohort, rows, places):
    cohort([("A1", 9, "evaluated"), ("A2", 8, "evaluated")], places=places)
    (found,) = rows("score_summary", **ASK)
    assert (found["places"], found["line"], found["near"], found["tied"]) == (places, None, 0, 0)


def test_without_criteria_there_is_no_scale_and_no_total(cohort, rows):
    cohort([("A1", None, "submitted")], criterion=[])
    (found,) = rows("score_summary", **ASK)
    assert (found["applications"], found["reviewed"], found["scored"]) == (1, 0, 0)
    assert (found["criteria"], found["total_min"]) == (None, None)


TWO_CRITERIA = {
    "criterion": [
        {"cohort": "1", "criterion": "big", "weight": 3, "scale_min": 0, "scale_max": 10},
        {"cohort": "1", "criterion": "odd", "weight": 1, "scale_min": 1, "scale_max": 5},
        {"cohort": "1", "criterion": "new", "weight": 0, "scale_min": 0, "scale_max": 10},
    ],
    "score": [
        {"application_id": name, "reviewer": reviewer, "criterion": criterion, "score": score}
        for name, reviewer, criterion, score in [
            ("A1", "r", "big", 8),
            ("A1", "s", "big", 10),
            ("A1", "r", "odd", 3),
            ("A2", "r", "big", 5),
        ]
    ],
}


def test_an_application_scored_on_some_criteria_is_reviewed_and_has_no_total(cohort, rows):
    cohort([("A1", None, "selected"), ("A2", None, "reserve")], **TWO_CRITERIA)
    (found,) = rows("score_summary", **ASK)
    assert (found["reviewed"], found["scored"], found["incomplete"]) == (2, 1, 1)
    # Criteria of different scales: totals from 0 to 100. (3 * 0.9 + 1 * 0.5) / 4 = 0.8
    assert (found["total_max"], found["highest"]) == (100, 80)


def test_criteria_are_told_on_the_scale_of_the_totals_also_those_nobody_scored(cohort, rows):
    cohort([("A1", None, "selected"), ("A2", None, "reserve")], **TWO_CRITERIA)
    found = rows("score_by_criterion", cohort="1", fewest=1)
    names = ("part", "applications", "scored", "unscored", "mean", "median", "lowest", "highest")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("big", 2, 2, 0, 70, 70, 50, 90),
        ("odd", 2, 1, 1, 50, 50, 50, 50),
        ("new", 2, 0, 2, None, None, None, None),
    ]
    names = ("selected", "selected_mean", "others", "others_mean")
    assert [tuple(row[name] for name in names) for row in found] == [
        (1, 90, 1, 50),
        (1, 50, 0, None),
        (0, None, 0, None),
    ]


def test_criteria_tell_no_mean_of_fewer_than_asked(cohort, rows):
    cohort([("A1", None, "selected"), ("A2", None, "reserve")], **TWO_CRITERIA)
    big = rows("score_by_criterion", cohort="1", fewest=2)[0]
    assert (big["mean"], big["selected_mean"], big["others_mean"]) == (70, None, None)


PARTS = [
    ("A1", 10, "selected", {"organization_type": "lab"}),
    ("A2", 7, "selected", {"country": EUR, "organization_type": "lab"}),
    ("A3", 4, "reserve", {"organization_type": "ministry"}),
    ("A4", 1, "reserve", {}),
    ("A5", None, "eligible", {"organization_type": "firm"}),
]


def by_part(rows, **asked):
    names = ("part", "applications", "scored", "unscored", "mean", "median", "lowest", "highest")
    found = rows("score_by_part", cohort="1", **asked)
    return [tuple(row[name] for name in names) for row in found]


def test_regions_come_in_the_order_asked_for_also_those_with_none(cohort, rows):
    cohort(PARTS)
    assert by_part(rows, by="region", parts=["EUR", "CIS", "AFR"], fewest=2) == [
        ("EUR", 1, 1, 0, None, None, 7, 7),
        ("CIS", 0, 0, 0, None, None, None, None),
        ("AFR", 4, 3, 1, 5, 4, 1, 10),
    ]


def test_types_without_a_row_of_their_own_count_together(cohort, rows):
    cohort(PARTS)
    parts = ["lab", "other types", "not stated"]
    assert by_part(rows, by="type", parts=parts, fewest=1) == [
        ("lab", 2, 2, 0, 8.5, 8.5, 7, 10),
        ("other types", 2, 1, 1, 4, 4, 4, 4),
        ("not stated", 1, 1, 0, 1, 1, 1, 1),
    ]


def test_stages_say_who_lies_above_the_line_and_on_it(cohort, rows):
    cohort([*PARTS, ("A6", 4, "selected")], places=3)
    found = rows("score_by_part", cohort="1", by="stage", parts=["selected", "reserve"], fewest=1)
    names = ("part", "scored", "above", "on_line", "selected", "others")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("selected", 3, 2, 1, 3, 0),
        ("reserve", 2, 0, 1, 0, 2),
    ]


def test_selected_and_others_have_means_of_their_own(cohort, rows):
    cohort(PARTS)
    (found,) = rows("score_by_part", cohort="1", by="region", parts=["AFR"], fewest=2)
    names = ("selected", "selected_mean", "others", "others_mean")
    assert tuple(found[name] for name in names) == (1, None, 2, 2.5)


def test_the_filters_hold_for_every_part(cohort, rows):
    cohort(PARTS)
    asked = {"by": "type", "parts": ["lab"], "fewest": 1}
    assert by_part(rows, **asked, region="EUR") == [("lab", 1, 1, 0, 7, 7, 7, 7)]


BINS = {"cohort": "1", "start": 0, "width": 0.1, "bins": 200}


def test_an_interval_holds_its_lower_end_and_the_last_both(cohort, rows):
    # In binary arithmetic 7.3 / 0.1 is 72.99999999999999.
    cohort(
        [
            ("A1", 7.3, "selected"),
            ("A2", 7.35, "reserve"),
            ("A3", 7.4, "reserve"),
            ("A4", 0, "reserve"),
            ("A5", 20, "selected"),
        ]
    )
    expected = [(0, 0, 1), (73, 1, 1), (74, 0, 1), (199, 1, 0)]
    found = rows("score_bins", **BINS, by="region", parts=["AFR"])
    assert found == [
        {"part": "AFR", "bin": bin, "selected": selected, "others": others}
        for bin, selected, others in expected
    ]
    found = rows("score_bins_by_criterion", **BINS)
    assert found == [
        {"part": "c", "bin": bin, "selected": selected, "others": others}
        for bin, selected, others in expected
    ]


def test_intervals_are_counted_for_each_part_that_was_asked_for(cohort, rows):
    cohort(PARTS)
    bins = BINS | {"width": 5, "bins": 4}
    found = rows("score_bins", **bins, by="type", parts=["lab", "not stated"])
    assert found == [
        {"part": "lab", "bin": 1, "selected": 1, "others": 0},
        {"part": "lab", "bin": 2, "selected": 1, "others": 0},
        {"part": "not stated", "bin": 0, "selected": 0, "others": 1},
    ]


def test_criteria_are_binned_on_the_scale_of_the_totals(cohort, rows):
    cohort([("A1", None, "selected"), ("A2", None, "reserve")], **TWO_CRITERIA)
    assert rows("score_bins_by_criterion", **BINS | {"width": 10, "bins": 10}) == [
        {"part": "big", "bin": 5, "selected": 0, "others": 1},
        {"part": "big", "bin": 9, "selected": 1, "others": 0},
        {"part": "odd", "bin": 5, "selected": 1, "others": 0},
    ]


def test_a_dot_is_an_application_with_a_total_highest_first(cohort, rows):
    cohort(PARTS[2:])
    africa = {"country_name": "Kenya", "region": "AFR", "stage": "reserve", "complete": True}
    assert rows("score_dots", cohort="1", most=9) == [
        africa
        | {"application_id": "A3", "organization": "Organization A3", "total": 4, "place": 1}
        | {"organization_type": "ministry"},
        africa
        | {"application_id": "A4", "organization": "Organization A4", "total": 1, "place": 2}
        | {"organization_type": None},
    ]


def test_there_are_never_more_dots_than_asked_for(cohort, rows):
    cohort(SIX)
    found = rows("score_dots", cohort="1", most=2)
    assert [row["application_id"] for row in found] == ["A1", "A2"]
    found = rows("score_dots_by_criterion", cohort="1", most=2)
    assert [row["application_id"] for row in found] == ["A1", "A2"]


def test_a_dot_of_a_criterion_says_whether_every_review_scored_it(cohort, rows):
    cohort([("A1", None, "selected"), ("A2", None, "reserve")], **TWO_CRITERIA)
    found = rows("score_dots_by_criterion", cohort="1", most=9)
    names = ("part", "application_id", "stage", "mean", "complete")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("big", "A1", "selected", 90, True),
        ("big", "A2", "reserve", 50, True),
        ("odd", "A1", "selected", 50, False),
    ]


def test_the_most_frequent_types_of_the_whole_cohort_come_first(cohort, rows):
    cohort(PARTS)
    assert rows("organization_types", cohort="1", most=2) == [
        {"organization_type": "lab", "applications": 2},
        {"organization_type": "firm", "applications": 1},
    ]

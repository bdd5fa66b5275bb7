"""A panel's scores taken whole: every panel has its numbers, or a reason for having none."""

import numpy as np
import pandas as pd
import pytest

from analysis.assessment import CHANCES, ESTIMATED, assessed, review_totals

# Two criteria on scales of their own; a third that weighs nothing.
CRITERIA = {"idea": (3.0, 0.0, 10.0), "team": (1.0, 1.0, 5.0), "note": (0.0, 0.0, 10.0)}
AGREEMENT = [
    "criterion", "applications", "reviewers", "reviews", "reviews_each", "complete", "mean",
    "var_application", "var_reviewer", "var_residual", "icc_a1", "icc_a1_low", "icc_a1_high",
    "icc_c1", "icc_c1_low", "icc_c1_high", "icc_ak", "icc_ak_low", "icc_ak_high",
    "reviewers_needed", "alpha", "alpha_low", "alpha_high", "reason",
]  # fmt: skip
REVIEWERS = [
    "reviewer", "connected", "applications", "reviews", "mean_given", "severity", "severity_low",
    "severity_high", "only_region", "reason",
]  # fmt: skip
APPLICATIONS = [
    "application_id", "reviews", "connected", "raw", "adjusted", "adjusted_sd", "adjusted_place",
    "above", "above_error", "expected_rank", "rank_low", "rank_high", "disagreement",
    "disagreement_chance", "reason",
]  # fmt: skip


def scores(given: dict[str, str], criterion: str = "idea") -> pd.DataFrame:
    """{"A": "R5 S7"}: what each reviewer gave to each application on one criterion."""
    return pd.DataFrame(
        [
            (application, one[0], criterion, float(one[1:]), *CRITERIA[criterion])
            for application, several in given.items()
            for one in several.split()
        ],
        columns=[
            "application_id", "reviewer", "criterion", "score", "weight", "scale_min", "scale_max",
        ],
    ).astype({"application_id": str, "reviewer": str})  # fmt: skip


def pool(names: str, places: float = 1, regions: str | None = None) -> pd.DataFrame:
    """The applications with these names of one letter; a letter for the region of each."""
    return pd.DataFrame(
        {
            "application_id": list(names),
            "region": list(regions or "X" * len(names)),
            "total": [float(5 + at) for at in range(len(names))],
            "places": places,
            "total_min": 0.0,
            "total_max": 100.0,
        }
    ).astype({"application_id": str, "region": str})


GOOD = {"A": "R4 S5 T4", "B": "R7 S9", "C": "S6 T5", "D": "R2 T2 S3"}


def test_a_review_is_told_as_the_total_it_would_have_made_alone():
    both = pd.concat(
        [
            scores({"A": "R6 S8", "B": "R4"}),
            scores({"A": "R2 S5", "B": "S3"}, "team"),
            scores({"A": "R9"}, "note"),
        ]
    )
    # R on A: (3 × 6/10 + 1 × 1/4) / 4 of 100. B has no reviewer who scored both that count.
    assert review_totals(both, pool("AB")).values.tolist() == [
        ["A", "R", pytest.approx(51.25)],
        ["A", "S", pytest.approx(85.0)],
    ]


def test_the_frames_have_the_columns_of_the_tables():
    found = assessed(scores(GOOD), pool("ABCD"))
    assert list(found.agreement) == AGREEMENT
    assert list(found.reviewers) == REVIEWERS
    assert list(found.applications) == APPLICATIONS


def test_the_total_comes_first_then_the_criteria_by_weight():
    both = pd.concat([scores(GOOD, "note"), scores(GOOD, "team"), scores(GOOD)])
    found = assessed(both, pool("ABCD")).agreement
    assert found["criterion"].tolist() == [None, "idea", "team", "note"]
    assert found["reason"].tolist() == [None] * 4


def test_a_criterion_is_told_in_its_own_points_and_the_total_in_the_cohorts():
    found = assessed(scores(GOOD), pool("ABCD")).agreement
    assert found["mean"].tolist() == pytest.approx([47.0, 4.7])
    assert found["var_residual"][0] == pytest.approx(100 * found["var_residual"][1])
    assert found["icc_ak"][0] == pytest.approx(found["icc_ak"][1])


def test_every_application_of_the_pool_has_a_row_also_without_a_complete_review():
    both = pd.concat([scores(GOOD | {"E": "U5"}), scores(GOOD, "team")])
    found = assessed(both, pool("ABCDE"))
    applications = found.applications.set_index("application_id")
    assert applications["reviews"].to_dict() == {"A": 3, "B": 2, "C": 2, "D": 3, "E": 0}
    assert applications["reason"].to_dict() == dict.fromkeys("ABCD") | {"E": "no_complete_review"}
    assert applications.loc["E", list(CHANCES)].isna().all()
    reviewers = found.reviewers.set_index("reviewer")
    assert reviewers.loc["U", ["applications", "reviews"]].tolist() == [1, 0]
    assert reviewers.loc["U", "reason"] == "no_complete_review"
    # It takes its share of the one place all the same, with what is known of any application.
    assert 0.5 < applications["above"].sum() < 1


def test_the_probabilities_of_being_above_the_line_sum_to_the_places():
    found = assessed(scores(GOOD), pool("ABCD", places=2)).applications
    assert found["above"].sum() == pytest.approx(2)


def test_without_a_line_nobody_is_above_it_and_ranks_are_still_told():
    found = assessed(scores(GOOD), pool("ABCD", places=np.nan)).applications
    assert found["above"].isna().all() and found["expected_rank"].notna().all()


def test_more_places_than_applications_leave_everybody_above():
    found = assessed(scores(GOOD), pool("ABCD", places=9)).applications
    assert found["above"].tolist() == [1, 1, 1, 1]


def test_scores_of_applications_that_hold_no_place_are_left_out():
    without = assessed(scores({name: GOOD[name] for name in "ABC"}), pool("ABC"))
    withdrawn = assessed(scores(GOOD), pool("ABC"))
    for one, other in zip(without, withdrawn, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_who_read_one_region_alone_is_named_with_it():
    found = assessed(scores(GOOD), pool("ABCD", regions="XYYX")).reviewers
    assert found["only_region"].tolist() == [None, None, None]
    found = assessed(scores(GOOD | {"C": "S6 U5"}), pool("ABCD", regions="XYYX")).reviewers
    assert found.set_index("reviewer")["only_region"].to_dict() == {
        "R": None, "S": None, "T": "X", "U": "Y",
    }  # fmt: skip


def test_where_everything_is_of_one_region_nothing_is_withheld_for_it():
    found = assessed(scores(GOOD), pool("ABCD"))
    assert found.reviewers["only_region"].tolist() == ["X", "X", "X"]
    assert found.applications["adjusted_place"].notna().all()


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, "no_reviews"),
        ({"A": "R5 S7"}, "one_application"),
        ({"A": "R5", "B": "R7"}, "one_reviewer"),
        ({"A": "R5", "B": "S7", "C": "R2"}, "one_review_each"),
        ({"A": "R5 S5", "B": "R5 S5"}, "all_equal"),
        ({"A": "R5 S6", "B": "S5 T7"}, "no_residual"),
    ],
)
def test_what_cannot_be_assessed_says_why_and_tells_no_number(given, expected):
    found = assessed(scores(given), pool("".join(given)))
    assert set(found.agreement["reason"]) == {expected}
    assert found.agreement[list(ESTIMATED)].isna().all(axis=None)
    assert set(found.reviewers["reason"]) <= {expected}
    assert found.reviewers[["severity", "severity_low", "severity_high"]].isna().all(axis=None)
    assert set(found.applications["reason"]) <= {expected}
    assert found.applications["raw"].tolist() == [5.0 + at for at in range(len(given))]
    told = ["adjusted", "adjusted_sd", "adjusted_place", *CHANCES, "disagreement"]
    assert found.applications[told].isna().all(axis=None)
    assert found.applications["reviews"].tolist() == [len(x.split()) for x in given.values()]


def test_panels_that_differ_from_each_other_alone_are_not_assessed_and_say_so():
    found = assessed(scores({"A": "R5 S5", "B": "R5 S5", "C": "T7"}), pool("ABC"))
    for frame in found:
        assert set(frame["reason"]) == {"sets_apart"}
    assert found.agreement[list(ESTIMATED)].isna().all(axis=None)
    assert found.applications[["adjusted", *CHANCES]].isna().all(axis=None)


@pytest.mark.parametrize(
    "given",
    [
        {"A": "R5 S6", "B": "R5 S8"},  # who gave everyone the same
        {"A": "R5 S6", "B": "R7 S8"},  # no noise
        {"A": "R5 S6", "B": "R4 S8", "C": "T5 U6", "D": "T7 U9"},  # two panels in one
        {"A": "R1 S9", "B": "R9 S1", "C": "R5 S5"},  # nothing but disagreement
        {"A": "R5 S5", "B": "R5 S5", "C": "R5 S6"},  # one score differs
    ],
)
def test_what_can_be_assessed_has_its_numbers(given):
    found = assessed(scores(given), pool("".join(given)))
    assert (
        found.agreement[["var_application", "var_reviewer", "var_residual"]].notna().all(axis=None)
    )
    assert found.reviewers["severity"].notna().all()
    assert found.applications[["adjusted", "adjusted_sd", *CHANCES]].notna().all(axis=None)
    assert not np.isinf(found.applications.select_dtypes("number").astype(float)).any(axis=None)
    assert found.applications["above"].sum() == pytest.approx(1)


def test_two_reviews_turned_around_have_variances_and_no_share():
    found = assessed(scores({"A": "R0 S1", "B": "R1 S0"}), pool("AB"))
    assert found.agreement["reason"].tolist() == ["undefined", "undefined"]
    assert found.agreement["icc_ak"].isna().all() and found.applications["reason"].isna().all()


def test_above_20_000_applications_there_is_no_model_and_the_totals_stay():
    many = pool("A").loc[[0] * 20_001].assign(application_id=[f"A{at:05}" for at in range(20_001)])
    found = assessed(scores({"A": "R5 S7"}), many)
    assert found.agreement["reason"].tolist() == ["too_many"]
    assert len(found.applications) == 20_001
    assert set(found.applications["reason"]) == {"too_many"}
    assert found.applications["raw"].notna().all()


def test_the_order_of_rows_changes_nothing():
    both = pd.concat([scores(GOOD), scores(GOOD, "team")])
    one = assessed(both, pool("ABCD"))
    other = assessed(both.sample(frac=1, random_state=1), pool("ABCD")[::-1])
    for here, there in zip(one[:2], other[:2], strict=True):
        pd.testing.assert_frame_equal(here, there)
    pd.testing.assert_frame_equal(
        one.applications.drop(columns="raw"), other.applications.drop(columns="raw")
    )

"""Reviewers and applications beside each other: what is told, and where nothing is."""

import numpy as np
import pandas as pd
import pytest

from analysis.panel import design, fit
from analysis.posterior import posterior
from analysis.severity import by_application, by_reviewer


def reviews(given: dict[str, str]) -> pd.DataFrame:
    """{"A": "R5 S7"}: what each reviewer gave to each application."""
    return pd.DataFrame(
        [
            (application, one[0], float(one[1:]))
            for application, several in given.items()
            for one in several.split()
        ],
        columns=["application_id", "reviewer", "value"],
    )


def told(given: dict[str, str], narrow: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    panel = design(reviews(given))
    components = fit(panel)
    found = posterior(panel, components)
    narrow = np.isin(panel.reviewers, list(narrow))
    return (
        by_reviewer(panel, found).set_index("reviewer"),
        by_application(panel, narrow, found, components).set_index("application_id"),
    )


# S gives two points less than the others, who agree.
SEVERE = {
    "A": "R8 S6 T8",
    "B": "R3 T3",
    "C": "R5 S3",
    "D": "S7 T9",
    "E": "R6 T6",
}


def test_who_gives_two_points_less_than_the_others_is_told_so():
    reviewers, _ = told(SEVERE)
    assert reviewers["severity"].to_dict() == pytest.approx({"R": 1, "S": -2, "T": 1})
    assert reviewers["mean_given"].to_dict() == pytest.approx({"R": 5.5, "S": 16 / 3, "T": 6.5})
    assert reviewers["reviews"].to_dict() == {"R": 4, "S": 3, "T": 4}
    assert reviewers["reason"].tolist() == [None] * 3


def test_places_are_those_with_severity_taken_out():
    _, applications = told(SEVERE)
    # Without S all is told: A 8, B 3, C 5, D 9, E 6; A's raw mean is above C's and D's.
    assert applications["adjusted_place"].to_dict() == {"A": 2, "B": 5, "C": 4, "D": 1, "E": 3}


def test_where_reviews_are_few_severity_is_shrunk():
    rng = np.random.default_rng(1)
    given = {
        f"A{i:02}": f"R{5 + rng.normal():.2f} T{5 + rng.normal():.2f} U{5 + rng.normal():.2f}"
        for i in range(30)
    }
    one_low = reviews(given | {"A00": given["A00"] + " S2"})
    many_low = reviews(given | {name: f"{of} S2.5" for name, of in given.items()})
    few, many = (
        by_reviewer(panel, posterior(panel, fit(panel))).set_index("reviewer").loc["S"]
        for panel in map(design, (one_low, many_low))
    )
    assert -3 < few["severity"] < 0
    assert many["severity"] == pytest.approx(-2.5, abs=0.3)
    assert few["severity_high"] - few["severity_low"] > many["severity_high"] - many["severity_low"]


APART = {
    "A": "R4 S5",
    "B": "R6 S8",
    "C": "R5 S5",
    "D": "T4 U5",
    "E": "T7 U6",
}


def test_what_is_not_connected_with_most_of_the_rest_gets_no_place():
    reviewers, applications = told(APART)
    assert reviewers["connected"].to_dict() == {"R": 1, "S": 1, "T": 2, "U": 2}
    assert applications["connected"].tolist() == [1, 1, 1, 2, 2]
    assert applications["reason"].tolist() == [None] * 3 + ["not_connected"] * 2
    assert applications["adjusted_place"].isna().tolist() == [False] * 3 + [True] * 2
    assert applications["adjusted"].notna().all()


def test_two_halves_that_are_not_connected_get_no_places_at_all():
    half = {name: APART[name] for name in "ABDE"}
    assert told(half)[1]["reason"].tolist() == ["not_connected"] * 4


def test_severities_of_each_set_are_among_themselves():
    reviewers, _ = told(APART)
    for one, other in ("RS", "TU"):
        assert reviewers["severity"][one] == pytest.approx(-reviewers["severity"][other])


def test_where_all_reviewers_read_one_region_alone_there_is_no_place():
    given = {"A": "R4 S5", "B": "R6 S8", "C": "S5 T5", "D": "T4 U5", "E": "T7 U6"}
    _, applications = told(given, narrow="RU")
    assert applications["reason"].tolist() == [None] * 5  # each has S or T, who read several
    _, applications = told(given, narrow="RSU")
    assert applications["reason"].tolist() == ["one_region", "one_region", None, None, None]


def test_one_review_disagrees_with_nothing():
    _, applications = told({"A": "R4 S5", "B": "R6 S8", "C": "R5"})
    assert applications["disagreement"].isna().tolist() == [False, False, True]
    assert applications["disagreement_chance"].isna().tolist() == [False, False, True]


def test_more_disagreement_than_chance_makes_is_rare_and_usual_is_not():
    rng = np.random.default_rng(2)
    given = {
        f"A{i:02}": " ".join(f"{who}{5 + i % 5 + rng.normal(0, 0.5):.2f}" for who in "RSTU")
        for i in range(40)
    }
    given["A00"] = "R2 S8 T2 U8"
    _, applications = told(given)
    assert applications["disagreement_chance"]["A00"] == 0
    others = applications["disagreement_chance"].drop("A00")
    # A share among panels of the same design lies anywhere between 0 and 1.
    assert others.between(0.05, 0.95).mean() > 0.7
    assert applications["disagreement"]["A00"] == pytest.approx(
        np.std([2, 8, 2, 8], ddof=1), rel=0.2
    )


def test_nobody_is_told_to_be_severe_where_variances_cannot_be_told_apart():
    panel = design(reviews({"A": "R4", "B": "S6"}))
    found = by_reviewer(panel, None)
    assert found["severity"].isna().all() and found["reason"].tolist() == [None, None]
    assert found["connected"].tolist() == [1, 2]

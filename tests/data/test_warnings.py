"""What is odd is said, and lets the import pass."""

from collections.abc import Callable

import pytest

TARGETS = "centre_id,cohort,indicator,baseline,baseline_on,target,due_on,set_on\n{}"


def targets(separator: str, *values: str) -> str:
    """A target of Z1 for each of the values, in a file with this separator."""
    rows = (f"Z1,,I1,0,2023-09-01,{value},202{n}-06-30,\n" for n, value in enumerate(values, 5))
    return TARGETS.format("".join(rows)).replace(",", separator)


# What is odd -> what is changed in the right files, and the lines that are printed.
CASES = {
    "fewer reviews than usual": (
        {"scores": ("A3,R3,C1,7,\nA3,R3,C2,3,\n", "")},
        [
            "warning: applications.csv:4:application_id: application A3 is selected and has only "
            "2 of the usual 3 reviews (at least 3 reviewers with scores)"
        ],
    ),
    "no scores at all": (
        {"scores": None},
        [
            "warning: cohorts.csv:2:cohort: cohort 1 has evaluated applications and no scores "
            "(scores for what was evaluated)"
        ],
    ),
    "the same reviewer twice": (
        {"reviewers": ("R3,Cem", "R3,ANN")},
        [
            "warning: reviewers.csv:4:name: reviewer R3 is named ANN, like reviewer R1, who is Ann "
            "(each person once)"
        ],
    ),
    "an organization under two spellings": (
        {"applications": ("Fale", "hub ")},
        [
            "warning: applications.csv:4:organization: hub looks like Hub of application A1 "
            "(an organization under one name)"
        ],
    ),
    "fewer selected than there are places": (
        {"cohorts": ("2023-06-30,2,", "2023-06-30,3,")},
        [
            "warning: cohorts.csv:2:places: cohort 1 has places for 3, and 2 applications are "
            "selected (as many as there are places, since it is decided)"
        ],
    ),
    "a decimal point that may part thousands, in a file parted by semicolons": (
        {"targets": targets(";", "1.500", "950", "-12.000")},
        [
            "warning: targets.csv:1:target: 1.500 is read as 1.5, and every point in the column "
            "could as well part the thousands (1500 where that is meant)"
        ],
    ),
    "points in the column that part no thousands": (
        {"targets": targets(";", "1.500", "2.25")},
        [],
    ),
    "a decimal point in a file parted by commas": ({"targets": targets(",", "1.500")}, []),
    "a reviewer without scores": (
        {"reviewers": ("R3,Cem,,\n", "R3,Cem,,\nR4,Dan,,\n")},
        [
            "warning: reviewers.csv:5:reviewer: reviewer R4 has given no score "
            "(scores by every reviewer)"
        ],
    ),
    "selected below one that was not": (
        {
            "applications": (
                "2023-02-02,not selected,,\nA3,1,FJ,Fale,,,2023-02-03,selected,KAP-5",
                "2023-02-02,selected,,\nA3,1,FJ,Fale,,,2023-02-03,reserve,KAP-5",
            ),
            "centres": ("Z2,A3", "Z2,A1"),
        },
        # C1 from 1 to 10 weighs 2, C2 from 0 to 5 weighs 1, told from 0 to 100:
        # A2 (2 × 4/9 + 2/5) / 3 = 42.963, A3 (2 × 6/9 + 3/5) / 3 = 64.444.
        [
            "warning: applications.csv:3:stage: application A2 is selected with a total of 42.96, "
            "below 1 with a higher one that were not: A3 (64.44) "
            "(a total above those not selected)"
        ],
    ),
    "a criterion left out": (
        {"scores": ("A2,R3,C2,2,\n", "")},
        [
            "warning: scores.csv:12:criterion: reviewer R3 gave application A2 no score for C2 "
            "(a score for each criterion)"
        ],
    ),
    "a centre of an application that was not selected": (
        {"centres": ("Z2,A3", "Z2,A2")},
        [
            "warning: centres.csv:3:application_id: centre Z2 belongs to application A2, which is "
            "not selected (an application that was selected)"
        ],
    ),
    "submitted after the call was closed": (
        {"applications": ("2023-02-02", "2023-04-02")},
        [
            "warning: applications.csv:3:submitted_on: 2023-04-02 lies after 2023-03-31, when "
            "cohort 1 was closed (a date up to 2023-03-31)"
        ],
    ),
}


@pytest.mark.parametrize("changes, expected", CASES.values(), ids=CASES)
def test_warns_and_lets_it_pass(
    changes: dict, expected: list[str], files: Callable, said: Callable
) -> None:
    assert said(files(**changes)) == expected


def test_warns_when_a_header_alone_drops_what_is_stored(
    files: Callable, said: Callable, store_with: Callable, right: dict[str, str]
) -> None:
    empty = files(conflicts="person,application_id,country\n")
    assert said(empty) == []
    store_with(**right)
    assert said(empty) == [
        "warning: conflicts.csv::: the table has no rows, so the 2 of snapshot 1 are dropped "
        "(rows, or no such table to keep them)"
    ]

"""Rows that contradict each other or themselves: a finding for each, in one go."""

from collections.abc import Callable

import pytest

# What is wrong -> what is changed in the right files, and the lines that are printed.
CASES = {
    "a score above its scale": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,11")},
        ["scores.csv:2:score: 11 lies outside the scale of criterion C1 (a number from 1 to 10)"],
    ),
    "a score below its scale": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,0.5")},
        ["scores.csv:2:score: 0.5 lies outside the scale of criterion C1 (a number from 1 to 10)"],
    ),
    "a negative weight": (
        {"criteria": ("Idea,2", "Idea,-2")},
        ["criteria.csv:2:weight: -2 is negative (a weight of 0 or more)"],
    ),
    "weights all zero": (
        {
            "criteria": "cohort,criterion,name,weight,scale_min,scale_max\n"
            "1,C1,Idea,0,1,10\n1,C2,Team,0,0,5\n"
        },
        ["criteria.csv:2:weight: every weight of cohort 1 is 0 (at least one weight above 0)"],
    ),
    "weights all zero of nobody knows which cohort": (
        {
            "criteria": "cohort,criterion,name,weight,scale_min,scale_max\n,C1,Idea,0,1,10\n",
            "scores": None,
        },
        ["criteria.csv:2:cohort: the cell is empty (cohort is required)"],
    ),
    "a scale upside down": (
        {"criteria": ("2,1,10", "2,10,1")},
        [
            "criteria.csv:2:scale_max: the scale ends at 1 and begins at 10 "
            "(an end above the beginning)"
        ],
    ),
    "an application twice": (
        {"applications": ("A2,1,France", "A3,1,France"), "scores": None},
        [
            "applications.csv:4:application_id: A3 stands in row 3 already "
            "(each application_id once)"
        ],
    ),
    "a score twice": (
        {"scores": ("A1,R1,C2,4.5,", "A1,R1,C1,4.5,")},
        [
            "scores.csv:3:application_id: A1, R1, C1 stands in row 2 already "
            "(each application_id, reviewer and criterion once)"
        ],
    ),
    "a target twice, part of its key being empty": (
        {
            "targets": "centre_id,cohort,indicator,target,due_on,set_on\n"
            ",1,I1,5,2025-01-01,\n,1,I1,6,2025-01-01,\n"
        },
        [
            "targets.csv:3:centre_id: –, 1, I1, 2025-01-01, – stands in row 2 already "
            "(each centre_id, cohort, indicator, due_on and set_on once)"
        ],
    ),
    "an application that differs in case": (
        {"applications": ("A3,1,FJ", "a1,1,FJ"), "scores": None, "centres": ("Z2,A3", "Z2,A1")},
        [
            "applications.csv:4:application_id: a1 looks like A1 in row 2 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "a reviewer in Cyrillic letters that look Latin": (
        {"reviewers": ("R3,Cem,,", "R3,Cem,,\nС1,Dan,,\nC1,Eva,,")},
        [
            "reviewers.csv:6:reviewer: C1 looks like С1 in row 5 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "a centre that differs in spaces": (
        {"centres": ("Z2,A3", "Z 1,A3")},
        [
            "centres.csv:3:centre_id: Z 1 looks like Z1 in row 2 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "an indicator in letters of full width": (
        {"indicators": ("I2,G2", "Ｉ１,G2"), "targets": None, "measurements": None},
        [
            "indicators.csv:3:indicator: Ｉ１ looks like I1 in row 2 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "a goal that looks like one that comes with the dashboard": (
        {"goals": ("G2,KAP,G1", "kap-2,KAP,"), "indicators": ("I2,G2", "I2,G1")},
        [
            "goals.csv:3:goal: kap-2 looks like KAP-2 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "a breakdown under two spellings": (
        {
            "measurements": (
                "Z1,I1,2024-06-30,25,women,",
                "Z1,I1,2024-06-30,25,women,\nZ1,I1,2024-06-30,26,Women,",
            )
        },
        [
            "measurements.csv:4:breakdown: Women looks like women in row 3 "
            "(names that differ by more than case, spaces or look-alike letters)"
        ],
    ),
    "a score for a reviewer written otherwise": (
        {"scores": ("A1,R1,C1,9", "A1,r 1,C1,9")},
        ["scores.csv:2:reviewer: r 1 is not in reviewers.csv (did you mean R1?)"],
    ),
    "a score for an unknown application": (
        {"scores": ("A1,R1,C1,9", "A9,R1,C1,9")},
        [
            "scores.csv:2:application_id: A9 is not in applications.csv "
            "(the application_id of a row there)"
        ],
    ),
    "a score by an unknown reviewer": (
        {"scores": ("A1,R1,C1,9", "A1,R9,C1,9")},
        ["scores.csv:2:reviewer: R9 is not in reviewers.csv (the reviewer of a row there)"],
    ),
    "a score for an unknown criterion": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C9,9")},
        [
            "scores.csv:2:criterion: C9 is not a criterion of cohort 1, to which application A1 "
            "belongs (one of C1, C2)"
        ],
    ),
    "a score for another cohort's criterion": (
        {"scores": ("A1,R1,C1,9", "B1,R1,C1,9")},
        [
            "scores.csv:2:criterion: C1 is not a criterion of cohort 2, to which application B1 "
            "belongs (criteria for this cohort)"
        ],
    ),
    "an unknown cohort of an application with scores": (
        {"applications": ("A1,1,KEN", "A1,7,KEN")},
        ["applications.csv:2:cohort: 7 is not in cohorts.csv (the cohort of a row there)"],
    ),
    "an application that stands in two cohorts": (
        {
            "applications": (
                "B1,2,Кения,Bureau,,,2026-02-01,submitted,,\n",
                "B1,2,Кения,Bureau,,,2026-02-01,submitted,,\n"
                "A2,2,France,Labo,,,2026-02-02,not selected,,\n",
            )
        },
        [
            "applications.csv:6:application_id: A2 stands in row 3 already (each application_id "
            "once)"
        ],
    ),
    "an unknown cohort": (
        {"applications": ("B1,2", "B1,7")},
        ["applications.csv:5:cohort: 7 is not in cohorts.csv (the cohort of a row there)"],
    ),
    "an unknown plan": (
        {"cohorts": ("2026-03-31,,,BAP", "2026-03-31,,,XAP")},
        ["cohorts.csv:3:plan: XAP is not in the reference data (the plan of a row there)"],
    ),
    "an unknown goal": (
        {"applications": ("KAP-1;KAP-2", "KAP-1;KAP-9")},
        [
            "applications.csv:2:goals: KAP-9 is not among the goals "
            "(goals that are in the table goals or come with the dashboard)"
        ],
    ),
    "an unknown centre": (
        {"milestones": ("Z1,Launch", "Z7,Launch")},
        ["milestones.csv:2:centre_id: Z7 is not in centres.csv (the centre_id of a row there)"],
    ),
    "more selected than places": (
        {"cohorts": ("2023-06-30,2,", "2023-06-30,1,")},
        [
            "cohorts.csv:2:places: cohort 1 has places for 1, and 2 applications are selected "
            "(at most as many as there are places)"
        ],
    ),
    "half a place": (
        {"cohorts": ("2023-06-30,2,", "2023-06-30,2.5,")},
        ["cohorts.csv:2:places: 2.5 is no number of places (a whole number from 0 on)"],
    ),
    "closed before it was opened": (
        {"cohorts": ("2023-03-31", "2022-03-31")},
        [
            "cohorts.csv:2:closed_on: 2022-03-31 lies before opened_on, 2023-01-01 "
            "(a date from 2023-01-01 on)"
        ],
    ),
    "decided before it was closed": (
        {"cohorts": ("2023-06-30", "2023-03-01")},
        [
            "cohorts.csv:2:decided_on: 2023-03-01 lies before closed_on, 2023-03-31 "
            "(a date from 2023-03-31 on)"
        ],
    ),
    "submitted before the call was opened": (
        {"applications": ("2023-02-02", "2022-02-02")},
        [
            "applications.csv:3:submitted_on: 2022-02-02 lies before 2023-01-01, when cohort 1 was "
            "opened (a date from 2023-01-01 on)"
        ],
    ),
    "a stage before the submission": (
        {"application_stages": ("submitted,2023-02-01", "submitted,2023-01-15")},
        [
            "application_stages.csv:2:since: 2023-01-15 lies before 2023-02-01, when application "
            "A1 was submitted (a date from 2023-02-01 on)"
        ],
    ),
    "stages out of order": (
        {"application_stages": ("submitted,2023-02-01", "evaluated,2023-07-01")},
        [
            "application_stages.csv:3:since: application A1 was selected on 2023-06-30, before it "
            "was evaluated on 2023-07-01 (stages in the order of the process)",
            "applications.csv:2:stage: selected is not the latest stage in application_stages, "
            "which is evaluated since 2023-07-01 (the same stage in both)",
        ],
    ),
    "an agreement that ends before it begins": (
        {"agreements": ("2025-08-31", "2023-08-31")},
        [
            "agreements.csv:2:ends_on: 2023-08-31 lies before starts_on, 2023-09-01 "
            "(a date from 2023-09-01 on)"
        ],
    ),
    "operating before it was selected": (
        {"centre_statuses": ("operating,2023-10-01", "operating,2023-01-01")},
        [
            "centre_statuses.csv:3:since: centre Z1 was operating on 2023-01-01, before it was "
            "selected on 2023-06-30 (statuses in the order of a centre's life)"
        ],
    ),
    "a latitude off the globe": (
        {"applications": ("-1.29,36.82", "-91,36.82")},
        ["applications.csv:2:latitude: -91 is no latitude (degrees from -90 to 90)"],
    ),
    "a longitude off the globe": (
        {"centres": ("-18.14,178.44", "-18.14,278.44")},
        ["centres.csv:3:longitude: 278.44 is no longitude (degrees from -180 to 180)"],
    ),
    "one coordinate alone": (
        {"applications": ("-1.29,36.82", "-1.29,")},
        ["applications.csv:2:longitude: latitude is given without longitude (both or neither)"],
    ),
    "latitude and longitude swapped": (
        {"centres": ("-1.29,36.82", "36.82,-1.29")},
        [
            "centres.csv:2:latitude: 36.82, -1.29 is not in Kenya "
            "(a place in Kenya, latitude and longitude in degrees)"
        ],
    ),
    "a target with two owners": (
        {"targets": (",1,I2", "Z1,1,I2")},
        ["targets.csv:3:centre_id: both centre_id and cohort are filled (one owner)"],
    ),
    "a target without an owner": (
        {"targets": (",1,I2", ",,I2")},
        ["targets.csv:3:centre_id: neither centre_id nor cohort is filled (one owner)"],
    ),
    "a conflict with nothing": (
        {"conflicts": ("ben@example.org,,FRA", "ben@example.org,,")},
        [
            "conflicts.csv:3:application_id: neither application_id nor country is filled "
            "(what the person has a conflict with)"
        ],
    ),
    "a sign-in address in capitals": (
        {"conflicts": ("ben@", "Ben@")},
        [
            "conflicts.csv:3:person: Ben@example.org is not in lower case "
            "(the address as it is used to sign in: ben@example.org)"
        ],
    ),
    "six objectives": (
        {"centres": ("1;2;3;4;5", "1;2;3;4;5;6")},
        ["centres.csv:2:objectives: 6 objectives are named (up to five of the six)"],
    ),
    "a number for a yes/no indicator": (
        {"measurements": ("I2,2024-06-30,yes", "I2,2024-06-30,3")},
        ["measurements.csv:4:value: 3 for the yes/no indicator I2 (yes or no)"],
    ),
    "a priority under another name": (
        {"goals": ("G2,KAP,G1", "KAP-2,KAP,"), "indicators": ("I2,G2", "I2,G1")},
        [
            "goals.csv:3:goal: KAP-2 comes with the dashboard as Digital transformation of plan "
            "KAP (the same name and plan, or another key)"
        ],
    ),
    "goals in a circle": (
        {"goals": ("G1,KAP,KAP-1", "G1,KAP,G2")},
        [
            "goals.csv:2:parent: G1 stands below itself "
            "(parents that lead up to a goal without one)",
            "goals.csv:3:parent: G2 stands below itself "
            "(parents that lead up to a goal without one)",
        ],
    ),
    "a goal under another plan's": (
        {"goals": ("G2,KAP", "G2,BAP")},
        [
            "goals.csv:3:parent: G1 belongs to plan KAP, and G2 to plan BAP "
            "(a goal of the same plan)"
        ],
    ),
    "a goal under an unknown one": (
        {"goals": ("G2,KAP,G1", "G2,KAP,G7")},
        ["goals.csv:3:parent: G7 is not in goals.csv (the goal of a row there)"],
    ),
}


@pytest.mark.parametrize("changes, expected", CASES.values(), ids=CASES)
def test_says_everything_that_is_wrong_and_changes_nothing(
    changes: dict, expected: list[str], refused: Callable[..., list[str]]
) -> None:
    assert refused(**changes) == expected

"""As of a day: what the records dated by then say of it, rows written out for two days and today.

    day     A1 (Kenya)        A2 (Kenya)         A3 (Fiji)               A4 (Fiji)
    5 Feb   submitted         submitted          not there yet           not there yet
    20 Mar  evaluated, 6      submitted          "not selected", 7       evaluated, 7
    15 Apr  evaluated, 8      submitted, 9       "not selected", 7       evaluated, 7
    today   selected, 8       withdrawn, 9       "not selected", 7       not selected, 7

A3 bears no dated stage and its score no date: both are as they are now. The one place goes to A1.
"""

from datetime import date

import pytest

FEBRUARY, MARCH, APRIL = date(2023, 2, 5), date(2023, 3, 20), date(2023, 4, 15)
DECISION = date(2023, 6, 30)


@pytest.fixture
def small(database):
    first = {"cohort": "1", "country": "KEN", "organization_type": "school"}
    fiji = {"cohort": "1", "country": "FJI", "organization_type": "museum"}
    stages = {
        "A1": [("submitted", 1, 10), ("evaluated", 3, 1), ("selected", 6, 30)],
        "A2": [("submitted", 2, 1), ("withdrawn", 5, 1)],
        "A4": [("evaluated", 3, 1), ("not selected", 6, 30)],
    }
    scores = [
        ("A1", "R1", 6.0, date(2023, 3, 10)),
        ("A1", "R2", 10.0, date(2023, 4, 10)),
        ("A2", "R1", 9.0, date(2023, 4, 1)),
        ("A3", "R1", 7.0, None),
        ("A4", "R1", 7.0, date(2023, 3, 15)),
    ]
    database(
        {
            "plan": [{"plan": "KAP"}],
            "goal": [{"goal": "KAP-1", "plan": "KAP", "name": "One"}],
            "cohort": [
                {
                    "cohort": "1",
                    "plan": "KAP",
                    "opened_on": date(2023, 1, 1),
                    "closed_on": date(2023, 2, 15),
                    "decided_on": DECISION,
                    "places": 1,
                },
                {"cohort": "2", "plan": "BAP", "opened_on": date(2026, 1, 1)},
            ],
            "country": [
                {"country": "FJI", "name_en": "Fiji"},
                {"country": "KEN", "name_en": "Kenya"},
            ],
            "country_group": [
                {"country": "KEN", "group_code": "AFR"},
                {"country": "FJI", "group_code": "ASP"},
                {"country": "KEN", "group_code": "LDC", "valid_to": date(2023, 2, 10)},
            ],
            "application": [
                first
                | {
                    "application_id": "A1",
                    "submitted_on": date(2023, 1, 10),
                    "stage": "selected",
                },
                first | {"application_id": "A2", "stage": "withdrawn"},
                fiji
                | {
                    "application_id": "A3",
                    "submitted_on": date(2023, 2, 10),
                    "stage": "not selected",
                },
                fiji
                | {
                    "application_id": "A4",
                    "submitted_on": date(2023, 2, 12),
                    "stage": "not selected",
                },
                {"application_id": "B1", "cohort": "2", "country": "FJI", "stage": "submitted"},
            ],
            "application_stage": [
                {"application_id": key, "stage": stage, "since": date(2023, month, day)}
                for key, steps in stages.items()
                for stage, month, day in steps
            ],
            "application_goal": [{"application_id": "A4", "goal": "KAP-1"}],
            "criterion": [
                {"cohort": "1", "criterion": "C1", "weight": 1.0, "scale_max": 10.0},
            ],
            "score": [
                {
                    "application_id": application,
                    "reviewer": reviewer,
                    "criterion": "C1",
                    "score": score,
                    "scored_on": day,
                }
                for application, reviewer, score, day in scores
            ],
            "published_total": [
                {"what": "applications", "value": 4},
                {"what": "selected", "value": 1, "as_of": date(2023, 7, 1)},
            ],
            "measurement": [
                {"centre_id": "C1", "indicator": "I1", "measured_on": date(2024, 3, 31)}
            ],
        }
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "day, expected",
    [
        (FEBRUARY, [("A1", "submitted", None), ("A2", "submitted", None)]),
        (
            MARCH,
            [
                ("A3", "not selected", 7.0),
                ("A4", "evaluated", 7.0),
                ("A1", "evaluated", 6.0),
                ("A2", "submitted", None),
            ],
        ),
        (
            None,
            [
                ("A3", "not selected", 7.0),
                ("A4", "not selected", 7.0),
                ("A1", "selected", 8.0),
                ("A2", "withdrawn", 9.0),
            ],
        ),
    ],
)
def test_an_application_stands_where_its_dated_stages_put_it(rows, day, expected):
    found = rows("applications", cohort="1", as_of=day, most=10)
    assert [(r["application_id"], r["stage"], r["total"]) for r in found] == expected


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2023, 1, 9), []),
        (date(2023, 1, 10), ["A1"]),  # the very day
        (date(2023, 1, 31), ["A1"]),
        (date(2023, 2, 1), ["A1", "A2"]),  # without a day of submission: its first stage
        (date(2023, 2, 10), ["A1", "A2", "A3"]),
        (date(2023, 2, 12), ["A1", "A2", "A3", "A4"]),
    ],
)
def test_an_application_is_there_from_the_day_it_was_submitted(rows, day, expected):
    found = rows("score_by_part", cohort="1", as_of=day, by="region", parts=["AFR"], fewest=1)
    assert found[0]["applications"] == len([key for key in expected if key < "A3"])
    listed = rows("applications", cohort="1", as_of=day, most=10)
    assert sorted(row["application_id"] for row in listed) == expected


@pytest.mark.usefixtures("small")
def test_without_any_date_it_is_there_from_the_opening_of_its_call(rows):
    days = (date(2025, 12, 31), date(2026, 1, 1), None)
    counts = [rows("application_count", cohort="2", as_of=day)[0]["applications"] for day in days]
    assert counts == [0, 1, 1]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "day, expected",
    [
        (MARCH, [("A3", 1, True, 1), ("A4", 1, True, 1), ("A1", 3, False, 1)]),
        (APRIL, [("A2", 1, False, 1), ("A1", 2, False, 2), ("A3", 3, True, 1), ("A4", 3, True, 1)]),
        # Withdrawn since, A2 holds no place.
        (
            None,
            [("A1", 1, False, 2), ("A3", 2, True, 1), ("A4", 2, True, 1), ("A2", None, False, 1)],
        ),
    ],
)
def test_places_follow_from_the_scores_given_by_then(rows, day, expected):
    found = rows("applications", cohort="1", as_of=day, most=10)
    placed = [r for r in found if r["total"] is not None]
    placed.sort(key=lambda r: (r["place"] or 9, r["application_id"]))
    assert [(r["application_id"], r["place"], r["tied"], r["reviews"]) for r in placed] == expected


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "day, decided_on, groups_on, last_in, first_out",
    [
        (FEBRUARY, None, FEBRUARY, None, None),
        (MARCH, None, date(2023, 2, 15), 7.0, 7.0),
        (APRIL, None, date(2023, 2, 15), 9.0, 8.0),
        (DECISION, DECISION, DECISION, 8.0, 7.0),
        (None, DECISION, DECISION, 8.0, 7.0),
    ],
)
def test_a_decision_is_known_from_its_day_on(rows, day, decided_on, groups_on, last_in, first_out):
    (record,) = rows("cohort_record", cohort="1", as_of=day)
    told = [record[name] for name in ("decided_on", "groups_on", "last_in", "first_out")]
    assert told == [decided_on, groups_on, last_in, first_out]
    (summary,) = rows("score_summary", cohort="1", as_of=day, fewest=1, near=0.1)
    told = [summary[name] for name in ("decided_on", "last_in", "first_out")]
    assert told == [decided_on, last_in, first_out]


@pytest.mark.usefixtures("small")
def test_groups_are_those_of_the_day_that_counted_then(rows):
    def ldc(day):
        found = rows("applications_by_group", cohort="1", as_of=day)
        return [row["applications"] for row in found if row["group_code"] == "LDC"]

    # Kenya left the list before the call closed; until then the day that is shown counts.
    assert [ldc(FEBRUARY), ldc(MARCH), ldc(None)] == [[2], [0], [0]]


@pytest.mark.usefixtures("small")
def test_the_funnel_counts_what_was_reached_by_then(rows):
    def reached(day):
        return [
            (row["stage"], row["reached"], row["now"])
            for row in rows("applications_by_stage", cohort="1", as_of=day)
            if row["reached"]
        ]

    assert reached(FEBRUARY) == [("submitted", 2, 2)]
    assert reached(MARCH) == [("submitted", 2, 1), ("evaluated", 2, 2), ("not selected", 1, 1)]
    assert reached(None) == [
        ("submitted", 2, 0),
        ("evaluated", 2, 0),
        ("selected", 1, 1),
        ("not selected", 2, 2),
        ("withdrawn", 1, 1),
    ]


@pytest.mark.usefixtures("small")
def test_where_they_came_from_and_who_was_selected(rows):
    def counted(question, key, day):
        return [
            (row[key], row["applications"], row["selected"])
            for row in rows(question, cohort="1", as_of=day)
            if row["applications"]
        ]

    assert counted("applications_by_country", "country", FEBRUARY) == [("KEN", 2, 0)]
    assert counted("applications_by_country", "country", None) == [("FJI", 2, 0), ("KEN", 2, 1)]
    assert counted("applications_by_region", "region", FEBRUARY) == [("AFR", 2, 0)]
    assert counted("applications_by_region", "region", None) == [("AFR", 2, 1), ("ASP", 2, 0)]
    assert counted("applications_by_goal", "goal", FEBRUARY) == []
    assert counted("applications_by_goal", "goal", MARCH) == [("KAP-1", 1, 0)]
    assert rows("organization_types", cohort="1", as_of=FEBRUARY, most=9) == [
        {"organization_type": "school", "applications": 2}
    ]
    used = {
        (row["code"], row["used"])
        for row in rows("filter_codes", as_of=FEBRUARY)
        if row["filter"] in ("country", "type")
    }
    assert used == {("FJI", False), ("KEN", True), ("museum", False), ("school", True)}


@pytest.mark.usefixtures("small")
def test_the_record_of_an_application_is_that_of_the_day(rows):
    def record(application, day):
        asked = {"application": application, "as_of": day}
        names = ("stage", "total", "place", "reviews", "groups_on")
        return [
            [tuple(row[name] for name in names) for row in rows("application_record", **asked)],
            [(row["stage"], row["since"]) for row in rows("application_stages", **asked)],
            [(row["mean"], row["reviews"]) for row in rows("application_criteria", **asked)],
        ]

    assert record("A1", MARCH) == [
        [("evaluated", 6.0, 3, 1, date(2023, 2, 15))],
        [("submitted", date(2023, 1, 10)), ("evaluated", date(2023, 3, 1))],
        [(6.0, 1)],
    ]
    assert record("A1", None) == [
        [("selected", 8.0, 1, 2, DECISION)],
        [
            ("submitted", date(2023, 1, 10)),
            ("evaluated", date(2023, 3, 1)),
            ("selected", DECISION),
        ],
        [(8.0, 2)],
    ]
    assert record("A4", FEBRUARY) == [[], [], []]


SCALE = {"start": 0.0, "width": 5.0, "bins": 2}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "day, scored, mean, bins, dots",
    [
        (MARCH, 3, 20 / 3, [(1, 0, 3)], [("A3", 7.0), ("A4", 7.0), ("A1", 6.0)]),
        (None, 4, 7.75, [(1, 1, 3)], [("A2", 9.0), ("A1", 8.0), ("A3", 7.0), ("A4", 7.0)]),
    ],
)
def test_scores_are_those_given_by_then(rows, day, scored, mean, bins, dots):
    asked = {"cohort": "1", "as_of": day}
    (summary,) = rows("score_summary", **asked, fewest=1, near=0.1)
    assert (summary["scored"], round(summary["mean"], 9)) == (scored, round(mean, 9))
    (criterion,) = rows("score_by_criterion", **asked, fewest=1)
    assert (criterion["scored"], round(criterion["mean"], 9)) == (scored, round(mean, 9))
    found = rows("score_bins_by_criterion", **asked, **SCALE)
    assert [(row["bin"], row["selected"], row["others"]) for row in found] == bins
    parts = ["evaluated", "selected", "not selected", "withdrawn"]
    found = rows("score_bins", **asked, **SCALE, by="stage", parts=parts)
    assert sum(row["selected"] for row in found) == bins[0][1]
    assert sum(row["others"] for row in found) == bins[0][2]
    found = rows("score_dots", **asked, most=10)
    assert [(row["application_id"], row["total"]) for row in found] == dots
    found = rows("score_dots_by_criterion", **asked, most=10)
    assert [(row["application_id"], row["mean"]) for row in found] == sorted(dots)


@pytest.mark.usefixtures("small")
def test_published_totals_are_compared_from_the_day_they_speak_of(rows):
    def compared(day):
        found = rows("published_agreement", cohort="1", as_of=day, today=day or LATER)
        return [(row["what"], row["published"], row["loaded"]) for row in found]

    assert compared(FEBRUARY) == [("applications", 4, 2)]
    assert compared(date(2023, 7, 1)) == [("applications", 4, 4), ("selected", 1, 1)]
    assert compared(None) == [("applications", 4, 4), ("selected", 1, 1)]


@pytest.mark.usefixtures("small")
def test_the_latest_dates_are_those_by_then(rows):
    def latest(day):
        (row,) = rows("data_freshness", cohort="1", as_of=day)
        return row["last_stage_on"], row["last_measured_on"]

    assert latest(FEBRUARY) == (date(2023, 2, 1), None)
    assert latest(None) == (DECISION, date(2024, 3, 31))
    assert rows("dated_from") == [{"first_on": date(2023, 1, 1)}]


@pytest.mark.usefixtures("small")
def test_what_bears_no_date_is_counted(rows):
    asked = {"cohort": "1"}
    undated = "undated_applications"
    assert rows(undated, **asked, as_of=FEBRUARY) == [{"applications": 0, "scores": 0}]
    assert rows(undated, **asked, as_of=MARCH) == [{"applications": 1, "scores": 1}]
    assert rows(undated, **asked, as_of=MARCH, region="AFR") == [{"applications": 0, "scores": 0}]


@pytest.mark.usefixtures("small")
def test_the_default_cohort_is_the_same_on_every_day(rows):
    def cohorts(day):
        found = rows("filter_codes", as_of=day)
        return [row["code"] for row in found if row["filter"] == "cohort"]

    assert cohorts(FEBRUARY) == cohorts(None) == ["1", "2"]


# The network ------------------------------------------------------------------------------------

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

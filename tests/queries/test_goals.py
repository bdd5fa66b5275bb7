from datetime import date

TODAY = date(2026, 11, 24)
REPORT, DUE = date(2026, 9, 30), date(2026, 12, 31)


def world(**more):
    """One cohort's plan, three centres in two regions, an indicator under each priority."""
    return {
        "cohort": [{"cohort": "1", "plan": "KAP"}, {"cohort": "2", "plan": "BAP"}],
        "country": [
            {"country": "KEN", "name_en": "Kenya"},
            {"country": "FIN", "name_en": "Finland"},
        ],
        "country_group": [
            {"country": "KEN", "group_code": "AFR"},
            {"country": "FIN", "group_code": "EUR"},
        ],
        "application": [
            {"application_id": f"A{n}", "cohort": "1", "country": "KEN"} for n in (1, 2, 3)
        ],
        "centre": [
            {"centre_id": "C1", "application_id": "A1", "country": "KEN", "name": "One"},
            {"centre_id": "C2", "application_id": "A2", "country": "KEN", "name": "Two"},
            {"centre_id": "C3", "application_id": "A3", "country": "FIN", "name": "Three"},
        ],
        "goal": [
            {"goal": "KAP-1", "plan": "KAP", "name": "First"},
            {"goal": "KAP-2", "plan": "KAP", "name": "Second"},
        ],
        "indicator": [
            {"indicator": "I1", "goal": "KAP-1", "name": "Trained", "unit": "people"},
            {"indicator": "I2", "goal": "KAP-2", "name": "Price", "direction": "down"},
        ],
    } | more


def aim(centre, indicator="I1", *, target=100.0, due=DUE, **more):
    return {"centre_id": centre, "indicator": indicator, "target": target, "due_on": due} | more


def report(centre, value, *, on=REPORT, indicator="I1", **more):
    return {
        "centre_id": centre,
        "indicator": indicator,
        "measured_on": on,
        "value": value,
    } | more


def progress(rows, *columns, **parameters):
    asked = {"cohort": "1", "today": TODAY, "priority": None, "most": 100} | parameters
    return [tuple(row[name] for name in columns) for row in rows("goal_progress", **asked)]


def test_no_report_is_not_zero_and_zero_is_a_report(database, rows):
    database(world(target=[aim("C1"), aim("C2")], measurement=[report("C2", 0.0)]))
    assert progress(rows, "centre_id", "value", "reports") == [("C1", None, 0), ("C2", 0.0, 1)]
    priority, _, whole = rows("goals", cohort="1", today=TODAY)
    assert (priority["targets"], priority["reported"], priority["not_yet_due"]) == (2, 1, 1)
    assert (whole["centres"], whole["targets"], whole["reported"]) == (1, 2, 1)


def test_a_breakdown_is_a_part_and_not_the_total(database, rows):
    database(
        world(
            target=[aim("C1"), aim("C2")],
            measurement=[
                report("C1", 40.0, on=date(2026, 6, 30)),
                report("C1", 15.0, breakdown="women"),
                report("C1", 30.0, breakdown="men"),
                report("C2", 7.0, breakdown="women"),
                report("C2", 9.0, breakdown="women", on=date(2026, 11, 25)),
            ],
        )
    )
    assert progress(rows, "centre_id", "value", "reports", "parts") == [
        ("C1", 40.0, 1, 2),
        ("C2", None, 0, 1),
    ]
    priority = rows("goals", cohort="1", today=TODAY)[0]
    assert {name: priority[name] for name in ("reported", "in_parts", "not_yet_due")} == {
        "reported": 1,
        "in_parts": 1,
        "not_yet_due": 0,
    }


def test_a_date_that_passed_in_silence_is_not_hidden_by_the_next_target(database, rows):
    half = date(2025, 6, 30)
    database(
        world(
            target=[
                aim("C1", target=50.0, due=half),
                aim("C1", target=100.0),
                aim("C2", target=90.0),
                aim("C3", target=80.0, due=TODAY),
            ]
        )
    )
    assert progress(rows, "centre_id", "target", "due_on", "first_due_on") == [
        ("C3", 80.0, TODAY, TODAY),
        ("C1", 100.0, DUE, half),
        ("C2", 90.0, DUE, DUE),
    ]
    priority = rows("goals", cohort="1", today=TODAY)[0]
    assert (priority["past_due"], priority["not_yet_due"]) == (1, 2)


def test_a_revised_target_holds_from_the_day_it_was_set(database, rows):
    database(
        world(
            target=[
                aim("C1", target=100.0, set_on=date(2024, 1, 15)),
                aim("C1", target=75.0, set_on=date(2025, 10, 15)),
            ]
        )
    )
    assert progress(rows, "target", today=date(2025, 10, 14)) == [(100.0,)]
    assert progress(rows, "target", today=date(2025, 10, 15)) == [(75.0,)]


def test_the_latest_report_counts_and_none_from_the_future(database, rows):
    database(
        world(
            measurement=[
                report("C1", 30.0, on=date(2026, 6, 30)),
                report("C1", 20.0, on=date(2026, 9, 30)),
                report("C1", 99.0, on=date(2026, 11, 25)),
            ]
        )
    )
    assert progress(rows, "target", "value", "measured_on", "reports") == [
        (None, 20.0, date(2026, 9, 30), 2)
    ]
    assert rows("goals", cohort="1", today=TODAY)[0]["without_target"] == 1


def test_an_ended_centre_keeps_what_it_reported_and_a_late_one_is_there_once_it_joined(
    database, rows
):
    database(
        world(
            centre_status=[
                {"centre_id": "C1", "status": "operating", "since": date(2024, 1, 1)},
                {"centre_id": "C1", "status": "ended", "since": date(2026, 4, 30)},
                {"centre_id": "C2", "status": "selected", "since": date(2025, 2, 10)},
            ],
            measurement=[report("C1", 5.0, on=date(2026, 3, 31))],
            target=[aim("C2", set_on=date(2025, 1, 1))],
        )
    )
    assert progress(rows, "centre_id", "status", "value") == [
        ("C1", "ended", 5.0),
        ("C2", "selected", None),
    ]
    assert progress(rows, "centre_id", today=date(2025, 2, 9)) == []


def test_keeps_priorities_that_nobody_works_towards(database, rows):
    database(world(target=[aim("C1")], indicator=[{"indicator": "I1", "goal": "KAP-1"}]))
    found = rows("goals", cohort="1", today=TODAY)
    assert [(row["priority"], row["indicators"], row["targets"]) for row in found] == [
        ("KAP-1", 1, 1),
        ("KAP-2", 0, 0),
        (None, None, 1),
    ]


def test_a_plan_without_loaded_priorities_has_none(database, rows):
    database(world(target=[aim("C1")], measurement=[report("C1", 5.0)]))
    found = rows("goals", cohort="2", today=TODAY)
    assert [(row["priority"], row["targets"]) for row in found] == [(None, 0)]


def test_what_was_promised_under_another_plan_stays_in_sight(database, rows):
    database(
        world(
            goal=[{"goal": "KAP-1", "plan": "KAP"}, {"goal": "BAP-1", "plan": "BAP"}],
            indicator=[{"indicator": "I1", "goal": "BAP-1"}],
            target=[aim("C1")],
        )
    )
    found = rows("goals", cohort="1", today=TODAY)
    assert [(row["priority"], row["plan"], row["targets"]) for row in found] == [
        ("BAP-1", "BAP", 1),
        ("KAP-1", "KAP", 0),
        (None, None, 1),
    ]


def test_an_outcome_counts_under_the_priority_it_nests_under(database, rows):
    database(
        world(
            goal=[
                {"goal": "KAP-1", "plan": "KAP"},
                {"goal": "KAP-1.2", "plan": "KAP", "parent": "KAP-1"},
            ],
            indicator=[{"indicator": "I1", "goal": "KAP-1.2"}],
            target=[aim("C1")],
        )
    )
    assert progress(rows, "priority", "indicator") == [("KAP-1", "I1")]


def test_the_priority_filter_leaves_its_rows_alone(database, rows):
    database(world(target=[aim("C1"), aim("C1", "I2"), aim("C2", "I2")]))
    assert progress(rows, "priority", "centre_id", goal=["KAP-1"]) == [("KAP-1", "C1")]
    found = rows("goals", cohort="1", today=TODAY, goal=["KAP-1"])
    assert [(row["priority"], row["targets"]) for row in found] == [("KAP-1", 1), (None, 1)]


def test_regions_keep_their_zeros_and_count_the_silent_apart(database, rows):
    database(
        world(
            target=[aim("C1"), aim("C2", due=date(2025, 6, 30))],
            measurement=[report("C1", 5.0), report("C3", 6.0)],
        )
    )
    found = rows("goal_progress_by_region", cohort="1", today=TODAY)
    assert [
        (row["region"], row["targets"], row["reported"], row["fallen_due"], row["unplanned"])
        for row in found
    ] == [
        ("AFR", 2, 1, 1, 0),
        ("AMS", 0, 0, 0, 0),
        ("ARB", 0, 0, 0, 0),
        ("ASP", 0, 0, 0, 0),
        ("CIS", 0, 0, 0, 0),
        ("EUR", 0, 0, 0, 1),
    ]


def test_a_target_of_the_whole_cohort_is_nobodys_own(database, rows):
    database(world(target=[aim(None, cohort="1", target=6000.0)]))
    assert progress(rows, "centre_id") == []
    assert [
        (row["indicator"], row["target"], row["due_on"])
        for row in rows("goal_targets_of_cohort", cohort="1", today=TODAY)
    ] == [("I1", 6000.0, DUE)]
    assert rows("goal_targets_of_cohort", cohort="2", today=TODAY) == []

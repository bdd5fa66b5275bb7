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


def series(rows, *columns, **parameters):
    asked = {"cohort": "1", "today": TODAY} | parameters
    return [tuple(row[name] for name in columns) for row in rows("indicator_series", **asked)]


def goals(rows, *columns, cohort="1", **parameters):
    found = rows("goals", cohort=cohort, **parameters)
    return [tuple(row[name] for name in columns) for row in found]


def test_no_report_is_not_zero_and_zero_is_a_report(database, rows):
    database(world(target=[aim("C1"), aim("C2")], measurement=[report("C2", 0.0)]))
    assert series(rows, "centre_id", "value", "reports") == [("C1", None, 0), ("C2", 0.0, 1)]


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
    assert series(rows, "centre_id", "value", "reports", "parts") == [
        ("C1", 40.0, 1, 2),
        ("C2", None, 0, 1),
    ]
    asked = {"cohort": "1", "today": TODAY, "priority": "KAP-1"}
    assert [row["value"] for row in rows("trend_reports", **asked)] == [40.0]


def test_a_date_that_passed_in_silence_is_not_hidden_by_the_next_target(database, rows):
    half = date(2025, 6, 30)
    database(world(target=[aim("C1", target=50.0, due=half), aim("C1", target=100.0)]))
    assert series(rows, "centre_id", "first_due_on") == [("C1", half)]


def test_a_revised_target_holds_from_the_day_it_was_set_and_both_wordings_stay(database, rows):
    database(
        world(
            target=[
                aim("C1", target=100.0, set_on=date(2024, 1, 15)),
                aim("C1", target=75.0, set_on=date(2025, 10, 15)),
                aim("C1", "I2", target=1.0),
            ]
        )
    )

    def wordings(today):
        found = rows("target_wordings", centre="C1", indicator="I1", today=today)
        return [(row["target"], row["set_on"], row["holds"]) for row in found]

    assert wordings(date(2025, 10, 14)) == [(100.0, date(2024, 1, 15), True)]
    assert wordings(date(2025, 10, 15)) == [
        (100.0, date(2024, 1, 15), False),
        (75.0, date(2025, 10, 15), True),
    ]


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
    assert series(rows, "value", "measured_on", "reports") == [(20.0, date(2026, 9, 30), 2)]
    asked = {"cohort": "1", "today": TODAY, "priority": "KAP-1"}
    assert [row["value"] for row in rows("trend_reports", **asked)] == [30.0, 20.0]
    assert [row["value"] for row in rows("trend_reports", **asked | {"region": "EUR"})] == []


def test_a_report_comes_with_its_source_and_is_verified_from_that_day_on(database, rows):
    late = date(2026, 11, 20)
    database(
        world(
            measurement=[
                report("C1", 4.0, breakdown="women", source="Survey", verified_on=late),
                report("C1", 9.0, source="Survey", reported_by="Ann", verified_on=late, note="x"),
                report("C1", 5.0, on=date(2026, 6, 30)),
                report("C1", 99.0, on=date(2026, 11, 25)),
                report("C2", 7.0),
            ]
        )
    )

    def told(today):
        return [tuple(row.values()) for row in rows("measurements", **asked, today=today)]

    asked = {"centre": "C1", "indicator": "I1"}
    assert told(TODAY) == [
        (REPORT, 9.0, None, "Survey", "Ann", late, "x"),
        (REPORT, 4.0, "women", "Survey", None, late, None),
        (date(2026, 6, 30), 5.0, None, None, None, None, None),
    ]
    assert [row[5] for row in told(date(2026, 11, 19))] == [None, None, None]


def test_only_series_with_seven_totals_can_have_one_hidden(database, rows):
    days = [date(2026, month, 1) for month in range(1, 8)]
    database(
        world(
            indicator=[
                {"indicator": "I1", "goal": "KAP-1"},
                {"indicator": "I2", "goal": "KAP-2", "kind": "yes/no"},
            ],
            measurement=[
                *(report("C1", 1.0, on=day) for day in days),
                *(report("C2", 1.0, on=day) for day in days[:6]),
                report("C2", 1.0, on=days[6], breakdown="women"),
                *(report("C3", 1.0, on=day, indicator="I2") for day in days),
            ],
        )
    )
    found = rows("held_back_reports", cohort="1", today=TODAY)
    assert [(row["centre_id"], row["indicator"], row["measured_on"]) for row in found] == [
        ("C1", "I1", day) for day in days
    ]
    assert rows("held_back_reports", cohort="1", today=days[5]) == []


def test_keeps_priorities_that_nobody_works_towards(database, rows):
    database(world(indicator=[{"indicator": "I1", "goal": "KAP-1"}]))
    assert goals(rows, "priority", "goal", "depth", "indicators") == [
        ("KAP-1", "KAP-1", 0, 1),
        ("KAP-2", "KAP-2", 0, 0),
    ]


def test_a_plan_stays_itself_after_the_next_one_began(database, rows):
    database(world(goal=[{"goal": "KAP-1", "plan": "KAP"}, {"goal": "BAP-1", "plan": "BAP"}]))
    assert goals(rows, "plan", "goal", "of_cohort") == [
        ("BAP", "BAP-1", False),
        ("KAP", "KAP-1", True),
    ]
    assert goals(rows, "goal", "of_cohort", cohort="2") == [("BAP-1", True), ("KAP-1", False)]


def test_an_outcome_nests_under_its_priority(database, rows):
    database(
        world(
            goal=[
                {"goal": "KAP-1", "plan": "KAP"},
                {"goal": "A", "plan": "KAP", "parent": "KAP-1"},
                {"goal": "A.1", "plan": "KAP", "parent": "A"},
                {"goal": "B", "plan": "KAP", "parent": "KAP-2"},
                {"goal": "KAP-2", "plan": "KAP"},
            ],
            indicator=[{"indicator": "I1", "goal": "A.1"}],
            target=[aim("C1")],
        )
    )
    assert goals(rows, "priority", "goal", "depth", "indicators") == [
        ("KAP-1", "KAP-1", 0, 0),
        ("KAP-1", "A", 1, 0),
        ("KAP-1", "A.1", 2, 1),
        ("KAP-2", "KAP-2", 0, 0),
        ("KAP-2", "B", 1, 0),
    ]
    assert goals(rows, "goal", goal=["KAP-2"]) == [("KAP-2",), ("B",)]
    assert series(rows, "priority", "goal", "indicator") == [("KAP-1", "A.1", "I1")]


def test_the_priority_filter_leaves_its_rows_alone(database, rows):
    database(world(target=[aim("C1"), aim("C1", "I2"), aim("C2", "I2")]))
    assert series(rows, "priority", "centre_id", goal=["KAP-1"]) == [("KAP-1", "C1")]


def test_a_target_of_the_whole_cohort_is_nobodys_own(database, rows):
    database(world(target=[aim(None, cohort="1", target=6000.0)]))
    assert series(rows, "centre_id") == []
    assert [
        (row["indicator"], row["target"], row["due_on"])
        for row in rows("goal_targets_of_cohort", cohort="1", today=TODAY)
    ] == [("I1", 6000.0, DUE)]
    assert rows("goal_targets_of_cohort", cohort="2", today=TODAY) == []

"""What the status rule is fed: one row per centre and indicator, as known on a day."""

from datetime import date

import numpy as np
import pytest

TODAY = date(2026, 11, 24)


def world(**more):
    return {
        "cohort": [{"cohort": "1", "plan": "KAP"}],
        "country": [{"country": "KEN", "name_en": "Kenya"}],
        "country_group": [{"country": "KEN", "group_code": "AFR"}],
        "application": [{"application_id": "A1", "cohort": "1", "country": "KEN"}],
        "centre": [{"centre_id": "C1", "application_id": "A1", "country": "KEN", "name": "One"}],
        "goal": [{"goal": "KAP-1", "plan": "KAP", "name": "First"}],
        "indicator": [{"indicator": "I1", "goal": "KAP-1", "name": "Trained", "unit": "people"}],
    } | more


def aim(target, due, **more):
    return {"centre_id": "C1", "indicator": "I1", "target": target, "due_on": due} | more


def report(value, on, **more):
    return {"centre_id": "C1", "indicator": "I1", "value": value, "measured_on": on} | more


def series(rows, *columns, today=TODAY):
    asked = rows("indicator_series", cohort="1", today=today)
    return [tuple(row[name] for name in columns) for row in asked]


def test_a_series_without_a_report_has_no_value_and_no_line(database, rows):
    database(world(target=[aim(100.0, date(2026, 12, 31), baseline=1.0)]))
    columns = ("value", "measured_on", "reports", "early", "n", "mean_t", "s_tt", "first_on")
    assert series(rows, *columns) == [(None, None, 0, 0, 0, None, None, None)]


def test_the_line_is_drawn_through_totals_from_the_baselines_date_on(database, rows):
    days = [date(2024, 1, 10), date(2024, 7, 1), date(2025, 1, 1), date(2026, 1, 1)]
    values = [99.0, 4.0, 7.0, 20.0]
    start = date(2024, 6, 1)
    database(
        world(
            target=[aim(100.0, date(2026, 12, 31), baseline=1.0, baseline_on=start)],
            measurement=[
                *(report(value, on) for value, on in zip(values, days, strict=True)),
                report(3.0, date(2026, 6, 1), breakdown="women"),
                report(50.0, date(2026, 12, 1)),
            ],
        )
    )
    [row] = rows("indicator_series", cohort="1", today=TODAY)
    assert (row["value"], row["measured_on"]) == (20.0, date(2026, 1, 1))
    assert (row["reports"], row["early"], row["parts"], row["n"]) == (4, 1, 1, 3)
    assert row["first_on"] == date(2024, 7, 1)
    t = np.array([(day - date(1970, 1, 1)).days for day in days[1:]])
    slope, level = np.polyfit(t - t.mean(), values[1:], 1)
    assert row["mean_t"] == pytest.approx(t.mean())
    assert row["mean_v"] == pytest.approx(level)
    assert row["s_tv"] / row["s_tt"] == pytest.approx(slope)


def test_the_way_begins_when_its_target_was_set_else_the_agreement_else_the_centre(database, rows):
    agreement = {"centre_id": "C1", "reference": "R", "starts_on": date(2024, 2, 1)}
    status = {"centre_id": "C1", "status": "operating", "since": date(2024, 3, 1)}
    due = date(2026, 12, 31)
    database(
        world(
            target=[aim(9.0, due, set_on=date(2024, 1, 15)), aim(8.0, due, set_on=date(2024, 5, 1))]
        )
    )
    assert series(rows, "starts_on") == [(date(2024, 1, 15),)]
    database(world(target=[aim(9.0, due)], agreement=[agreement], centre_status=[status]))
    assert series(rows, "starts_on") == [(date(2024, 2, 1),)]
    database(world(target=[aim(9.0, due)], centre_status=[status]))
    assert series(rows, "starts_on") == [(date(2024, 3, 1),)]
    database(world(target=[aim(9.0, due)]))
    assert series(rows, "starts_on") == [(None,)]


def test_a_centre_is_not_asked_before_it_joined(database, rows):
    status = {"centre_id": "C1", "status": "operating", "since": date(2024, 3, 1)}
    database(world(target=[aim(9.0, date(2026, 12, 31))], centre_status=[status]))
    assert series(rows, "centre_id", today=date(2024, 2, 29)) == []
    assert series(rows, "centre_id", today=date(2024, 3, 1)) == [("C1",)]


def test_the_path_has_each_due_date_in_the_wording_of_the_day(database, rows):
    database(
        world(
            target=[
                aim(10.0, date(2025, 12, 31), set_on=date(2024, 1, 1)),
                aim(20.0, date(2026, 12, 31), set_on=date(2024, 1, 1)),
                aim(15.0, date(2026, 12, 31), set_on=date(2025, 1, 1)),
                {"cohort": "1", "indicator": "I1", "target": 99.0, "due_on": date(2026, 1, 1)},
            ]
        )
    )

    def path(today):
        return [(row["due_on"], row["target"]) for row in rows("target_path", today=today)]

    assert path(date(2024, 6, 1)) == [(date(2025, 12, 31), 10.0), (date(2026, 12, 31), 20.0)]
    assert path(date(2025, 6, 1)) == [(date(2025, 12, 31), 10.0), (date(2026, 12, 31), 15.0)]

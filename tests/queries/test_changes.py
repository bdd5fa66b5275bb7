"""What changes are told from: dated records, late milestones, and a view of another snapshot."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.store import Snapshot
from queries.filters import Filters
from queries.rights import Forbidden, Rights
from queries.view import View, history, latest
from queries.words import Words

TODAY = date(2025, 6, 30)
BASE = {
    "cohort": [{"cohort": "1"}],
    "country": [{"country": "KEN", "name_en": "Kenya"}],
    "country_group": [{"country": "KEN", "group_code": "AFR", "valid_from": date(1990, 1, 1)}],
    "plan": [{"plan": "KAP"}],
    "goal": [{"goal": "KAP-1", "plan": "KAP", "name": "One"}],
    "indicator": [{"indicator": "I1", "goal": "KAP-1", "name": "Trained", "kind": "cumulative"}],
    "application": [
        {"application_id": "A1", "cohort": "1", "country": "KEN", "organization": "Hub"}
    ],
    "centre": [{"centre_id": "Z1", "application_id": "A1", "name": "Centre", "country": "KEN"}],
    "centre_status": [{"centre_id": "Z1", "status": "operating", "since": date(2023, 1, 1)}],
}


def told(found):
    return [
        (r["kind"], r["owner"], r["what"], r["dated"], r["part"], r["day"], r["number"])
        for r in found
    ]


def test_every_kind_of_dated_record_is_told_with_its_key_and_what_it_says(database, rows):
    due, set_on = date(2025, 12, 31), date(2024, 1, 1)
    database(
        BASE
        | {
            "application_stage": [
                {"application_id": "A1", "stage": "submitted", "since": date(2022, 5, 1)}
            ],
            "criterion": [{"cohort": "1", "criterion": "team", "weight": 1.0, "scale_max": 10.0}],
            "score": [
                {"application_id": "A1", "reviewer": "R1", "criterion": "team", "score": 4.0},
                {"application_id": "A1", "reviewer": "R2", "criterion": "team", "score": 7.0},
            ],
            "agreement": [{"centre_id": "Z1", "reference": "one", "signed_on": date(2023, 2, 1)}],
            "milestone": [
                {
                    "centre_id": "Z1",
                    "milestone": "Launch",
                    "due_on": date(2023, 6, 1),
                    "done_on": date(2023, 6, 9),
                }
            ],
            "target": [
                {
                    "centre_id": "Z1",
                    "indicator": "I1",
                    "target": 90.0,
                    "baseline": 5.0,
                    "baseline_on": date(2023, 1, 1),
                    "due_on": due,
                    "set_on": set_on,
                }
            ],
            "measurement": [
                {
                    "centre_id": "Z1",
                    "indicator": "I1",
                    "measured_on": date(2024, 3, 31),
                    "value": 9.0,
                    "breakdown": breakdown,
                }
                for breakdown in (None, "women")
            ],
        }
    )
    found = rows("dated_records", cohort="1", today=TODAY)
    assert told(found) == [
        ("score", "A1", "team", None, "2", None, 5.5),
        ("stage", "A1", "submitted", None, None, date(2022, 5, 1), None),
        ("agreement", "Z1", "one", None, None, date(2023, 2, 1), None),
        ("baseline", "Z1", "I1", due, "2024-01-01", date(2023, 1, 1), 5.0),
        ("centre status", "Z1", "operating", None, "1", date(2023, 1, 1), None),
        ("milestone due", "Z1", "Launch", None, None, date(2023, 6, 1), None),
        ("milestone met", "Z1", "Launch", None, None, date(2023, 6, 9), None),
        ("report", "Z1", "I1", date(2024, 3, 31), "women", None, 9.0),
        ("report", "Z1", "I1", date(2024, 3, 31), None, None, 9.0),
        ("target", "Z1", "I1", due, "2024-01-01", None, 90.0),
    ]
    assert {(r["owner_name"], r["country_name"]) for r in found} == {
        ("Hub", "Kenya"),
        ("Centre", "Kenya"),
    }
    assert {r["indicator_name"] for r in found if r["kind"] == "report"} == {"Trained"}


def test_records_dated_after_the_day_shown_are_left_out_and_filters_hold(database, rows):
    database(
        BASE
        | {
            "measurement": [
                {"centre_id": "Z1", "indicator": "I1", "measured_on": day, "value": 1.0}
                for day in (date(2024, 3, 31), date(2025, 7, 1))
            ]
        }
    )
    found = rows("dated_records", cohort="1", today=TODAY)
    assert [r["dated"] for r in found if r["kind"] == "report"] == [date(2024, 3, 31)]
    assert rows("dated_records", cohort="1", region="EUR", today=TODAY) == []


def test_late_is_a_milestone_whose_day_has_passed_unmet(database, rows):
    days = {
        "met": (date(2025, 1, 1), date(2025, 6, 1)),
        "met after the day shown": (date(2025, 2, 1), date(2025, 7, 1)),
        "late": (date(2025, 3, 1), None),
        "due that day": (TODAY, None),
        "no date": (None, None),
    }
    database(
        BASE
        | {
            "milestone": [
                {"centre_id": "Z1", "milestone": name, "due_on": due, "done_on": done}
                for name, (due, done) in days.items()
            ]
        }
    )
    assert rows("late_milestones", cohort="1", today=TODAY) == [
        {
            "centre_id": "Z1",
            "centre_name": "Centre",
            "country_name": "Kenya",
            "late": 2,
            "oldest_due_on": date(2025, 2, 1),
        }
    ]


def test_after_a_centre_ended_nothing_falls_due_any_more(database, rows):
    ended = date(2025, 3, 1)
    database(
        BASE
        | {
            "centre_status": [{"centre_id": "Z1", "status": "ended", "since": ended}],
            "milestone": [
                {"centre_id": "Z1", "milestone": "before", "due_on": date(2025, 2, 28)},
                {"centre_id": "Z1", "milestone": "on the day", "due_on": ended},
                {"centre_id": "Z1", "milestone": "after", "due_on": date(2025, 4, 1)},
            ],
        }
    )
    found = rows("late_milestones", cohort="1", today=TODAY)
    assert [(row["late"], row["oldest_due_on"]) for row in found] == [(1, date(2025, 2, 28))]


def test_a_view_at_another_snapshot_is_of_the_day_it_came_in_and_keeps_the_rights():
    came = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    other = Snapshot(7, Path("snapshot-7.duckdb"), "hash", came, None, None, None)
    view = View(other, Filters("1", region="AFR"), Rights("nobody"), Words("en"), TODAY).at(other)
    assert (view.snapshot, view.today, view.filters.region) == (other, date(2024, 5, 6), "AFR")
    with pytest.raises(Forbidden):
        view.ask("dated_records")


def test_the_history_holds_what_was_imported_and_not_the_sample(store, store_with):
    assert latest().built_from_sample and history() == []
    cohorts = "cohort,name,plan\n1,One,KAP\n"
    ones = "application_id,cohort,country,organization,stage\nA1,1,KEN,One,submitted\n"
    store_with(cohorts=cohorts, applications=ones)
    store_with(applications=ones.replace("submitted", "selected"))
    assert [(it.number, it.based_on) for it in history()] == [(1, None), (2, 1)]

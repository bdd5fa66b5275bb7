"""What needs attention: who, why, and in which order; written out."""

from datetime import date

import pandas as pd

from pages.parts.attention import needs

TODAY = date(2026, 6, 30)
NAMES = ["centre_id", "centre_name", "country_name"]


def series(*rows):
    """(centre, status, measured_on, first_due_on, centre_status) a row, each with a target."""
    frame = pd.DataFrame(
        rows, columns=["centre_id", "status", "measured_on", "first_due_on", "centre_status"]
    )
    names = {"centre_name": frame["centre_id"], "country_name": "Kenya", "final_target": 1.0}
    return frame.assign(**names)


def late(*rows):
    return pd.DataFrame(
        [(centre, centre, "Kenya", n, day) for centre, n, day in rows],
        columns=[*NAMES, "late", "oldest_due_on"],
    )


def told(milestones, judged):
    found = needs(milestones, judged, TODAY)
    columns = ["centre_id", "late", "silent", "last_on", "off", "targets"]
    return [tuple(row) for row in found[columns].astype(object).itertuples(index=False)]


PAST, RECENT, LONG_AGO = date(2025, 1, 1), date(2026, 3, 31), date(2025, 3, 31)


def test_most_kinds_of_trouble_come_first_then_the_milestone_that_waits_longest():
    judged = series(
        ("Z1", "off course", RECENT, PAST, "operating"),
        ("Z2", "on course", LONG_AGO, PAST, "operating"),
        ("Z3", "moved away", LONG_AGO, PAST, "operating"),
        ("Z3", "behind", LONG_AGO, PAST, "operating"),
        ("Z4", "on course", RECENT, PAST, "operating"),
    )
    milestones = late(("Z3", 2, date(2026, 1, 1)), ("Z4", 1, date(2025, 6, 1)))
    assert told(milestones, judged) == [
        ("Z3", 2, True, LONG_AGO, 1, 2),
        ("Z4", 1, False, RECENT, 0, 1),
        ("Z2", 0, True, LONG_AGO, 0, 1),
        ("Z1", 0, False, RECENT, 1, 1),
    ]


def test_who_never_reported_is_silent_once_a_target_fell_due_and_not_before():
    judged = series(
        ("Z1", "no report", None, PAST, "operating"),
        ("Z2", "not yet due", None, date(2027, 1, 1), "operating"),
    )
    assert told(late(), judged) == [("Z1", 0, True, None, 0, 1)]


def test_nobody_waits_for_a_centre_that_ended_but_its_late_milestones_stay():
    judged = series(("Z1", "off course", LONG_AGO, PAST, "ended"))
    assert told(late(), judged) == []
    assert told(late(("Z1", 1, PAST)), judged) == [("Z1", 1, False, None, 0, 0)]


def test_where_nothing_is_wrong_nothing_is_listed():
    assert told(late(), series(("Z1", "on course", RECENT, PAST, "operating"))) == []
    assert told(late(), series()) == []

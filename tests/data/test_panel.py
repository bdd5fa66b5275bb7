"""What is stored of the panel when data comes in."""

import pytest

from data import panel
from data import store as snapshots


@pytest.fixture
def ask(store_with, right):
    store_with(**right)
    return lambda sql: snapshots.cursor(snapshots.current()).execute(sql).fetchall()


def test_every_application_that_holds_a_place_has_its_row(ask):
    assert ask("select cohort, application_id, reviews, round(raw, 4) from panel_application") == [
        ("1", "A1", 3, 82.0988),  # (2 × (25/3 − 1) / 9 + (25/6) / 5) / 3 of 100
        ("1", "A2", 3, 42.963),
        ("1", "A3", 3, 64.4444),
    ]


def test_a_cohort_nobody_scored_says_so(ask):
    found = ask("select criterion, applications, reason from panel_agreement where cohort = '2'")
    assert found == [(None, 0, "no_reviews")]


def test_what_is_missing_is_null_and_never_nan(ask):
    for table in panel.TABLES:
        for name, kind, *_ in ask(f"describe {table}"):
            if kind == "DOUBLE":
                assert ask(f"select count(*) from {table} where isnan({name})") == [(0,)], name


def test_the_sample_holds_its_planted_reviewers():
    # About 2 points lower and about 1.5 higher than the others, says the sample's README.
    found = snapshots.cursor(snapshots.describe(snapshots.sample())).execute(
        "select reviewer, round(severity, 1) from panel_reviewer "
        "where cohort = '1' and abs(severity) > 1 order by severity"
    )
    assert found.fetchall() == [("R10", -2.0), ("R05", 1.5)]

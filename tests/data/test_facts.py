"""What is computed when data comes in, against values worked out by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data import store as snapshots

COHORTS = "cohort,name,opened_on,closed_on,decided_on,places,plan\n1,One,,,2023-06-30,1,KAP\n"
CRITERIA = (
    "cohort,criterion,name,weight,scale_min,scale_max\n"
    "1,C1,Idea,3,0,10\n1,C2,Team,1,0,10\n1,C3,Remark,0,0,10\n"
)
APPLICATIONS = (
    "application_id,cohort,country,organization,stage\n"
    "T1,1,KEN,a,selected\n"
    "T2,1,FRA,b,reserve\n"
    "T3,1,FJI,c,not selected\n"
    "T4,1,CHN,d,withdrawn\n"
    "T5,1,BRA,e,not selected\n"
    "T6,1,BTN,f,not selected\n"
    "T7,1,STP,g,not selected\n"
)
SCORES = (
    "application_id,reviewer,criterion,score\n"
    "T1,R1,C1,8\nT1,R1,C2,4\n"  # (3 × 8 + 4) / 4 = 7
    "T2,R1,C1,6\nT2,R1,C2,10\n"  # (3 × 6 + 10) / 4 = 7, a tie
    "T3,R1,C1,9\n"  # C2 counts and has no score
    "T4,R1,C1,10\nT4,R1,C2,10\n"  # 10, withdrawn
    "T5,R1,C1,2\nT5,R1,C2,2\nT5,R1,C3,10\n"  # (3 × 2 + 2) / 4 = 2; C3 weighs nothing
    "T6,R1,C1,8\nT6,R2,C1,6\nT6,R1,C2,5\n"  # (3 × mean(8, 6) + 5) / 4 = 6.5
)
REVIEWERS = "reviewer\nR1\nR2\n"


@pytest.fixture
def rows(store_with: Callable) -> Callable[[str], list[tuple]]:
    store_with(
        cohorts=COHORTS,
        applications=APPLICATIONS,
        criteria=CRITERIA,
        reviewers=REVIEWERS,
        scores=SCORES,
    )

    def ask(sql: str) -> list[tuple]:
        return snapshots.cursor(snapshots.current()).execute(sql).fetchall()

    return ask


def test_totals_and_places(rows: Callable) -> None:
    assert rows(
        "select application_id, total, place, tied from application_facts order by application_id"
    ) == [
        ("T1", 7.0, 1, True),
        ("T2", 7.0, 1, True),
        ("T3", None, None, False),
        ("T4", 10.0, None, False),
        ("T5", 2.0, 4, False),
        ("T6", 6.5, 3, False),
        ("T7", None, None, False),
    ]


def test_counts_reviews_scores_and_what_is_complete(rows: Callable) -> None:
    assert rows(
        "select application_id, reviews, scores, complete from application_facts "
        "where application_id in ('T1', 'T5', 'T6', 'T7') order by application_id"
    ) == [("T1", 1, 2, False), ("T5", 1, 3, True), ("T6", 2, 3, False), ("T7", 0, 0, False)]


def test_the_line_runs_through_the_tie(rows: Callable) -> None:
    assert rows("select cohort, places, last_in, first_out from cohort_line") == [
        ("1", 1, 7.0, 7.0)
    ]


def test_criteria_on_different_scales_are_told_from_0_to_100(
    store_with: Callable, right: dict[str, str]
) -> None:
    store_with(**right)
    # C1 from 1 to 10 weighs 2, C2 from 0 to 5 weighs 1.
    # A1: (2 × (25/3 - 1)/9 + (25/6)/5) / 3; A2: (2 × 4/9 + 2/5) / 3; A3: (2 × 6/9 + 3/5) / 3.
    sql = "select application_id, total, place from application_facts order by all"
    assert snapshots.cursor(snapshots.current()).execute(sql).fetchall() == [
        ("A1", 82.0987654321, 1),
        ("A2", 42.962962963, 3),
        ("A3", 64.4444444444, 2),
        ("B1", None, None),
    ]


def test_groups_are_those_of_the_day_of_the_decision(rows: Callable) -> None:
    # Bhutan left the list of least developed countries in December 2023.
    assert rows(
        "select application_id, groups_on::varchar, region, ldc, lldc, sids from application_facts "
        "where application_id in ('T1', 'T3', 'T6') order by application_id"
    ) == [
        ("T1", "2023-06-30", "AFR", False, False, False),
        ("T3", "2023-06-30", "ASP", False, False, True),
        ("T6", "2023-06-30", "ASP", True, True, False),
    ]


@pytest.mark.parametrize(
    "country, day, group, belongs",
    [
        ("STP", "2024-12-12", "ldc", True),
        ("STP", "2024-12-13", "ldc", False),
        ("BHR", "2023-03-31", "sids", True),
        ("BHR", "2023-04-01", "sids", False),
        ("NPL", "2026-11-24", "ldc", False),
        ("NPL", "2026-11-24", "lldc", True),
    ],
)
def test_a_country_is_in_a_group_until_the_day_before_it_left(
    country: str, day: str, group: str, belongs: bool
) -> None:
    sql = f"select {group} from country_group_on(date '{day}') where country = '{country}'"
    assert snapshots.cursor(snapshots.current()).execute(sql).fetchall() == [(belongs,)]


def test_every_table_and_column_is_explained() -> None:
    sample = snapshots.cursor(snapshots.current())
    assert (
        sample.execute(
            """
        select table_name, '' from duckdb_tables() where comment is null
        union all
        select table_name, column_name from duckdb_columns()
        where comment is null and not internal
            and table_name in (select table_name from duckdb_tables())
        """
        ).fetchall()
        == []
    )


def test_rows_lie_in_the_order_of_their_keys(
    store_with: Callable, right: dict[str, str], tmp_path: Path
) -> None:
    head, *rest = right["scores"].splitlines(keepends=True)
    store_with(**right | {"scores": head + "".join(reversed(rest))})
    sql = "select application, reviewer, criterion from numbered_score"
    keys = snapshots.cursor(snapshots.current()).execute(sql).fetchall()
    assert len(keys) == 18
    assert keys == sorted(keys)

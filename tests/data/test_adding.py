"""A table that adds: what comes in joins what is stored, and overwrites nothing."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data import importing
from data import store as snapshots

HEADER = "centre_id,indicator,measured_on,value,breakdown,source\n"
STORED = [
    ("Z1", "I1", "2024-06-30", 25.0, "women", None),
    ("Z1", "I1", "2024-06-30", 40.0, None, None),
    ("Z1", "I2", "2024-06-30", 1.0, None, None),
]


@pytest.fixture
def add(files: Callable[..., Path], store: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Imports rows into a store that holds the right files; returns the lines of findings."""
    importing.import_(files(), None, None, older=False)
    folder = tmp_path / "added"
    folder.mkdir()

    def run(
        rows: str, header: str = HEADER, name: str = "add to measurements", beside: bool = False
    ) -> list[str]:
        for before in folder.iterdir() if not beside else ():
            before.unlink()
        (folder / f"{name}.csv").write_text(header + rows)
        draft, _published = importing.import_(folder, None, None, older=False)
        return list(draft.findings.lines())

    return run


def stored() -> list[tuple]:
    """The measurements of the current snapshot."""
    return (
        snapshots.cursor(snapshots.current())
        .execute(
            "select centre_id, indicator, measured_on::varchar, value, breakdown, source "
            "from measurement order by all"
        )
        .fetchall()
    )


def test_rows_join_those_that_are_stored(add: Callable[..., list[str]]):
    assert add("Z1,I1,2025-06-30,70,,Report\n") == []
    assert stored() == [*STORED[:2], ("Z1", "I1", "2025-06-30", 70.0, None, "Report"), STORED[2]]


def test_what_is_stored_already_changes_nothing(add: Callable[..., list[str]]):
    before = snapshots.current()
    # 2024-06-30 was verified since: the file has no such column, and takes nothing back.
    assert add("Z1,I1,2024-06-30,40,,\nZ1,I1,2024-06-30,25,women,\n") == []
    assert snapshots.current() == before


def test_another_value_for_the_same_key_is_a_finding(add: Callable[..., list[str]]):
    before = snapshots.current()
    assert add("Z1,I1,2024-06-30,41,,\nZ1,I2,2024-06-30,no,,Report\nZ1,I1,2025-06-30,70,,\n") == [
        "add to measurements.csv:2:value: value is 41, and snapshot 1 holds 40 for the same "
        "centre_id, indicator, measured_on and breakdown (the same; a correction comes in a table "
        "measurements, which replaces all)",
        "add to measurements.csv:3:source: source is Report, and snapshot 1 holds blank for the "
        "same centre_id, indicator, measured_on and breakdown (the same; a correction comes in a "
        "table measurements, which replaces all)",
        "add to measurements.csv:3:value: value is 0, and snapshot 1 holds 1 for the same "
        "centre_id, indicator, measured_on and breakdown (the same; a correction comes in a table "
        "measurements, which replaces all)",
    ]
    assert snapshots.current() == before


def test_a_blank_row_of_the_form_is_no_report(add: Callable[..., list[str]]):
    assert add("Z1,I1,,,,\nZ1,I2,,,,\n") == []
    assert snapshots.current().number == 1


def test_a_row_that_says_something_without_its_day_or_value_is_a_finding(
    add: Callable[..., list[str]],
):
    assert add("Z1,I1,,70,,\nZ1,I2,2025-01-01,,,\nZ1,I2,,,,not known\n") == [
        "add to measurements.csv:2:measured_on: the cell is empty (measured_on is required)",
        "add to measurements.csv:3:value: the cell is empty (value is required)",
        "add to measurements.csv:4:measured_on: the cell is empty (measured_on is required)",
        "add to measurements.csv:4:value: the cell is empty (value is required)",
    ]


def test_what_is_added_is_checked_as_everything_is(add: Callable[..., list[str]]):
    assert add("Z9,I1,2025-06-30,x,,\nZ1,I1,2025-06-30,1,,\nZ1,I1,2025-06-30,2,,\n") == [
        "add to measurements.csv:2:centre_id: Z9 is not in the centres of snapshot 1 "
        "(the centre_id of a row there)",
        "add to measurements.csv:2:value: x is not a number (a number, or yes or no)",
        "add to measurements.csv:4:centre_id: Z1, I1, 2025-06-30, – stands in row 3 already "
        "(each centre_id, indicator, measured_on and breakdown once)",
    ]


def test_headings_in_brackets_are_remarks_where_rows_are_added_and_nowhere_else(
    add: Callable[..., list[str]],
):
    header = "centre_id,indicator,(last value),measured_on,value\n"
    assert add("Z1,I1,=40,2025-06-30,70\n", header) == []
    lines = add("Z1,I1,40,2025-06-30,70\n", header, name="measurements")
    assert any("(last value) is not a column of measurements" in line for line in lines)


def test_a_table_and_its_addition_do_not_come_together(add: Callable[..., list[str]]):
    add("Z1,I1,2025-06-30,70,,\n")
    assert (
        "measurements.csv::: the table measurements comes twice, also as add to measurements.csv "
        "(one file for each table)"
        in add("Z1,I1,2025-06-30,70,,\n", name="measurements", beside=True)
    )


def test_with_nothing_stored_the_rows_are_the_table(files: Callable[..., Path], store: Path):
    rows = HEADER + "Z1,I1,2025-06-30,70,,Report\n"
    folder = files(measurements=None, **{"add to measurements.csv": rows})
    with importing.drafted(folder) as draft:
        assert list(draft.findings.lines()) == []
        with duckdb.connect(draft.path, read_only=True) as database:
            assert database.execute("select value, source from measurement").fetchall() == [
                (70.0, "Report")
            ]


def test_the_record_says_how_many_rows_came(add: Callable[..., list[str]]):
    add("Z1,I1,2025-06-30,70,,\nZ1,I1,,,,\n")
    record = snapshots.cursor(snapshots.current()).execute(
        "select file, table_name, row_count from import_file"
    )
    assert record.fetchall() == [("add to measurements.csv", "measurements", 1)]

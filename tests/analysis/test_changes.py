"""What differs between two frames, written out; and who fell silent."""

from datetime import date

import pandas as pd
import pytest

from analysis.changes import differences, fell_silent

BEFORE = pd.DataFrame(
    {
        "centre": ["Z1", "Z2", "Z3"],
        "part": [None, "women", None],
        "status": ["selected", "operating", "paused"],
        "value": [1.0, float("nan"), 3.0],
        "name": ["One", "Two", "Three"],
    }
)


def changed(**cells):
    """The same frame with some cells replaced: `changed(status={0: "operating"})`."""
    frame = BEFORE.copy()
    for column, values in cells.items():
        frame[column] = [values.get(row, old) for row, old in enumerate(frame[column])]
    return frame


def rows(after, key=("centre", "part"), columns=("status", "value"), before=BEFORE):
    return differences(before, after, key, columns).to_numpy().tolist()


def test_two_equal_frames_have_no_differences_and_what_is_missing_in_both_is_equal():
    assert rows(BEFORE.copy()) == []


def test_the_empty_answer_has_its_columns():
    found = differences(BEFORE, BEFORE, ["centre"], ["value"])
    assert list(found.columns) == ["kind", "centre", "column", "before", "after"]


def test_every_changed_value_has_a_row_with_both_values():
    after = changed(status={0: "operating"}, value={0: 2.0, 1: 7.0})
    assert rows(after) == [
        ["changed", "Z1", None, "status", "selected", "operating"],
        ["changed", "Z1", None, "value", 1.0, 2.0],
        ["changed", "Z2", "women", "value", None, 7.0],
    ]


def test_a_value_that_is_missing_afterwards_is_a_change_to_none_and_not_to_zero():
    assert rows(changed(value={0: float("nan")})) == [["changed", "Z1", None, "value", 1.0, None]]


def test_what_came_stands_first_then_what_went():
    after = changed(centre={2: "Z4"})
    assert rows(after) == [
        ["new", "Z4", None, None, None, None],
        ["gone", "Z3", None, None, None, None],
    ]


def test_columns_that_were_not_named_are_not_compared():
    assert rows(changed(name={0: "Other"})) == []


def test_the_order_of_rows_is_no_difference():
    assert rows(BEFORE.iloc[::-1]) == []


def test_from_nothing_everything_is_new():
    kinds = differences(BEFORE.iloc[:0], BEFORE, ["centre"], ["value"])["kind"]
    assert list(kinds) == ["new", "new", "new"]


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        rows(pd.concat([BEFORE, BEFORE]))


def silent(before, after, days=(date(2025, 1, 1), date(2026, 1, 1)), limit=365):
    frames = [
        pd.DataFrame({"centre": [f"Z{i}" for i in range(len(last))], "last": last}, dtype=object)
        for last in (before, after)
    ]
    found = fell_silent(*frames, ["centre"], "last", days, limit)
    return list(found["centre"])


def test_silent_is_who_reported_in_the_year_before_the_first_day_and_not_before_the_second():
    spoke, long_ago = date(2024, 6, 1), date(2023, 6, 1)
    assert silent([spoke, spoke, long_ago], [spoke, date(2025, 6, 1), long_ago]) == ["Z0"]


def test_exactly_the_limit_is_not_silent_yet():
    assert silent([date(2025, 1, 1)], [date(2025, 1, 1)]) == []
    assert silent([date(2024, 12, 31)], [date(2024, 12, 31)]) == ["Z0"]


def test_who_never_reported_did_not_fall_silent():
    assert silent([None, None], [None, date(2020, 1, 1)]) == []


def test_the_longest_silent_stands_first():
    assert silent([date(2024, 9, 1), date(2024, 3, 1)], [date(2024, 9, 1), date(2024, 3, 1)]) == [
        "Z1",
        "Z0",
    ]

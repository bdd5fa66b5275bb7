"""Bars: as long as what is there allows, told apart without colour, with room for their numbers."""

import pytest

from charts.bars import bars

LABELS = ["Africa", "Europe"]
TWO = {"Applications": [0.3, 0.7], "Selected": [0.2, 0.05]}


def drawn(series, **options):
    figure = bars(LABELS, series, dark=False, **options).to_dict()
    return figure["data"], figure["layout"]


def test_the_longest_bar_has_all_the_room():
    for series in ({"a": [3, 40]}, TWO):
        longest = max(value for values in series.values() for value in values)
        assert drawn(series)[1]["xaxis"]["range"] == [0, longest]


def test_nothing_is_a_bar_of_no_length():
    assert drawn({"a": [0, 0]})[1]["xaxis"]["range"] == [0, 1]


def test_the_longest_number_has_room_beside_the_bars():
    short = drawn({"a": [1, 2]})[1]["margin"]["r"]
    long = drawn({"a": [1, 2]}, texts={"a": ["1 (7\u00a0%)", "15 (100\u00a0%)"]})[1]["margin"]["r"]
    assert (short, long) == (16, 83)


@pytest.mark.parametrize("dark", [False, True])
def test_two_series_are_told_apart_without_colour(dark):
    hollow, filled = bars(LABELS, TWO, dark=dark).to_dict()["data"]
    assert hollow["marker"]["line"]["width"] > filled["marker"]["line"]["width"] == 0
    assert hollow["marker"]["color"] == "rgba(0,0,0,0)"

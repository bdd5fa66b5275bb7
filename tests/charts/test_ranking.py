"""Figures of the ranking: each mark where its number is, each standing with a shape of its own."""

import numpy as np
import pandas as pd
import pytest

from charts import ranking as chart
from charts.theme import palette

WORDS = chart.Words("Place", "line: 2 places", {"safely above": "in", "near the line": "near"})
FOUR = pd.DataFrame(
    {
        "id": ["A1", "A2", "A3", "A4"],
        "name": ["1 · A1 One", "2 · A2 <b>Two</b> with a long name", "3 · A3", "4 · A4"],
        "standing": ["safely above", "near the line", "near the line", ""],
        "low": [1, 1, 2, np.nan],
        "high": [1, 3, 3, np.nan],
        "expected": [1.0, 2.2, 2.8, np.nan],
        "share": ["100%", "60%", "40%", ""],
        "text": ["A1\nplace 1", "<i>A2</i>", "A3", "A4"],
    }
)


def ranges(frame=FOUR, places=2, dark=False, limits=(1, 4)):
    return chart.ranges(frame, places, limits, WORDS, dark=dark)


def named(figure):
    return {trace["name"]: trace for trace in figure.data if trace["showlegend"]}


@pytest.mark.parametrize("dark", [False, True])
def test_each_standing_has_a_shape_and_a_colour_of_its_own(dark):
    found = named(ranges(dark=dark))
    looks = {
        name: (trace["marker"]["symbol"], trace["marker"]["color"]) for name, trace in found.items()
    }
    colours = palette(dark)
    assert looks == {
        "in": ("circle", colours.accent),
        "near": ("diamond", colours.categorical[1]),
    }
    shapes = [symbol for symbol, _colour, _sign in list(chart.LOOKS.values())[:3]]
    assert len(set(shapes)) == 3


def test_dots_stand_at_the_expected_place_and_bars_over_the_range():
    figure = ranges()
    near = named(figure)["near"]
    assert (list(near["x"]), list(near["y"])) == ([2.2, 2.8], [1, 2])
    assert list(near["customdata"]) == ["A2", "A3"]
    spans = [trace for trace in figure.data if trace["mode"] == "lines"]
    assert list(spans[1]["x"]) == [1, 3, None, 2, 3, None]
    assert list(spans[1]["y"]) == [1, 1, 1, 2, 2, 2]


def test_the_line_stands_after_the_last_place_and_only_where_it_is_in_sight():
    figure = ranges()
    assert {shape["x0"] for shape in figure.layout.shapes} == {2.5}
    assert figure.layout.annotations[0]["text"] == "line: 2 places"
    assert not ranges(places=None).layout.shapes
    assert not ranges(places=90).layout.shapes


def test_the_first_row_is_on_top_and_names_are_cut_and_never_markup():
    figure = ranges()
    low, high = figure.layout.yaxis.range
    assert low > high
    assert figure.layout.yaxis.ticktext[:2] == ("1 · A1 One", "2 · A2 &lt;b&gt;Two&lt;/b&gt; wi…")
    near = named(figure)["near"]
    assert near["text"][0] == "&lt;i&gt;A2&lt;/i&gt;"


@pytest.mark.parametrize(
    "limits, ticks",
    [
        ((1, 4), [1, 2, 3, 4]),
        ((1, 42), [1, 10, 20, 30, 40]),
        ((9, 34), [9, 15, 20, 25, 30]),
        ((4_400, 4_700), [4_400, 4_450, 4_500, 4_550, 4_600, 4_650, 4_700]),
        ((1, 1), [1]),
    ],
)
def test_the_axis_has_few_round_places_and_its_first(limits, ticks):
    assert list(ranges(limits=limits).layout.xaxis.tickvals) == ticks


def test_a_row_is_as_high_whatever_their_number():
    assert ranges().layout.height - ranges(FOUR[:3]).layout.height == chart.ROW


def strip(shares, first=1, dark=False):
    shares = np.array(shares)
    texts = [[f"{n}" for n in row] for row in shares]
    names = [f"A{n}" for n in range(len(shares))]
    return chart.chances_of_places(names, shares, first, 2, WORDS, texts, dark=dark)


@pytest.mark.parametrize("dark", [False, True])
def test_a_place_that_never_was_has_no_colour_and_frequent_ones_their_number(dark):
    figure = strip([[0.9, 0.08, 0.02], [0.0, 0.5, 0.5]], dark=dark)
    cells = figure.data[0]
    assert [list(row) for row in cells["z"]] == [[0.9, 0.08, 0.02], [None, 0.5, 0.5]]
    written = {
        (x, y): text
        for trace in figure.data[1:]
        for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }
    assert written == {(1, 0): "90", (2, 1): "50", (3, 1): "50"}


def test_with_many_places_no_number_is_squeezed_into_a_cell():
    figure = strip([[1 / 40] * 40])
    assert all(not len(trace["x"]) for trace in figure.data[1:])


def test_two_marks_of_a_row_are_joined_and_a_missing_one_is_left_out():
    rows = pd.DataFrame(
        {
            "name": ["R1", "R2"],
            "first": [6.0, np.nan],
            "second": [5.5, 7.0],
            "text": ["R1\ngave 6", "<b>"],
        }
    )
    figure = chart.pairs(
        rows,
        (4.0, 8.0),
        {"first": "gave", "second": "without"},
        [(5.8, "its total", "solid"), (5.9, "needed", "dash")],
        str,
        "Total",
        dark=False,
    )
    joined, gave, without = figure.data
    assert list(joined["x"]) == [6.0, 5.5, None]
    assert (list(gave["x"]), list(gave["y"]), gave["name"]) == ([6.0], [0], "gave")
    assert (list(without["x"]), list(without["y"])) == ([5.5, 7.0], [0, 1])
    assert list(without["text"]) == ["R1<br>gave 6", "&lt;b&gt;"]
    assert [shape["x0"] for shape in figure.layout.shapes] == [5.8, 5.9]
    # Their labels stand on lines of their own.
    assert len({note["yshift"] for note in figure.layout.annotations}) == 2
    assert list(figure.layout.xaxis.tickvals) == [4.0, 5.0, 6.0, 7.0, 8.0]

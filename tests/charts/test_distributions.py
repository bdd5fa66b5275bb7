"""How values are placed on a scale: the figure is a value, so its numbers are looked at."""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.distributions import (
    BAND,
    DOT,
    LEVELS,
    LOOKS,
    Axis,
    Line,
    Row,
    bars,
    bins,
    dots,
    stacks,
    step,
    ticks,
)

AXIS = Axis(0, 100, "Total", str)
NAMES = {stage: stage for stage in LOOKS} | {"open": "incomplete", "mean": "mean"}


@pytest.mark.parametrize(
    "length, most, expected",
    [(9, 40, 0.25), (100, 40, 2.5), (4, 40, 0.1), (1, 40, 0.025), (99, 40, 2.5), (9, 10, 1)],
)
def test_a_step_is_the_smallest_round_one_that_suffices(length, most, expected):
    assert step(length, most) == expected


@pytest.mark.parametrize(
    "scale, expected",
    [
        ((1, 10), (1, 0.25, 36)),
        ((0, 100), (0, 2.5, 40)),
        ((1, 5), (1, 0.1, 40)),
        ((1, 100), (0, 2.5, 40)),
        ((-5, 5), (-5, 0.25, 40)),
    ],
)
def test_intervals_cover_the_scale_with_edges_that_read_well(scale, expected):
    assert bins(*scale) == expected


def test_ticks_are_the_round_numbers_on_a_scale():
    assert ticks(1, 10, 10) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert ticks(0.3, 1.7, 5) == [0.5, 1, 1.5]


def test_a_dot_takes_the_lowest_level_that_is_free():
    assert stacks([1, 1, 1, 2, 2.5, 3], 1) == [0, 1, 2, 0, 1, 0]


@given(st.lists(st.floats(0, 10), max_size=60), st.floats(0.01, 3))
def test_dots_of_a_level_never_overlap(values, distance):
    values.sort()
    levels = stacks(values, distance)
    for level in set(levels):
        own = [value for value, at in zip(values, levels, strict=True) if at == level]
        assert all(b - a >= distance - 1e-8 for a, b in pairwise(own))


def frame(*rows):
    columns = ["part", "id", "value", "stage", "complete", "text"]
    return pd.DataFrame(rows, columns=columns)


DOTS = frame(
    ("AFR", "A1", 70.0, "selected", True, "One"),
    ("AFR", "A2", 70.0, "not selected", False, "Two"),
    ("EUR", "A3", 30.0, "selected", True, "<b>Three</b>\nEstonia"),
)
ROWS = [Row("AFR", "Africa"), Row("CIS", "CIS"), Row("EUR", "Europe")]


def marks(figure: go.Figure) -> dict[str, dict]:
    """Each dot of a figure by its id."""
    return {
        name: {"x": x, "y": y, "symbol": symbol, "text": text}
        for trace in figure.data
        if trace.customdata is not None
        for name, x, y, symbol, text in zip(
            trace.customdata, trace.x, trace.y, trace.marker.symbol, trace.text, strict=True
        )
    }


def legend(figure: go.Figure) -> list[str]:
    entries = [trace for trace in figure.data if trace.showlegend is not False]
    return [trace.name for trace in sorted(entries, key=lambda trace: trace.legendrank or 1000)]


def test_every_dot_stands_at_its_exact_value_in_its_own_row():
    found = marks(dots(DOTS, ROWS, AXIS, NAMES, dark=False))
    assert {name: mark["x"] for name, mark in found.items()} == {"A1": 70, "A2": 70, "A3": 30}
    # The rows read from the top: Africa above Europe. Of two that are equal, the selected is below.
    assert found["A3"]["y"] < found["A1"]["y"] < found["A2"]["y"]
    assert found["A2"]["y"] - found["A1"]["y"] == DOT


def test_shape_says_the_stage_and_an_open_one_that_reviews_are_incomplete():
    figure = dots(DOTS, ROWS, AXIS, NAMES, dark=False)
    found = marks(figure)
    assert [found[name]["symbol"] for name in ("A1", "A2", "A3")] == [
        "circle",
        "square-open",
        "circle",
    ]
    assert legend(figure) == ["selected", "not selected", "incomplete"]


def test_no_two_stages_share_a_shape():
    assert len({symbol for symbol, _ in LOOKS.values()}) == len(LOOKS) == 7


def test_text_of_the_data_is_shown_and_not_rendered():
    rows = [Row("AFR", "<i>Africa</i>"), Row("EUR")]
    figure = dots(DOTS, rows, AXIS, NAMES, dark=False)
    assert marks(figure)["A3"]["text"] == "&lt;b&gt;Three&lt;/b&gt;<br>Estonia"
    assert [note.text for note in figure.layout.annotations] == ["&lt;i&gt;Africa&lt;/i&gt;"]


def test_a_row_without_a_dot_keeps_its_place_and_label():
    figure = dots(DOTS, ROWS, AXIS, NAMES, dark=False)
    labels = {note.text: note.y for note in figure.layout.annotations}
    assert labels["Africa"] > labels["CIS"] > labels["Europe"]
    assert len(figure.layout.shapes) == 3  # a base line each


def test_a_long_label_is_broken_and_has_room():
    long = "Contribution to the priorities of the plan and to those of the region · n = 2"
    short, tall = (
        dots(DOTS, [Row("AFR", label), Row("EUR", "Europe")], AXIS, NAMES, dark=False)
        for label in ("Africa", long)
    )
    assert tall.layout.annotations[0].text == (
        "Contribution to the priorities of the plan and<br>to those of the region · n = 2"
    )
    assert tall.layout.height - short.layout.height == 17


def test_the_same_dots_in_another_order_give_the_same_figure():
    one = dots(DOTS, ROWS, AXIS, NAMES, dark=False)
    assert one == dots(DOTS.iloc[::-1], ROWS, AXIS, NAMES, dark=False)


def test_three_hundred_equal_values_do_not_grow_out_of_the_figure():
    equal = frame(*(("all", f"A{n}", 50.0, "selected", True, "") for n in range(300)))
    figure = dots(equal, [Row("all")], AXIS, NAMES, dark=False)
    heights = [mark["y"] for mark in marks(figure).values()]
    assert len(set(heights)) == 300
    assert max(heights) < LEVELS * DOT


def test_a_figure_without_dots_is_its_rows_and_its_scale():
    figure = dots(DOTS[:0], ROWS, AXIS, NAMES, dark=False)
    assert figure.data == ()
    assert list(figure.layout.xaxis.ticktext) == [str(float(n)) for n in range(0, 101, 10)]


def test_the_line_goes_through_all_rows_with_its_label():
    line = Line(65.5, "line: 17 places")
    figure = dots(DOTS, ROWS, AXIS, NAMES, dark=False, line=line)
    across = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
    assert [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in across] == [(65.5, 65.5, 0, 1)]
    (label,) = [note for note in figure.layout.annotations if note.text == "line: 17 places"]
    assert label.x == 65.5


def test_a_mean_is_marked_only_in_rows_that_have_one():
    rows = [Row("AFR", "Africa", 70.0), Row("EUR", "Europe")]
    figure = dots(DOTS, rows, AXIS, NAMES, dark=False)
    strokes = [trace for trace in figure.data if trace.mode == "lines"]
    assert {trace.x for trace in strokes} == {(70.0, 70.0, None)}
    assert legend(figure) == ["selected", "not selected", "incomplete", "mean"]


BARS = pd.DataFrame(
    [("AFR", 0, 2, 6, "a"), ("AFR", 1, 1, 3, "b"), ("EUR", 1, 1, 0, "c")],
    columns=["part", "bin", "selected", "others", "text"],
)
COUNTS = {"selected": "selected", "others": "others", "mean": "mean", "count": "applications"}


def test_bars_stand_on_their_intervals_others_on_top_of_selected():
    figure = bars(BARS, ROWS, AXIS, COUNTS, start=10, width=5, dark=False)
    selected, others = figure.data
    assert list(selected.x) == list(others.x) == [12.5, 17.5, 17.5]
    # The highest bar of a row fills its band: 8 in Africa, 1 in Europe.
    assert list(selected.y) == [BAND / 4, BAND / 8, BAND]
    assert list(others.y) == [BAND * 3 / 4, BAND * 3 / 8, 0]
    assert list(others.base) == [a + b for a, b in zip(selected.base, selected.y, strict=True)]
    assert legend(figure) == ["selected", "others"]


def test_a_single_row_of_bars_has_an_axis_of_whole_counts():
    alone = BARS[BARS["part"] == "AFR"]
    figure = bars(alone, [Row("AFR")], AXIS, COUNTS, start=0, width=5, dark=False)
    axis = figure.layout.yaxis
    assert list(axis.ticktext) == ["0.0", "2.0", "4.0", "6.0", "8.0"]
    highest = max(a + b for a, b in zip(figure.data[1].base, figure.data[1].y, strict=True))
    assert axis.tickvals[-1] == highest
    assert axis.title.text == "applications"


def test_before_anybody_is_selected_bars_have_one_colour_and_no_legend():
    names = {"mean": "mean", "count": "applications"}
    figure = bars(BARS, ROWS, AXIS, names, start=0, width=5, dark=False)
    assert len({trace.marker.color for trace in figure.data}) == 1
    assert legend(figure) == []


def test_bars_of_nothing_are_rows_without_bars():
    figure = bars(BARS[:0], ROWS, AXIS, COUNTS, start=0, width=5, dark=False)
    assert [len(trace.x) for trace in figure.data] == [0, 0]
    assert [note.text for note in figure.layout.annotations] == ["Africa", "CIS", "Europe"]

"""Applications on one scale: who gave what is seen by shape, and what is compared lies together."""

import pandas as pd

from charts.compare import Band, beside
from charts.distributions import DOT, Axis, Line

AXIS = Axis(1, 10, "Score", str)
NAMES = {"other": "others", "mean": "mean"}
STRIPS = {"A": "A", "<b>": "<b>"}
BANDS = [
    Band("total", "Total", [5, None], Line(6.5, "line: 2 places")),
    Band("criterion <i>", "<i>Plan</i>", [4, 7]),
]
DOTS = pd.DataFrame(
    [
        ("total", "A", "R1", 5.0),
        ("criterion <i>", "A", "R1", 4.0),
        ("criterion <i>", "A", "R2", 4.0),
        ("criterion <i>", "<b>", "R1", 7.0),
        ("criterion <i>", "<b>", "R3", 7.0),
    ],
    columns=["band", "application_id", "reviewer", "value"],
).assign(text="<img>\nx")


def drawn(dark=False, dots=DOTS, readers=("R1",)):
    return beside(dots, BANDS, STRIPS, list(readers), AXIS, NAMES, dark=dark)


def marks(figure):
    return {trace.name: trace for trace in figure.data if trace.mode == "markers"}


def test_a_reviewer_of_several_has_one_look_everywhere_and_the_others_share_one():
    told = marks(drawn())
    assert list(told) == ["mean", "R1", "others"]
    assert list(told["R1"].customdata) == ["A", "A", "<b>"]
    assert told["R1"].marker.symbol == "circle"
    assert list(told["others"].x) == [4.0, 7.0]
    assert told["others"].marker.symbol == "circle-open"


def test_two_reviewers_of_several_differ_by_shape_and_colour():
    told = marks(drawn(readers=("R1", "R2")))
    assert told["R1"].marker.symbol != told["R2"].marker.symbol
    assert told["R1"].marker.color != told["R2"].marker.color


def test_equal_marks_stand_one_above_the_other_the_known_reviewer_below():
    told = marks(drawn())
    known, other = told["R1"], told["others"]
    assert known.x[-1] == other.x[-1] == 7.0
    assert other.y[-1] - known.y[-1] == DOT


def test_applications_lie_in_the_order_given_and_the_total_on_top():
    axis = drawn().layout.yaxis
    heights = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert [heights[at] for at in sorted(heights, reverse=True)] == ["A", "&lt;b&gt;"] * 2
    [total, plan] = drawn().layout.annotations
    assert total.text == "<b>Total</b>" and total.y > plan.y


def test_means_and_the_line_are_marked_in_their_own_band():
    lines = [trace for trace in drawn().data if trace.mode == "lines"]
    # Of the total one mean is missing; None parts the strokes.
    assert [value for value in lines[1].x if value is not None] == [5, 5, 4, 4, 7, 7]
    line = lines[-1]
    assert (line.name, list(line.x)) == ("line: 2 places", [6.5, 6.5])
    assert min(line.y) > max(value for value in lines[1].y[3:] if value is not None)


def test_names_from_data_are_text():
    figure = drawn(dark=True)
    assert set(marks(figure)["R1"].text) == {"&lt;img&gt;<br>x"}
    assert figure.layout.annotations[1].text == "<b>&lt;i&gt;Plan&lt;/i&gt;</b>"


def test_high_stacks_are_squeezed():
    many = pd.DataFrame(
        {
            "band": "total",
            "application_id": "A",
            "reviewer": [f"R{n:03}" for n in range(200)],
            "value": 5.0,
            "text": "",
        }
    )
    assert drawn(dots=many).layout.height < 800


def test_nothing_given_is_no_mark():
    assert list(marks(drawn(dots=DOTS.iloc[:0]))) == ["mean"]

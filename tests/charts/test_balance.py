"""Ranges of a lot with a mark for those selected, and the curve of a rule that tightens."""

from charts.balance import Row, falling, ranges

WORDS = {"range": "a lot", "expected": "mean", "selected": "selected", "axis": "Applications"}
ROWS = [
    Row("Africa", "5 of 14; a lot 3–9", 3, 9, 5.7, 5),
    Row("<b>None", "0 of 0; a lot 0–0", 0, 0, 0.0, 0),
]
CURVE = {"now": "as it is set", "x": "At least", "y": "Mean"}


def named(figure):
    return {trace.name: trace for trace in figure.data}


def test_each_row_has_its_range_its_mean_its_mark_and_its_counts():
    figure = ranges(ROWS, WORDS, dark=False)
    found = named(figure)
    assert list(found) == ["a lot", "mean", "selected"]
    assert found["mean"].x == (5.7, 0.0)
    assert found["selected"].x == (5, 0)
    bars = zip(found["a lot"].base, found["a lot"].x, ROWS, strict=True)
    assert all(low < row.low <= row.high < low + wide for low, wide, row in bars)
    texts = [note.text for note in figure.layout.annotations]
    assert texts == [
        "<b>Africa</b>",
        "<b>&lt;b&gt;None</b>",
        "5 of 14; a lot 3–9",
        "0 of 0; a lot 0–0",
    ]


def test_rows_stand_in_the_order_given_from_the_top():
    marks = named(ranges(ROWS, WORDS, dark=False))["selected"].y
    assert marks[0] < marks[1]  # the axis runs downwards


def test_without_a_decision_there_is_no_mark_and_no_word_for_it():
    rows = [Row("Africa", "3 applied; a lot 0–3", 0, 3, 1.6)]
    assert list(named(ranges(rows, WORDS, dark=True))) == ["a lot", "mean"]


def test_zero_has_room_on_the_axis():
    low, high = ranges(ROWS, WORDS, dark=False).layout.xaxis.range
    assert low < 0 and high > 9


def test_ticks_are_whole_numbers():
    for most in (0, 1, 6, 7, 43, 100_000):
        rows = [Row("Africa", "", 0, most, most / 2, most)]
        ticks = ranges(rows, WORDS, dark=False).layout.xaxis.tickvals
        assert all(isinstance(tick, int) for tick in ticks)
        assert 1 <= len(ticks) <= 8


def test_a_long_name_takes_lines_of_its_own():
    long = "Inclusive and secure telecommunications/ICTs for sustainable development"
    one = ranges([Row("A", "", 0, 1, 0.5, 1)], WORDS, dark=False).layout.height
    assert ranges([Row(long, "", 0, 1, 0.5, 1)], WORDS, dark=False).layout.height == one + 18


def test_the_rule_as_it_is_set_is_marked_and_the_impossible_has_its_line():
    points = [(0, 6.9), (1, 6.8), (2, 6.7)]
    figure = falling(points, ["6.90", "6.80", ""], 1, (3, "no selection"), CURVE, dark=False)
    curve, mark = figure.data
    assert (curve.x, curve.y) == ((0, 1, 2), (6.9, 6.8, 6.7))
    assert (mark.name, mark.x, mark.y) == ("as it is set", (1,), (6.8,))
    assert [shape.x0 for shape in figure.layout.shapes] == [3]
    assert [note.text for note in figure.layout.annotations] == ["6.90", "6.80", "no selection"]


def test_tighter_is_to_the_right_also_where_that_is_less():
    figure = falling([(3, 6.9), (2, 6.8)], ["", ""], None, (1, "none"), CURVE, dark=True)
    left, right = figure.layout.xaxis.range
    assert left > 3 and right < 1
    assert [trace.name for trace in figure.data] == [None]


def test_one_point_and_equal_means_have_a_scale():
    for points in ([(0, 5.0)], [(0, 5.0), (1, 5.0)]):
        figure = falling(points, [""] * len(points), None, None, CURVE, dark=False)
        low, high = figure.layout.yaxis.range
        assert low < 5 < high
        left, right = figure.layout.xaxis.range
        assert left < right

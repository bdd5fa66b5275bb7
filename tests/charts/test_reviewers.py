"""The figures of a panel: shares that make a whole, ranges around 0, and places that move."""

import pytest

from charts.reviewers import MOVES, Move, Reviewer, Shares, severities, shares, slopes

SHARE_WORDS = {"application": "applications", "reviewer": "<b>reviewers", "residual": "rest"}
SIDE_WORDS = {"lower": "lower", "within": "within", "higher": "higher"}
MOVE_WORDS = {way: way for way in MOVES} | {"line": "the line"}


def percent(share):
    return f"{100 * share:.0f}%"


def test_the_shares_lie_end_to_end_and_make_the_whole():
    rows = [Shares("Total", (0.5, 0.3, 0.2)), Shares("<i>Plan", (0.0, 0.05, 0.95))]
    figure = shares(rows, SHARE_WORDS, percent, dark=False)
    bars = [(list(bar.base), list(bar.x)) for bar in figure.data]
    assert bars[0] == ([0, 0], [0.5, 0.0])
    assert bars[1] == ([0.5, 0.0], [0.3, 0.05])
    assert bars[2] == ([0.8, 0.05], [0.2, 0.95])
    assert list(figure.data[1].text) == ["30%", ""]  # of a narrow part only hovering tells
    assert figure.data[1].name == "&lt;b&gt;reviewers"
    assert [it.text for it in figure.layout.annotations] == ["<b>Total</b>", "<b>&lt;i&gt;Plan</b>"]


def reviewer(name, at, half, group=""):
    return Reviewer(name, at, at - half, at + half, group, f"{name}\n{at}")


@pytest.mark.parametrize(
    "low, high, side",
    [(-2, -0.1, "lower"), (-1, 0, "within"), (-1, 1, "within"), (0.1, 2, "higher")],
)
def test_a_side_is_told_only_where_the_whole_interval_lies_on_it(low, high, side):
    assert Reviewer("R1", (low + high) / 2, low, high, "", "").side == side


def test_a_range_is_drawn_around_its_dot_and_zero_is_the_middle():
    figure = severities(
        [reviewer("R1", -2, 1), reviewer("<b>R2", 0.5, 1)], SIDE_WORDS, "Points", str, dark=False
    )
    told = {trace.name: trace for trace in figure.data}
    assert list(told) == ["lower", "within"]
    assert list(told["lower"].x) == [-2] and list(told["lower"].error_x.array) == [1]
    assert told["lower"].marker.symbol != told["within"].marker.symbol
    low, high = figure.layout.xaxis.range
    assert low == -high
    assert list(figure.layout.yaxis.ticktext) == ["R1", "&lt;b&gt;R2"]
    upper, lower = figure.layout.yaxis.tickvals
    assert upper > lower


def test_each_set_has_its_heading_above_its_reviewers():
    rows = [
        reviewer("R1", 0, 1, "Set 1"),
        reviewer("R2", 0, 1, "Set 1"),
        reviewer("R3", 0, 1, "Set 2"),
    ]
    figure = severities(rows, SIDE_WORDS, "Points", str, dark=True)
    heads = {it.text: it.y for it in figure.layout.annotations}
    first, second, third = figure.layout.yaxis.tickvals
    assert heads["<b>Set 1</b>"] > first > second > heads["<b>Set 2</b>"] > third


def test_reviewers_who_all_gave_the_same_are_drawn_too():
    figure = severities([reviewer("R1", 0, 0)], SIDE_WORDS, "Points", str, dark=False)
    assert figure.layout.xaxis.range == (-1, 1)


MOVED = [
    Move("A1", 2, 3, "down", "A1"),
    Move("A2", 3, 2, "up", "A2"),
    Move("<b>", 4, 4, "same side", "<b>"),
    Move("A4", 4, 5, "same side", "A4"),
]


def test_an_application_goes_from_its_place_to_its_adjusted_one():
    figure = slopes(MOVED, 2, ("Place", "Adjusted"), MOVE_WORDS, dark=False)
    told = {trace.name: trace for trace in figure.data}
    assert list(told["down"].y) == [2, 3, None]
    assert list(told["same side"].y) == [4, 4, None, 4, 5, None]
    assert list(told["the line"].y) == [2.5, 2.5]
    assert len({told[way].marker.symbol for way in MOVES}) == 3
    # The first place is on top.
    low, high = figure.layout.yaxis.range
    assert low > high


def test_those_who_share_a_place_are_named_together_as_text():
    figure = slopes(MOVED, None, ("Place", "Adjusted"), MOVE_WORDS, dark=False)
    words = [it.text for it in figure.layout.annotations]
    assert "&lt;b&gt;, A4 · 4" in words and "5 · A4" in words
    assert [trace.name for trace in figure.data] == ["up", "down", "same side"]


def test_of_many_who_share_a_place_the_first_is_named_and_the_others_counted():
    tied = [Move(f"A{n}", 4, n, "same side", "") for n in (1, 2, 3)]
    figure = slopes(tied, None, ("Place", "Adjusted"), MOVE_WORDS, dark=False)
    assert figure.layout.annotations[0].text == "A1 +2 · 4"


def test_a_line_beyond_those_shown_is_not_drawn_and_wide_gaps_are_squeezed():
    far = [Move("A1", 10, 4_000, "same side", "A1")]
    figure = slopes(far, 3, ("Place", "Adjusted"), MOVE_WORDS, dark=False)
    assert [trace.name for trace in figure.data] == ["same side"]
    assert figure.layout.height < 1_400

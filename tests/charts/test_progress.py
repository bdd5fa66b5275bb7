from datetime import date

import pandas as pd
import pytest

from charts.progress import STATES, matrix, steps
from charts.theme import DARK, LIGHT

ROWS = [(None, "Priority one"), ("I1", "People trained"), ("I2", "Price")]
COLUMNS = {"C1": "Kenya", "C2": "Finland"}
WORDS = {state: f"words for {state}" for state in STATES}


def cells(*rows):
    return pd.DataFrame(rows, columns=["row", "column", "state", "text", "hover"])


def traces(figure, kind):
    return [trace for trace in figure.data if trace.type == kind]


def legend(figure):
    return [trace.name for trace in traces(figure, "scatter") if trace.showlegend]


def drawn(figure):
    return [text for t in traces(figure, "scatter") if t.mode == "text" for text in t.text]


def test_what_was_not_reported_has_no_number_and_no_fill():
    figure = matrix(
        cells(
            ("I1", "C1", "reported", "0<br>→ 100", "zero"),
            ("I1", "C2", "silent", "never shown", "no report"),
            ("I2", "C2", "waiting", "never shown", "no report; not yet due"),
        ),
        ROWS,
        COLUMNS,
        WORDS,
        dark=False,
    )
    (heatmap,) = traces(figure, "heatmap")
    # From the top: the heading, which holds nothing; then two filled shades (2, 1) or none (0).
    assert [list(line) for line in heatmap.z] == [[None, None], [2, 0], [None, 0]]
    assert drawn(figure) == ["0<br>→ 100"]
    assert legend(figure) == [
        "words for reported",
        "words for silent",
        "words for waiting",
        "words for none",
    ]


def test_every_cell_lies_in_its_row_and_column_and_says_so_when_pointed_at():
    figure = matrix(
        cells(("I2", "C1", "untargeted", "7", "seven"), ("I1", "C2", "parts", "", "in parts")),
        ROWS,
        COLUMNS,
        WORDS,
        dark=False,
    )
    (heatmap,) = traces(figure, "heatmap")
    assert [list(line) for line in heatmap.hovertext] == [["", ""], ["", "in parts"], ["seven", ""]]
    assert list(heatmap.x) == [0, 1, 2]
    # One edge more than rows, and each name in the middle of its row.
    edges = list(heatmap.y)
    assert len(edges) == 4
    assert list(figure.layout.yaxis.tickvals) == [
        (edges[1] + edges[2]) / 2,
        (edges[2] + edges[3]) / 2,
    ]
    assert list(figure.layout.yaxis.ticktext) == ["People trained", "Price"]
    (parts,) = [trace for trace in figure.data if trace.name == "words for parts"]
    assert (list(parts.x), list(parts.y)) == ([1.5], [figure.layout.yaxis.tickvals[0]])


def test_states_differ_in_shape_and_not_in_colour_alone():
    hollow = [symbol for state, symbol in STATES.items() if symbol != "square"]
    assert len(set(hollow)) == len(hollow) == 4
    assert [state for state, symbol in STATES.items() if symbol == "square"] == [
        "reported",
        "partly",
        "untargeted",
    ]


def test_names_from_data_are_shown_as_written_and_cut_where_they_are_endless():
    figure = matrix(
        cells(),
        [(None, "<b>bold</b>"), ("I1", "<a href='https://example.org'>x</a>" + " word" * 100)],
        {"C1": "<img src=x>" + "y" * 100},
        {"none": "<i>none</i>"},
        dark=False,
    )
    assert figure.layout.annotations[0].text == "<b>&lt;b&gt;bold&lt;/b&gt;</b>"
    (row,) = figure.layout.yaxis.ticktext
    assert row == (
        "&lt;a href='https://exam<br>ple.org'&gt;x&lt;/a&gt; word<br>word word word word …"
    )
    (column,) = figure.layout.xaxis.ticktext
    assert column == "&lt;img src=x&gt;" + "y" * 10 + "…"
    assert legend(figure) == ["&lt;i&gt;none&lt;/i&gt;"]


@pytest.mark.parametrize("columns, shown", [(20, 20), (21, 0)])
def test_numbers_are_written_out_only_where_they_fit(columns, shown):
    names = {f"C{n}": f"Country {n}" for n in range(columns)}
    reports = [("I1", key, "reported", "5", "five") for key in names]
    figure = matrix(cells(*reports), ROWS[:2], names, WORDS, dark=False)
    assert len(drawn(figure)) == shown


def test_a_matrix_of_nothing_is_still_a_figure():
    figure = matrix(cells(), [(None, "Priority one")], {}, WORDS, dark=True)
    assert legend(figure) == []


def test_a_figure_has_the_colours_of_its_page():
    reported = cells(("I1", "C1", "reported", "5", ""))
    for dark, colours in ((False, LIGHT), (True, DARK)):
        figure = matrix(reported, ROWS, COLUMNS, WORDS, dark=dark)
        (heatmap,) = traces(figure, "heatmap")
        assert heatmap.colorscale[-1] == (1.0, colours.accent)
        (text,) = [trace for trace in traces(figure, "scatter") if trace.mode == "text"]
        assert text.textfont.color == colours.page


def test_a_number_holds_until_it_changes_and_until_today():
    days = [date(2023, 6, 15), date(2025, 2, 10), date(2026, 4, 30)]
    today = date(2026, 11, 24)
    (line,) = steps(days, [17, 18, 17], today, dark=False).data
    assert list(line.x) == [*days, today]
    assert list(line.y) == [17, 18, 17, 17]
    assert line.line.shape == "hv"
    assert list(line.text) == ["17", "18", "17", ""]


def test_the_axis_of_a_number_begins_at_zero():
    figure = steps([date(2025, 1, 1)], [4], date(2026, 1, 1), dark=False)
    assert figure.layout.yaxis.range == (0, 5)


@pytest.mark.parametrize("count, dtick", [(1, 1), (3, 1), (4, None), (17, None)])
def test_few_centres_are_marked_one_by_one_and_never_in_halves(count, dtick):
    figure = steps([date(2025, 1, 1)], [count], date(2026, 1, 1), dark=False)
    assert figure.layout.yaxis.dtick == dtick

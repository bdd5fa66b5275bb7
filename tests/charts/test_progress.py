from datetime import date

import pandas as pd
import pytest

from charts.progress import matrix, steps
from charts.statuses import LOOKS
from charts.theme import DARK, LIGHT

ROWS = [(None, "Priority one"), ("I1", "People trained"), ("I2", "Price")]
COLUMNS = {"C1": "Kenya", "C2": "Finland"}
WORDS = {state: f"words for {state}" for state in LOOKS}


def cells(*rows):
    return pd.DataFrame(rows, columns=["row", "column", "state", "text", "hover"])


def traces(figure, kind):
    return [trace for trace in figure.data if trace.type == kind]


def legend(figure):
    """Its words, from the top: beside the signs, which stand centred in their cells."""
    return [
        line
        for note in figure.layout.annotations
        if note.yanchor == "top" and note.align == "left"
        for line in note.text.split("<br>")
    ]


def drawn(figure):
    return [text for t in traces(figure, "scatter") if t.mode == "text" for text in t.text]


def grounds(figure):
    """The colours of cells -> the path around all of that colour."""
    return {it.fillcolor: it.path for it in figure.layout.shapes if it.type == "path"}


def shapes(figure):
    """What is drawn in each cell: (row, column) -> the name of its shape."""
    return {
        tuple(key): symbol
        for trace in traces(figure, "scatter")
        if trace.customdata is not None
        for key, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
    }


def test_a_cell_has_its_shape_its_colour_and_its_number_and_silence_has_none():
    figure = matrix(
        cells(
            ("I1", "C1", "on course", "0<br>→ 100", "zero"),
            ("I1", "C2", "no report", "", "no report"),
            ("I2", "C2", "not yet due", "", "not yet due"),
        ),
        ROWS,
        COLUMNS,
        WORDS,
        dark=False,
    )
    # The heading takes 30 px, each of the rows 50; a cell lies a pixel within its own.
    assert grounds(figure) == {
        LOOKS["on course"].light[0]: "M0.002,31H0.998V79H0.002Z",
        LOOKS["no report"].light[0]: "M1.002,31H1.998V79H1.002Z",
        LOOKS["not yet due"].light[0]: "M1.002,81H1.998V129H1.002Z",
    }
    assert shapes(figure) == {
        ("I1", "C1"): "circle",
        ("I1", "C2"): "circle-open",
        ("I2", "C1"): "line-ew-open",
        ("I2", "C2"): "square-open",
    }
    assert drawn(figure) == ["0<br>→ 100"]
    assert legend(figure) == [
        "words for on course",
        "words for not yet due",
        "words for no report",
        "words for none",
    ]


def test_every_cell_lies_in_its_row_and_column_and_says_so_when_pointed_at():
    figure = matrix(
        cells(("I2", "C1", "behind", "", "seven"), ("I1", "C2", "achieved", "", "all")),
        ROWS,
        COLUMNS,
        WORDS,
        dark=False,
    )
    # The heading takes 30 px and each row of shapes alone 30: a name stands in the middle.
    middles = [45, 75]
    assert list(figure.layout.xaxis.range) == [0, 2]
    assert list(figure.layout.yaxis.tickvals) == middles
    assert list(figure.layout.yaxis.ticktext) == ["People trained", "Price"]
    told = {
        text: (x, y)
        for trace in traces(figure, "scatter")
        if trace.hovertext is not None
        for text, x, y in zip(trace.hovertext, trace.x, trace.y, strict=True)
    }
    assert (told["seven"], told["all"]) == ((0.5, middles[1]), (1.5, middles[0]))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


STATUSES = list(LOOKS)[:8]


def test_statuses_differ_in_shape_and_not_in_colour_alone():
    assert len({LOOKS[status].symbol for status in STATUSES}) == len(STATUSES) == 8
    assert len({LOOKS[status].sign for status in STATUSES}) == 8
    shared = ["all", "some", "none of them", "unjudged", "waiting", "silent", "none"]
    assert len({LOOKS[state].symbol for state in shared}) == 7


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_not_known_is_grey_and_of_two_greys(dark):
    """Grey: its three parts lie close together. Orange and red are for what was reported."""

    def spread(colour):
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        return max(parts) - min(parts)

    unknown = [LOOKS[state].colours(dark)[0] for state in ("no report", "not calculable")]
    assert all(spread(colour) < 32 for colour in unknown)
    assert contrast(*unknown) > 1.3
    assert {LOOKS[state].tone for state in ("no report", "not calculable", "not yet due")} == {
        "gray"
    }


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", LOOKS)
def test_what_is_drawn_on_a_cell_is_legible(state, dark):
    assert contrast(*LOOKS[state].colours(dark)) >= 4.5


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
    reports = [("I1", key, "behind", "5", "five") for key in names]
    figure = matrix(cells(*reports), ROWS[:2], names, WORDS, dark=False)
    assert len(drawn(figure)) == shown
    assert len(shapes(figure)) == columns


def test_a_matrix_of_nothing_is_still_a_figure():
    figure = matrix(cells(), [(None, "Priority one")], {}, WORDS, dark=True)
    assert legend(figure) == []


def test_a_figure_has_the_colours_of_its_page():
    reported = cells(("I1", "C1", "achieved", "5", ""))
    for dark, colours in ((False, LIGHT), (True, DARK)):
        figure = matrix(reported, ROWS, COLUMNS, WORDS, dark=dark)
        assert list(grounds(figure)) == [colours.accent]
        (text,) = [trace for trace in traces(figure, "scatter") if trace.mode == "text"]
        assert list(text.textfont.color) == [colours.page]


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

"""What centres reported, and how many there are: the matrix of priorities and the line of dates."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.statuses import LOOKS
from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

ROW, HEADING = 16, 18  # px, heights of a line of a row's name and of a line of a heading
BARE, TOLD = 30, 50  # px, least height of a cell with its shape alone, and with numbers below it
LEFT = 150  # px, for the names of the rows: on a phone the cells need the rest
NAME = 21  # characters of a row's name on one line; at most three lines
TITLE = 46  # characters of a heading on one line; at most two lines
COLUMN = 22  # characters of a column's name
SPELT_OUT = 20  # columns; with more of them a number no longer fits its cell
KEY = 12  # px, size of the legend's letters; Plotly sets lines 1.3 times as high
LINE = 1.3 * KEY
SWATCH = 22  # px, width of a cell of the legend
LABELLED = 12  # changes; with more of them the numbers on the line would overlap


def matrix(
    cells: pd.DataFrame,
    rows: Sequence[tuple[str | None, str]],
    columns: Mapping[str, str],
    states: Mapping[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """Rows by columns, each cell in one of `LOOKS`: readable across a room, and on a phone.

    `cells` has one row per cell that holds something: row, column, state, text (may hold `<br>`;
    empty for none; shown where columns are wide enough) and hover; text and hover are escaped
    already. A cell not in it is in the state `none`. `rows` are (key, name) from the top, key None
    for a heading; `columns` (key -> name) from the left; `states` (state -> words) the legend. The
    shape of a cell carries [row, column] as its customdata.
    """
    spelt = len(columns) <= SPELT_OUT and bool(len(cells)) and bool(cells["text"].ne("").any())
    lines = [_wrapped(name, *((TITLE, 2) if key is None else (NAME, 3))) for key, name in rows]
    heights = [
        12 + HEADING * len(line) if key is None else max(ROW * len(line), TOLD if spelt else BARE)
        for (key, _), line in zip(rows, lines, strict=True)
    ]
    edges = [sum(heights[:i]) for i in range(len(rows) + 1)]
    middle = {
        key: (edges[i] + edges[i + 1]) / 2 for i, (key, _) in enumerate(rows) if key is not None
    }
    place = {key: i + 0.5 for i, key in enumerate(columns)}
    found = {(cell.row, cell.column): cell for cell in cells.itertuples()}
    data: list[dict] = []
    drawn = [(row, column) for row in middle for column in columns]
    if drawn:
        data += _drawn(drawn, found, place, middle, spelt, dark)
    there = {_state(found.get(key)) for key in drawn}
    told = [state for state in LOOKS if state in there and state in states]
    below = 16 + LINE * len(told)
    top = 14 + max((len(_short(name)) for name in columns.values()), default=0) * 7
    layout = {
        "height": int(edges[-1] + top + below),
        "margin": {"l": LEFT, "r": 2, "t": top, "b": below, "autoexpand": False},
        "annotations": [
            {
                "text": f"<b>{'<br>'.join(lines[i])}</b>",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "xshift": -LEFT,
                "y": edges[i + 1] - 4,
                "yanchor": "bottom",
                "align": "left",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE},
            }
            for i, (key, _) in enumerate(rows)
            if key is None
        ]
        + _legend(told, states, dark),
        "shapes": _grounds(rows, columns, edges, found, dark) + _swatches(told, dark),
        "hovermode": "closest",
        "hoverdistance": 24,
        "showlegend": False,
        "xaxis": {
            "side": "top",
            "tickmode": "array",
            "tickvals": list(place.values()),
            "ticktext": [escape(_short(name)) for name in columns.values()],
            "tickangle": -90,
            "ticklabeloverflow": "allow",  # else the browser measures each label
            "tickfont": {"size": 11 if len(columns) > 12 else SMALL_TEXT_SIZE},
            "ticks": "",
            "range": [0, max(len(columns), 1)],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(middle.values()),
            "ticktext": [
                "<br>".join(line)
                for (key, _), line in zip(rows, lines, strict=True)
                if key is not None
            ],
            "tickfont": {"size": 12},
            "ticks": "",
            "ticklabelstandoff": 4,
            "ticklabeloverflow": "allow",
            "range": [edges[-1], 0],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
    }
    return figure(data, layout, dark=dark)


def steps(days: Sequence[date], counts: Sequence[int], until: date, *, dark: bool) -> go.Figure:
    """A number that changes on dated days and holds in between, drawn from 0 and up to `until`."""
    colours = palette(dark)
    x, y = [*days, until], [*counts, *counts[-1:]]
    labelled = len(days) <= LABELLED
    trace = {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines+markers+text" if labelled else "lines",
        "line": {"shape": "hv", "color": colours.accent, "width": 2.5},
        "marker": {"size": [7] * len(days) + [0], "color": colours.accent},
        "text": [str(count) for count in counts] + [""],
        "textposition": "top right",
        "cliponaxis": False,
        "hovertemplate": "%{x|%Y-%m-%d}: %{y}<extra></extra>",
    }
    layout = {
        "height": 200,
        "margin": {"t": 16, "r": 16, "l": 30},
        "showlegend": False,
        # In numbers: Plotly knows the names of months in English alone.
        "xaxis": {
            "fixedrange": True,
            "showgrid": False,
            "nticks": 6,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
                {"dtickrange": [None, "M11"], "value": "%Y-%m"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        "yaxis": {
            "range": [0, max(y, default=1) * 1.25],
            # Centres come whole: between 0 and 1 there is nothing to mark.
            **({"dtick": 1} if max(y, default=1) < 4 else {"nticks": 4}),
            "tickformat": "d",
            "fixedrange": True,
        },
    }
    return figure([trace], layout, dark=dark)


def _grounds(
    rows: Sequence[tuple[str | None, str]],
    columns: Mapping[str, str],
    edges: Sequence[float],
    found: Mapping[tuple[str, str], Any],
    dark: bool,
) -> list[dict]:
    """The colours of the cells that hold something: one path for each state, a pixel in from all
    sides of a cell.

    A heat map would be painted as a picture, which takes the browser longer than all the rest.
    """
    inset = len(columns) / 1_000  # about a pixel on a desk, and less on a phone
    paths: dict[str, list[str]] = {}
    for line, (key, _) in enumerate(rows):
        for number, column in enumerate(columns):
            if (cell := found.get((key, column))) is not None:
                left, right = number + inset, number + 1 - inset
                top, bottom = edges[line] + 1, edges[line + 1] - 1
                paths.setdefault(cell.state, []).append(
                    f"M{left:.3f},{top:g}H{right:.3f}V{bottom:g}H{left:.3f}Z"
                )
    return [
        {
            "type": "path",
            "path": "".join(path),
            "fillcolor": LOOKS[state].colours(dark)[0],
            "line": {"width": 0},
            "layer": "below",
        }
        for state, path in paths.items()
    ]


def _state(cell: Any) -> str:
    """The state of a cell, and of one that holds nothing."""
    return "none" if cell is None else cell.state


def _drawn(
    at: list[tuple[str, str]],
    found: Mapping[tuple[str, str], Any],
    place: Mapping[str, float],
    middle: Mapping[str, float],
    spelt: bool,
    dark: bool,
) -> list[dict]:
    """The shapes of all cells, and below them the words of those that have any.

    Two traces and not two for each state: a browser draws them in a fraction of the time.
    """
    shown = [found.get(key) for key in at]
    looks = [LOOKS[_state(cell)] for cell in shown]
    told = [spelt and cell is not None and bool(cell.text) for cell in shown]
    bare = [cell is None for cell in shown]
    ink = [look.colours(dark)[1] for look in looks]
    shapes = {
        "type": "scatter",
        "x": [place[column] for _, column in at],
        "y": [middle[row] - (15 if words else 0) for (row, _), words in zip(at, told, strict=True)],
        "mode": "markers",
        "marker": {
            "symbol": [look.symbol for look in looks],
            "size": [4 if empty else 10 for empty in bare],
            "color": ink,
            "line": {
                "width": [1.5 if look.symbol.endswith("-open") else 0 for look in looks],
                "color": ink,
            },
            "opacity": [0.45 if empty else 1 for empty in bare],
        },
        # Nothing fades when one is chosen: choosing leads to another page.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [list(key) for key in at],
        "hovertext": ["" if cell is None else cell.hover for cell in shown],
        "hoverinfo": ["skip" if empty else "text" for empty in bare],
        "showlegend": False,
    }
    if not any(told):
        return [shapes]
    spoken = [(cell, colour) for cell, colour, words in zip(shown, ink, told, strict=True) if words]
    return [
        shapes,
        {
            "type": "scatter",
            "x": [place[cell.column] for cell, _ in spoken],
            "y": [middle[cell.row] + 8 for cell, _ in spoken],
            "text": [cell.text for cell, _ in spoken],
            "mode": "text",
            "textfont": {"size": 11, "color": [colour for _, colour in spoken]},
            "hoverinfo": "skip",
            "showlegend": False,
        },
    ]


def _legend(told: Sequence[str], states: Mapping[str, str], dark: bool) -> list[dict]:
    """The signs of these states below one another, and beside them their words.

    Plotly's own legend wants a trace for each entry and measures all of them, which takes the
    browser almost as long as the matrix.
    """
    signs = [
        f'<span style="color:{LOOKS[state].colours(dark)[1]}">{LOOKS[state].sign}</span>'
        for state in told
    ]
    words = [escape(states[state]) for state in told]
    place = {
        **{"x": 0, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -8},
        **{"showarrow": False, "font": {"size": KEY}},
    }
    if not told:
        return []
    return [
        place
        | {"text": "<br>".join(signs), "xanchor": "center", "xshift": SWATCH / 2 - LEFT}
        | {"align": "center"},
        place
        | {"text": "<br>".join(words), "xanchor": "left", "xshift": SWATCH + 6 - LEFT}
        | {"align": "left"},
    ]


def _swatches(told: Sequence[str], dark: bool) -> list[dict]:
    """A small cell in the colour of each state, behind its sign."""
    return [
        {
            "type": "rect",
            **{"xref": "paper", "xanchor": 0, "xsizemode": "pixel"},
            **{"yref": "paper", "yanchor": 0, "ysizemode": "pixel"},
            **{"x0": -LEFT, "x1": SWATCH - LEFT},
            **{"y0": -(10 + LINE * (number + 1) - 1), "y1": -(10 + LINE * number)},
            "fillcolor": LOOKS[state].colours(dark)[0],
            "line": {"width": 0},
            "layer": "below",
        }
        for number, state in enumerate(told)
    ]


def _wrapped(name: str, width: int, lines: int) -> list[str]:
    """A name on a few lines, cut where it is longer still; escaped."""
    return [escape(line) for line in textwrap.wrap(name, width, max_lines=lines, placeholder=" …")]


def _short(name: str) -> str:
    return name if len(name) <= COLUMN else f"{name[: COLUMN - 1]}…"

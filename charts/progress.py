"""What centres reported, and how many there are: the matrix of priorities and the line of dates."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

ROW, HEADING = 16, 18  # px, heights of a line of a row's name and of a line of a heading
LEFT = 150  # px, for the names of the rows: on a phone the cells need the rest
NAME = 21  # characters of a row's name on one line; at most three lines
TITLE = 46  # characters of a heading on one line; at most two lines
COLUMN = 22  # characters of a column's name
SPELT_OUT = 20  # columns; with more of them a number no longer fits its cell
LEGEND = 21  # px, height of an entry; on a phone each has a line of its own
LABELLED = 12  # changes; with more of them the numbers on the line would overlap

# What a cell can say, and its shape. What was reported is filled and holds a number (`partly`: by
# some of the centres that a cell stands for); what lacks a report is drawn hollow (`silent`: a
# target fell due, `waiting`: not yet), and what nobody promised stays blank but for a dash.
STATES = {
    "reported": "square",
    "partly": "square",
    "untargeted": "square",
    "parts": "circle-open-dot",
    "silent": "circle-open",
    "waiting": "hourglass-open",
    "none": "line-ew-open",
}


def matrix(
    cells: pd.DataFrame,
    rows: Sequence[tuple[str | None, str]],
    columns: Mapping[str, str],
    states: Mapping[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """Rows by columns, each cell in one of STATES: readable across a room, and on a phone.

    `cells` has one row per cell that holds something: row, column, state, text (may hold `<br>`;
    shown where columns are wide enough) and hover; text and hover are escaped already. A cell not
    in it is in the state `none`. `rows` are (key, name) from the top, key None for a heading;
    `columns` (key -> name) from the left; `states` (state -> words) the legend.
    """
    colours = palette(dark)
    fills = {"reported": colours.accent, "partly": colours.land, "untargeted": colours.land}
    inks = {"reported": colours.page, "partly": colours.text, "untargeted": colours.text}
    lines = [_wrapped(name, *((TITLE, 2) if key is None else (NAME, 3))) for key, name in rows]
    heights = [
        12 + HEADING * len(line) if key is None else max(ROW * len(line), 38) + 2
        for (key, _), line in zip(rows, lines, strict=True)
    ]
    edges = [sum(heights[:i]) for i in range(len(rows) + 1)]
    middle = {
        key: (edges[i] + edges[i + 1]) / 2 for i, (key, _) in enumerate(rows) if key is not None
    }
    place = {key: i + 0.5 for i, key in enumerate(columns)}
    found = {(cell.row, cell.column): cell for cell in cells.itertuples()}

    grid, hovers = [], []
    for key, _ in rows:
        across = [found.get((key, column)) for column in columns]
        grid.append([None if cell is None else _shade(cell.state) for cell in across])
        hovers.append(["" if cell is None else cell.hover for cell in across])
    below = 8
    data: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(len(columns) + 1)),
            "y": edges,
            "z": grid,
            "zmin": 0,
            "zmax": 2,
            "colorscale": _steps([colours.other, colours.land, colours.accent]),
            "showscale": False,
            "hovertext": hovers,
            "hoverinfo": "text",
            "hoverongaps": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]
    for state, symbol in STATES.items():
        at = [
            (place[column], middle[row])
            for row in middle
            for column in columns
            if (found[row, column].state if (row, column) in found else "none") == state
        ]
        if not at or state not in states:
            continue
        hollow = state not in fills
        below += LEGEND
        data.append(
            {
                "type": "scatter",
                "name": escape(states[state]),
                "x": [x for x, _ in at] if hollow else [None],
                "y": [y for _, y in at] if hollow else [None],
                "mode": "markers",
                "marker": {
                    "symbol": symbol,
                    "size": 6 if state == "none" else 10,
                    "color": fills.get(state, colours.muted),
                    "line": {"width": 1.5 if hollow else 0, "color": colours.muted},
                    "opacity": 0.45 if state == "none" else 1,
                },
                "hoverinfo": "skip",
                "showlegend": True,
            }
        )
        if not hollow and len(columns) <= SPELT_OUT:
            told = [cell for cell in found.values() if cell.state == state and cell.row in middle]
            data.append(
                {
                    "type": "scatter",
                    "x": [place[cell.column] for cell in told],
                    "y": [middle[cell.row] for cell in told],
                    "text": [cell.text for cell in told],
                    "mode": "text",
                    "textfont": {"size": 11, "color": inks[state]},
                    "hoverinfo": "skip",
                    "showlegend": False,
                }
            )
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
        ],
        "legend": {"y": 0, "yref": "paper", "yanchor": "top", "x": 0, "xref": "container"},
        "xaxis": {
            "side": "top",
            "tickmode": "array",
            "tickvals": list(place.values()),
            "ticktext": [escape(_short(name)) for name in columns.values()],
            "tickangle": -90,
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


def _shade(state: str) -> int:
    return {"reported": 2, "partly": 1, "untargeted": 1}.get(state, 0)


def _steps(colours: list[str]) -> list[list]:
    """A colour scale without transitions."""
    n = len(colours)
    return [[(i + side) / n, colour] for i, colour in enumerate(colours) for side in (0, 1)]


def _wrapped(name: str, width: int, lines: int) -> list[str]:
    """A name on a few lines, cut where it is longer still; escaped."""
    return [escape(line) for line in textwrap.wrap(name, width, max_lines=lines, placeholder=" …")]


def _short(name: str) -> str:
    return name if len(name) <= COLUMN else f"{name[: COLUMN - 1]}…"

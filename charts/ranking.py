"""How firm a ranking is: places with their ranges, the chance of each place, and what is behind.

The place runs from left (the first) to right. What is safely above, near and safely below the line
has a colour and a shape, and the legend's words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.distributions import ticks
from charts.theme import SMALL_TEXT_SIZE, Palette, escape, figure, palette

ROW, PAIR = 20, 30  # px, the heights of a row of applications and of a row of two marks
LINE = 17  # px, for a further label below the rows
TOP, BOTTOM = 44, 66  # px: the axis of places above; the line's label and the legend below
LEFT, RIGHT = 148, 52  # px: names of the rows; the probability at the end of each
NAME = 21  # characters of a row's name; a telephone has no room for more
SPELT_OUT = 0.1  # share of the draws from which a cell has its number

# Standing -> the dot's symbol, which colour of the palette, and the same shape as a character.
LOOKS: dict[str, tuple[str, Callable[[Palette], str], str]] = {
    "safely above": ("circle", lambda colours: colours.accent, "●"),
    "near the line": ("diamond", lambda colours: colours.categorical[1], "◆"),
    "safely below": ("square", lambda colours: colours.muted, "■"),
    "": ("circle", lambda colours: colours.accent, "●"),
}


@dataclass(frozen=True)
class Words:
    """What stands in a figure: the axis's title, the line's label, the names of the standings."""

    axis: str
    line: str
    standings: Mapping[str, str]


def ranges(
    frame: pd.DataFrame, places: int | None, limits: tuple[int, int], words: Words, *, dark: bool
) -> go.Figure:
    """A row per application: its central range of places, a dot at the expected one, the line.

    `frame` is in the order of the rows, with the columns id (the dot's `customdata`), name,
    standing (a key of LOOKS), low, high, expected, share (text at the row's end) and text (what
    hovering shows, lines joined by \\n). `places` is after which place the line is drawn; `limits`
    are the first and the last place of the axis.
    """
    colours = palette(dark)
    frame = frame.assign(row=np.arange(len(frame)))
    data: list[dict] = []
    for standing, (symbol, colour, _) in LOOKS.items():
        own = frame[frame["standing"] == standing]
        if own.empty:
            continue
        ends = zip(own["low"], own["high"], own["row"], strict=True)
        spans = [(x, row) for low, high, row in ends for x in (low, high, None)]
        data += [
            {
                "type": "scatter",
                "x": [x for x, _ in spans],
                "y": [row for _, row in spans],
                "mode": "lines",
                "line": {"width": 7, "color": colour(colours)},
                "opacity": 0.4,
                "hoverinfo": "skip",
                "showlegend": False,
            },
            {
                "type": "scatter",
                "x": own["expected"].tolist(),
                "y": own["row"].tolist(),
                "mode": "markers",
                "marker": {
                    "symbol": symbol,
                    "size": 11,
                    "color": colour(colours),
                    "line": {"width": 1, "color": colours.border},
                },
                "name": escape(words.standings.get(standing, "")),
                "showlegend": standing in words.standings,
                "customdata": own["id"].tolist(),
                "text": [escape(text).replace("\n", "<br>") for text in own["text"]],
                "hovertemplate": "%{text}<extra></extra>",
                # Nothing fades when one is chosen: choosing leads to another page.
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
            },
        ]
    data.append(
        {
            "type": "scatter",
            "x": [limits[1] + 0.5] * len(frame),
            "y": frame["row"].tolist(),
            "text": [escape(share) for share in frame["share"]],
            "mode": "text",
            "textposition": "middle right",
            "textfont": {"size": SMALL_TEXT_SIZE},
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    layout = _rows(frame["name"], limits, words.axis, right=RIGHT)
    _draw_line(layout, places, limits, words.line, colours)
    return figure(data, layout, dark=dark)


def chances_of_places(
    names: Sequence[str],
    shares: np.ndarray,
    first: int,
    places: int | None,
    words: Words,
    texts: Sequence[Sequence[str]],
    *,
    dark: bool,
) -> go.Figure:
    """A row per application: how often it reached each place, the darker the more often.

    `shares` is applications x places, the first of which is `first`; `texts` is what a cell says
    when it is hovered over.
    """
    colours = palette(dark)
    rows, n = shares.shape
    last = first + n - 1
    shades = [colours.other, *colours.sequential]
    top = float(shares.max(initial=0)) or 1.0
    dense = n > 30  # with more columns a number no longer fits its cell
    data: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(first, last + 1)),
            "y": list(range(rows)),
            # What never happened has no colour.
            "z": [[share or None for share in row] for row in shares.tolist()],
            "zmin": 0,
            "zmax": top,
            "colorscale": [[i / (len(shades) - 1), shade] for i, shade in enumerate(shades)],
            "showscale": False,
            "text": [[escape(text) for text in row] for row in texts],
            "hovertemplate": "%{text}<extra></extra>",
            "xgap": 1,
            "ygap": 2,
        }
    ]
    # The number stands on the shade, and from some strength of it in the colour of the page.
    strong = 0.2 if dark else 0.35
    for full in (False, True):
        cells = [
            (first + column, row, share)
            for (row, column), share in np.ndenumerate(shares)
            if share >= SPELT_OUT and (share / top > strong) == full and not dense
        ]
        data.append(
            {
                "type": "scatter",
                "x": [x for x, _, _ in cells],
                "y": [y for _, y, _ in cells],
                "text": [f"{100 * share:.0f}" for _, _, share in cells],
                "mode": "text",
                "textfont": {"size": 11, "color": colours.page if full else colours.text},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    layout = _rows(pd.Series(names, dtype=object), (first, last), words.axis, right=8)
    layout["yaxis"]["showgrid"] = False
    _draw_line(layout, places, (first, last), words.line, colours)
    return figure(data, layout, dark=dark)


def _rows(names: pd.Series, limits: tuple[int, int], title: str, *, right: int) -> dict:
    """The layout of rows from the top, under an axis of places."""
    first, last = limits
    length = last - first + 1
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
    step = next(step for step in steps if length / step <= 7)
    at = sorted({first, *range(step * (first // step + 1), last + 1, step)})
    if len(at) > 1 and at[1] - at[0] < step / 2:
        at.pop(1)  # beside the first there would be no room for it
    return {
        "height": ROW * len(names) + TOP + BOTTOM,
        "margin": {"t": TOP, "b": BOTTOM, "l": LEFT, "r": right, "autoexpand": False},
        "dragmode": False,
        "hovermode": "closest",
        "shapes": [],
        "annotations": [],
        "legend": {"x": 0, "xref": "container", "yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": {
            "side": "top",
            "range": [first - 0.6, last + 0.6],
            "tickvals": at,
            "title": {"text": escape(title), "standoff": 4},
            "tickangle": 0,
            "fixedrange": True,
            "zeroline": False,
            "automargin": False,
        },
        "yaxis": {
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(range(len(names))),
            "ticktext": [escape(_cut(name)) for name in names],
            "tickfont": {"size": 12},
            "ticklabelstandoff": 6,
            "ticks": "",
            "fixedrange": True,
            "zeroline": False,
            "automargin": False,
        },
    }


def _cut(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"


def _draw_line(
    layout: dict, places: int | None, limits: tuple[int, int], label: str, colours: Palette
) -> None:
    """The line after the last place, where it lies within the axis."""
    if places is None or not limits[0] - 1 <= places <= limits[1]:
        return
    at = places + 0.5
    across = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": at, "x1": at}
    layout["shapes"] = [
        across | {"line": {"color": colours.page, "width": 4}},
        across | {"line": {"color": colours.text, "width": 1.5, "dash": "dash"}},
    ]
    layout["annotations"] = [
        {
            "text": escape(label),
            "x": at,
            "xanchor": "left" if at < sum(limits) / 2 else "right",
            "yref": "paper",
            "y": 0,
            "yanchor": "top",
            "yshift": -4,
            "showarrow": False,
            "font": {"size": SMALL_TEXT_SIZE},
        }
    ]


def pairs(
    rows: pd.DataFrame,
    scale: tuple[float, float],
    names: Mapping[str, str],
    lines: Sequence[tuple[float, str, str]],
    number: Callable[[float], str],
    title: str,
    *,
    dark: bool,
) -> go.Figure:
    """Two marks in each row, joined: what is, and what would be.

    `rows` has the columns name, first, second (either may be missing) and text (what hovering
    shows). `scale` are the ends of the axis. `names` says what the legend calls `first` (a filled
    circle) and `second` (an open diamond). `lines` are (value, label, dash) that are marked across
    all rows; the labels stand above, each on a line of its own. `number` writes the axis's numbers.
    """
    colours = palette(dark)
    at = np.arange(len(rows))
    both = rows["first"].notna() & rows["second"].notna()
    joined = [
        (x, int(row))
        for row, first, second in zip(
            at[both], rows["first"][both], rows["second"][both], strict=True
        )
        for x in (first, second, None)
    ]
    text = [escape(words).replace("\n", "<br>") for words in rows["text"]]
    data: list[dict] = [
        {
            "type": "scatter",
            "x": [x for x, _ in joined],
            "y": [row for _, row in joined],
            "mode": "lines",
            "line": {"width": 2, "color": colours.muted},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    looks = {
        "first": {"symbol": "circle", "color": colours.accent},
        "second": {"symbol": "diamond-open", "color": colours.categorical[1]},
    }
    for name, look in looks.items():
        known = rows[name].notna().to_numpy()
        data.append(
            {
                "type": "scatter",
                "x": rows[name][known].tolist(),
                "y": at[known].tolist(),
                "mode": "markers",
                "marker": {"size": 13, "line": {"width": 2.5}, **look},
                "name": escape(names[name]),
                "text": [words for words, shown in zip(text, known, strict=True) if shown],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    margin = 0.02 * (scale[1] - scale[0])
    at_ticks = ticks(*scale, 6)
    layout = _rows(rows["name"], (0, 1), title, right=16)
    layout["height"] = PAIR * len(rows) + TOP + BOTTOM + LINE * len(lines)
    layout["margin"]["b"] = BOTTOM + LINE * len(lines)
    layout["xaxis"] |= {
        "range": [scale[0] - margin, scale[1] + margin],
        "tickvals": at_ticks,
        "ticktext": [number(value) for value in at_ticks],
    }
    for n, (value, label, dash) in enumerate(lines):
        layout["shapes"].append(
            {
                "type": "line",
                "layer": "below",
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "x0": value,
                "x1": value,
                "line": {"color": colours.text, "width": 1.5, "dash": dash},
            }
        )
        layout["annotations"].append(
            {
                "text": escape(label),
                "x": value,
                "xanchor": "left" if value < sum(scale) / 2 else "right",
                "yref": "paper",
                "y": 0,
                "yanchor": "top",
                "yshift": -4 - LINE * n,
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE},
            }
        )
    return figure(data, layout, dark=dark)

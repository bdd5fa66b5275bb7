"""What a lot gives beside who was selected, and how a mean falls as a rule tightens."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

NAME, LINE = 46, 18  # characters of a name on one line, of which a phone has no more; px of a line
TRACK = 30  # px, what lies under a name
BAR = 11  # px
AXIS, LEGEND = 46, 22  # px under the tracks: the axis with its title, and a line of the legend
LETTER = 7.2  # px, of a character of the counts
STUB = 0.008  # of the width: how far a range reaches beyond its ends, so that one number is seen


@dataclass(frozen=True)
class Row:
    """One group: its name, the range and the mean of a lot, who was selected, and the counts in
    words. Without a lot or a decision these are None."""

    name: str
    counts: str
    low: int | None = None
    high: int | None = None
    expected: float | None = None
    selected: int | None = None


def ranges(rows: Sequence[Row], words: dict[str, str], *, dark: bool) -> go.Figure:
    """One track per row, first on top: a bar for the range, a stroke for the mean, a diamond for
    those selected, and the counts at its end.

    `words` are those of the legend: range, expected, selected; and `axis`, what is counted.
    """
    colours = palette(dark)
    names = [textwrap.wrap(row.name, NAME, max_lines=3, placeholder=" …") or [""] for row in rows]
    tops = [0.0]
    for lines in names:
        tops.append(tops[-1] + LINE * len(lines) + TRACK)
    middles = [bottom - TRACK / 2 for bottom in tops[1:]]
    known = [n for row in rows for n in (row.high, row.selected) if n is not None]
    most = max([1, *known])
    stub = STUB * most
    drawn = [(row, y) for row, y in zip(rows, middles, strict=True) if row.low is not None]
    marked = [(row, y) for row, y in zip(rows, middles, strict=True) if row.selected is not None]
    skipped = {"hoverinfo": "skip", "cliponaxis": False}
    data = [
        {
            "type": "bar",
            "name": escape(words["range"]),
            "orientation": "h",
            "base": [row.low - stub for row, _ in drawn],
            "x": [row.high - row.low + 2 * stub for row, _ in drawn],
            "y": [y for _, y in drawn],
            "width": BAR,
            "marker": {"color": colours.land, "line": {"width": 1, "color": colours.muted}},
            **skipped,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": escape(words["expected"]),
            "x": [row.expected for row, _ in drawn],
            "y": [y for _, y in drawn],
            "marker": {
                "symbol": "line-ns",
                "size": BAR + 5,
                "line": {"width": 2, "color": colours.muted},
            },
            **skipped,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": escape(words["selected"]),
            "x": [row.selected for row, _ in marked],
            "y": [y for _, y in marked],
            "marker": {
                "symbol": "diamond",
                "size": 13,
                "color": colours.accent,
                "line": {"width": 1.5, "color": colours.page},
            },
            **skipped,
        },
    ]
    beside = max((len(row.counts) for row in rows), default=0)
    data = [trace for trace in data if trace["x"]]
    # A phone has room for one entry on a line. Nothing expands, or names would lie on bars.
    bottom = AXIS + LEGEND * len(data) + 10
    layout = {
        "height": round(tops[-1]) + bottom,
        "margin": {
            "l": 6,
            "r": round(14 + LETTER * beside),
            "t": 0,
            "b": bottom,
            "autoexpand": False,
        },
        "barmode": "overlay",
        "legend": {"y": -AXIS / max(tops[-1], 1), "itemwidth": 30},
        "annotations": [
            *(_name(lines, top) for lines, top in zip(names, tops, strict=False)),
            *(_counts(row, y) for row, y in zip(rows, middles, strict=True)),
        ],
        "xaxis": {
            "range": [-2 * stub, most + 2 * stub],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": _whole(most),
            "title": {"text": escape(words["axis"]), "standoff": 4},
            "zeroline": False,
        },
        "yaxis": {"visible": False, "range": [max(tops[-1], 1), 0], "fixedrange": True},
    }
    return figure(data, layout, dark=dark)


def falling(
    points: Sequence[tuple[int, float]],
    texts: Sequence[str],
    now: int | None,
    impossible: tuple[int, str] | None,
    words: dict[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """The mean (second of a point) at each value of a rule (first), from loose to tight.

    `texts` stand above the points; the one at `now` is marked. `impossible` is the first value that
    no selection keeps, and its words. `words`: now, and the titles `x` and `y` of the axes.
    """
    colours = palette(dark)
    x, y = [n for n, _ in points], [mean for _, mean in points]
    edge = [impossible[0]] if impossible else []
    values = [*x, *edge]
    # From loose to tight, in whichever direction that counts.
    low, high = (values[0], values[-1]) if values else (0, 1)
    room = 0.06 * max(abs(high - low), 1) * (-1 if high < low else 1)
    spread = (max(y) - min(y)) if y else 0
    air = 0.22 * (spread or 1)  # for the numbers at the points
    marks = [
        {"symbol": "circle", "size": 9, "color": colours.accent},
        {
            "symbol": "diamond",
            "size": 15,
            "color": colours.accent,
            "line": {"width": 2, "color": colours.text},
        },
    ]
    chosen = [(n, mean) for n, mean in points if n == now]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": x,
            "y": y,
            "line": {"color": colours.accent, "width": 2},
            "marker": marks[0],
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": escape(words["now"]),
            "x": [n for n, _ in chosen],
            "y": [mean for _, mean in chosen],
            "marker": marks[1],
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": True,
        },
    ]
    layout = {
        "height": 340,
        "margin": {"t": 8, "r": 24},
        "legend": {"y": -0.24},
        "xaxis": {
            "range": [low - room, high + room],
            "tickmode": "array",
            "tickvals": _few(values),
            "fixedrange": True,
            "title": {"text": escape(words["x"])},
            "zeroline": False,
        },
        "yaxis": {
            "fixedrange": True,
            "range": [min(y) - air, max(y) + air] if y else [0, 1],
            "title": {"text": escape(words["y"]), "standoff": 14},
            "zeroline": False,
        },
        "shapes": [
            {
                "type": "line",
                "x0": n,
                "x1": n,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": colours.text, "width": 1.5, "dash": "dash"},
            }
            for n in edge
        ],
        "annotations": [
            *(
                # The last one may stand beside the line: the room below the curve is free.
                _told(text, n, mean, below=len(x) > 1 and n == x[-1])
                for text, (n, mean) in zip(texts, points, strict=True)
                if text
            ),
            *([_edge(*impossible, colours.page)] if impossible else []),
        ],
    }
    return figure([trace for trace in data if trace["x"]], layout, dark=dark)


def _told(text: str, n: int, mean: float, *, below: bool) -> dict:
    """A number above its point, or to the left below it."""
    place = {"xanchor": "right", "xshift": -4, "yshift": -17} if below else {"yshift": 19}
    return {
        "text": escape(text),
        "x": n,
        "y": mean,
        "showarrow": False,
        "font": {"size": SMALL_TEXT_SIZE},
        **place,
    }


def _edge(n: int, words: str, ground: str) -> dict:
    return {
        "x": n,
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "xanchor": "right",
        "xshift": -6,
        "text": "<br>".join(map(escape, textwrap.wrap(words, 24))),
        "align": "right",
        "showarrow": False,
        "font": {"size": SMALL_TEXT_SIZE},
        "bgcolor": ground,
    }


def _name(lines: Sequence[str], top: float) -> dict:
    return {
        "text": "<br>".join(f"<b>{escape(line)}</b>" for line in lines),
        "align": "left",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top + 2,
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": SMALL_TEXT_SIZE},
    }


def _counts(row: Row, y: float) -> dict:
    return {
        "text": escape(row.counts),
        "align": "left",
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8,
        "y": y,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": SMALL_TEXT_SIZE},
    }


def _whole(most: int) -> list[int]:
    """Round whole numbers from 0 to `most`, about six of them."""
    step = next(
        size * 10**power
        for power in range(12)
        for size in (1, 2, 5)
        if most <= 6 * size * 10**power
    )
    return list(range(0, most + 1, step))


def _few(values: Sequence[int]) -> list[int]:
    """About ten of the values, with the first and the last."""
    step = -(-len(values) // 10) or 1
    kept = list(values[:-1:step])
    return [*kept, *values[-1:]]

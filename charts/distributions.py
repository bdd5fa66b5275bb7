"""How values lie on a scale: one dot each where they are few, counts in intervals where many.

Both figures are made of rows, one part above the other (a region, a criterion), each with its label
on top of its own band, so that a narrow screen has its whole width for the scale.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from charts.theme import SMALL_TEXT_SIZE, Palette, escape, figure, palette

DOT = 12  # px, a dot's diameter and the height of a level of dots
LEVELS = 24  # a higher stack is squeezed into this many levels
BAND = 64  # px, the height of a row of bars
LABEL, LINE = 26, 17  # px, the room for a row's label, and for each further line of it
LETTERS = 46  # of a label before it is broken; a telephone has no room for more
GAP = 10  # px between rows
TOP, BOTTOM = 24, 96  # px for the line's label; for the axis and the legend under it
ALONE = 240  # px, the height of the bars of a figure with a single row
# A dot takes this share of the scale, as on a figure of 600 px: on a telephone dots overlap, on a
# desk there is air between them, and both show the same stacks.
DOT_SHARE = DOT / 600

# Stage -> the dot's symbol and which colour of the palette it has. Every shape is one of its own.
LOOKS: dict[str, tuple[str, Callable[[Palette], str]]] = {
    "selected": ("circle", lambda colours: colours.accent),
    "reserve": ("diamond", lambda colours: colours.categorical[1]),
    "not selected": ("square", lambda colours: colours.muted),
    "withdrawn": ("x", lambda colours: colours.categorical[3]),
    "evaluated": ("hexagon", lambda colours: colours.categorical[2]),
    "eligible": ("triangle-up", lambda colours: colours.categorical[4]),
    "submitted": ("triangle-down", lambda colours: colours.categorical[0]),
}


@dataclass(frozen=True)
class Axis:
    """The scale the values are told on, its title, and how its numbers are written."""

    low: float
    high: float
    title: str
    number: Callable[[float], str]


@dataclass(frozen=True)
class Line:
    """A value that is marked across all rows, and what stands at its upper end."""

    at: float
    label: str


@dataclass(frozen=True)
class Row:
    """One part: its key in the data, its label, and the mean to mark (None marks none)."""

    part: str
    label: str = ""
    mean: float | None = None


def step(length: float, most: int) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that cuts `length` in at most `most`."""
    power = 10.0 ** math.floor(math.log10(length / most))
    return next(
        round(factor * power, 12)
        for factor in (1, 2, 2.5, 5, 10)
        if length / (factor * power) <= most + 1e-9
    )


def bins(low: float, high: float) -> tuple[float, float, int]:
    """Intervals that cover a scale: where the first begins, how long each is, how many (≤ 41).

    Every edge is a multiple of the length, so that edges read well and stay where they are while
    filters change.
    """
    width = step(high - low, 40)
    first = math.floor(round(low / width, 9))
    return round(first * width, 10), width, math.ceil(round(high / width, 9)) - first


def stacks(values: Sequence[float], distance: float) -> list[int]:
    """The level of each dot, from 0: the lowest on which it is `distance` away from all others.

    `values` come in ascending order; each dot keeps its exact place along the scale.
    """
    last: list[float] = []  # of each level
    levels = []
    for value in values:
        level = next((i for i, end in enumerate(last) if value - end >= distance - 1e-9), len(last))
        last[level : level + 1] = [value]
        levels.append(level)
    return levels


def dots(
    frame: pd.DataFrame,
    rows: Sequence[Row],
    axis: Axis,
    names: Mapping[str, str],
    *,
    dark: bool,
    line: Line | None = None,
) -> go.Figure:
    """One dot per row of `frame`, in the band of its part, stacked where dots would overlap.

    `frame` has the columns part, id (the dot's `customdata`), value, stage (a key of LOOKS),
    complete (a dot that is not is drawn open) and text (what hovering shows, lines joined by \\n).
    `names` says what the legend calls the stages, `open` (an incomplete dot) and `mean`.
    """
    colours = palette(dark)
    parts = [row.part for row in rows]
    order = {stage: place for place, stage in enumerate(LOOKS)}
    frame = frame[frame["part"].isin(parts)]
    frame = frame.assign(order=frame["stage"].map(order)).sort_values(
        ["value", "order", "id"], ignore_index=True
    )
    distance = DOT_SHARE * (axis.high - axis.low)
    level = pd.Series(0.0, frame.index)
    for _, values in frame.groupby("part")["value"]:
        level[values.index] = stacks(list(values), distance)
    highest = level.groupby(frame["part"]).max()
    levels = [highest.get(row.part, 0) + 1 for row in rows]
    heights = [(min(n, LEVELS) + 0.5) * DOT for n in levels]
    bases, height = _bands(rows, heights)
    units = [DOT * min(1, LEVELS / n) for n in levels]
    foot, unit = _each(frame, parts, bases), _each(frame, parts, units)
    frame = frame.assign(height=foot + (level + 0.75) * unit)
    data = _means(rows, bases, heights, names, colours)  # under the dots
    for stage, (symbol, colour) in LOOKS.items():
        own = frame[frame["stage"] == stage]
        if own.empty:
            continue
        look = {"size": DOT, "color": colour(colours)}
        data += [
            {
                "type": "scatter",
                "x": own["value"].tolist(),
                "y": own["height"].tolist(),
                "mode": "markers",
                "marker": {
                    **look,
                    "symbol": [symbol if c else f"{symbol}-open" for c in own["complete"]],
                    # The border parts dots that overlap; an open dot is nothing but its border,
                    # which has the dot's own colour.
                    "line": {
                        "width": [1 if c else 2 for c in own["complete"]],
                        "color": colours.border,
                    },
                },
                "text": [escape(text).replace("\n", "<br>") for text in own["text"]],
                "hovertemplate": "%{text}<extra></extra>",
                "customdata": own["id"].tolist(),
                "showlegend": False,
                "unselected": {"marker": {"opacity": 1}},
            },
            _legend(names[stage], {**look, "symbol": symbol}),
        ]
    if not frame["complete"].all():
        ring = {"size": DOT, "color": colours.text, "symbol": "circle-open", "line": {"width": 2}}
        data.append(_legend(names["open"], ring))
    layout = _layout(rows, bases, heights, height, axis, line, "below", dark)
    return figure(data, layout, dark=dark)


def bars(
    frame: pd.DataFrame,
    rows: Sequence[Row],
    axis: Axis,
    names: Mapping[str, str],
    *,
    start: float,
    width: float,
    dark: bool,
    line: Line | None = None,
) -> go.Figure:
    """Counts per interval, `selected` below and `others` stacked on them, a band for each row.

    `frame` has the columns part, bin (interval 0 begins at `start`, each is `width` long),
    selected, others and text. The highest bar of a row fills its band; a single row without a label
    has an axis of counts. `names` says what the legend calls selected, others and mean, and the
    axis count; without selected and others the bars have one colour and no entry.
    """
    colours = palette(dark)
    alone = len(rows) == 1 and not rows[0].label
    held = set(frame["part"])
    full = ALONE if alone else BAND
    heights = [full if row.part in held else DOT for row in rows]
    bases, height = _bands(rows, heights)
    parts = [row.part for row in rows]
    frame = frame[frame["part"].isin(parts)]
    tops = (frame["selected"] + frame["others"]).groupby(frame["part"]).max()
    foot, pixels = _each(frame, parts, bases), _each(frame, tops.index, full / tops)
    data: list[dict] = []
    for series, colour in (("selected", colours.accent), ("others", colours.muted)):
        tall = frame[series] * pixels
        data.append(
            {
                "type": "bar",
                "x": (start + (frame["bin"] + 0.5) * width).tolist(),
                "y": tall.tolist(),
                "base": foot.tolist(),
                "width": width,
                "name": names.get(series),
                "showlegend": series in names,
                "marker": {
                    "color": colour if series in names else colours.accent,
                    "line": {"width": 0.5, "color": colours.border},
                },
                "text": [escape(text).replace("\n", "<br>") for text in frame["text"]],
                "textposition": "none",
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
        foot = foot + tall
    data += _means(rows, bases, heights, names, colours)
    layout = _layout(rows, bases, heights, height, axis, line, "above", dark)
    if alone and len(tops):
        top = float(tops.iloc[0])
        counts = [count for count in ticks(0, top, 5) if count.is_integer()]
        layout["yaxis"] |= {
            "visible": True,
            "title": {"text": escape(names["count"])},
            "tickvals": [bases[0] + count * ALONE / top for count in counts],
            "ticktext": [axis.number(count) for count in counts],
        }
    return figure(data, layout, dark=dark)


def scale(axis: Axis) -> dict:
    """The layout of an axis of scores: the whole scale, with room for a dot at either end."""
    margin = (axis.high - axis.low) * DOT_SHARE
    at = ticks(axis.low, axis.high, 10)
    return {
        "range": [axis.low - margin, axis.high + margin],
        "tickvals": at,
        "ticktext": [axis.number(value) for value in at],
        "title": {"text": escape(axis.title), "standoff": 8},
        "ticklabeloverflow": "allow",
        "fixedrange": True,
        "zeroline": False,
    }


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers on a scale, at most about `most` of them."""
    size = step(high - low, most) if high > low else 1
    first = math.ceil(round(low / size, 9))
    last = math.floor(round(high / size, 9))
    return [round(place * size, 10) for place in range(first, last + 1)]


def _each(frame: pd.DataFrame, parts: Iterable[str], values: Iterable[float]) -> pd.Series:
    """The value of its part for each row of `frame`; of no rows, too, a column of numbers."""
    return frame["part"].map(dict(zip(parts, values, strict=True))).astype(float)


def _bands(rows: Sequence[Row], heights: Sequence[float]) -> tuple[list[float], float]:
    """Where each row's band begins above the bottom, and how high all rows are, in px."""
    bases: list[float] = []
    top = 0.0
    for row, height in reversed(list(zip(rows, heights, strict=True))):
        bases.insert(0, top)
        lines = len(wrap(row.label, LETTERS))
        top += height + (LABEL + (lines - 1) * LINE if lines else 0) + GAP
    return bases, top


def _means(
    rows: Sequence[Row],
    bases: Sequence[float],
    heights: Sequence[float],
    names: Mapping[str, str],
    colours: Palette,
) -> list[dict]:
    """A short upright stroke at each row's mean, and its entry in the legend."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, base, height in zip(rows, bases, heights, strict=True):
        if row.mean is not None:
            x += [row.mean, row.mean, None]
            y += [base, base + height, None]
    if not x:
        return []
    stroke = {"color": colours.text, "width": 2}
    around = {"color": colours.page, "width": 5}  # so that the stroke is seen on bars
    entry = _legend(names["mean"], {"size": 12, "symbol": "line-ns", "line": stroke})
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    return [
        *({**line, "x": x, "y": y, "line": look} for look in (around, stroke)),
        {**entry, "legendrank": 2000},  # the last of all
    ]


def _legend(name: str, marker: dict) -> dict:
    """An entry of the legend without a mark in the figure."""
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "marker": marker,
        "name": escape(name),
        "hoverinfo": "skip",
    }


def _layout(
    rows: Sequence[Row],
    bases: Sequence[float],
    heights: Sequence[float],
    height: float,
    axis: Axis,
    line: Line | None,
    layer: str,
    dark: bool,
) -> dict:
    """What both figures share; lines lie above or below the marks, as `layer` says."""
    colours = palette(dark)
    shapes = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": base,
            "y1": base,
            "layer": layer,
            "line": {"color": colours.muted, "width": 1},
        }
        for base in bases
    ]
    words = [
        {
            "text": "<br>".join(map(escape, wrap(row.label, LETTERS))),
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "y": base + tall + 2,
            "yanchor": "bottom",
            "showarrow": False,
            "align": "left",
            "font": {"size": SMALL_TEXT_SIZE},
        }
        for row, base, tall in zip(rows, bases, heights, strict=True)
        if row.label
    ]
    if line:
        across = {
            "type": "line",
            "layer": layer,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": line.at,
            "x1": line.at,
        }
        shapes += [
            across | {"line": {"color": colours.page, "width": 4}},
            across | {"line": {"color": colours.text, "width": 1.5, "dash": "dash"}},
        ]
        words.append(
            {
                "text": escape(line.label),
                "x": line.at,
                # Into the figure, wherever the line stands.
                "xanchor": "left" if line.at < (axis.low + axis.high) / 2 else "right",
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE},
            }
        )
    return {
        "height": int(height) + TOP + BOTTOM,
        "margin": {"t": TOP, "b": BOTTOM, "r": 8},
        "barmode": "overlay",
        "bargap": 0,
        "dragmode": False,
        "hovermode": "closest",
        "shapes": shapes,
        "annotations": words,
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": scale(axis),
        "yaxis": {"range": [-2, height], "visible": False, "fixedrange": True},
    }

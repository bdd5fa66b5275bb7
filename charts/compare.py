"""A few applications on one scale: a band for each criterion, in it a strip for each application.

What is compared lies close together, on a screen as on a telephone. A dot is what one reviewer
gave; a reviewer of several of the applications has one look in all strips, to be followed by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from charts.distributions import DOT, DOT_SHARE, LETTERS, Axis, Line, scale, stacks
from charts.theme import SMALL_TEXT_SIZE, Palette, escape, figure, palette

LEVELS = 12  # a higher stack is squeezed into this many levels
LABEL, LINE = 28, 17  # px, the room for a band's label, and for each further line of it
BETWEEN, APART = 8, 14  # px between two strips, and between two bands
BOTTOM = 104  # px for the axis and the legend under it
SYMBOLS = (
    "circle", "diamond", "square", "triangle-up", "star", "x", "triangle-down", "pentagon",
    "cross", "hexagon", "hourglass", "bowtie",
)  # fmt: skip


@dataclass(frozen=True)
class Band:
    """One criterion, or the total: its key in the data, its label, the mean of each application.

    A mean of None marks none; `line` is a value marked across the band.
    """

    key: str
    label: str
    means: Sequence[float | None]
    line: Line | None = None


def beside(
    frame: pd.DataFrame,
    bands: Sequence[Band],
    strips: Mapping[str, str],
    readers: Sequence[str],
    axis: Axis,
    names: Mapping[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """One dot per row of `frame`, in its band and strip, stacked where dots would overlap.

    `frame` has the columns band, application_id, reviewer, value and text (what hovering shows,
    lines joined by \\n). `strips` are the applications and their labels, the first one on top;
    `readers` are the reviewers with a look of their own. `names` says what the legend calls `other`
    (the reviewers without) and `mean`.
    """
    colours = palette(dark)
    order = {reader: place for place, reader in enumerate(readers)}
    frame = frame.assign(order=frame["reviewer"].map(order).fillna(len(order)))
    frame = frame.sort_values(["value", "order", "reviewer"], ignore_index=True)
    distance = DOT_SHARE * (axis.high - axis.low)
    level = pd.Series(0.0, frame.index)
    for _, values in frame.groupby(["band", "application_id"])["value"]:
        level[values.index] = stacks(list(values), distance)
    most = level.groupby(frame["band"]).max()
    levels = {band.key: most.get(band.key, 0) + 1 for band in bands}
    heights = {key: (min(n, LEVELS) + 0.5) * DOT for key, n in levels.items()}
    feet, tops, height = _places(bands, list(strips), heights)
    at = list(zip(frame["band"], frame["application_id"], strict=True))
    unit = frame["band"].map({key: DOT * min(1, LEVELS / n) for key, n in levels.items()})
    foot = pd.Series([feet[key] for key in at], frame.index, dtype=float)
    frame = frame.assign(height=foot + (level + 0.75) * unit.astype(float))
    data = _marks(bands, list(strips), feet, heights, names, colours)
    others = {"size": DOT, "color": colours.muted, "symbol": "circle-open", "line": {"width": 2}}
    looks = {reader: _look(place, colours) for reader, place in order.items()}
    for place, own in frame.groupby("order"):
        known = place < len(readers)
        look = looks[readers[int(place)]] if known else others
        data.append(
            {
                "type": "scatter",
                "x": own["value"].tolist(),
                "y": own["height"].tolist(),
                "mode": "markers",
                "marker": look,
                "name": escape(readers[int(place)] if known else names["other"]),
                "text": [escape(text).replace("\n", "<br>") for text in own["text"]],
                "hovertemplate": "%{text}<extra></extra>",
                "customdata": own["application_id"].tolist(),
            }
        )
    layout = _layout(bands, strips, feet, tops, heights, height, axis, colours)
    return figure(data, layout, dark=dark)


def _look(place: int, colours: Palette) -> dict:
    """The marker of the reviewer at this place: a shape of its own, and a colour."""
    return {
        "size": DOT,
        "symbol": SYMBOLS[place % len(SYMBOLS)],
        # The last colour is the muted one, of those without a look.
        "color": colours.categorical[place % (len(colours.categorical) - 1)],
        "line": {"width": 1, "color": colours.border},
    }


def _places(
    bands: Sequence[Band], strips: Sequence[str], heights: Mapping[str, float]
) -> tuple[dict[tuple[str, str], float], dict[str, float], float]:
    """Where each strip begins and each band ends above the bottom, and how high all are, in px."""
    feet: dict[tuple[str, str], float] = {}
    tops: dict[str, float] = {}
    top = 0.0
    for band in reversed(bands):
        for strip in reversed(strips):
            feet[band.key, strip] = top
            top += heights[band.key] + BETWEEN
        tops[band.key] = top - BETWEEN
        top += LABEL + (len(wrap(band.label, LETTERS)) - 1) * LINE - BETWEEN + APART
    return feet, tops, top


def _marks(
    bands: Sequence[Band],
    strips: Sequence[str],
    feet: Mapping[tuple[str, str], float],
    heights: Mapping[str, float],
    names: Mapping[str, str],
    colours: Palette,
) -> list[dict]:
    """An upright stroke at each mean and a dashed one at each line, with their legend entries."""
    at = [
        (mean, feet[band.key, strip], heights[band.key])
        for band in bands
        for strip, mean in zip(strips, band.means, strict=True)
        if mean is not None
    ]
    x = [value for mean, _, _ in at for value in (mean, mean, None)]
    y = [value for _, foot, tall in at for value in (foot, foot + tall, None)]
    stroke = {"color": colours.text, "width": 2}
    around = {"color": colours.page, "width": 5}  # so that the stroke is seen among dots
    unseen = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    entry = {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "hoverinfo": "skip",
        "name": escape(names["mean"]),
        "marker": {"size": 12, "symbol": "line-ns", "line": stroke},
        "legendrank": 2000,  # after the reviewers
    }
    data = [{**unseen, "x": x, "y": y, "line": look} for look in (around, stroke)]
    data += [entry] if at else []
    for band in bands:
        if band.line:
            low, high = feet[band.key, strips[-1]], feet[band.key, strips[0]] + heights[band.key]
            data.append(
                {
                    **unseen,
                    "x": [band.line.at, band.line.at],
                    "y": [low, high],
                    "line": {"color": colours.text, "width": 1.5, "dash": "dash"},
                    "name": escape(band.line.label),
                    "showlegend": True,
                    "legendrank": 2001,
                }
            )
    return data


def _layout(
    bands: Sequence[Band],
    strips: Mapping[str, str],
    feet: Mapping[tuple[str, str], float],
    tops: Mapping[str, float],
    heights: Mapping[str, float],
    height: float,
    axis: Axis,
    colours: Palette,
) -> dict:
    words = [
        {
            "text": "<br>".join(f"<b>{escape(line)}</b>" for line in wrap(band.label, LETTERS)),
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "y": tops[band.key] + 2,
            "yanchor": "bottom",
            "showarrow": False,
            "align": "left",
            "font": {"size": SMALL_TEXT_SIZE},
        }
        for band in bands
    ]
    grounds = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": foot,
            "y1": foot,
            "layer": "below",
            "line": {"color": colours.muted, "width": 1},
        }
        for foot in feet.values()
    ]
    return {
        "height": int(height) + BOTTOM,
        "margin": {"t": 0, "b": BOTTOM, "r": 8},
        "dragmode": False,
        "hovermode": "closest",
        "shapes": grounds,
        "annotations": words,
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": scale(axis),
        "yaxis": {
            "range": [-2, height],
            "tickvals": [foot + heights[key] / 2 for (key, _), foot in feet.items()],
            "ticktext": [escape(strips[strip]) for _, strip in feet],
            "showgrid": False,
            "fixedrange": True,
            "zeroline": False,
        },
    }

"""How a panel marks: where differences come from, who marks lower, and what that moves.

Every figure is made of rows with their label on top or at the left, so that it reads the same on a
screen and on a telephone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.distributions import ticks
from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

BAR, LABEL, GAP = 26, 24, 8  # px, the height of a bar, the room for its label, and between rows
ROW, HEAD = 24, 34  # px, for one reviewer, and for the heading of a set
PLACE = 24  # px from one place to the next
TALLEST = 1_200  # px, for all places
FOOT = 84  # px for axis and legend
SHARES = ("application", "reviewer", "residual")
NARROW = 0.08  # a share below this has no room for its number
SIDES = {"lower": "triangle-left", "within": "circle", "higher": "triangle-right"}
MOVES = {"up": "triangle-up", "down": "triangle-down", "same side": "circle"}


@dataclass(frozen=True)
class Shares:
    """A row of the figure of variances: its label and the three shares, as in SHARES."""

    label: str
    shares: tuple[float, float, float]


@dataclass(frozen=True)
class Reviewer:
    """A reviewer: name, points given above others with the ends of its interval, and its set."""

    name: str
    severity: float
    low: float
    high: float
    group: str
    text: str

    @property
    def side(self) -> str:
        """Whether the whole interval lies on one side of 0: a key of SIDES."""
        if self.high < 0:
            return "lower"
        return "higher" if self.low > 0 else "within"


@dataclass(frozen=True)
class Move:
    """An application with its place by the totals and its adjusted one; `way` is a key of MOVES."""

    name: str
    place: int
    adjusted: int
    way: str
    text: str


def shares(
    rows: Sequence[Shares], names: dict[str, str], percent: Callable[[float], str], *, dark: bool
) -> go.Figure:
    """One bar per row, from 0 to the whole, in the three parts that `names` gives words to.

    The parts lie in the order of the legend, so that they are told apart without colours."""
    colours = palette(dark)
    step = BAR + LABEL + GAP
    feet = [(len(rows) - 1 - place) * step for place in range(len(rows))]
    looks = zip(SHARES, (colours.accent, colours.categorical[1], colours.muted), strict=True)
    data = []
    base = [0.0] * len(rows)
    for place, (share, colour) in enumerate(looks):
        lengths = [row.shares[place] for row in rows]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": lengths,
                "y": [foot + BAR / 2 for foot in feet],
                "base": base,
                "width": BAR,
                "name": escape(names[share]),
                "marker": {
                    "color": colour,
                    "line": {"width": 1, "color": colours.border},
                },
                "text": [percent(length) if length >= NARROW else "" for length in lengths],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textfont": {"color": colours.page, "size": SMALL_TEXT_SIZE},
                "hovertext": [
                    f"{escape(row.label)}<br>{escape(names[share])}: {percent(row.shares[place])}"
                    for row in rows
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
        base = [start + length for start, length in zip(base, lengths, strict=True)]
    layout = {
        "height": len(rows) * step + FOOT,
        "margin": {"t": 0, "b": FOOT, "r": 8},
        "barmode": "overlay",
        "dragmode": False,
        "annotations": [
            _label(row.label, 0, foot + BAR + 2, "bottom")
            for row, foot in zip(rows, feet, strict=True)
        ],
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": {
            "range": [0, 1],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": [percent(at) for at in (0, 0.25, 0.5, 0.75, 1)],
            "ticklabeloverflow": "allow",
            "fixedrange": True,
            "zeroline": False,
        },
        "yaxis": {"range": [-4, len(rows) * step], "visible": False, "fixedrange": True},
    }
    return figure(data, layout, dark=dark)


def severities(
    reviewers: Sequence[Reviewer],
    names: dict[str, str],
    title: str,
    number: Callable[[float], str],
    *,
    dark: bool,
) -> go.Figure:
    """A dot and its range for each reviewer, around 0, set by set in the order given.

    A set with an empty name has no heading. `names` says what the legend calls the SIDES.
    """
    colours = palette(dark)
    looks = {
        "lower": colours.categorical[1],
        "within": colours.muted,
        "higher": colours.categorical[0],
    }
    at, heads, height = _rows(reviewers)
    data = []
    for side, symbol in SIDES.items():
        own = [(each, y) for each, y in zip(reviewers, at, strict=True) if each.side == side]
        if not own:
            continue
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [each.severity for each, _ in own],
                "y": [y for _, y in own],
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [each.high - each.severity for each, _ in own],
                    "arrayminus": [each.severity - each.low for each, _ in own],
                    "color": looks[side],
                    "thickness": 2,
                    "width": 0,
                },
                "marker": {"size": 12, "symbol": symbol, "color": looks[side]},
                "name": escape(names[side]),
                "showlegend": True,  # also where it is the only one
                "text": [escape(each.text).replace("\n", "<br>") for each, _ in own],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    reach = max((max(-each.low, each.high) for each in reviewers), default=1) * 1.05 or 1
    marks = ticks(-reach, reach, 8)
    layout = {
        "height": height + FOOT + 12,
        "margin": {"t": 0, "b": FOOT + 12, "r": 8},
        "dragmode": False,
        "hovermode": "closest",
        "annotations": [_label(head, 0, y, "middle") for head, y in heads],
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": {
            "range": [-reach, reach],
            "title": {"text": escape(title), "standoff": 8},
            "fixedrange": True,
            "zeroline": True,
            "zerolinewidth": 2,
            "tickvals": marks,
            "ticktext": [number(mark) for mark in marks],
        },
        "yaxis": {
            "range": [0, height],
            "tickvals": at,
            "ticktext": [escape(each.name) for each in reviewers],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    }
    return figure(data, layout, dark=dark)


def slopes(
    moves: Sequence[Move],
    places: int | None,
    titles: tuple[str, str],
    names: dict[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """A stroke for each application from its place by the totals to its adjusted one.

    `titles` stand above the two sides; `names` says what the legend calls the MOVES and `line`, the
    line after so many `places` (None draws none).
    """
    colours = palette(dark)
    ends = [place for move in moves for place in (move.place, move.adjusted)]
    low, high = min(ends, default=1), max(ends, default=1)
    step = min(PLACE, TALLEST / (high - low + 1))
    looks = {
        "up": colours.categorical[0],
        "down": colours.categorical[1],
        "same side": colours.muted,
    }
    data = []
    for way, symbol in MOVES.items():
        own = [move for move in moves if move.way == way]
        if not own:
            continue
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [x for _ in own for x in (0, 1, None)],
                "y": [y for move in own for y in (move.place, move.adjusted, None)],
                "line": {"color": looks[way], "width": 1.5 if way == "same side" else 3},
                "marker": {"size": 11, "symbol": symbol, "color": looks[way]},
                "name": escape(names[way]),
                "showlegend": True,
                "text": [t for move in own for t in [escape(move.text).replace("\n", "<br>")] * 3],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    shown = places is not None and low <= places < high
    if shown:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [-0.45, 1.45],
                "y": [places + 0.5, places + 0.5],
                "line": {"color": colours.text, "width": 1.5, "dash": "dash"},
                "name": escape(names["line"]),
                "hoverinfo": "skip",
            }
        )
    words = []
    for x, side, anchor in ((0, "place", "right"), (1, "adjusted", "left")):
        held: dict[int, list[str]] = {}
        for move in moves:
            held.setdefault(getattr(move, side), []).append(move.name)
        for place, those in held.items():
            # A telephone has no room for more.
            listed = escape(", ".join(those) if len(those) < 3 else f"{those[0]} +{len(those) - 1}")
            words.append(
                {
                    "text": f"{listed} · {place}" if anchor == "right" else f"{place} · {listed}",
                    "x": x,
                    "y": place,
                    "xanchor": anchor,
                    "xshift": -10 if anchor == "right" else 10,
                    "showarrow": False,
                    "font": {"size": SMALL_TEXT_SIZE},
                }
            )
        words.append(
            {
                "text": f"<b>{escape(titles[x])}</b>",
                "x": x,
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "xanchor": "center",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE},
            }
        )
    layout = {
        "height": int((high - low + 2) * step) + 28 + 48,
        "margin": {"t": 28, "b": 48},
        "dragmode": False,
        "hovermode": "closest",
        "annotations": words,
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
        "xaxis": {"range": [-0.5, 1.5], "visible": False, "fixedrange": True},
        "yaxis": {"range": [high + 1, low - 1], "visible": False, "fixedrange": True},
    }
    return figure(data, layout, dark=dark)


def _rows(reviewers: Sequence[Reviewer]) -> tuple[list[float], list[tuple[str, float]], float]:
    """Where each reviewer's row lies above the bottom, the headings of sets, and the height."""
    at, heads, top = [], [], 0.0
    groups = [each.group for each in reviewers]
    for place, each in reversed(list(enumerate(reviewers))):
        at.insert(0, top + ROW / 2)
        top += ROW
        if each.group and (place == 0 or groups[place - 1] != each.group):
            heads.append((each.group, top + HEAD / 2))
            top += HEAD
    return at, heads, top


def _label(text: str, x: float, y: float, anchor: str) -> dict:
    return {
        "text": f"<b>{escape(text)}</b>",
        "xref": "paper",
        "x": x,
        "xanchor": "left",
        "y": y,
        "yanchor": anchor,
        "showarrow": False,
        "font": {"size": SMALL_TEXT_SIZE},
    }

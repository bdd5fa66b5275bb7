"""What was reported over time beside the path of the targets: one series, or many small ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from charts.theme import SMALL_TEXT_SIZE, Palette, escape, figure, palette

ACROSS = 4  # panels in a line
PANEL, GAP, NAME = 74, 12, 30  # px, heights of a panel, of the space below it and of its name
TITLE = (
    14  # characters of a panel's name on one line, so that it fits on a phone; at most two lines
)

# In numbers: Plotly knows the names of months in English alone.
DATES = [
    {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
    {"dtickrange": [None, "M11"], "value": "%Y-%m"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


@dataclass(frozen=True)
class Trend:
    """One centre's one indicator: its name, its reports, and the path, baseline first if dated."""

    name: str
    reports: Sequence[tuple[date, float]]
    path: Sequence[tuple[date, float]]
    step: bool = False  # yes/no: half a yes means nothing


def trend(
    series: Trend, today: date, words: tuple[str, str, str], *, dated: bool, dark: bool
) -> go.Figure:
    """Reports as dots, the targets as diamonds on the path to them, and the day that is shown.

    `words` name the reports, the path and the day; `dated` says that the path begins at the
    baseline. Where nothing was reported there is no dot, on no day.
    """
    colours = palette(dark)
    reported, path, day = words
    data = _traces(series, "x", "y", colours, dated=dated, size=8)
    for trace, name in zip(data, (path, reported), strict=True):
        trace |= {"name": escape(name), "showlegend": bool(trace["x"])}
        trace |= {"hovertemplate": "%{x|%Y-%m-%d}: %{y}<extra></extra>", "hoverinfo": None}
    layout = {
        "height": 320,
        "margin": {"t": 24, "r": 16, "b": 70, "l": 48},
        "shapes": [_day(today, "x", "y domain", colours)],
        "annotations": [
            {
                "text": escape(day),
                "x": today.isoformat(),
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE, "color": colours.muted},
            }
        ],
        "legend": {"y": -0.14},
        "xaxis": {"type": "date", "fixedrange": True, "nticks": 6, "tickformatstops": DATES},
        "yaxis": {"fixedrange": True, "nticks": 5, "zeroline": False},
    }
    return figure(data, layout, dark=dark)


def small_multiples(
    many: Sequence[Trend], first: date, last: date, today: date, *, dark: bool
) -> go.Figure:
    """One small panel for each series, line by line: all over the same days, each on its own scale.

    What compares is how the dots lie to the path. A panel without a report holds the path alone.
    """
    colours = palette(dark)
    lines = max(1, -(-len(many) // ACROSS))
    height = lines * (NAME + PANEL + GAP)
    data: list[dict] = []
    layout: dict[str, Any] = {
        "height": height,
        "showlegend": False,
        "annotations": [],
        "shapes": [],
    }
    for number, one in enumerate(many):
        line, column = divmod(number, ACROSS)
        end = str(number + 1) if number else ""
        left, right = (column + 0.02) / ACROSS, (column + 0.94) / ACROSS
        values = [value for _, value in (*one.reports, *one.path)]
        low, high = min(values, default=0), max(values, default=1)
        room = (high - low or 1) * 0.12
        top = 1 - (line * (NAME + PANEL + GAP) + NAME) / height
        data += _traces(one, f"x{end}", f"y{end}", colours, dated=True, size=5)
        layout[f"xaxis{end}"] = {
            "domain": [left, right],
            "anchor": f"y{end}",
            "type": "date",
            "range": [first.isoformat(), last.isoformat()],
            "showticklabels": False,
            "showgrid": False,
            "showline": True,
            "ticks": "",
            "fixedrange": True,
        }
        layout[f"yaxis{end}"] = {
            "domain": [top - PANEL / height, top],
            "anchor": f"x{end}",
            "range": [low - room, high + room],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "fixedrange": True,
        }
        layout["shapes"].append(_day(today, f"x{end}", f"y{end} domain", colours))
        layout["annotations"].append(
            {
                "text": "<br>".join(
                    map(escape, wrap(one.name, TITLE, max_lines=2, placeholder="…"))
                ),
                "align": "left",
                "x": left,
                "xref": "paper",
                "xanchor": "left",
                "y": top,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 11},
            }
        )
    return figure(data, layout, dark=dark)


def _traces(
    series: Trend, x: str, y: str, colours: Palette, *, dated: bool, size: int
) -> list[dict]:
    """The path as a line with its due days, and the reports as dots."""
    start = 1 if dated and len(series.path) else 0
    symbols = ["line-ew-open"] * start + ["diamond-open"] * (len(series.path) - start)
    return [
        {
            "type": "scatter",
            "x": [day.isoformat() for day, _ in series.path],
            "y": [value for _, value in series.path],
            "xaxis": x,
            "yaxis": y,
            "mode": "lines+markers",
            "cliponaxis": False,
            "line": {"shape": "hv" if series.step else "linear", "color": colours.muted}
            | {"width": 1.5, "dash": "dot"},
            "marker": {"symbol": symbols, "size": size, "color": colours.muted},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "x": [day.isoformat() for day, _ in series.reports],
            "y": [value for _, value in series.reports],
            "xaxis": x,
            "yaxis": y,
            "mode": "markers",
            "cliponaxis": False,
            "marker": {"size": size, "color": colours.accent},
            "hoverinfo": "skip",
        },
    ]


def _day(today: date, x: str, y: str, colours: Palette) -> dict:
    """A thin line at the day that is shown."""
    return {
        "type": "line",
        "xref": x,
        "yref": y,
        "x0": today.isoformat(),
        "x1": today.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": colours.grid, "width": 1},
    }

"""Dated promises on a time line: what was met, what is late, what is to come."""

import textwrap
from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

ROW, LEGEND = 44, 21  # px, heights of a row and of a line of the legend
LEFT = 150  # px, for the names
NAME = 21  # characters of a name on one line; at most two lines
DAYS = "%Y-%m-%d"  # Plotly knows the names of months in English alone

# State -> its shape; what is settled is filled, what is not yet is hollow.
STATES = {
    "met": "circle",
    "late": "triangle-up",
    "to come": "circle-open",
    "no longer due": "x-thin-open",
}


def timeline(
    milestones: pd.DataFrame,
    today: date,
    states: Mapping[str, str],
    shown: str,
    *,
    dark: bool,
) -> go.Figure:
    """A row for each dated milestone, from the top; the day that is shown is a line across.

    `milestones` has milestone, due_on, met_on and state (one of STATES; others are not drawn, as
    they have no date). A milestone stands where it was met, else where it is due; where it was met
    on another day than it was due, a thin line leads from the one to the other. `states` are the
    states in words, `shown` is the line's label.
    """
    colours = palette(dark)
    blue, orange, green = colours.categorical[:3]
    inks = {"met": green, "late": orange, "to come": blue, "no longer due": colours.muted}
    dated = milestones[milestones["state"].isin(STATES)]
    rows = range(len(dated))
    at = [it.met_on if it.met_on else it.due_on for it in dated.itertuples()]
    data: list[dict] = [_delays(dated, colours.muted)]
    for state, symbol in STATES.items():
        those = [row for row in rows if dated["state"].iloc[row] == state]
        if those:
            data.append(
                {
                    "type": "scatter",
                    "name": escape(states[state]),
                    "x": [at[row] for row in those],
                    "y": those,
                    "mode": "markers",
                    "cliponaxis": False,
                    "marker": {
                        "symbol": symbol,
                        "size": 13,
                        "color": inks[state],
                        "line": {"width": 2.5, "color": inks[state]},
                    },
                    "text": [escape(dated["milestone"].iloc[row]) for row in those],
                    "hovertemplate": f"%{{text}}<br>{escape(states[state])}<br>%{{x|{DAYS}}}"
                    "<extra></extra>",
                }
            )
    days = [*at, *dated["due_on"].dropna(), today]
    margin = max((max(days) - min(days)) * 0.06, timedelta(days=30))
    below = 30 + 2 * LEGEND  # of the legend, two lines on a phone
    layout = {
        "height": 24 + ROW * len(dated) + below,
        "margin": {"l": LEFT, "r": 8, "t": 24, "b": below, "autoexpand": False},
        "showlegend": True,
        "legend": {"y": -30 / max(ROW * len(dated), 1), "x": 0, "xref": "paper"},
        "shapes": [
            {
                "type": "line",
                "x0": today,
                "x1": today,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "layer": "below",
                "line": {"width": 1.5, "dash": "dot", "color": colours.text},
            }
        ],
        "annotations": [
            {
                "text": escape(shown),
                "x": today,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE, "color": colours.text},
            }
        ],
        "xaxis": {
            "type": "date",
            "range": [min(days) - margin, max(days) + margin],
            "fixedrange": True,
            "nticks": 5,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": DAYS},
                {"dtickrange": [None, "M11"], "value": "%Y-%m"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(rows),
            "ticktext": ["<br>".join(_wrapped(name)) for name in dated["milestone"]],
            "range": [len(dated) - 0.5, -0.5],
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
    }
    return figure(data, layout, dark=dark)


def _delays(dated: pd.DataFrame, ink: str) -> dict:
    """A thin line from the day each was due to the day it was met, where these differ."""
    x: list[date | None] = []
    y: list[int | None] = []
    for row, it in enumerate(dated.itertuples()):
        if it.met_on and it.due_on and it.met_on != it.due_on:
            x += [it.due_on, it.met_on, None]
            y += [row, row, None]
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"width": 1.5, "color": ink},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _wrapped(name: str) -> list[str]:
    return [escape(line) for line in textwrap.wrap(name, NAME, max_lines=2, placeholder=" …")]

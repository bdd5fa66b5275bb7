"""The map of countries and centres: a figure without geometry, which the browser fetches once.

Countries are named by their ISO 3166-1 alpha-3 code; the shapes come from `CONFIG`'s address
(how they are made: `data/reference/make_geometry.py`). The projection is Equal Earth: an area's
size on the map is its size on the globe.
"""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import escape, figure, palette

# For st.plotly_chart(config=...) and to_html(config=...). Left to itself plotly.js would fetch the
# world's shapes from another host and offer to upload the chart to one.
CONFIG = {
    "topojsonURL": "/app/static/un/",
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
}

# To be shown under every map, on paper too. English source; pages put it through gettext.
DISCLAIMER = (
    "The designations employed and the presentation of material on this map do not imply the "
    "expression of any opinion whatsoever on the part of ITU or its secretariat concerning the "
    "legal status of any country, territory, city or area or of its authorities, or concerning "
    "the delimitation of its frontiers or boundaries."
)

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees. East is the larger, beyond 180 if need be."""

WORLD: Box = (-169.0, -50.0, 191.0, 83.0)  # cut through the Bering Strait, where no land is cut
WORLD_MIDDLE = 6.0  # latitude; the sides of so wide a box bulge, down to 60° south

REGIONS: dict[str, Box] = {
    "AFR": (-50.0, -37.0, 84.0, 29.0),
    "AMS": (-172.0, -61.0, -16.0, 76.0),
    "ARB": (-30.0, -16.0, 70.0, 39.0),
    "ASP": (40.0, -49.0, 210.0, 54.0),
    "CIS": (20.0, 36.0, 190.0, 82.0),
    "EUR": (-24.0, 29.0, 50.0, 71.0),
}
"""Where each ITU region lies, with room around it."""

# Countries that reach further from their middle than `NEAR` shows.
BROAD: dict[str, Box] = {
    "ARG": (-74.0, -56.0, -53.0, -21.0),
    "AUS": (112.0, -45.0, 155.0, -9.0),
    "BRA": (-75.0, -35.0, -34.0, 6.0),
    "CAN": (-142.0, 41.0, -52.0, 80.0),
    "CHL": (-77.0, -56.0, -66.0, -17.0),
    "CHN": (73.0, 17.0, 136.0, 54.0),
    "FSM": (137.0, 1.0, 164.0, 12.0),
    "IDN": (94.0, -12.0, 142.0, 8.0),
    "IND": (67.0, 6.0, 98.0, 36.0),
    "KAZ": (46.0, 40.0, 88.0, 56.0),
    "KIR": (172.0, -12.0, 206.0, 6.0),
    "MEX": (-119.0, 13.0, -86.0, 34.0),
    "PRT": (-32.0, 32.0, -5.0, 43.0),
    "RUS": (19.0, 41.0, 191.0, 82.0),
    "USA": (-180.0, 18.0, -66.0, 72.0),
    "VNM": (101.0, 7.0, 111.0, 24.0),
}

NEAR = (8.0, 10.0)  # degrees to each side of a country's middle: latitude, longitude
LEAST = (26.0, 50.0)  # degrees a map shows at least, so that a country is seen with its neighbours

HEIGHT = 420  # pixels, without the legend
LEGEND = 40  # pixels: one line of it

SMALL_SIZE = 12  # pixels: the marker of a country too small to be hit
EMPTY_SIZE = 8  # ... and of one with nothing to show; the pointer still takes it from 8 px away
REACH = 4  # pixels around a marker where the pointer takes it

BORDER = 0.5  # pixels
TILTED = 35  # degrees of latitude from which on Equal Earth leans too much for a map of a part

SYMBOLS = ("diamond", "triangle-up", "star", "cross", "x")  # of centres: no circle, no square


def around(countries: pd.DataFrame) -> Box | None:
    """The box that shows these countries, or None where only the whole world does.

    Takes one row per country: country (alpha-3), latitude and longitude of its middle (degrees).
    """
    boxes = [
        BROAD.get(code) or (lon - NEAR[1], lat - NEAR[0], lon + NEAR[1], lat + NEAR[0])
        for code, lat, lon in zip(
            countries["country"], countries["latitude"], countries["longitude"], strict=True
        )
    ]
    if not boxes:
        return None
    spans = sorted((west % 360, west % 360 + east - west) for west, _, east, _ in boxes)
    # The map opens east of the widest gap between them: nothing is cut that need not be.
    reached, gaps = spans[0][1], []
    for west, east in [*spans[1:], (spans[0][0] + 360, 0)]:
        gaps.append((west - reached, west))
        reached = max(reached, east)
    gap, west = max(gaps)
    wide = 360 - gap
    if wide > 250:
        return None
    west = (west + 180) % 360 - 180
    south, north = min(box[1] for box in boxes), max(box[3] for box in boxes)
    more_lat, more_lon = max(LEAST[0] - north + south, 0) / 2, max(LEAST[1] - wide, 0) / 2
    return (
        west - more_lon,
        max(south - more_lat, -60.0),
        west + wide + more_lon,
        min(north + more_lat, 84.0),
    )


def classes(values: pd.Series) -> list[tuple[int, int | None]]:
    """The three classes of counts above zero, as (from, to); the last has no upper end.

    1, 2, and 3 or more, as long as that tells countries apart; where counts are large, thirds of
    the countries that have any, at round numbers.
    """
    some = values[values > 0]
    second, third = 2, 3
    if len(some) and some.median() > 3:
        second = max(_rounded(some.quantile(1 / 3)), 2)
        third = max(_rounded(some.quantile(2 / 3)), second + 1)
    return [(1, second - 1), (second, third - 1), (third, None)]


def _rounded(number: float) -> int:
    """A number to its first digit: 2,734 becomes 3,000."""
    digit = 10 ** int(math.log10(number))
    return round(number / digit) * digit


def world(
    frame: pd.DataFrame,
    *,
    labels: list[str],
    dark: bool,
    zoom: Box | None = None,
    centres: pd.DataFrame | None = None,
    kinds: list[str] | None = None,
) -> go.Figure:
    """A map of how many each country has, and of centres.

    `frame` has one row per country in question, those with zero among them: country (alpha-3),
    name (in the reader's language), value (a count), hover (what stands under the name when
    pointed at), latitude and longitude of its middle (degrees), small (boolean: a marker stands
    for it too). With `zoom`, other countries are land nobody can point at; without, all countries
    have to be there. `labels` are four words for the legend: for zero and for each of
    `classes(frame["value"])`; those of classes without a country are left out.

    `centres` has one row per centre: country, name, hover, latitude, longitude (degrees), kind.
    `kinds` are all the words a kind can be, in the order of the legend, so that a kind keeps its
    shape and colour whichever are there. Raises ValueError for a kind that is not among them.

    A point's `customdata` is its country's code.
    """
    colours = palette(dark)
    fills = [colours.land, *colours.sequential]
    # One by one: a frame of so few rows takes longer to be sorted and grouped than to be drawn.
    lows = [low for low, _ in classes(frame["value"])]
    by_step: dict[int, list] = {}
    for row in frame.itertuples():
        by_step.setdefault(sum(row.value >= low for low in lows), []).append(row)
    steps = sorted(by_step.items())
    traces = [_shapes(steps, fills, colours.border)]
    for step, rows in steps:
        if small := [row for row in rows if row.small]:
            size, line = (SMALL_SIZE, colours.border) if step else (EMPTY_SIZE, colours.muted)
            traces.append(_points(small, _marker("circle", size, fills[step], line)))
    for step, (label, fill) in enumerate(zip(labels, fills, strict=True)):
        if step in by_step:
            traces.append(_entry(label, _marker("square", SMALL_SIZE, fill, colours.border)))
    if centres is not None:
        for kind, rows in centres.groupby("kind", sort=False):
            number = (kinds or []).index(kind)
            colour = colours.categorical[(number + 1) % len(colours.categorical)]
            marker = _marker(SYMBOLS[number % len(SYMBOLS)], SMALL_SIZE, colour, colours.border)
            traces.append(_points(list(rows.itertuples()), marker))
            traces.append({**_entry(kind, marker), "legendrank": 1001 + number})
    below = LEGEND if centres is None else 2 * LEGEND
    layout = {
        "height": HEIGHT + below,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
        "hovermode": "closest",
        "hoverdistance": REACH,
        "dragmode": False,
        "legend": {"x": 0.5, "xanchor": "center", "y": 0, "yanchor": "bottom"},
        "geo": {
            **_view(zoom),
            "resolution": 50,
            "domain": {"x": [0, 1], "y": [below / (HEIGHT + below), 1]},
            "bgcolor": colours.water,
            "showframe": False,
            # Behind all countries lies the land of none of them (plotly has a name for it that it
            # is not: see make_geometry.py); behind some of them all land, without borders: they
            # would take the browser as long to draw as all the countries in question.
            "showocean": zoom is None,
            "oceancolor": colours.other,
            "showland": zoom is not None,
            "landcolor": colours.other,
            "showcoastlines": False,
        },
    }
    return figure(traces, layout, dark=dark)


def _view(zoom: Box | None) -> dict:
    """The part of `layout.geo` that says where to look. Both projections keep areas true."""
    west, south, east, north = zoom or WORLD
    lon, lat = (west + east) / 2, (south + north) / 2 if zoom else WORLD_MIDDLE
    if zoom and abs(lat) > TILTED:
        projection = {"type": "azimuthal equal area", "rotation": {"lon": lon, "lat": lat}}
    else:
        projection = {"type": "equal earth", "rotation": {"lon": lon}}
    return {
        "projection": projection,
        "center": {"lon": lon, "lat": lat},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }


def _hover(row: Any) -> str:
    """What is shown when a country or a centre is pointed at; its words are data, not markup."""
    return f"<b>{escape(row.name)}</b><br>{escape(row.hover)}"


def _shapes(steps: list[tuple[int, list]], fills: list[str], border: str) -> dict:
    """The trace of countries' shapes, one colour for each class; `steps` are classes and rows."""
    colorscale = [
        [(number + side) / len(fills), fill] for number, fill in enumerate(fills) for side in (0, 1)
    ]
    rows = [row for _, each in steps for row in each]
    codes = [row.country for row in rows]
    return {
        "type": "choropleth",
        "locations": codes,
        "z": [step for step, each in steps for _ in each],
        "zmin": -0.5,
        "zmax": len(fills) - 0.5,
        "colorscale": colorscale,
        "showscale": False,
        "marker": {"line": {"color": border, "width": BORDER}},
        "text": [_hover(row) for row in rows],
        "hoverinfo": "text",
        "customdata": codes,
        "unselected": {"marker": {"opacity": 1}},  # a click filters; nothing fades meanwhile
    }


def _points(rows: list, marker: dict) -> dict:
    """A trace of markers one can point at; what they mean, `_entry` says."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [row.longitude for row in rows],
        "lat": [row.latitude for row in rows],
        "marker": marker,
        "text": [_hover(row) for row in rows],
        "hoverinfo": "text",
        "customdata": [row.country for row in rows],
        "showlegend": False,
        "unselected": {"marker": {"opacity": 1}},
    }


def _entry(label: str, marker: dict) -> dict:
    """An entry of the legend: a trace without a point."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [None],
        "lat": [None],
        "name": escape(label),
        "marker": marker,
        "hoverinfo": "skip",
    }


def _marker(symbol: str, size: int, colour: str, line: str) -> dict:
    return {
        "symbol": symbol,
        "size": size,
        "color": colour,
        "opacity": 1,
        "line": {"color": line, "width": 1},
    }

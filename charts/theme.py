"""One look for every figure: colours and type, light and dark.

A colour never says anything alone: a word, a shape or a position says the same. The colours are
told apart with the common kinds of colour blindness, and marks keep a contrast of 3 : 1 or more
against the page. `.streamlit/config.toml` has the same colours for what is not a figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
TEXT_SIZE = 14
SMALL_TEXT_SIZE = 13

DRAWN_ONCE = {"template": "none", "datarevision": 1}
# What Streamlit makes of a figure whose points can be chosen; else it would be drawn a second time.
POINTS_CAN_BE_CHOSEN = {"clickmode": "event+select", "dragmode": "pan"}


@dataclass(frozen=True)
class Palette:
    """The colours of one side of the theme, as #RRGGBB.

    `sequential` goes from few to many, `categorical` is for kinds without an order (after Okabe
    and Ito), `land` is a country with nothing to show, `other` what is not in question, `water`
    what lies behind both, `border` the line between two filled shapes.
    """

    page: str
    text: str
    muted: str
    grid: str
    land: str
    other: str
    water: str
    border: str
    accent: str
    sequential: tuple[str, str, str]
    categorical: tuple[str, ...]


LIGHT = Palette(
    page="#FFFFFF",
    text="#0F1A24",
    muted="#52606D",
    grid="#E1E7EC",
    land="#D6DDE4",
    other="#E9EDF1",
    water="#F8FAFC",
    border="#FFFFFF",
    accent="#005B8F",
    sequential=("#3A88C2", "#125A92", "#06264A"),
    categorical=("#0072B2", "#D55E00", "#00805C", "#A8508A", "#9A6B00", "#52606D"),
)

DARK = Palette(
    page="#10171E",
    text="#E8EDF2",
    muted="#A3B1BF",
    grid="#2B3640",
    land="#35424E",
    other="#232E38",
    water="#141C24",
    border="#10171E",
    accent="#6CB8E6",
    sequential=("#4C93C8", "#8CC8F0", "#E2F4FF"),
    categorical=("#56B4E9", "#F08A4B", "#2FC39A", "#D98ABB", "#E6B43C", "#A3B1BF"),
)


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def figure(data: Sequence[dict], layout: dict[str, Any], *, dark: bool) -> go.Figure:
    """A figure of these traces in the dashboard's look.

    Plotly's own check of every property costs more than all the rest of a figure, at every click of
    every reader. It is left out here and made by the tests instead (`tests/charts/conftest.py`).

    Streamlit hands every new figure to plotly.js twice, the second time as a copy. A copy that is
    seen to be the same is not drawn, and for that plotly.js needs a revision of the data, and no
    template: it takes any copy of one for another one. The revision need not change, since
    Streamlit makes a chart of its own of every figure that is different.
    """
    whole = _under(layout, _look(dark, [name for name in layout if name[1:5] == "axis"]))
    return go.Figure(list(data), {**DRAWN_ONCE, **whole}, _validate=False)


def _look(dark: bool, axes: Iterable[str]) -> dict[str, Any]:
    """What the layout of every figure starts from, with these axes.

    Transparent, so that the page shows through; no margins but those the axes ask for.
    """
    colours = palette(dark)
    small = {"size": SMALL_TEXT_SIZE, "color": colours.text}
    axis = {
        "automargin": True,
        "gridcolor": colours.grid,
        "showline": False,  # where it is not asked for: plotly.js draws one that has a colour
        "linecolor": colours.grid,
        "zerolinecolor": colours.muted,
        "tickfont": small,
        "title": {"font": small},
    }
    return {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(colours.categorical),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "hoverlabel": {
            "bgcolor": colours.page,
            "bordercolor": colours.muted,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.text},
            "align": "left",
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "top",
            "font": small,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        **dict.fromkeys(axes, axis),
    }


def _under(given: Any, base: Any) -> Any:
    """What is given, and beneath it what `base` has more."""
    if not isinstance(given, dict) or not isinstance(base, dict):
        return given
    both = {name: _under(given[name], base[name]) for name in given if name in base}
    return base | given | both


def escape(text: str) -> str:
    """Text that comes from data, safe to hand to Plotly, which renders <b>, <br> and <a>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

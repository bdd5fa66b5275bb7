"""The priorities as one strip: a row each, as long as it has targets, cut by status."""

import textwrap
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from charts.statuses import LOOKS
from charts.theme import SMALL_TEXT_SIZE, escape, figure, palette

ROW = 84  # px, a row's name above its bar
BAR = 0.46  # of a row, room for a sign above a number
NAME = 46  # characters of a name on one line; a phone has room for no more
LEGEND = 22  # px, height of a line of the legend; a phone has room for two short entries on each
SHORT = 16  # characters
HOLLOW = ("not yet due", "not calculable")  # as light as the page: these need an outline


def strip(
    rows: Sequence[str],
    counts: Mapping[str, Sequence[int]],
    words: Mapping[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """One bar per row of names, first on top; its pieces are the statuses with their numbers.

    `counts` maps a status (a key of LOOKS) to one number per row; 0 is left out of the bar, and so
    is a status nobody has. `words` says a status in the reader's language. Each piece has its
    sign, its number and its colour.
    """
    colours = palette(dark)
    places = [i + 0.72 for i in range(len(rows))]
    used = [status for status in LOOKS if any(counts.get(status, ()))]
    data = []
    for status in used:
        look = LOOKS[status]
        fill, ink = look.colours(dark)
        hollow = status in HOLLOW
        data.append(
            {
                "type": "bar",
                "name": f"{look.sign} {escape(words[status])}",
                "orientation": "h",
                "y": places,
                # A piece of no width would still draw its outline.
                "x": [n or None for n in counts[status]],
                "width": BAR,
                "text": [f"{look.sign}<br>{n}" if n else "" for n in counts[status]],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 12, "color": ink},
                "hoverinfo": "skip",
                "marker": {
                    "color": fill,
                    "line": {"width": 1.5, "color": ink if hollow else colours.border},
                },
            }
        )
    longest = max((sum(row) for row in zip(*counts.values(), strict=True)), default=0)
    beside = 2 if all(len(words[status]) <= SHORT for status in used) else 1
    below = LEGEND * -(-len(used) // beside) + 12
    layout = {
        "barmode": "stack",
        "height": ROW * len(rows) + below,
        "margin": {"b": below, "autoexpand": False},
        "legend": {"traceorder": "normal", "y": -0.02},
        "annotations": [
            {
                "text": "<br>".join(map(escape, textwrap.wrap(name, NAME, max_lines=2))),
                "align": "left",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": i + 0.46,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SMALL_TEXT_SIZE},
            }
            for i, name in enumerate(rows)
        ],
        "xaxis": {"visible": False, "range": [0, max(longest, 1)], "fixedrange": True},
        "yaxis": {"visible": False, "range": [max(len(rows), 1), 0], "fixedrange": True},
    }
    return figure(data, layout, dark=dark)

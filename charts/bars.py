"""Counts as horizontal bars: one number a row, or two beside each other."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.theme import escape, figure, palette

ROW_HEIGHT = 30  # px; a row has to hold a line of text
DIGIT = 7.5  # px, of a character of a number
LINE_LENGTH = 26  # characters of a label before it is broken


def bars(
    labels: Sequence[str],
    series: dict[str, Sequence[float]],
    *,
    dark: bool,
    texts: dict[str, Sequence[str]] | None = None,
) -> go.Figure:
    """One bar a label and series, first label on top, each with its number at its end.

    `series` maps a name in the reader's language to one value per label (0 is shown as 0);
    `texts` what stands at the ends, where it is more than the value. One or two series.
    """
    colours = palette(dark)
    filled = {"color": colours.accent, "line": {"width": 0}}
    # Two blues are one blue to many: the first of two is an outline.
    hollow = {"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": colours.muted}}
    looks = (hollow, filled) if len(series) > 1 else (filled,)
    told = {name: (texts or {}).get(name) or [str(n) for n in series[name]] for name in series}
    rows = [_broken(escape(label)) for label in labels]
    traces = [
        {
            "type": "bar",
            "name": escape(name),
            "y": rows,
            "x": list(values),
            "text": [escape(text) for text in told[name]],
            "orientation": "h",
            "marker": look,
            "textposition": "outside",
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        for (name, values), look in zip(series.items(), looks, strict=True)
    ]
    longest = max((value for values in series.values() for value in values), default=0)
    widest = max((len(text) for texts in told.values() for text in texts), default=0)
    layout = {
        # Room for the number at the end of the longest bar, in pixels: it is as wide everywhere.
        "margin": {"l": 0, "t": 0, "b": 0, "r": round(8 + DIGIT * widest)},
        "minreducedwidth": 40,  # on a phone the labels need the rest
        "barmode": "group",
        "bargap": 0.35,
        "bargroupgap": 0.05,
        "height": int(len(rows) * ROW_HEIGHT * (0.5 + 0.75 * len(series))) + 50,
        "showlegend": len(series) > 1,
        "legend": {"y": -0.02},
        "xaxis": {"visible": False, "range": [0, longest or 1], "fixedrange": True},
        # Plotly draws from the bottom up; what comes first stands on top. The ticks are air.
        "yaxis": {
            "autorange": "reversed",
            "fixedrange": True,
            "showgrid": False,
            "ticks": "outside",
            "ticklen": 8,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }
    return figure(traces, layout, dark=dark)


def _broken(label: str) -> str:
    """A long label on two lines or more; a phone has no room for it on one."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) > LINE_LENGTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)

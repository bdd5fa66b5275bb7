"""How a status looks: a shape that tells it without colour, a colour that tells it across a room.

Blue is as planned, orange is not, and the stronger of each is the further on: the two are told
apart with every common kind of colour blindness. What is not known is grey and never orange or red,
in two greys: nobody reported, and what was reported is too little to judge by.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """One status: Plotly's name of its shape, the same shape as a sign, and its colours.

    `tone` is the class of its sign in `pages/static/tables.css`; `light` and `dark` are the colours
    of a cell and of what is drawn on it, legible on each other.
    """

    symbol: str
    sign: str
    tone: str
    light: tuple[str, str]
    dark: tuple[str, str]

    def colours(self, dark: bool) -> tuple[str, str]:
        """Those of the cell and of what is drawn on it."""
        return self.dark if dark else self.light


_INK, _PAPER = "#0F1A24", "#FFFFFF"
_CHALK, _NIGHT = "#E8EDF2", "#10171E"

_UNREPORTED = Look("circle-open", "○", "gray", ("#C3CBD3", _INK), ("#4A5763", _CHALK))
_UNJUDGED = Look("asterisk-open", "✱", "gray", ("#EDF0F3", "#52606D"), ("#232E38", "#A3B1BF"))
_WAITING = Look("square-open", "□", "gray", ("#FFFFFF", "#52606D"), ("#10171E", "#A3B1BF"))
_ON = Look("circle", "●", "blue", ("#A6CFEA", _INK), ("#1F4E70", _CHALK))
_OFF = Look("triangle-down", "▼", "orange", ("#DF8140", _INK), ("#A8531C", _PAPER))

# Every status, and in the legend's order.
LOOKS = {
    "achieved": Look("star", "★", "blue", ("#005B8F", _PAPER), ("#6CB8E6", _NIGHT)),
    "on course": _ON,
    "behind": Look("diamond", "◆", "amber", ("#F6DDA3", _INK), ("#5F4A16", _CHALK)),
    "off course": _OFF,
    "moved away": Look("triangle-left", "◀", "red", ("#8A2A0B", _PAPER), ("#FFA184", _NIGHT)),
    "not yet due": _WAITING,
    "no report": _UNREPORTED,
    "not calculable": _UNJUDGED,
    # Of several centres together; nothing here is an average.
    "all": Look("star", "★", "blue", ("#005B8F", _PAPER), ("#6CB8E6", _NIGHT)),
    "some": _ON,
    "none of them": _OFF,
    "unjudged": _UNJUDGED,
    "waiting": _WAITING,
    "silent": _UNREPORTED,
    "none": Look("line-ew-open", "–", "gray", ("#FFFFFF", "#52606D"), ("#10171E", "#A3B1BF")),
}

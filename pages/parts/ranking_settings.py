"""What the reader of the ranking looks through: the source of uncertainty and the weights.

All of it stands in the address, as codes: `noise`, `points` and, for those who may move them,
`weights`. What an address got wrong is left out of it, and said.
"""

import math
from dataclasses import dataclass
from urllib.parse import quote, unquote

import streamlit as st

from analysis.weighting import typical_distance
from pages.parts import address
from pages.parts.notices import left_out
from pages.parts.text import plain, short
from queries.view import View
from queries.words import N_, Words

NOISES = {"panel": N_("Panel noise"), "weights": N_("Uncertain weights"), "both": N_("Both")}
POINTS = {"0": 0.0, "5": 5.0, "10": 10.0, "20": 20.0}
ANY = "any"
USUAL = {"noise": "panel", "points": "10"}
SHOWN = "ranking_weights_shown"


@dataclass(frozen=True)
class Settings:
    """How the ranking is looked at. `weights` are (criterion, share) pairs, adding up to 1.

    `official` are those of the call, and all 0 where it has none above 0. `positions` is where the
    sliders stand, from 0 to 100. `points` is how far a drawn weight typically lies from the one in
    force; None for any weights.
    """

    noise: str
    points: float | None
    weights: tuple[tuple[str, float], ...]
    official: tuple[tuple[str, float], ...]
    positions: tuple[float, ...]

    @property
    def moved(self) -> bool:
        """Whether the weights are others than those of the call."""
        return self.weights != self.official

    @property
    def uncertain_weights(self) -> bool:
        """Whether weights are drawn at all."""
        return self.noise != "panel" and self.points != 0


def settings(view: View) -> Settings:
    """What the address asks for, as far as it means something and the reader may ask for it."""
    criteria = view.ask("ranked_criteria")
    official = tuple(zip(criteria["criterion"], criteria["share_weight"].fillna(0.0), strict=True))
    dropped = []

    def asked(name: str, read):
        text = address.detail(name)
        value = read(text) if text else None
        if text and value is None:
            dropped.append(f"{name} “{short(text)}”")
            st.session_state["details"].pop(name)
        return value

    noise = asked("noise", lambda text: text if text in NOISES else None)
    told = asked("weights", lambda text: _told(view, text, official))
    weights = _shares(told, official) if told else official
    known = points_of(weights)
    points = asked("points", lambda text: text if text in known else None)
    left_out(view, dropped)
    points = points or (USUAL["points"] if USUAL["points"] in known else ANY)
    positions = tuple(told[code] if told else 100 * was for code, was in official)
    return Settings(noise or USUAL["noise"], known[points], weights, official, positions)


def points_of(weights: tuple[tuple[str, float], ...]) -> dict[str, float | None]:
    """The steps of the control that these weights allow: code -> points, None for any weights."""
    most = (
        typical_distance([share for _, share in weights], 0) if any(dict(weights).values()) else 0
    )
    return {code: n for code, n in POINTS.items() if n < most or not n} | {ANY: None}


def banner(view: View, now: Settings) -> str:
    """What everything made under other weights carries; empty under those of the call."""
    if not now.moved:
        return ""
    _ = view.words
    names = view.ask("ranked_criteria").set_index("criterion")["name"]
    return _(
        "Made under other weights than those of the call: {weights}.",
        weights="; ".join(
            _(
                "{criterion} {share} (call: {official})",
                criterion=names[code],
                share=_.percent(share, 1),
                official=_.percent(was, 1),
            )
            for (code, share), (_code, was) in zip(now.weights, now.official, strict=True)
        ),
    )


def show_banner(view: View, now: Settings) -> None:
    """The banner, and the way back to the official weights in one click."""
    if now.moved:
        st.warning(f"**{plain(banner(view, now))}**", icon=":material/tune:")
        st.button(view.words("Official weights"), key="ranking_official", on_click=_official)


def choose(view: View, now: Settings) -> None:
    """The controls of the source of uncertainty and of how far weights spread."""
    _ = view.words
    _show("ranking_noise", now.noise)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        st.segmented_control(
            _("Source of uncertainty"),
            list(NOISES),
            format_func=lambda code: _(NOISES[code]),
            key="ranking_noise",
            required=True,
            on_change=_chosen,
            args=("noise",),
        )
        if now.noise == "panel":
            return
        known = points_of(now.weights)
        _show("ranking_points", next(code for code, n in known.items() if n == now.points))
        most = typical_distance([share for _c, share in now.weights], 0)
        st.segmented_control(
            _("How far a drawn weight typically lies from the one in force, in points"),
            list(known),
            format_func=lambda code: _spread(_, code, most),
            key="ranking_points",
            required=True,
            on_change=_chosen,
            args=("points",),
        )


def _spread(_: Words, code: str, most: float) -> str:
    if code == ANY:
        return _("any weights (± {n})", n=round(most))
    return _("± {n}", n=int(code)) if POINTS[code] else "0"


def sliders(view: View, now: Settings) -> None:
    """The weights, each on a slider, for those who may move them."""
    _ = view.words
    if not view.rights.may("move_weights") or len(now.official) < 2:
        return
    # Once moved they stay in sight, also when the official ones are brought back.
    if now.moved:
        st.session_state[SHOWN] = True
    box = st.expander(
        _("Move the weights"),
        expanded=SHOWN in st.session_state,
        key="ranking_move",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        st.caption(
            _(
                "What counts is each weight's share of their sum. The official weights are those "
                "of the call; moving them shows what depends on them and decides nothing."
            )
        )
        names = view.ask("ranked_criteria").set_index("criterion")["name"]
        codes = [code for code, _share in now.official]
        columns = st.columns(min(len(codes), 3), gap="large")
        for n, (code, was) in enumerate(now.official):
            key = f"ranking_weight_{code}"
            _show(key, now.positions[n])
            columns[n * len(columns) // len(codes)].slider(
                _(
                    "{criterion} (official: {share})",
                    criterion=plain(names[code]),
                    share=_.percent(was),
                ),
                0.0,
                100.0,
                step=1.0,
                format="%.0f",
                key=key,
                on_change=_weights_moved,
                args=(codes,),
            )


def _show(key: str, value: str | float) -> None:
    """Makes a widget show what the address says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _chosen(name: str) -> None:
    address.choose(**{name: st.session_state[f"ranking_{name}"]})


def _weights_moved(codes: list[str]) -> None:
    told = {code: float(st.session_state[f"ranking_weight_{code}"]) for code in codes}
    address.choose(weights=written(told))


def _official() -> None:
    address.choose(weights=None)


def written(weights: dict[str, float]) -> str:
    """Weights as they stand in the address: `A:30;B:20`."""
    return ";".join(f"{quote(code, safe='')}:{value:g}" for code, value in weights.items())


def _told(
    view: View, text: str, official: tuple[tuple[str, float], ...]
) -> dict[str, float] | None:
    """The weights an address asks for; None where it names other criteria, or none that counts."""
    if not view.rights.may("move_weights"):
        return None
    try:
        pairs = [part.rsplit(":", 1) for part in text.split(";")]
        told = {unquote(code): float(value) for code, value in pairs}
    except ValueError:
        return None
    known = set(told) == set(dict(official)) and all(0 <= told[code] <= 100 for code in told)
    return told if known and any(told.values()) else None


def _shares(
    told: dict[str, float], official: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    """The same as shares of their sum; the official ones where they are those."""
    total = sum(told.values())
    found = tuple((code, told[code] / total) for code, _was in official)
    same = all(math.isclose(told[code] / total, was, abs_tol=1e-9) for code, was in official)
    return official if same else found

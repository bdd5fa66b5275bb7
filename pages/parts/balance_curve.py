"""Where rules exclude each other, and how the mean falls as one of them tightens."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.program import Rule
from analysis.rules import by_total, tightened
from charts import balance as chart
from pages.parts import address
from pages.parts.balance import size
from pages.parts.balance_noise import noise_of
from pages.parts.balance_settings import NUMBERS, Tried, notice, worded
from pages.parts.exhibit import dark, exhibit
from pages.parts.text import plain
from queries.view import View
from queries.words import N_

CURVES = {
    "least": N_("from each region"),
    "most": N_("per country"),
    "ldc": N_("from least developed countries"),
    "lldc": N_("from landlocked developing countries"),
    "sids": N_("from small island developing States"),
}


def impossible(view: View, pool: pd.DataFrame, clash: Sequence[Rule]) -> None:
    """Which rules exclude each other, and from how many each could pick."""
    _ = view.words
    scored = pool[pool["total"].notna()]
    places = min(int(size(view)["places"]), int(size(view)["with_total"]))
    said = worded(view, clash, pool)
    if len(clash) == 1:
        text = _.plural(
            "**No selection that fills the one place keeps these rules.** This one cannot be kept:",
            "**No selection that fills the {n} places keeps these rules.** This one cannot be "
            "kept:",
            places,
        )
    else:
        text = _.plural(
            "**No selection that fills the one place keeps these rules.** These exclude each "
            "other; without any one of them the others can be kept:",
            "**No selection that fills the {n} places keeps these rules.** These exclude each "
            "other; without any one of them the others can be kept:",
            places,
        )
    st.markdown(text + "\n" + "".join(f"\n- {plain(each)}" for each in said))
    notes = []
    for rule in clash:
        if rule.kind == "least":
            n = int((scored["region"] == rule.of).sum())
            notes.append(_("{region}: {n} can be picked.", region=_.label(rule.of), n=n))
        elif rule.kind in ("ldc", "lldc", "sids"):
            n = int(scored[rule.kind].fillna(False).sum())
            notes.append(_("{region}: {n} can be picked.", region=_.label(rule.kind.upper()), n=n))
        elif rule.kind == "most":
            n = int(scored["country"].nunique())
            notes.append(
                _.plural(
                    "Those who can be picked are from {n} country.",
                    "Those who can be picked are from {n} countries.",
                    n,
                )
            )
    if notes:
        st.caption(" ".join(notes))


def curve(view: View, pool: pd.DataFrame, now: Tried, rules: tuple[Rule, ...]) -> None:
    """How the mean falls as one rule tightens, the others as they are."""
    _, places = view.words, int(size(view)["places"])
    st.subheader(_("How does the mean fall as a rule tightens?"))
    kind = _choose_curve(view, now)
    scored = pool[pool["total"].notna()]
    if kind == "most":
        loosest, tightest = min(places, int(scored["country"].value_counts().max())), 1
    else:
        loosest, tightest = 0, places
    frame = view.derive(
        tightened,
        "selection_pool",
        places=places,
        rules=rules,
        kind=kind,
        loosest=loosest,
        tightest=tightest,
    )
    kept = frame.dropna()
    if kept.empty:
        st.markdown(_("With the other rules no selection is left, however loose this one is."))
        return
    highest = by_total(pool, places).mean
    noise = noise_of(view)
    frame = frame.assign(lost=(highest - frame["mean"]).round(10))
    columns = {
        "n": _("At most") if kind == "most" else _("At least"),
        "mean": _("Mean total"),
        "lost": _("Below the highest totals, in points"),
    }
    if noise is not None:
        frame["lost_in_noise"] = frame["lost"] / noise
        columns["lost_in_noise"] = _("In units of panel noise")
    value = getattr(now, kind)
    edge = frame[frame["mean"].isna()]
    ends = None
    if len(edge):
        n = int(edge["n"].iloc[0])
        said = (
            _("no selection at {n} or less", n=n)
            if kind == "most"
            else _("no selection from {n} on", n=n)
        )
        ends = (n, said)
    points = [(int(n), mean) for n, mean in zip(kept["n"], kept["mean"], strict=True)]
    told = {0, len(points) - 1} | {i for i, (n, _mean) in enumerate(points) if n == value}
    at = (
        _("At most, {of}", of=_(CURVES[kind]))
        if kind == "most"
        else _("At least, {of}", of=_(CURVES[kind]))
    )
    title = _("Mean total of the best selection")
    exhibit(
        view,
        "balance_curve",
        title + ": " + at,
        frame,
        columns,
        figure=chart.falling(
            points,
            [_.number(mean, 2) if i in told else "" for i, (_n, mean) in enumerate(points)],
            value,
            ends,
            {"now": _("the rule as it is set"), "x": at, "y": _("Mean total")},
            dark=dark(),
        ),
        alt=_alt(view, at, points, ends),
        notice=notice(view, rules, pool),
    )


def _alt(view: View, at: str, points: list, ends: tuple[int, str] | None) -> str:
    _ = view.words
    (first, highest), (last, lowest) = points[0], points[-1]
    said = _(
        "{rule}: the mean total goes from {highest} at {first} to {lowest} at {last}",
        rule=at,
        highest=_.number(highest, 2),
        first=first,
        lowest=_.number(lowest, 2),
        last=last,
    )
    return f"{said}; {ends[1]}" if ends else said


def _choose_curve(view: View, now: Tried) -> str:
    """Which rule tightens; the address keeps it as `by`, and without it the first that is set."""
    _, asked = view.words, address.detail("by")
    usual = next((kind for kind in CURVES if getattr(now, kind)), "least")
    chosen = asked if asked in CURVES else usual
    if st.session_state.get("balance_by") != chosen:
        st.session_state["balance_by"] = chosen
    return st.segmented_control(
        _("The rule that tightens"),
        list(CURVES),
        format_func=lambda code: _(NUMBERS[code]),
        key="balance_by",
        required=True,
        on_change=_curve_chosen,
    )


def _curve_chosen() -> None:
    address.choose(by=st.session_state["balance_by"])

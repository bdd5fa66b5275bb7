"""The rules that are tried: out of the address into the controls, and back.

All of them stand in the address, as numbers and codes: `least`, `most`, `ldc`, `lldc`, `sids`, and
repeated `in` and `out`. What an address got wrong is left out of it, and said.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.program import Rule
from analysis.rules import of_kind, regions_of
from pages.parts import address
from pages.parts.notices import left_out
from pages.parts.text import plain, short
from queries.view import View
from queries.words import N_

NUMBERS = {
    "least": N_("Each region, at least"),
    "most": N_("Each country, at most"),
    "ldc": N_("Least developed, at least"),
    "lldc": N_("Landlocked, at least"),
    "sids": N_("Small islands, at least"),
}
NAMED = {"in": N_("In, whatever the totals"), "out": N_("Out, whatever the totals")}
SAID = {
    "ldc": N_("at least {n} from least developed countries"),
    "lldc": N_("at least {n} from landlocked developing countries"),
    "sids": N_("at least {n} from small island developing States"),
}
HIGHEST = 100_000  # a number in an address; more is a slip
MOST_NAMED = 100  # applications that are named in or out; `selection_pool` rests on it
MOST_OPTIONS = 1_000  # to choose from: more nobody looks through, and the browser holds them all
MOST_SHOWN = 5  # applications without a total that are named


@dataclass(frozen=True)
class Tried:
    """What is asked of a selection; 0 asks nothing, and so does a `most` of None."""

    least: int = 0
    most: int | None = None
    ldc: int = 0
    lldc: int = 0
    sids: int = 0
    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def rules(self, pool: pd.DataFrame) -> tuple[Rule, ...]:
        """The same as single rules: one for each region, and for each application that is named."""
        found = of_kind("least", self.least, regions_of(pool))
        found += [] if self.most is None else of_kind("most", self.most, ())
        for kind in ("ldc", "lldc", "sids"):
            found += of_kind(kind, getattr(self, kind), ())
        found += [Rule("in", of=code) for code in self.taken]
        found += [Rule("out", of=code) for code in self.left]
        return tuple(found)


def tried(view: View, pool: pd.DataFrame) -> Tried:
    """What the address asks for, as far as it means something; the rest is said and left out."""
    _, dropped = view.words, []
    numbers = {}
    for name in NUMBERS:
        if text := address.detail(name):
            numbers[name] = _number(text, 1 if name == "most" else 0)
            if numbers[name] is None:
                dropped.append(f"{name} “{short(text)}”")
    by = address.detail("by")
    if by and by not in NUMBERS:
        dropped.append(f"by “{short(by)}”")
        st.session_state["details"].pop("by")
    totals = pool.set_index("application_id")["total"]
    codes, unscored = {}, []
    for name in NAMED:
        asked = address.details(name)
        dropped += [f"{name} “{short(code)}”" for code in asked if code not in totals.index]
        known = [code for code in asked if code in totals.index]
        unscored += [code for code in known if pd.isna(totals[code])]
        codes[name] = tuple(code for code in known if pd.notna(totals[code]))[:MOST_NAMED]
    _say(view, dropped, unscored)
    numbers = {name: n for name, n in numbers.items() if n is not None}
    found = Tried(**numbers, taken=codes["in"], left=codes["out"])
    if dropped or unscored:
        _keep(found)
    return found


def controls(view: View, now: Tried, pool: pd.DataFrame, places: int) -> None:
    """A number for each kind of rule, and the applications that are in or out whatever happens."""
    _ = view.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="balance_numbers"):
        for name, label in NUMBERS.items():
            value = getattr(now, name) or None
            _widget(name, value)
            st.number_input(
                _(label),
                1 if name == "most" else 0,
                max(places, value or 0),
                None,
                1,
                key=f"balance_{name}",
                placeholder=_("no rule"),
                on_change=_changed,
                width=180,
            )
    scored = pool[pool["total"].notna()]
    codes = scored["application_id"].head(MOST_OPTIONS)
    options = [*dict.fromkeys((*codes, *now.taken, *now.left))]
    # Named are those offered alone: the pool of a large cohort takes seconds to go through.
    named = _named(view, pool[pool["application_id"].isin(options)])
    for column, (name, label) in zip(st.columns(2), NAMED.items(), strict=True):
        _widget(name, list(now.taken if name == "in" else now.left))
        column.multiselect(
            _(label),
            options,
            format_func=named.__getitem__,
            key=f"balance_{name}",
            placeholder=_("An application, by its name"),
            max_selections=MOST_NAMED // 2,
            on_change=_changed,
        )
    if len(scored) > len(codes):
        st.caption(
            _(
                "The {n} with the highest totals of {all} can be chosen here; any other can be "
                "named in the address, as in={code} or out={code}.",
                n=len(codes),
                all=len(scored),
                code=plain(scored["application_id"].iloc[-1]),
            )
        )
    if now != Tried():
        st.button(_("Drop all rules"), on_click=_dropped)


def worded(view: View, rules: tuple[Rule, ...] | list[Rule], pool: pd.DataFrame) -> list[str]:
    """Rules in words; those for each region as one where all of them are there."""
    _ = view.words
    least = [rule for rule in rules if rule.kind == "least"]
    every = len(least) > 1 and {rule.of for rule in least} == set(regions_of(pool))
    said = []
    if every:
        said.append(_("at least {n} from each region", n=least[0].n))
    for rule in rules:
        if rule.kind == "least" and not every:
            said.append(_("at least {n} from {region}", n=rule.n, region=_.label(rule.of)))
        elif rule.kind == "most":
            said.append(_("at most {n} per country", n=rule.n))
        elif rule.kind in SAID:
            said.append(_(SAID[rule.kind], n=rule.n))
        elif rule.kind == "in":
            said.append(_("{application} in", application=rule.of))
        elif rule.kind == "out":
            said.append(_("{application} out", application=rule.of))
    return said


def notice(view: View, rules: tuple[Rule, ...], pool: pd.DataFrame) -> str:
    """What every file made under rules says of itself."""
    _ = view.words
    return _(
        "made under rules that were tried, not those of the decision: {rules}",
        rules="; ".join(worded(view, rules, pool)),
    )


def _number(text: str, lowest: int) -> int | None:
    """A whole number as an address writes it; None for anything else."""
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(HIGHEST)):
        return None
    return int(text) if lowest <= int(text) <= HIGHEST else None


def _say(view: View, dropped: list[str], unscored: list[str]) -> None:
    _ = view.words
    left_out(view, dropped)
    if unscored:
        said = _.plural(
            "{applications} has no total, so it cannot be picked by score; no rule names it.",
            "{applications} have no total, so they cannot be picked by score; no rule names them.",
            len(set(unscored)),
            applications=_.listed(list(dict.fromkeys(unscored))[:MOST_SHOWN]),
        )
        st.info(plain(said))


def _named(view: View, pool: pd.DataFrame) -> dict[str, str]:
    """Application -> what the control calls it, as far as the reader may see who it is."""
    names = pool.get("organization", pool["application_id"])
    return {
        code: code if name == code else f"{code} · {name}"
        for code, name in zip(pool["application_id"], names, strict=True)
    }


def _widget(name: str, value: object) -> None:
    """Makes a control show what the address says."""
    key = f"balance_{name}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _changed() -> None:
    numbers = {name: st.session_state[f"balance_{name}"] or 0 for name in NUMBERS}
    _keep(
        Tried(
            **numbers | {"most": numbers["most"] or None},
            taken=tuple(st.session_state["balance_in"]),
            left=tuple(st.session_state["balance_out"]),
        )
    )


def _dropped() -> None:
    _keep(Tried())


def _keep(now: Tried) -> None:
    """Puts the rules into the address, and nothing that asks nothing."""
    numbers = {name: str(getattr(now, name) or "") for name in NUMBERS}
    address.choose(**numbers, **{"in": list(now.taken), "out": list(now.left)})

"""What a rule of geographical distribution changes: the best selection that keeps it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.program import Rule
from analysis.rules import Selection, best, by_total, conflict, regions_of
from pages.parts import address
from pages.parts.balance import decided, size
from pages.parts.balance_curve import curve, impossible
from pages.parts.balance_noise import noise_of
from pages.parts.balance_settings import NUMBERS, controls, notice, tried
from pages.parts.exhibit import exhibit
from pages.parts.notices import empty
from pages.parts.text import plain
from queries.filters import REGIONS
from queries.view import View

MOST_NAMED = 5  # applications that are named in a sentence
MOST_TRIED = 20_000  # applications; with more of them an answer takes longer than anybody waits


def what_if(view: View) -> None:
    """The controls and, where a rule is set, what it changes. Only for those who may try rules."""
    _, row = view.words, size(view)
    if pd.isna(row["places"]) or not row["places"]:
        empty(
            view,
            _("This cohort has no number of places, so nobody can be picked for them."),
            _("The column places of the table cohorts would fill this."),
        )
        return
    if not row["with_total"]:
        empty(
            view,
            _("No application here has a total, so nobody can be picked by score."),
            _("It takes a score on every criterion that counts."),
        )
        return
    if row["with_total"] > MOST_TRIED:
        empty(
            view,
            _(
                "Rules can be tried on up to {most} applications with a total; this cohort has "
                "{n}.",
                most=MOST_TRIED,
                n=int(row["with_total"]),
            ),
            _("The figures above count all of them."),
        )
        return
    view = view.through(view.filters.only())  # rules are about the cohort whole
    pool = view.ask("selection_pool")
    st.markdown(_intention(view, row))
    now = tried(view, pool)
    controls(view, now, pool, int(row["places"]))
    rules = now.rules(pool)
    if not rules:
        st.caption(_("Set a rule to see what it changes."))
        return
    with st.spinner(_("Looking for the best selection under these rules …")):
        places = int(row["places"])
        found = view.derive(best, "selection_pool", places=places, rules=rules)
        if found is None:
            clash = view.derive(conflict, "selection_pool", places=places, rules=rules)
            impossible(view, pool, clash)
        else:
            _found(view, pool, rules, found)
        curve(view, pool, now, rules)


def _intention(view: View, row: pd.Series) -> str:
    """Which selection is looked for."""
    _ = view.words
    places, scored = int(row["places"]), int(row["with_total"])
    told = [
        _.plural(
            "For rules of geographical distribution the best selection is found: of all that fill "
            "the one place and keep the rules, the one with the largest mean total.",
            "For rules of geographical distribution the best selection is found: of all that fill "
            "the {n} places and keep the rules, the one with the largest mean total.",
            min(places, scored),
        ),
        _("It is about the whole cohort, whatever the filters above leave."),
    ]
    if scored < places:
        told.append(
            _.plural(
                "There are {places} places and one application with a total.",
                "There are {places} places and {n} applications with a total.",
                scored,
                places=places,
            )
        )
    if unscored := int(row["pool"]) - scored:
        told.append(
            _.plural(
                "One application has no total and cannot be picked by score.",
                "{n} applications have no total and cannot be picked by score.",
                unscored,
            )
        )
    told.append(f"[{_('How it is computed')}](methods#rules)")
    return " ".join(told)


# What is found -----------------------------------------------------------------------------------


def _found(view: View, pool: pd.DataFrame, rules: Sequence[Rule], found: Selection) -> None:
    _ = view.words
    plain_list = by_total(pool, int(size(view)["places"]))
    st.markdown(" ".join(_sentences(view, pool, found, plain_list)))
    frame = _members(view, pool, found, plain_list)
    # What changes comes first: a phone shows the first columns alone.
    columns = {
        "application_id": _("Application"),
        "against_totals": _("Against the list of totals"),
    }
    if decided(view):
        columns["against_selected"] = _("Against those selected")
    columns |= {
        "organization": _("Organization"),
        "country_name": _("Country"),
        "region": _("Region"),
        "total": _("Total"),
        "place": _("Place"),
    }
    columns = {name: heading for name, heading in columns.items() if name in frame}
    changed = frame[frame[[it for it in frame if it.startswith("against_")]].ne("").any(axis=1)]
    if len(changed):
        exhibit(
            view,
            "balance_changes",
            _("Who enters and who leaves under the rules"),
            changed,
            columns,
            links={"application_id": lambda row: _record(row["application_id"])},
            whole=lambda: frame[[*columns, "under_rules"]],
            meanings=columns | {"under_rules": _("Selected under the rules")},
            notice=notice(view, rules, pool),
        )
    for note in _notes(view, pool, rules, found, plain_list):
        st.caption(plain(note))


def _sentences(view: View, pool: pd.DataFrame, found: Selection, listed: Selection) -> list[str]:
    _, n = view.words, len(found.chosen)
    entering = len(set(found.chosen) - set(listed.chosen))
    if not entering:
        told = [
            _.plural(
                "The application with the highest total keeps these rules: nothing changes.",
                "The **{n}** applications with the highest totals keep these rules: nothing "
                "changes.",
                n,
            )
        ]
    else:
        told = [
            _.plural(
                "Under these rules **one** of the highest totals makes way for another "
                "application.",
                "Under these rules **{n}** of the highest totals make way for other applications.",
                entering,
            ),
            *_means(view, found.mean, listed.mean),
        ]
    if decided(view):
        official = pool[pool["stage"] == "selected"]
        told.append(
            _.plural(
                "Against those selected, **one** other enters and {left} would not be in.",
                "Against those selected, **{n}** others enter and {left} would not be in.",
                len(set(found.chosen) - set(official["application_id"])),
                left=len(set(official["application_id"]) - set(found.chosen)),
            )
        )
        scored = official["total"].dropna()
        if len(scored):
            told.append(
                _("The mean total of those selected is {mean}.", mean=_.number(scored.mean(), 3))
            )
    return told


def _means(view: View, mean: float, highest: float) -> list[str]:
    """The mean under the rules and that of the highest totals."""
    _, lost = view.words, round(highest - mean, 9)
    if not lost:
        return [_("The mean total stays {mean}, as totals are tied.", mean=_.number(mean, 3))]
    return [
        _(
            "The mean total of the selection is **{mean}**; that of the highest totals is "
            "{highest}.",
            mean=_.number(mean, 3),
            highest=_.number(highest, 3),
        ),
        _difference(view, lost),
    ]


def _difference(view: View, lost: float) -> str:
    """The difference of the means, in points and in units of panel noise."""
    _, noise = view.words, noise_of(view)
    if noise is None:
        return _(
            "The difference is {lost} points; how that compares with the noise of the panel is not "
            "known.",
            lost=_.number(lost, 3),
        )
    return _(
        "The difference is {lost} points, {times} times the noise of the panel in one "
        "application's total ({noise} points).",
        lost=_.number(lost, 3),
        times=_.number(lost / noise, 2),
        noise=_.number(noise, 2),
    )


def _notes(
    view: View,
    pool: pd.DataFrame,
    rules: Sequence[Rule],
    found: Selection,
    listed: Selection,
) -> list[str]:
    """What a reader must know of ties, and of regions from which nobody can be picked."""
    _ = view.words
    notes = []
    if found.tied_out:
        notes.append(
            _(
                "Other selections have the same mean: {others} could be in for {chosen}. The "
                "application that stands first in the list of totals goes first; of equal totals, "
                "the one whose code does.",
                others=_some(view, found.tied_out),
                chosen=_some(view, found.tied_in),
            )
        )
    if listed.tied_out:
        notes.append(
            _(
                "In the list of totals a tie runs across the last place, between {chosen} (in) and "
                "{others} (out). Here too the code decides.",
                others=_some(view, listed.tied_out),
                chosen=_some(view, listed.tied_in),
            )
        )
    nobody = [code for code in _.in_order(REGIONS) if code not in regions_of(pool)]
    if nobody and any(rule.kind == "least" for rule in rules):
        notes.append(
            _(
                "Nobody can be picked from here, so the rule for each region does not ask for it: "
                "{regions}.",
                regions=_.listed([_.label(code) for code in nobody]),
            )
        )
    return notes


def _some(view: View, names: Sequence[str]) -> str:
    return view.words.listed(view.words.some(names, MOST_NAMED))


def _members(view: View, pool: pd.DataFrame, found: Selection, listed: Selection) -> pd.DataFrame:
    """Every application that can be picked or was selected, and how the rules move it."""
    _, ids = view.words, pool["application_id"]
    inside = ids.isin(found.chosen)

    def against(other: pd.Series) -> list[str]:
        return [
            _("enters") if now and not was else _("leaves") if was and not now else ""
            for now, was in zip(inside, other, strict=True)
        ]

    frame = pool.assign(under_rules=inside, against_totals=against(ids.isin(listed.chosen)))
    if decided(view):
        frame["against_selected"] = against(pool["stage"] == "selected")
    return frame


def _record(application: str) -> str:
    without = dict.fromkeys((*NUMBERS, "in", "out", "by"))
    return "applicants" + address.link(application=application, **without)

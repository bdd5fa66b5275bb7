"""Those selected beside what a lot would give: by region, group, organization type, priority."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.balance import by_lot
from charts import balance as chart
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, groups_day, is_decided, no_application
from pages.parts.text import plain
from queries.view import View
from queries.words import N_

SPLITS = {
    "region": N_("By region"),
    "group": N_("By group of countries"),
    "type": N_("By organization type"),
    "goal": N_("By priority"),
}
PAIRS = (("region", "group"), ("type", "goal"))
TITLES = {
    "region": N_("Selected by region, beside a lot"),
    "group": N_("Selected by group of countries, beside a lot"),
    "type": N_("Selected by organization type, beside a lot"),
    "goal": N_("Selected by priority, beside a lot"),
}
KINDS = {
    "region": N_("Region"),
    "group": N_("Group"),
    "type": N_("Organization type"),
    "goal": N_("Priority"),
}
MOST_TYPES = 12  # types of organization with a row of their own
REMAINDERS = {"other types": N_("other types"), "not stated": N_("not stated")}
MOST_NAMED = 5  # groups that are named in a sentence


def size(view: View) -> pd.Series:
    """How many applications and places the cohort has, whatever the filters leave."""
    return view.ask("selection_size").astype(object).iloc[0]


def decided(view: View) -> bool:
    """Whether there is a selection to compare: a decision is on record, and somebody selected."""
    return is_decided(view) and bool(size(view)["selected"])


def has_pool(view: View) -> bool:
    """Whether there is anything to draw from; where not, a sentence says what is empty."""
    _, row = view.words, size(view)
    if not row["applications"]:
        no_application(view.through(view.filters.only()))
    elif not row["pool"]:
        empty(
            view,
            _("Every application of this cohort was withdrawn."),
            _("Others in the table applications would fill this."),
        )
    return bool(row["pool"])


def draws(view: View) -> int | None:
    """How many places a lot fills: as many as were selected or, before that, as there are."""
    row = size(view)
    if decided(view):
        return int(row["selected"])
    return None if pd.isna(row["places"]) else int(row["places"])


def answer(view: View) -> None:
    """The answer in sentences: how many of how many, and where that is not as a lot would be."""
    _, row, drawn = view.words, size(view), draws(view)
    pool = int(row["pool"])
    if decided(view):
        told = [
            _.plural(
                "**{selected}** of the one application that was not withdrawn was selected.",
                "**{selected}** of the **{n}** applications that were not withdrawn were selected.",
                pool,
                selected=drawn,
            ),
            *_compared(view),
        ]
    else:
        told = [_undecided(view)]
        if drawn is None:
            told.append(
                _("There is no number of places on record either, so nothing can be drawn by lot.")
            )
        else:
            told.append(
                _.plural(
                    "What a lot would give is shown for the **{places}** places and the one "
                    "application that was not withdrawn.",
                    "What a lot would give is shown for the **{places}** places and the **{n}** "
                    "applications that were not withdrawn.",
                    pool,
                    places=drawn,
                )
            )
            if drawn >= pool:
                told.append(_("There is a place for everybody, so a lot leaves no choice."))
    if drawn is not None:
        told.append(f"[{_('How it is computed')}](methods#lot)")
    st.markdown(" ".join(told))
    if drawn is not None:
        st.caption(
            _(
                "A range holds 95% of the draws of a lot from the whole cohort without those "
                "withdrawn. It says what chance alone does and judges no decision: a selection on "
                "its merits need not look like a lot. Even in a lot about one number in twenty "
                "would lie outside its range."
            )
        )
    if view.filters.set():
        _filtered(view)
    groups_day(view)


def beside_a_lot(view: View, split: str) -> None:
    """One row per group of a split: the range of a lot, those selected, and the counts."""
    _, drawn, known = view.words, draws(view), decided(view)
    st.header(_(SPLITS[split]))
    frame = _groups(view, split)
    if frame.empty:
        empty(
            view, _("There is nothing to compare here."), _("The plan's priorities would fill it.")
        )
        return
    columns = {"label": _(KINDS[split]), "pool": _("Applications")}
    if known:
        columns["selected"] = _("Selected")
    if drawn is not None:
        columns |= {
            "lot_low": _("A lot, from"),
            "lot_high": _("to"),
            "lot_mean": _("Mean of a lot"),
        }
    if known:
        columns["within_lot"] = _("Within the range")
    rows = [
        chart.Row(
            row["label"],
            _counts(view, row),
            *((row["lot_low"], row["lot_high"], row["lot_mean"]) if drawn is not None else ()),
            selected=row["selected"] if known else None,
        )
        for row in frame.to_dict("records")
    ]
    words = {
        "range": _("a lot, 95% of the draws"),
        "expected": _("mean of a lot"),
        "selected": _("selected"),
        "axis": _("Applications"),
    }
    figure = chart.ranges(rows, words, dark=dark()) if drawn is not None else None
    exhibit(
        view,
        f"balance_by_{split}",
        _(TITLES[split]),
        frame,
        columns,
        figure=figure,
        alt="; ".join(f"{row.name}: {row.counts}" for row in rows),
    )


def compared(groups: pd.DataFrame, cohort: pd.DataFrame, drawn: int | None) -> pd.DataFrame:
    """The groups of every split with what a lot of `drawn` places gives them.

    Beyond MOST_TYPES types of organization, those that fewest applications name are one group.
    """
    types = groups[(groups["split"] == "type") & groups["code"].notna()]
    kept = types.sort_values(["pool", "code"], ascending=[False, True])["code"].head(MOST_TYPES)
    rest = (groups["split"] == "type") & ~groups["code"].isin([*kept])
    code = groups["code"].mask(rest & groups["code"].notna(), "other types")
    groups = groups.assign(code=code.fillna("not stated"))
    groups = groups.groupby(["split", "code"], as_index=False)[["pool", "selected"]].sum()
    if drawn is None:
        return groups
    lot = by_lot(groups["pool"], int(cohort.loc[0, "pool"]), drawn)
    groups = groups.assign(
        lot_low=lot["low"], lot_high=lot["high"], lot_mean=lot["expected"].round(10)
    )
    within = groups["selected"].between(groups["lot_low"], groups["lot_high"])
    return groups.assign(within_lot=within)


def _all_groups(view: View) -> pd.DataFrame:
    return view.derive(compared, "selection_by_group", "selection_size", drawn=draws(view))


def _groups(view: View, split: str) -> pd.DataFrame:
    """The groups of one split with their labels, in the order of their names or priorities."""
    _, frame = view.words, _all_groups(view)
    frame = frame[frame["split"] == split].set_index("code", drop=False)
    last = [code for code in REMAINDERS if split == "type" and code in frame.index]
    codes = frame.index.difference(last)
    order = sorted(codes) if split == "goal" else _.in_order(codes)
    frame = frame.loc[[*order, *last]].reset_index(drop=True)
    labels = [_(REMAINDERS[it]) if it in last else _.label(it) for it in frame["code"]]
    return frame.assign(label=labels)


def _counts(view: View, row: dict[str, Any]) -> str:
    """The counts of one group in the figure, short."""
    _ = view.words
    values = {
        name: int(row[name]) for name in ("pool", "selected", "lot_low", "lot_high") if name in row
    }
    if decided(view):
        return _("{selected} of {pool}; a lot {lot_low}–{lot_high}", **values)
    if "lot_low" in values:
        return _("{pool} applied; a lot {lot_low}–{lot_high}", **values)
    return _("{pool} applied", **values)


def _compared(view: View) -> list[str]:
    """Where the number selected lies outside the range of a lot."""
    _ = view.words
    shown = pd.concat([_groups(view, split) for split in SPLITS], ignore_index=True)
    outside = shown[~shown["within_lot"]]
    if outside.empty:
        return [
            _(
                "In each of the {n} rows below, the number selected lies within what a lot would "
                "give in 95% of the draws.",
                n=len(shown),
            )
        ]
    named = [
        _(
            "{name} ({selected} selected; a lot {low} to {high})",
            name=plain(row["label"]),
            selected=int(row["selected"]),
            low=int(row["lot_low"]),
            high=int(row["lot_high"]),
        )
        for row in outside.to_dict("records")
    ]
    return [
        _.plural(
            "In one of the {rows} rows below, the number selected lies outside what a lot would "
            "give in 95% of the draws: {named}.",
            "In **{n}** of the {rows} rows below, the number selected lies outside what a lot "
            "would give in 95% of the draws: {named}.",
            len(outside),
            rows=len(shown),
            named=_.listed(named),
        )
    ]


def _undecided(view: View) -> str:
    _ = view.words
    if is_decided(view):
        return _("A decision is on record, and nobody as selected: there is nothing to compare.")
    return _("The decision is not on record yet, so nobody is compared.")


def _filtered(view: View) -> None:
    """What the filters leave, and that they narrow the groups and not the lot."""
    _, frame = view.words, _all_groups(view)
    row = frame[frame["split"] == "all"].iloc[0]
    said = _.plural(
        "The filters leave one application of these; each row counts those of its group among "
        "them.",
        "The filters leave {n} of these applications; each row counts those of its group among "
        "them.",
        int(row["pool"]),
    )
    if decided(view):
        said += " " + _(
            "Of what they leave, {selected} were selected, and a lot would give {low} to {high}.",
            selected=int(row["selected"]),
            low=int(row["lot_low"]),
            high=int(row["lot_high"]),
        )
    st.markdown(said + " " + _("The lot is drawn from the cohort whole all the same."))

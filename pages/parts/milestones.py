"""The milestones of a centre: a time line, and the table with the same."""

from typing import Any

import pandas as pd
import streamlit as st

from charts.timeline import STATES, timeline
from pages.parts.exhibit import dark, offer, show_figure
from pages.parts.notices import empty
from pages.parts.tables import NOTHING, marked, write_table
from queries.view import View
from queries.words import N_

# State of a milestone -> its colour, its shape and its words.
MILESTONES = {
    "met": ("green", "●", N_("met")),
    "late": ("orange", "▲", N_("late")),
    "to come": ("blue", "○", N_("to come")),
    "no date": ("gray", "–", N_("no date set")),
    "no longer due": ("gray", "✕", N_("no longer due: the centre ended before")),
}


def show_milestones(view: View, centre: str, milestones: pd.DataFrame) -> None:
    """Each milestone with its state in words, shape and colour, and those with a date on a line."""
    _ = view.words
    if milestones.empty:
        empty(view, _("No milestone is on record."), _("The table milestones would fill this."))
        return
    dated = milestones[milestones["state"].isin(STATES)]
    if len(dated):
        show_figure(
            timeline(
                dated,
                view.today,
                {state: _(words) for state, (_colour, _shape, words) in MILESTONES.items()},
                _.date(view.today),
                dark=dark(),
            ),
            key="milestones",
            alt=_told(view, milestones),
        )
    if undated := len(milestones) - len(dated):
        st.caption(
            _.plural(
                "{n} milestone has no date: whether it is late cannot be told.",
                "{n} milestones have no date: whether they are late cannot be told.",
                undated,
            )
        )

    def day(value: Any) -> str:
        return NOTHING if pd.isna(value) else _.date(value)

    states = [MILESTONES[state] for state in milestones["state"]]
    columns = {
        "state": _("State"),
        "milestone": _("Milestone"),
        "due_on": _("Due"),
        "met_on": _("Met on"),
    }
    write_table(
        {
            columns["state"]: [marked(colour, shape, _(words)) for colour, shape, words in states],
            columns["milestone"]: list(milestones["milestone"]),
            columns["due_on"]: [day(due) for due in milestones["due_on"]],
            columns["met_on"]: [day(met) for met in milestones["met_on"]],
        }
    )
    offer(
        view,
        "centre_milestones",
        _("Milestones"),
        columns,
        lambda: milestones[list(columns)],
        figure_key="milestones" if len(dated) else None,
    )


def _told(view: View, milestones: pd.DataFrame) -> str:
    count = milestones["state"].value_counts()
    return view.words(
        "Time line of the milestones: {met} met, {late} late, {later} to come on {day}.",
        met=int(count.get("met", 0)),
        late=int(count.get("late", 0)),
        later=int(count.get("to come", 0)),
        day=view.today,
    )

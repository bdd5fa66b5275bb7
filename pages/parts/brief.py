"""The network and its reported contribution, each in a sentence; and how fresh all of it is."""

import pandas as pd
import streamlit as st

from analysis.totals import totals
from pages.parts.centres import standing
from pages.parts.register import NETWORK_FILTERS
from queries.view import View
from reports.course import course


def of_network(view: View) -> View:
    """The view with the filters that centres know: they have no stage, type or score."""
    return view.through(view.filters.only(*NETWORK_FILTERS))


def network(view: View) -> None:
    """How many centres there are on the day shown, and how they stand."""
    _, view = view.words, of_network(view)
    if int(view.ask("centre_count").loc[0, "centres"]):
        st.markdown(standing(view))
    elif view.filters.set():
        st.markdown(_("No centre fits these filters."))
    else:
        st.markdown(_("This cohort has no centre yet."))


def contribution(view: View) -> None:
    """How many indicators are on course, of those reporting; and what the silent could change."""
    _, view = view.words, of_network(view)
    judged = course(view)
    whole = totals(judged.assign(whole=True), ["whole"])
    targets = int(whole["targets"].sum())
    if not targets:
        if int(view.ask("centre_count").loc[0, "centres"]):
            st.markdown(_("No centre has a target, so there is no course to be on yet."))
        return
    row = whole.iloc[0]
    plans = _.listed([_.label(plan) for plan in dict.fromkeys(judged["plan"])])
    if not row["reporting"]:
        st.markdown(
            _.plural(
                "Towards the {plan} the centres have {n} target, and no report on it yet.",
                "Towards the {plan} the centres have {n} targets, and no report on any yet.",
                targets,
                plan=plans,
            )
        )
        return
    if row["reporting"] == targets:
        st.markdown(
            _.plural(
                "Reported contribution to the {plan}: **{on}** of {n} indicator of centres with a "
                "target is on course or achieved; it has a report.",
                "Reported contribution to the {plan}: **{on}** of {n} indicators of centres with a "
                "target are on course or achieved; all have a report.",
                targets,
                plan=plans,
                on=int(row["on_course"]),
            )
        )
        return
    st.markdown(
        _.plural(
            "Reported contribution to the {plan}: **{on}** of {n} reporting indicator of centres "
            "is on course or achieved; of all {targets} with a target, between {least} and {most}.",
            "Reported contribution to the {plan}: **{on}** of {n} reporting indicators of centres "
            "are on course or achieved; of all {targets} with a target, between {least} and "
            "{most}.",
            int(row["reporting"]),
            plan=plans,
            on=int(row["on_course"]),
            targets=targets,
            least=int(row["least"]),
            most=int(row["most"]),
        )
    )


def stamped(view: View) -> None:
    """One quiet line: which day is shown, the latest dates the data speaks of, when it came in."""
    _ = view.words
    row = view.ask("data_freshness").iloc[0]
    said = [
        _("Shown as of {day}", day=view.today),
        _("imported on {when}", when=row["imported_at"].to_pydatetime()),
    ]
    if not pd.isna(row["last_stage_on"]):
        said.append(_("latest dated stage: {day}", day=row["last_stage_on"]))
    if not pd.isna(row["last_measured_on"]):
        said.append(_("latest report of a centre: {day}", day=row["last_measured_on"]))
    if set(view.filters.set()) - set(NETWORK_FILTERS):
        said.append(_("centres have no stage, type or score and are not narrowed by these"))
    st.caption("; ".join(said) + ".")

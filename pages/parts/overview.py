"""The parts of the overview that stand nowhere else."""

import pandas as pd
import streamlit as st

from charts.bars import bars
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, groups_day, is_decided, no_application
from pages.parts.text import plain
from queries.view import View
from queries.words import N_

TOTALS = {
    "applications": N_("Applications"),
    "countries": N_("Countries"),
    "selected": N_("Selected"),
    "network": N_("Centres in the network"),
}
OUTCOMES = ("selected", "reserve", "not selected")  # stages that come with the decision


def answer(view: View) -> None:
    """The page's question answered in two sentences."""
    _ = view.words
    count, record = view.ask("application_count").iloc[0], view.ask("cohort_record").iloc[0]
    applications, selected = int(count["applications"]), int(count["selected"])
    if not applications:
        no_application(view)
        return
    came = _(
        "{applications} came from organizations in {countries}",
        applications=_.plural("**{n}** application", "**{n}** applications", applications),
        countries=_.plural("**{n}** country", "**{n}** countries", int(count["countries"])),
    )
    if pd.isna(record["decided_on"]):
        said = _("{came}; the selection is not decided yet.", came=came)
    elif applications == 1:
        said = (
            _("{came}; it was selected, decided on {day}.", came=came, day=record["decided_on"])
            if selected
            else _(
                "{came}; it was not selected, decided on {day}.",
                came=came,
                day=record["decided_on"],
            )
        )
    else:
        said = _(
            "{came}; **{selected}** of them selected ({rate}), decided on {day}.",
            came=came,
            selected=selected,
            rate=_.percent(selected / applications),
            day=record["decided_on"],
        )
    regions = view.ask("applications_by_region")
    silent = [_.label(code) for code in _.in_order(regions[regions["applications"] == 0]["region"])]
    if silent and not view.filters.set():
        said += " " + _("None came from: {regions}.", regions=_.listed(silent))
    st.markdown(said)
    groups_day(view)


def headline(view: View) -> None:
    """The four figures a director is asked for first."""
    _ = view.words
    count = view.ask("application_count").iloc[0]
    applications, selected = int(count["applications"]), int(count["selected"])
    decided = is_decided(view)
    figures = {
        _("Applications"): _.number(applications),
        _("Countries"): _.number(count["countries"]),
        _("Selected"): _.number(selected) if decided else _("not decided yet"),
        _("Selection rate"): _.percent(selected / applications)
        if decided and applications
        else "–",
    }
    pairs = list(figures.items())
    # Two and two: a phone has room for two beside each other.
    for column, two in zip(st.columns(2), (pairs[:2], pairs[2:]), strict=True):
        with column, st.container(horizontal=True):
            for label, value in two:
                st.metric(label, value, border=True)


def plan(view: View) -> str:
    """The cohort's plan by its name."""
    record = view.ask("cohort_record")
    return plain(view.words.label(record.loc[0, "plan"])) if len(record) else "–"


def funnel(view: View) -> None:
    """How many applications reached each stage, and what the dates cannot tell."""
    _ = view.words
    frame = view.ask("applications_by_stage")
    if not frame["now"].sum():
        no_application(view)
        return
    said, undated = [], int(frame["undated"].iloc[0])
    if undated:
        said.append(
            _.plural(
                "{n} of the {whole} applications has no dated stages: it is counted only where it "
                "stands now.",
                "{n} of the {whole} applications have no dated stages: they are counted only where "
                "they stand now.",
                undated,
                whole=int(frame["now"].sum()),
            )
        )
    if not is_decided(view):
        open_ = frame["stage"].isin(OUTCOMES) & (frame["reached"] == 0)
        said.append(
            _(
                "Not decided yet: {stages}.",
                stages=_.listed(list(map(_.label, frame["stage"][open_]))),
            )
        )
        frame = frame[~open_].reset_index(drop=True)
    if said:
        st.markdown(" ".join(said))
    frame["label"] = frame["stage"].map(_.label)
    reached = _("Reached the stage")
    now = _("Stood there that day") if view.filters.past else _("Stand there now")
    exhibit(
        view,
        "applications_by_stage",
        _("Applications by stage"),
        frame,
        {"label": _("Stage"), "reached": reached, "now": now},
        figure=bars(list(frame["label"]), {reached: list(frame["reached"])}, dark=dark()),
        alt="; ".join(f"{row.label}: {row.reached}" for row in frame.itertuples()),
    )


def agreement(view: View) -> None:
    """The published totals beside the loaded ones; a difference is said, not hidden."""
    _ = view.words
    frame = view.ask("published_agreement")
    if frame.empty:
        empty(
            view,
            _("Nothing is published on this cohort's totals."),
            _("What is published speaks of the first cohort that was decided."),
        )
        return
    frame["what"] = frame["what"].map(lambda what: _(TOTALS[what]))
    frame["said"] = [
        (_("about {n}", n=n) if about else _.number(n))
        for n, about in zip(frame["published"], frame["approximate"], strict=True)
    ]
    frame["agrees"] = [
        _("agrees") if loaded == published else _("differs by {n}", n=abs(loaded - published))
        for loaded, published in zip(frame["loaded"], frame["published"], strict=True)
    ]
    columns = {
        "what": _("Figure"),
        "said": _("Published"),
        "as_of": _("As of"),
        "loaded": _("Loaded"),
        "agrees": _("Comparison"),
    }
    exhibit(view, "published_agreement", _("Published and loaded totals"), frame, columns)
    for day in frame["counted_on"].dropna():
        st.caption(
            _(
                "The network is counted on {day}: the day the published number holds for, else "
                "the day that is shown.",
                day=day,
            )
        )


def freshness(view: View) -> None:
    """When the data came in, and the latest date it speaks of."""
    _ = view.words
    row = view.ask("data_freshness").iloc[0]
    pairs = {
        _("Imported"): _.moment(row["imported_at"]),
        _("Imported by"): row["imported_by"],
        _("Latest dated stage of the cohort"): row["last_stage_on"],
        _("Latest report of a centre"): row["last_measured_on"],
    }
    frame = pd.DataFrame({"what": list(pairs), "value": list(pairs.values())})
    exhibit(
        view,
        "data_freshness",
        _("How fresh is this?"),
        frame,
        {"what": _("What"), "value": _("When")},
        whole=lambda: view.take("data_freshness"),
    )

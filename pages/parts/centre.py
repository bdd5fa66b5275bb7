"""The record of one centre, and what is missing from it."""

import pandas as pd
import streamlit as st

from pages.parts import address, centre_context, imports_forms
from pages.parts.exhibit import exhibit
from pages.parts.milestones import show_milestones
from pages.parts.notices import empty, part
from pages.parts.text import plain, short
from queries.view import View
from queries.words import N_

# The six strategic objectives, shortened. A newspaper named them; the official text is not public.
OBJECTIVES = {
    "1": N_("1 trends research"),
    "2": N_("2 open technology"),
    "3": N_("3 access to emerging technology"),
    "4": N_("4 entrepreneurship and growth of small firms"),
    "5": N_("5 policy experimentation"),
    "6": N_("6 ecosystem initiatives"),
}


def show_centre(view: View, centre: str) -> None:
    """Everything on record about one centre, what is missing, and the way back."""
    _ = view.words
    st.markdown(f"[← {_('All centres')}]({address.link(centre=None)})")
    found = view.ask("centre_record", centre=centre)
    if found.empty:
        st.title(_("Which centre is this?"))
        empty(
            view,
            _("There is no centre “{name}”.", name=plain(short(centre))),
            _("It may be another cohort's, or have left with a later import."),
        )
        return
    record = found.iloc[0]
    statuses = view.ask("centre_statuses", centre=centre)
    agreements = view.ask("centre_agreements", centre=centre)
    milestones = view.ask("centre_milestones", centre=centre)
    st.title(plain(record["name"]))
    st.markdown(" ".join(_told(view, record, milestones)))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(_("Record"))
        exhibit(
            view,
            "centre_record",
            _("Record"),
            _pairs(view, record),
            {"what": _("What"), "value": _("On record")},
            whole=lambda: found,
        )
        st.caption(_("Objectives in short, after a newspaper; the official text is not public."))
        st.header(_("Application"))
        with part():
            centre_context.application(view, record)
    with right:
        st.header(_("Status"))
        if statuses.empty:
            empty(
                view,
                _("No dated status is on record."),
                _("The table centre_statuses would fill this."),
            )
        else:
            exhibit(
                view,
                "centre_statuses",
                _("Status"),
                statuses,
                {"status": _("Status"), "since": _("Since")},
            )
        st.header(_("Agreement"))
        if agreements.empty:
            empty(view, _("No agreement is on record."), _("The table agreements would fill this."))
        else:
            columns = {
                "reference": _("Reference"),
                "signed_on": _("Signed"),
                "starts_on": _("Starts"),
                "ends_on": _("Ends"),
            }
            exhibit(
                view,
                "centre_agreements",
                _("Agreement"),
                agreements,
                columns,
                whole=lambda: agreements,
            )
            for text in agreements["expected_outcomes"].dropna():
                st.caption(_("Expected outcomes: {text}", text=plain(text)))
    st.header(_("Milestones"))
    with part():
        show_milestones(view, centre, milestones)
    st.header(_("Results"))
    with part():
        centre_context.results(view, centre)
    with part():
        imports_forms.report_form(view, centre)
    with part():
        centre_context.people(view, centre)
    st.header(_("Neighbours in its region"))
    with part():
        centre_context.neighbours(view, record)
    st.header(_("What is missing"))
    _missing(view, record, agreements, milestones)


def _told(view: View, record: pd.Series, milestones: pd.DataFrame) -> list[str]:
    """The record's sentences: where, how it stands, milestones, reports."""
    _ = view.words
    place = plain(record["country_name"])
    if isinstance(record["city"], str):
        place = f"{plain(record['city'])}, {place}"
    said = [f"{place}."]
    if isinstance(record["status"], str):
        said.append(
            _(
                "Status: **{status}** since {day}.",
                status=_.label(record["status"]),
                day=record["since"],
            )
        )
    count = milestones["state"].value_counts()
    if len(milestones):
        said.append(
            _(
                "Milestones: {met} met, {late} late, {later} to come.",
                met=int(count.get("met", 0)),
                late=int(count.get("late", 0)),
                later=int(count.get("to come", 0)),
            )
        )
    if record["targets"]:
        targets = int(record["targets"])
        if reported := targets - int(record["unreported"]):
            said.append(
                _.plural(
                    "It has {n} target and has reported on it.",
                    "It has {n} targets and has reported on {reported} of them.",
                    targets,
                    reported=reported,
                )
            )
        else:
            said.append(
                _.plural(
                    "It has {n} target and has not reported on it.",
                    "It has {n} targets and has reported on none of them.",
                    targets,
                )
            )
    if not pd.isna(record["last_reported_on"]):
        said.append(_("Latest report: {day}.", day=record["last_reported_on"]))
    return said


def _pairs(view: View, record: pd.Series) -> pd.DataFrame:
    """The record as (what, value) rows."""
    _ = view.words
    # Not `is True`: what pandas hands out is NumPy's; and without any group it is nothing.
    others = (g for g in ("LDC", "LLDC", "SIDS") if record[g.lower()] == True)  # noqa: E712
    groups = [record["region"], *others]
    pairs = {
        _("Centre"): record["centre_id"],
        _("Country"): record["country_name"],
        _("Groups on {day}", day=view.today): [_.label(g) for g in groups if isinstance(g, str)],
        _("City"): record["city"],
        _("Host type"): record["host_type"],
        _("ITU office"): record["itu_office"],
        _("Cohort"): record["cohort_name"],
        _("Objectives"): [_(OBJECTIVES.get(o, o)) for o in record["objectives"]],
    }
    return pd.DataFrame({"what": list(pairs), "value": list(pairs.values())})


def _missing(
    view: View, record: pd.Series, agreements: pd.DataFrame, milestones: pd.DataFrame
) -> None:
    """What the record lacks, as a list; or that it lacks nothing."""
    _ = view.words
    undated = int(milestones["due_on"].isna().sum())
    gaps = [
        (not isinstance(record["application_id"], str), _("an application")),
        (not isinstance(record["status"], str), _("a dated status")),
        (not record["placed"], _("coordinates: it stands in the middle of its country")),
        (not isinstance(record["host_type"], str), _("the type of its host")),
        (not len(record["objectives"]), _("objectives")),
        (agreements.empty, _("an agreement")),
        (
            bool(len(agreements)) and agreements[["signed_on", "ends_on"]].isna().any(axis=None),
            _("dates of an agreement"),
        ),
        (milestones.empty, _("milestones")),
        (
            undated > 0,
            _.plural("the date of {n} milestone", "the dates of {n} milestones", undated),
        ),
        (not record["targets"], _("targets")),
        (
            record["overdue"] > 0,
            _.plural(
                "a report on {n} target",
                "reports on {n} targets",
                int(record["overdue"]),
            ),
        ),
    ]
    lacking = [words for missing, words in gaps if missing]
    if lacking:
        st.markdown("\n".join(f"- {words}" for words in lacking))
    else:
        st.markdown(_("Nothing that this page looks for."))

"""What a centre came from and where it stands: application, results, people, neighbours."""

from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.country import brief_address
from pages.parts.exhibit import exhibit, offer
from pages.parts.notices import empty
from pages.parts.tables import NOTHING, Markup, linked, marked, write_table
from pages.parts.text import plain
from queries.view import View
from reports.brief import latest, status, target
from reports.course import course

MOST_NEIGHBOURS = 30
REPORTERS = "restricted/centre_reporters"


def application(view: View, centre: pd.Series) -> None:
    """The application it came from, as far as this reader may see it."""
    _ = view.words
    key = centre["application_id"]
    found = view.ask("application_record", application=key) if isinstance(key, str) else None
    if found is None or found.empty:
        empty(
            view,
            _("No application is on record for this centre."),
            _("The column application_id of the table centres would fill this."),
        )
        return
    record = found.iloc[0]
    pairs = {
        _("Organization"): record["organization"],
        _("Title"): record["title"],
        _("Submitted"): record["submitted_on"],
        _("Stage"): _.label(record["stage"]),
        **({_("Score"): record["total"]} if "total" in record else {}),
    }
    rows = pd.DataFrame(
        {"what": list(pairs), "value": pd.Series(list(pairs.values()), dtype=object)}
    )
    exhibit(
        view,
        "centre_application",
        _("Application"),
        rows,
        {"what": _("What"), "value": _("On record")},
        whole=lambda: found,
    )
    here = address.link(centre=None, application=key)
    st.markdown(f"[{_('The application it came from')}](applicants{here})")


def results(view: View, centre: str) -> None:
    """Each indicator with its latest report, its target and how it stands; to the reports."""
    _ = view.words
    judged = course(view.through(view.filters.only()))
    own = judged[judged["centre_id"] == centre]
    if own.empty:
        empty(
            view,
            _("No target and no report is on record."),
            _("The tables targets and measurements would fill this."),
        )
        return
    rows = list(own.itertuples())
    standing = [status(view, row) for row in rows]
    write_table(
        {
            _("Indicator"): [_indicator(view, row) for row in rows],
            _("Latest report"): [latest(view, row) for row in rows],
            _("Target"): [target(view, row) for row in rows],
            _("Status"): [marked(it.tone, it.sign, it.text) for it in standing],
        }
    )
    columns = {
        "priority": _("Priority"),
        "indicator": _("Indicator"),
        "indicator_name": _("Name of the indicator"),
        "unit": _("Unit"),
        "baseline": _("Baseline"),
        "value": _("Latest value; empty: no report"),
        "measured_on": _("Date of the latest value"),
        "final_target": _("Target"),
        "final_due_on": _("The target falls due"),
        "status": _("Status"),
        "reason": _("Why the status is not calculable"),
    }
    offer(view, "centre_results", _("Results"), columns, lambda: own[list(columns)])


def _indicator(view: View, row: Any) -> Markup:
    """Its name, leading to the reports behind it, and under it the priority."""
    there = f"goals{address.link(centre=row.centre_id, indicator=row.indicator)}"
    priority = escape(view.words.label(row.priority))
    return Markup(f"{linked(row.indicator_name, there)}<br><small>{priority}</small>")


def people(view: View, centre: str) -> None:
    """Who reported for it; nothing at all for those who may not see it."""
    _ = view.words
    if not view.rights.may_ask(REPORTERS):
        return
    frame = view.ask(REPORTERS, centre=centre)
    if frame.empty:
        return
    st.header(_("Who reported"))
    columns = {"reported_by": _("Name"), "reports": _("Reports"), "last_on": _("Latest report")}
    exhibit(view, "centre_reporters", _("Who reported"), frame, columns)


def neighbours(view: View, centre: pd.Series) -> None:
    """The other centres of its region, and the brief on its country."""
    _ = view.words
    name, country = plain(centre["country_name"]), brief_address(view, centre["country"])
    region = centre["region"]
    if not isinstance(region, str):
        st.markdown(_("Its region is not on record."))
    else:
        near = view.through(replace(view.filters.only(), region=region)).ask(
            "centres", most=MOST_NEIGHBOURS + 1
        )
        near = near[near["centre_id"] != centre["centre_id"]].head(MOST_NEIGHBOURS)
        if near.empty:
            st.markdown(
                _("There is no other centre in its region: {region}.", region=_.label(region))
            )
        else:
            write_table(
                {
                    _("Centre"): [
                        linked(it.name, address.link(centre=it.centre_id))
                        for it in near.itertuples(name="Centre")
                    ],
                    _("Country"): list(near["country_name"]),
                    _("Status"): [
                        _.label(word) if isinstance(word, str) else NOTHING
                        for word in near["status"]
                    ],
                },
                alt=_("Neighbours in {region}", region=_.label(region)),
            )
            columns = {
                "centre_id": _("Centre"),
                "name": _("Name"),
                "country_name": _("Country"),
                "status": _("Status"),
            }
            offer(
                view,
                "centre_neighbours",
                _("Neighbours in its region"),
                columns,
                lambda: near[list(columns)],
            )
    st.markdown(f"[{_('{country}: the brief for a meeting', country=name)}]({country})")

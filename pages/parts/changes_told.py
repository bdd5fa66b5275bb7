"""What changed, told: a sentence, and a table for each kind of change that there is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.changes import SILENT, Changes
from pages.parts.exhibit import exhibit
from pages.parts.moments import Moments
from pages.parts.tables import FEW, NOTHING
from queries.view import View
from queries.words import N_

# Each frame of `Changes` and what it is called; those without a row are named in one sentence.
NAMES = {
    "indicators": N_("statuses of indicators"),
    "centres": N_("statuses of centres"),
    "stages": N_("stages of applications"),
    "targets": N_("targets"),
    "places": N_("totals and places of applications"),
    "silent": N_("who is silent"),
    "corrected": N_("earlier records"),
    "new_applications": N_("new applications"),
    "new_centres": N_("new centres"),
    "reports": N_("reports"),
}
RECORDS = {
    "stage": N_("stage"),
    "score": N_("mean score"),
    "centre status": N_("status"),
    "agreement": N_("agreement"),
    "milestone due": N_("milestone, due"),
    "milestone met": N_("milestone, met"),
    "target": N_("target"),
    "baseline": N_("baseline"),
    "report": N_("report"),
    "application": N_("application"),
    "centre": N_("centre"),
}
FIELDS = {
    "organization": N_("organization"),
    "organization_type": N_("organization type"),
    "country": N_("country"),
    "title": N_("title"),
    "name": N_("name"),
    "host_type": N_("host type"),
}


def answer(moments: Moments, changes: Changes) -> None:
    """What changed, in a sentence; and what this comparison cannot see."""
    _ = moments.after.words
    said = counted(moments.after, changes)
    first, second = moments.names()
    if said:
        st.markdown(
            _(
                "Between {first} and {second}: {changes}.",
                first=first,
                second=second,
                changes=_.listed(said),
            )
        )
    else:
        st.markdown(_("No change between {first} and {second}.", first=first, second=second))
    notes = (
        _(
            "Each snapshot is seen as of the day it came in, or of the past day that is shown: a "
            "status may also change because time has passed."
        )
        if moments.of_snapshots
        else _(
            "Both days are told from what is stored now: a record that was corrected is shown "
            "corrected on both. Corrections are seen between two snapshots."
        )
    )
    if changes.uncounted:
        notes += " " + _(
            "There are too many applications or centres here to put them side by side; a filter "
            "makes them fewer."
        )
    st.caption(notes)


def counted(view: View, changes: Changes) -> list[str]:
    """How many changes of each kind there are, as phrases, in the order of the page."""
    _ = view.words
    worse = int(changes.indicators["worse"].sum())
    better = len(changes.indicators) - worse
    reports = int(changes.reports["came"].sum())
    phrases = [
        (
            worse,
            _.plural(
                "**{n}** indicator of a centre moved to a worse status",
                "**{n}** indicators of centres moved to a worse status",
                worse,
            ),
        ),
        (
            better,
            _.plural(
                "**{n}** indicator of a centre moved to a better status",
                "**{n}** indicators of centres moved to a better status",
                better,
            ),
        ),
        (
            len(changes.centres),
            _.plural(
                "**{n}** centre changed its status",
                "**{n}** centres changed their status",
                len(changes.centres),
            ),
        ),
        (
            len(changes.stages),
            _.plural(
                "**{n}** application changed its stage",
                "**{n}** applications changed their stage",
                len(changes.stages),
            ),
        ),
        (
            len(changes.targets),
            _.plural(
                "**{n}** target was set anew", "**{n}** targets were set anew", len(changes.targets)
            ),
        ),
        (
            len(changes.places),
            _.plural(
                "**{n}** application has another total or place",
                "**{n}** applications have another total or place",
                len(changes.places),
            ),
        ),
        (
            len(changes.silent),
            _.plural(
                "**{n}** centre or indicator fell silent",
                "**{n}** centres or indicators fell silent",
                len(changes.silent),
            ),
        ),
        (
            len(changes.corrected),
            _.plural(
                "**{n}** earlier record was corrected",
                "**{n}** earlier records were corrected",
                len(changes.corrected),
            ),
        ),
        (
            len(changes.new_centres),
            _.plural("**{n}** centre came in", "**{n}** centres came in", len(changes.new_centres)),
        ),
        (
            len(changes.new_applications),
            _.plural(
                "**{n}** application came in",
                "**{n}** applications came in",
                len(changes.new_applications),
            ),
        ),
        (reports, _.plural("**{n}** report came in", "**{n}** reports came in", reports)),
    ]
    return [phrase for n, phrase in phrases if n]


def unchanged(moments: Moments, changes: Changes) -> None:
    """The kinds of change there were none of, by name; nothing where nothing changed at all."""
    _ = moments.after.words
    kinds = [
        _(name)
        for kind, name in NAMES.items()
        if getattr(changes, kind).empty and (kind != "corrected" or moments.of_snapshots)
    ]
    if kinds and changes.any():
        st.markdown(_("No change: {kinds}.", kinds=_.listed(kinds)))


def lead(page: str, **details: str) -> str:
    """The address of a record on another page, under the filters of this one."""
    own = dict.fromkeys(st.session_state["details"])
    return page + address.link(**own | details)


def moved(moments: Moments, changes: Changes) -> None:
    """Statuses of indicators and centres, stages, targets, totals and places."""
    _ = moments.after.words
    frames = ("indicators", "centres", "stages", "targets", "places")
    if all(getattr(changes, name).empty for name in frames):
        return
    st.header(_("What moved"))
    rows = changes.indicators
    _table(
        moments,
        "changed_indicators",
        _("Indicators with another status, the worst first"),
        rows.assign(
            before=rows["before"].map(_.label),
            after=rows["after"].map(_.label),
            way=[_("worse") if worse else _("better") for worse in rows["worse"]],
        ),
        {
            "centre_name": _("Centre"),
            "country_name": _("Country"),
            "indicator_name": _("Indicator"),
            "before": _("Status before"),
            "after": _("Status after"),
            "way": _("Direction"),
            "value": _("Latest value"),
            "measured_on": _("Reported for"),
        },
    )
    rows = changes.centres
    _table(
        moments,
        "changed_centres",
        _("Centres with another status"),
        _labelled(moments.after, rows),
        {
            "name": _("Centre"),
            "country_name": _("Country"),
            "before": _("Status before"),
            "after": _("Status after"),
            "since": _("Since"),
        },
    )
    _table(
        moments,
        "changed_stages",
        _("Applications at another stage"),
        _labelled(moments.after, changes.stages),
        {
            "organization": _("Organization"),
            "country_name": _("Country"),
            "before": _("Stage before"),
            "after": _("Stage after"),
        },
    )
    _table(
        moments,
        "changed_targets",
        _("Targets set anew"),
        changes.targets,
        {
            "centre_name": _("Centre"),
            "country_name": _("Country"),
            "indicator_name": _("Indicator"),
            "due_on": _("Due"),
            "before": _("Target before"),
            "after": _("Target after"),
        },
    )
    _table(
        moments,
        "changed_places",
        _("Applications with another total or place, the widest move first"),
        changes.places,
        {
            "organization": _("Organization"),
            "country_name": _("Country"),
            "place_before": _("Place before"),
            "place_after": _("Place after"),
            "total_before": _("Total before"),
            "total_after": _("Total after"),
        },
    )


def silent(moments: Moments, changes: Changes) -> None:
    """Centres and indicators that reported before, and have not for long at the later moment."""
    _, rows = moments.after.words, changes.silent
    if rows.empty:
        return
    st.header(_("What fell silent"))
    whole = rows["indicator_name"].isna()
    _table(
        moments,
        "fell_silent",
        _("No report for more than {n} days, the longest first", n=SILENT),
        rows.assign(indicator_name=rows["indicator_name"].mask(whole, _("everything"))),
        {
            "centre_name": _("Centre"),
            "country_name": _("Country"),
            "indicator_name": _("Indicator"),
            "measured_on": _("Last report for"),
        },
    )


def corrected(moments: Moments, changes: Changes) -> None:
    """Records that say something else in the later snapshot than they did in the earlier one."""
    _, rows = moments.after.words, changes.corrected
    if rows.empty:
        return
    st.header(_("What was corrected afterwards"))
    _table(
        moments,
        "corrected",
        _("Records that were there before and say something else now"),
        rows.assign(
            said=[_record(moments.after, row) for row in rows.to_dict("records")],
            before=[_value(moments.after, value) for value in rows["before"]],
            after=[
                _("no longer on record") if kind == "gone" else _value(moments.after, value)
                for kind, value in zip(rows["kind"], rows["after"], strict=True)
            ],
        ),
        {
            "owner_name": _("Centre or organization"),
            "country_name": _("Country"),
            "said": _("Record"),
            "before": _("Before"),
            "after": _("After"),
        },
    )


def came(moments: Moments, changes: Changes) -> None:
    """New applications, centres and reports."""
    _ = moments.after.words
    if all(getattr(changes, n).empty for n in ("new_applications", "new_centres", "reports")):
        return
    st.header(_("What came in"))
    _table(
        moments,
        "new_centres",
        _("New centres"),
        changes.new_centres,
        {
            "name": _("Centre"),
            "country_name": _("Country"),
            "status": _("Status"),
            "since": _("Since"),
        },
    )
    _table(
        moments,
        "new_applications",
        _("New applications"),
        changes.new_applications,
        {"organization": _("Organization"), "country_name": _("Country"), "stage": _("Stage")},
    )
    _table(
        moments,
        "new_reports",
        _("Reports that came in, the latest first"),
        changes.reports,
        {
            "centre_name": _("Centre"),
            "country_name": _("Country"),
            "indicator_name": _("Indicator"),
            "came": _("New reports"),
            "before": _("Value before"),
            "value": _("Latest value"),
            "measured_on": _("Reported for"),
        },
    )


# In the order of the page: what asks for something first.
PARTS: tuple[Callable[[Moments, Changes], None], ...] = (moved, silent, corrected, came)


def _table(
    moments: Moments, name: str, title: str, frame: pd.DataFrame, columns: dict[str, str]
) -> None:
    """One kind of change as a table that leads to the records; nothing where there is none."""
    if frame.empty:
        return
    _ = moments.after.words
    st.subheader(title)
    first, second = moments.names()
    between = _("{what}, {first} to {second}", what=title, first=first, second=second)
    frame = frame.reset_index(drop=True)
    exhibit(
        moments.after,
        name,
        between,
        # A canvas cannot lead to another page; the files hold all rows.
        frame.head(FEW),
        columns,
        links={next(iter(columns)): _address},
        whole=lambda: frame[list(columns)],
    )
    if (more := len(frame) - FEW) > 0:
        st.caption(
            _.plural("{n} more row stands in the files.", "{n} more rows stand in the files.", more)
        )


def _address(row: dict[str, Any]) -> str:
    """Where the record of a row is: a centre's where it has one, else an application's."""
    owner, kind = row.get("owner"), row.get("owner_kind")
    centre = owner if kind == "centre" else row.get("centre_id")
    if isinstance(centre, str):
        return lead("centres", centre=centre)
    return lead("applicants", application=owner or row["application_id"])


def _labelled(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The same with codes before and after as people read them."""
    return rows.assign(
        **{
            name: rows[name].map(view.words.label, na_action="ignore")
            for name in ("before", "after")
        }
    )


def _record(view: View, row: dict[str, Any]) -> str:
    """`report: People trained, 31 Mar 2024 (women)`."""
    _ = view.words
    kind = row["record"]
    if kind in ("application", "centre"):
        what = FIELDS.get(row["what"])
        return f"{_(RECORDS[kind])}: {_(what)}" if what else _(RECORDS[kind])
    what = row["indicator_name"] if isinstance(row["indicator_name"], str) else row["what"]
    said = f"{_(RECORDS[kind])}: {_.label(what)}" if what else _(RECORDS[kind])
    if isinstance(row["dated_on"], date):
        said += f", {_.date(row['dated_on'])}"
    return f"{said} ({row['part']})" if kind == "report" and row["part"] else said


def _value(view: View, value: Any) -> str:
    _ = view.words
    if value is None or value != value:
        return NOTHING
    if isinstance(value, date):
        return _.date(value)
    return _.number(value) if isinstance(value, (int, float)) else str(value)

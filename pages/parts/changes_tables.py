"""What changed, in tables: one for each kind of change that there is, each row to its record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.changes import SILENT, Changes
from pages.parts.changes_corrected import worded
from pages.parts.exhibit import exhibit
from pages.parts.moments import Moments
from pages.parts.statuses import status_mark
from pages.parts.tables import FEW
from queries.view import View


@dataclass(frozen=True)
class Kind:
    """One kind of change as a table: the name of its files, its title, its rows and headings.

    `judged`: before and after are statuses of indicators, which have a shape and a colour.
    """

    name: str
    title: str
    rows: pd.DataFrame
    columns: Mapping[str, str]
    judged: bool = False


def moved(moments: Moments, changes: Changes) -> None:
    """Statuses of indicators and centres, stages, targets, totals and places."""
    _ = moments.after.words
    _part(
        moments,
        _("What moved"),
        Kind(
            "changed_indicators",
            _("Indicators with another status, the worst first"),
            changes.indicators.assign(
                way=[_("worse") if worse else _("better") for worse in changes.indicators["worse"]]
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
            judged=True,
        ),
        Kind(
            "changed_centres",
            _("Centres with another status"),
            _labelled(moments.after, changes.centres),
            {
                "name": _("Centre"),
                "country_name": _("Country"),
                "before": _("Status before"),
                "after": _("Status after"),
                "since": _("Since"),
            },
        ),
        Kind(
            "changed_stages",
            _("Applications at another stage"),
            _labelled(moments.after, changes.stages),
            {
                "organization": _("Organization"),
                "country_name": _("Country"),
                "before": _("Stage before"),
                "after": _("Stage after"),
            },
        ),
        Kind(
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
        ),
        Kind(
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
        ),
    )


def silent(moments: Moments, changes: Changes) -> None:
    """Centres and indicators that reported before, and have not for long at the later moment."""
    _, names = moments.after.words, changes.silent["indicator_name"]
    _part(
        moments,
        _("What fell silent"),
        Kind(
            "fell_silent",
            _("No report for more than {n} days, the longest first", n=SILENT),
            changes.silent.assign(indicator_name=names.mask(names.isna(), _("everything"))),
            {
                "centre_name": _("Centre"),
                "country_name": _("Country"),
                "indicator_name": _("Indicator"),
                "measured_on": _("Last report for"),
            },
        ),
    )


def corrected(moments: Moments, changes: Changes) -> None:
    """Records that say something else in the later snapshot than they did in the earlier one."""
    _, rows = moments.after.words, changes.corrected
    _part(
        moments,
        _("What was corrected afterwards"),
        Kind(
            "corrected",
            _("Records that were there before and say something else now"),
            rows if rows.empty else worded(moments.after, rows),
            {
                "owner_name": _("Centre or organization"),
                "country_name": _("Country"),
                "said": _("Record"),
                "before": _("Before"),
                "after": _("After"),
            },
        ),
    )


def came(moments: Moments, changes: Changes) -> None:
    """New applications, centres and reports."""
    _ = moments.after.words
    _part(
        moments,
        _("What came in"),
        Kind(
            "new_centres",
            _("New centres"),
            changes.new_centres,
            {
                "name": _("Centre"),
                "country_name": _("Country"),
                "status": _("Status"),
                "since": _("Since"),
            },
        ),
        Kind(
            "new_applications",
            _("New applications"),
            changes.new_applications,
            {"organization": _("Organization"), "country_name": _("Country"), "stage": _("Stage")},
        ),
        Kind(
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
        ),
    )


# In the order of the page: what asks for something first.
PARTS: tuple[Callable[[Moments, Changes], None], ...] = (moved, silent, corrected, came)


def _part(moments: Moments, heading: str, *kinds: Kind) -> None:
    """The tables of the kinds that there are; nothing at all, not the heading, where none is."""
    found = [kind for kind in kinds if len(kind.rows)]
    if found:
        st.header(heading)
    for kind in found:
        _table(moments, kind)


def _table(moments: Moments, kind: Kind) -> None:
    """One kind of change, each row leading to the record; in the files all rows, in words."""
    _ = moments.after.words
    st.subheader(kind.title)
    first, second = moments.names()
    rows = kind.rows.reset_index(drop=True)
    # A canvas cannot lead to another page; the files hold all rows.
    shown, taken = rows.head(FEW), rows
    if kind.judged:
        shown, taken = _marked(moments.after, shown), _labelled(moments.after, rows)
    exhibit(
        moments.after,
        kind.name,
        _("{what}, {first} to {second}", what=kind.title, first=first, second=second),
        shown,
        kind.columns,
        links={next(iter(kind.columns)): _address},
        whole=lambda: taken[list(kind.columns)],
    )
    if (more := len(rows) - FEW) > 0:
        st.caption(
            _.plural("{n} more row stands in the files.", "{n} more rows stand in the files.", more)
        )


def _address(row: dict[str, Any]) -> str:
    """Where the record of a row is: a centre's where it has one, else an application's."""
    owner, kind = row.get("owner"), row.get("owner_kind")
    centre = owner if kind == "centre" else row.get("centre_id")
    if isinstance(centre, str):
        return _lead("centres", centre=centre)
    return _lead("applicants", application=owner or row["application_id"])


def _lead(page: str, **details: str) -> str:
    """The address of a record on another page, under the filters of this one."""
    own = dict.fromkeys(st.session_state["details"])
    return page + address.link(**own | details)


def _labelled(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The same with codes before and after as people read them."""
    words = {it: rows[it].map(view.words.label, na_action="ignore") for it in ("before", "after")}
    return rows.assign(**words)


def _marked(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The same for statuses of indicators, each with its shape and colour."""
    # As objects: pandas would keep the text alone.
    marks = {
        it: pd.Series([status_mark(view, code) for code in rows[it]], rows.index, dtype=object)
        for it in ("before", "after")
    }
    return rows.assign(**marks)

"""One centre's one indicator: what its status rests on, report by report."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.statuses import LOOKS
from charts.trends import Trend, trend
from pages.parts import address
from pages.parts.exhibit import dark, offer, show_figure
from pages.parts.notices import empty, part
from pages.parts.statuses import (
    ahead,
    aims,
    amount,
    dated,
    missing,
    rounded,
    with_unit,
)
from pages.parts.tables import NOTHING, write_table
from pages.parts.text import plain
from queries.view import View
from reports.course import course
from reports.statuses import notes


def show_series(view: View, centre: str, indicator: str) -> None:
    """The status in a sentence, the figure, the reports and the targets behind it; the way back.

    An address leads here whatever else is filtered, as long as the centre is of the cohort.
    """
    _ = view.words
    back = address.link(centre=None, indicator=None)
    st.markdown(f"[← {_('All priorities')}]({back})")
    frame = course(view.through(view.filters.only()))
    found = frame[(frame["centre_id"] == centre) & (frame["indicator"] == indicator)]
    if found.empty:
        st.title(_("Which centre and indicator are these?"))
        empty(
            view,
            _(
                "The centre “{centre}” has neither a target nor a report for “{indicator}”.",
                centre=plain(centre[:80]),
                indicator=plain(indicator[:80]),
            ),
            _("They may be another cohort's, or have left with a later import."),
        )
        return
    [row] = aims(found).itertuples()
    st.title(plain(with_unit(row.indicator_name, row.unit)))
    record = f"centres{address.link(centre=centre, indicator=None, by=None)}"
    st.markdown(f"[{plain(row.centre_name)}]({record}), {plain(row.country_name)}")
    st.markdown(" ".join(_told(view, row)))
    asked = {"centre": centre, "indicator": indicator}
    reports = view.ask("measurements", **asked)
    targets = view.ask("target_wordings", **asked)
    with part():
        _figure(view, row, reports, targets)
    with part():
        _reports(view, row, reports)
    with part():
        _targets(view, row, targets)


def as_trend(row: Any, name: str, reports: pd.DataFrame, targets: pd.DataFrame) -> Trend:
    """A series as a figure draws it: totals by day, and the path as far as it is on record.

    `reports` and `targets` may hold other centres' rows of the same indicator.
    """
    own = reports[reports["centre_id"] == row.centre_id]
    aimed = targets[targets["centre_id"] == row.centre_id].sort_values("due_on")
    begins = row.baseline_on if not missing(row.baseline_on) else row.starts_on
    start: list[tuple[date, float]] = []
    if not missing(row.baseline) and not missing(begins):
        start = [(begins, row.baseline)]
    return Trend(
        name,
        list(zip(own["measured_on"], own["value"], strict=True)),
        start + list(zip(aimed["due_on"], aimed["target"], strict=True)),
        step=row.kind == "yes/no",
    )


def _told(view: View, row: Any) -> list[str]:
    """The status and the numbers it follows from."""
    _ = view.words
    look = LOOKS[row.status]
    marks = "".join(f", {mark}" for mark in notes(_, row))
    said = [f"{look.sign} **{_.label(row.status)}**{marks}."]
    if missing(row.value):
        said.append(_("Nothing was reported as a total."))
    else:
        said.append(
            _(
                "Latest value: **{value}**.",
                value=dated(_, row.value, row.kind, row.measured_on, NOTHING),
            )
        )
    if not missing(row.expected):
        said.append(_("Expected by now: **{value}**.", value=rounded(_, row.expected, row.kind)))
    if not missing(row.target):
        said.append(
            _("Target: **{value}**.", value=dated(_, row.target, row.kind, row.due_on, NOTHING))
        )
    if not missing(row.required_pace):
        said.append(_("Required: {pace} a year.", pace=rounded(_, row.required_pace, row.kind)))
    if not missing(row.actual_pace):
        said.append(_("Actual: {pace} a year.", pace=rounded(_, row.actual_pace, row.kind)))
    if (words := ahead(view, row)) != NOTHING:
        said.append(f"{words[0].upper()}{words[1:]}.")
    return said


def _figure(view: View, row: Any, reports: pd.DataFrame, targets: pd.DataFrame) -> None:
    _ = view.words
    totals = reports[reports["breakdown"].isna()].assign(centre_id=row.centre_id)
    aimed = targets[targets["holds"]].assign(centre_id=row.centre_id)
    series = as_trend(row, "", totals, aimed)
    if not series.reports and not series.path:
        return
    based = not missing(row.baseline) and len(series.path) > len(aimed)
    show_figure(
        trend(
            series,
            view.today,
            (_("reports"), _("path through the targets"), _.date(view.today)),
            dated=based,
            dark=dark(),
        ),
        key="series",
        alt=_.plural(
            "Figure: {n} report beside the path of the targets.",
            "Figure: {n} reports beside the path of the targets.",
            len(series.reports),
        )
        if series.reports
        else _("Figure: the path of the targets; there is no report."),
    )


def _reports(view: View, row: Any, reports: pd.DataFrame) -> None:
    """Every report with its date, source and verification; who reported it for those who may."""
    _ = view.words
    st.header(_("Reports"))
    if reports.empty:
        empty(view, _("There is no report."), _("The table measurements would fill this."))
    names = {
        "measured_on": _("Date"),
        "value": _("Value"),
        "breakdown": _("Part"),
        "source": _("Source"),
        "reported_by": _("Reported by"),
        "verified_on": _("Verified on"),
        "note": _("Note"),
    }
    names = {name: heading for name, heading in names.items() if name in reports}
    if len(reports):
        cells = {heading: _texts(view, reports[name]) for name, heading in names.items()}
        cells[names["value"]] = [amount(_, value, row.kind) for value in reports["value"]]
        write_table(cells, alt=_("Reports"), numbers=[names["value"]])
    offer(
        view,
        "reports_of_a_series",
        with_unit(row.indicator_name, row.unit),
        names,
        lambda: reports[list(names)],
        figure_key="series",
    )


def _targets(view: View, row: Any, targets: pd.DataFrame) -> None:
    """The targets in every wording, so that a revision can be seen."""
    _ = view.words
    st.header(_("Targets"))
    if targets.empty:
        empty(view, _("There is no target."), _("The table targets would fill this."))
        return
    write_table(
        {
            _("Due"): _texts(view, targets["due_on"]),
            _("Target"): [amount(_, value, row.kind) for value in targets["target"]],
            _("Baseline"): [
                dated(_, value, row.kind, day, _("not given"))
                for value, day in zip(targets["baseline"], targets["baseline_on"], strict=True)
            ],
            _("Set on"): _texts(view, targets["set_on"]),
            _("Holds"): [
                _("yes") if holds else _("no: a later wording took its place")
                for holds in targets["holds"]
            ],
        },
        alt=_("Targets"),
    )
    names = {
        "due_on": _("Due"),
        "target": _("Target"),
        "baseline": _("Baseline"),
        "baseline_on": _("Date of the baseline"),
        "set_on": _("Set on"),
        "holds": _("The latest wording for its due date"),
    }
    offer(
        view,
        "targets_of_a_series",
        with_unit(row.indicator_name, row.unit),
        names,
        lambda: targets[list(names)],
    )


def _texts(view: View, values: pd.Series) -> list[str]:
    """Dates in the reader's language, text as it is, and a dash for nothing."""
    _ = view.words
    return [
        NOTHING if missing(v) or v == "" else _.date(v) if isinstance(v, date) else str(v)
        for v in values
    ]

"""The priorities in sentences; and one alone: its indicators by centres in a table, its trends."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.totals import totals
from charts.trends import small_multiples
from pages.parts import address
from pages.parts.downloads import take_away
from pages.parts.exhibit import dark, show_figure
from pages.parts.notices import SAMPLE, empty, is_sample, part, stamp
from pages.parts.priorities import priority_name
from pages.parts.progress_matrix import WIDE, centre_names
from pages.parts.series import as_trend
from pages.parts.statuses import (
    ahead,
    aims,
    amount,
    dated_cell,
    missing,
    rounded,
    status_cell,
    tally,
    with_unit,
)
from pages.parts.tables import write_table
from pages.parts.text import plain
from queries.view import View
from queries.words import N_
from reports.course import course

MOST = 200  # rows of a priority's table in the page; the files hold all of them
LEVELS = {
    "output": N_("Outputs: what the centres do"),
    "outcome": N_("Outcomes: what comes of it"),
    None: N_("Neither output nor outcome on record"),
}


def show_priorities(view: View, goals: pd.DataFrame) -> None:
    """What was reported towards each priority, in sentences; each leads to its tables.

    `goals` are the priorities and what nests under them, in the tree's order. One text and not an
    element for each: a browser draws it in a fraction of the time.
    """
    _ = view.words
    counts = _counts(course(view))
    indicators = goals.groupby("priority")["indicators"].sum()
    said = []
    for top in goals[goals["depth"] == 0].itertuples():
        said.append(f"## {plain(priority_name(view, top.goal, top.name))}")
        if lacking := _lacking(view, indicators[top.goal], top.goal in counts):
            said.append(" ".join(lacking))
        else:
            tables = _("Centre by centre: status, target, reports")
            told = " ".join(_told(view, counts[top.goal]))
            said.append(f"{told} [{tables}]({address.link(goal=top.goal)})")
    st.markdown("\n\n".join(said))


def show_priority(view: View, goals: pd.DataFrame) -> None:
    """One priority alone: the same sentences, its tables, and the trends behind them."""
    _ = view.words
    top, frame = goals.iloc[0], course(view)
    frame = frame[frame["priority"] == top["priority"]]
    st.header(plain(priority_name(view, top["goal"], top["name"])))
    if lacking := _lacking(view, goals["indicators"].sum(), len(frame) > 0):
        empty(view, *lacking)
        return
    st.markdown(" ".join(_told(view, _counts(frame)[top["goal"]])))
    with part():
        _tables(view, goals, frame)
    trends = st.expander(
        _("Reports over time, beside the path of the targets"),
        key=f"trends_{top['priority']}",
        on_change="rerun",
    )
    if trends.open:
        with trends, part():
            _trends(view, top["priority"], frame)


def _lacking(view: View, indicators: int, series: bool) -> tuple[str, str] | None:
    """What there is nothing of under a priority, and what would fill it."""
    _ = view.words
    if not indicators:
        return (
            _("There is no indicator under this priority."),
            _("The table indicators would fill this."),
        )
    if not series:
        return (
            _("No centre has a target or a report under this priority."),
            _("The tables targets and measurements would fill this."),
        )
    return None


def _counts(frame: pd.DataFrame) -> dict[str, Any]:
    """Priority -> its `totals`, and how many series are silent, told in parts, without a target."""
    more = pd.DataFrame(
        {
            "priority": frame["priority"],
            "silent": frame["status"].eq("no report"),
            "in_parts": frame["value"].isna() & frame["parts"].gt(0),
            "untargeted": frame["reason"].eq("no_target"),
        }
    )
    counted = totals(frame, ["priority"]).merge(more.groupby("priority").sum(), on="priority")
    return {row.priority: row for row in counted.itertuples(index=False)}


def _told(view: View, counts: Any) -> list[str]:
    """The sentences of one priority, of its `_counts`."""
    _ = view.words
    said = [f"**{tally(_, counts)}**."]
    if silent := int(counts.silent):
        said.append(
            _.plural(
                "{n} has no report though a due date has passed.",
                "{n} have no report though a due date has passed.",
                silent,
            )
        )
    if in_parts := int(counts.in_parts):
        said.append(
            _.plural(
                "{n} was reported in parts only, without a total.",
                "{n} were reported in parts only, without a total.",
                in_parts,
            )
        )
    if untargeted := int(counts.untargeted):
        said.append(
            _.plural("{n} has no target.", "{n} have no target.", untargeted),
        )
    said += [
        _(
            "The cohort as a whole aims at {target} by {day} ({indicator}).",
            target=plain(amount(_, row.target, row.kind, row.unit)),
            day=row.due_on,
            indicator=plain(row.indicator_name),
        )
        for row in view.ask("goal_targets_of_cohort").itertuples()
        if row.priority == counts.priority
    ]
    return said


def _tables(view: View, goals: pd.DataFrame, frame: pd.DataFrame) -> None:
    """A table for the priority itself and one for each goal that nests under it."""
    _ = view.words
    if len(frame) > MOST:
        st.caption(_("The first {n}; the files hold all of them.", n=MOST))
    first = aims(frame.head(MOST))
    for goal in goals.itertuples():
        rows = first[first["goal"] == goal.goal]
        if goal.depth and len(rows):
            st.subheader(plain(goal.name))
        if len(rows):
            _table(view, list(rows.itertuples()), plain_name=goal.name)


def _table(view: View, rows: list[Any], plain_name: str) -> None:
    _ = view.words

    def pace(value: Any, kind: str) -> str:
        told = rounded(_, value, kind)
        return told if missing(value) else _("{value} a year", value=told)

    write_table(
        {
            _("Indicator"): [with_unit(row.indicator_name, row.unit) for row in rows],
            _("Centre"): [f"{row.centre_name}, {row.country_name}" for row in rows],
            _("Status"): [
                status_cell(view, row, address.link(centre=row.centre_id, indicator=row.indicator))
                for row in rows
            ],
            _("Latest value"): [
                dated_cell(_, row.value, row.kind, row.measured_on, _("no report")) for row in rows
            ],
            _("Expected by now"): [rounded(_, row.expected, row.kind) for row in rows],
            _("Target (due)"): [
                dated_cell(_, row.target, row.kind, row.due_on, _("no target")) for row in rows
            ],
            _("Baseline"): [
                dated_cell(_, row.baseline, row.kind, row.baseline_on, _("not given"))
                for row in rows
            ],
            _("Required pace"): [pace(row.required_pace, row.kind) for row in rows],
            _("Actual pace"): [pace(row.actual_pace, row.kind) for row in rows],
            _("Looking ahead"): [ahead(view, row) for row in rows],
        },
        alt=plain_name,
    )


def _trends(view: View, priority: str, frame: pd.DataFrame) -> None:
    """A figure for each indicator, with a panel for each centre; outputs apart from outcomes."""
    _ = view.words
    if frame["centre_id"].nunique() > WIDE:
        st.caption(
            _("More than {n} centres: choose a region or a country to see their trends.", n=WIDE)
        )
        return
    st.caption(
        _(
            "Dots are reports; the dotted line is the path through the baseline and the targets, "
            "the thin line the day that is shown. Each panel has its own scale: what compares is "
            "how the dots lie to the path. ○ is no report."
        )
    )
    reports = view.ask("trend_reports", priority=priority)
    path = view.ask("target_path")
    level = frame["level"].where(frame["level"].isin(list(LEVELS)), None)
    for key, words in LEVELS.items():
        rows = frame[level.isna() if key is None else level == key]
        if rows.empty:
            continue
        st.subheader(_(words))
        for code, series in rows.groupby("indicator", sort=False):
            _panels(view, code, series, reports, path)


def _panels(
    view: View, code: str, series: pd.DataFrame, reports: pd.DataFrame, path: pd.DataFrame
) -> None:
    _ = view.words
    first = series.iloc[0]
    name = with_unit(first["indicator_name"], first["unit"])
    reported = reports[reports["indicator"] == code]
    aimed = path[path["indicator"] == code]
    names = centre_names(view)
    many = [
        as_trend(row, names[row.centre_id] + " ○" * missing(row.value), reported, aimed)
        for row in series.itertuples()
    ]
    days = [day for one in many for day, _value in (*one.reports, *one.path)] + [view.today]
    reporting = int(series["value"].notna().sum())
    st.markdown(f"**{plain(name)}**")
    show_figure(
        small_multiples(many, min(days), max(days), view.today, dark=dark()),
        key=f"trend_{code}",
        alt=_.plural(
            "Small figure of {indicator}: {n} centre, which has a report.",
            "Small figures of {indicator}: {reported} of {n} centres with a report.",
            len(series),
            indicator=name,
            reported=reporting,
        )
        if reporting
        else _("Figure of {indicator}: targets alone; there is no report.", indicator=name),
    )
    meanings = {
        "indicator": _("Indicator"),
        "centre_id": _("Centre"),
        "measured_on": _("Date of the value"),
        "value": _("Value"),
    }
    take_away(
        _,
        f"trend-{''.join(sign if sign.isalnum() else '-' for sign in code)}",
        name,
        stamp(view),
        pd.DataFrame({"name": list(meanings), "meaning": list(meanings.values())}),
        lambda: reported[list(meanings)],
        figure_key=f"trend_{code}",
        notice=_(SAMPLE) if is_sample(view) else "",
    )

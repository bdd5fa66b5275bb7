"""The centres' reported contribution to the priorities: sentence, matrix, and a table for each."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from charts.progress import matrix
from pages.parts.centres import nothing
from pages.parts.downloads import take_away
from pages.parts.exhibit import CONFIG, dark
from pages.parts.notices import SAMPLE, empty, is_sample, part, stamp
from pages.parts.tables import show_table
from pages.parts.text import plain
from queries.filters import REGIONS
from queries.view import View
from queries.words import LABELS, N_

WIDE = 40  # centres; with more of them the columns are regions
NARROW = 6  # columns; on a phone more are too narrow for their numbers, which the tables have
MOST = 200  # rows of a priority's table in the page; the files hold all of them
STATES = {
    "reported": N_("reported: latest value → target"),
    "untargeted": N_("reported, no target set"),
    "parts": N_("target, reported in parts only"),
    "silent": N_("no report, a target fell due"),
    "waiting": N_("no report, target not yet due"),
    "none": N_("no target"),
}
REGION_STATES = {
    "reported": N_("all centres with a target reported"),
    "partly": N_("some of those with a target reported"),
    "parts": N_("reported, no target set"),
    "silent": N_("none reported, a target fell due"),
    "waiting": N_("none reported, targets not yet due"),
    "none": N_("no target"),
}


def answer(view: View, goals: pd.DataFrame) -> None:
    """How many centres have reported, and how many targets have no report."""
    _ = view.words
    whole, count = goals.iloc[-1], view.ask("centre_count").iloc[0]
    plans = [_.label(plan) for plan in dict.fromkeys(goals["plan"].dropna())]
    said = [
        _.plural(
            "**{reported}** of **{n}** centre has reported on the priorities of the {plan}.",
            "**{reported}** of **{n}** centres have reported on the priorities of the {plan}.",
            int(count["centres"]),
            reported=int(whole["centres"]),
            plan=plain(_.listed(plans)),
        ),
        *_silence(view, whole),
    ]
    if ended := int(count["ended"]):
        said.append(
            _.plural(
                "{n} of the centres has ended; what it reported stays.",
                "{n} of the centres have ended; what they reported stays.",
                ended,
            )
        )
    st.markdown(" ".join(said))
    if not pd.isna(whole["last_measured_on"]):
        st.caption(
            _(
                "This is the centres' reported contribution to the priorities. Latest report: "
                "{day}. Regions and groups of countries as they are on {today}.",
                day=whole["last_measured_on"],
                today=view.today,
            )
        )


def _silence(view: View, goal: Any) -> list[str]:
    """Sentences on the targets without a report: a date that passed is not one that is to come."""
    _ = view.words
    past, later, targets = int(goal.past_due), int(goal.not_yet_due), int(goal.targets)
    if not targets:
        return [_("No centre has a target.")]
    said = [
        _.plural(
            "**{silent}** of {n} target has no report.",
            "**{silent}** of {n} targets have no report.",
            targets,
            silent=past + later,
        )
    ]
    if past and later:
        said.append(
            _(
                "A due date has passed for {past} of these, and none yet for the other {later}.",
                past=past,
                later=later,
            )
        )
    elif past:
        said.append(_("A due date has passed for all of these."))
    elif later:
        said.append(_("No due date has passed for these yet."))
    return said


def lacking(view: View, goals: pd.DataFrame) -> bool:
    """Says what there is nothing of, if so: priorities, centres, indicators, or targets."""
    _ = view.words
    whole, record = goals.iloc[-1], view.ask("cohort_record")
    loaded = len(view.through(view.filters.only()).ask("goals")) > 1
    if not loaded:
        plan = _.label(record.loc[0, "plan"]) if len(record) else "–"
        empty(
            view,
            _("The priorities of the {plan} are not loaded.", plan=plain(plan)),
            _("The table goals would fill this, with the plan's official wording."),
        )
    if nothing(view) or not loaded:
        return True
    if len(goals) > 1 and not goals["indicators"].sum():
        empty(
            view,
            _("There is no indicator under these priorities."),
            _("The table indicators would fill this."),
        )
        return True
    if not whole[["targets", "without_target"]].sum():
        empty(
            view,
            _("These centres have neither targets nor reports."),
            _("The tables targets and measurements would fill this."),
        )
        return True
    return False


def show_matrix(view: View, goals: pd.DataFrame) -> None:
    """Priorities × centres, or × regions when there are too many centres for columns."""
    _ = view.words
    wide = int(view.ask("centre_count").loc[0, "centres"]) > WIDE
    if wide:
        st.caption(
            _(
                "More than {n} centres, so the columns are regions. Choose a region or a country "
                "to see its centres.",
                n=WIDE,
            )
        )
        frame = view.ask("goal_progress_by_region")
        columns = {code: _.label(code) for code in _.in_order(REGIONS)}
        cells = _region_cells(view, frame)
    else:
        frame = view.ask("goal_progress", priority=None, most=10**9)
        columns = _columns(view)
        cells = _centre_cells(view, frame)
    figure = matrix(
        cells,
        _rows(view, goals, frame),
        columns,
        {state: _(words) for state, words in (REGION_STATES if wide else STATES).items()},
        dark=dark(),
    )
    whole = goals.iloc[-1]
    title = _("The centres' reported contribution to the priorities")
    if len(columns) > NARROW:
        st.html(
            "<style>@media (max-width: 640px)"
            "{.st-key-goals_matrix .textpoint {display: none}}</style>"
        )
    st.plotly_chart(
        figure,
        key="goals_matrix",
        alt=_(
            "Matrix of priorities and centres: {reported} of {targets} targets have a report, "
            "{silent} have none.",
            reported=int(whole["reported"]),
            targets=int(whole["targets"]),
            silent=int(whole["past_due"] + whole["not_yet_due"]),
        ),
        theme=None,
        config=CONFIG,
    )
    names = {
        "priority": _("Priority"),
        "indicator": _("Indicator"),
        "indicator_name": _("Name of the indicator"),
        "unit": _("Unit"),
        "centre_id": _("Centre"),
        "centre_name": _("Name of the centre"),
        "country": _("Country"),
        "region": _("Region"),
        "status": _("Status of the centre"),
        "baseline": _("Baseline"),
        "baseline_on": _("Date of the baseline"),
        "target": _("Target"),
        "due_on": _("The target falls due"),
        "first_due_on": _("The first of its targets fell or falls due"),
        "value": _("Latest value; empty: no report"),
        "measured_on": _("Date of the latest value"),
        "reports": _("Reports of the total"),
        "parts": _("Reports of a part alone"),
    }
    take_away(
        _,
        "centres-by-priority",
        title,
        stamp(view),
        pd.DataFrame({"name": list(names), "meaning": list(names.values())}),
        lambda: view.take("goal_progress", priority=None, most=10**9)[list(names)],
        figure_key="goals_matrix",
        notice=_(SAMPLE) if is_sample(view) else "",
    )


def show_priority(view: View, goal: Any, *, opened: bool) -> None:
    """One priority: what was reported, what was not, and the table behind it."""
    _ = view.words
    st.header(plain(priority_name(view, goal.priority, goal.name)))
    if not goal.indicators:
        empty(
            view,
            _("There is no indicator under this priority."),
            _("The table indicators would fill this."),
        )
        return
    if not goal.targets and not goal.without_target and not goal.in_parts:
        empty(
            view,
            _("No centre has a target or a report under this priority."),
            _("The tables targets and measurements would fill this."),
        )
        return
    st.markdown(" ".join(_told(view, goal)))
    table = st.expander(
        _("Baseline, target and latest value of each centre"),
        key=f"priority_{goal.priority}",
        expanded=opened,
        on_change="rerun",
    )
    if table.open:
        with table, part():
            _table(view, goal.priority)


def _told(view: View, goal: Any) -> list[str]:
    """The sentences of one priority."""
    _ = view.words
    said = [
        _.plural(
            "**{n}** centre has reported.", "**{n}** centres have reported.", int(goal.centres)
        ),
        *_silence(view, goal),
    ]
    if goal.in_parts:
        said.append(
            _.plural(
                "{n} target was reported in parts only, without a total.",
                "{n} targets were reported in parts only, without a total.",
                int(goal.in_parts),
            )
        )
    if goal.without_target:
        said.append(
            _.plural(
                "{n} report series has no target.",
                "{n} report series have no target.",
                int(goal.without_target),
            )
        )
    common = view.ask("goal_targets_of_cohort")
    said += [
        _(
            "The cohort as a whole aims at {target} by {day} ({indicator}); the centres' reports "
            "are not added up here.",
            target=plain(_amount(view, row.target, row.kind, row.unit)),
            day=row.due_on,
            indicator=plain(row.indicator_name),
        )
        for row in common[common["priority"] == goal.priority].itertuples()
    ]
    return said


def _table(view: View, priority: str) -> None:
    _ = view.words
    frame = view.ask("goal_progress", priority=priority, most=MOST)
    if len(frame) == MOST:
        st.caption(_("The first {n}; the files hold all of them.", n=MOST))
    rows = list(frame.itertuples())
    shown = pd.DataFrame(
        {
            _("Indicator"): [_with_unit(row.indicator_name, row.unit) for row in rows],
            _("Centre"): [row.centre_name for row in rows],
            _("Country"): [row.country_name for row in rows],
            _("Baseline"): [
                _dated(view, row.baseline, row.kind, row.baseline_on, _("not given"))
                for row in rows
            ],
            _("Target (due)"): [
                _dated(view, row.target, row.kind, row.due_on, _("no target")) for row in rows
            ],
            _("Latest value"): [
                _dated(
                    view,
                    row.value,
                    row.kind,
                    row.measured_on,
                    _no_report(view, row),
                )
                for row in rows
            ],
            _("Reports"): [row.reports for row in rows],
        }
    )
    show_table(view, shown, {name: name for name in shown})


def priority_name(view: View, code: str, name: str) -> str:
    """A priority in the reader's language where that is official, else as it was loaded."""
    return view.words.label(code) if code in LABELS else name


def _rows(view: View, goals: pd.DataFrame, frame: pd.DataFrame) -> list[tuple[str | None, str]]:
    rows: list[tuple[str | None, str]] = []
    for goal in goals.iloc[:-1].itertuples():
        indicators = frame[frame["priority"] == goal.priority].drop_duplicates("indicator")
        rows.append((None, priority_name(view, goal.priority, goal.name)))
        rows += list(zip(indicators["indicator"], indicators["indicator_name"], strict=True))
    return rows


def _columns(view: View) -> dict[str, str]:
    """The centres by their country, which people know; its own key where a country has several."""
    _ = view.words
    centres = view.ask("centres", most=WIDE)
    several = centres["country"].duplicated(keep=False)
    columns = {}
    for centre, twin in zip(centres.itertuples(), several, strict=True):
        name = f"{centre.centre_id} {centre.country_name}" if twin else centre.country_name
        columns[centre.centre_id] = (
            _("{name} (ended)", name=name) if centre.status == "ended" else name
        )
    return columns


def _centre_cells(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    _ = view.words
    cells = []
    for row in frame.itertuples():
        reported, planned = row.value == row.value, row.target == row.target
        value = _short(view, row.value, row.kind) if reported else ""
        target = _short(view, row.target, row.kind) if planned else ""
        if reported:
            state = "reported" if planned else "untargeted"
        elif row.parts:
            state = "parts"
        else:
            state = "silent" if row.first_due_on < view.today else "waiting"
        lines = [
            f"<b>{escape(row.centre_name[:80])}</b>, {escape(row.country_name)}",
            escape(_with_unit(row.indicator_name, row.unit)[:120]),
            _(
                "Latest value: {value}",
                value=_dated(view, row.value, row.kind, row.measured_on, _no_report(view, row)),
            ),
            _("Target: {value}", value=_dated(view, row.target, row.kind, row.due_on, _("none"))),
            _(
                "Baseline: {value}",
                value=_dated(view, row.baseline, row.kind, row.baseline_on, _("not given")),
            ),
        ]
        cells.append(
            {
                "row": row.indicator,
                "column": row.centre_id,
                "state": state,
                "text": f"{value}<br>→ {target}" if planned else value,
                "hover": "<br>".join(lines),
            }
        )
    return pd.DataFrame(cells, columns=["row", "column", "state", "text", "hover"])


def _region_cells(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    _ = view.words
    cells = []
    for row in frame[frame[["targets", "unplanned"]].sum(axis=1) > 0].itertuples():
        if not row.targets:
            state = "parts"
        elif row.reported:
            state = "reported" if row.reported == row.targets else "partly"
        else:
            state = "silent" if row.fallen_due else "waiting"
        told = _("{n} of {total}", n=row.reported, total=row.targets)
        lines = [
            f"<b>{escape(_.label(row.region))}</b>",
            escape(_with_unit(row.indicator_name, row.unit)[:120]),
            _("{told} centres with a target have reported", told=told),
        ]
        cells.append(
            {
                "row": row.indicator,
                "column": row.region,
                "state": state,
                "text": told,
                "hover": "<br>".join(lines),
            }
        )
    return pd.DataFrame(cells, columns=["row", "column", "state", "text", "hover"])


def _no_report(view: View, row: Any) -> str:
    """The words that stand where a value would, with the date since when its lack matters."""
    _ = view.words
    if row.parts:
        return _("reported in parts only, no total")
    if pd.isna(row.first_due_on):
        return _("no report")
    if row.first_due_on < view.today:
        return _("no report; a target fell due on {day}", day=row.first_due_on)
    return _("no report; not yet due")


def _with_unit(name: str, unit: str | None) -> str:
    return f"{name}, {unit}" if isinstance(unit, str) and unit else name


def _amount(view: View, value: float, kind: str, unit: str | None = None) -> str:
    """A value as people read it, with no more decimals than it has; None and NaN never get here."""
    _ = view.words
    if kind == "yes/no":
        return _("yes") if value else _("no")
    digits = next(d for d in (0, 1, 2) if d == 2 or round(value, d) == value)
    told = _.number(value, digits)
    return f"{told} {unit}" if isinstance(unit, str) and unit else told


def _short(view: View, value: float, kind: str) -> str:
    """A value that fits a cell."""
    fits = kind == "yes/no" or abs(value) < 10_000
    return _amount(view, value, kind) if fits else view.words.compact(value)


def _dated(view: View, value: float, kind: str, day: Any, nothing: str) -> str:
    """`1,240 (30 Sept 2026)`, or the words for nothing: a missing value is never 0."""
    if value != value or value is None:
        return nothing
    told = _amount(view, value, kind)
    return told if pd.isna(day) else f"{told} ({view.words.date(day)})"

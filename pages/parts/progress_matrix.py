"""The matrix of all indicators by centres or by regions: status by word, shape and colour."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.status import STATUSES
from analysis.totals import totals
from charts.progress import matrix
from pages.parts import address, filterbar
from pages.parts.exhibit import dark, offer, show_figure
from pages.parts.notices import left_out
from pages.parts.priorities import priority_name, shown_goals
from pages.parts.statuses import (
    aims,
    legend,
    missing,
    short,
    tally,
    with_unit,
)
from pages.parts.text import short as cut
from queries.filters import REGIONS
from queries.view import View
from queries.words import LABELS, N_, Words
from reports.course import course
from reports.statuses import notes

WIDE = 40  # centres; with more of them the columns are regions
NARROW = 3  # columns; on a phone more are too narrow for their numbers, which the tables have
KEY = "goals_matrix"
COLUMNS = {"centre": N_("Centres"), "region": N_("Regions")}
CENTRE_STATES = {
    **{status: LABELS[status] for status in STATUSES},
    "none": N_("neither target nor report"),
}
REGION_STATES = {
    "all": N_("all on course or achieved, all have a report"),
    "some": N_("some on course"),
    "none of them": N_("none of those reporting on course"),
    "unjudged": N_("reported, cannot be judged yet"),
    "waiting": N_("none reported, targets not yet due"),
    "silent": N_("none reported, a target fell due"),
    "none": N_("neither target nor report"),
}
MEANINGS = {
    "plan": N_("Plan"),
    "priority": N_("Priority"),
    "goal": N_("Goal the indicator stands under"),
    "indicator": N_("Indicator"),
    "indicator_name": N_("Name of the indicator"),
    "unit": N_("Unit"),
    "level": N_("Output or outcome"),
    "centre_id": N_("Centre"),
    "centre_name": N_("Name of the centre"),
    "country": N_("Country"),
    "region": N_("Region"),
    "centre_status": N_("Status of the centre"),
    "status": N_("Status: how the latest report stands to what is expected by now"),
    "reason": N_("Why the status is not calculable"),
    "one_report": N_("The status rests on one report alone"),
    "past_due": N_("The last due date is over"),
    "baseline": N_("Baseline"),
    "baseline_on": N_("Date of the baseline"),
    "target": N_("Target"),
    "due_on": N_("The target falls due"),
    "final_target": N_("Last target"),
    "final_due_on": N_("The last target falls due"),
    "first_due_on": N_("The first of its targets fell or falls due"),
    "value": N_("Latest value; empty: no report"),
    "measured_on": N_("Date of the latest value"),
    "reports": N_("Reports of the total"),
    "parts": N_("Reports of a part alone"),
    "expected": N_("Expected by now"),
    "ratio": N_("Achieved over expected, both counted from the baseline"),
    "required_pace": N_("Pace the next target requires, units a year"),
    "actual_pace": N_("Pace so far, units a year"),
    "at_this_pace_on": N_("Day on which the pace so far reaches the last target"),
    "outlook": N_("Outlook: will the target be reached by its date?"),
}
# What a cell tells of; a row of all the columns takes as long again to be made.
TOLD = [
    *("indicator", "indicator_name", "unit", "kind", "centre_id", "centre_name", "country_name"),
    *("status", "reason", "one_report", "past_due", "parts", "value", "target"),
]


def show_matrix(view: View) -> None:
    """Indicators under their priorities × centres, or × regions; a cell leads to what is behind."""
    _ = view.words
    frame = course(view)
    by = _choose(view)
    if by == "centre":
        columns, states = centre_names(view), legend(_, CENTRE_STATES)
        cells = centre_cells(view, frame)
    else:
        columns = {code: _.label(code) for code in _.in_order(REGIONS)}
        states, cells = legend(_, REGION_STATES), region_cells(view, frame)
    if len(columns) > NARROW:
        st.html(
            f"<style>@media (max-width: 640px) {{.st-key-{KEY} .textpoint {{display: none}}}}"
            "</style>"
        )
    show_figure(
        matrix(cells, _rows(view, frame), columns, states, dark=dark()),
        key=KEY,
        alt=_(
            "Matrix of indicators and {columns}. {tally}.",
            columns=_(COLUMNS[by]),
            tally=tally(_, totals(frame.assign(all=0), ["all"]).iloc[0]),
        ),
        on_select=_opened,
        selection_mode="points",
    )
    offer(
        view,
        "centres_by_priority",
        _("The centres' reported contribution to the priorities"),
        {name: _(words) for name, words in MEANINGS.items()},
        lambda: aims(course(view))[list(MEANINGS)],
        figure_key=KEY,
    )


def _choose(view: View) -> str:
    """What the columns are; the address keeps it as `by`. Too many centres are told by region."""
    _ = view.words
    if int(view.ask("centre_count").loc[0, "centres"]) > WIDE:
        st.caption(
            _(
                "More than {n} centres, so the columns are regions. Choose a region or a country "
                "to see its centres.",
                n=WIDE,
            )
        )
        return "region"
    asked = address.detail("by")
    if asked and asked not in COLUMNS:
        left_out(view, [f"by “{cut(asked)}”"])
        st.session_state["details"].pop("by")
        asked = None
    st.session_state["goals_by"] = asked or "centre"
    return st.segmented_control(
        _("Columns"),
        list(COLUMNS),
        format_func=lambda code: _(COLUMNS[code]),
        key="goals_by",
        required=True,
        on_change=_chosen,
    )


def _chosen() -> None:
    address.choose(by=st.session_state["goals_by"])


def _opened() -> None:
    """Looks into the series that was clicked, or into its region."""
    points = st.session_state[KEY]["selection"]["points"]
    if not points or "customdata" not in points[0]:
        return
    indicator, column = points[0]["customdata"]
    if column in REGIONS:
        filterbar.choose(region=column)
    else:
        address.choose(centre=column, indicator=indicator)


def _rows(view: View, frame: pd.DataFrame) -> list[tuple[str | None, str]]:
    """Each priority, then the goals that nest under it, each with its indicators."""
    under: dict[str, list[tuple[str, str]]] = {}
    named = frame[["goal", "indicator", "indicator_name"]].drop_duplicates("indicator")
    for row in named.itertuples():
        under.setdefault(row.goal, []).append((row.indicator, row.indicator_name))
    rows: list[tuple[str | None, str]] = []
    for goal in shown_goals(view).itertuples():
        if not goal.depth:
            rows.append((None, priority_name(view, goal.goal, goal.name)))
        elif goal.goal in under:
            rows.append((None, f"› {goal.name}"))
        rows += under.get(goal.goal, [])
    return rows


def centre_names(view: View) -> dict[str, str]:
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


def centre_cells(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """A cell for each series: its status, and the latest value → target. No report has no value."""
    _ = view.words
    cells = []
    for row in aims(frame)[TOLD].itertuples():
        value = "" if missing(row.value) else short(_, row.value, row.kind)
        target = "" if missing(row.target) else f"→ {short(_, row.target, row.kind)}"
        cells.append(
            {
                "row": row.indicator,
                "column": row.centre_id,
                "state": row.status,
                "text": f"{value}<br>{target}" if value else "",
                "hover": "<br>".join(
                    [
                        f"<b>{escape(row.centre_name[:80])}</b>, {escape(row.country_name)}",
                        escape(with_unit(row.indicator_name, row.unit)[:120]),
                        f"{' '.join([value, target])} · {_standing(_, row)}".strip(" ·"),
                    ]
                ),
            }
        )
    return _as_cells(cells)


def region_cells(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """A cell for each region and indicator: how many of how many; nothing is averaged."""
    _ = view.words
    placed = frame[frame["region"].isin(REGIONS)]
    counted = totals(placed, ["indicator", "region"])
    silent = placed[placed["status"] == "no report"].groupby(["indicator", "region"]).size()
    names = placed.drop_duplicates("indicator").set_index("indicator")["indicator_name"]
    keys = pd.MultiIndex.from_frame(counted[["indicator", "region"]])
    counted["state"] = _region_states(counted, silent.reindex(keys, fill_value=0).to_numpy())
    cells = []
    for row in counted.itertuples():
        text = ""
        if row.reporting:
            text = _("{n} of {total}", n=row.on_course, total=row.reporting)
            if row.most > row.least:
                text += "<br>" + _(
                    "of {n}: {least}–{most}", n=row.targets, least=row.least, most=row.most
                )
        cells.append(
            {
                "row": row.indicator,
                "column": row.region,
                "state": row.state,
                "text": text,
                "hover": f"<b>{escape(_.label(row.region))}</b><br>"
                f"{escape(names[row.indicator][:120])}<br>{tally(_, row)}",
            }
        )
    return _as_cells(cells)


def _region_states(counted: pd.DataFrame, silent: np.ndarray) -> np.ndarray:
    """What is true of a region's centres together, the first that is."""
    on, reporting = counted["on_course"], counted["reporting"]
    conditions = {
        "unjudged": counted["targets"] == 0,
        "silent": (reporting == 0) & (silent > 0),
        "waiting": reporting == 0,
        "all": on == counted["targets"],
        "some": on > 0,
        "none of them": reporting > counted["unjudged"],
    }
    return np.select(list(conditions.values()), list(conditions), "unjudged")


def _standing(_: Words, row: Any) -> str:
    return escape(", ".join([_.label(row.status), *notes(_, row)]))


def _as_cells(cells: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=["row", "column", "state", "text", "hover"])

"""What needs attention: late milestones, silent centres, indicators off course; by centre."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.brief import of_network
from pages.parts.changes import SILENT
from pages.parts.tables import NOTHING, linked, write_table
from queries.view import View
from reports.course import course

MOST = 10  # rows; who wants all of them goes to the centres


def needs(late: pd.DataFrame, judged: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row per centre that needs attention: those with most kinds of trouble first.

    late: `queries/late_milestones.sql`; judged: `course`. Then by the milestone that waits longest
    and the longest silence. Gives centre_id, centre_name, country_name, late, oldest_due_on,
    silent, last_on (None: never reported), off (off course or moved away) and targets. Silent: not
    ended, and without a report for more than SILENT days, or ever, where a target fell due. No
    series of a centre that ended is off course any more.
    """
    names = ["centre_id", "centre_name", "country_name"]
    open_ = judged[judged["final_target"].notna() & judged["centre_status"].ne("ended")]
    due = pd.to_datetime(open_["first_due_on"]) < pd.Timestamp(today)
    counted = (
        open_.assign(
            off=open_["status"].isin(["off course", "moved away"]),
            due=due,
            last_on=pd.to_datetime(open_["measured_on"]),
        )
        .groupby(names, sort=False)
        .agg(
            off=("off", "sum"),
            targets=("off", "size"),
            due=("due", "any"),
            last_on=("last_on", "max"),
        )
        .reset_index()
    )
    rows = counted.merge(late, on=names, how="outer")
    for name in ("off", "targets", "late"):
        rows[name] = rows[name].fillna(0).astype(int)
    rows["quiet"] = (pd.Timestamp(today) - pd.to_datetime(rows["last_on"])).dt.days
    rows["silent"] = (rows["quiet"] > SILENT) | (
        rows["last_on"].isna() & rows["due"].eq(True) & rows["targets"].gt(0)
    )
    rows["kinds"] = (rows["late"] > 0).astype(int) + rows["silent"] + (rows["off"] > 0)
    rows["oldest"] = pd.to_datetime(rows["oldest_due_on"])
    rows = rows[rows["kinds"] > 0].sort_values(
        ["kinds", "oldest", "quiet", "off", "centre_name"],
        ascending=[False, True, False, False, True],
        kind="stable",
    )
    rows["last_on"] = rows["last_on"].dt.date.astype(object).where(rows["last_on"].notna(), None)
    kept = [*names, "late", "oldest_due_on", "silent", "last_on", "off", "targets"]
    return rows[kept].reset_index(drop=True)


def attention(view: View) -> None:
    """How much needs attention, and where: at most MOST centres, and how many more there are."""
    _, view = view.words, of_network(view)
    if not int(view.ask("centre_count").loc[0, "centres"]):
        st.markdown(_("There is no centre here that could need it."))
        return
    rows = needs(view.ask("late_milestones"), course(view), view.today)
    if rows.empty:
        st.markdown(
            _("Nothing: no milestone is late, no centre is silent, no indicator is off course.")
        )
        return
    late, silent, off = int(rows["late"].sum()), int(rows["silent"].sum()), int(rows["off"].sum())
    phrases = [
        (late, _.plural("**{n}** milestone is late", "**{n}** milestones are late", late)),
        (silent, _.plural("**{n}** centre is silent", "**{n}** centres are silent", silent)),
        (
            off,
            _.plural(
                "**{n}** indicator of a centre is off course or has moved away",
                "**{n}** indicators of centres are off course or have moved away",
                off,
            ),
        ),
    ]
    st.markdown(_.listed([phrase for n, phrase in phrases if n]) + ".")
    shown = rows.head(MOST).to_dict("records")
    columns = {
        _("Centre"): [
            linked(row["centre_name"], "centres" + address.link(centre=row["centre_id"]))
            for row in shown
        ],
        _("Country"): [row["country_name"] for row in shown],
        _("Late milestones"): [_late(view, row) for row in shown],
        _("Last report"): [_silent(view, row) for row in shown],
        _("Off course or moved away"): [_off(view, row) for row in shown],
    }
    # A phone has no room for a column that says nothing.
    kept = {head: cells for head, cells in columns.items() if set(cells) != {NOTHING}}
    write_table(kept, _("What needs attention"))
    notes = _(
        "Centres with most kinds of trouble first, then the milestone that waits longest. Silent: "
        "no report for more than {n} days, or none at all though a target fell due.",
        n=SILENT,
    )
    if (more := len(rows) - MOST) > 0:
        said = _.plural("{n} more centre", "{n} more centres", more)
        st.markdown(f"[{said}](centres{address.link()})")
    st.caption(notes)


def _late(view: View, row: dict[str, Any]) -> str:
    if not row["late"]:
        return NOTHING
    return view.words(
        "{n}, the oldest due {day}", n=row["late"], day=view.words.date(row["oldest_due_on"])
    )


def _silent(view: View, row: dict[str, Any]) -> str:
    _ = view.words
    if not row["silent"]:
        return NOTHING
    return _.date(row["last_on"]) if row["last_on"] else _("never reported")


def _off(view: View, row: dict[str, Any]) -> str:
    if not row["off"]:
        return NOTHING
    return view.words("{n} of {targets}", n=row["off"], targets=row["targets"])

"""What was corrected afterwards: which record it is, and its value before and after, in words."""

from datetime import date
from typing import Any

import pandas as pd

from pages.parts.tables import NOTHING
from queries.view import View
from queries.words import N_

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


def worded(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The corrections as people read them: the record as `said`, before and after as text."""
    _ = view.words
    return rows.assign(
        said=[_record(view, row) for row in rows.to_dict("records")],
        before=[_value(view, value) for value in rows["before"]],
        after=[
            _("no longer on record") if kind == "gone" else _value(view, value)
            for kind, value in zip(rows["kind"], rows["after"], strict=True)
        ],
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

"""The dictionary that goes with a download: what each column of the file means."""

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
from pandas.api.types import is_bool_dtype

from queries.filters import GROUPS, REGIONS, STAGES
from queries.view import View
from queries.words import LABELS, N_

# Columns that questions compute: the database has no comment on them.
COMPUTED = {
    "country_name": N_("Short name of the country, in the language of the page."),
    "centre_name": N_("Name of the centre."),
    "cohort_name": N_("Name of the cohort."),
    "before": N_("Status before this day; blank where the centre joined."),
    "joined_on": N_("Day of the centre's first dated status."),
    "in_network": N_("Whether the centre counts in the network on the day that is shown."),
    "placed": N_(
        "Whether the centre has coordinates of its own; else those are of its country's middle."
    ),
    "objectives": N_("Numbers of the strategic objectives."),
    "targets": N_("Number of its targets."),
    "unreported": N_("How many of its targets have no report."),
    "overdue": N_("How many of these fell due."),
    "last_reported_on": N_("Day of its latest report."),
    "last_stage_on": N_("Latest dated stage of the cohort's applications."),
    "pool": N_("Applications of the group that were not withdrawn."),
    "lot_low": N_("Least number in the range that holds 95% of the draws of a lot."),
    "lot_high": N_("Greatest number in the range that holds 95% of the draws of a lot."),
    "lot_mean": N_("Mean number over all draws of a lot."),
    "within_lot": N_("Whether the number selected lies within that range."),
    "against_totals": N_(
        "Whether it enters or leaves, compared with those who have the highest totals; blank: "
        "neither."
    ),
    "against_selected": N_(
        "Whether it enters or leaves, compared with those selected; blank: neither."
    ),
    "under_rules": N_("Whether it is in the best selection that keeps the rules."),
    "n": N_("What the rule asks for."),
    "lost": N_("How far the mean lies below that of the highest totals, in points."),
    "lost_in_noise": N_("The same, divided by the noise of the panel in one application's total."),
    "last_measured_on": N_("Day of the latest report of a centre."),
}
PRIORITIES = tuple(code for code in LABELS if code.startswith("KAP-"))
CODES = {
    "region": REGIONS,
    "group_code": GROUPS,
    "stage": STAGES,
    "status": ("selected", "agreement signed", "operating", "paused", "ended"),
    "plan": ("KAP", "BAP"),
    "priority": PRIORITIES,
    "goal": PRIORITIES,
    "goals": PRIORITIES,
}


def described(view: View, headings: Mapping[str, str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """What makes the dictionary of a frame: one row per column, as name, meaning, unit_or_codes.

    `headings` (name -> heading) are the words the page has for some of its columns. The meaning is
    what the database says of a column of that name, after its heading; where it says nothing, or
    says different things of several, the heading alone.
    """
    _ = view.words

    def describe(frame: pd.DataFrame) -> pd.DataFrame:
        said = _comments(view, frame)
        rows = []
        for name in frame:
            comment = said.get(name) or COMPUTED.get(name)
            told = [headings[name]] if name in headings else []
            told += [_(comment)] if comment else []
            rows.append((name, ": ".join(told) or name, _unit(view, name, frame[name])))
        return pd.DataFrame(rows, columns=["name", "meaning", "unit_or_codes"])

    return describe


def _comments(view: View, frame: pd.DataFrame) -> dict[str, str]:
    """Column -> what the database says of it: where tables differ, the one most like the frame."""
    known = view.ask("dictionary").dropna(subset="meaning")
    known = known[known["column_name"].isin(list(frame))]
    shared = known.groupby("table_name")["column_name"].transform("size")
    found = {}
    for name, rows in known.assign(shared=shared).groupby("column_name"):
        most = rows[rows["shared"] == rows["shared"].max()]
        if rows["meaning"].nunique() == 1:
            found[name] = rows["meaning"].iloc[0]
        elif most["meaning"].nunique() == 1 and most["shared"].iloc[0] > 1:
            found[name] = most["meaning"].iloc[0]
    return found


def _unit(view: View, name: str, column: pd.Series) -> str:
    _ = view.words
    if name in CODES:
        listed = [(code, _.label(code)) for code in CODES[name]]
        return "; ".join(code if code == label else f"{code}: {label}" for code, label in listed)
    if name.startswith("share_"):
        return _("a share from 0 to 1")
    if is_bool_dtype(column):
        return _("true or false")
    days = [value for value in column.dropna() if not isinstance(value, (bool, str))][:1]
    return _("a date: year-month-day") if days and isinstance(days[0], date) else ""

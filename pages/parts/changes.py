"""What changed between two moments, as frames: what moved, fell silent, was corrected, came in.

`found` compares; `changes_told.py` says it and `changes_tables.py` shows it. The frames hold codes
and no words.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import pandas as pd

from analysis.changes import differences, fell_silent
from pages.parts.moments import Moments
from reports.course import course

MOST = 20_000  # applications or centres that are put side by side one by one
SILENT = 365  # days without a report after which a centre or a series is silent
# From the worst on; what cannot be told lies between what is not as planned and what is.
WORST_FIRST = (
    "moved away",
    "off course",
    "behind",
    "no report",
    "not calculable",
    "not yet due",
    "on course",
    "achieved",
)
APPLICATION, CENTRE, SERIES = ["application_id"], ["centre_id"], ["centre_id", "indicator"]
DESCRIBED = ["organization", "country", "organization_type", "title"]
RECORD = ["record", "owner_kind", "owner", "what", "dated", "part"]


@dataclass(frozen=True)
class Changes:
    """One frame a kind of change, the most important row first; before and after stand in each.

    `uncounted`: there are too many applications or centres to put them side by side.
    """

    indicators: pd.DataFrame
    centres: pd.DataFrame
    stages: pd.DataFrame
    targets: pd.DataFrame
    places: pd.DataFrame
    silent: pd.DataFrame
    corrected: pd.DataFrame
    new_applications: pd.DataFrame
    new_centres: pd.DataFrame
    reports: pd.DataFrame
    uncounted: bool

    def any(self) -> bool:
        """Whether anything changed that is compared here."""
        return any(
            len(getattr(self, field.name)) for field in fields(self) if field.name != "uncounted"
        )


@lru_cache(maxsize=64)
def found(moments: Moments) -> Changes:
    """Everything that changed between the two moments, under the reader's filters and rights.

    Kept by all that the two views are, the rights among them. The frames are shared between
    readers: do not change them.
    """
    before, after = moments.before, moments.after
    # What a past day costs depends on the whole cohort, and on an earlier day there were no more.
    counted = (before, after) if moments.of_snapshots else (after,)
    uncounted = any(
        int(view.through(view.filters.only()).ask(question).loc[0, what]) > MOST
        for view in counted
        for question, what in (("application_count", "applications"), ("centre_count", "centres"))
    )
    most = 0 if uncounted else MOST
    applications = before.ask("applications", most=most), after.ask("applications", most=most)
    centres = before.ask("centres", most=most), after.ask("centres", most=most)
    series = course(before), course(after)
    return Changes(
        indicators=_indicators(*series),
        centres=_centres(*centres),
        stages=_moves(*applications, APPLICATION, "stage"),
        targets=_targets(moments, series[1]),
        places=_places(*applications),
        silent=_silent(moments, *series),
        corrected=pd.concat(
            [
                _corrected(moments),
                _described(*applications, "application", *APPLICATION, "organization", DESCRIBED),
                _described(*centres, "centre", *CENTRE, "name", ["name", "country", "host_type"]),
            ],
            ignore_index=True,
        )
        if moments.of_snapshots
        else pd.DataFrame(),
        new_applications=_new(*applications, APPLICATION),
        new_centres=_new(*centres, CENTRE),
        reports=_reports(*series),
        uncounted=uncounted,
    )


def _moves(before: pd.DataFrame, after: pd.DataFrame, key: list[str], column: str) -> pd.DataFrame:
    """The rows of `after` whose `column` has another value, with both as `before` and `after`."""
    changed = differences(before, after, key, [column])
    changed = changed[changed["kind"] == "changed"]
    return after.merge(changed[[*key, "before", "after"]], on=key)


def _new(before: pd.DataFrame, after: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    came = differences(before, after, key, [])
    return after.merge(came.loc[came["kind"] == "new", key], on=key)


def _indicators(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Series with another status; `worse` where it is further up in WORST_FIRST. Worst first."""
    moved = _moves(before, after, SERIES, "status")
    old, new = (moved[name].map(WORST_FIRST.index) for name in ("before", "after"))
    moved = moved.assign(worse=new < old, _to=new)
    return moved.sort_values(["worse", "_to"], ascending=[False, True], kind="stable")


def _centres(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Centres with another status: those that ended or pause first."""
    moved = _moves(before, after, CENTRE, "status")
    order = moved["after"].map({"ended": 0, "paused": 1}).fillna(2)
    return moved.assign(_order=order).sort_values("_order", kind="stable")


def _targets(moments: Moments, series: pd.DataFrame) -> pd.DataFrame:
    """Targets set anew for the same date; not one corrected under the day it was set before."""
    key = [*SERIES, "due_on"]
    # The paths of the whole network are asked for; only those that are looked at are compared.
    centres = series["centre_id"].unique()
    before, after = (
        path[path["centre_id"].isin(centres)]
        for path in (view.ask("target_path") for view in (moments.before, moments.after))
    )
    changed = differences(before, after, key, ["target", "set_on"])
    anew = changed.loc[changed["column"] == "set_on", key]
    moved = changed[changed["column"] == "target"].merge(anew, on=key)
    return series.merge(moved[[*key, "before", "after"]], on=SERIES)


def _places(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Applications with another place or total, the widest move first."""
    changed = differences(before, after, APPLICATION, ["place", "total"])
    keys = changed.loc[changed["kind"] == "changed", APPLICATION].drop_duplicates()
    old = before[[*APPLICATION, "place", "total"]]
    moved = after.merge(keys, on=APPLICATION).merge(
        old, on=APPLICATION, suffixes=("_after", "_before")
    )
    way = (moved["place_after"] - moved["place_before"]).abs()
    return moved.assign(_way=way).sort_values("_way", ascending=False, kind="stable")


def _silent(moments: Moments, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Centres that fell silent (indicator: None), then single series of the others.

    Nobody waits for a report of a centre that ended, nor of what is achieved.
    """
    days = moments.before.today, moments.after.today
    expected = after[after["centre_status"].ne("ended")]
    whole = [_last_reports(frame) for frame in (before, expected)]
    centres = fell_silent(*whole, CENTRE, "measured_on", days, SILENT)
    open_ = expected[
        expected["status"].ne("achieved") & ~expected["centre_id"].isin(centres["centre_id"])
    ]
    series = fell_silent(before, open_, SERIES, "measured_on", days, SILENT)
    names = ["centre_id", "centre_name", "country_name", "indicator_name", "measured_on"]
    return pd.concat(
        [frame.reindex(columns=names).astype(object) for frame in (centres, series)],
        ignore_index=True,
    )


def _last_reports(series: pd.DataFrame) -> pd.DataFrame:
    """One row per centre, with the day of its last report of all."""
    reported = series[series["measured_on"].notna()].sort_values("measured_on", kind="stable")
    return reported.drop_duplicates("centre_id", keep="last")[
        ["centre_id", "centre_name", "country_name", "measured_on"]
    ]


def _corrected(moments: Moments) -> pd.DataFrame:
    """What the later snapshot says otherwise, or no longer, of what was on record in the earlier.

    One row per value: kind (changed · gone), record, owner_kind, owner, owner_name, country_name,
    what, indicator_name, dated_on, part, column, before and after (None: the record went).
    """
    records = [_keyed(view.take("dated_records")) for view in (moments.before, moments.after)]
    changed = differences(*records, RECORD, ["number", "day"])
    # The mean of other reviews than before is no correction: reviews came in.
    news = changed["kind"].eq("new") | (changed["kind"].eq("gone") & changed["record"].eq("score"))
    changed = changed[~news]
    told = pd.concat(records[::-1], ignore_index=True).drop_duplicates(RECORD)
    names = [*RECORD, "owner_name", "country_name", "indicator_name", "dated_on"]
    return changed.merge(told[names], on=RECORD)


def _keyed(records: pd.DataFrame) -> pd.DataFrame:
    """The same with a key without gaps, so that rows can be found again by it."""
    return records.rename(columns={"kind": "record", "dated": "dated_on"}).assign(
        part=records["part"].fillna(""), dated=records["dated"].map(str)
    )


def _described(
    before: pd.DataFrame, after: pd.DataFrame, kind: str, key: str, name: str, columns: list[str]
) -> pd.DataFrame:
    """What bears no date and says something else now: a name, a country, a type; or is gone."""
    changed = differences(before, after, [key], columns)
    changed = changed[changed["kind"] != "new"]
    told = pd.concat([after, before], ignore_index=True).drop_duplicates(key)
    rows = changed.merge(told[[key, name, "country_name"]], on=key)
    return rows.rename(columns={key: "owner", name: "owner_name"}).assign(
        record=kind, owner_kind=kind, what=rows["column"]
    )


def _reports(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Series with more reports than before: how many came, the value before and now."""
    old = before[[*SERIES, "reports", "value"]].rename(
        columns={"reports": "reports_before", "value": "before"}
    )
    both = after.merge(old, on=SERIES, how="left")
    both["came"] = (both["reports"] - both["reports_before"].fillna(0)).astype(int)
    return both[both["came"] > 0].sort_values("measured_on", ascending=False, kind="stable")

"""Totals over series that never average the silent away.

A group says how many it rests on, and what those who reported nothing could change about it.
"""

from collections.abc import Sequence

import pandas as pd


def totals(judged: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How many series are on course in each group, and between what that lies.

    judged: what `analysis.status.judged` gives, and the columns of `by`. One row per group, in the
    groups' order; a group without a key is one of its own, and categories without any series are
    there with 0. Series without a target are not counted. Gives the columns of `by` and

    targets     series with a target
    reporting   of these, with a report
    on_course   of those reporting, on course or achieved
    unjudged    of those reporting, not calculable or not yet due: on course is not said of them
    least       on course of `targets`, if none of the silent were
    most        on course of `targets`, if all of the silent were
    So "7 of 11 reporting on course; of all 17, between 7 and 13".
    """
    targets = judged["final_target"].notna()
    reporting = targets & judged["value"].notna()
    status = judged["status"]
    counted = judged[list(by)].assign(
        targets=targets,
        reporting=reporting,
        on_course=reporting & status.isin(["on course", "achieved"]),
        unjudged=reporting & status.isin(["not calculable", "not yet due"]),
    )
    groups = counted.groupby(list(by), dropna=False, observed=False).sum().astype(int)
    silent = groups["targets"] - groups["reporting"]
    return groups.assign(least=groups["on_course"], most=groups["on_course"] + silent).reset_index()


def sums(series: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The latest values added up, for indicators that the data declares additive, and no others.

    series: one row per centre and indicator, with value (missing: no report), additive and the
    columns of `by`. Different indicators are never added to each other. One row per group and
    indicator, in their order: the columns of `by`, indicator, value (in the unit reported; missing
    where nobody reported), reports (how many series it rests on) and series (how many there are).
    """
    additive = series[series["additive"].eq(True)]
    keys = list(dict.fromkeys([*by, "indicator"]))
    values = additive.groupby(keys, dropna=False, observed=True)["value"]
    return pd.DataFrame(
        {"value": values.sum(min_count=1), "reports": values.count(), "series": values.size()}
    ).reset_index()

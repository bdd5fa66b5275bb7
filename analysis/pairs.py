"""What two applications' reviews say of each other, criterion by criterion: counts, no opinion.

`reviews` has one row per application, reviewer of it and criterion: application_id, reviewer,
criterion, weight (0 or more) and on_scale (the score on the cohort's scale, NaN where none).
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Pair:
    """One application beside another.

    `criteria` that count (weight above 0) and have a score for both; on how many of them the mean
    of the one is `higher` and `lower`; on how many the range of scores, lowest to highest, of the
    one meets that of the other (`overlap`). `shared`: reviewers who read both.
    """

    criteria: int
    higher: int
    lower: int
    overlap: int
    shared: int


def pair(reviews: pd.DataFrame, one: str, other: str) -> Pair:
    """The application `one` beside `other`. Scores count as equal to ten decimals, as totals do."""
    scored = reviews[reviews["on_scale"].notna() & (reviews["weight"] > 0)]
    sides = [scored[scored["application_id"] == name] for name in (one, other)]
    told = [side.groupby("criterion")["on_scale"].agg(["mean", "min", "max"]) for side in sides]
    both = told[0].merge(told[1], on="criterion", suffixes=("_one", "_other"))
    gap = (both["mean_one"] - both["mean_other"]).round(10)
    meet = (both["min_one"] <= both["max_other"]) & (both["min_other"] <= both["max_one"])
    readers = [
        set(reviews.loc[reviews["application_id"] == name, "reviewer"]) for name in (one, other)
    ]
    return Pair(
        criteria=len(both),
        higher=int((gap > 0).sum()),
        lower=int((gap < 0).sum()),
        overlap=int(meet.sum()),
        shared=len(readers[0] & readers[1]),
    )


def own_totals(reviews: pd.DataFrame) -> pd.DataFrame:
    """The total each reviewer alone would give: application_id, reviewer, on_scale, complete.

    The weighted mean of the reviewer's scores on the cohort's scale. A review that lacks the score
    of a criterion that counts has none (NaN), and is not complete.
    """
    counts = reviews[reviews["weight"] > 0]
    parts = counts.assign(weighted=counts["weight"] * counts["on_scale"])
    grouped = parts.groupby(["application_id", "reviewer"], sort=False)
    # A sum that leaves out what is missing would pass for a total.
    weighted = grouped["weighted"].agg(lambda values: values.sum(skipna=False))
    totals = (weighted / grouped["weight"].sum()).round(10).rename("on_scale").reset_index()
    return totals.assign(complete=totals["on_scale"].notna())

"""What the page on scores says in words. Each function fills whole messages, for translators."""

import pandas as pd

from queries.view import View
from queries.words import Words

FEWEST = 3  # applications; of fewer no mean and no median is told


def height(_: Words, row: pd.Series) -> str:
    """How many have a total, and how high."""
    n, every = row["scored"], row["applications"]
    if n < FEWEST:
        return _.plural(
            "**{n}** application of {every} has a total, too few for a median.",
            "**{n}** applications of {every} have a total, too few for a median.",
            n,
            every=every,
        )
    if row["lowest"] == row["highest"]:
        return _.plural(
            "**{n}** application of {every} has a total; all totals are **{total}**.",
            "**{n}** applications of {every} have a total; all totals are **{total}**.",
            n,
            every=every,
            total=_.number(row["lowest"], 2),
        )
    return _.plural(
        "**{n}** application of {every} has a total. The median is **{median}** on a scale from "
        "{low} to {high}; the middle half lies between {lower} and {upper}.",
        "**{n}** applications of {every} have a total. The median is **{median}** on a scale from "
        "{low} to {high}; the middle half lies between {lower} and {upper}.",
        n,
        every=every,
        median=_.number(row["median"], 2),
        low=row["total_min"],
        high=row["total_max"],
        lower=_.number(row["lower_quartile"], 2),
        upper=_.number(row["upper_quartile"], 2),
    )


def alt(_: Words, row: pd.Series, *, decided: bool) -> str:
    """The sentence the figure of all totals makes."""
    scale = {"low": row["total_min"], "high": row["total_max"]}
    if not decided:
        return _.plural(
            "{n} total on a scale from {low} to {high}.",
            "{n} totals on a scale from {low} to {high}.",
            row["scored"],
            **scale,
        )
    return _.plural(
        "{n} total on a scale from {low} to {high}, {selected} of them selected.",
        "{n} totals on a scale from {low} to {high}, {selected} of them selected.",
        row["scored"],
        selected=row["selected"],
        **scale,
    )


def line(_: Words, row: pd.Series) -> list[str]:
    """Where the line lies, whether a tie runs across it, and how many are near."""
    if pd.isna(row["places"]):
        return [_("The cohort has no number of places, so there is no line.")]
    places = int(row["places"])
    if pd.isna(row["line"]):
        return [
            _.plural(
                "There is {n} place and no application with a total beyond it, so there is no "
                "line.",
                "There are {n} places and no application with a total beyond them, so there is no "
                "line.",
                places,
            )
        ]
    if row["tied"]:
        said = _.plural(
            "A tie runs across the line after place {places}: **{n}** application of the cohort "
            "has the total **{total}**.",
            "A tie runs across the line after place {places}: **{n}** applications of the cohort "
            "share the total **{total}**.",
            row["tied"],
            places=places,
            total=_.number(row["line"], 2),
        )
    else:
        above, below = _told_apart(_, row["last_in"], row["first_out"])
        said = _(
            "The line, after place {places}, lies between the totals **{above}** and **{below}**.",
            places=places,
            above=above,
            below=below,
        )
    near = _.plural(
        "**{n}** application here lies within {distance} of it.",
        "**{n}** applications here lie within {distance} of it.",
        row["near"],
        distance=_.number(row["near_by"], 2),
    )
    return [said, near]


def notes(view: View, row: pd.Series) -> list[str]:
    """What to know before believing the answer."""
    _ = view.words
    said = []
    if without := row["applications"] - row["scored"]:
        said.append(
            _.plural(
                "{n} has no total: nobody scored it on a criterion that counts.",
                "{n} have no total: nobody scored them on a criterion that counts.",
                without,
            )
        )
    if row["incomplete"]:
        said.append(
            _.plural(
                "{n} total rests on reviews that lack a score.",
                "{n} totals rest on reviews that lack a score.",
                row["incomplete"],
            )
        )
    if row["withdrawn"]:
        said.append(
            _.plural(
                "{n} with a total was withdrawn and holds no place.",
                "{n} with a total were withdrawn and hold no place.",
                row["withdrawn"],
            )
        )
    if pd.notna(row["line"]) and pd.isna(row["decided_on"]):
        said.append(
            _("No decision is on record; the line is where it would fall by the totals so far.")
        )
    if pd.notna(row["line"]) and view.filters.set():
        said.append(_("The line is the whole cohort's, whatever the filters."))
    return said


def compared(_: Words, row: pd.Series) -> str:
    """Those selected beside the others: how many, and their means."""
    if not row["selected"]:
        return _("No selected application with a total is among these.")
    if pd.isna(row["selected_mean"]) or pd.isna(row["others_mean"]):
        return _(
            "Too few have a total for two means: **{selected}** of those selected, **{others}** of "
            "the others.",
            selected=row["selected"],
            others=row["others"],
        )
    return _(
        "The mean total is **{mean}** among those selected (**{selected}**) and **{others_mean}** "
        "among the others (**{others}**).",
        selected=row["selected"],
        mean=_.number(row["selected_mean"], 2),
        others=row["others"],
        others_mean=_.number(row["others_mean"], 2),
    )


def row_label(_: Words, label: str, n: int, mean: float) -> str:
    """A part with its count, and its mean where there is one."""
    if pd.isna(mean):
        return _("{part} · n = {n}", part=label, n=n)
    return _("{part} · n = {n} · mean {mean}", part=label, n=n, mean=_.number(mean, 2))


def _told_apart(_: Words, one: float, other: float) -> tuple[str, str]:
    """Two different numbers with as many decimals as it takes to see that they differ."""
    digits = next(n for n in range(2, 11) if round(one, n) != round(other, n) or n == 10)
    return _.number(one, digits), _.number(other, digits)


def exact(_: Words, value: float) -> str:
    """A number of an axis, with the decimals it has."""
    return _.number(value, next(n for n in range(11) if round(value, n) == round(value, 10)))

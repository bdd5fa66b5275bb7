"""What the page on reviewers says in words, for a minister; the numbers stand with it."""

from typing import Any

import pandas as pd

from analysis.ranking import DRAWS, SAFE, SEED
from pages.parts.reasons import PANELS, REASONS, RELIABLE
from pages.parts.tables import NOTHING
from queries.words import Words

MOST_NAMED = 10  # applications in a sentence; the table lists all of them


def interval(_: Words, low: float, high: float) -> str:
    """The ends of an interval, with two decimals."""
    return _("{low} to {high}", low=_.number(low, 2), high=_.number(high, 2))


def coefficient(_: Words, row: dict[str, Any], name: str) -> str:
    """A coefficient with its interval; a dash where there is none."""
    if pd.isna(row[name]):
        return NOTHING
    ends = interval(_, row[f"{name}_low"], row[f"{name}_high"])
    return _("{value} ({interval})", value=_.number(row[name], 2), interval=ends)


def untold(_: Words, reason: str) -> str:
    """Why something is not assessable."""
    return _("Not assessable: {reason}.", reason=_(REASONS[reason]))


def agreement(_: Words, total: pd.Series) -> list[str]:
    """How much of the means' differences is the applications', and how many reviewers it takes."""
    if pd.isna(total["icc_ak"]):
        why = _(REASONS[total["reason"]])
        return [_("How well the panel agrees is not assessable: {reason}.", reason=why)]
    told = {
        "share": _.number(total["icc_ak"], 2),
        "interval": interval(_, total["icc_ak_low"], total["icc_ak_high"]),
        "k": _.number(total["reviews_each"], 1),
        "one": _.number(total["icc_a1"], 2),
        "one_interval": interval(_, total["icc_a1_low"], total["icc_a1_high"]),
    }
    if total["icc_ak"] <= 0:
        said = _(
            "Reviews of one application differ as much as those of different applications: nothing "
            "of the differences between the mean scores can be told to come from the applications "
            "(**{share}**, 95% interval {interval}; {k} complete reviews an application).",
            **told,
        )
    else:
        said = _(
            "Of the differences between the applications' mean scores, a share of **{share}** "
            "comes from the applications, the rest from who read them and from chance (95% "
            "interval {interval}). A typical application has {k} complete reviews; with a single "
            "one the share would be **{one}** ({one_interval}).",
            **told,
        )
    return [said, needed(_, total)]


def needed(_: Words, total: pd.Series) -> str:
    """How many reviewers of each application make its mean reliable."""
    share = _.number(RELIABLE, 2)
    if pd.isna(total["reviewers_needed"]):
        return _("No number of reviewers up to 1,000 would bring it to {share}.", share=share)
    return _.plural(
        "For a share of {share} each application needs **{n}** reviewer.",
        "For a share of {share} each application needs **{n}** reviewers.",
        int(total["reviewers_needed"]),
        share=share,
    )


def sides(_: Words, reviewers: pd.DataFrame) -> str | None:
    """How many scored lower and higher than others; None where nobody is assessable."""
    told = reviewers[reviewers["severity"].notna()]
    if told.empty:
        return None
    return _.plural(
        "Of **{n}** reviewer, **{lower}** scored lower and **{higher}** higher than others on the "
        "same applications, with a 95% interval that leaves out 0.",
        "Of **{n}** reviewers, **{lower}** scored lower and **{higher}** higher than others on the "
        "same applications, with a 95% interval that leaves out 0.",
        len(told),
        lower=int((told["severity_high"] < 0).sum()),
        higher=int((told["severity_low"] > 0).sum()),
    )


def sets(_: Words, number: int) -> str | None:
    """That the panel falls into sets; None where it is one."""
    if number < 2:
        return None
    return _.plural(
        "The panel falls into **{n}** set of reviewers that no application connects. Reviewers are "
        "compared within their set alone.",
        "The panel falls into **{n}** sets of reviewers that no application connects. Reviewers "
        "are compared within their set alone.",
        number,
    )


def narrow(_: Words, regions: dict[str, list[str]]) -> list[str]:
    """For each region code, those who read nothing else: what cannot be told apart then."""
    return [
        _.plural(
            "{names} read applications from {region} only: whether this reviewer scored lower or "
            "higher than others, or the region's applications are weaker or stronger, cannot be "
            "told apart.",
            "{names} read applications from {region} only: whether these reviewers scored lower or "
            "higher than others, or the region's applications are weaker or stronger, cannot be "
            "told apart.",
            len(names),
            names=_.listed(names),
            region=_.label(code),
        )
        for code, names in regions.items()
    ]


def moved(_: Words, told: pd.DataFrame, *, line: bool) -> str:
    """How many places would change with the reviewers' differences taken out, and across a line."""
    said = [
        _.plural(
            "With the reviewers' differences taken out, **{changed}** of {n} place would change.",
            "With the reviewers' differences taken out, **{changed}** of {n} places would change.",
            len(told),
            changed=int((told["change"] != 0).sum()),
        )
    ]
    if line:
        said.append(
            _.plural(
                "**{n}** application would come to the other side of the line.",
                "**{n}** applications would come to the other side of the line.",
                int(told["across"].sum()),
            )
        )
    return " ".join(said)


def first(_: Words, names: list[str]) -> str:
    """Which applications to discuss first, linked to their records by the caller."""
    if not names:
        return _(
            "No application is near the line while its reviews disagree more than those of 95% of "
            "the simulated panels."
        )
    return _.plural(
        "**{n}** application is near the line while its reviews disagree more than those of 95% "
        "of the simulated panels: {names}.",
        "**{n}** applications are near the line while their reviews disagree more than those of "
        "95% of the simulated panels: {names}.",
        len(names),
        names=_.listed(_.some(names, MOST_NAMED)),
    )


def drawn(_: Words, *, panels: bool = False) -> str:
    """Where the probabilities come from: draws, seed and the error of chance."""
    said = _(
        "Probabilities come from {draws} draws of the model (seed {seed}); their Monte Carlo "
        "error is at most {error}.",
        draws=DRAWS,
        seed=str(SEED),
        error=_.number(0.5 / DRAWS**0.5, 3),
    )
    if not panels:
        return said
    return f"{said} " + _(
        "The chance of a disagreement comes from {panels} panels simulated from the model (seed "
        "{seed}); its Monte Carlo error at {chance} is {error}.",
        panels=PANELS,
        seed=str(SEED),
        chance=_.number(1 - SAFE, 2),
        error=_.number((SAFE * (1 - SAFE) / PANELS) ** 0.5, 3),
    )


def untold_rest(_: Words, places: pd.DataFrame) -> list[str]:
    """How many applications have no adjusted place, reason by reason."""
    return [
        _.plural(
            "{n} application has no adjusted place: {reason}.",
            "{n} applications have no adjusted place: {reason}.",
            int(count),
            reason=_(REASONS[reason]),
        )
        for reason, count in places.loc[places["adjusted_place"].isna(), "reason"]
        .value_counts(sort=False)
        .items()
    ]

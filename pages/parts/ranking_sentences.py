"""What the page on the ranking says in words. Each function fills whole messages."""

from typing import Any

import pandas as pd

from analysis.ranking import DRAWS, SAFE, SEED
from analysis.standings import MOST, STANDINGS, UNREAD
from pages.parts.ranking_settings import Settings
from pages.parts.reasons import REASONS
from queries.words import Words


def place(row: Any) -> str:
    """A place; one that is shared has the sign that says so."""
    return f"={row.place}" if row.tied else str(row.place)


def answer(_: Words, frame: pd.DataFrame, places: int | None) -> list[str]:
    """How many are safely above the line, near it and safely below: of the whole cohort."""
    n = len(frame)
    if places is None:
        return [
            _.plural(
                "**{n}** application holds a place. The cohort has no number of places, so there "
                "is no line to be above or near.",
                "**{n}** applications hold a place. The cohort has no number of places, so there "
                "is no line to be above or near.",
                n,
            )
        ]
    if places >= n:
        return [
            _.plural(
                "The number of places is {places}, and **{n}** application has a total: it lies "
                "above the line, and none is near it.",
                "The number of places is {places}, and **{n}** applications have a total: all of "
                "them lie above the line, and none is near it.",
                n,
                places=places,
            )
        ]
    count = {name: int((frame["standing"] == name).sum()) for name in STANDINGS}
    if frame["standing"].isna().all():
        return []
    near = frame[frame["standing"] == STANDINGS[1]]
    tied = near["total"] == tie(frame, places)
    inside = int((~tied & (near["place"] <= places)).sum())
    percent = _.percent(SAFE)
    said = [
        _.plural(
            "**{n}** of the {places} places is safe: this application is above the line in at "
            "least {percent} of the draws.",
            "**{n}** of the {places} places are safe: these applications are above the line in at "
            "least {percent} of the draws.",
            count[STANDINGS[0]],
            places=places,
            percent=percent,
        )
    ]
    if near.empty:
        said.append(_("None is near the line."))
    elif tied.any():
        said.append(
            _.plural(
                "**{n}** application is near the line: {inside} above it by the totals, {tied} "
                "tied on it and {outside} below it.",
                "**{n}** applications are near the line: {inside} above it by the totals, {tied} "
                "tied on it and {outside} below it.",
                len(near),
                inside=inside,
                tied=int(tied.sum()),
                outside=len(near) - inside - int(tied.sum()),
            )
        )
    else:
        said.append(
            _.plural(
                "**{n}** application is near the line: {inside} above it by the totals and "
                "{outside} below it.",
                "**{n}** applications are near the line: {inside} above it by the totals and "
                "{outside} below it.",
                len(near),
                inside=inside,
                outside=len(near) - inside,
            )
        )
    said.append(
        _.plural(
            "**{n}** is safely below: above the line in at most {percent} of the draws.",
            "**{n}** are safely below: above the line in at most {percent} of the draws.",
            count[STANDINGS[2]],
            percent=_.percent(1 - SAFE),
        )
    )
    return said


def tie(frame: pd.DataFrame, places: int | None) -> float | None:
    """The total that a tie across the line shares; None where no tie runs across it."""
    if places is None or not 0 < places < len(frame):
        return None
    last, next_ = frame["total"].iloc[places - 1], frame["total"].iloc[places]
    return float(last) if last == next_ else None


def share(_: Words, value: float, digits: int = 0) -> str:
    """A probability in percent; never 0 % or 100 % of what is neither."""
    least = 10.0 ** -(digits + 2)
    if 0 < value < least / 2:
        return _("< {share}", share=_.percent(least, digits))
    if 1 - least / 2 < value < 1:
        return _("> {share}", share=_.percent(1 - least, digits))
    return _.percent(value, 0 if value in (0, 1) else digits)


def source(_: Words, now: Settings) -> str:
    """What is uncertain in the draws, how many there are, and how exact that is."""
    drawn = {
        "panel": _("What is drawn: each application's level, as its panel leaves it uncertain."),
        "weights": _("What is drawn: the weights; the scores stay as they are."),
        "both": _(
            "What is drawn: the weights, and each application's level as its panel leaves it "
            "uncertain."
        ),
    }[now.noise]
    exact = _(
        "{draws} draws, seed {seed}; a probability is exact to ±{error} percentage points at most "
        "(its Monte Carlo standard error).",
        draws=DRAWS,
        seed=str(SEED),
        error=_.number(100 * (0.25 / DRAWS) ** 0.5, 1),
    )
    return f"{drawn} {exact}"


def too_many(_: Words) -> str:
    """Why a large cohort has places alone."""
    return _(
        "More than {most} applications: their places are shown, and no probabilities are computed.",
        most=MOST,
    )


def untold(_: Words, frame: pd.DataFrame) -> str:
    """Why there are places and no probabilities; empty where there are."""
    reasons = frame["reason"]
    if frame.empty or reasons.isna().any():
        return ""
    return _(
        "The panel's noise is not assessable: {reason}. The places are shown without "
        "probabilities.",
        reason=_(REASONS[reasons.iloc[0]]),
    )


def notes(
    _: Words, frame: pd.DataFrame, places: int | None, without: int, *, decided: bool
) -> list[str]:
    """What to know before believing the answer; `without` applications hold no place."""
    said = []
    if without:
        said.append(
            _.plural(
                "{n} application holds no place: it has no total or was withdrawn.",
                "{n} applications hold no place: they have no total or were withdrawn.",
                without,
            )
        )
    if places is not None and not decided:
        said.append(
            _("No decision is on record; the line is where it would fall by the totals so far.")
        )
    if tied := int(frame["tied"].sum()):
        said.append(
            _.plural(
                "{n} application shares its place (=): equal totals share the better place.",
                "{n} applications share a place (=): equal totals share the better place.",
                tied,
            )
        )
    if tie(frame, places) is not None:
        said.append(
            _(
                "A tie runs across the line: each of the tied counts with the share of the places "
                "that are left for them."
            )
        )
    unread = frame["reason"].eq(UNREAD) & ~frame["reason"].notna().all()
    if unread := int(unread.sum()):
        said.append(
            _.plural(
                "{n} application has no review that scored every criterion that counts, so how "
                "firm its place is cannot be told.",
                "{n} applications have no review that scored every criterion that counts, so how "
                "firm their places are cannot be told.",
                unread,
            )
        )
    if open_ := int((~frame["complete"]).sum()):
        said.append(
            _.plural(
                "{n} total is provisional: a review of it lacks a score. Nothing is filled in.",
                "{n} totals are provisional: a review of theirs lacks a score. Nothing is filled "
                "in.",
                open_,
            )
        )
    return said

"""What stands behind one application's place, in words. Each function fills whole messages."""

from typing import Any

import pandas as pd

from analysis.ranking import DRAWS
from pages.parts.ranking_numbers import Why
from pages.parts.ranking_sentences import place as written
from pages.parts.ranking_sentences import share
from pages.parts.ranking_settings import Settings
from pages.parts.reasons import REASONS
from pages.parts.text import plain
from queries.words import Words


def place(_: Words, row: Any, every: int, places: int | None) -> list[str]:
    """Its place and total, and how firm that is."""
    said = [
        _(
            "Its total is **{total}**, place **{place}** of {every}.",
            total=_.number(row.total, 2),
            place=written(row),
            every=every,
        )
    ]
    if not row.complete:
        said.append(_("The total is provisional: a review of it lacks a score."))
    if row.reason:
        reason = _(REASONS[row.reason])
        said.append(_("How firm that is, is not assessable: {reason}.", reason=reason))
    if row.expected_rank != row.expected_rank:
        return said
    said.append(
        _(
            "The middle {percent} of the draws put it on place {low} to {high}; its expected "
            "place is {expected}.",
            percent=_.percent(0.9),
            low=int(row.rank_low),
            high=int(row.rank_high),
            expected=_.number(row.expected_rank, 1),
        )
    )
    if places is not None:
        said.append(
            _(
                "It is above the line, after place {places}, in **{share}** of the draws "
                "(± {error} percentage points): **{standing}**.",
                places=places,
                share=share(_, row.above, 1),
                error=_.number(100 * row.above_error, 1),
                standing=_.label(row.standing),
            )
        )
    return said


def carried(_: Words, found: Why, row: Any, places: int | None) -> str:
    """The review on which most depends."""
    most = found.carrying
    if most is None:
        return _("It has no review that can be left out and leave a total.")
    values = {
        "reviewer": plain(most["reviewer"]),
        "total": _.number(most["total"], 2),
        "was": _.number(row.total, 2),
        "place": int(most["place"]),
        "now": row.place,
    }
    if places is not None and most["above"] != found.side:
        if most["above"] == 0:
            return _(
                "The review of **{reviewer}** carries it: without it the total is {total} instead "
                "of {was} and the place {place} instead of {now}, **below the line**.",
                **values,
            )
        if most["above"] == 1:
            return _(
                "Its side depends on the review of **{reviewer}**: without it the total is {total} "
                "instead of {was} and the place {place} instead of {now}, **above the line**.",
                **values,
            )
        return _(
            "Most depends on the review of **{reviewer}**: without it the total is {total} "
            "instead of {was} and the place {place} instead of {now}, **tied on the line**.",
            **values,
        )
    if most["place"] == row.place:
        return _("Whichever review is left out, its place stays the same.")
    return _(
        "No single review decides on which side of the line it stands. The review of "
        "**{reviewer}** moves it most: without it the total is {total} instead of {was} and the "
        "place {place} instead of {now}.",
        **values,
    )


def review(_: Words, row: Any) -> str:
    """What hovering over a review says."""
    said = [str(row.reviewer)]
    if row.own == row.own:
        said.append(_("gave {total}", total=_.number(row.own, 2)))
    if row.total == row.total:
        said.append(
            _(
                "without it: total {total}, place {place}",
                total=_.number(row.total, 2),
                place=int(row.place),
            )
        )
    return "\n".join(said)


def favoured(_: Words, found: Why, frame: pd.DataFrame, now: Settings) -> str:
    """Which weights put it above the line, out of those that were drawn."""
    if found.favoured is None:
        return _(
            "No other weights were drawn: there is no line, one criterion alone counts, or there "
            "are too many applications."
        )
    drawn = (
        _(
            "{draws} draws of weights typically ± {n} points from those in force",
            draws=DRAWS,
            n=int(now.points),
        )
        if now.uncertain_weights and now.points
        else _("{draws} draws of any weights", draws=DRAWS)
    )
    if found.favoured == 0:
        return _("None of {draws} puts it above the line.", draws=drawn)
    said = _(
        "Of {draws}, the scores as they are, **{share}** put it above the line.",
        draws=drawn,
        share=share(_, found.favoured, 1),
    )
    apart = frame["central"] - frame["weight"]
    if found.favoured > 0.999 or apart.abs().max() < 0.01:
        return said
    up, down = frame.loc[apart.idxmax()], frame.loc[apart.idxmin()]
    return f"{said} " + _(
        "On the average these give more weight to **{more}** ({more_drawn} instead of {more_now}) "
        "and less to **{less}** ({less_drawn} instead of {less_now}).",
        more=plain(up["name"]),
        more_drawn=_.percent(up["central"]),
        more_now=_.percent(up["weight"]),
        less=plain(down["name"]),
        less_drawn=_.percent(down["central"]),
        less_now=_.percent(down["weight"]),
    )


def geometric(_: Words, row: Any) -> str:
    """Its place by the geometric mean beside the one by the arithmetic."""
    if row.geometric_place == row.place:
        return _(
            "By the weighted geometric mean, in which a weak criterion is made up for less, its "
            "place is the same: **{place}**.",
            place=row.place,
        )
    return _(
        "By the weighted geometric mean, in which a weak criterion is made up for less, its place "
        "is **{other}** instead of **{place}**.",
        other=row.geometric_place,
        place=row.place,
    )


def again(_: Words, found: pd.Series, reviews: int) -> str:
    """What drawing its own reviews again gives, and why not to believe it."""
    return _.plural(
        "A check that fools: drawing its own {n} review again, the others as they are, puts it "
        "above the line in {share} of {draws} draws.",
        "A check that fools: drawing its own {n} reviews again, the others as they are, puts it "
        "above the line in {share} of {draws} draws. Reviews that agree by chance look certain "
        "here, because nothing but themselves is drawn; the panel's noise pools what all reviews "
        "tell.",
        reviews,
        share=share(_, found["above"], 1),
        draws=DRAWS,
    )

"""What the page on applications side by side says in words: counts and places, no judgement."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.pairs import pair as pair_of
from charts.distributions import Line
from pages.parts.reasons import REASONS
from pages.parts.score_sentences import exact
from pages.parts.tables import NOTHING
from pages.parts.text import plain
from queries.words import Words


def pair(_: Words, reviews: pd.DataFrame, one: dict[str, Any], other: dict[str, Any]) -> str:
    """Two applications, the higher place first: places between, criteria, marks that overlap."""
    names = {"first": plain(one["application_id"]), "second": plain(other["application_id"])}
    beside = pair_of(reviews, one["application_id"], other["application_id"])
    return " ".join([_places(_, one, other, names), _criteria(_, beside, names)])


def _places(_: Words, one: dict[str, Any], other: dict[str, Any], names: dict[str, str]) -> str:
    if pd.isna(one["place"]):
        return _("Neither **{first}** nor **{second}** holds a place.", **names)
    if pd.isna(other["place"]):
        return _("**{first}** holds place **{n}**, **{second}** none.", n=one["place"], **names)
    apart = int(other["place"] - one["place"])
    if not apart:
        return _("**{first}** and **{second}** share place **{n}**.", n=one["place"], **names)
    return _.plural(
        "**{first}** stands **{n}** place above **{second}**.",
        "**{first}** stands **{n}** places above **{second}**.",
        apart,
        **names,
    )


def _criteria(_: Words, beside: Any, names: dict[str, str]) -> str:
    if not beside.criteria:
        return _("No criterion that counts was scored for both.")
    said = _.plural(
        "**{first}** is higher on **{higher}** and **{second}** on **{lower}** of the {n} "
        "criterion scored for both; their reviewers' marks overlap on **{overlap}**.",
        "**{first}** is higher on **{higher}** and **{second}** on **{lower}** of the {n} "
        "criteria scored for both; their reviewers' marks overlap on **{overlap}**.",
        beside.criteria,
        higher=beside.higher,
        lower=beside.lower,
        overlap=beside.overlap,
        **names,
    )
    if beside.shared:
        said += " " + _.plural("{n} reviewer read both.", "{n} reviewers read both.", beside.shared)
    else:
        said += " " + _("No reviewer read both.")
    return said


def notes(_: Words, rows: list[dict[str, Any]]) -> list[str]:
    """What to know of some of them: withdrawn, without a review or a total, scores missing."""

    def those(of: Callable[[dict[str, Any]], bool]) -> tuple[int, str]:
        names = [plain(row["application_id"]) for row in rows if of(row)]
        return len(names), _.listed(names)

    withdrawn, named = those(lambda row: row["stage"] == "withdrawn")
    said = []
    if withdrawn:
        said.append(
            _.plural(
                "{names} was withdrawn and holds no place.",
                "{names} were withdrawn and hold no place.",
                withdrawn,
                names=named,
            )
        )
    unread, named = those(lambda row: not row["reviews"])
    if unread:
        said.append(
            _.plural("{names} has no review.", "{names} have no review.", unread, names=named)
        )
    without, named = those(lambda row: row["reviews"] and pd.isna(row["total"]))
    if without:
        said.append(
            _.plural(
                "{names} has no total: a criterion that counts was scored by nobody.",
                "{names} have no total: a criterion that counts was scored by nobody.",
                without,
                names=named,
            )
        )
    lacking, named = those(
        lambda row: row["reviews"] and not row["complete"] and pd.notna(row["total"])
    )
    if lacking:
        said.append(
            _.plural(
                "{names} lacks some scores, so its total and place are provisional.",
                "{names} lack some scores, so their totals and places are provisional.",
                lacking,
                names=named,
            )
        )
    return said


def place(_: Words, row: dict[str, Any], line: pd.Series) -> str:
    """The place, whether it is shared, and the side of the line."""
    if pd.isna(row["place"]):
        return _("none: withdrawn") if row["stage"] == "withdrawn" else _("none: no total")
    said = [_.number(row["place"]) + (" " + _("(shared)") if row["tied"] else "")]
    if pd.notna(line["first_out"]):
        if line["last_in"] == line["first_out"] == row["total"]:
            said.append(_("on the line: a tie runs across it"))
        elif row["total"] >= line["last_in"]:
            said.append(_("above the line"))
        else:
            said.append(_("below the line"))
    return ", ".join(said)


def above(_: Words, row: dict[str, Any], line: pd.Series) -> str:
    """In how many of the draws it is above the line, or why nobody can tell."""
    if pd.isna(line["first_out"]) or pd.isna(row["place"]):
        return NOTHING
    share = row["above"]
    if pd.isna(share):
        return _("not assessable: {reason}", reason=_(REASONS[row["reason"]]))
    if share in (0, 1):
        return _("in all draws") if share else _("in none of the draws")
    # A share of what is neither none nor all is not written as one of them.
    percent = _.percent(min(max(share, 0.01), 0.99))
    if share < 0.01:
        return _("in less than {percent} of the draws", percent=percent)
    if share > 0.99:
        return _("in more than {percent} of the draws", percent=percent)
    return _(
        "in {percent} of the draws (Monte Carlo error ±{error} percentage points)",
        percent=percent,
        error=_.number(100 * row["above_error"], 1),
    )


def reviews(_: Words, row: dict[str, Any]) -> str:
    """How many reviews, and whether scores are missing in them."""
    count = _.number(row["reviews"])
    if row["complete"] or not row["reviews"]:
        return count
    return _("{n}, some scores are missing", n=count)


def line(_: Words, cohort: pd.Series) -> Line | None:
    """The cohort's line, in the middle between the totals on either side; None without one."""
    if pd.isna(cohort["first_out"]):
        return None
    places = int(cohort["places"])
    label = _.plural("line: {n} place", "line: {n} places", places)
    return Line((cohort["last_in"] + cohort["first_out"]) / 2, label)


def dot(_: Words, row: dict[str, Any]) -> str:
    """What hovering over one reviewer's mark says."""
    told = {"application": row["application_id"], "reviewer": row["reviewer"]}
    who = _("{application}, reviewer {reviewer}", **told)
    value = _.number(row["on_scale"])
    if row["band"] == "total":
        return "\n".join([who, _("Total of this review: {value}", value=value)])
    given = f"{row['name']}: {value}"
    if row["score"] == row["on_scale"]:
        return "\n".join([who, given])
    own = _(
        "{score} on its own scale from {low} to {high}",
        score=row["score"],
        low=exact(_, row["scale_min"]),
        high=exact(_, row["scale_max"]),
    )
    return "\n".join([who, given, own])


def alt(_: Words, names: list[str], reviews: pd.DataFrame) -> str:
    """The sentence the figure makes."""
    return _(
        "Scores of {names} on one scale; criteria: {criteria}, reviewers: {reviewers}.",
        names=_.listed(names),
        criteria=reviews["criterion"].nunique(),
        reviewers=reviews["reviewer"].nunique(),
    )


def reading(_: Words, shared: int, reviews: pd.DataFrame, totals: pd.DataFrame) -> list[str]:
    """How to read the figure: shapes, the total of a review, scales, what is missing."""
    said = [
        _.plural(
            "{n} reviewer read more than one of these and has one shape in all rows.",
            "{n} reviewers read more than one of these; each has one shape in all rows.",
            shared,
        )
        if shared
        else _("No reviewer read more than one of these."),
        _("In the first band a mark is the total that one review alone would give."),
        _("Marks overlap where the lowest and highest of the one reach those of the other."),
    ]
    own = reviews[["scale_min", "scale_max"]].drop_duplicates()
    if len(own) > 1:
        said.append(_("The criteria have scales of their own; all are told on the cohort's."))
    if lacking := int((~totals["complete"]).sum()):
        said.append(
            _.plural(
                "{n} review lacks a score and has no total of its own.",
                "{n} reviews lack a score and have no total of their own.",
                lacking,
            )
        )
    return said

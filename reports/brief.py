"""The brief on one country, for a bilateral meeting in ten minutes.

One value that the page shows and the paper prints, so that both say the same. Its text is plain
text, in the reader's language; whoever shows it sees to it that it stays so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from charts.statuses import LOOKS
from queries.view import View
from reports.course import course
from reports.open_points import open_points
from reports.stamp import SAMPLE, is_sample, stamp
from reports.statuses import notes

# What a page holds; what is more is counted, and one link away on the screen.
MOST_APPLICATIONS, MOST_CENTRES, MOST_RESULTS, MOST_POINTS = 8, 2, 12, 10


@dataclass(frozen=True)
class Cell:
    """A piece of text: with a sign in front, or leading to a page of the dashboard.

    `tone` is the class of the sign's colour; `detail` are the parameters of the page's address.
    """

    text: str
    sign: str = ""
    tone: str = ""
    page: str = ""
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the brief: its sentences, a table of equally long rows, a list of points."""

    title: str
    said: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    points: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Brief:
    """What is on record about one country, for every cohort, on the day that is shown.

    `notice` says that this is a sample, where it is; `stamp` are (label, text) pairs.
    """

    lang: str
    country: str
    name: str
    day: str
    said: tuple[str, ...]
    parts: tuple[Part, ...]
    notice: str
    stamp: tuple[tuple[str, str], ...]


class UnknownCountry(ValueError):
    """The country is not in the list; the message is a sentence for people."""


def brief(view: View, country: str) -> Brief:
    """The brief on a country (ISO alpha-3), as far as the reader of `view` may see it.

    Of every cohort, whatever the other filters are. Raises UnknownCountry when it is not in the
    list of ITU Member States and Resolution 99.
    """
    _ = view.words
    view = view.through(replace(view.filters.only(), cohort=None, country=(country,)))
    listed = view.ask("countries_with_records")
    found = listed[listed["country"] == country]
    if found.empty:
        raise UnknownCountry(
            _(
                "“{code}” is not in the list of ITU Member States and Resolution 99; ask the "
                "secretariat.",
                code=country[:80],
            )
        )
    applications = view.ask("country_applications")
    centres = view.ask("country_centres")
    judged = course(view)
    return Brief(
        lang=_.lang,
        country=country,
        name=found.iloc[0]["name"],
        day=_("As on {day}", day=view.today),
        said=tuple(_told(view, found.iloc[0], applications)),
        parts=(
            *_centres(view, centres),
            _open(view, list(open_points(view, applications, centres, judged))),
            *_results(view, centres, judged),
            _organizations(view, applications),
            _neighbours(view, listed, found.iloc[0]),
            *_initiatives(view, country),
        ),
        notice=_(SAMPLE) if is_sample(view) else "",
        stamp=tuple(stamp(view)),
    )


def amount(view: View, value: Any, kind: str, unit: Any = None) -> str:
    """A value as people read it, with no more decimals than it has."""
    _ = view.words
    if kind == "yes/no":
        return _("yes") if value else _("no")
    digits = next(d for d in (0, 1, 2) if d == 2 or round(value, d) == value)
    told = _.number(value, digits)
    return f"{told} {unit}" if isinstance(unit, str) and unit else told


def latest(view: View, row: Any) -> str:
    """The last value that was reported and its day; words where there is none, and never 0."""
    if pd.isna(row.value):
        return view.words("no report")
    told = amount(view, row.value, row.kind, row.unit)
    return f"{told} ({view.words.date(row.measured_on)})"


def target(view: View, row: Any) -> str:
    """The target that is worked towards and its day: the next one, else the last."""
    _ = view.words
    aim, due = (
        (row.final_target, row.final_due_on)
        if pd.isna(row.next_target)
        else (row.next_target, row.next_due_on)
    )
    if pd.isna(aim):
        return _("no target")
    return _("{target} by {day}", target=amount(view, aim, row.kind, row.unit), day=due)


def status(view: View, row: Any) -> Cell:
    """The status in its words, with its sign, and what belongs beside it."""
    _ = view.words
    look, word, beside = LOOKS[row.status], _.label(row.status), notes(_, row)
    return Cell(f"{word} ({', '.join(beside)})" if beside else word, look.sign, look.tone)


def result_cell(row: Any) -> Cell:
    """The indicator's name, leading to the reports behind it."""
    return Cell(
        row.indicator_name,
        page="goals",
        detail=(("centre", row.centre_id), ("indicator", row.indicator)),
    )


def _told(view: View, country: pd.Series, applications: pd.DataFrame) -> Iterator[str]:
    """Region and groups, and in one sentence what there is; zero is a result."""
    _ = view.words
    groups = [_group(view, group) for group in view.ask("country_groups").itertuples()]
    if groups:
        yield f"{'; '.join(groups)}."
    else:
        yield _("No ITU region is on record for that day.")
    if not country["applications"] and not country["centres"]:
        yield _("No organization has applied, and there is no centre: 0 of both.")
        return
    undecided = applications["stage"].isin(("submitted", "eligible", "evaluated")).all()
    selected = int((applications["stage"] == "selected").sum())
    yield _(
        "{applications}, {selected}; {centres}.",
        applications=_.plural("{n} application", "{n} applications", int(country["applications"])),
        selected=_("not decided yet")
        if len(applications) and undecided
        else _.label(applications.iloc[0]["stage"])
        if len(applications) == 1
        else _.plural("{n} of them selected", "{n} of them selected", selected),
        centres=_.plural(
            "{n} centre in the network", "{n} centres in the network", int(country["in_network"])
        ),
    )


def _group(view: View, group: Any) -> str:
    """A region or group, with the days it began and ends where they are known."""
    _ = view.words
    said = [_.label(group.group_code)]
    if group.valid_from:
        said.append(_("since {day}", day=group.valid_from))
    if group.valid_to:
        said.append(_("no longer from {day}", day=group.valid_to))
    return ", ".join(said)


def _centres(view: View, centres: pd.DataFrame) -> Iterator[Part]:
    """A part for each of the first centres, and one that names the others."""
    _ = view.words
    if centres.empty:
        yield Part(_("Centre"), said=(_("No centre is on record in this country."),))
    for centre in centres.head(MOST_CENTRES).itertuples():
        yield Part(
            _("Centre"),
            head=(_("What"), _("On record")),
            rows=tuple(_centre_rows(view, centre)),
        )
    others = centres[MOST_CENTRES:]
    if len(others):
        yield Part(
            _("Further centres"),
            points=tuple(_centre_cell(centre) for centre in others.itertuples()),
        )


def _centre_cell(centre: Any) -> Cell:
    cohort = (("cohort", centre.cohort),) if isinstance(centre.cohort, str) else ()
    return Cell(centre.name, page="centres", detail=(*cohort, ("centre", centre.centre_id)))


def _centre_rows(view: View, centre: Any) -> Iterator[tuple[Cell, Cell]]:
    """What is told of a centre: name, status, agreement, milestones."""
    _ = view.words
    yield Cell(_("Name")), _centre_cell(centre)
    standing = _("no dated status")
    if isinstance(centre.status, str):
        standing = _("{status} since {day}", status=_.label(centre.status), day=centre.since)
    yield Cell(_("Status")), Cell(standing)
    yield Cell(_("Agreement")), Cell(_agreement(view, centre))
    milestones = view.ask("centre_milestones", centre=centre.centre_id)
    if milestones.empty:
        yield Cell(_("Milestones")), Cell(_("none on record"))
        return
    coming = milestones[milestones["state"] == "to come"]
    late = milestones[milestones["state"] == "late"]
    yield Cell(_("Next milestone")), Cell(_milestones(view, coming.head(1)) or _("none to come"))
    yield Cell(_("Late milestones")), Cell(_milestones(view, late) or _("none"))


def _milestones(view: View, milestones: pd.DataFrame) -> str:
    _ = view.words
    return "; ".join(
        _("{milestone}, due {day}", milestone=it.milestone, day=it.due_on)
        for it in milestones.itertuples()
    )


def _agreement(view: View, centre: Any) -> str:
    _ = view.words
    if not isinstance(centre.reference, str) and not centre.signed_on and not centre.ends_on:
        return _("none on record")
    said = [centre.reference] if isinstance(centre.reference, str) else []
    said.append(
        _("signed {day}", day=centre.signed_on)
        if centre.signed_on
        else _("the day of signature is not on record")
    )
    said.append(
        _("ends {day}", day=centre.ends_on) if centre.ends_on else _("its end is not on record")
    )
    return ", ".join(said)


def _open(view: View, points: list[str]) -> Part:
    """What is open, or that nothing is."""
    _ = view.words
    said = () if points else (_("Nothing that this page looks for."),)
    if len(points) > MOST_POINTS:
        said = (_first(view, MOST_POINTS, len(points)),)
    return Part(_("What is open"), said, points=tuple(map(Cell, points[:MOST_POINTS])))


def _first(view: View, shown: int, total: int) -> str:
    return view.words("The first {shown} of {total}.", shown=shown, total=total)


def _results(view: View, centres: pd.DataFrame, judged: pd.DataFrame) -> Iterator[Part]:
    """The latest report of each indicator beside its target, in the order of the priorities."""
    _ = view.words
    if centres.empty:
        return
    several = judged["centre_id"].nunique() > 1
    said = []
    if judged.empty:
        said.append(_("No target and no report is on record."))
    if len(judged) > MOST_RESULTS:
        said.append(_first(view, MOST_RESULTS, len(judged)))
    yield Part(
        _("Latest results"),
        said=tuple(said),
        head=(
            *((_("Centre"),) if several else ()),
            _("Indicator"),
            _("Latest report"),
            _("Target"),
            _("Status"),
        ),
        rows=tuple(
            (
                *((Cell(row.centre_name),) if several else ()),
                result_cell(row),
                Cell(latest(view, row)),
                Cell(target(view, row)),
                status(view, row),
            )
            for row in judged.head(MOST_RESULTS).itertuples()
        ),
    )


def _organizations(view: View, applications: pd.DataFrame) -> Part:
    """Who applied, in every cohort; with the score where the reader may see it."""
    _ = view.words
    if applications.empty:
        return Part(_("Organizations"), said=(_("No organization of this country applied."),))
    shown = applications.head(MOST_APPLICATIONS)
    scored = "total" in shown
    said = []
    if len(applications) > len(shown):
        said.append(_first(view, len(shown), len(applications)))
    return Part(
        _("Organizations"),
        said=tuple(said),
        head=(
            _("Organization"),
            _("Cohort"),
            _("Stage"),
            *((_("Score"),) if scored else ()),
        ),
        rows=tuple(
            (
                Cell(
                    row.organization,
                    page="applicants",
                    detail=(("cohort", row.cohort), ("application", row.application_id)),
                ),
                Cell(row.cohort_name),
                Cell(_.label(row.stage)),
                *((Cell(_score(view, row.total)),) if scored else ()),
            )
            for row in shown.itertuples()
        ),
    )


def _score(view: View, total: Any) -> str:
    return view.words("no total") if pd.isna(total) else view.words.number(total, 2)


def _neighbours(view: View, listed: pd.DataFrame, country: pd.Series) -> Part:
    """The other countries of its region that have centres, in the order of their names."""
    _ = view.words
    if not isinstance(country["region"], str):
        return Part(_("Neighbours with centres"), said=(_("Its region is not on record."),))
    near = listed[
        (listed["region"] == country["region"])
        & (listed["country"] != country["country"])
        & (listed["in_network"] > 0)
    ]
    region = _.label(country["region"])
    said = _.plural(
        "{region}: {n} other country has a centre in the network.",
        "{region}: {n} other countries have a centre in the network.",
        len(near),
        region=region,
    )
    return Part(_("Neighbours with centres"), said=(said,), points=tuple(_countries(near)))


def _initiatives(view: View, country: str) -> Iterator[Part]:
    """What its region adopted under a plan, in the adopted words; nothing where none was found."""
    _ = view.words
    found = view.ask("regional_initiatives", of_country=country)
    if len(found):
        yield Part(
            _("Initiatives of its region"),
            said=(_("Only those whose adopted title was found; there are others."),),
            points=tuple(
                Cell(f"{row.title} ({row.code}, {_.label(row.plan)}, {row.cycle})")
                for row in found.itertuples()
            ),
        )


def _countries(listed: pd.DataFrame) -> Iterable[Cell]:
    for row in listed.itertuples():
        name = row.name if row.in_network == 1 else f"{row.name} ({row.in_network})"
        yield Cell(name, page="country", detail=(("country", row.country),))

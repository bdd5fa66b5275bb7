"""What is open in a country: undecided, unsigned, late, silent. Each point is one sentence."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pandas as pd

from queries.view import View

UNDECIDED = ("submitted", "eligible", "evaluated")
# An agreement that ends so soon is a matter for a meeting.
SOON = timedelta(days=180)


def open_points(
    view: View, applications: pd.DataFrame, centres: pd.DataFrame, judged: pd.DataFrame
) -> Iterator[str]:
    """The points, those of the centres first; `judged` is what `course` says of them."""
    for centre in centres.itertuples():
        if centre.status != "ended":
            series = judged[judged["centre_id"] == centre.centre_id]
            for point in _of_centre(view, centre, series):
                yield f"{centre.name}: {point}" if len(centres) > 1 else _begun(point)
    yield from _of_applications(view, applications, centres)


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _of_centre(view: View, centre: Any, series: pd.DataFrame) -> Iterator[str]:
    _ = view.words
    if not isinstance(centre.status, str):
        yield _("no dated status is on record.")
    elif centre.status == "paused":
        yield _("paused since {day}.", day=centre.since)
    yield from _of_agreement(view, centre)
    milestones = view.ask("centre_milestones", centre=centre.centre_id)
    for late in milestones[milestones["state"] == "late"].itertuples():
        yield _("milestone “{name}” was due {day}.", name=late.milestone, day=late.due_on)
    if milestones.empty:
        yield _("no milestone is on record.")
    elif undated := int((milestones["state"] == "no date").sum()):
        yield _.plural("{n} milestone has no date.", "{n} milestones have no date.", undated)
    yield from _of_results(view, series)


def _of_agreement(view: View, centre: Any) -> Iterator[str]:
    _ = view.words
    if not isinstance(centre.reference, str) and not centre.signed_on and not centre.ends_on:
        yield _("no agreement is on record.")
    elif not centre.ends_on:
        yield _("when the agreement ends is not on record.")
    elif centre.ends_on < view.today:
        yield _("the agreement ended {day}.", day=centre.ends_on)
    elif centre.ends_on <= view.today + SOON:
        yield _("the agreement ends {day}.", day=centre.ends_on)


def _of_results(view: View, series: pd.DataFrame) -> Iterator[str]:
    _ = view.words
    number = series["status"].value_counts()
    if series.empty or series["final_target"].isna().all():
        yield _("no target is set.")
    if silent := int(number.get("no report", 0)):
        yield _.plural(
            "no report on {n} indicator, though a target has fallen due.",
            "no report on {n} indicators, though a target has fallen due.",
            silent,
        )
    if wrong := int(number.get("off course", 0) + number.get("moved away", 0)):
        yield _.plural(
            "{n} indicator is off course or has moved away.",
            "{n} indicators are off course or have moved away.",
            wrong,
        )


def _of_applications(
    view: View, applications: pd.DataFrame, centres: pd.DataFrame
) -> Iterator[str]:
    _ = view.words
    hosts = set(centres["application_id"].dropna())
    for row in applications.itertuples():
        if row.stage in UNDECIDED:
            yield _(
                "{organization}: the application is not decided yet ({stage}; {cohort}).",
                organization=row.organization,
                stage=_.label(row.stage),
                cohort=row.cohort_name,
            )
        elif row.stage == "selected" and row.application_id not in hosts:
            yield _(
                "{organization}: selected ({cohort}), and no centre of it is on record.",
                organization=row.organization,
                cohort=row.cohort_name,
            )

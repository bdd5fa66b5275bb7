"""The changes that matter most, for the overview: at most five sentences."""

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.brief import of_network
from pages.parts.changes import Changes, found
from pages.parts.changes_told import phrases
from pages.parts.door import last_visit
from pages.parts.moments import between_days
from pages.parts.text import plain
from queries.view import View

MOST = 5
NAMED = 3  # centres that a sentence names


def five(view: View) -> None:
    """What changed since the last visit, else in 90 days; what asks for something first.

    Of the past it is the 90 days before the day shown: nobody visited then.
    """
    _, view = view.words, of_network(view)
    visited = None if view.filters.past else last_visit()
    moments = between_days(view, visited)
    first, second = moments.names()
    changes = found(moments)
    said = important(view, changes)
    if not said:
        st.markdown(_("No change between {first} and {second}.", first=first, second=second))
    else:
        st.markdown("\n".join(f"- {sentence}" for sentence in said[:MOST]))
    days = {"from": moments.before.today.isoformat(), "to": moments.after.today.isoformat()}
    st.markdown(f"[{_('All changes')}](changes{address.link(**days)})")
    st.caption(
        _("Since your last visit: {first} to {second}.", first=first, second=second)
        if visited
        else _("Between {first} and {second}.", first=first, second=second)
    )


def important(view: View, changes: Changes) -> list[str]:
    """A sentence for each kind of change there was, the most important first."""
    _, counted = view.words, phrases(view, changes)
    moved, silent = changes.indicators, changes.silent
    whole = silent[silent["indicator_name"].isna()]
    worse, better = moved[moved["worse"]], moved[~moved["worse"]]
    off = int(worse["after"].isin(["off course", "moved away"]).sum())
    reached = int(better["after"].eq("achieved").sum())
    selected = int(changes.stages["after"].eq("selected").sum())
    others = len(changes.stages) - selected
    sentences = [
        *(
            _(
                "{centre}: {before} → **{after}**",
                centre=_centre(row.name, row.centre_id),
                before=_.label(row.before) if isinstance(row.before, str) else "–",
                after=_.label(row.after) if isinstance(row.after, str) else "–",
            )
            for row in changes.centres.head(NAMED).itertuples(index=False)
        ),
        len(whole)
        and _.plural(
            "**{n}** centre fell silent: {names}",
            "**{n}** centres fell silent: {names}",
            len(whole),
            names=_named(view, whole),
        ),
        _.plural(
            "**{n}** indicator of a centre moved to a worse status: off course or moved away",
            "**{n}** indicators of centres moved to a worse status, {off} of them to off course or "
            "moved away",
            len(worse),
            off=off,
        )
        if off
        else counted["worse"],
        selected
        and _.plural(
            "**{n}** application was selected", "**{n}** applications were selected", selected
        ),
        counted["new_centres"],
        counted["new_applications"],
        others
        and _.plural(
            "**{n}** application reached another stage",
            "**{n}** applications reached another stage",
            others,
        ),
        _.plural(
            "**{n}** indicator of a centre moved to a better status: achieved",
            "**{n}** indicators of centres moved to a better status, {reached} of them to achieved",
            len(better),
            reached=reached,
        )
        if reached
        else counted["better"],
        counted["targets"],
        counted["reports"],
    ]
    return [sentence for sentence in sentences if sentence]


def _named(view: View, rows: pd.DataFrame) -> str:
    _ = view.words
    names = [_centre(row.centre_name, row.centre_id) for row in rows.itertuples(index=False)]
    return _.listed(_.some(names, NAMED))


def _centre(name: str, centre: str) -> str:
    return f"[{plain(name)}](centres{address.link(centre=centre)})"

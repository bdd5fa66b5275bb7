"""The map of applicant countries: clicking a country filters, and so does the table under it."""

import pandas as pd
import streamlit as st

from charts import maps
from pages.parts import address, filterbar
from pages.parts.exhibit import dark, exhibit
from queries.view import View


def applicants_map(
    view: View, name: str, *, centres: pd.DataFrame | None = None, open_table: bool = False
) -> None:
    """The map under the filters of `view`, zoomed to what they leave.

    A click on a country filters by it and a second click lets go; the links of the table are the
    same for the keyboard.
    """
    _ = view.words
    frame = view.ask("applications_by_country")
    frame["value"] = frame["applications"]
    frame["hover"] = [
        _.plural("{n} application", "{n} applications", int(count))
        for count in frame["applications"]
    ]
    applied = frame[frame["applications"] > 0]
    exhibit(
        view,
        name,
        _("Applications by country"),
        applied,
        {
            "name": _("Country"),
            "region": _("Region"),
            "applications": _("Applications"),
            "selected": _("Selected"),
        },
        figure=maps.world(
            frame,
            labels=[_("none"), "1", "2", _("3 or more")],
            dark=dark(),
            zoom=None,
            centres=centres,
        ),
        alt=_.plural(
            "Map: applications came from {n} country.",
            "Map: applications came from {n} countries.",
            len(applied),
        ),
        is_map=True,
        open_table=open_table,
        links={"name": lambda row: address.link(country=[row["country"]])},
        on_select=lambda: clicked(name),
        selection_mode="points",
    )


def clicked(name: str) -> None:
    """Filters by the country that was clicked on the map of this name, or lets go of it."""
    points = st.session_state[name]["selection"]["points"]
    if points:
        code = points[0]["customdata"]
        chosen = (code,) if isinstance(code, str) else tuple(code)
        now = st.session_state["filters"].country
        filterbar.choose(country=() if now == chosen else chosen)

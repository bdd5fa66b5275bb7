"""The map of applicant countries: clicking a country filters, and so does the table under it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import maps
from pages.parts import address, filterbar
from pages.parts.country import brief_address
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import is_decided
from queries.view import View


def applicants_map(view: View, name: str, *, open_table: bool = False) -> None:
    """The map under the filters of `view`, zoomed to what they leave.

    A click on a country filters by it and a second click lets go; the links of the table are the
    same for the keyboard.
    """
    _ = view.words
    frame = view.ask("applications_by_country")
    applied = frame[frame["applications"] > 0].assign(brief=_("Brief"))
    alone = address.links("country")
    exhibit(
        view,
        name,
        _("Applications by country"),
        applied,
        {
            "name": _("Country"),
            "region": _("Region"),
            "applications": _("Applications"),
            **({"selected": _("Selected")} if is_decided(view) else {}),
        },
        figure=drawn(view, frame, applied),
        alt=_.plural(
            "Map: applications came from {n} country.",
            "Map: applications came from {n} countries.",
            len(applied),
        ),
        is_map=True,
        open_table=open_table,
        links={
            "name": lambda row: alone(row["country"]),
            "brief": lambda row: brief_address(view, row["country"]),
        },
        on_screen={"brief": _("For a meeting")},
        on_select=lambda: clicked(name),
        selection_mode="points",
    )


def drawn(view: View, countries: pd.DataFrame, shown: pd.DataFrame, **centres: Any) -> go.Figure:
    """The map of `countries` (the answer to applications_by_country), with `centres` where given.

    Zoomed to the region that is chosen, or where other filters narrow the countries, to those of
    them that are `shown`.
    """
    _ = view.words
    zoom = maps.REGIONS.get(view.filters.region)
    in_question = countries[countries["region"] == view.filters.region] if zoom else countries
    if view.filters.country or view.filters.group:
        in_question = countries[countries["country"].isin(shown["country"])]
        zoom = maps.around(in_question)
        in_question = in_question if zoom else countries
    hover = [
        _.plural("{n} application", "{n} applications", int(count))
        for count in in_question["applications"]
    ]
    return maps.world(
        in_question.assign(value=in_question["applications"], hover=hover),
        labels=_legend(view, in_question["applications"]),
        dark=dark(),
        zoom=zoom,
        **centres,
    )


def _legend(view: View, counts: pd.Series) -> list[str]:
    """What the map's shades stand for."""
    _ = view.words
    told = [_("no application")]
    for low, high in maps.classes(counts):
        if high is None:
            told.append(_("{n} or more applications", n=low))
        elif low == high:
            told.append(_.plural("{n} application", "{n} applications", low))
        else:
            told.append(_("{low}–{high} applications", low=low, high=high))
    return told


def clicked(name: str) -> None:
    """Filters by the country that was clicked on the map of this name, or lets go of it."""
    points = st.session_state[name]["selection"]["points"]
    if points:
        code = points[0]["customdata"]
        chosen = (code,) if isinstance(code, str) else tuple(code)
        now = st.session_state["filters"].country
        filterbar.choose(country=() if now == chosen else chosen)

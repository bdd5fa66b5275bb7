"""How often each application near the line had each place, and the rows that figures share."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.ranking import MOST_RANKS
from analysis.standings import STANDINGS
from charts import ranking as chart
from pages.parts import ranking_numbers, ranking_settings
from pages.parts import ranking_sentences as sentences
from pages.parts.exhibit import dark, exhibit
from pages.parts.ranking_settings import Settings
from queries.view import View

MOST = 40  # rows of the figure
LEAST = 0.005  # share of the draws; a place that is rarer for everybody is left out at the ends


def show(view: View, now: Settings, table: pd.DataFrame) -> None:
    """How often each of those near the line had each place; `table` is what `told` gives."""
    _ = view.words
    near = table[table["standing"] == STANDINGS[1]]
    if near.empty:
        return
    # While weights are moved it stays shut: the list follows the quicker.
    box = st.expander(
        _("How likely is each place for those near the line?"),
        expanded=not now.moved,
        key="ranking_places_shown",
        on_change="rerun",
    )
    if box.open:
        with box:
            _figure(view, now, around(near, ranking_numbers.call(view, now).places, MOST))


def _figure(view: View, now: Settings, near: pd.DataFrame) -> None:
    _ = view.words
    shares = ranking_numbers.shares(view, now)
    if shares is None:
        st.caption(
            _(
                "With more than {n} applications the chance of each place is not computed.",
                n=MOST_RANKS,
            )
        )
        return
    line = ranking_numbers.call(view, now).places
    cells = shares.loc[near["application_id"]]
    likely = np.flatnonzero((cells > LEAST).any().to_numpy())
    cells = cells.iloc[:, likely[0] : likely[-1] + 1]
    names = [name(row) for row in near.itertuples()]
    texts = [
        [
            _(
                "{name}: place {place} in {share} of the draws",
                name=name,
                place=int(place),
                share=sentences.share(_, value, 1),
            )
            for place, value in row.items()
        ]
        for name, (_id, row) in zip(near["organization"], cells.iterrows(), strict=True)
    ]
    long = cells.rename_axis(columns="rank").stack().rename("share_rank").reset_index()
    long = near[["application_id", "organization"]].merge(long[long["share_rank"] > 0])
    exhibit(
        view,
        "ranking_places",
        _("Chances of each place near the line"),
        long,
        {
            "application_id": _("Application"),
            "organization": _("Organization"),
            "rank": _("Place"),
            "share_rank": _("Share of the draws"),
        },
        figure=chart.chances_of_places(
            names,
            cells.to_numpy(),
            int(cells.columns[0]),
            line,
            words(view, line, {}),
            texts,
            dark=dark(),
        ),
        alt=_.plural(
            "The chance of each place for {n} application near the line, in percent of the draws.",
            "The chance of each place for {n} applications near the line, in percent of the draws.",
            len(near),
        ),
        notice=ranking_settings.banner(view, now),
    )
    st.caption(
        _("Numbers are percent of the draws. The stronger the shade, the more often it was so.")
    )


def told(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The ranking of those that the filters leave, with who they are, in the order of places."""
    facts = view.ask("ranked_applications")
    who = facts[["application_id", "organization", "country", "country_name", "region"]]
    return frame.merge(who, on="application_id").reset_index(drop=True)


def around(table: pd.DataFrame, line: int | None, most: int) -> pd.DataFrame:
    """The rows nearest to the line where there are more than `most`, in the order of places."""
    if len(table) <= most:
        return table
    distance = (table["place"] - (0 if line is None else line + 0.5)).abs()
    return table.loc[sorted(distance.nsmallest(most, keep="first").index)].reset_index(drop=True)


def name(row: Any) -> str:
    """What a row is called: its place, its key and its organization."""
    return f"{sentences.place(row)} · {row.application_id} {row.organization}"


def words(view: View, line: int | None, standings: dict[str, str]) -> chart.Words:
    """What stands in a figure of places."""
    _ = view.words
    label = "" if line is None else _.plural("line: {n} place", "line: {n} places", line)
    return chart.Words(_("Place"), label, standings)

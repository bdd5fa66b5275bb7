"""The network of centres: where they are, how they stand, how many there were."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.progress import steps
from pages.parts import address
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty
from pages.parts.tables import FEW
from pages.parts.worldmap import clicked, drawn
from queries.view import View
from queries.words import N_

MOST = 5_000  # points on the map
MOST_MOVES = 20  # in the page; the files hold all of them
MOVES = {
    "joined": N_("joined"),
    "rejoined": N_("rejoined"),
    "paused": N_("paused"),
    "resumed": N_("resumed"),
    "left": N_("left"),
    "signed": N_("signed an agreement"),
    "started": N_("began to operate"),
    "fell back": N_("is selected again, without an agreement"),
}
KINDS = ("operating", "paused", "agreement signed", "selected", "ended", None)


def standing(view: View) -> str:
    """How many centres there are on the day that is shown, and how they stand, in a sentence."""
    _ = view.words
    count = view.ask("centre_count").iloc[0]
    number = dict(view.ask("centres_by_status").itertuples(index=False))
    phrases = {
        "operating": _.plural("{n} operating", "{n} operating", number["operating"]),
        "paused": _.plural("{n} paused", "{n} paused", number["paused"]),
        "agreement signed": _.plural(
            "{n} with a signed agreement, not yet operating",
            "{n} with a signed agreement, not yet operating",
            number["agreement signed"],
        ),
        "selected": _.plural(
            "{n} selected, nothing signed yet",
            "{n} selected, nothing signed yet",
            number["selected"],
        ),
    }
    counts = {
        "centres": _.plural("**{n}** centre", "**{n}** centres", int(count["in_network"])),
        "countries": _.plural("**{n}** country", "**{n}** countries", int(count["countries"])),
    }
    if view.filters.past:
        said = _("{centres} in {countries} that day", **counts)
    else:
        said = _("{centres} in {countries} today", **counts)
    stand = [phrase for status, phrase in phrases.items() if number[status]]
    sentences = [f"{said}: {'; '.join(stand)}." if stand else f"{said}."]
    if ended := int(count["ended"]):
        sentences.append(
            _.plural("**{n}** centre has ended.", "**{n}** centres have ended.", ended)
        )
    if unknown := int(count["without_status"]):
        sentences.append(
            _.plural(
                "{n} centre has no dated status and is not counted.",
                "{n} centres have no dated status and are not counted.",
                unknown,
            )
        )
    return " ".join(sentences)


def answer(view: View) -> None:
    """The same on the page, and how centres are counted."""
    _ = view.words
    count = view.ask("centre_count").iloc[0]
    st.markdown(standing(view))
    notes = [
        _(
            "A centre counts from its first dated status until the day it ended; while paused it "
            "counts. Regions and groups of countries as they are on {day}.",
            day=view.today,
        )
    ]
    if apart := int(count["without_application"]):
        notes.append(
            _.plural(
                "{n} centre without an application on record is shown in every cohort.",
                "{n} centres without an application on record are shown in every cohort.",
                apart,
            )
        )
    if view.filters.goal:
        notes.append(
            _(
                "A centre's priorities are those its application names and those it has a target "
                "or a report under."
            )
        )
    st.caption(" ".join(notes))


def network(view: View) -> None:
    """The centres on the map and as a table, each leading to its record."""
    _ = view.words
    frame = view.ask("centres", most=MOST)
    total = int(view.ask("centre_count").loc[0, "centres"])
    frame["kind"] = [_kind(view, status) for status in frame["status"]]
    frame["hover"] = [
        f"{place} · {kind}"
        for place, kind in zip(frame["country_name"], frame["kind"], strict=True)
    ]
    first = frame.head(FEW)
    if total > len(first):
        st.caption(
            _(
                "The table has the first {shown} of {total} centres; the files hold all of them. "
                "Choose a region or a country to see the others.",
                shown=len(first),
                total=total,
            )
        )
    exhibit(
        view,
        "centres",
        _("Centres and their status"),
        first,
        {
            "name": _("Centre"),
            "country_name": _("Country"),
            "city": _("City"),
            "host_type": _("Host type"),
            "status": _("Status"),
            "since": _("Since"),
            "signed_on": _("Agreement signed"),
            "ends_on": _("Agreement ends"),
            "objectives": _("Objectives"),
        },
        figure=_map(view, frame),
        alt=_(
            "Map: {centres} in {countries}, as points over the countries that organizations "
            "applied from.",
            centres=_.plural("{n} centre", "{n} centres", total),
            countries=_.plural("{n} country", "{n} countries", frame["country"].nunique()),
        ),
        is_map=True,
        open_table=True,
        links={"name": lambda row: address.link(centre=row["centre_id"])},
        whole=lambda: view.take("centres", most=10**9),
        on_select=lambda: clicked("centres"),
        selection_mode="points",
    )
    if unplaced := int((~frame["placed"]).sum()):
        st.caption(
            _.plural(
                "{n} centre has no coordinates on record and stands in the middle of its country.",
                "{n} centres have no coordinates on record and stand in the middle of their "
                "countries.",
                unplaced,
            )
        )


def over_time(view: View) -> None:
    """The number of centres in the network, by date."""
    _ = view.words
    frame = view.ask("network_by_date")
    if frame.empty:
        empty(
            view,
            _("No dated status is on record, so nothing can be said about earlier dates."),
            _("The table centre_statuses would fill this."),
        )
        return
    last = frame.iloc[-1]
    exhibit(
        view,
        "network_by_date",
        _("Centres in the network, by date"),
        frame,
        {
            "since": _("Since"),
            "joined": _("Joined"),
            "ended": _("Ended"),
            "centres": _("Centres in the network"),
        },
        figure=steps(
            list(frame["since"]),
            [int(n) for n in frame["centres"]],
            view.today,
            dark=dark(),
        ),
        alt=_(
            "Line in steps: {n} centres since {day}, {most} at most.",
            n=int(last["centres"]),
            day=last["since"],
            most=int(frame["centres"].max()),
        ),
        open_table=len(frame) <= 12,
    )


def moves(view: View) -> None:
    """Who joined, paused, resumed or left, and when; and of whom that cannot be told."""
    _ = view.words
    frame = view.ask("network_moves", most=MOST_MOVES + 1)
    if frame.empty:
        return
    st.header(_("Who joined, paused, resumed or left?"))
    if undated := int(view.ask("centre_count").loc[0, "without_status"]):
        st.caption(
            _.plural(
                "Of {n} centre no status is dated: when it joined cannot be told.",
                "Of {n} centres no status is dated: when they joined cannot be told.",
                undated,
            )
        )
    if len(frame) > MOST_MOVES:
        st.caption(_("The latest {n}; the files hold all of them.", n=MOST_MOVES))
    exhibit(
        view,
        "network_moves",
        _("Who joined, paused, resumed or left, by date"),
        _worded(view, frame.head(MOST_MOVES)),
        {
            "since": _("Day"),
            "name": _("Centre"),
            "country_name": _("Country"),
            "move": _("What happened"),
            "status": _("Status"),
        },
        links={"name": lambda row: address.link(centre=row["centre_id"])},
        whole=lambda: view.take("network_moves", most=10**9),
    )


def _worded(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(move=[view.words(MOVES[move]) for move in frame["move"]])


def nothing(view: View) -> bool:
    """Says so, if there is no centre to show."""
    _ = view.words
    if view.ask("centre_count").loc[0, "centres"]:
        return False
    # Filters are to blame only if there is something without them.
    if view.through(view.filters.only()).ask("centre_count").loc[0, "centres"]:
        empty(view, _("No centre fits these filters."), _("Clear one of them to see more."))
    else:
        empty(
            view,
            _("No centre has come out of this cohort yet."),
            _("The tables centres and centre_statuses would fill this."),
        )
    return True


def _map(view: View, frame: pd.DataFrame) -> go.Figure:
    countries = view.ask("applications_by_country")
    return drawn(
        view,
        countries,
        frame,
        centres=frame[["country", "name", "hover", "latitude", "longitude", "kind"]],
        kinds=[_kind(view, status) for status in KINDS],
    )


def _kind(view: View, status: str | None) -> str:
    return view.words.label(status) if isinstance(status, str) else view.words("no status")

"""Why one application stands where it stands: its reviews, the weights, another way to add up."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from charts import ranking as chart
from pages.parts import address, ranking_numbers, ranking_settings
from pages.parts import ranking_sentences as sentences
from pages.parts import ranking_why_sentences as told
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, part
from pages.parts.ranking_numbers import Why
from pages.parts.ranking_settings import Settings
from pages.parts.score_sentences import exact
from pages.parts.tables import digits
from pages.parts.text import plain, short
from queries.view import View


def show(view: View, application: str) -> None:
    """Everything that lies behind the place of one application, and the way back."""
    _ = view.words
    st.markdown(f"[← {_('Ranking')}]({address.link(application=None)})")
    if ranking_numbers.too_many(view):
        st.title(_("Which application is this?"))
        st.markdown(f"{sentences.too_many(_)} {_links(view, application)}")
        return
    now = ranking_settings.settings(view)
    frame = ranking_numbers.ranked(view, now)
    found = frame[frame["application_id"] == application]
    if found.empty:
        st.title(_("Which application is this?"))
        empty(
            view,
            _("No application “{name}” holds a place here.", name=plain(short(application))),
            _("It may be another cohort's, be withdrawn, or lack a score that counts."),
        )
        return
    row = next(found.itertuples())
    everybody = view.through(view.filters.only()).ask("ranked_applications")
    everybody = everybody.set_index("application_id")
    st.title(plain(everybody.loc[application, "organization"]))
    ranking_settings.show_banner(view, now)
    under = ranking_numbers.call(view, now)
    st.markdown(" ".join(told.place(_, row, len(frame), under.places)))
    st.markdown(_links(view, application))
    if row.above == row.above:
        st.caption(sentences.source(_, now))
    found = ranking_numbers.why(view, now, application, row.place)
    with part():
        st.header(_("Which single review carries it?"))
        reviews(view, now, row, found)
    with part():
        st.header(_("Which weights favour it?"))
        weights(view, now, found)
    with part():
        st.header(_("What if it is added up in another way?"))
        st.markdown(told.geometric(_, row))
        if found.again is not None and found.again["above"] == found.again["above"]:
            st.markdown(told.again(_, found.again, len(found.reviews)))


def _links(view: View, application: str) -> str:
    """The ways to its record and to where it can be put beside others."""
    _ = view.words
    here = address.here(application=application, noise=None, points=None, weights=None)
    where = urlencode(here, doseq=True)
    ways = [
        (_("Its record"), f"applicants?{where}"),
        (_("Compare it with others"), f"compare?{where}"),
        (_("How this is found"), "methods#ranking"),
    ]
    return " · ".join(f"[{words}]({to})" for words, to in ways)


def reviews(view: View, now: Settings, row: Any, found: Why) -> None:
    """What each review gave, and where the application would stand without it."""
    _ = view.words
    under = ranking_numbers.call(view, now)
    st.markdown(told.carried(_, found, row, under.places))
    frame = found.reviews
    rows = pd.DataFrame(
        {
            "name": frame["reviewer"],
            "first": frame["own"],
            "second": frame["total"],
            "text": [told.review(_, each) for each in frame.itertuples()],
        }
    )
    lines = [(row.total, _("its total: {total}", total=_.number(row.total, 2)), "solid")]
    if found.needed is not None:
        needed = _("to be above the line: more than {total}", total=_.number(found.needed, 2))
        lines.append((found.needed, needed, "dash"))
    exhibit(
        view,
        "ranking_reviews",
        _("What each review gave, and the total without it"),
        frame.assign(
            **{
                name: pd.Series([digits(_, value, n) for value in frame[name]], dtype=object)
                for name, n in (("own", 2), ("total", 2), ("place", 0))
            }
        ),
        {
            "reviewer": _("Reviewer"),
            "own": _("What this review gave"),
            "total": _("Total without it"),
            "place": _("Place without it"),
        },
        figure=chart.pairs(
            rows,
            _ends([*frame["own"], *frame["total"], *(value for value, *_rest in lines)]),
            {"first": _("what the review gave"), "second": _("total without it")},
            lines,
            lambda value: exact(_, value),
            _("Total"),
            dark=dark(),
        ),
        alt=told.carried(_, found, row, under.places).replace("**", ""),
        open_table=True,
        whole=lambda: frame,
        meanings={
            "reviewer": _("Reviewer"),
            "own": _("Weighted total of this review alone; empty where it lacks a score"),
            "total": _("Total of the application without this review"),
            "place": _("Place of the application without this review"),
            "above": _("Share above the line without this review: 1, 0, or between in a tie"),
        },
        notice=ranking_settings.banner(view, now),
    )
    if frame["own"].isna().any():
        st.caption(
            _("A review that lacks a score has no total of its own; it counts where it has one.")
        )


def weights(view: View, now: Settings, found: Why) -> None:
    """The mean of the weights that put it above the line, beside those in force."""
    _ = view.words
    names = view.ask("ranked_criteria").set_index("criterion")["name"]
    frame = found.weights.assign(name=found.weights["criterion"].map(names))
    frame = frame.sort_values(["weight", "criterion"], ascending=[False, True], ignore_index=True)
    st.markdown(told.favoured(_, found, frame, now))
    differ = found.favoured not in (None, 0)
    rows = pd.DataFrame(
        {
            "name": frame["name"],
            "first": 100 * frame["weight"],
            "second": 100 * frame["central"],
            "text": frame["name"],
        }
    )
    most = 10 * np.ceil(np.nanmax(rows[["first", "second"]].to_numpy(), initial=10) / 10)
    exhibit(
        view,
        "ranking_weights",
        _("Weights in force, and the mean of those that favour it"),
        frame.rename(
            columns={"weight": "share_weight", "central": "share_central", "mean": "share_mean"}
        ),
        {
            "name": _("Criterion"),
            "share_mean": _("Its mean, from lowest to highest score"),
            "share_weight": _("Weight in force"),
            **({"share_central": _("Mean weight of the draws above the line")} if differ else {}),
        },
        figure=chart.pairs(
            rows,
            (0.0, most),
            {"first": _("weight in force"), "second": _("mean of the weights that favour it")},
            [],
            lambda value: _.percent(value / 100),
            _("Weight"),
            dark=dark(),
        )
        if differ
        else None,
        alt=told.favoured(_, found, frame, now).replace("**", ""),
        open_table=True,
        notice=ranking_settings.banner(view, now),
    )


def _ends(values: list[float]) -> tuple[float, float]:
    """Whole numbers around some values, at least two apart."""
    low, high = np.floor(np.nanmin(values)), np.ceil(np.nanmax(values))
    return float(low), float(max(high, low + 2))

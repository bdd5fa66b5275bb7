"""Places by the totals and with the reviewers' differences taken out, and what to discuss first."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.ranking import SAFE
from charts import reviewers as chart
from pages.parts import address
from pages.parts import reviewers_sentences as sentences
from pages.parts.exhibit import dark, exhibit
from pages.parts.panel import panel
from pages.parts.tables import in_one_line
from pages.parts.text import plain
from queries.view import View

MOST = 40  # applications in the figure
NEAR = 1 - SAFE  # and SAFE: between these probabilities an application is near the line


def summary(view: View) -> list[str]:
    """Whose places would change and what to discuss first, as sentences of the answer."""
    _, places = view.words, _places(view)
    told = places[places["change"].notna()]
    if told.empty:
        return []
    if _line(view) is None:
        return [sentences.moved(_, told, line=False)]
    return [
        sentences.moved(_, told, line=True),
        sentences.first(_, [plain(name) for name in _first(places)["application_id"]]),
    ]


def moved(view: View) -> None:
    """Raw and adjusted places: a figure of those near the line, and a table of those shown."""
    _, places, line = view.words, _places(view), _line(view)
    told = places[places["change"].notna()]
    if told.empty:
        st.markdown(_untold(view, places))
        return
    st.markdown(sentences.moved(_, told, line=line is not None))
    shown = _shown(view, places)
    near = told[_near(told) | told["across"]]
    figure = None
    if len(near):
        if len(near) > MOST:
            from_line = (near["place_told"] - (line or 0)).abs()
            near = near.loc[from_line.nsmallest(MOST).index]
            st.caption(_("The figure shows the {n} closest to the line.", n=MOST))
        figure = _figure(view, near, None if line is None else _left(places, line))
    exhibit(
        view,
        "reviewers_places",
        _("Places with and without the reviewers' differences"),
        shown,
        {
            "application_id": _("Application"),
            "organization": _("Organization"),
            "country_name": _("Country"),
            "raw": _("Total"),
            "place": _("Place"),
            "adjusted": _("Adjusted total"),
            "adjusted_place": _("Adjusted place"),
            "change": _("Places up or down"),
        },
        figure=figure,
        alt=_("Places by the totals and adjusted ones, of the applications near the line."),
        open_table=figure is None,
        links={"application_id": _record},
        whole=lambda: shown.drop(columns=["place_told", "across"]),
        meanings={"change": _("Places up (positive) or down, among those with an adjusted total")},
    )
    notes = [
        _(
            "An adjusted total is what the panel's reviewers would give on average, had all of "
            "them read the application. It is told from complete reviews; the fewer these are, "
            "the nearer it lies to the mean of all."
        ),
        *sentences.untold_rest(_, places),
    ]
    if places["adjusted"].isna().any():
        notes.append(_("In the figure, and up or down, places are those among the others."))
    if view.filters.set():
        notes.append(_("The filters choose what the table lists; the places are the cohort's."))
    st.caption(" ".join([*notes, f"[{_('How this is found')}](methods#severity)"]))


def discuss_first(view: View) -> None:
    """Near the line and disagreeing more than chance makes likely; each leads to its record."""
    _, places = view.words, _places(view)
    if _line(view) is None:
        st.markdown(_("The cohort has no line that somebody is below, so nothing is near it."))
        return
    if places["above"].isna().all():
        st.markdown(_untold(view, places))
        return
    found = _first(places)
    names = [f"[{plain(row['application_id'])}]({_record(row)})" for row in _rows(found)]
    st.markdown(sentences.first(_, names))
    if len(found):
        _first_table(view, found)
    if len(found) > 1:
        there = address.link(application=list(found["application_id"][:4]))
        st.markdown(f"[{_('Set them side by side')}](compare{there})")
    st.caption(
        " ".join(
            [
                _(
                    "Near the line: above it in more than {low} and less than {high} of the draws. "
                    "Reviews are compared with the reviewers' differences taken out.",
                    low=_.percent(NEAR),
                    high=_.percent(SAFE),
                ),
                sentences.drawn(_, panels=True),
                f"[{_('How this is found')}](methods#discuss-first)",
            ]
        )
    )


def _first_table(view: View, found: pd.DataFrame) -> None:
    """Those to be discussed first; a probability stands with its Monte Carlo error."""
    _ = view.words
    columns = {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "place": _("Place"),
        "above": _("Probability of being above the line"),
        "disagreement": _("Standard deviation of its reviews"),
        "disagreement_chance": _("Chance of as much disagreement"),
    }
    error = {"above_error": _("Monte Carlo error of that probability")}
    told = [
        _("{share} ± {error}", share=_.number(share, 2), error=_.number(error, 3))
        for share, error in zip(found["above"], found["above_error"], strict=True)
    ]
    exhibit(
        view,
        "reviewers_first",
        _("To discuss first"),
        found.reset_index(drop=True).assign(above=in_one_line(told)),
        columns,
        links={"application_id": _record},
        whole=lambda: found[[*columns, *error]],
        meanings=columns | error,
    )


# Frames -------------------------------------------------------------------------------------------


def _line(view: View) -> int | None:
    """How many are above the line; None where the cohort has none, or nobody is below it."""
    record = view.ask("cohort_record").iloc[0]
    return None if pd.isna(record["first_out"]) else int(record["places"])


def _untold(view: View, places: pd.DataFrame) -> str:
    """Why the model tells nothing of the places; of a cohort too large it lists none of them."""
    reasons = list(places["reason"].dropna().unique()) or [panel(view)[0].iloc[0]["reason"]]
    return " ".join(sentences.untold(view.words, reason) for reason in reasons)


def _left(frame: pd.DataFrame, places: int) -> int:
    """How many places are left for those with an adjusted total: the others hold some, too."""
    return places - int((frame.loc[frame["adjusted"].isna(), "place"] <= places).sum())


def _places(view: View) -> pd.DataFrame:
    """One row per evaluated application of the cohort, by place, with what the model says of it.

    Beside the columns of panel_application: organization, country_name, region, stage,
    place; place_told: the place by the totals among those with an adjusted total; change: places
    up (positive) or down, missing without an adjusted place; across: would it change its side.
    Without a row where the cohort is too large for the model.
    """
    model = panel(view)[2]
    if model.empty:
        return model.assign(change=float("nan"), across=False)
    whole = view.through(view.filters.only())
    named = whole.ask("ranked_applications")[
        ["application_id", "organization", "country", "country_name", "region", "stage", "place"]
    ]
    frame = named.merge(model, on="application_id")
    number = ["raw", "adjusted", "adjusted_place", "above", "disagreement", "disagreement_chance"]
    frame[number] = frame[number].astype(float)
    told = frame["adjusted"].notna()
    frame["place_told"] = frame.loc[told, "raw"].rank(method="min", ascending=False)
    frame["change"] = frame["place_told"] - frame["adjusted_place"]
    places = _line(view)
    if places is None:
        return frame.assign(across=False)
    left = _left(frame, places)
    last = frame.loc[told, "raw"].rank(method="max", ascending=False)
    inside, outside = last <= left, frame["place_told"] > left  # a tie across the line is neither
    adjusted = frame["adjusted_place"]
    return frame.assign(across=(inside & (adjusted > left)) | (outside & (adjusted <= left)))


def _near(frame: pd.DataFrame) -> pd.Series:
    return frame["above"].between(NEAR, SAFE, inclusive="neither")


def _first(places: pd.DataFrame) -> pd.DataFrame:
    """Near the line and in disagreement: the columns of `_places`."""
    return places[_near(places) & (places["disagreement_chance"] <= NEAR + 1e-9)]


def _shown(view: View, places: pd.DataFrame) -> pd.DataFrame:
    """Those of `places` that the filters leave."""
    return places[places["application_id"].isin(view.ask("ranked_applications")["application_id"])]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")


def _record(row: Any) -> str:
    return "applicants" + address.link(application=row["application_id"])


def _figure(view: View, near: pd.DataFrame, line: int | None) -> Any:
    _ = view.words
    moves = []
    for row in _rows(near):
        up = row["change"] > 0
        text = _(
            "place {place}, adjusted {adjusted}",
            place=row["place_told"],
            adjusted=row["adjusted_place"],
        )
        moves.append(
            chart.Move(
                name=row["application_id"],
                place=int(row["place_told"]),
                adjusted=int(row["adjusted_place"]),
                way=("up" if up else "down") if row["across"] else "same side",
                text=f"{row['application_id']}\n{row['organization']}\n{text}",
            )
        )
    names = {
        "up": _("would come above the line"),
        "down": _("would come below the line"),
        "same side": _("would stay on its side"),
        "line": _("the line"),
    }
    titles = (_("Place"), _("Adjusted place"))
    return chart.slopes(moves, line, titles, names, dark=dark())

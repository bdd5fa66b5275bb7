"""How firm the ranking is: the answer, a row per application, and the chance of each place."""

from contextlib import nullcontext
from typing import Any

import pandas as pd
import streamlit as st

from analysis.standings import STANDINGS
from charts import ranking as chart
from pages.parts import address, ranking_numbers, ranking_places, ranking_settings
from pages.parts import ranking_sentences as sentences
from pages.parts.door import enter
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, is_decided, no_application, part
from pages.parts.ranking_settings import Settings
from pages.parts.tables import NOTHING, Digits, Written, digits
from queries.view import View
from queries.words import Words

MOST = 120  # rows; of more applications only those around the line are shown
QUICK = 1_000  # applications; with more of them the draws take seconds, and the page says so
KEY = "ranking"


def has_places(view: View) -> bool:
    """Whether there is anything to rank; where not, a sentence says what is empty."""
    _ = view.words
    if ranking_numbers.placed(view):
        return True
    if ranking_numbers.placed(view.through(view.filters.only())):
        if view.ask("application_count").loc[0, "applications"]:
            empty(
                view,
                _("None of the applications that fit these filters holds a place."),
                _("Clear one of them to see more."),
            )
            return False
    elif view.through(view.filters.only()).ask("application_count").loc[0, "applications"]:
        empty(
            view,
            _("No application of this cohort holds a place."),
            _("It takes a score on every criterion that counts."),
        )
        return False
    no_application(view)
    return False


def of_many(view: View) -> None:
    """The places around the line of a cohort too large for draws."""
    _ = view.words
    st.markdown(sentences.too_many(_))
    frame = view.ask("ranked_around", most=MOST)
    headings = {
        "place": _("Place"),
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "total": _("Total"),
        "tied": _("Others share the place"),
        "complete": _("Reviews complete"),
    }
    st.caption(
        _(
            "{n} applications around the line of {all}; the files hold all of them.",
            n=len(frame),
            all=ranking_numbers.placed(view),
        )
    )
    exhibit(
        view,
        KEY,
        _("Places around the line"),
        frame,
        headings,
        whole=lambda: view.take("ranked_around", most=10**9)[list(headings)],
    )


@st.fragment
def follow() -> None:
    """Everything that follows the controls. It reads rights and address by itself in every run."""
    if address.detail("application"):  # a dot was chosen: the whole page turns to it
        st.rerun()
    with part():
        _follow(enter())
    address.write()


def _follow(view: View) -> None:
    said = st.container()
    now = ranking_settings.settings(view)
    ranking_settings.choose(view, now)
    ranking_settings.sliders(view, now)
    many = ranking_numbers.placed(view.through(view.filters.only())) > QUICK
    with st.spinner(view.words("Drawing the ranking anew …")) if many else nullcontext():
        frame = ranking_numbers.ranked(view, now)
    found = sentences.answer(view.words, frame, ranking_numbers.call(view, now).places)
    with said:
        answer(view, now, frame, found)
    table = ranking_places.told(view, frame)
    with part():
        rows(view, now, frame, table, found)
    with part():
        ranking_places.show(view, now, table)


def answer(view: View, now: Settings, frame: pd.DataFrame, found: list[str]) -> None:
    """The answer in sentences (`found`), under which weights, and what to know before believing."""
    _ = view.words
    line = ranking_numbers.call(view, now).places
    ranking_settings.show_banner(view, now)
    said = list(found)
    if why_not := sentences.untold(_, frame):
        said.append(why_not)
    # Not in the caption: a link there is too pale to read.
    st.markdown(" ".join([*said, f"[{_('How this is found')}](methods#ranking)"]))
    told = [] if why_not else [sentences.source(_, now)]
    if view.filters.set():
        told.append(_("The counts and the line are the whole cohort's, whatever the filters."))
    whole = view.through(view.filters.only())
    every = int(whole.ask("application_count").loc[0, "applications"])
    decided = is_decided(view)
    told += sentences.notes(_, frame, line, every - len(frame), decided=decided)
    if told:
        st.caption(" ".join(told))


def rows(
    view: View, now: Settings, frame: pd.DataFrame, table: pd.DataFrame, said: list[str]
) -> None:
    """The figure, which makes the answer's sentences (`said`), and the table: a row per application
    that the filters leave (`table`)."""
    _ = view.words
    line = ranking_numbers.call(view, now).places
    shown = ranking_places.around(table, line, MOST)
    if len(shown) < len(table):
        st.caption(
            _(
                "{n} applications around the line of {all}; the files hold all of them.",
                n=len(shown),
                all=len(table),
            )
        )
    if shown.empty:
        empty(
            view,
            _("None of the applications that fit these filters has a total under these weights."),
            _("Go back to the official weights, or clear a filter."),
        )
        return
    headings = _headings(_)
    record = address.links("application")
    drawn = frame["above"].notna().any() or frame["expected_rank"].notna().any()
    exhibit(
        view,
        KEY,
        _("Places and how firm they are"),
        _on_screen(_, shown),
        headings,
        figure=(lambda: _figure(view, shown, frame, line)) if drawn else None,
        alt=" ".join(said).replace("**", ""),
        open_table=True,
        links={"application_id": lambda row: record(row["application_id"])},
        whole=lambda: table[list(_in_files(_))],
        meanings=_in_files(_),
        notice=ranking_settings.banner(view, now),
        on_select=_opened if drawn else "ignore",
        **({"selection_mode": "points"} if drawn else {}),
    )


def _figure(view: View, shown: pd.DataFrame, frame: pd.DataFrame, line: int | None) -> Any:
    _ = view.words
    rows = pd.DataFrame(
        {
            "id": shown["application_id"],
            "name": [ranking_places.name(row) for row in shown.itertuples()],
            "standing": shown["standing"].fillna(""),
            "low": shown["rank_low"],
            "high": shown["rank_high"],
            "expected": shown["expected_rank"],
            "share": [sentences.share(_, v) if v == v else "" for v in shown["above"]],
            "text": [_hover(_, row) for row in shown.itertuples()],
        }
    )
    limits = 1, len(frame)
    if len(shown) < len(frame):
        ends = shown[["place", "rank_low", "rank_high"]]
        limits = int(ends.min().min()), int(ends.max().max())
    standings = {name: _.label(name) for name in STANDINGS}
    return chart.ranges(
        rows, line, limits, ranking_places.words(view, line, standings), dark=dark()
    )


def _hover(_: Words, row: Any) -> str:
    values = {"total": _.number(row.total, 2), "place": sentences.place(row)}
    said = [f"{row.organization}, {row.country_name}"]
    if row.expected_rank != row.expected_rank:
        said.append(_("total {total}, place {place}", **values))
    else:
        said.append(
            _(
                "total {total}, place {place}; expected place {expected}, range {low}–{high}",
                expected=_.number(row.expected_rank, 1),
                low=int(row.rank_low),
                high=int(row.rank_high),
                **values,
            )
        )
    if row.standing:
        said.append(
            _(
                "above the line in {share} of the draws: {standing}",
                share=sentences.share(_, row.above),
                standing=_.label(row.standing),
            )
        )
    return "\n".join(said if row.complete else [*said, _("provisional: a review lacks a score")])


def _on_screen(_: Words, shown: pd.DataFrame) -> pd.DataFrame:
    """The rows as people read them."""
    rows = list(shown.itertuples())
    cells = {
        "place": [Digits(sentences.place(row)) for row in rows],
        "total": [Digits(_.number(row.total, 2)) for row in rows],
        "standing": [_standing(_, row.standing) for row in rows],
        "above": [Digits(_probability(_, row)) for row in rows],
        "expected_rank": [digits(_, row.expected_rank, 1) for row in rows],
        "rank_low": [
            Digits(f"{row.rank_low:.0f}–{row.rank_high:.0f}" if row.rank_low > 0 else NOTHING)
            for row in rows
        ],
        "adjusted_place": [digits(_, row.adjusted_place, 0) for row in rows],
        "complete": ["" if row.complete else _("provisional") for row in rows],
    }
    # As objects: a column of text would take them for any other text.
    return shown.assign(**{name: pd.Series(told, dtype=object) for name, told in cells.items()})


def _standing(_: Words, code: str | None) -> str:
    """In words behind its shape; not broken, so that the rows stay low."""
    said = f"{chart.LOOKS[code][2]} {_.label(code)}" if code else NOTHING
    return Written(said.replace(" ", "\u00a0"))


def _probability(_: Words, row: Any) -> str:
    """The share of the draws above the line, with its error where that can be seen."""
    if row.above != row.above:
        return NOTHING
    said = sentences.share(_, row.above, 1)
    error = _.number(100 * row.above_error, 1)
    seen = row.above_error >= 0.0005
    return _("{share} ± {error}", share=said, error=error).replace(" ", "\u00a0") if seen else said


def _headings(_: Words) -> dict[str, str]:
    return {
        "place": _("Place"),
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "total": _("Total"),
        "standing": _("Standing"),
        "above": _("Draws above the line"),
        "expected_rank": _("Expected place"),
        "rank_low": _("Range of places"),
        "adjusted_place": _("Adjusted place"),
        "geometric_place": _("Geometric place"),
        "complete": _("Reviews"),
    }


def _in_files(_: Words) -> dict[str, str]:
    return {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country": _("Country"),
        "country_name": _("Country"),
        "region": _("Region"),
        "total": _("Total under the weights in force"),
        "place": _("Place under the weights in force"),
        "tied": _("Whether others share the place"),
        "official_place": _("Place under the weights of the call"),
        "geometric_place": _("Place by the weighted geometric mean"),
        "adjusted_place": _(
            "Place with the reviewers' severity taken out, under the weights of the call; empty "
            "where it cannot be told"
        ),
        "complete": _("Reviews complete; else the total is provisional"),
        "standing": _("Safely above the line, near it, or safely below"),
        "above": _("Share of the draws above the line, from 0 to 1"),
        "above_error": _("Monte Carlo standard error of that share"),
        "expected_rank": _("Mean place over the draws"),
        "rank_low": _("First place of the central 90% of the draws"),
        "rank_high": _("Last place of the central 90% of the draws"),
    }


def _opened() -> None:
    """Looks into the application whose dot was clicked."""
    points = st.session_state[KEY]["selection"]["points"]
    if points and "customdata" in points[0]:
        chosen = points[0]["customdata"]
        address.choose(application=chosen if isinstance(chosen, str) else chosen[0])

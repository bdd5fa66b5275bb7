"""The past day that is shown: a notice nobody can take for today, and the way back."""

import streamlit as st

from pages.parts.register import NETWORK_FILTERS, Page
from queries.filters import Filters
from queries.view import View


def notice(view: View, page: Page) -> None:
    """Says of which day the page is, and what of it the records cannot tell; nothing for today."""
    _, day = view.words, view.filters.as_of
    if not day:
        return
    st.warning(
        _(
            "**As of {day}, not today.** This page shows the past: what the records dated up to "
            "that day say of it, as they are stored now.",
            day=day,
        ),
        icon=":material/history:",
    )
    st.button(_("Return to today"), key="return_to_today", on_click=_return)
    st.caption(" ".join(_untold(view, page)))


def _untold(view: View, page: Page) -> list[str]:
    """Sentences on what bears no date and so cannot be told of a past day."""
    _ = view.words
    said = [
        _(
            "Names, criteria, weights, places and priorities bear no dates: they are those of now, "
            "and what was corrected later is shown corrected."
        )
    ]
    counted = ["undated_network"] if page.filters == NETWORK_FILTERS else ["undated_applications"]
    if page.every_cohort:
        counted = ["undated_applications", "undated_network"]
    phrases = {
        "applications": lambda n: _.plural(
            "{n} application has no dated stages: it stands as it does now.",
            "{n} applications have no dated stages: they stand as they do now.",
            n,
        ),
        "scores": lambda n: _.plural(
            "{n} score has no date and counts on every day.",
            "{n} scores have no date and count on every day.",
            n,
        ),
        "centres": lambda n: _.plural(
            "{n} centre has no dated status and is shown on every day.",
            "{n} centres have no dated status and are shown on every day.",
            n,
        ),
        "agreements": lambda n: _.plural(
            "{n} agreement has no day of signature and is shown on every day.",
            "{n} agreements have no day of signature and are shown on every day.",
            n,
        ),
        "targets": lambda n: _.plural(
            "{n} target does not say since when it is set and counts on every day.",
            "{n} targets do not say since when they are set and count on every day.",
            n,
        ),
    }
    counts = {what: int(n) for name in counted for what, n in view.ask(name).iloc[0].items()}
    return said + [phrases[what](n) for what, n in counts.items() if n]


def _return() -> None:
    filters: Filters = st.session_state["filters"]
    st.session_state["filters"] = filters.without("as_of")
    st.session_state["clicked"] = True

"""The past that is shown, a day or what was known then: nobody can take it for today; the way back.

What is chosen is kept with the filters: `as_of`, a day that is told from the records as they are
stored now, and `snapshot`, the records as they were stored then. Both together are the day as it
was known then.
"""

import streamlit as st

from pages.parts.register import NETWORK_FILTERS, Page
from queries.filters import Filters
from queries.view import Snapshot, View


def notice(view: View, page: Page) -> None:
    """Says of which day the page is, and what of it the records cannot tell; nothing for today."""
    _, day, number = view.words, view.filters.as_of, view.filters.snapshot
    if not view.filters.past:
        return
    if not number:
        said = _(
            "**As of {day}, not today.** This page shows the past: what the records dated up to "
            "that day say of it, as they are stored now.",
            day=day,
        )
    elif not day:
        said = _(
            "**As it was known on {known}, and not the current data.** This page shows snapshot "
            "{number}: what was on record when it came in, and nothing that came or was corrected "
            "later.",
            known=view.clock,
            number=number,
        )
    else:
        said = _(
            "**As of {day}, as it was known on {known}, and not the current data.** This page "
            "shows the past: what the records dated up to {day} say of it, as snapshot {number} "
            "has them.",
            day=day,
            known=view.clock,
            number=number,
        )
    st.warning(said, icon=":material/history:")
    back = _("Return to the current data") if number else _("Return to today")
    st.button(back, key="return_to_today", on_click=_return)
    if day:
        st.caption(" ".join(_untold(view, page)))


def named(view: View, snapshot: Snapshot) -> str:
    """A snapshot in a list: `3 · 26 Aug 2026, 14:02 UTC · the note its import came with`."""
    parts = (str(snapshot.number), view.words.moment(snapshot.imported_at), snapshot.note)
    return " · ".join(filter(None, parts))


def _untold(view: View, page: Page) -> list[str]:
    """Sentences on what bears no date and so cannot be told of a past day."""
    _ = view.words
    said = [
        _(
            "Names, criteria, weights, places and priorities bear no dates: they are those of the "
            "snapshot, and so is whatever else is told as it is now."
        )
        if view.filters.snapshot
        else _(
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
    st.session_state["filters"] = filters.without("as_of", "snapshot")
    st.session_state["clicked"] = True

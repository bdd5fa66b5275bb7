"""The one door: `enter()` gives a page its view, and nothing else gives it data."""

from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from pages.parts.register import PAGES, Page
from queries.filters import Filters
from queries.rights import Forbidden, Rights
from queries.view import View, kept, latest
from queries.words import LANGUAGES, Words


def enter() -> View:
    """The view of whoever looks, read anew in every run, of a page or of a fragment alone.

    A fragment calls it inside itself: a view handed in from outside would keep an old role. Raises
    Forbidden when the role may not open the page that is shown.
    """
    view = admit()
    page = st.session_state.get("page", "")
    if not view.rights.may_open(page):
        raise Forbidden(f"{view.rights.role} may not open {page}")
    return view


def begin() -> Words:
    """Settles the language of this run, before anything is said."""
    st.session_state["lang"] = language()
    return Words(st.session_state["lang"])


def admit(*, newest: bool = False) -> View:
    """The same without a page: for the frame, which has none yet.

    One run keeps to one snapshot; the frame asks for the `newest` when it starts, before it knows
    what the reader chose. On a page that cannot show the past, today is seen; the address keeps the
    day and the snapshot for the next page.
    """
    if newest or "snapshot" not in st.session_state:
        st.session_state["snapshot"] = latest()
    filters = Filters() if newest else st.session_state.get("filters", Filters())
    page = next((page for page in PAGES if page.key == st.session_state.get("page")), None)
    if page and page.every_cohort:
        filters = replace(filters.only(*page.filters), cohort=None)
    if page and not page.dated:
        filters = filters.without("as_of", "snapshot")
    view = View(
        snapshot=st.session_state["snapshot"],
        filters=filters,
        rights=Rights(role()),
        words=Words(st.session_state["lang"]),
        clock=today(),
    )
    return view.at(kept(filters.snapshot)) if filters.snapshot else view


def open_to(view: View) -> list[Page]:
    """The pages the reader may open, in the order of the menu; raises Forbidden without any."""
    pages = [page for page in PAGES if view.rights.may_open(page.key)]
    if not pages:
        raise Forbidden(f"{view.rights.role} may open nothing")
    return pages


def role() -> str:
    """Who looks. Without sign-in the gate lets in only this machine: the secretariat."""
    return "secretariat"


def language() -> str:
    """The reader's language: the address, else what was chosen before, else the browser's."""
    asked = st.query_params.get("lang") or st.session_state.get("lang")
    if asked not in LANGUAGES:
        asked = (st.context.locale or "en").split("-")[0]
    return asked if asked in LANGUAGES else "en"


def today() -> date:
    """The day in UTC, as the store dates its imports."""
    return datetime.now(UTC).date()


def last_visit() -> date | None:
    """The day before today on which this browser came last; None when it has not come yet.

    It is told by the browser's own cookies (`pages/static/frame.js`) and kept nowhere else.
    """
    for name in ("alliance_seen", "alliance_before"):
        try:
            day = date.fromisoformat(str(st.context.cookies.get(name)))
        except ValueError:
            continue
        if day < today():
            return day
    return None

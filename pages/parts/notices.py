"""What the frame says around a page: sample notice, faults, stamp, language."""

import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.parts import streamlits
from pages.parts.text import plain, short
from queries.rights import Forbidden
from queries.view import StoreError, View
from queries.words import LANGUAGES, Words
from reports.stamp import FILTER_NAMES, SAMPLE, is_sample, stamp

MOST_NAMED = 5  # values that are named, of those an address got wrong
STATIC = Path(__file__).parents[1] / "static"
log = logging.getLogger("dashboard")


@contextmanager
def part() -> Iterator[None]:
    """The place of one figure: when it fails, a sentence stands there and the rest stays."""
    words = Words(st.session_state.get("lang", "en"))
    try:
        yield
    except StoreError as error:
        log.warning("%s", error)
        st.error(plain(error.said.told(words)))
    except Forbidden as error:
        log.warning("%s", error)
        st.error(words("This is not open to you. The secretariat can say who may see it."))
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("reference %s", reference)
        st.error(
            words(
                "This part could not be shown. Tell whoever looks after the dashboard the "
                "reference {reference}; it stands in the log.",
                reference=reference,
            )
        )


def is_decided(view: View) -> bool:
    """Whether the cohort was decided by the day that is shown: till then nobody is selected yet,
    which is not the same as 0 selected."""
    record = view.ask("cohort_record")
    return bool(len(record)) and not pd.isna(record.loc[0, "decided_on"])


def sample_notice(view: View) -> None:
    """The line nobody can overlook, above everything else, when the data is not real."""
    if is_sample(view):
        st.warning(f"**{view.words(SAMPLE)}**", icon=":material/science:")


def dropped_values(view: View, dropped: list[tuple[str, str]]) -> None:
    """Says which filters of the address meant nothing here."""
    _ = view.words
    left_out(view, [f"{_(FILTER_NAMES[name])} “{short(value)}”" for name, value in dropped])


def left_out(view: View, named: list[str]) -> None:
    """Says what of the address meant nothing here, where anything did."""
    _ = view.words
    if named:
        values = _.listed(_.some(named, MOST_NAMED))
        st.info(plain(_("Not known here and left out of the address: {values}.", values=values)))


def show_stamp(view: View) -> None:
    """The stamp as one quiet line under the page."""
    st.caption(" · ".join(f"{label}: {plain(text)}" for label, text in stamp(view)))


def document_language(_: Words) -> None:
    """Tells the browser the page's language and Streamlit's words in it; the script also keeps
    links in their tab."""
    words = escape(json.dumps(streamlits.told(_), ensure_ascii=False))
    st.html(
        f'<div data-frame data-lang="{_.lang}" data-words="{words}"></div>'
        '<script src="app/static/frame.js"></script>',
        unsafe_allow_javascript=True,
    )


def looks() -> None:
    """The look of what is not Streamlit's; before everything else, so that nothing jumps."""
    st.html(STATIC / "tables.css")


def language_switch(view: View) -> None:
    """The languages, in their own names; choosing one keeps the address."""
    # The address may have changed it, as when the reader goes back.
    st.session_state["language"] = view.words.lang
    st.sidebar.segmented_control(
        view.words("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language",
        required=True,
        on_change=_switch,
    )


def _switch() -> None:
    st.query_params["lang"] = st.session_state["language"]


def no_application(view: View) -> None:
    """Says that the filters leave no application, or that the cohort has none."""
    _ = view.words
    if view.filters.set():
        empty(view, _("No application fits these filters."), _("Clear one of them to see more."))
    else:
        empty(
            view,
            _("This cohort has no application yet."),
            _("The table applications would fill this."),
        )


def empty(view: View, what: str, fill: str) -> None:
    """An empty answer: what is empty, and what would fill it. Both are sentences."""
    if view.filters.past:
        fill += " " + view.words("It may also have come after the day that is shown.")
    st.info(f"{what} {fill}", icon=":material/inbox:")


def groups_day(view: View) -> None:
    """Says of which day the regions and groups of the applicants' countries are."""
    _ = view.words
    record = view.ask("cohort_record")
    if record.empty or not record.loc[0, "groups_on"]:  # a cohort without applications has no day
        return
    day = record.loc[0, "groups_on"]
    if view.filters.as_of:
        said = _(
            "Regions and groups of countries as they were on {day}: the day of the decision, else "
            "of the call's close, where it had come, else the day that is shown.",
            day=day,
        )
    else:
        said = _(
            "Regions and groups of countries as they were on {day}: the day of the decision, else "
            "of the call's close, else of the import.",
            day=day,
        )
    st.caption(said)

"""The address holds what the reader looks at: filters, language and a page's own details.

Streamlit clears the parameters when the page changes, so what was chosen is kept in the session and
written back in every run. An address that is not the one written last was typed, linked or gone
back to, and is believed; one without parameters says nothing.
"""

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from pages.parts.register import Page
from queries.filters import GROUPS, REGIONS, STAGES, Filters, read
from queries.view import View, history
from queries.words import LANGUAGES


def adopt(view: View, page: Page) -> list[tuple[str, str]]:
    """Settles the filters and details of this run; returns the (name, value) pairs it dropped.

    `view` is of the current snapshot; what is known is asked of the one that the reader chose.
    """
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    moved = st.session_state.get("address_page") != page.key
    # A click counts more than the address it was made under: the browser may not show the last
    # one yet.
    clicked = st.session_state.pop("clicked", False)
    same = clicked or not asked or asked == st.session_state.get("address")
    if same and "filters" in st.session_state:
        # What was chosen holds, but for what left with the last import.
        chosen = _as_lists(st.session_state["filters"].address())
    else:
        chosen = asked
    stored = {str(it.number): it for it in history()} if chosen.get("snapshot") else {}
    looked_at = next((stored[it] for it in chosen.get("snapshot", ()) if it in stored), None)
    view = view.at(looked_at) if looked_at else view
    known = known_codes(view) | {"snapshot": list(stored)}
    st.session_state["filters"], dropped = read(chosen, known, default_cohort(known), view.clock)
    if moved or not same or not asked:
        st.session_state["details"] = {
            name: asked[name] if name in page.repeated else asked[name][0]
            for name in page.details
            if asked.get(name)
        }
    st.session_state["address_page"] = page.key
    dropped += [("lang", lang) for lang in asked.get("lang", ()) if lang and lang not in LANGUAGES]
    return dropped


def write() -> None:
    """Puts the state of this run into the address, where it differs."""
    now = _as_lists(here())
    if {name: st.query_params.get_all(name) for name in st.query_params} != now:
        st.query_params.from_dict(now)
    st.session_state["address"] = now
    # A fragment adopts nothing: what was chosen in it stands in the address from here on.
    st.session_state.pop("clicked", None)


def here(**changes: str | list[str] | None) -> dict[str, str | list[str]]:
    """The parameters of what is shown now, with some changed (None leaves one out): for a link."""
    filters: Filters = st.session_state["filters"]
    parameters = {
        **filters.address(),
        **st.session_state["details"],
        "lang": st.session_state["lang"],
        **changes,
    }
    return {name: value for name, value in parameters.items() if value}


def link(**changes: str | list[str] | None) -> str:
    """The address of the page that is shown, with some parameters changed."""
    return "?" + urlencode(here(**changes), doseq=True)


def links(name: str) -> Callable[[str], str]:
    """Value -> `link(name=value)`: for the rows of a table, the rest is written once."""
    rest = urlencode(here(**{name: None}), doseq=True)
    return lambda value: f"?{rest}&{urlencode({name: value})}"


def choose(**details: str | list[str] | None) -> None:
    """Sets some of the page's own parameters, as the reader chose just now; None takes one out.

    For callbacks. Until the address is written, the choice counts more than what stands there.
    """
    now = st.session_state["details"] | details
    st.session_state["details"] = {name: value for name, value in now.items() if value}
    st.session_state["clicked"] = True


def detail(name: str) -> str | None:
    """A page's own parameter, such as the application whose record is open."""
    return st.session_state["details"].get(name)


def details(name: str) -> list[str]:
    """A page's own parameter that may be repeated, each value once."""
    return list(dict.fromkeys(filter(None, st.session_state["details"].get(name, ()))))


def known_codes(view: View) -> dict[str, list[str]]:
    """The codes each filter may take, cohorts with the default one first; on any day the same."""
    return view.through(Filters()).derive(_by_filter, "filter_codes")


def cohort_names(view: View) -> dict[str, str]:
    """The cohorts there are, code -> name, the default one first."""
    return view.derive(_names, "filter_codes")


def default_cohort(known: dict[str, list[str]]) -> str | None:
    """The latest decided cohort; None when the data holds none."""
    return next(iter(known["cohort"]), None)


def _names(codes: pd.DataFrame) -> dict[str, str]:
    cohorts = codes[codes["filter"] == "cohort"]
    return dict(zip(cohorts["code"], cohorts["name"], strict=True))


def _by_filter(codes: pd.DataFrame) -> dict[str, list[str]]:
    by_filter = codes.groupby("filter", sort=False)["code"].apply(list).to_dict()
    return {
        **{name: by_filter.get(name, []) for name in ("cohort", "country", "goal", "type")},
        "region": list(REGIONS),
        "group": list(GROUPS),
        "stage": list(STAGES),
    }


def _as_lists(parameters: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {k: v if isinstance(v, list) else [v] for k, v in parameters.items()}

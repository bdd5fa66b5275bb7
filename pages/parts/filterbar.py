"""The filters above a page: regions in sight, the others one click away, chips for what is set."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts import address, past
from pages.parts.notices import FILTER_NAMES
from pages.parts.register import NETWORK_FILTERS, Page
from pages.parts.text import plain
from queries.filters import GROUPS, REGIONS, STAGES, Filters
from queries.view import View, history

MOST_NAMED = 3  # codes of one filter that a chip names


def show(view: View, page: Page) -> None:
    """The filters this page applies, under the day it shows; nothing for a page without any."""
    if not page.filters:
        return
    past.notice(view, page)
    if page.every_cohort:
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
            _one_country(view)
            _day(view)
            _snapshot(view)
        return
    _ = view.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        _cohort(view)
        if "region" in page.filters:
            _widget("region", view.filters.region)
            st.pills(
                _("Region"),
                _.in_order(REGIONS),
                format_func=_.label,
                key="filter_region",
                wrap=True,
                on_change=_changed,
                args=("region",),
            )
        others = [name for name in page.filters if name != "region"]
        more = st.popover(_("More filters"), icon=":material/tune:", on_change="rerun", key="more")
        if more.open:
            with more:
                codes = view.ask("filter_codes")
                _day(view)
                _snapshot(view)
                for name in others:
                    _choice(view, name, codes)
    _chips(view, page)


def _cohort(view: View) -> None:
    names = address.cohort_names(view)
    if len(names) > 1:
        _widget("cohort", view.filters.cohort)
        st.selectbox(
            view.words("Cohort"),
            list(names),
            format_func=lambda code: names.get(code, code),
            key="filter_cohort",
            on_change=_changed,
            args=("cohort",),
            width=360,
        )


def _choice(view: View, name: str, codes: Any) -> None:
    """One filter of the popover: several codes of a kind, or the range of scores."""
    _, chosen = view.words, getattr(view.filters, name)
    if name == "score":
        record = view.ask("cohort_record").iloc[0]
        if record["total_max"] == record["total_max"]:  # no criteria, no scale, no range
            limits = float(record["total_min"]), float(record["total_max"])
            low, high = (min(max(end, limits[0]), limits[1]) for end in chosen or limits)
            _widget(name, (low, high))
            st.slider(_("Total"), *limits, key="filter_score", on_change=_slid, args=(limits,))
        return
    options = {
        "stage": lambda: list(STAGES),
        "group": lambda: list(GROUPS),
    }.get(name, lambda: list(codes[(codes["filter"] == name) & codes["used"]]["code"]))()
    options += [code for code in chosen if code not in options]
    labels = dict(zip(codes["code"], codes["name"], strict=True)) if name == "country" else {}
    _widget(name, list(chosen))
    st.multiselect(
        _(FILTER_NAMES[name]),
        options,
        format_func=lambda code: labels.get(code) or _.label(code),
        key=f"filter_{name}",
        placeholder=_("All"),
        on_change=_changed,
        args=(name,),
    )


def _one_country(view: View) -> None:
    """The choice of one country: those of which anything is on record."""
    _, chosen = view.words, view.filters.country
    listed = view.ask("countries_with_records").set_index("country")
    known = listed[(listed["applications"] > 0) | (listed["centres"] > 0)]
    options = [code for code in listed.index if code in known.index or code in chosen]
    _widget("one_country", chosen[0] if len(chosen) == 1 else None)
    st.selectbox(
        _("Country"),
        options,
        format_func=listed["name"].get,
        key="filter_one_country",
        placeholder=_("Choose a country"),
        on_change=_country_chosen,
        width=360,
    )


def _country_chosen() -> None:
    code = st.session_state["filter_one_country"]
    choose(country=(code,) if code else ())


def _day(view: View) -> None:
    """The day that is shown: none for today, or one since which anything is dated."""
    _, chosen = view.words, view.filters.as_of
    first = view.ask("dated_from").loc[0, "first_on"] or view.clock
    _widget("as_of", chosen)
    st.date_input(
        _("As of"),
        None,
        # An address may ask for a day before: nothing was there yet, and that is shown.
        min(first, chosen or first, view.clock),
        view.clock,
        key="filter_as_of",
        on_change=_changed,
        args=("as_of",),
        format="YYYY-MM-DD",
        help=_("Shows every page as it stood on that day. Empty: today."),
    )


def _snapshot(view: View) -> None:
    """The stored snapshot that is looked at: none for the current one; nothing to choose of one."""
    _, chosen = view.words, view.filters.snapshot
    known = {each.number: each for each in history()}
    if len(known) < 2 and not chosen:
        return
    _widget("snapshot", chosen)
    st.selectbox(
        _("As it was known"),
        list(known)[::-1],
        None,
        format_func=lambda number: past.named(view, known[number]),
        key="filter_snapshot",
        placeholder=_("The current snapshot"),
        on_change=_changed,
        args=("snapshot",),
        help=_(
            "Shows every page with what was on record when that snapshot came in, on its day. "
            "Nothing is restored: other readers go on with the current one."
        ),
    )


def _chips(view: View, page: Page) -> None:
    """Each filter that is set as a button that clears it, then what all of them leave."""
    _, filters = view.words, view.filters
    chosen = [name for name in filters.set() if name in page.filters]
    if not chosen:
        return
    everything, left = _left(view.through(filters.only()), page), _left(view, page)
    said = [
        _.plural("{left} of {n} centre", "{left} of {n} centres", everything, left=left)
        if page.filters == NETWORK_FILTERS
        else _.plural(
            "{left} of {n} application", "{left} of {n} applications", everything, left=left
        )
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="chips"):
        for name in chosen:
            within = _left(view.through(filters.only(name)), page)
            what = describe(view, name)
            said.append(_("{n} outside {what}", n=everything - within, what=plain(what)))
            st.button(
                f"{plain(what)} ✕",
                key=f"clear_{name}",
                help=_("Clear this filter"),
                on_click=_clear,
                args=((name,),),
            )
        if len(chosen) > 1:
            st.button(
                _("Clear all"),
                key="clear_all",
                type="tertiary",
                on_click=_clear,
                args=(tuple(chosen),),
            )
        st.markdown("; ".join(said))


def _left(view: View, page: Page) -> int:
    """How many of what the page is about the filters of `view` leave: centres or applications."""
    if page.filters == NETWORK_FILTERS:
        return int(view.ask("centre_count").loc[0, "centres"])
    return int(view.ask("application_count").loc[0, "applications"])


def describe(view: View, name: str) -> str:
    """What a filter is set to, in words: `Africa`, `Kenya or Uganda`, `60–80`."""
    _, value = view.words, getattr(view.filters, name)
    if name == "score":
        return f"{_.number(value[0])}–{_.number(value[1])}"
    if isinstance(value, str):
        return _.label(value)
    codes = view.ask("filter_codes")
    countries = codes[codes["filter"] == "country"].set_index("code")["name"]
    names = [countries[code] if name == "country" else _.label(code) for code in value]
    return ", ".join(_.some(names, MOST_NAMED))


def _widget(name: str, value: Any) -> None:
    """Makes a widget show what the filters say: they are the truth, it is a way to change them."""
    key = f"filter_{name}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def choose(**values: Any) -> None:
    """Sets filters from a click elsewhere, such as on the map. Call it in a callback."""
    st.session_state["filters"] = replace(st.session_state["filters"], **values)
    st.session_state["clicked"] = True


def _changed(name: str) -> None:
    value = st.session_state[f"filter_{name}"]
    choose(**{name: tuple(value) if isinstance(value, list) else value})


def _slid(limits: tuple[float, float]) -> None:
    """The range of totals that was chosen. The whole scale is no filter: it would leave out those
    without a total."""
    span = st.session_state["filter_score"]
    choose(score=None if span == limits else span)


def _clear(names: tuple[str, ...]) -> None:
    filters: Filters = st.session_state["filters"]
    st.session_state["filters"] = filters.without(*names)
    st.session_state["clicked"] = True

"""The brief on one country on the screen, and the choice of a country."""

from urllib.parse import urlencode

import streamlit as st

from pages.parts.downloads import take_paper_away
from pages.parts.tables import linked, marked, write_table
from pages.parts.text import plain
from queries.filters import REGIONS
from queries.view import View
from reports.brief import Brief, Cell, Part, brief
from reports.paper import as_pdf


def show_brief(view: View, country: str) -> None:
    """The brief, as the paper says it, and the way to take the paper away."""
    _ = view.words
    told = brief(view, country)
    st.title(plain(told.name))
    st.caption(plain(told.day))
    st.markdown(plain(" ".join(told.said)))
    for part in told.parts:
        st.header(part.title)
        _show(view, told, part)
    take_paper_away(
        _,
        f"brief-{country}",
        told.name,
        lambda: as_pdf(told, _),
        notice=told.notice,
    )


def pick(view: View) -> None:
    """The countries of which anything is on record, by region, in the order of their names."""
    _ = view.words
    listed = view.ask("countries_with_records")
    known = listed[(listed["applications"] > 0) | (listed["centres"] > 0)]
    st.markdown(
        _.plural(
            "**{n}** country has an application or a centre on record, in all cohorts together.",
            "**{n}** countries have an application or a centre on record, in all cohorts together.",
            len(known),
        )
    )
    for region in [*_.in_order(REGIONS), None]:
        there = known[known["region"].isna() if region is None else known["region"] == region]
        if region is None and there.empty:
            continue
        st.header(_.label(region) if region else _("No region on record"))
        if there.empty:
            st.markdown(_("No application and no centre: 0 countries."))
            continue
        write_table(
            {
                _("Country"): [
                    linked(row.name, _address(view, "country", ("country", row.country)))
                    for row in there.itertuples()
                ],
                _("Applications"): [_.number(n) for n in there["applications"]],
                _("Centres in the network"): [_.number(n) for n in there["in_network"]],
            },
            alt=_.label(region) if region else _("No region on record"),
            numbers=(_("Applications"), _("Centres in the network")),
        )


def brief_address(view: View, country: str) -> str:
    """Where the brief on a country is, from any page, on the day that is shown."""
    return _address(view, "country", ("country", country))


def _show(view: View, told: Brief, part: Part) -> None:
    if part.said:
        st.markdown(plain(" ".join(part.said)))
    if part.rows:
        columns = zip(*part.rows, strict=True)
        cells = [[_html(view, cell) for cell in column] for column in columns]
        write_table(dict(zip(part.head, cells, strict=True)), alt=f"{told.name}: {part.title}")
    if part.points:
        st.markdown("\n".join(f"- {_markdown(view, point)}" for point in part.points))


def _html(view: View, cell: Cell) -> str:
    if cell.page:
        return linked(cell.text, _address(view, cell.page, *cell.detail))
    return marked(cell.tone, cell.sign, cell.text) if cell.sign else cell.text


def _markdown(view: View, cell: Cell) -> str:
    if cell.page:
        return f"[{plain(cell.text)}]({_address(view, cell.page, *cell.detail)})"
    return plain(cell.text)


def _address(view: View, page: str, *detail: tuple[str, str]) -> str:
    shown = view.filters.only().without("cohort").address()
    asked = [*detail, *shown.items(), ("lang", view.words.lang)]
    return f"{page}?{urlencode(asked)}"

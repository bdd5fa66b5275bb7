"""Applications as a table, and the record of one."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import address
from pages.parts.exhibit import exhibit
from pages.parts.notices import empty, groups_day, is_decided, no_application
from pages.parts.tables import FEW, show_table
from pages.parts.text import plain, short
from queries.view import View

MOST = 1_000  # rows to sort and search; the files hold all of them


def nothing(view: View) -> bool:
    """Says so, if there is no application to show."""
    if view.ask("application_count").loc[0, "applications"]:
        return False
    no_application(view)
    return True


def answer(view: View) -> None:
    """The page's question answered in a sentence, and of which day its groups are."""
    _ = view.words
    count = view.ask("application_count").iloc[0]
    counts = {
        "applications": _.plural(
            "**{n}** application", "**{n}** applications", int(count["applications"])
        ),
        "countries": _.plural("**{n}** country", "**{n}** countries", int(count["countries"])),
    }
    if is_decided(view):
        said = _(
            "{applications} came from organizations in {countries}; {selected}.",
            selected=_.plural(
                "**{n}** of them was selected",
                "**{n}** of them were selected",
                int(count["selected"]),
            ),
            **counts,
        )
    else:
        said = _(
            "{applications} came from organizations in {countries}; the selection is not decided "
            "yet.",
            **counts,
        )
    st.markdown(said)
    groups_day(view)


def applications_table(view: View) -> None:
    """The first of the applications the filters leave, each leading to its record; more on call."""
    _ = view.words
    total = int(view.ask("application_count").loc[0, "applications"])
    _first(view, FEW, total)
    beside = "compare" + address.link(application=None)
    st.markdown(f"[{_('Set two to four of them side by side')}]({beside})")
    columns = {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "organization_type": _("Organization type"),
        "stage": _("Stage"),
        "total": _("Total"),
        "place": _("Place"),
    }
    record = address.links("application")
    links = {"application_id": lambda row: record(row["application_id"])}
    exhibit(
        view,
        "applications",
        _("Applications"),
        view.ask("applications", most=FEW),
        columns,
        links=links,
        whole=lambda: view.take("applications", most=10**9),
    )
    if total > FEW:
        # Streamlit forgets it where the record is shown; who comes back from there finds it open.
        opened = st.session_state.get("applications_opened", False)
        label = _("More rows, to sort and search")
        more = st.expander(label, opened, key="applications_more", on_change="rerun")
        st.session_state["applications_opened"] = more.open
        if more.open:
            with more:
                _first(view, MOST, total)
                show_table(view, view.ask("applications", most=MOST), columns, links)


def _first(view: View, shown: int, total: int) -> None:
    """Says so, if those shown are not all."""
    if total > shown:
        _ = view.words
        st.caption(
            _("The first {shown} of {total}; the files hold all of them.", shown=shown, total=total)
        )


def show_record(view: View, application: str) -> None:
    """Everything on record about one application, and the way back."""
    _ = view.words
    st.markdown(f"[← {_('Applications')}]({address.link(application=None)})")
    record = view.ask("application_record", application=application)
    # Another cohort's would stand here without its notice and its stamp.
    record = record[record["cohort"] == view.filters.cohort]
    if record.empty:
        st.title(_("Which application is this?"))
        empty(
            view,
            _("This cohort has no application “{name}”.", name=plain(short(application))),
            _("It may be another cohort's, or have left with a later import."),
        )
        return
    row = record.iloc[0]
    st.title(plain(row["organization"]))
    st.markdown(_sentence(view, row))
    beside = "compare" + address.link(application=application)
    st.markdown(f"[{_('Set it beside others')}]({beside})")
    left, right = st.columns(2, gap="large")
    with left:
        st.header(_("Record"))
        exhibit(
            view,
            "application_record",
            _("Record"),
            _pairs(view, row),
            {"what": _("What"), "value": _("On record")},
            whole=lambda: record,
        )
    with right:
        st.header(_("Stages"))
        stages = view.ask("application_stages", application=application)
        if stages.empty:
            what = (
                _("No stage on record is dated up to that day.")
                if view.filters.as_of
                else _("No dated stage is on record; only the present one is known.")
            )
            empty(view, what, _("The table application_stages would fill this."))
        else:
            exhibit(
                view,
                "application_stages",
                _("Stages"),
                stages,
                {"stage": _("Stage"), "since": _("Since")},
            )
    st.header(_("Scores by criterion"))
    exhibit(
        view,
        "application_criteria",
        _("Scores by criterion"),
        view.ask("application_criteria", application=application),
        {
            "name": _("Criterion"),
            "weight": _("Weight"),
            "scale_min": _("Scale from"),
            "scale_max": _("Scale to"),
            "mean": _("Mean of the reviews"),
            "reviews": _("Reviews"),
        },
    )


def _sentence(view: View, row: Any) -> str:
    _ = view.words
    if row["total"] != row["total"]:
        return _("It has no total: a criterion that counts was scored by nobody.")
    if row["place"] != row["place"]:
        return _("Its total is **{total}**; it holds no place.", total=row["total"])
    said = _.plural(
        "Its total is **{total}**, place **{place}** of its cohort, from {n} review.",
        "Its total is **{total}**, place **{place}** of its cohort, from {n} reviews.",
        row["reviews"],
        total=row["total"],
        place=row["place"],
    )
    if row["tied"]:
        said += " " + _("Others have the same total.")
    if not row["complete"]:
        said += " " + _("Some scores are missing, so it is provisional.")
    return said


def _pairs(view: View, row: pd.Series) -> pd.DataFrame:
    """The record as (what, value) rows."""
    _ = view.words
    groups = [row["region"], *(g for g in ("LDC", "LLDC", "SIDS") if row[g.lower()])]
    pairs = {
        _("Application"): row["application_id"],
        _("Title"): row["title"],
        _("Country"): row["country_name"],
        _("Groups on {day}", day=row["groups_on"]): [_.label(code) for code in groups],
        _("City"): row["city"],
        _("Organization type"): row["organization_type"],
        _("Submitted"): row["submitted_on"],
        _("Stage"): _.label(row["stage"]),
        _("Priorities"): [_.label(goal) for goal in row["goals"]],
        _("Objectives"): row["objectives"],
        _("Centre"): row["centre_name"],
    }
    return pd.DataFrame({"what": list(pairs), "value": list(pairs.values())})

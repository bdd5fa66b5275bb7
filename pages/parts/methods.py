"""What the words and numbers mean and where they come from: the parts of the page /methods.

A definition is linked from elsewhere by its anchor, as in `methods#total`. When the SQL that one
describes changes, so does its text.
"""

import re
from html import escape
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from pages.parts import methods_status
from pages.parts.exhibit import exhibit, offer
from pages.parts.tables import Markup, linked, show_table, write_table
from pages.parts.text import plain
from queries.filters import GROUPS, REGIONS
from queries.view import View
from queries.words import N_

# (anchor, word, what it means); the text is Markdown.
DEFINITIONS = (
    (
        "total",
        N_("Total of an application"),
        N_(
            "Reviewers score single criteria. For each criterion, the scores of all reviewers who "
            "scored it are averaged. Each of these means is put on a scale from 0 to 1, between "
            "the lowest and the highest score the criterion allows; their weighted mean, by the "
            "weights of the cohort's criteria, is the total. It is told on the criteria's own "
            "scale where they share one, otherwise from 0 to 100. An application has no total when "
            "a criterion with a weight above 0 has no score at all. Totals are rounded to ten "
            "decimals, so that equal ones count as equal."
        ),
    ),
    (
        "place",
        N_("Place, and tie"),
        N_(
            "An application's place is 1 plus the number of applications of its cohort with a "
            "higher total. Applications with the same total are tied: they share a place, and the "
            "places after them are skipped. Applications without a total and those withdrawn have "
            "no place and move nobody else's."
        ),
    ),
    (
        "line",
        N_("The line"),
        N_(
            "Applications are lined up by their totals, and the line is drawn after as many as the "
            "cohort has places. Where no number of places is recorded, the number selected stands "
            "for it; where there is neither, there is no line. When the totals on both sides of it "
            "are equal, the tie lies across the line, and totals alone do not say who is in. "
            "The line follows from the scores. Who was selected is what the secretariat recorded; "
            "the two may differ, and neither is made from the other."
        ),
    ),
    (
        "incomplete",
        N_("Incomplete"),
        N_(
            "An application is incomplete when it has no review, or when a reviewer who scored it "
            "left out one of the cohort's criteria. What is missing is left out of the means; it "
            "never counts as 0."
        ),
    ),
    (
        "stages",
        N_("Stages, and how far applications got"),
        N_(
            "A stage is what the secretariat recorded: submitted, eligible, evaluated, selected, "
            "reserve, not selected or withdrawn. An application has reached a stage when a dated "
            "record says so or when it stands there now; no stage is inferred from a later one. "
            "Where an application has no dated stage, only its present one is counted, and the "
            "figure says how many those are. The selection rate is the number selected, divided by "
            "all applications that the filters leave, those withdrawn included."
        ),
    ),
    (
        "countries",
        N_("Organizations from countries"),
        N_(
            "Organizations apply, not countries. A country is counted once, however many "
            "organizations applied from it. Where it is one, a mean over the country is that one "
            "application's score, so the number of applications stands beside every mean."
        ),
    ),
    (
        "groups",
        N_("Region and groups of a country"),
        N_(
            "Regions are the six of ITU's development sector: Africa, Americas, Arab States, "
            "Asia-Pacific, CIS and Europe. They are not Regions 1, 2 and 3 of the Radio "
            "Regulations, and they differ from the regions of the United Nations' M49 standard. "
            "The groups are the least developed countries (LDC), the landlocked developing "
            "countries (LLDC) and the small island developing States (SIDS); a country can be in "
            "several of them, so the three are never added up. Membership has dates. An "
            "application is seen with the region and groups its country had on the day of the "
            "decision; before there is one, on the day the call closed; without that, on the day "
            "of the import. Centres are seen with those of today."
        ),
    ),
    (
        "status",
        N_("Status of a centre"),
        N_(
            "The status on a day is the last one recorded up to that day: selected, agreement "
            "signed, operating, paused or ended; of several recorded for the same day, the one "
            "furthest on in this order. A centre without any dated status is shown without one."
        ),
    ),
    (
        "network",
        N_("Centres in the network"),
        N_(
            "A centre is in the network from the day of its first status until the day it ended; "
            "one that is paused is in it. Centres that joined without an application count in "
            "every cohort, and a centre without any dated status counts in none."
        ),
    ),
    (
        "latest",
        N_("Latest value, target and report"),
        N_(
            "The latest value of an indicator is the one reported for the latest day up to today. "
            "A report on a part, such as one sex or one age, never stands for the whole. "
            "Of several targets of a centre for one indicator, the next one due counts, in its "
            "latest wording; once all are past, the last one. No report is shown as that and never "
            "as 0, and a target that is not due yet is not late. What centres report is their own "
            "contribution to a priority; it is not the progress of the plan."
        ),
    ),
    (
        "as-of",
        N_("As of a day"),
        N_(
            "A page as of a day shows what the records dated up to that day say of it. An "
            "application is there from the day it was submitted (else from its first dated stage, "
            "else from the opening of its call), at the last stage it had reached by then; before "
            "its first dated stage it counts as submitted. Scores count from the day they were "
            "given, and totals, places and the line follow from them; a decision is known from its "
            "day on. Agreements, targets, reports, statuses and milestones that were met count "
            "from their dates, and “today” is that day. What bears no date counts on every day, "
            "and the page says how much that is. The records are those of the snapshot that is "
            "shown: what was corrected later is shown corrected. What was known at the time is "
            "shown by the choice of an earlier snapshot, beside that of the day."
        ),
    ),
    (
        "snapshot",
        N_("Snapshot, hash and sample"),
        N_(
            "Each import makes a new, complete, numbered snapshot; earlier ones are kept and can "
            "be shown again. The line under every page and in every file names the data by the "
            "beginning of its hash (SHA-256): equal data has an equal hash. A cohort marked as a "
            "sample is fictional: its countries, organizations and results were drawn by lot, and "
            "every page and file with it says so."
        ),
    ),
)
LIMITS = (
    N_(
        "Not public, and never guessed: the criteria, their weights, the scores and reviewers, the "
        "applications that were not selected, most of the list of those selected, and the "
        "outcomes, "
        "indicators and targets under the priorities. They are here when the secretariat imports "
        "them, and missing until then."
    ),
    N_(
        "The priorities of the Baku Action Plan were not found in published documents; they appear "
        "when they are imported."
    ),
    N_(
        "There is no sign-in yet. The dashboard answers only on the machine it runs on, and "
        "whoever "
        "sits there has the secretariat's rights. A name given with an import is what was typed."
    ),
    N_("Names of the priorities in languages other than English are not official translations."),
    N_(
        "The map's coasts and borders are simplified. A place is checked against its country with "
        "a "
        "tolerance of 25 kilometres; countries too small to show are drawn as markers."
    ),
    N_("Changes of membership in regions and groups are dated from 2023 on, and not before."),
)
CERTAINTY = (
    (N_("stated"), N_("A source says it.")),
    (
        N_("as of a day"),
        N_("A list as it stood on that day. Lists change, and for small islands they differ."),
    ),
    (N_("stated as scheduled"), N_("A source says that it will happen on that day.")),
    (
        N_("reconciled"),
        N_("Recalled; the totals by region then agree with those that sources state."),
    ),
    (N_("implied"), N_("Follows from stated totals.")),
    (N_("inferred"), N_("Follows from sources by reasoning.")),
    (N_("recalled"), N_("General knowledge; no source was reached. Not official.")),
)
KINDS = {
    "group": N_("Regions and groups"),
    "plan": N_("Plans"),
    "published": N_("Published totals"),
}
FIGURES = {
    "applications": N_("Applications"),
    "countries": N_("Countries"),
    "selected": N_("Selected"),
    "network": N_("Centres in the network"),
}


def answer(view: View) -> None:
    """What every figure is made from, in a sentence."""
    _ = view.words
    record = view.ask("reference_record").iloc[0]
    st.markdown(
        _.plural(
            "Every figure is made from **{n}** application and **{centres}** centres, as they came "
            "in by {day}, and from reference data about **{countries}** countries.",
            "Every figure is made from **{n}** applications and **{centres}** centres, as they "
            "came in by {day}, and from reference data about **{countries}** countries.",
            int(record["applications"]),
            centres=record["centres"],
            day=record["imported_at"].date(),
            countries=record["countries"],
        )
    )


def definitions(view: View) -> None:
    """Every definition under its anchor."""
    _ = view.words
    for anchor, word, meaning in (*DEFINITIONS, *methods_status.DEFINITIONS):
        st.subheader(_(word), anchor=anchor)
        st.markdown(_(meaning))
        if anchor == "course":
            methods_status.lines(view)


def published(view: View) -> None:
    """What has been published about the first cohort, and how exact it is."""
    _ = view.words
    frame = view.ask("reference_totals")
    about = {
        _(FIGURES[row.what]): _("about {n}", n=row.value)
        if row.approximate
        else _.number(row.value)
        for row in frame.itertuples()
    }
    listed = _.listed([f"{figure}: **{value}**" for figure, value in about.items()])
    st.markdown(
        _(
            "Published about the first cohort: {totals}. Where a source says “about”, a rate "
            "computed from the number is approximate, too. ITU counts organizations, not "
            "countries.",
            totals=listed,
        )
    )
    columns = {
        "what": _("Figure"),
        "value": _("Published"),
        "as_of": _("As of"),
        "confidence": _("How sure"),
        "source": _("Source"),
    }
    cells = (
        list(about),
        list(about.values()),
        ["–" if pd.isna(day) else _.date(day) for day in frame["as_of"]],
        [_(mark) for mark in frame["confidence"]],
        [_with_links(source) for source in frame["source"]],
    )
    write_table(dict(zip(columns.values(), cells, strict=True)))
    offer(view, "published_totals", _("Published totals"), columns, lambda: frame)


def groups(view: View) -> None:
    """Members of each region and group on the day that counts, and how sure that is."""
    _ = view.words
    record = view.ask("cohort_record")
    day = record.loc[0, "groups_on"] if len(record) else None
    day = view.today if pd.isna(day) else pd.Timestamp(day).date()
    frame = view.ask("reference_groups", on_day=day)
    total = int(frame.loc[frame["group_code"].isin(REGIONS), "countries"].sum())
    st.markdown(
        _.plural(
            "On {day}, the day that counts for the cohort shown, **{n}** country was in a region.",
            "On {day}, the day that counts for the cohort shown, **{n}** countries were in the six "
            "regions.",
            total,
            day=day,
        )
    )
    shown = pd.DataFrame(
        [
            {
                "group_code": code,
                "countries": int(rows["countries"].sum()),
                "confidence": ", ".join(
                    f"{_(row.confidence)}: {_.number(row.countries)}" for row in rows.itertuples()
                ),
            }
            for code in [*_.in_order(REGIONS), *_.in_order(GROUPS)]
            if len(rows := frame[frame["group_code"] == code])
        ]
    )
    exhibit(
        view,
        "reference_groups",
        _("Regions and groups of countries"),
        shown,
        {
            "group_code": _("Region or group"),
            "countries": _("Countries"),
            "confidence": _("How sure"),
        },
    )


def sources(view: View) -> None:
    """Where the facts come from that ship with the dashboard, and what the certainties mean."""
    _ = view.words
    st.markdown(
        _(
            "Country names are the short forms of the United Nations' terminology database, "
            "UNTERM, "
            "as collected by OCHA (MIT licence). The plans and the priorities' official English "
            "names are quoted from ITU's published documents. The map's shapes are based on those "
            "of the United Nations, as they come with plotly.js (MIT licence), and simplified."
        )
    )
    frame = view.ask("reference_sources")
    frame["kind"] = [_(KINDS[kind]) for kind in frame["kind"]]
    frame["confidence"] = [_(mark) for mark in frame["confidence"]]
    columns = {
        "kind": _("What"),
        "source": _("Source"),
        "confidence": _("How sure"),
        "facts": _("Facts"),
    }
    cells = {heading: list(frame[name]) for name, heading in columns.items()}
    # Not in the frame: a column of text would make plain text of what is marked up.
    cells[columns["source"]] = [_with_links(source) for source in frame["source"]]
    cells[columns["facts"]] = [_.number(facts) for facts in frame["facts"]]
    write_table(cells)
    offer(view, "reference_sources", _("Sources"), columns, lambda: frame[list(columns)])
    st.subheader(_("How sure is a fact?"), anchor="certainty")
    meanings = [(_(mark), _(meaning)) for mark, meaning in CERTAINTY]
    exhibit(
        view,
        "certainty",
        _("How sure is a fact?"),
        pd.DataFrame(meanings, columns=["mark", "meaning"]),
        {"mark": _("Mark"), "meaning": _("Meaning")},
    )


def _with_links(source: str) -> Markup:
    """A source of our own reference data, its addresses as links that bear the host's name."""
    told, start = [], 0
    for found in re.finditer(r"https?://[^\s;)]+", source):
        host = urlsplit(found[0]).hostname.removeprefix("www.")
        told += [escape(source[start : found.start()]), linked(host, found[0])]
        start = found.end()
    return Markup("".join([*told, escape(source[start:])]))


def dictionary(view: View) -> None:
    """Every table and column, as the database itself describes them."""
    _ = view.words
    frame = view.ask("dictionary")
    st.markdown(
        _(
            "The data lies in **{tables}** tables with **{columns}** columns. What stands here is "
            "what the database says of itself.",
            tables=frame["table_name"].nunique(),
            columns=len(frame),
        )
    )
    for part in ("meaning", "table_meaning"):
        frame[part] = [_(text) if text else "" for text in frame[part]]
    columns = {"column_name": _("Column"), "data_type": _("Type"), "meaning": _("Meaning")}
    for name, rows in frame.groupby("table_name", sort=False):
        table = st.expander(
            f"**{plain(name)}** – {plain(rows['table_meaning'].iloc[0])}",
            key=f"dictionary_{name}",
            on_change="rerun",
        )
        if table.open:
            with table:
                show_table(view, rows, columns)
    whole = {"table_name": _("Table"), "table_meaning": _("Meaning of the table"), **columns}
    offer(view, "dictionary", _("Data dictionary"), whole, lambda: frame[list(whole)])


def limits(view: View) -> None:
    """What the dashboard does not know or cannot do, told plainly."""
    _ = view.words
    recalled = view.ask("reference_record").loc[0, "recalled"]
    told = [
        *(_(limit) for limit in LIMITS),
        _.plural(
            "The region of {n} country is not stated by a source for the country itself: it was "
            "recalled or follows by reasoning, and the totals by region agree with stated ones.",
            "The regions of {n} countries are not stated by a source for the country itself: they "
            "were recalled or follow by reasoning, and the totals by region agree with stated "
            "ones.",
            int(recalled),
        ),
    ]
    st.markdown("\n".join(f"- {limit}" for limit in told))

"""What /methods says is what the data and the SQL say."""

import re

import pytest

from data import store
from pages.parts.methods import DEFINITIONS
from pages.parts.methods_balance import DEFINITIONS as BALANCE
from pages.parts.methods_status import DEFINITIONS as STATUS
from tests.pages import shown
from tests.pages.shown import by_headings, read

ANCHORS = (
    "total place line incomplete stages countries groups status network latest as-of "
    "snapshot course pace outlook silent tested definitions published limits map memberships "
    "sources certainty dictionary ranking reviewers agreement severity discuss-first alpha "
    "distribution lot lot-limits rules rules-conflict panel-noise"
)


def texts(app):
    return [text.value for text in app.markdown]


def test_begins_with_what_every_figure_is_made_from(open_page, store_with):
    store_with(
        cohorts="cohort,name,plan\n1,First,KAP\n",
        applications="application_id,cohort,country,organization,stage\nA1,1,KEN,One,submitted\n",
        centres="centre_id,name,country\nC1,Centre,KEN\n",
    )
    day = store.current().imported_at
    [sentence] = [text for text in texts(open_page("methods")) if text.startswith("Every figure")]
    assert sentence == (
        "Every figure is made from **1** application and **1** centres, as they came in by "
        f"{day.day} {day:%b %Y}, and from reference data about **195** countries."
    ).replace("Sep ", "Sept ")


def test_every_definition_and_section_can_be_linked_to(open_page):
    app = open_page("methods")
    found = {heading.proto.anchor for heading in (*app.header, *app.subheader)}
    assert found == set(ANCHORS.split())
    shown = texts(app)
    assert all(meaning in shown for _anchor, _word, meaning in (*DEFINITIONS, *STATUS, *BALANCE))


def test_how_the_panel_is_judged_is_told_with_seed_draws_and_reference(open_page):
    shown = " ".join(texts(open_page("methods")))
    for words in (
        "restricted maximum likelihood (REML)",
        "ICC(A,1) = A / (A + R + E)",
        "10,000 draws of the three variances (seed 2022)",
        "ten Hove, Jorgensen and van der Ark, Psychological Methods 27 (2022)",
        "2,000 panels simulated from the model",
        "Krippendorff, Content Analysis, 2nd edition (2004)",
    ):
        assert words in shown


def test_the_second_opinion_stands_beside_the_first_with_its_interval(open_page):
    rows = by_headings(open_page("methods"))[("Score", "Alpha", "ICC(A,1)")]
    assert rows[0][0] == "Total" and len(rows) == 6
    assert all(re.fullmatch(r"0\.\d\d\s\(-?\d\.\d\d\sto\s\d\.\d\d\)", row[1]) for row in rows)


def test_the_lines_between_the_statuses_are_those_of_the_file(open_page):
    rows = by_headings(open_page("methods"))
    assert rows[("Plan", "on course", "behind", "off course", "moved away")] == [
        ("every plan", "at least 0.95", "at least 0.60", "at least 0.00", "less than 0.00")
    ]


HELD_BACK = ("The range promises", "The truth lay in it", "In it", "Below it", "Above it", "Series")


def test_the_outlook_is_tested_on_reports_held_back(open_page, store_with):
    reports = "".join(f"C1,I1,202{n // 4}-0{1 + n % 4 * 2}-01,{n}\n" for n in range(7))
    world = {
        "cohorts": "cohort,name,plan\n1,First,KAP\n",
        "applications": (
            "application_id,cohort,country,organization,stage\nA1,1,KEN,One,selected\n"
        ),
        "centres": "centre_id,application_id,name,country\nC1,A1,Centre,KEN\n",
        "indicators": "indicator,goal,name,direction,kind\nI1,KAP-1,Trained,up,cumulative\n",
        "measurements": f"centre_id,indicator,measured_on,value\n{reports}",
    }
    store_with(**world)
    app = open_page("methods")
    assert [row[0] for row in by_headings(app)[HELD_BACK]] == ["95%", "67%"]
    assert {row[5] for row in by_headings(app)[HELD_BACK]} == {"1"}
    store_with(**world | {"measurements": "centre_id,indicator,measured_on,value\n"})
    app = open_page("methods")
    assert HELD_BACK not in by_headings(app)
    assert any("nothing could be tested" in text for text in texts(app))


def test_simulated_centres_show_where_the_words_hold_and_where_not(open_page):
    rows = by_headings(open_page("methods"))[
        ("The centres go", "It was said", "Of how many", "The word promised", "Reached the target")
    ]
    assert len(rows) == 9
    assert rows[0][:2] == (
        "a straight line with scatter, as the outlook believes",
        "likely to reach the target by its date",
    )


def test_published_totals_keep_their_about(open_page):
    app = open_page("methods")
    rows = by_headings(app)[("Figure", "Published", "As of", "How sure", "Source")]
    assert [row[:3] for row in rows] == [
        ("Applications", "about 44", "–"),
        ("Countries", "35", "–"),
        ("Selected", "17", "1 Sept 2023"),
        ("Centres in the network", "18", "6 Mar 2026"),
    ]


def test_memberships_are_those_of_the_decision_with_their_certainty(open_page, store_with):
    # Bhutan was least developed until 13 December 2023, Sao Tome and Principe a year longer.
    store_with(
        cohorts="cohort,name,decided_on,plan\n1,First,2023-12-13,KAP\n2,Second,2023-12-12,KAP\n",
        applications="application_id,cohort,country,organization,stage\n"
        "A1,1,KEN,One,selected\nA2,2,KEN,One,selected\n",
    )

    def least_developed(cohort):
        rows = by_headings(open_page("methods", cohort=cohort))[
            ("Region or group", "Countries", "How sure")
        ]
        assert [row[:2] for row in rows[:6]] == [
            ("Africa", "44"),
            ("Americas", "35"),
            ("Arab States", "22"),
            ("Asia-Pacific", "39"),
            ("CIS", "9"),
            ("Europe", "46"),
        ]
        return next(row for row in rows if row[0] == "Least developed countries")[1:]

    assert least_developed("2") == (
        "46",
        "as of 2026-11-23: 42, stated as scheduled: 2, recalled: 1, stated: 1",
    )
    assert least_developed("1") == (
        "45",
        "as of 2026-11-23: 42, stated as scheduled: 2, stated: 1",
    )


def test_the_addresses_of_sources_are_links_that_bear_their_hosts_name(open_page):
    found = [table for table in shown.tables(open_page("methods")) if "Source" in table]
    assert "https://www.itu.int/reports/wtdc-snapshot-report-2025" in found[-1].attrs["links"]
    assert not any(table["Source"].str.contains("<a |://").any() for table in found)


def test_the_dictionary_comes_from_the_database_and_explains_every_column(open_page):
    database = store.cursor(store.current())
    described = database.execute(
        "select table_name, column_name, comment from duckdb_columns() where not internal"
    ).fetchall()
    relations = dict(
        database.execute(
            """
            select table_name, comment from duckdb_tables()
            union all
            select view_name, comment from duckdb_views() where not internal
            """
        ).fetchall()
    )
    assert [row for row in described if not row[2]] == []
    assert [name for name, comment in relations.items() if not comment] == []
    app = open_page("methods")
    labels = [read(expander.label) for expander in app.expander]
    assert sorted(labels) == sorted(f"**{name}** – {text}" for name, text in relations.items())
    assert (
        f"The data lies in **{len(relations)}** tables with **{len(described)}** columns. What "
        "stands here is what the database says of itself." in texts(app)
    )


def test_says_how_many_regions_no_source_states(open_page):
    [limits] = [text for text in texts(open_page("methods")) if "There is no sign-in yet" in text]
    # 44 + 35 + 22 + 39 + 9 + 46 memberships, of which 61 are stated.
    assert "The regions of 134 countries are not stated by a source" in limits


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_can_be_read_in_every_language(open_page, lang):
    app = open_page("methods", lang=lang)
    assert not app.exception
    assert len(by_headings(app)) == 9

"""Every table of a page leaves with a dictionary that explains each column of its file."""

import csv
import io
import re

import pytest

from tests.pages.shown import tables, taken


def offered(app):
    """What the page offers: name of the files -> kind -> what is sent."""
    rows = [it.proto.body for it in app.get("html") if 'class="take-away"' in it.proto.body]
    found = [re.search(r'take-away/([^/]+)/csv" download="([^"]+)\.csv"', row) for row in rows]
    # A paper or a workbook has no columns to explain.
    return {it[2]: lambda kind, token=it[1]: taken(token, kind).body for it in found if it}


def lines(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "page, address",
    [
        ("overview", {}),
        ("overview", {"cohort": "2"}),
        ("applicants", {}),
        ("applicants", {"application": "A18"}),
        ("scores", {}),
        ("ranking", {}),
        ("ranking", {"application": "A04"}),
        ("reviewers", {}),
        ("reviewers", {"cohort": "2"}),
        ("balance", {}),
        ("balance", {"cohort": "2"}),
        ("balance", {"least": "1", "most": "1"}),
        ("compare", {"application": ["A31", "A44"]}),
        ("centres", {}),
        ("centres", {"centre": "C01"}),
        ("goals", {}),
        ("goals", {"centre": "C01", "indicator": "S2.1"}),
        ("changes", {}),
        ("methods", {}),
        ("methods", {"lang": "ru"}),
    ],
)
def test_every_column_that_is_taken_away_has_its_row_in_the_dictionary(open_page, page, address):
    app = open_page(page, **address)
    for closed in ("priorities_regions", "priorities_sums"):
        app.session_state[closed] = True
    if page == "goals":
        app.run()
    assert offered(app)
    for name, fetch in offered(app).items():
        heading, *told = lines(fetch("columns"))
        assert heading == ["name", "meaning", "unit_or_codes", "stamp"], name
        assert [row[0] for row in told] == lines(fetch("csv"))[0][:-1], name
        assert [row[0] for row in told if row[1] in ("", row[0])] == [], name
        assert fetch("parquet").startswith(b"PAR1"), name
        assert fetch("xlsx").startswith(b"PK"), name


@pytest.mark.parametrize(
    "page, address, files",
    [
        ("applicants", {"application": "A18"}, ["application-record", "application-stages"]),
        (
            "centres",
            {"centre": "C01"},
            ["centre-record", "centre-statuses", "centre-agreements", "centre-milestones"],
        ),
        ("overview", {}, ["published-agreement", "data-freshness"]),
        ("methods", {}, ["published-totals", "reference-groups", "reference-sources", "certainty"]),
    ],
)
def test_every_table_can_be_taken_away(open_page, page, address, files):
    app = open_page(page, **address)
    assert {f"sample-{name}" for name in files} <= set(offered(app))
    assert len(tables(app)) <= len(offered(app))


def test_the_meaning_is_the_databases_own_with_the_codes_it_may_hold(open_page):
    fetch = offered(open_page("applicants"))["sample-applications"]
    told = {name: (meaning, unit) for name, meaning, unit, _ in lines(fetch("columns"))}
    assert told["application_id"] == ("Application: Key of the application.", "")
    assert told["country"] == ("Country of the organization, ISO alpha-3.", "")
    assert told["stage"][1].startswith("submitted; eligible; evaluated; selected; reserve;")
    assert told["region"][1].startswith("AFR: Africa; AMS: Americas;")


def test_where_tables_differ_on_a_name_the_heading_stands_alone(open_page):
    app = open_page("applicants")
    [by_country] = [fetch for name, fetch in offered(app).items() if name.endswith("-map")]
    assert lines(by_country("columns"))[1][:2] == ["name", "Country"]

"""Applicants: the two tables, what leads to a record, the record, and names that mean harm."""

import json
import re

import pytest

from pages.parts.tables import FEW
from pages.parts.text import short
from tests.pages.shown import tables

COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,2023-06-15,1,KAP\n"
HOSTILE = {
    "H1": "<img src=x onerror=alert(1)>",
    "H2": "![x](https://evil.example/x.png)",
    "H3": "[a](javascript:alert(1))",
    "H4": "=cmd|' /C calc'!A0",
    "H5": "long" * 1250,
    "H6": "منظمة الاختبار <b>x</b>",
    "H7": ":material/home: :red[x] $a$ `b` https://evil.example",
}


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def table(app, first):
    return next(it for it in tables(app) if it.columns[0] == first)


def column(app, first, heading):
    """A column as people read it, its links as their words."""
    return list(table(app, first)[heading])


def applications(number):
    """`number` applications from Kenya, Uganda and so on, in turn."""
    countries = ("KEN", "UGA", "FRA")
    lines = (f"N{n:03d},1,{countries[n % 3]},Organization {n},not selected" for n in range(number))
    return "application_id,cohort,country,organization,stage\n" + "\n".join(lines) + "\n"


def hostile():
    quoted = ((key, text.replace('"', '""')) for key, text in HOSTILE.items())
    lines = (f'{key},1,KEN,"{text}","{text}",not selected' for key, text in quoted)
    return "application_id,cohort,country,organization,organization_type,stage\n" + "\n".join(lines)


def test_a_region_is_narrowed_to_its_countries_and_their_applications(open_page):
    app = open_page("applicants", region="CIS")
    assert column(app, "Country", "Country") == ["Armenia", "Uzbekistan"]
    assert column(app, "Country", "Applications") == ["1", "1"]
    assert len(table(app, "Application")) == 2


def test_a_country_leads_to_itself_under_the_filters_that_are_set(open_page):
    app = open_page("applicants", region="AFR", stage="selected")
    countries = table(app, "Country")
    leads = dict(zip(countries["Country"], countries.attrs["links"][::2], strict=True))
    assert leads["Eritrea"] == "?cohort=1&region=AFR&stage=selected&lang=en&country=ERI"
    briefs = dict(zip(countries["Country"], countries.attrs["links"][1::2], strict=True))
    assert briefs["Eritrea"] == "country?country=ERI&lang=en"


def test_an_application_leads_to_its_record_and_the_record_back(open_page):
    app = open_page("applicants", region="AFR", country="ERI")
    applications = table(app, "Application")
    assert list(applications["Application"]) == ["A18", "A28"]
    assert applications.attrs["links"] == [
        "?cohort=1&region=AFR&country=ERI&lang=en&application=A18",
        "?cohort=1&region=AFR&country=ERI&lang=en&application=A28",
    ]
    record = open_page("applicants", region="AFR", country="ERI", application="A18")
    assert record.title[0].value == r"Sample Organization A18 \(research institute\)"
    back = [element.value for element in record.markdown]
    assert "[← Applications](?cohort=1&region=AFR&country=ERI&lang=en)" in back
    assert dict(
        zip(column(record, "What", "What"), column(record, "What", "On record"), strict=True)
    ) == {
        "Application": "A18",
        "Title": "Sample project A18",
        "Country": "Eritrea",
        "Groups on 15 Jun 2023": "Africa, Least developed countries",
        "City": "Sample City A18",
        "Organization type": "research institute",
        "Submitted": "11 Mar 2023",
        "Stage": "selected",
        "Priorities": "Digital transformation, Enabling policy and regulatory environment, "
        "Inclusive and secure telecommunications/ICTs for sustainable development",
        "Objectives": "3",
        "Centre": "Sample Acceleration Centre 08",
    }


@pytest.mark.parametrize("application", ["B10", "ZZ", "<b>", "' or 1=1 --", "A" * 10_000])
def test_a_record_the_cohort_lacks_is_no_record(open_page, application):
    # B10 is the other cohort's, whose notice and stamp may be others.
    app = open_page("applicants", application=application)
    assert app.title[0].value == "Which application is this?"
    assert read(app.info[0].value) == (
        f"This cohort has no application “{short(application)}”. It may be another cohort's, or "
        "have left with a later import."
    )


def test_the_record_closes_when_its_page_is_chosen_from_the_menu(open_page):
    app = open_page("applicants", application="A18")
    app.query_params.clear()  # as the menu does
    app.run()
    assert app.title[0].value == "Where did the applications come from?"


def test_where_nothing_is_decided_nobody_is_told_as_not_selected(open_page):
    app = open_page("applicants", cohort="2")
    assert read(app.markdown[0].value) == (
        "24 applications came from organizations in 20 countries; the selection is not decided yet."
    )
    assert list(table(app, "Country").columns) == [
        "Country",
        "Region",
        "Applications",
        "For a meeting",
    ]


def test_an_empty_region_is_told_once(open_page):
    app = open_page("applicants", region="ARB")
    assert "0 applications" not in " ".join(it.value for it in app.markdown)
    assert [read(box.value) for box in app.info] == [
        "No application fits these filters. Clear one of them to see more."
    ]
    assert not tables(app)


def test_one_application_is_told_in_the_singular(open_page, store_with):
    store_with(cohorts=COHORTS, applications=applications(1))
    app = open_page("applicants")
    assert read(app.markdown[0].value) == (
        "1 application came from organizations in 1 country; 0 of them were selected."
    )


def test_one_review_is_told_in_the_singular(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications="application_id,cohort,country,organization,stage\nA1,1,KEN,One,selected\n",
        criteria="cohort,criterion,name,weight,scale_min,scale_max\n1,C1,Idea,1,0,10\n",
        reviewers="reviewer\nR1\n",
        scores="application_id,reviewer,criterion,score\nA1,R1,C1,9\n",
    )
    told = " ".join(text.value for text in open_page("applicants", application="A1").markdown)
    assert "Its total is **9**, place **1** of its cohort, from 1 review." in told


def test_more_rows_than_anybody_reads_as_text_are_there_to_sort_and_choose_from(
    open_page, store_with
):
    store_with(cohorts=COHORTS, applications=applications(FEW + 1))
    app = open_page("applicants", region="AFR")
    assert len(table(app, "Application")) == 41
    assert not app.expander
    app = open_page("applicants")
    first = f"The first {FEW} of 61; the files hold all of them."
    assert column(app, "Application", "Organization")[0] == "Organization 11"  # of France
    assert len(table(app, "Application")) == FEW
    assert first in [it.value for it in app.caption]
    assert not app.dataframe
    app.session_state["applications_more"] = True
    app.run()
    [canvas] = app.dataframe
    assert canvas.value["Application"].tolist()[0] == "N011"
    assert len(canvas.value) == FEW + 1
    assert [it for it in app.caption if it.value.startswith("Choose a row to look into it;")]


def test_hostile_names_are_text_in_the_table(open_page, store_with):
    store_with(cohorts=COHORTS, applications=hostile())
    app = open_page("applicants")
    assert sorted(column(app, "Application", "Organization")) == sorted(HOSTILE.values())
    assert sorted(column(app, "Application", "Organization type")) == sorted(HOSTILE.values())


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_is_text_in_its_record_its_chip_and_the_stamp(open_page, store_with, key):
    store_with(cohorts=COHORTS, applications=hostile())
    name = HOSTILE[key]
    app = open_page("applicants", application=key, type=name)
    assert read(app.title[0].value) == name
    live = re.compile(r"(?<!\\)(?:\\\\)*[<\[!`$]")
    for element in (app.title[0], app.button[0], app.caption[-1]):
        text = getattr(element, "label", None) or element.value
        assert not live.search(text), text
    assert app.session_state["filters"].type == (name,)


def test_the_map_has_the_countries_and_none_of_the_organizations(open_page, store_with):
    store_with(cohorts=COHORTS, applications=hostile())
    figure = open_page("applicants").get("plotly_chart")[0].proto.spec
    shapes = json.loads(figure)["data"][0]
    assert "KEN" in shapes["locations"]
    assert "evil" not in figure

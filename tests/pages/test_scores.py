"""The page on scores, on the sample: what it says, and what it says when there is little to say."""

import pytest

from pages.parts import scores
from tests.pages.shown import tables


def said(app) -> str:
    """The sentences of a page, in their order."""
    return " ".join(element.value for element in app.markdown)


def test_the_answer_stands_in_the_page(open_page):
    text = said(open_page("scores", cohort="1"))
    assert "**44** applications of 44 have a total." in text
    assert "A tie runs across the line after place 17: **2** applications of the cohort" in text
    assert (
        "The mean total is **6.80** among those selected (**17**) and **4.92** among the others "
        "(**27**)."
    ) in text


def test_a_cohort_without_a_decision_compares_nobody_selected(open_page):
    app = open_page("scores", cohort="2")
    assert "There are 12 places and no application with a total beyond them" in said(app)
    assert [header.value for header in app.header] == [
        "How do the scores lie in the parts of the cohort?"
    ]


@pytest.mark.parametrize(
    "address, told", [({}, False), ({"region": "AFR"}, True), ({"group": "LDC"}, True)]
)
def test_says_of_which_day_the_groups_are_that_it_is_filtered_by(open_page, address, told):
    captions = [it.value for it in open_page("scores", **address).caption]
    said = [it for it in captions if "countries as they were on 15 Jun 2023" in it]
    assert len(said) == told


def test_filters_that_leave_nothing_say_so(open_page):
    app = open_page("scores", region="ARB")
    assert [info.value for info in app.info] == [
        "No application fits these filters. Clear one of them to see more."
    ]
    assert not app.header


def test_two_applications_have_no_mean_and_no_median(open_page):
    text = said(open_page("scores", region="CIS"))
    assert "**2** applications of 2 have a total, too few for a median." in text
    assert "Too few have a total for two means" in text


@pytest.mark.parametrize("by", ["criterion", "region", "type"])
@pytest.mark.parametrize("few", [300, 10])
@pytest.mark.parametrize("cohort", ["1", "2"])
def test_every_split_is_shown_as_dots_and_as_bars(open_page, monkeypatch, by, few, cohort):
    monkeypatch.setattr(scores, "FEW", few)
    app = open_page("scores", cohort=cohort, by=by)
    assert app.segmented_control(key="scores_by").value == by
    assert len(app.get("plotly_chart")) == 2
    # Only dots lead to a record.
    assert [box.label for box in app.selectbox if box.label == "Open the record of"] == (
        ["Open the record of"] if few == 300 else []
    )


def test_a_split_that_does_not_exist_is_left_out_with_a_notice(open_page):
    app = open_page("scores", by="shoe size")
    assert "left out of the address" in app.info[0].value
    assert app.segmented_control(key="scores_by").value == "criterion"


def test_regions_stand_in_the_order_of_their_names_each_with_its_count(open_page):
    app = open_page("scores", by="region")
    table = tables(app)[-1]
    assert list(table["Region"]) == [
        "Africa",
        "Americas",
        "Arab States",
        "Asia-Pacific",
        "CIS",
        "Europe",
    ]
    assert list(table["With a total"]) == ["15", "11", "0", "4", "2", "12"]
    assert list(table["Mean"])[2] == list(table["Mean"])[4] == "–"  # none, and too few


def test_the_record_of_an_application_is_one_choice_away(open_page):
    app = open_page("scores", cohort="1")
    app.selectbox(key="scores_record").select("A13").run()
    assert app.query_params["application"] == "A13"
    assert "A13" in app.title[0].value

"""The page on distribution: what it says of a lot and of rules, to whom, and of little data.

In the imported cohort there are two places: A1 (KEN) has 9, A2 (KEN) 8, A3 (RWA, least developed)
5, A4 (FJI, small island) 4, A5 no score; A6 was withdrawn. A1 and A3 were selected.
"""

import re

import pytest

from pages.parts import door
from tests.pages.shown import tables, taken

APPLICATIONS = {
    "A1": ("KEN", "selected"),
    "A2": ("KEN", "not selected"),
    "A3": ("RWA", "selected"),
    "A4": ("FJI", "not selected"),
    "A5": ("FJI", "submitted"),
    "A6": ("UZB", "withdrawn"),
}
TOTALS = {"A1": 9, "A2": 8, "A3": 5, "A4": 4, "A6": 7}


@pytest.fixture
def balance(open_page, store_with):
    """Opens the page on the cohort above; some of it can be changed."""

    def open_(
        applications=None, totals=None, decided="2023-06-01", places="2", names=None, **asked
    ):
        listed = APPLICATIONS if applications is None else applications
        store_with(
            cohorts="cohort,name,closed_on,decided_on,places,plan\n"
            f"1,First,2023-03-31,{decided},{places},KAP\n2,Next,,,,KAP\n",
            applications="application_id,cohort,country,organization,stage\n"
            + "".join(
                f'{key},1,{country},"{(names or {}).get(key, key)}",{stage}\n'
                for key, (country, stage) in listed.items()
            ),
            criteria="cohort,criterion,name,weight,scale_min,scale_max\n1,C,C,1,0,10\n",
            reviewers="reviewer\nR1\n",
            scores="application_id,reviewer,criterion,score\n"
            + "".join(
                f"{key},R1,C,{score}\n"
                for key, score in (TOTALS if totals is None else totals).items()
            ),
        )
        return open_page("balance", **{"cohort": "1", "lang": "en"} | asked)

    return open_


def read(text):
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def said(app):
    return " ".join(read(it.value) for it in (*app.markdown, *app.caption, *app.info))


def test_the_answer_says_out_of_whom_and_whether_a_lot_gives_the_same(open_page):
    text = said(open_page("balance", cohort="1", lang="en"))
    assert "17 of the 42 applications that were not withdrawn were selected." in text
    assert "In each of the 21 rows below, the number selected lies within" in text
    assert "judges no decision" in text


def test_regions_stand_in_the_order_of_their_names_with_zeros_as_zeros(open_page):
    table = tables_of(open_page("balance", cohort="1", lang="en"), "balance_by_region")
    # 14 of 42 are from Africa: a lot of 17 gives 17 * 14 / 42 = 5.67 on average.
    assert table.to_dict("list") == {
        "Region": ["Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe"],
        "Applications": ["14", "10", "0", "4", "2", "12"],
        "Selected": ["5", "3", "0", "2", "1", "6"],
        "A lot, from": ["3", "1", "0", "0", "0", "2"],
        "to": ["9", "7", "0", "3", "2", "8"],
        "Mean of a lot": ["5.67", "4.05", "0.00", "1.62", "0.81", "4.86"],
        "Within the range": ["yes"] * 6,
    }


def tables_of(app, key):
    """The table under a figure, opened."""
    app.session_state[f"{key}_table"] = True
    return tables(app.run())[0]


def test_what_lies_outside_a_lot_is_named_with_its_numbers(balance):
    applied = {f"A{i}": ("KEN", "not selected") for i in range(16)}
    applied |= {f"B{i}": ("FJI", "selected") for i in range(10)}
    text = said(balance(applications=applied, totals={}, places="10"))
    # 10 of 26 are from Fiji, and all 10 places went there; a lot gives 10 * 10 / 26 = 3.8.
    assert "Asia-Pacific (10 selected; a lot 2 to 6)" in text
    assert "Africa (0 selected; a lot 4 to 8)" in text


def test_an_undecided_cohort_compares_nobody_and_shows_the_lot(open_page):
    app = open_page("balance", cohort="2", lang="en")
    text = said(app)
    assert "The decision is not on record yet, so nobody is compared." in text
    assert "for the 12 places and the 23 applications that were not withdrawn" in text
    assert "Selected" not in tables_of(app, "balance_by_region")


def test_filters_narrow_the_rows_and_not_the_lot(open_page):
    text = said(open_page("balance", cohort="1", region="AFR", lang="en"))
    assert "17 of the 42 applications" in text
    assert "Of what they leave, 5 were selected, and a lot would give 3 to 9." in text


@pytest.mark.parametrize("role, may", [("director", 0), ("council", 0), ("analyst", 1)])
def test_rules_are_for_those_who_may_try_them_and_ignored_for_others(
    open_page, monkeypatch, role, may
):
    monkeypatch.setattr(door, "role", lambda: role)
    app = open_page("balance", cohort="1", least="1", out=["A13"], lang="en")
    assert ("What would a rule change?" in [it.value for it in app.header]) == may
    assert ("Under these rules" in said(app)) == may
    assert len(app.number_input) == 5 * may


def test_a_rule_says_what_it_changes(balance):
    text = said(balance(most="1", sids="1"))
    # By totals A1 and A2, mean 8.5; with a small island A1 and A4, mean 6.5; selected A1 and A3, 7.
    assert "Under these rules one of the highest totals makes way for another" in text
    assert "The mean total of the selection is 6.500; that of the highest totals is 8.500." in text
    assert "The difference is 2.000 points" in text
    assert "is not known" in text  # one reviewer tells nothing of the panel's noise
    assert "Against those selected, one other enters and 1 would not be in." in text
    assert "The mean total of those selected is 7.000." in text


def test_who_enters_and_who_leaves_is_listed_and_leads_to_the_record(balance):
    table = tables(balance(most="1", sids="1"))[0]
    assert table[["Application", "Against the list of totals", "Against those selected"]].to_dict(
        "list"
    ) == {
        "Application": ["A2", "A3", "A4"],
        "Against the list of totals": ["leaves", "–", "enters"],
        "Against those selected": ["–", "leaves", "enters"],
    }
    [link, *_] = table.attrs["links"]
    assert link.startswith("applicants?") and "application=A2" in link
    assert "most" not in link and "sids" not in link


def test_on_the_sample_the_difference_is_told_in_the_noise_of_the_panel(open_page):
    text = said(open_page("balance", cohort="1", least="1", lang="en"))
    assert re.search(r"points, 0\.\d\d times the noise of the panel in one", text)
    assert "does not ask for it: Arab States." in text


def test_a_rule_that_changes_nothing_says_so(balance):
    assert "The 2 applications with the highest totals keep these rules" in said(balance(most="2"))


@pytest.mark.parametrize(
    "rules, listed, counted",
    [
        ({"least": "2"}, ["at least 2 from Asia-Pacific"], "Asia-Pacific: 1 can be picked."),
        (
            {"ldc": "1", "sids": "1", "in": ["A1"]},
            [
                "at least 1 from least developed countries",
                "at least 1 from small island developing States",
                "A1 in",
            ],
            "Least developed countries: 1 can be picked.",
        ),
        ({"in": ["A1"], "out": ["A1"]}, ["A1 in", "A1 out"], "exclude each other"),
    ],
)
def test_rules_that_exclude_each_other_are_named(balance, rules, listed, counted):
    text = said(balance(**rules))
    assert "No selection that fills the 2 places keeps these rules." in text
    assert "\n- ".join(["", *listed]) in text
    assert counted in text


def test_a_tie_is_told(balance):
    text = said(balance(totals=TOTALS | {"A4": 5}, most="1"))
    assert "Other selections have the same mean: A4 could be in for A3." in text


def test_the_control_changes_the_address_and_one_click_drops_all(balance):
    app = balance()
    assert "Set a rule to see what it changes." in said(app)
    app.number_input(key="balance_most").set_value(1).run()
    app.multiselect(key="balance_out").set_value(["A1"]).run()
    assert (app.query_params["most"], app.query_params["out"]) == ("1", "A1")
    [drop] = [it for it in app.button if it.label == "Drop all rules"]
    drop.click().run()
    assert "most" not in app.query_params and "out" not in app.query_params


@pytest.mark.parametrize(
    "rules, told",
    [
        ({"least": "-1"}, "least “-1”"),
        ({"most": "0"}, "most “0”"),
        ({"ldc": "many"}, "ldc “many”"),
        ({"in": ["Z9"]}, "in “Z9”"),
        ({"out": ["A6"]}, "out “A6”"),
        ({"by": "colour"}, "by “colour”"),
    ],
)
def test_what_means_nothing_is_left_out_and_said(balance, rules, told):
    app = balance(**rules | {"sids": "1"})
    assert "left out of the address: " + told in said(app)
    assert not set(rules) & set(app.query_params)


def test_an_application_without_a_total_cannot_be_named(balance):
    text = said(balance(**{"in": ["A5"]}))
    assert "A5 has no total, so it cannot be picked by score" in text
    assert "One application has no total and cannot be picked by score." in text


def test_a_name_is_text_whatever_it_holds(balance):
    app = balance(names={"A2": "<b>[x](http://y.example)", "A4": "x" * 300}, sids="1")
    assert "http" not in str([it.value for it in app.markdown])
    assert tables(app)[0]["Organization"].tolist()[0] == "<b>[x](http://y.example)"


@pytest.mark.parametrize(
    "change, told",
    [
        ({"cohort": "2"}, "This cohort has no application yet."),
        (
            {"applications": {"A6": ("UZB", "withdrawn")}, "totals": {}},
            "Every application of this cohort was withdrawn.",
        ),
        (
            {"applications": {"A1": ("KEN", "submitted")}, "totals": {}, "decided": ""},
            "There is a place for everybody",
        ),
        (
            {"applications": {"A1": ("KEN", "submitted")}, "totals": {}, "decided": ""},
            "No application here has a total, so nobody can be picked by score.",
        ),
        (
            {"applications": {"A1": ("KEN", "evaluated")}, "decided": "", "places": ""}
            | {"totals": {"A1": 3}},
            "There is no number of places on record either",
        ),
        (
            {"applications": {"A1": ("KEN", "evaluated")}, "totals": {"A1": 3}},
            "and nobody as selected",
        ),
        ({"places": "9", "most": "2"}, "There are 9 places and 4 applications with a total."),
        ({"totals": dict.fromkeys(TOTALS, 5), "most": "1"}, "The mean total stays 5.000"),
    ],
)
def test_little_data_has_its_sentence(balance, change, told):
    assert told in said(balance(**change))


def test_files_made_under_rules_say_so(open_page):
    app = open_page("balance", cohort="1", most="1", lang="en")
    rows = [it.proto.body for it in app.get("html") if 'class="take-away"' in it.proto.body]
    files = [taken(re.search("take-away/([^/]+)/csv", row)[1], "csv").body for row in rows]
    marked = [b"made under rules that were tried" in file for file in files]
    # Four figures of the lot, then who enters and leaves, and the curve.
    assert marked == [False] * 4 + [True] * 2


def test_the_optimizer_is_loaded_only_when_a_rule_is_tried():
    import subprocess
    import sys

    code = (
        "import sys, pages.parts.balance, pages.parts.balance_rules, analysis.rules\n"
        "print('scipy.optimize' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]


def test_of_more_applications_than_the_control_holds_the_others_are_told_of(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.balance_settings.MOST_OPTIONS", 5)
    app = open_page("balance")
    assert [len(control.options) for control in app.multiselect if control.key == "balance_in"] == [
        5
    ]
    assert any(it.value.startswith("The 5 with the highest totals of 42") for it in app.caption)


def test_rules_are_not_tried_on_more_applications_than_anybody_waits_for(balance, monkeypatch):
    monkeypatch.setattr("pages.parts.balance_rules.MOST_TRIED", 3)
    app = balance(least="1")
    assert "Rules can be tried on up to 3 applications with a total; this cohort has 4." in said(
        app
    )
    assert not app.number_input

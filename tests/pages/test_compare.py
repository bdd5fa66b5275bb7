"""Applications side by side: what the address says, what is told of each pair, what is withheld.

In the imported cohort, on scales from 1 to 5: A1 has 5 and 3 (weights 60 and 40), so 4.2; A2 has
4 and 4, so 4; A3 3 and 5, so 3.8; A4 has no score on the second criterion and A5 was withdrawn.
There are two places.
"""

import re

import pandas as pd
import pytest

from pages.parts import compare_sentences as sentences
from pages.parts import door
from queries.words import Words
from tests.pages.shown import tables

COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,,2,KAP\n2,Next,,,,KAP\n"
STAGES = {"A5": "withdrawn"}
CRITERIA = """cohort,criterion,name,weight,scale_min,scale_max
1,plan,Plan,60,1,5
1,team,Team,40,1,5
"""
SCORES = """application_id,reviewer,criterion,score,comment
A1,R1,plan,5,Clear
A1,R1,team,3,
A2,R1,plan,4,
A2,R1,team,4,
A3,R2,plan,3,
A3,R2,team,5,
A4,R3,plan,4,
A5,R1,plan,2,
A5,R1,team,2,
"""


@pytest.fixture
def compare(open_page, store_with):
    """Opens the page on the cohort above with these applications in its address."""

    def open_(*asked, names=None, **address):
        names = names or {}
        listed = "\n".join(
            f'{key},1,KEN,"{names.get(key, key)}",{STAGES.get(key, "evaluated")}'
            for key in ("A1", "A2", "A3", "A4", "A5")
        )
        store_with(
            cohorts=COHORTS,
            applications="application_id,cohort,country,organization,stage\n" + listed + "\n",
            criteria=CRITERIA,
            scores=SCORES,
            reviewers="reviewer\nR1\nR2\nR3\n",
        )
        return open_page("compare", cohort="1", application=list(asked), **address)

    return open_


def read(text):
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def said(app):
    return [read(it.value) for it in app.markdown]


def chosen(app):
    return app.query_params.get("application")


def cards(app):
    """The records side by side: title -> heading -> text."""
    [body] = [it.proto.body for it in app.get("html") if '<div class="beside"' in it.proto.body]
    records = {}
    for section in re.findall(r"<section>(.*?)</section>", body):
        title = re.sub("<[^>]+>", "", re.search("<h3>(.*?)</h3>", section)[1])
        records[title] = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section))
    return records


def test_a_pair_is_told_in_places_criteria_and_marks_that_overlap(compare):
    app = compare("A2", "A1")
    assert said(app)[0] == (
        "A1 stands 1 place above A2. A1 is higher on 1 and A2 on 1 of the 2 criteria scored for "
        "both; their reviewers' marks overlap on 0. 1 reviewer read both."
    )


def test_of_several_each_is_told_beside_the_next_by_place(compare):
    [told] = [text for text in said(compare("A3", "A1", "A2")) if text.startswith("- ")]
    assert [line.split(". ")[0] for line in told.splitlines()] == [
        "- A1 stands 1 place above A2",
        "- A2 stands 1 place above A3",
    ]
    assert "No reviewer read both." in told.splitlines()[1]


def test_who_was_withdrawn_or_has_no_total_is_named(compare):
    app = compare("A1", "A4", "A5")
    assert "- A1 holds place 1, A4 none." in said(app)[0]
    assert "Neither A4 nor A5 holds a place." in said(app)[0]
    notes = [it.value for it in app.caption if "withdrawn" in it.value]
    assert notes == [
        "A5 was withdrawn and holds no place. A4 has no total: a criterion that counts was scored "
        "by nobody."
    ]
    assert cards(app)["A5 · A5"]["Place"] == "none: withdrawn"
    assert cards(app)["A4 · A4"] == {
        "Country": "Kenya",
        "Region and groups": "Africa",
        "Organization type": "–",
        "Title": "–",
        "Stage": "evaluated",
        "Total": "–",
        "Place": "none: no total",
        "Above the line": "–",
        "Priorities": "–",
        "Reviews": "1, some scores are missing",
    }


def test_the_side_of_the_line_stands_with_the_place(compare):
    told = cards(compare("A1", "A2", "A3"))
    assert [record["Place"] for record in told.values()] == [
        "1, above the line",
        "2, above the line",
        "3, below the line",
    ]


def test_the_probability_stands_with_its_error_or_with_why_there_is_none(open_page):
    told = cards(open_page("compare", application=["A13", "A18", "A04"]))
    chances = [record["Above the line"] for record in told.values()]
    assert chances[0] == "in all draws"
    # Of A18 no review is complete; A04 lies at the line.
    assert chances[1] == (
        "not assessable: there is no complete review: none scored every criterion that counts"
    )
    assert re.fullmatch(
        r"in \d\d% of the draws \(Monte Carlo error ±0.5 percentage points\)", chances[2]
    )


@pytest.mark.parametrize(
    "share, told",
    [
        (0, "in none of the draws"),
        (0.0002, "in less than 1% of the draws"),
        (0.25, "in 25% of the draws (Monte Carlo error ±0.4 percentage points)"),
        (0.9998, "in more than 99% of the draws"),
        (1, "in all draws"),
        (None, "not assessable: all scores are equal, so nothing differs"),
    ],
)
def test_a_share_that_is_neither_none_nor_all_is_not_told_as_one(share, told):
    row = {"place": 3, "above": share, "above_error": 0.0043, "reason": "all_equal"}
    assert sentences.above(Words("en"), row, pd.Series({"first_out": 5})) == told
    assert sentences.above(Words("en"), row, pd.Series({"first_out": None})) == "–"


def test_the_table_holds_each_review_and_the_means(compare):
    app = compare("A1", "A3")
    app.session_state["compare_reviews_table"] = True
    table = tables(app.run())[0]
    assert table.values.tolist() == [
        ["A1", "R1", "4.20", "5", "3"],
        ["A1", "mean", "4.20", "5", "3"],
        ["A3", "R2", "3.80", "3", "5"],
        ["A3", "mean", "3.80", "3", "5"],
    ]
    assert list(table.columns) == ["Application", "Reviewer", "Total", "Plan", "Team"]


@pytest.mark.parametrize("asked, hint", [([], "Choose two to four"), (["A3"], "at least one more")])
def test_fewer_than_two_are_told_what_to_choose_and_offered_the_two_at_the_line(
    compare, asked, hint
):
    [told] = [text for text in said(compare(*asked)) if hint in text]
    assert "On either side of the line stand A2 and A3" in told
    together = "&".join(f"application={name}" for name in dict.fromkeys([*asked, "A2", "A3"]))
    assert f"({'?cohort=1&'}{together}&lang=en)" in told


def test_what_the_cohort_does_not_have_is_left_out_with_a_notice(compare):
    app = compare("A1", "<b>", "A2", "Z" * 1000)
    assert read(app.info[0].value) == (
        "Not known here and left out of the address: application “<b>” and application "
        f"“{'Z' * 80}…”."
    )
    assert chosen(app) == ["A1", "A2"]


def test_at_most_four_stand_side_by_side(compare):
    app = compare("A1", "A2", "A3", "A4", "A5")
    assert app.info[0].value == "At most 4 stand side by side; the others were left out."
    assert len(cards(app)) == 4
    assert chosen(app) == ["A1", "A2", "A3", "A4"]


def test_the_choice_stands_in_the_address_and_offers_what_the_filters_leave(compare):
    app = compare("A1", "A2", stage="withdrawn")
    box = app.multiselect(key="compare_applications")
    assert box.options == ["A5 · A5 · Kenya", "A1 · A1 · Kenya", "A2 · A2 · Kenya"]
    app = box.select("A5").run()
    assert chosen(app) == ["A1", "A2", "A5"]
    assert len(cards(app)) == 3


@pytest.mark.parametrize(
    "role, shown", [("secretariat", 1), ("council", 1), ("analyst", 0), ("director", 0)]
)
def test_comments_are_for_those_alone_who_may_read_them(compare, monkeypatch, role, shown):
    monkeypatch.setattr(door, "role", lambda: role)
    app = compare("A1", "A2")
    assert [it.value for it in app.header].count("Comments of the reviewers") == shown
    offers = app.session_state["take_away"]
    files = [offer.build() for _token, offer in offers.values() if offer]
    assert any("comment" in file for file in files) == bool(shown)


def test_names_that_mean_harm_are_text(compare):
    names = {"A1": "<b>x</b>", "A2": "[x](http://y)"}
    app = compare("A1", "A2", names=names)
    [body] = [it.proto.body for it in app.get("html") if '<div class="beside"' in it.proto.body]
    assert "A1 · &lt;b&gt;x&lt;/b&gt;" in body and "<b>" not in body


def test_a_cohort_without_applications_says_so(compare, open_page):
    compare("A1")
    app = open_page("compare", cohort="2")
    assert app.info[0].value.startswith("This cohort has no application yet.")
    assert not app.multiselect


def test_an_undecided_cohort_without_scores_is_told_so(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications="application_id,cohort,country,organization,stage\n"
        "A1,1,KEN,One,submitted\nA2,1,KEN,Two,submitted\n",
    )
    app = open_page("compare", cohort="1", application=["A1", "A2"])
    assert said(app)[0] == (
        "Neither A1 nor A2 holds a place. No criterion that counts was scored for both."
    )
    assert any("None of these applications has a score yet." in box.value for box in app.info)
    assert not app.get("plotly_chart")


def test_the_way_here_begins_at_an_applications_record_and_at_their_table(open_page):
    record = open_page("applicants", application="A18")
    assert any("(compare?cohort=1&application=A18&lang=en)" in it.value for it in record.markdown)
    listed = open_page("applicants", region="AFR")
    assert any("(compare?cohort=1&region=AFR&lang=en)" in it.value for it in listed.markdown)


def test_a_single_application_is_said_to_be_too_few(open_page, store_with):
    store_with(
        cohorts=COHORTS,
        applications="application_id,cohort,country,organization,stage\nA1,1,KEN,One,evaluated\n",
    )
    [told] = open_page("compare", cohort="1", application=["A1"]).info
    assert read(told.value) == (
        "This cohort has a single application, and it takes two to compare. "
        "A second one would fill this page."
    )

"""The page on the ranking, on the sample and on cohorts that carry little: a true sentence each."""

import pandas as pd
import pytest

from pages.parts import ranking, ranking_settings
from tests.pages.shown import tables
from tests.pages.test_meanings import lines, offered

MOVED = "ecosystem:25;means:10;plan:20;reach:15;team:60"


def said(app):
    """The sentences of a page, in their order."""
    return " ".join(element.value for element in app.markdown)


def small(app):
    return " ".join(element.value for element in app.caption)


def told(app):
    """What the page says is empty, or was left out of the address."""
    return " ".join(element.value for element in app.info)


# The sample ---------------------------------------------------------------------------------------


def test_the_answer_counts_the_safe_places_and_those_near_the_line(open_page):
    app = open_page("ranking")
    assert app.title[0].value == "Which applications are safely in, and which are near the line?"
    assert (
        "**12** of the 17 places are safe: these applications are above the line in at least 95% "
        "of the draws. **11** applications are near the line: 3 above it by the totals, 2 tied on "
        "it and 6 below it. **18** are safely below: above the line in at most 5% of the draws."
    ) in said(app)
    assert "10,000 draws, seed 2022; a probability is exact to ±0.5 percentage points" in small(app)
    assert "How this is found](methods#ranking)" in said(app)
    assert len(app.get("plotly_chart")) == 2


def test_what_the_answer_counts_the_table_shows_and_ties_are_ties(open_page):
    table = tables(open_page("ranking"))[0]
    assert len(table) == 42
    counts = table["Standing"].str.replace("\xa0", " ").value_counts()
    assert counts.to_dict() == {
        "■ safely below": 18,
        "● safely above": 12,
        "◆ near the line": 11,
        "–": 1,  # no review of it scored every criterion
    }
    assert [place for place in table["Place"] if place.startswith("=")] == [
        *("=13", "=13", "=17", "=17", "=33", "=33")
    ]
    assert (table["Reviews"] == "provisional").sum() == 21


@pytest.mark.parametrize(
    "noise, points, drawn",
    [
        ("panel", "10", "each application's level, as its panel leaves it uncertain."),
        ("weights", "5", "the weights; the scores stay as they are."),
        ("weights", "any", "the weights; the scores stay as they are."),
        ("both", "10", "the weights, and each application's level"),
    ],
)
def test_every_source_of_uncertainty_says_what_is_drawn(open_page, noise, points, drawn):
    app = open_page("ranking", noise=noise, points=points)
    assert f"What is drawn: {drawn}" in small(app)
    assert app.segmented_control(key="ranking_noise").value == noise
    assert not told(app)


def test_without_uncertainty_the_plain_ranking_remains(open_page):
    table = tables(open_page("ranking", noise="weights", points="0"))[0]
    places = table["Place"].str.removeprefix("=").astype(int)
    assert (table["Expected place"].astype(float) == places).all()
    # The two that are tied on the line share its last place.
    assert table["Draws above the line"].value_counts().to_dict() == {
        "0%": 24,
        "100%": 16,
        "50.0%": 2,
    }


def test_filters_choose_the_rows_and_leave_the_ranking_alone(open_page):
    whole = tables(open_page("ranking"))[0].set_index("Application")
    app = open_page("ranking", region="AFR")
    some = tables(app)[0].set_index("Application")
    assert 0 < len(some) < len(whole)
    pd.testing.assert_frame_equal(some, whole.loc[some.index])
    assert "**12** of the 17 places are safe" in said(app)
    assert "The counts and the line are the whole cohort's, whatever the filters." in small(app)


def test_only_those_around_the_line_are_shown_where_there_are_many(open_page, monkeypatch):
    monkeypatch.setattr(ranking, "MOST", 10)
    app = open_page("ranking")
    assert "10 applications around the line of 42; the files hold all of them." in small(app)
    table = tables(app)[0]
    assert list(table["Place"]) == [
        *("=13", "=13", "15", "16", "=17", "=17", "19", "20", "21", "22")
    ]
    assert len(lines(offered(app)["sample-ranking"]("csv"))) == 1 + 42


def test_a_past_day_is_derived_by_the_same_rules(open_page):
    app = open_page("ranking", as_of="2023-05-20")
    assert "of the 17 places are safe" in said(app)
    assert len(tables(app)[0]) == 43  # one withdrew later


# Other weights ------------------------------------------------------------------------------------


def test_other_weights_stand_in_a_banner_on_the_page_and_in_every_file(open_page):
    app = open_page("ranking", noise="weights", weights=MOVED)
    banner = (
        "Made under other weights than those of the call: Place in the local ecosystem (sample) "
        "19.2% (call: 25.0%); Means and premises (sample) 7.7% (call: 10.0%); Plan of work "
        "(sample) 15.4% (call: 20.0%); Reach beyond the host (sample) 11.5% (call: 15.0%); Team "
        "and experience (sample) 46.2% (call: 30.0%)."
    )
    assert banner in app.warning[1].value.replace("\\", "")
    assert offered(app)
    for fetch in offered(app).values():
        assert all(banner in row[-1] for row in lines(fetch("csv"))[1:])
    assert "Made under" not in str(lines(offered(open_page("ranking"))["sample-ranking"]("csv")))


def test_one_click_brings_the_official_weights_back(open_page):
    app = open_page("ranking", noise="weights")
    official = tables(app)[0]
    app = open_page("ranking", noise="weights", weights=MOVED)
    assert not tables(app)[0].equals(official)
    app.button(key="ranking_official").click().run()
    assert "weights" not in app.query_params
    assert [warning.value for warning in app.warning] == [
        "**sample: countries and results drawn by lot**"
    ]
    pd.testing.assert_frame_equal(tables(app)[0], official)


def test_a_slider_writes_the_address_and_the_address_the_sliders(open_page):
    app = open_page("ranking", noise="weights", weights=MOVED)
    assert [slider.value for slider in app.slider] == [25, 10, 20, 15, 60]
    app.slider(key="ranking_weight_team").set_value(31.0).run()
    assert app.query_params["weights"] == "ecosystem:25;means:10;plan:20;reach:15;team:31"


def test_the_official_weights_are_those_of_the_call_however_they_are_written(open_page):
    app = open_page("ranking", weights="ecosystem:50;means:20;plan:40;reach:30;team:60")
    assert len(app.warning) == 1  # the sample's


@pytest.mark.parametrize("role", ["director", "council"])
def test_who_may_not_move_weights_has_no_sliders_and_the_address_is_ignored(
    open_page, monkeypatch, role
):
    monkeypatch.setattr("pages.parts.door.role", lambda: role)
    plain = tables(open_page("ranking"))[0]
    app = open_page("ranking", weights=MOVED)
    assert "Not known here and left out of the address: weights" in told(app).replace("\\", "")
    assert "weights" not in app.query_params
    assert not app.slider
    assert "Move the weights" not in [box.label for box in app.expander]
    pd.testing.assert_frame_equal(tables(app)[0], plain)
    assert "Made under" not in "".join(warning.value for warning in app.warning)


@pytest.mark.parametrize(
    "address",
    [
        {"noise": "gut feeling"},
        {"points": "20"},  # more than any weights reach here
        {"points": "-1"},
        {"weights": "team:30"},
        {"weights": "ecosystem:0;means:0;plan:0;reach:0;team:0"},
        {"weights": "ecosystem:nan;means:10;plan:20;reach:15;team:60"},
        {"weights": "ecosystem:-5;means:10;plan:20;reach:15;team:60"},
        {"weights": "ecosystem:x;means:10;plan:20;reach:15;team:60"},
    ],
)
def test_what_means_nothing_is_left_out_of_the_address_and_said(open_page, address):
    (name,) = address
    app = open_page("ranking", **address)
    assert f"Not known here and left out of the address: {name} “" in told(app).replace("\\", "")
    assert name not in app.query_params
    assert "**12** of the 17 places are safe" in said(app)


def test_codes_with_signs_of_their_own_come_back_from_the_address():
    written = ranking_settings.written({"a;b:c": 30.0, "d": 12.5})
    assert written == "a%3Bb%3Ac:30;d:12.5"


# One application ----------------------------------------------------------------------------------


def test_why_an_application_stands_where_it_stands(open_page):
    app = open_page("ranking", application="A04")
    text = said(app)
    assert "Its total is **6.02**, place **=17** of 42." in text
    assert "It is above the line, after place 17, in **58." in text and "**near the line**" in text
    assert (
        "The review of **R04** carries it: without it the total is 5.92 instead of 6.02 and the "
        "place 18 instead of 17, **below the line**."
    ) in text
    assert "Of 10,000 draws of any weights, the scores as they are, **50.6%** put it above" in text
    assert "By the weighted geometric mean" in text
    assert "A check that fools: drawing its own 3 reviews again" in text
    assert "(applicants?cohort=1&application=A04&lang=en)" in text
    assert "(compare?cohort=1&application=A04&lang=en)" in text
    reviews, weights = tables(app)
    assert list(reviews["Reviewer"]) == ["R04", "R08", "R14"]
    assert list(reviews["Total without it"]) == ["5.92", "6.10", "6.03"]
    assert list(weights["Weight in force"]) == ["30%", "25%", "20%", "15%", "10%"]


@pytest.mark.parametrize("application", ["A99", "<b>x</b>"])
def test_an_application_without_a_place_is_not_looked_into(open_page, application):
    app = open_page("ranking", application=application)
    assert app.title[0].value == "Which application is this?"
    assert "holds a place here" in told(app)


# Cohorts that carry little ------------------------------------------------------------------------


@pytest.fixture
def cohort(store_with):
    """`cohort(scores, places)`: scores by application and reviewer, on criteria `a` and `b`."""

    def build(scores, places="", weights=(1, 1)):
        names = sorted({name for name, *_ in scores}) or ["A1"]
        who = sorted({reviewer for _, reviewer, *_ in scores})
        store_with(
            cohorts=f"cohort,name,plan,places,opened_on\n1,One,KAP,{places},2023-01-01\n",
            applications="application_id,cohort,country,organization,stage\n"
            + "".join(f"{name},1,KEN,Organization {name},evaluated\n" for name in names),
            criteria="cohort,criterion,name,weight,scale_min,scale_max\n"
            + "".join(
                f"1,{key},Criterion {key},{weight},0,10\n"
                for key, weight in zip("ab", weights, strict=True)
            ),
            **(
                {
                    "reviewers": "reviewer,name\n" + "".join(f"{one},\n" for one in who),
                    "scores": "application_id,reviewer,criterion,score\n"
                    + "".join(
                        f"{name},{reviewer},{key},{score}\n"
                        for name, reviewer, *both in scores
                        for key, score in zip("ab", both, strict=True)
                        if score is not None
                    ),
                }
                if scores
                else {}
            ),
        )

    return build


SIX = [
    *(("A1", "R1", 9, 8), ("A1", "R2", 8, 8), ("A2", "R1", 7, 6), ("A2", "R3", 8, 6)),
    *(("A3", "R2", 5, 6), ("A3", "R3", 6, 5), ("A4", "R1", 3, 3), ("A4", "R2", 2, 4)),
]


def test_no_scores_are_said_with_what_would_fill_the_page(open_page, cohort):
    cohort([])
    app = open_page("ranking")
    assert "No application of this cohort holds a place." in told(app)
    assert not app.get("plotly_chart")


def test_no_line_leaves_places_and_their_ranges(open_page, cohort):
    cohort(SIX)
    app = open_page("ranking")
    assert "**4** applications hold a place. The cohort has no number of places" in said(app)
    table = tables(app)[0]
    assert set(table["Standing"]) == set(table["Draws above the line"]) == {"–"}
    assert "–" not in set(table["Expected place"])
    assert "so there is no line" not in said(open_page("ranking", application="A1"))


def test_one_application_is_above_and_its_noise_not_assessable(open_page, cohort):
    cohort(SIX[:2], places=1)
    text = said(open_page("ranking"))
    assert (
        "The number of places is 1, and **1** application has a total: it lies above the line"
        in text
    )
    reason = (
        "not assessable: a single application was reviewed, so nothing tells applications apart."
    )
    assert reason in text
    why = said(open_page("ranking", application="A1"))
    assert f"How firm that is, is {reason}" in why


def test_one_reviewer_leaves_the_noise_unknown_and_the_weights_to_draw(open_page, cohort):
    cohort([row for row in SIX if row[1] == "R1"], places=1)
    assert "not assessable: " in said(open_page("ranking"))
    app = open_page("ranking", noise="weights")
    assert "**1** of the 1 places is safe" in said(app)
    why = said(open_page("ranking", application="A1"))
    assert "It has no review that can be left out and leave a total." in why


def test_equal_scores_are_one_tie_of_all(open_page, cohort):
    cohort([(name, who, 5, 5) for name in ("A1", "A2", "A3", "A4") for who in ("R1", "R2")], 2)
    assert "not assessable: all scores are equal, so nothing differs." in said(open_page("ranking"))
    app = open_page("ranking", noise="weights")
    assert "**4** applications are near the line: 0 above it by the totals, 4 tied on it" in said(
        app
    )
    assert set(tables(app)[0]["Draws above the line"]) == {"50.0%"}
    assert "Whichever review is left out, its place stays the same." in said(
        open_page("ranking", application="A1")
    )


def test_a_criterion_of_weight_zero_moves_nothing(open_page, cohort):
    cohort(SIX, places=2, weights=(1, 0))
    app = open_page("ranking", noise="weights")
    # One criterion alone counts: there are no other weights.
    assert set(tables(app)[0]["Draws above the line"]) <= {"0%", "100%"}
    assert "No other weights were drawn" in said(open_page("ranking", application="A1"))


def test_more_places_than_applications_are_a_place_for_everybody(open_page, cohort):
    cohort(SIX, places=9)
    app = open_page("ranking")
    assert "The number of places is 9, and **4** applications have a total: all of them" in said(
        app
    )
    assert set(tables(app)[0]["Draws above the line"]) == {"100%"}


def test_an_undecided_cohort_says_so(open_page):
    app = open_page("ranking", cohort="2")
    assert "The number of places is 12, and **11** applications have a total: all of them" in said(
        app
    )
    assert "13 applications hold no place" in small(app)
    assert "No decision is on record" in small(app)


def test_too_many_applications_have_places_and_no_probabilities(open_page, monkeypatch):
    monkeypatch.setattr("analysis.standings.MOST", 40)
    monkeypatch.setattr("pages.parts.ranking_sentences.MOST", 40)
    monkeypatch.setattr(ranking, "MOST", 10)
    app = open_page("ranking", noise="weights")
    text = "More than 40 applications: their places are shown, and no probabilities are computed."
    assert text in said(app)
    assert not app.get("plotly_chart")
    assert "ranking_noise" not in [control.key for control in app.segmented_control]
    assert list(tables(app)[0]["Place"]) == [
        *("13", "13", "15", "16", "17", "17", "19", "20", "21", "22")
    ]
    assert len(lines(offered(app)["sample-ranking"]("csv"))) == 1 + 42
    assert text in said(open_page("ranking", application="A04"))


def test_names_from_data_are_shown_as_they_are_written(open_page, store_with, cohort):
    cohort(SIX, places=2)
    store_with(
        applications="application_id,cohort,country,organization,stage\n"
        + "".join(
            f"{name},1,KEN,<b>{name}</b> [x](http://y) {'long ' * 40},evaluated\n"
            for name in ("A1", "A2", "A3", "A4")
        )
    )
    app = open_page("ranking", noise="weights")
    assert tables(app)[0]["Organization"][0].startswith("<b>A1</b> [x](http://y) long")
    assert "&lt;b&gt;A1" in str(app.get("plotly_chart")[0].proto.spec)
    why = open_page("ranking", application="A1")
    assert "<b>" not in why.title[0].value.replace("\\<b\\>", "")

"""What the page on reviewers says, and that a panel that carries nothing is told as that.

A panel is written out as application -> reviewer -> score on a single criterion from 1 to 10. The
applications are from Kenya (Africa) unless another country is given.
"""

import re

import pytest

from analysis import agreement, severity
from pages.parts import door, reasons, reviewers_sentences
from queries.words import Words
from tests.pages.shown import tables

COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,,{places},KAP\n"
CRITERIA = "cohort,criterion,name,weight,scale_min,scale_max\n1,plan,Plan,1,1,10\n"
# Four reviewers of six applications: R4 gives two points less than the others.
PANEL = {
    "A1": {"R1": 9, "R2": 8, "R4": 7},
    "A2": {"R1": 8, "R3": 8, "R4": 5},
    "A3": {"R1": 7, "R2": 6, "R3": 7},
    "A4": {"R2": 5, "R3": 6, "R4": 3},
    "A5": {"R1": 4, "R3": 5, "R4": 2},
    "A6": {"R1": 3, "R2": 2, "R3": 3},
}


@pytest.fixture
def review(open_page, store_with):
    """Opens the page on a cohort whose panel gave these scores."""

    def open_(panel, places=3, countries=None, **address):
        countries = countries or {}
        names = [name for each in panel.values() for name in each]
        store_with(
            cohorts=COHORTS.format(places=places),
            criteria=CRITERIA,
            applications="application_id,cohort,country,organization,stage\n"
            + "".join(f"{it},1,{countries.get(it, 'KEN')},O {it},evaluated\n" for it in panel),
            scores="application_id,reviewer,criterion,score\n"
            + "".join(
                f"{application},{reviewer},plan,{score}\n"
                for application, given in panel.items()
                for reviewer, score in given.items()
            ),
            reviewers="reviewer,name\n"
            + "".join(f"{it},Name of {it}\n" for it in dict.fromkeys(names)),
        )
        return open_page("reviewers", cohort="1", **address)

    return open_


def read(text):
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def said(app):
    return " ".join(read(it.value) for it in app.markdown)


def table(app, first):
    return next(it for it in tables(app) if it.columns[0] == first)


def test_the_answer_is_told_in_numbers_a_minister_understands(open_page):
    text = said(open_page("reviewers", cohort="1"))
    assert re.search(
        r"a share of 0\.\d\d comes from the applications, the rest from who read them and from "
        r"chance \(95% interval 0\.\d\d to 0\.\d\d\)",
        text,
    )
    assert re.search(r"For a share of 0\.80 each application needs \d+ reviewers\.", text)
    assert re.search(r"Of 14 reviewers, \d+ scored lower and \d+ higher than others", text)


def test_coefficients_are_text_with_two_decimals_and_their_intervals(open_page):
    shown = table(open_page("reviewers", cohort="1"), "Score")
    assert list(shown["Score"]) == [
        "Total",
        "Team and experience (sample)",
        "Place in the local ecosystem (sample)",
        "Plan of work (sample)",
        "Reach beyond the host (sample)",
        "Means and premises (sample)",
    ]
    for name in ("ICC(A,1)", "ICC(C,1)", "ICC(A,k)"):
        assert all(
            re.fullmatch(r"-?\d\.\d\d\s\(\d\.\d\d\sto\s\d\.\d\d\)", it) for it in shown[name]
        )


def test_who_gave_less_to_the_same_applications_stands_at_the_lower_end(review):
    app = review(PANEL)
    app.session_state["reviewers_severity_table"] = True
    shown = table(app.run(), "Reviewer")
    assert shown["Reviewer"].iloc[0] == "R4"
    assert float(shown["Points below or above others"].iloc[0]) < -1
    assert "harsh" not in said(app) and "strict" not in said(app)


DEGENERATE = {
    "one reviewer": (
        {"A1": {"R1": 5}, "A2": {"R1": 6}, "A3": {"R1": 9}},
        "a single reviewer gave all scores",
    ),
    "one review each": (
        {"A1": {"R1": 5}, "A2": {"R2": 6}, "A3": {"R1": 9}},
        "every application has a single review",
    ),
    "all equal": (
        {"A1": {"R1": 5, "R2": 5}, "A2": {"R1": 5, "R2": 5}, "A3": {"R1": 5, "R2": 5}},
        "all scores are equal",
    ),
    "one application": ({"A1": {"R1": 5, "R2": 7}}, "a single application was reviewed"),
    "too few reviews": (
        {"A1": {"R1": 5, "R2": 7}, "A2": {"R2": 4}},
        "there are too few reviews for what would have to be estimated",
    ),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_a_panel_that_carries_nothing_is_told_as_not_assessable_and_why(review, name):
    panel, why = DEGENERATE[name]
    app = review(panel, places=1)
    text = said(app)
    assert f"How well the panel agrees is not assessable: {why}" in text
    assert text.count(f"Not assessable: {why}") >= 2  # of reviewers and of places, too
    assert set(table(app, "Score")["ICC(A,k)"]) == {"–"}
    assert not app.get("plotly_chart")
    assert len(table(app, "Reviewer")) == len({it for each in panel.values() for it in each})


@pytest.mark.parametrize(
    "applications, said_of_it",
    [
        (3, "is not assessable: reviews of one application differ at least as much as those of"),
        (4, "Reviews of one application differ as much as those of different applications"),
    ],
)
def test_reviews_that_contradict_each_other_carry_nothing(review, applications, said_of_it):
    against = {
        "A1": {"R1": 4, "R2": 9, "R3": 6},
        "A2": {"R1": 5, "R2": 3, "R3": 8},
        "A3": {"R1": 7, "R2": 4, "R3": 2},
        "A4": {"R1": 6, "R2": 7, "R3": 4},
    }
    text = said(review(dict(list(against.items())[:applications]), places=1))
    assert said_of_it in text
    assert "a share of" not in text


def test_a_reviewer_who_gave_everyone_the_same_is_a_reviewer_like_others(review):
    level = {name: given | {"R9": 5} for name, given in PANEL.items()}
    text = said(review(level))
    assert "Of 5 reviewers," in text and "ot assessable" not in text


def test_reviewers_who_differ_by_their_level_alone_are_told_exactly(review):
    text = said(review({f"A{n}": {"R1": n, "R2": n + 2} for n in range(1, 7)}))
    assert "Of 2 reviewers, 1 scored lower and 1 higher than others" in text
    assert "ot assessable" not in text
    assert "0 of 6 places would change" in text


def test_a_cohort_too_large_for_the_model_says_so_and_still_shows_who_read_what(
    review, monkeypatch
):
    monkeypatch.setattr("analysis.assessment.MOST_APPLICATIONS", 5)
    # Two places: a copy of what is imported under this limit is then no other test's.
    app = review(PANEL, places=2)
    why = "more than 20,000 applications or 3,000 reviewers are too many for the model"
    assert f"How well the panel agrees is not assessable: {why}." in said(app)
    assert said(app).count(f"Not assessable: {why}.") == 3
    assert set(table(app, "Score")["Not assessable"]) == {why}
    assert len(table(app, "Reviewer")) == 4


def test_names_that_mean_harm_are_text(review):
    codes = {"R1": "<b>x</b>", "R2": "[x](http://y)", "R3": "R3", "R4": ":red[z]"}
    panel = {
        name: {codes[reviewer]: score for reviewer, score in given.items()}
        for name, given in PANEL.items()
    }
    app = review(panel, countries={"A3": "FRA", "A6": "FRA"})
    assert [it.value for it in app.markdown if re.search(r"(?<!\\):red\[", it.value)] == []
    assert set(table(app, "Reviewer")["Reviewer"]) == set(codes.values())
    [severity] = [it.proto.spec for it in app.get("plotly_chart") if "R3" in it.proto.spec]
    assert "<b>x" not in severity and "&lt;b&gt;x" in severity.replace("\\u0026", "&")


def test_more_reviewers_than_anybody_reads_as_text_are_shown_all_the_same(review):
    crowd = {
        f"A{n}": {f"R{(n * 3 + k) % 70:02}": 1 + (n + k) % 9 for k in range(6)} for n in range(30)
    }
    app = review(crowd)
    assert "The figure shows the 60 furthest from 0; the table all." in [
        it.value for it in app.caption
    ]
    [canvas] = app.dataframe
    assert len(canvas.value) == 70


def test_a_panel_in_two_sets_compares_reviewers_within_theirs(review):
    other = {
        f"B{n}": {reviewer.replace("R", "S"): score for reviewer, score in given.items()}
        for n, given in enumerate(list(PANEL.values())[:4])
    }
    app = review(PANEL | other)
    text = said(app)
    assert "The panel falls into 2 sets of reviewers that no application connects." in text
    app.session_state["reviewers_severity_table"] = True
    shown = table(app.run(), "Reviewer")
    assert dict(zip(shown["Reviewer"], shown["Set"], strict=True)) == {
        **{f"R{n}": "1" for n in (1, 2, 3, 4)},
        **{f"S{n}": "2" for n in (1, 2, 3, 4)},
    }
    captions = " ".join(it.value for it in app.caption)
    assert (
        "4 applications have no adjusted place: the reviewers share no application with most of "
        "the others."
    ) in captions


def test_reviewers_of_one_region_alone_are_named_with_what_cannot_be_told_apart(review):
    app = review(PANEL, countries={"A3": "FRA", "A6": "FRA"})
    # R4 read A1, A2, A4 and A5: all from Kenya.
    assert "R4 read applications from Africa only: whether this reviewer scored lower" in said(app)
    shown = table(app, "Reviewer")
    counts = {row["Reviewer"]: (row["Africa"], row["Europe"]) for row in shown.to_dict("records")}
    assert counts == {"R1": ("3", "2"), "R2": ("2", "2"), "R3": ("3", "2"), "R4": ("4", "0")}
    assert list(shown["Arab States"]) == ["0"] * 4
    assert "applicants?cohort=1&lang=en&region=AFR" in shown.attrs["links"]


def test_where_all_is_from_one_region_nobody_is_told_to_have_read_one_alone(review):
    text = said(review(PANEL))
    assert "All applications that were reviewed are from Africa." in text
    assert "cannot be told apart" not in text


def test_more_places_than_applications_is_no_line(review):
    text = said(review(PANEL, places=9))
    assert "The cohort has no line that somebody is below" in text
    assert "other side of the line" not in text


def test_the_filters_choose_the_rows_and_not_the_model(review, open_page):
    whole = said(review(PANEL, countries={"A3": "FRA", "A6": "FRA"}))
    app = open_page("reviewers", cohort="1", region="EUR")
    app.session_state["reviewers_places_table"] = True
    app.run()
    assert list(table(app, "Application")["Application"]) == ["A3", "A6"]
    first = whole.split("For a share")[0]
    assert first in said(app)


def test_near_the_line_and_in_disagreement_is_to_be_discussed_first(open_page):
    app = open_page("reviewers", cohort="1", as_of="2023-05-01")
    shown = table(app, "Application")
    assert "1 application is near the line while its reviews disagree" in said(app)
    assert list(shown["Application"]) == ["A01"]
    [share] = shown["Probability of being above the line"]
    assert re.fullmatch(r"0\.\d\d\s±\s0\.00\d", share)
    captions = " ".join(it.value for it in app.caption)
    assert "10,000 draws of the model (seed 2022); their Monte Carlo error is at most 0.005" in (
        captions
    )
    assert "2,000 panels simulated from the model (seed 2022)" in captions


@pytest.mark.parametrize("role", ["director", "analyst", "council"])
def test_names_of_reviewers_are_for_the_secretariat_alone(review, monkeypatch, role):
    monkeypatch.setattr(door, "role", lambda: role)
    app = review(PANEL)
    assert not app.toggle
    app.session_state["reviewer_names"] = True  # as after a change of role
    assert "Name of R1" not in str([it.to_dict("list") for it in tables(app.run())])


def test_names_are_shown_and_taken_away_only_when_asked_for(review):
    app = review(PANEL)

    def files():
        offers = app.session_state["take_away"]
        return {name: offer.build() for name, (_token, offer) in offers.items() if offer}

    assert app.toggle(key="reviewer_names").value is False
    assert not any("name" in file for file in files().values())
    app.toggle(key="reviewer_names").set_value(True).run()
    assert list(table(app, "Reviewer")["Name"]) == [f"Name of R{n}" for n in (1, 2, 3, 4)]
    assert "name" in files()["reviewers-severity"]
    assert "names" not in str(dict(app.query_params))


def test_of_many_to_be_discussed_first_the_sentence_names_ten():
    told = reviewers_sentences.first(Words("en"), [f"A{n}" for n in range(1, 32)])
    assert told.startswith("**31** applications are near the line")
    assert told.endswith(": A1, A2, A3, A4, A5, A6, A7, A8, A9, A10 and 21 more.")


def test_the_words_know_every_reason_and_the_numbers_of_the_model():
    assert (reasons.PANELS, reasons.RELIABLE, reasons.RESAMPLES) == (
        severity.PANELS,
        agreement.RELIABLE,
        agreement.RESAMPLES,
    )


def test_a_cohort_in_which_nobody_holds_a_place_says_so(open_page, store_with):
    store_with(
        cohorts=COHORTS.format(places=1),
        criteria=CRITERIA + "1,team,Team,1,1,10\n",
        applications="application_id,cohort,country,organization,stage\nA1,1,KEN,O,evaluated\n",
        scores="application_id,reviewer,criterion,score\nA1,R1,plan,5\n",
        reviewers="reviewer\nR1\n",
    )
    app = open_page("reviewers", cohort="1")
    assert app.info[0].value.startswith("No application of this cohort holds a place.")
    assert not app.header


def test_a_cohort_too_large_for_the_model_says_so_and_lists_nobody(open_page, monkeypatch):
    monkeypatch.setattr("analysis.assessment.MOST_APPLICATIONS", 40)
    app = open_page("reviewers", as_of="2026-10-01")
    assert not app.exception
    # For the agreement, the severity, the places and what to discuss first.
    assert said(app).count("3,000 reviewers are too many for the model") == 4
    assert "Set them side by side" not in said(app)

"""The frame around every page: addresses, filters, notices, rights, and new data under way.

Of the sample's first cohort, by hand out of its files: 44 applications from 35 countries, 17
selected; Africa 15, the Americas 11, the Arab States 0, Asia-Pacific 4, the CIS 2, Europe 12.
"""

import re

import pytest

from pages.parts import door
from pages.parts.register import PAGES
from pages.parts.text import plain
from queries.filters import Filters
from tests.pages.shown import tables

TITLES = {
    "overview": "How does the cohort stand?",
    "applicants": "Where did the applications come from?",
    "scores": "scored",
    "ranking": "safely",
    "reviewers": "panel",
    "balance": "distributed",
    "compare": "beside",
    "centres": "centres",
    "goals": "priorities",
    "changes": "changed",
    "country": "meeting",
    "imports": "dashboard",
    "methods": "mean",
}  # words in the title of each page
NOTICE = "**sample: countries and results drawn by lot**"
COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,2023-06-15,1,KAP\n"
APPLICATIONS = """application_id,cohort,country,organization,organization_type,stage
A1,1,KEN,One,school,selected
A2,1,UGA,Two,school,not selected
A3,1,FRA,Three,museum,not selected
"""


def read(text):
    """Markdown as people read it: without its escapes, joiners and asterisks of emphasis."""
    return re.sub(r"\\(.)", r"\1", text.replace("**", "")).replace("\u2060", "")


def answers(app):
    """The sentences of the page; the first after the title is its answer."""
    return [read(element.value) for element in app.markdown]


def told(app):
    """What the page says in boxes."""
    return [read(box.value) for box in (*app.error, *app.warning, *app.info)]


def address(app):
    """The address the page left behind; AppTest keeps single values as they were set."""
    values = dict(app.query_params).items()
    return {name: value if isinstance(value, list) else [value] for name, value in values}


def stamp(app):
    return read(app.caption[-1].value)


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def open_more(app):
    """Opens the filters that are one click away."""
    app.session_state["more"] = True
    return app.run()


@pytest.mark.parametrize("page", [page.key for page in PAGES])
def test_an_address_opens_its_page_with_its_filters_and_the_sample_notice(open_page, page):
    app = open_page(page, region="EUR", country=["ALB", "NOR"], stage="selected", lang="en")
    [title] = app.title
    assert TITLES[page] in title.value
    assert app.session_state["filters"] == Filters(
        "1", region="EUR", country=("ALB", "NOR"), stage=("selected",)
    )
    assert app.warning[0].value == NOTICE
    kept = address(app)
    kept.pop("by", None)  # a detail of the page of scores
    assert kept == {
        "cohort": ["1"],
        "region": ["EUR"],
        "country": ["ALB", "NOR"],
        "stage": ["selected"],
        "lang": ["en"],
    }


def test_regions_stand_in_a_row_in_the_order_of_their_names(open_page):
    row = next(group for group in open_page().button_group if group.key == "filter_region")
    assert row.options == ["Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe"]


REGIONS = {
    "AFR": "15 of 44 applications; 29 outside Africa",
    "AMS": "11 of 44 applications; 33 outside Americas",
    "ARB": "0 of 44 applications; 44 outside Arab States",
    "ASP": "4 of 44 applications; 40 outside Asia-Pacific",
    "CIS": "2 of 44 applications; 42 outside CIS",
    "EUR": "12 of 44 applications; 32 outside Europe",
}


@pytest.mark.parametrize("region", REGIONS)
def test_chips_say_what_a_region_leaves(open_page, region):
    assert answers(open_page("applicants", region=region))[0] == REGIONS[region]


def test_chips_are_cleared_one_by_one_and_all_at_once(open_page):
    app = open_page("applicants", region="AFR", country="ERI", stage="selected")
    assert answers(app)[0] == (
        "1 of 44 applications; 29 outside Africa; 42 outside Eritrea; 27 outside selected"
    )
    press(app, "Eritrea ✕")
    assert answers(app)[0] == "5 of 44 applications; 29 outside Africa; 27 outside selected"
    press(app, "Clear all")
    assert answers(app)[0] == "44 applications came from organizations in 35 countries; " + (
        "17 of them were selected."
    )
    assert address(app) == {"cohort": ["1"], "lang": ["en"]}


def test_a_chip_names_a_few_and_counts_the_others(open_page):
    countries = ["ALB", "ARG", "ARM", "AUT", "BDI", "BEN"]
    app = open_page("applicants", country=countries)
    assert app.button[0].label == "Albania, Argentina, Armenia, 3 more ✕"
    assert answers(app)[0] == (
        "6 of 44 applications; 38 outside Albania, Argentina, Armenia, 3 more"
    )


def test_a_range_of_scores_is_let_go_by_its_chip(open_page):
    app = open_more(open_page("applicants"))
    app.slider(key="filter_score").set_value((8.0, 10.0)).run()
    assert answers(app)[0] == "3 of 44 applications; 41 outside 8–10"
    press(app, "8–10 ✕")
    assert app.slider(key="filter_score").value == (1.0, 10.0)
    assert app.session_state["filters"] == Filters("1")


def test_another_cohort_keeps_the_filters(open_page):
    app = open_page("applicants", region="AFR")
    app.selectbox(key="filter_cohort").set_value("2").run()
    assert answers(app)[0] == "3 of 24 applications; 21 outside Africa"


def test_a_single_filter_needs_no_second_button(open_page):
    assert "Clear all" not in [button.label for button in open_page(region="AFR").button]


def test_a_quick_second_click_counts_although_the_browsers_address_lags_behind(open_page):
    app = open_page("applicants")
    lagging = {name: app.query_params[name] for name in app.query_params}
    app.button_group(key="filter_region").set_value("AFR").run()
    app.query_params.clear()
    for name, value in lagging.items():
        app.query_params[name] = value
    app.button_group(key="filter_region").set_value("EUR").run()
    assert app.session_state["filters"].region == "EUR"
    assert app.query_params["region"] == "EUR"


@pytest.mark.parametrize(
    "page, key, name, first, second",
    [
        ("scores", "scores_by", "by", "region", "type"),
        ("goals", "goals_by", "by", "region", "centre"),
        ("ranking", "ranking_noise", "noise", "weights", "both"),
        ("balance", "balance_by", "by", "most", "ldc"),
    ],
)
def test_a_quick_second_choice_on_a_page_counts_too(open_page, page, key, name, first, second):
    asked = {"least": "1", "most": "2", "ldc": "5"} if page == "balance" else {}
    app = open_page(page, **asked)
    lagging = {name: app.query_params[name] for name in app.query_params}
    app.button_group(key=key).set_value(first).run()
    app.query_params.clear()
    for parameter, value in lagging.items():
        app.query_params[parameter] = value
    app.button_group(key=key).set_value(second).run()
    assert address(app)[name] == [second]


def test_one_click_sets_a_region_and_the_next_lets_go(open_page):
    app = open_page("applicants")
    app.button_group(key="filter_region").set_value("ASP").run()
    assert app.session_state["filters"].region == "ASP"
    app.button_group(key="filter_region").set_value(None).run()
    assert app.session_state["filters"].region is None


def test_the_network_counts_centres_in_its_chips(open_page):
    said = answers(open_page("centres", region="AFR"))[0]
    assert said == "5 of 18 centres; 13 outside Africa"


def test_the_stamp_tells_only_the_filters_the_page_applies(open_page):
    asked = {"region": "AFR", "stage": "selected"}
    assert "Filters: Region: AFR; Stage: selected ·" in stamp(open_page("applicants", **asked))
    assert "Filters: Region: AFR ·" in stamp(open_page("centres", **asked))
    assert "Filters: none ·" in stamp(open_page("methods", **asked))


LEFT_OUT = "Not known here and left out of the address: "
HUGE = "A" * 10_000
STRANGE = {
    "an unknown region": ({"region": "XXX"}, ["Region “XXX”"]),
    "a name instead of a code": ({"region": "Africa"}, ["Region “Africa”"]),
    "small letters": ({"country": "ken"}, ["Country “ken”"]),
    "two of one": ({"region": ["EUR", "AFR"]}, ["Region “AFR”"]),
    "nothing": ({"cohort": "", "region": "", "score": "", "lang": ""}, []),
    "an unknown cohort": ({"cohort": "99"}, ["Cohort “99”"]),
    "no number": ({"score": "nan-1"}, ["Total “nan-1”"]),
    "no end": ({"score": "1-inf"}, ["Total “1-inf”"]),
    "a score below zero": ({"score": "-5-1"}, ["Total “-5-1”"]),
    "SQL": ({"country": "ALB'; drop table cohort; --"}, ["Country “ALB'; drop table cohort; --”"]),
    "HTML": ({"stage": "<script>alert(1)</script>"}, ["Stage “<script>alert(1)</script>”"]),
    "Markdown": ({"type": "![x](https://evil.example/x.png)"}, []),
    "braces": ({"goal": "{0.__class__}"}, ["Priority “{0.__class__}”"]),
    "other letters": ({"group": "Ж🦉\u202e\x00"}, ["Group “Ж🦉\u202e\x00”"]),
    "huge": ({"region": HUGE}, [f"Region “{'A' * 80}…”"]),
    "an unknown language": ({"lang": "xx"}, ["Language “xx”"]),
    "a parameter nobody knows": ({"colour": "red"}, []),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_means_nothing_in_an_address_is_dropped_with_a_notice(open_page, name):
    asked, values = STRANGE[name]
    app = open_page("applicants", **asked)
    assert app.title[0].value == TITLES["applicants"]
    assert not app.error
    if values:
        assert f"{LEFT_OUT}{values[0]}." in told(app)
    kept = {"two of one": "EUR"}.get(name)
    assert app.session_state["filters"] == Filters("1", region=kept)
    assert address(app)["cohort"] == ["1"]
    assert set(address(app)) == {"cohort", "lang", *(["region"] if kept else [])}


def test_markdown_in_an_address_is_shown_as_text(open_page):
    notice = open_page("applicants", type="![x](https://evil.example/x.png)").info[0].value
    assert r"\!\[x\]\(https" in notice
    assert "\u2060" in notice.split("evil")[0]


def test_many_unknown_values_are_counted_and_not_all_listed(open_page):
    app = open_page("applicants", country=[f"X{n}" for n in range(1000)])
    assert told(app)[1] == (
        f"{LEFT_OUT}Country “X0”, Country “X1”, Country “X2”, Country “X3”, Country “X4” "
        "and 995 more."
    )


@pytest.mark.parametrize("score", ["20-30", "0-1000", "0-0", "9.99-10"])
def test_a_range_beyond_the_scale_leaves_the_filters_usable(open_page, score):
    app = open_more(open_page("applicants", score=score))
    low, high = app.slider(key="filter_score").value
    assert 1 <= low <= high <= 10
    assert app.session_state["filters"].score == tuple(map(float, score.split("-")))


def test_every_filter_of_the_page_is_one_click_away(open_page):
    app = open_more(open_page("applicants"))
    labels = [choice.label for choice in app.multiselect]
    assert labels == ["Country", "Stage", "Priority", "Group", "Organization type"]
    assert app.slider(key="filter_score").label == "Total"
    app.multiselect(key="filter_group").set_value(["SIDS"]).run()
    assert answers(app)[0] == ("7 of 44 applications; 37 outside Small island developing States")
    assert address(app)["group"] == ["SIDS"]


def test_a_filter_that_cannot_be_drawn_leaves_the_page(open_page, monkeypatch, caplog):
    from pages.parts import filterbar

    monkeypatch.setattr(filterbar, "_chips", lambda *_: 1 / 0)
    app = open_page("applicants", region="AFR")
    caplog.clear()
    assert told(app)[0].startswith("This part could not be shown.")
    assert app.title[0].value == TITLES["applicants"]


def test_a_question_that_fails_leaves_the_rest_of_the_page(open_page, monkeypatch, caplog):
    from pages.parts import overview

    monkeypatch.setattr(overview, "funnel", lambda _: 1 / 0)
    app = open_page("overview")
    [failed] = [text for text in told(app) if text.startswith("This part could not be shown.")]
    reference = re.search("reference ([0-9a-f]{8})", failed)[1]
    assert reference in caplog.text
    assert "ZeroDivisionError" not in failed
    assert [header.value for header in app.header][-1] == "How fresh is this?"
    caplog.clear()


def test_the_address_of_another_cohort_shows_it_undecided(open_page):
    app = open_page("overview", cohort="2")
    assert answers(app)[0] == (
        "24 applications came from organizations in 20 countries; the selection is not decided yet."
    )


def test_a_role_finds_its_pages_only(open_page, monkeypatch):
    monkeypatch.setattr(door, "role", lambda: "director")
    app = open_page("imports")
    assert "imports" not in app.main.children
    assert TITLES["imports"] not in [title.value for title in app.title]
    assert not app.file_uploader


def test_a_page_whose_role_is_gone_says_so(open_page, monkeypatch):
    app = open_page("applicants")
    monkeypatch.setattr(door, "role", lambda: "nobody")
    app.run()
    assert told(app) == ["This is not open to you. The secretariat can say who may see it."]
    assert not app.title
    assert not tables(app)


def test_new_data_shows_with_the_next_click_and_the_filters_stay(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    app = open_page("applicants", region="AFR", type="school")
    assert answers(app)[0] == "2 of 3 applications; 1 outside Africa; 1 outside school"
    store_with(applications=APPLICATIONS + "A4,1,RWA,Four,school,not selected\n")
    app.run()
    assert answers(app)[0] == "3 of 4 applications; 1 outside Africa; 1 outside school"
    assert address(app) == {
        "cohort": ["1"],
        "region": ["AFR"],
        "type": ["school"],
        "lang": ["en"],
    }


def test_a_cohort_that_left_with_an_import_gives_way_to_the_default_one(open_page, store_with):
    store_with(cohorts=COHORTS + "2,Second,,,,KAP\n", applications=APPLICATIONS)
    app = open_page("applicants", cohort="2", region="AFR")
    assert app.session_state["filters"] == Filters("2", region="AFR")
    store_with(cohorts=COHORTS)
    app.run()
    assert app.session_state["filters"] == Filters("1", region="AFR")
    assert f"{LEFT_OUT}Cohort “2”." in told(app)
    assert answers(app)[0] == "2 of 3 applications; 1 outside Africa"


def test_real_data_carries_no_sample_notice(open_page, store_with):
    store_with(cohorts=COHORTS, applications=APPLICATIONS)
    for page in PAGES:
        app = open_page(page.key)
        assert NOTICE not in [warning.value for warning in app.warning]
        assert "Notice" not in stamp(app)


def test_a_store_that_cannot_be_read_says_so_in_a_sentence(open_page, store):
    store.mkdir()
    (store / "CURRENT").write_text("snapshot-9-gone.duckdb")
    app = open_page("applicants")
    assert told(app) == ["The pointer names 'snapshot-9-gone.duckdb', which is not in the store."]
    assert not app.exception


TEXTS = [
    "Plain Name",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[a](javascript:alert(1))",
    "=cmd|' /C calc'!A0",
    "# *a* _b_ `c` ~~d~~ $e$ :red[f] :material/home: <b>g</b> &amp; \\",
    "1. one",
    "- two",
    "منظمة الاختبار",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_from_data_reads_as_written_and_holds_no_live_sign(text):
    made = plain(text)
    assert read(made) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[!*_`#~$]", made)


def test_what_is_missing_is_no_text():
    assert [plain(value) for value in (None, float("nan"), "")] == ["", "", ""]


def test_lines_of_a_text_become_one():
    assert plain("a\n\n# b\t c") == r"a \# b c"

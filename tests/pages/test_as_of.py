"""A past day on the pages: nobody can take it for today, and the way back is one click.

Of the sample's first cohort, by hand out of its files: the call closed on 31 March 2023, the
decision fell on 15 June 2023, and the first dated record is the opening on 6 February 2023.
"""

from datetime import date

import pytest

NOTICE = "**As of 1 May 2023, not today.**"
DATED = ("overview", "applicants", "scores", "reviewers", "compare", "centres", "goals")
FILED = [page for page in DATED if page != "compare"]  # which has no files before a choice


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))


def notices(app):
    return [box.value for box in app.warning if "not today" in box.value]


def stamp(app):
    return app.caption[-1].value


def day_in(app):
    """The day in the address the page left behind; AppTest keeps single values as they were set."""
    value = app.query_params.get("as_of")
    return value[0] if isinstance(value, list) else value


def open_more(app):
    app.session_state["more"] = True
    return app.run()


@pytest.mark.parametrize("page", DATED)
def test_a_past_day_is_told_above_the_page_and_in_its_stamp(open_page, page):
    app = open_page(page, as_of="2023-05-01")
    [notice] = notices(app)
    assert notice.startswith(NOTICE)
    assert "As of: 1 May 2023 · " in stamp(app)
    assert day_in(app) == "2023-05-01"


@pytest.mark.parametrize("page", DATED)
def test_today_is_told_as_nothing_else(open_page, page):
    app = open_page(page)
    assert notices(app) == []
    assert "As of" not in stamp(app)
    assert day_in(app) is None


@pytest.mark.parametrize("page", ["imports", "methods"])
def test_pages_without_dated_records_show_today_and_keep_the_day(open_page, page):
    app = open_page(page, as_of="2023-05-01")
    assert notices(app) == []
    assert "As of" not in stamp(app)
    app.switch_page("overview/overview.py")
    assert len(notices(app.run())) == 1


@pytest.mark.parametrize("page", FILED)
def test_every_file_of_a_past_day_bears_it(open_page, page):
    offers = open_page(page, as_of="2024-05-01").session_state["take_away"]
    stamps = [offer.stamp for _token, offer in offers.values() if offer]
    assert stamps
    assert all(("As of", "1 May 2024") in stamp for stamp in stamps)


def test_the_selection_is_not_decided_before_its_day(open_page):
    def answer(day):
        return open_page("overview", as_of=day).markdown[0].value

    assert "the selection is not decided yet." in answer("2023-06-14")
    assert "**17** of them selected" in answer("2023-06-15")


def test_one_click_returns_to_today(open_page):
    app = open_page("applicants", as_of="2023-05-01", region="AFR")
    app.button(key="return_to_today").click().run()
    assert notices(app) == []
    assert day_in(app) is None
    assert app.session_state["filters"].region == "AFR"


def test_clearing_the_filters_keeps_the_day(open_page):
    app = open_page("applicants", as_of="2023-05-01", region="AFR", stage="evaluated")
    app.button(key="clear_all").click().run()
    assert len(notices(app)) == 1


def test_the_day_is_chosen_between_the_first_record_and_today(open_page):
    app = open_more(open_page("applicants"))
    choice = app.date_input(key="filter_as_of")
    assert (choice.value, choice.min, choice.max) == (
        None,
        date(2023, 2, 6),
        date(2026, 11, 24),
    )
    app.date_input(key="filter_as_of").set_value(date(2023, 5, 1)).run()
    assert len(notices(app)) == 1
    assert day_in(app) == "2023-05-01"
    app.date_input(key="filter_as_of").set_value(None).run()
    assert notices(app) == []


def test_a_day_before_every_record_shows_that_nothing_was_there(open_page):
    app = open_more(open_page("applicants", as_of="2019-12-31"))
    assert app.date_input(key="filter_as_of").value == date(2019, 12, 31)
    said = [box.value for box in app.info]
    assert any(text.endswith("after the day that is shown.") for text in said)


@pytest.mark.parametrize("page", DATED)
def test_a_day_before_every_record_opens_every_page(open_page, page):
    app = open_page(page, as_of="2019-12-31")
    assert not app.error
    assert not app.exception


@pytest.mark.parametrize("day", ["2026-11-25", "yesterday", "01/05/2023", "2023-13-01"])
def test_a_day_that_means_nothing_is_dropped_with_a_notice(open_page, day):
    app = open_page("overview", as_of=day)
    assert any(f"As of “{day}”" in box.value.replace("\\", "") for box in app.info)
    assert notices(app) == []
    assert day_in(app) is None


def test_what_bears_no_date_is_counted_in_words(open_page, store_with):
    store_with(
        cohorts="cohort,name,opened_on,decided_on,plan\n1,One,2023-01-01,2023-06-30,KAP\n",
        applications="application_id,cohort,country,organization,submitted_on,stage\n"
        "A1,1,KEN,a,2023-01-02,selected\nA2,1,FRA,b,,not selected\n",
    )
    captions = [caption.value for caption in open_page("applicants", as_of="2023-05-01").caption]
    assert any(
        "2 applications have no dated stages: they stand as they do now." in text
        for text in captions
    )


def test_the_record_of_an_application_begins_on_the_day_it_was_submitted(open_page):
    def title(day):
        return open_page("applicants", as_of=day, application="A01").title[0].value

    assert title("2023-02-11") == "Which application is this?"
    assert title("2023-02-12").startswith("Sample Organization A01")

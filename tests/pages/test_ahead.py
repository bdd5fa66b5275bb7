"""What is made ready before the first reader comes."""

import asyncio
import gc

import dashboard
from pages.parts.ahead import warm_up
from queries import view


def test_the_first_click_on_a_region_finds_its_questions_answered(open_page):
    view._answer.cache_clear()
    warm_up()
    app = open_page("applicants")
    asked = view._answer.cache_info().misses
    app.button_group(key="filter_region").set_value("AFR").run()
    assert app.query_params["region"] == "AFR"
    assert view._answer.cache_info().misses == asked


def test_nothing_is_asked_ahead_of_many_applications(open_page, monkeypatch):
    monkeypatch.setattr("pages.parts.applications.MOST", 43)
    view._answer.cache_clear()
    warm_up()
    assert view._answer.cache_info().misses == 2  # the cohorts, and how many applications


def test_what_the_start_has_made_is_not_searched_for_garbage_again(store):
    async def start() -> int:
        async with dashboard.lifespan(dashboard.app):
            return gc.get_freeze_count()

    try:
        assert asyncio.run(start()) > 100_000
    finally:
        gc.unfreeze()

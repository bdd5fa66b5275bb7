"""What is made ready before the first reader comes."""

import asyncio
import gc
import socket

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
    view._derived.cache_clear()
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


def test_no_answer_waits_for_the_piece_before_it_to_be_acknowledged():
    with socket.socket(socket.AF_INET) as listening:  # as Streamlit opens it
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        dashboard.send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

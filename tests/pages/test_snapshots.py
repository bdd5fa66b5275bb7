"""What was known then: any page opens on a stored snapshot, says so, and leads back in one click.

Two imports. The first, of 26 August 2026, knows one application, one centre and its report of 20;
the second, of today, brings another application and centre and corrects the report to 35.
"""

import csv
import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import duckdb
import pytest

from data import store as snapshots
from tests.pages.shown import tables, taken

TODAY = date(2026, 11, 24)
FIRST = {
    "cohorts": "cohort,name,opened_on,closed_on,decided_on,plan\n"
    "1,First,2023-02-01,2023-03-31,2023-06-15,KAP\n",
    "applications": "application_id,cohort,country,organization,submitted_on,stage\n"
    "A1,1,KEN,One,2023-03-01,selected\n",
    "centres": "centre_id,application_id,name,country\nZ1,A1,Kituo,KEN\n",
    "centre_statuses": "centre_id,status,since\nZ1,operating,2023-07-01\n",
    "indicators": "indicator,goal,name,direction,kind\nI1,KAP-1,Trained,up,cumulative\n",
    "targets": "centre_id,indicator,baseline,baseline_on,target,due_on\n"
    "Z1,I1,0,2023-07-01,100,2027-06-30\n",
    "measurements": "centre_id,indicator,measured_on,value\nZ1,I1,2026-06-30,20\n",
    "criteria": "cohort,criterion,name,weight,scale_min,scale_max\n1,team,Team,100,0,10\n",
    "reviewers": "reviewer,name\nR1,Ann\n",
    "scores": "application_id,reviewer,criterion,score\nA1,R1,team,7\n",
}
LATER = {
    "applications": FIRST["applications"] + "A2,1,UGA,Two,2023-03-01,selected\n",
    "centres": FIRST["centres"] + "Z2,A2,Kampala,UGA\n",
    "centre_statuses": FIRST["centre_statuses"] + "Z2,operating,2026-10-01\n",
    "measurements": FIRST["measurements"].replace("06-30,20", "06-30,35"),
}
SHOWS = ("overview", "applicants", "scores", "centres", "goals", "changes", "country")
NOTICE = "**As it was known on 26 Aug 2026, and not the current data.** This page shows snapshot 1:"


def rewritten(path, statement):
    """The file of a snapshot, with something changed of how it came in."""
    os.chmod(path, 0o644)
    with duckdb.connect(path) as connection:
        connection.execute(statement)
    os.chmod(path, 0o444)
    snapshots.describe.cache_clear()


@pytest.fixture
def two(store_with, monkeypatch):
    """The store with both snapshots; the second is the current one."""
    monkeypatch.setattr("pages.parts.door.today", lambda: TODAY)
    monkeypatch.setattr(snapshots, "_connections", {})
    store = store_with(**FIRST)
    store_with(**LATER)
    for connection in snapshots._connections.values():
        connection.close()
    snapshots._connections.clear()
    [first] = store.glob("snapshot-1-*.duckdb")
    rewritten(first, "update import set imported_at = timestamp '2026-08-26 09:30:00'")
    return store


def notices(app):
    return [box.value for box in app.warning if "not the current data" in box.value]


def told(app):
    return [re.sub(r"\\(.)", r"\1", it.value.replace("**", "")) for it in app.markdown]


def stamp(app):
    return app.caption[-1].value.replace("\\", "")


def snapshot_in(app):
    value = app.query_params.get("snapshot")
    return value[0] if isinstance(value, list) else value


def files(app):
    """What the page's files in CSV say, by their names: the rows of each."""
    found = {}
    for name, (token, offer) in app.session_state["take_away"].items():
        if offer and "csv" in offer.kinds:
            text = taken(token, "csv").body.decode("utf-8-sig")
            found[name] = list(csv.DictReader(io.StringIO(text)))
    return found


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("page", SHOWS)
def test_every_page_opens_on_a_stored_snapshot_and_says_so(open_page, page):
    app = open_page(page, snapshot="1", **({"country": "KEN"} if page == "country" else {}))
    [notice] = notices(app)
    assert notice.startswith(NOTICE)
    assert "Snapshot: 1 · " in stamp(app)
    assert "Imported: 26 Aug 2026, 09:30 UTC" in stamp(app)
    assert snapshot_in(app) == "1"
    assert not app.error
    for name, rows in files(app).items():
        assert all("Snapshot: 1 · " in row["stamp"] for row in rows), name


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("page", SHOWS)
def test_without_it_every_page_shows_the_current_one_and_tells_of_no_snapshot(open_page, page):
    app = open_page(page)
    assert notices(app) == []
    assert "Snapshot" not in stamp(app)
    assert snapshot_in(app) is None


@pytest.mark.usefixtures("two")
def test_it_shows_what_was_known_and_nothing_that_came_or_was_corrected_later(open_page):
    def value(**address):
        return tables(open_page("goals", centre="Z1", indicator="I1", **address))[0].iloc[0, 1]

    def centres(**address):
        return told(open_page("centres", **address))[0]

    assert (value(), value(snapshot="1")) == ("35", "20")
    assert centres() == "2 centres in 2 countries today: 2 operating."
    assert centres(snapshot="1") == "1 centre in 1 country that day: 1 operating."
    # The records of today knew of Kampala in October; those of August did not.
    assert centres(as_of="2026-10-15").startswith("2 centres")


@pytest.mark.usefixtures("two")
def test_the_paper_on_a_country_names_the_snapshot(open_page):
    app = open_page("country", country="KEN", snapshot="1")
    assert app.caption[0].value == "As on 26 Aug 2026"
    assert any("20 (30 Jun 2026)" in row for row in tables(app)[1].iloc[0])
    links = [link for table in tables(app) for link in table.attrs["links"]]
    assert links and all("snapshot=1" in link for link in links)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("page", ["imports", "methods"])
def test_imports_and_methods_stay_on_the_current_one_and_keep_the_choice(open_page, page):
    app = open_page(page, snapshot="1")
    assert notices(app) == []
    assert "Snapshot: 1" not in stamp(app)
    app.switch_page("cohort/centres.py")
    assert len(notices(app.run())) == 1


@pytest.mark.usefixtures("two")
def test_one_click_returns_to_today_and_keeps_the_filters(open_page):
    app = open_page("centres", snapshot="1", as_of="2026-08-01", region="AFR")
    [notice] = notices(app)
    assert notice.startswith(
        "**As of 1 Aug 2026, as it was known on 26 Aug 2026, and not the current data.**"
    )
    app.button(key="return_to_today").click().run()
    assert notices(app) == []
    assert snapshot_in(app) is None
    filters = app.session_state["filters"]
    assert (filters.region, filters.as_of, filters.snapshot) == ("AFR", None, None)


@pytest.mark.usefixtures("two")
def test_a_snapshot_is_chosen_where_a_day_is(open_page):
    app = open_page("applicants")
    app.session_state["more"] = True
    app.run()
    choice = app.selectbox(key="filter_snapshot")
    assert choice.value is None
    assert [option[:4] for option in choice.options] == ["2 · ", "1 · "]
    choice.select(1).run()
    assert len(notices(app)) == 1
    assert snapshot_in(app) == "1"
    assert app.date_input(key="filter_as_of").max == date(2026, 8, 26)
    app.selectbox(key="filter_snapshot").select(None).run()
    assert notices(app) == []


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "address, dropped",
    [
        ({"snapshot": "9"}, "Snapshot “9”"),
        ({"snapshot": "one"}, "Snapshot “one”"),
        ({"snapshot": "1", "as_of": "2026-09-01"}, "As of “2026-09-01”"),
        ({"snapshot": "1", "country": "UGA"}, ""),
    ],
)
def test_what_means_nothing_there_is_dropped_with_the_usual_notice(open_page, address, dropped):
    app = open_page("centres", **address)
    said = [box.value.replace("\\", "") for box in app.info]
    assert any(f"{dropped}." in text for text in said) or not dropped
    assert not app.error


def test_with_the_sample_there_is_nothing_to_choose_and_no_number_is_known(open_page):
    app = open_page("centres", snapshot="1")
    assert notices(app) == []
    assert any("Snapshot “1”" in box.value.replace("\\", "") for box in app.info)
    app.session_state["more"] = True
    assert "filter_snapshot" not in [box.key for box in app.run().selectbox]


def test_one_that_cannot_be_read_any_more_is_not_offered(open_page, two):
    [first] = two.glob("snapshot-1-*.duckdb")
    rewritten(first, "update import set schema_version = 1")
    app = open_page("centres", snapshot="1")
    assert notices(app) == []
    assert any("Snapshot “1”" in box.value.replace("\\", "") for box in app.info)
    app.session_state["more"] = True
    assert "filter_snapshot" not in [box.key for box in app.run().selectbox]


@pytest.mark.usefixtures("two")
def test_two_readers_look_at_two_snapshots_at_once(open_page):
    then, now = open_page("centres", snapshot="1"), open_page("centres")
    for _ in range(3):
        said = [told(app.run())[0].split(" today")[0].split(" that")[0] for app in (then, now)]
        assert said == ["1 centre in 1 country", "2 centres in 2 countries"]


@pytest.mark.usefixtures("two")
def test_answers_of_two_snapshots_do_not_mix_between_threads():
    from queries.filters import Filters
    from queries.rights import Rights
    from queries.view import View, _answer, kept, latest
    from queries.words import Words

    _answer.cache_clear()
    view = View(latest(), Filters("1"), Rights("director"), Words("en"), TODAY)
    views = [view.at(kept(1)), view] * 40

    def centres(each):
        return int(each.ask("centre_count").loc[0, "centres"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(centres, views)) == [1, 2] * 40

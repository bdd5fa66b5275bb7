"""The one door: who may ask what, what is kept for whom, and which parameters a question takes."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from data.store import Snapshot
from queries import rights, view
from queries.filters import Filters
from queries.rights import Forbidden, Rights
from queries.view import View
from queries.words import Words

ROLES = ("director", "analyst", "council", "secretariat")
TABLE = """
roles = ["director", "analyst", "council", "secretariat"]
[pages]
[acts]
move_weights = ["analyst", "secretariat"]
[questions]
applications = "everybody"
written_in_a_loop = "everybody"
"restricted/who_scored" = ["council"]
"../outside" = "everybody"
[columns]
comment = ["secretariat", "council"]
"""
APPLICATIONS = """-- Which applications are these?
-- One row per application.
select application_id, 'secret' as comment, submitted_on
from application
where
    ($region is null or $region = 'AFR')
    and ($country is null or list_contains($country, country))
order by application_id;
"""


def snapshot(number: int = 1) -> Snapshot:
    return Snapshot(number, Path("none"), "0" * 64, datetime(2023, 1, 1), None, None, None)


@pytest.fixture
def reader(database, tmp_path, monkeypatch):
    """`reader("director")` looks at two applications through a table of rights of this test."""
    kenya = {"cohort": "1", "country": "KEN"}
    connection = database(
        {
            "country_group": [{"country": "KEN", "group_code": "AFR"}],
            "application": [
                kenya | {"application_id": "A1", "submitted_on": date(2023, 1, 2)},
                kenya | {"application_id": "A2"},
            ],
        }
    )
    (tmp_path / "restricted").mkdir()
    for name in ("applications", "restricted/who_scored", "unlisted"):
        (tmp_path / f"{name}.sql").write_text(APPLICATIONS, encoding="utf-8")
    (tmp_path / "rights.toml").write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(view, "QUESTIONS", tmp_path)
    monkeypatch.setattr(view, "asking", lambda _snapshot, _day: nullcontext(connection.cursor()))
    monkeypatch.setattr(rights, "TABLE", tmp_path / "rights.toml")
    forget()
    yield lambda role, filters=Filters("1"), number=1: View(  # noqa: B008 (frozen)
        snapshot(number), filters, Rights(role), Words("en"), date(2023, 6, 1)
    )
    forget()


def forget() -> None:
    for kept in (view._answer, view._read, rights._table):
        kept.cache_clear()


def test_a_question_nobody_listed_is_refused_to_everybody(reader):
    for role in ROLES:
        with pytest.raises(Forbidden):
            reader(role).ask("unlisted")
        with pytest.raises(Forbidden):
            reader(role).take("unlisted")


def test_a_role_may_ask_only_what_is_listed_for_it(reader):
    assert len(reader("council").ask("restricted/who_scored")) == 2
    for role in ("director", "analyst", "secretariat", "", "somebody"):
        with pytest.raises(Forbidden):
            reader(role).ask("restricted/who_scored")


def test_an_act_is_open_to_those_it_is_listed_for(reader):
    assert [role for role in ROLES if reader(role).rights.may("move_weights")] == [
        "analyst",
        "secretariat",
    ]
    assert not reader("secretariat").rights.may("something nobody listed")


def test_rights_are_checked_before_anything_kept_is_looked_at(reader):
    reader("council").ask("restricted/who_scored")
    before = view._answer.cache_info()
    with pytest.raises(Forbidden):
        reader("director").ask("restricted/who_scored")
    assert view._answer.cache_info() == before


@pytest.mark.parametrize("first, second", [("council", "director"), ("director", "council")])
def test_no_role_is_served_what_was_kept_for_another(reader, first, second):
    seen = {role: list(reader(role).ask("applications")) for role in (first, second)}
    assert seen == {
        "council": ["application_id", "comment", "submitted_on"],
        "director": ["application_id", "submitted_on"],
    }


def test_an_answer_is_kept_for_the_same_reader_and_snapshot_only(reader):
    reader("director").ask("applications")
    reader("director").ask("applications")
    assert (view._answer.cache_info().hits, view._answer.cache_info().misses) == (1, 1)
    reader("director", number=2).ask("applications")
    reader("director", Filters("1", region="AFR")).ask("applications")
    assert (view._answer.cache_info().hits, view._answer.cache_info().misses) == (1, 3)


def test_what_is_taken_away_is_not_kept(reader):
    assert len(reader("director").take("applications")) == 2
    assert view._answer.cache_info().currsize == 0


def test_whoever_changes_an_answer_changes_only_theirs(reader):
    frame = reader("director").ask("applications")
    frame["application_id"] = "?"
    frame.loc[0, "submitted_on"] = None
    again = reader("director").ask("applications")
    assert again["application_id"].tolist() == ["A1", "A2"]
    assert again["submitted_on"].tolist() == [date(2023, 1, 2), None]


def test_filters_reach_the_question_by_their_names(reader):
    def found(**filters):
        frame = reader("director", Filters("1", **filters)).ask("applications")
        return frame["application_id"].tolist()

    assert found(country=("KEN", "UGA")) == ["A1", "A2"]
    assert found(country=("UGA",)) == []
    assert found(region="EUR") == []


def test_looking_through_other_filters_keeps_reader_and_snapshot(reader):
    analyst = reader("analyst", Filters("1", region="AFR"))
    assert analyst.through(Filters("2")) == replace(analyst, filters=Filters("2"))


def test_a_parameter_the_question_does_not_know_is_an_error(reader):
    with pytest.raises(ValueError, match="applications knows no colour, shape"):
        reader("director").ask("applications", shape=1, colour=2)


def test_a_parameter_that_is_missing_is_an_error():
    director = View(snapshot(), Filters("1"), Rights("director"), Words("en"), date(2023, 6, 1))
    with pytest.raises(ValueError, match="application_record wants application"):
        director.ask("application_record")


def test_a_name_that_leads_out_of_the_folder_is_no_question_even_when_listed(reader):
    with pytest.raises(ValueError, match="no name of a question"):
        reader("director").ask("../outside")


def test_only_the_secretariat_feeds_the_dashboard():
    for role in ROLES:
        its = role == "secretariat"
        assert Rights(role).may_open("imports") is its
        assert Rights(role).may_ask("import_record") is its


def test_every_role_opens_the_other_pages_and_nobody_else_opens_any():
    for page in ("overview", "applicants", "scores", "centres", "goals", "methods"):
        assert all(Rights(role).may_open(page) for role in ROLES)
        assert not Rights("visitor").may_open(page)
        assert not Rights("").may_open(page)
    assert not any(Rights(role).may_open("nowhere") for role in ROLES)


def test_reviewers_comments_are_for_council_and_secretariat():
    columns = ["application_id", "comment"]
    hidden = {role: Rights(role).hidden(columns) for role in (*ROLES, "visitor")}
    assert hidden == {
        "director": ["comment"],
        "analyst": ["comment"],
        "council": [],
        "secretariat": [],
        "visitor": ["comment"],
    }


def identifiers(frame, *, mark):
    """What is derived in the test below."""
    derived.append(mark)
    return [mark + name for name in frame["application_id"]]


derived: list[str] = []


def test_what_is_derived_is_kept_with_the_answers_it_is_derived_from(reader):
    derived.clear()
    view._derived.cache_clear()
    for _ in range(2):
        assert reader("director").derive(identifiers, "applications", mark="x") == ["xA1", "xA2"]
    assert reader("director").derive(identifiers, "applications", mark="y") == ["yA1", "yA2"]
    assert reader("analyst").derive(identifiers, "applications", mark="x") == ["xA1", "xA2"]
    reader("director", number=2).derive(identifiers, "applications", mark="x")
    assert derived == ["x", "y", "x", "x"]


def test_nothing_is_derived_from_a_question_the_role_may_not_ask(reader):
    with pytest.raises(Forbidden):
        reader("director").derive(identifiers, "restricted/who_scored", mark="x")

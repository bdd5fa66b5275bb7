"""A tiny database from the real tables, so that a test can write its rows out in full.

    def test_keeps_regions_that_sent_none(database, rows):
        database({
            "cohort": [{"cohort": "1"}],
            "country": [{"country": "KEN"}],
            "country_group": [{"country": "KEN", "group_code": "AFR"}],
            "application": [{"application_id": "A1", "cohort": "1", "country": "KEN"}],
        })
        assert rows("applications_by_region", cohort="1") == [...]

A test names the columns that matter to it. What must not be empty and was not named is filled:
text with the column's name, a number with 0, a yes or no with no, a date with 1 January 2023.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import scores
from data.tables import TABLES
from queries.filters import Filters

ROOT = Path(__file__).parents[2]
FILLED = {
    "VARCHAR": None,  # the column's name
    "DOUBLE": 0.0,
    "INTEGER": 0,
    "BIGINT": 0,
    "BOOLEAN": False,
    "DATE": date(2023, 1, 1),
    "TIMESTAMP": datetime(2023, 1, 1),
}

KEYS = {table.into: table.key for table in TABLES}

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


@pytest.fixture
def databases() -> Iterator[list[duckdb.DuckDBPyConnection]]:
    """The databases this test built; they are closed when it ends."""
    opened: list[duckdb.DuckDBPyConnection] = []
    yield opened
    for connection in opened:
        connection.close()


@pytest.fixture
def database(databases) -> Callable[[Tables], duckdb.DuckDBPyConnection]:
    """`database(tables)` builds one, with everything that is derived, and returns a connection."""

    def build(tables: Tables) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"python_enable_replacements": False})
        databases.append(connection)
        connection.execute((ROOT / "data" / "schema.sql").read_text(encoding="utf-8"))
        given = {"import": [{}]} | tables
        scored = given.pop("score", [])
        given["reviewer"] = _with_those_who_score(scored, given.get("reviewer", []))
        for table, rows in given.items():
            for row in _in_order(table, rows):
                _insert(connection, table, row)
        _insert_scores(connection, scored)
        connection.execute((ROOT / "data" / "derived.sql").read_text(encoding="utf-8"))
        return connection

    return build


@pytest.fixture
def rows(databases) -> Callable[..., list[dict[str, Any]]]:
    """`rows(question, **parameters)` asks the database built last; no filter is set unasked."""

    def ask(question: str, **parameters: Any) -> list[dict[str, Any]]:
        sql = (ROOT / "queries" / f"{question}.sql").read_text(encoding="utf-8")
        wanted = duckdb.extract_statements(sql)[0].named_parameters
        today = parameters.get("as_of") or date(2023, 1, 1)
        offered = Filters().parameters() | {"lang": "en", "today": today} | parameters
        answer = databases[-1].execute(sql, {name: offered[name] for name in wanted})
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    return ask


def _with_those_who_score(scored: Rows, reviewers: Rows) -> Rows:
    """The reviewers, and a row for each who is only named with a score."""
    known = {row.get("reviewer") for row in reviewers}
    named = {row.get("reviewer", "reviewer") for row in scored}
    return reviewers + [{"reviewer": reviewer} for reviewer in named - known]


def _in_order(table: str, rows: Rows) -> Rows:
    """Rows that scores refer to, in the order of their keys, as the import leaves them."""
    if table not in ("application", "reviewer", "criterion"):
        return rows
    return sorted(rows, key=lambda row: [row.get(name, name) for name in KEYS[table]])


def _insert_scores(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Scores, as the import fills them in."""
    connection.execute(
        """
        create temp table scores (
            application_id varchar not null, reviewer varchar not null, criterion varchar not null,
            score double not null, scored_on date, comment varchar
        );
        create temp view applications as from application;
        create temp view reviewers as from reviewer;
        create temp view criteria as from criterion;
        """
    )
    for row in rows:
        _insert(connection, "scores", row)
    assert scores.fill(connection), "a score comes twice, belongs to nothing or is off its scale"


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    columns = connection.execute(f'describe "{table}"').fetchall()
    unknown = set(row) - {column[0] for column in columns}
    assert not unknown, f"{table} has no column {', '.join(sorted(unknown))}"
    filled = {
        name: name if FILLED[kind] is None else FILLED[kind]
        for name, kind, null, *_ in columns
        if null == "NO" and name not in row
    } | row
    names = ", ".join(f'"{name}"' for name in filled)
    marks = ", ".join("?" for _ in filled)
    connection.execute(f'insert into "{table}" ({names}) values ({marks})', list(filled.values()))

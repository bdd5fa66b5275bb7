"""Do the rows fit together? Every check is one question in SQL; its answers are the findings.

Each selects the line and what its sentences name (`data.meaning.Check`), and reads the views of
`data.staging`. A cell that did not fit its column is null there, so nothing is said of it twice.
"""

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Any

import duckdb

from data import alike
from data.findings import SHOWN, Finding, Findings
from data.meaning import FILLED, MEANING, Check
from data.staging import Origin
from data.tables import BY_NAME, EXAMPLE, REFERENCES, TABLES
from data.wording import Said, either, listed, plural, say

# (table, earlier column, later column): dates that may be equal, but not the other way round.
IN_ORDER = (
    ("cohorts", "opened_on", "closed_on"),
    ("cohorts", "closed_on", "decided_on"),
    ("cohorts", "opened_on", "decided_on"),
    ("agreements", "starts_on", "ends_on"),
    ("agreements", "signed_on", "ends_on"),
    ("targets", "baseline_on", "due_on"),
    ("measurements", "measured_on", "verified_on"),
)


# A whole number as one writes it; anything else as it is.
MACROS = """
create temp macro said(x) as
    case when x = trunc(x) and abs(x) < 1e15 then x::bigint::varchar else x::varchar end;
"""


def check(
    origins: dict[str, Origin],
    broken: set[str],
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> None:
    """Adds a finding for every row that contradicts another, or itself.

    `broken`: tables whose rows are not all known; nothing is said about what refers to them.
    """
    database.execute(MACROS)
    alike.prepare(database)
    database.execute(
        """
        create temp view every_goal as
        select goal, plan, parent, name from reference_goal
        union all
        select goal, plan, parent, name from goals
        where goal not in (select goal from reference_goal)
        """
    )
    _ask(BY_NAME.keys() - {"scores"}, origins, broken, database, findings)
    _coordinates(origins, database, findings)
    # All at once: with nothing else wrong, `scores.fill` tells in a fifth of the time whether
    # anything is wrong with them.
    if findings.errors:
        check_scores(origins, broken, database, findings)


def check_scores(
    origins: dict[str, Origin],
    broken: set[str],
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> None:
    """Adds a finding for every score that contradicts another, or what it belongs to."""
    _ask({"scores"}, origins, broken, database, findings)


def _ask(
    tables: Set[str],
    origins: dict[str, Origin],
    broken: set[str],
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> None:
    """Asks every check of these tables."""
    for one in _all_checks(origins):
        if one.table in tables and not broken.intersection(one.needs):
            report(one, origins, database, findings)
    for reference in REFERENCES:
        if reference[0] in tables:
            _references(origins, broken, database, findings, *reference)


def report(
    one: Check,
    origins: dict[str, Origin],
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
    warning: bool = False,
) -> None:
    """Asks one question and files the answers. Rows that are carried over have no line: those
    that say the same are said once, with their number."""
    origin = origins[one.table]
    if not origin.rows:  # it has no line to find fault with, and to ask takes as long as of a few
        return
    sql = f"select *, count(*) as rows from ({one.sql}) group by all"
    asked = database.execute(f"{sql} order by all limit {SHOWN}")
    names = [column[0] for column in asked.description][1:-1]
    answers = asked.fetchall()
    for line, *values, rows in answers:
        values = _values(dict(zip(names, values, strict=True)))
        what, expected = _filled(one.what, values), _filled(one.expected, values)
        if line is None and origin.carried_from is not None:
            what = plural(
                "{what}; the row is kept from snapshot {number}",
                "{what}; {n} rows are kept from snapshot {number}",
                what=what,
                n=rows,
                number=str(origin.carried_from),
            )
        findings.add(Finding(origin.file, line, one.column, what, expected, warning))
    if len(answers) == SHOWN:
        count = database.execute(f"select count(*) from ({sql})").fetchone()[0]
        findings.add_unlisted(count - SHOWN, warning)


def _values(answer: dict[str, Any]) -> dict[str, Any]:
    """What a question selected, as a sentence takes it; see `data.meaning.Check`."""
    values = {}
    for name, value in answer.items():
        if name == "row" and value is not None:
            values["place"] = say("row {row}", row=str(value))
        elif isinstance(value, list):
            values[name] = either(value)
        elif value is not None:
            values[name] = value if isinstance(value, dict) else str(value)
    return values


def _filled(said: Said | tuple[Said, ...], values: dict[str, Any]) -> Said:
    """The first of the sentences that the values are enough for, with these."""
    for each in said if isinstance(said, tuple) else (said,):
        known = {**each.values, **values}
        if known.keys() >= set(each.names):
            return replace(each, values={name: known[name] for name in each.names})
    raise AssertionError(f"{said} lacks values: {values}")


def _all_checks(origins: dict[str, Origin]) -> Iterable[Check]:
    for table in TABLES:
        if origins[table.name].sha256:
            yield _key(table.name)
            yield _example(table.name)
    yield from alike.checks(origins)
    for table, earlier, later in IN_ORDER:
        yield Check(
            table,
            later,
            say("{later} lies before {name}, {earlier}", name=earlier),
            say("a date from {earlier} on"),
            f"select line, {later} as later, {earlier} as earlier "
            f"from {table} where {later} < {earlier}",
        )
    yield from MEANING
    for one in FILLED:
        from_file = bool(origins[one.table].sha256)
        fits = {
            f"bad_{column.name}": f'"bad {column.name}" is null' if from_file else "true"
            for column in BY_NAME[one.table].columns
        }
        yield replace(one, sql=one.sql.format(**fits))


def _key(name: str) -> Check:
    """Each key once; both rows are named."""
    table = BY_NAME[name]
    keys = ", ".join(table.key)
    shown = " || ', ' || ".join(f"coalesce({column}::varchar, '–')" for column in table.key)
    fits = " and ".join(
        f'"bad {key}" is null' + (f" and {key} is not null" if table.column(key).required else "")
        for key in table.key
    )
    return Check(
        name,
        table.key[0],
        say("{key} stands in {place} already"),
        say("each {keys} once", keys=listed(table.key)),
        f"""
        with suspects as (
            select hash({keys}) as h from {name} where {fits} group by h having count(*) > 1
        ),
        repeated as (
            select {keys}, list(line order by line) as lines
            from {name}
            where {fits} and hash({keys}) in (select h from suspects)
            group by {keys}
            having count(*) > 1
        )
        select unnest(lines[2:]) as line, {shown} as key, lines[1] as row,
        from repeated
        """,
    )


def _example(name: str) -> Check:
    """The template's example row is not data. Where it stands alone, the sheet was not filled in,
    and would otherwise replace the whole table."""
    table = BY_NAME[name]
    keys = [key for key in table.key if table.column(key).kind in ("key", "text")]
    return Check(
        name,
        keys[0],
        say("the row is the example of the template"),
        say("rows of your own, or no such sheet: what is stored then stays"),
        f"""
        select line
        from {name}
        where '{EXAMPLE}' in ({", ".join(keys)})
        """,
    )


def _references(
    origins: dict[str, Origin],
    broken: set[str],
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
    table: str,
    column: str,
    target: str,
    target_column: str,
) -> None:
    """What stands in no row of the table it refers to; what looks like it there is named."""
    if not origins[table].rows:
        return
    if target == "plan":
        what = say("{key} is not in the reference data")
    else:
        name = "goals" if target == "every_goal" else target
        if name in broken:
            return
        origin = origins[name]
        what = say("{key} is not in {file}", file=origin.file)
        if origin.carried_from and not origin.sha256:
            number = str(origin.carried_from)
            what = say(
                "{key} is not in the {table} of snapshot {number}", table=name, number=number
            )
    strange = (
        f"select line, {column} from {table} "
        f"anti join {target} as target on {table}.{column} = target.{target_column} "
        f"where {column} is not null"
    )
    # To tell what looks alike takes longer than to see that nothing is missing.
    if not database.execute(f"select 1 from ({strange}) limit 1").fetchone():
        return
    sql = f"""
        with known as (
            select alike({target_column}) as form, min({target_column}) as name
            from {target}
            group by form
        )
        select line, {column} as key, known.name
        from ({strange}) as strange
        left join known on known.form = alike(strange.{column})
    """
    expected = (
        say("did you mean {name}?"),
        say("the {column} of a row there", column=target_column),
    )
    report(Check(table, column, what, expected, sql), origins, database, findings)


def _coordinates(
    origins: dict[str, Origin], database: duckdb.DuckDBPyConnection, findings: Findings
) -> None:
    """Places on the globe and in their country. Only here does geopandas come in."""
    for table in ("applications", "centres"):
        from_file = bool(origins[table].sha256)
        for column, most in (("latitude", 90), ("longitude", 180)):
            other = "longitude" if column == "latitude" else "latitude"
            report(
                Check(
                    table,
                    column,
                    say("{value} is no {column}", column=column),
                    say("degrees from -{most} to {most}", most=str(most)),
                    f"select line, said({column}) as value "
                    f"from {table} where abs({column}) > {most}",
                ),
                origins,
                database,
                findings,
            )
            fits = f'"bad {column}" is null' if from_file else "true"
            report(
                Check(
                    table,
                    column,
                    say("{other} is given without {column}", other=other, column=column),
                    say("both or neither"),
                    f"select line from {table} "
                    f"where {column} is null and {fits} and {other} is not null",
                ),
                origins,
                database,
                findings,
            )
        points = database.execute(
            f"select line, country, latitude, longitude from {table} "
            f"where abs(latitude) <= 90 and abs(longitude) <= 180 and country is not null"
        ).df()
        if points.empty:
            continue
        from data import places

        misplaced = points[places.outside(points)].astype({"line": "Int64"})
        database.register("misplaced", misplaced)
        report(
            Check(
                table,
                "latitude",
                say("{point} is not in {country}"),
                say("a place in {country}, latitude and longitude in degrees"),
                """
                select misplaced.line,
                    misplaced.latitude || ', ' || misplaced.longitude as point,
                    {'en': name_en, 'ru': name_ru} as country,
                from misplaced
                inner join country using (country)
                """,
            ),
            origins,
            database,
            findings,
        )
        database.unregister("misplaced")

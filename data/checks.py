"""Do the rows fit together? Every check is one question in SQL; its answers are the findings.

Each selects `line, what, expected` for the column it is filed under, and reads the views of
`data.staging`. A cell that did not fit its column is null there, so nothing is said of it twice.
"""

from collections.abc import Iterable

import duckdb

from data import alike
from data.findings import SHOWN, Finding, Findings
from data.meaning import FILLED, MEANING, Check
from data.staging import Origin
from data.tables import BY_NAME, EXAMPLE, REFERENCES, TABLES

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
    for one in _all_checks(origins):
        if not broken.intersection(one.needs):
            report(one, origins, database, findings)
    for reference in REFERENCES:
        _references(origins, broken, database, findings, *reference)
    _coordinates(origins, database, findings)
    # All at once: with nothing else wrong, `check_filled` looks for these in a tenth of the time.
    if findings.errors and origins["scores"].sha256:
        report(_key("scores"), origins, database, findings)


def check_filled(
    origins: dict[str, Origin], database: duckdb.DuckDBPyConnection, findings: Findings
) -> None:
    """Adds a finding for every score that comes twice, once the tables are filled: there they lie
    in the order of their keys, and equal ones side by side."""
    keys = f"hash({', '.join(BY_NAME['scores'].key)})"
    beside = f"select {keys} as keys, lag(keys) over () as before from score"
    twice = f"select 1 from ({beside}) where keys = before limit 1"
    if origins["scores"].sha256 and database.execute(twice).fetchone():
        report(_key("scores"), origins, database, findings)


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
    sql = f"select line, what, expected, count(*) as rows from ({one.sql}) group by all"
    answers = database.execute(f"{sql} order by line, what limit {SHOWN}").fetchall()
    for line, what, expected, rows in answers:
        if line is None and origin.carried_from is not None:
            count = "the row is" if rows == 1 else f"{rows} rows are"
            what = f"{what}; {count} kept from snapshot {origin.carried_from}"
        findings.add(Finding(origin.file, line, one.column, what, expected, warning))
    if len(answers) == SHOWN:
        count = database.execute(f"select count(*) from ({sql})").fetchone()[0]
        findings.add_unlisted(count - SHOWN, warning)


def _all_checks(origins: dict[str, Origin]) -> Iterable[Check]:
    for table in TABLES:
        if origins[table.name].sha256:
            if table.name != "scores":
                yield _key(table.name)
            yield _example(table.name)
    yield from alike.checks(origins)
    for table, earlier, later in IN_ORDER:
        yield Check(
            table,
            later,
            f"select line, {later} || ' lies before {earlier}, ' || {earlier} as what, "
            f"'a date from ' || {earlier} || ' on' as expected "
            f"from {table} where {later} < {earlier}",
        )
    yield from MEANING
    for one in FILLED:
        from_file = bool(origins[one.table].sha256)
        fits = {
            f"bad_{column.name}": f'"bad {column.name}" is null' if from_file else "true"
            for column in BY_NAME[one.table].columns
        }
        yield Check(one.table, one.column, one.sql.format(**fits))


def _key(name: str) -> Check:
    """Each key once; both rows are named."""
    table = BY_NAME[name]
    keys = ", ".join(table.key)
    shown = " || ', ' || ".join(f"coalesce({column}::varchar, '–')" for column in table.key)
    fits = " and ".join(
        f'"bad {key}" is null' + (f" and {key} is not null" if table.column(key).required else "")
        for key in table.key
    )
    names = " and ".join(filter(None, [", ".join(table.key[:-1]), table.key[-1]]))
    return Check(
        name,
        table.key[0],
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
        select unnest(lines[2:]) as line,
            {shown} || ' stands in row ' || lines[1] || ' already' as what,
            'each {names} once' as expected,
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
        f"""
        select line, 'the row is the example of the template' as what,
            'rows of your own, or no such sheet: what is stored then stays' as expected,
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
    if target == "plan":
        place = "the reference data"
    else:
        name = "goals" if target == "every_goal" else target
        if name in broken:
            return
        origin = origins[name]
        place = f"the {name} of snapshot {origin.carried_from}" if origin.carried_from else name
        place = origin.file if origin.sha256 else place
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
        select line, {column} || ' is not in {place.replace("'", "''")}' as what,
            coalesce(
                'did you mean ' || known.name || '?', 'the {target_column} of a row there'
            ) as expected,
        from ({strange}) as strange
        left join known on known.form = alike(strange.{column})
    """
    report(Check(table, column, sql), origins, database, findings)


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
                    f"select line, said({column}) || ' is no {column}' as what, "
                    f"'degrees from -{most} to {most}' as expected "
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
                    f"select line, '{other} is given without {column}' as what, "
                    f"'both or neither' as expected "
                    f"from {table} where {column} is null and {fits} and {other} is not null",
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
                """
                select misplaced.line,
                    misplaced.latitude || ', ' || misplaced.longitude || ' is not in ' || name_en
                        as what,
                    'a place in ' || name_en || ', latitude and longitude in degrees' as expected,
                from misplaced
                inner join country using (country)
                """,
            ),
            origins,
            database,
            findings,
        )
        database.unregister("misplaced")

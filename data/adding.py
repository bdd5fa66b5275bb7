"""A table that adds to what is stored instead of replacing it: the sheet `add to measurements`.

So a centre sends back its own reports and touches nobody else's. A row that is stored already
changes nothing; one that says something else for the same key is a finding, since an addition
corrects nothing. A row of the form that was left blank is no report, and left out.
"""

import duckdb

from data.findings import SHOWN, Finding, Findings, quoted
from data.sources import Source
from data.tables import Table
from data.wording import Said, listed, say


def merge(
    source: Source,
    stored: str,
    based_on: int | None,
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> int:
    """Puts the stored rows beside those of the file, in the view named as the table.

    Returns how many there are. The view holds the file's rows; `stored` selects those of the
    snapshot `based_on`, in the columns of the file.
    """
    table = source.table
    rows, came = f"stage.added_{table.name}", f"stage.came_{table.name}"
    database.execute(f"create or replace table {rows} as from {table.name} where {_filled(table)}")
    if based_on is None:
        database.execute(f"create or replace temp view {table.name} as from {rows}")
        return 0
    same = " and ".join(f"added.{key} is not distinct from stored.{key}" for key in table.key)
    _report_conflicts(source, rows, stored, same, based_on, database, findings)
    database.execute(
        f"create or replace table {came} as select added.* from {rows} as added "
        f"anti join ({stored}) as stored on {same}"
    )
    kept = ", ".join(f'{c.name}, null::varchar as "bad {c.name}"' for c in table.columns)
    database.execute(
        f"create or replace temp view {table.name} as from {came} "
        f"union all by name select null::bigint as line, {kept} from ({stored})"
    )
    return database.execute(f"select count(*) from ({stored})").fetchone()[0]


def _filled(table: Table) -> str:
    """SQL for whether a row says more than whose it is and of what."""
    return " or ".join(
        f'{column.name} is not null or "bad {column.name}" is not null'
        for column in table.columns
        if not (column.required and column.kind == "key")
    )


def _report_conflicts(
    source: Source,
    rows: str,
    stored: str,
    same: str,
    based_on: int,
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> None:
    """A finding for each cell that is stored already, and differently."""
    table = source.table
    for column in table.columns:
        name = column.name
        if name in table.key or name not in source.texts:
            continue
        found = database.execute(
            f"select added.line, added.{name}, stored.{name} from {rows} as added "
            f"inner join ({stored}) as stored on {same} "
            f'where added.{name} is distinct from stored.{name} and "bad {name}" is null '
            f"order by added.line limit {SHOWN}"
        ).fetchall()
        for line, new, old in found:
            what = say(
                "{column} is {new}, and snapshot {number} holds {old} for the same {keys}",
                column=name,
                new=_shown(new),
                number=str(based_on),
                old=_shown(old),
                keys=listed(table.key),
            )
            expected = say(
                "the same; a correction comes in a table {table}, which replaces all",
                table=table.name,
            )
            findings.add(Finding(source.file, line, name, what, expected))


def _shown(value: object) -> str | Said:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return say("blank") if value is None else quoted(value)

"""What a snapshot changes against another: rows by table, and the figures people look at."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data import reference
from data.delimited import literal
from data.staging import as_file
from data.tables import TABLES

LISTED = 200
HEADLINES = {
    "applications": "select count(*) from {0}.application",
    "countries": "select count(distinct country) from {0}.application",
    "selected": "select count(*) from {0}.application where stage = 'selected'",
    "centres": "select count(*) from {0}.centre",
}


def between(old: Path | None, new: Path) -> pd.DataFrame:
    """One row per table of the format: table, added, removed, changed (numbers of rows, by key).

    `old` is None where nothing was there before.
    """
    with _opened(old, new) as database:
        rows = []
        for table in TABLES:
            before = f"({as_file(table, 'old')})" if old else None
            after = f"({as_file(table, 'new')})"
            rows.append((table.name, *_compare(table.key, before, after, database)))
    return pd.DataFrame(rows, columns=["table", "added", "removed", "changed"])


def headlines(old: Path | None, new: Path) -> pd.DataFrame:
    """One row per figure people look at: figure, before (missing without `old`), after."""
    with _opened(old, new) as database:
        rows = [
            (
                figure,
                database.execute(sql.format("old")).fetchone()[0] if old else None,
                database.execute(sql.format("new")).fetchone()[0],
            )
            for figure, sql in HEADLINES.items()
        ]
    frame = pd.DataFrame(rows, columns=["figure", "before", "after"])
    return frame.astype({"before": "Int64", "after": "Int64"})


def standing(old: Path, new: Path) -> dict[str, Any]:
    """What changes in the order by total and in the selection.

    all: how many applications it concerns. places: those of both whose place changes. chosen and
    unchosen: those that come in among the selected, and that leave them. moved: the first LISTED of
    all these, one row each:
    application_id, organization, cohort, place_before, place_after, selected_before,
    selected_after; what is missing on one side is None there.
    """
    facts = "select *, stage = 'selected' as selected from {0}.application_facts"
    with _opened(old, new) as database:
        database.execute(
            f"""
            create temp table moved as
            select
                application_id,
                coalesce(after.organization, before.organization) as organization,
                coalesce(after.cohort, before.cohort) as cohort,
                before.place as place_before,
                after.place as place_after,
                before.selected as selected_before,
                after.selected as selected_after,
                before.selected is not null and after.selected is not null
                    and before.place is distinct from after.place as displaced,
                coalesce(after.selected, false) and not coalesce(before.selected, false) as chosen,
                coalesce(before.selected, false) and not coalesce(after.selected, false)
                    as unchosen,
            from ({facts.format("old")}) as before
            full join ({facts.format("new")}) as after using (application_id)
            where displaced or chosen or unchosen
            """
        )
        counts = database.execute(
            "select count(*), count_if(displaced), count_if(chosen), count_if(unchosen) from moved"
        ).fetchone()
        listed = database.execute(
            "select * exclude (displaced, chosen, unchosen) from moved "
            "order by chosen or unchosen desc, cohort, coalesce(place_after, place_before), "
            f"application_id limit {LISTED}"
        )
        names = [column[0] for column in listed.description]
        moved = [dict(zip(names, row, strict=True)) for row in listed.fetchall()]
    return dict(zip(("all", "places", "chosen", "unchosen"), counts, strict=True)) | {
        "moved": moved
    }


def _opened(old: Path | None, new: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config={"python_enable_replacements": False})
    reference.goals(database)
    for name, path in (("old", old), ("new", new)):
        if path:
            database.execute(f"attach {literal(path)} as {name} (read_only)")
    return database


def _compare(
    key: tuple[str, ...], before: str | None, after: str, database: duckdb.DuckDBPyConnection
) -> tuple[int, int, int]:
    if before is None:
        return database.execute(f"select count(*) from {after}").fetchone()[0], 0, 0
    # Most tables are the same in both, and that is told without putting their rows side by side.
    total = "select count(*), bit_xor(hash(stored)) from {0} as stored"
    if (
        database.execute(total.format(before)).fetchone()
        == database.execute(total.format(after)).fetchone()
    ):
        return 0, 0, 0
    hashes = f"select hash({', '.join(key)}) as key, hash(stored) as row_hash from {{0}} as stored"
    return database.execute(
        f"""
        select
            count(*) filter (where before.key is null),
            count(*) filter (where after.key is null),
            count(*) filter (where before.row_hash <> after.row_hash),
        from ({hashes.format(before)}) as before
        full join ({hashes.format(after)}) as after on before.key = after.key
        """
    ).fetchone()

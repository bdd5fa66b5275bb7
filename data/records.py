"""What a snapshot says of how it came: when, by whom, from which files, with which warnings."""

import json
from datetime import UTC, date, datetime

import duckdb
import pandas as pd

from data.draft import Draft
from data.findings import visible
from data.store import SCHEMA_VERSION
from data.tables import TABLES

# Dates of what has happened; by them a batch is older or newer than what is stored.
HAPPENED = {
    "cohorts": ("opened_on", "closed_on", "decided_on"),
    "applications": ("submitted_on",),
    "application_stages": ("since",),
    "scores": ("scored_on",),
    "agreements": ("signed_on",),
    "centre_statuses": ("since",),
    "targets": ("set_on",),
    "measurements": ("measured_on", "verified_on"),
    "milestones": ("done_on",),
}


def record(
    draft: Draft, by: str | None, note: str | None, database: duckdb.DuckDBPyConnection
) -> None:
    """Writes down the import and the tables it brought."""
    database.execute(
        "insert into import values (?, ?, ?, ?, ?, ?, ?)",
        [
            draft.number,
            datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            by,
            note,
            draft.based_on.number if draft.based_on else None,
            draft.hash,
            SCHEMA_VERSION,
        ],
    )
    if draft.mapping.name:
        value = json.dumps(draft.mapping.value, ensure_ascii=False)
        database.execute("insert into import_mapping values (?, ?)", [draft.mapping.name, value])
    for name, origin in draft.origins.items():
        origin = draft.mapping.origin(origin)
        if origin.sha256:
            database.execute(
                "insert into import_file values (?, ?, ?, ?)",
                [origin.file, name, origin.rows - origin.kept, origin.sha256],
            )


def record_files(draft: Draft, database: duckdb.DuckDBPyConnection) -> None:
    """Writes down the files as they came."""
    for sha256, path in draft.files.items():
        database.execute(
            "insert into import_source values (?, ?, ?)", [path.name, path.stat().st_size, sha256]
        )


def record_warnings(draft: Draft, database: duckdb.DuckDBPyConnection) -> None:
    """Writes down what was let pass."""
    found = draft.findings.warnings
    rows = [
        (
            each.file,
            each.row,
            each.column or None,
            visible(f"{each.what} ({each.expected})"),
            json.dumps(each.said, ensure_ascii=False),
        )
        for each in map(draft.mapping.back, found)
    ]
    frame = pd.DataFrame(rows, columns=["file", "line", "column", "warning", "said"])
    database.register("found", frame.astype({"line": "Int64"}))
    database.execute("insert into import_warning select * from found")
    database.unregister("found")


def older(draft: Draft, database: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """The latest dates of the files and of the stored tables they replace, when the first is
    before the second."""
    if not draft.based_on:
        return None
    came, stored = [], []
    for table in TABLES:
        if table.name in HAPPENED and draft.origins[table.name].sha256:
            latest = f"greatest({', '.join(f'max({c})' for c in HAPPENED[table.name])})"
            # The view of the scores would look up the keys of each.
            rows = "numbered_score" if table.name == "scores" else table.into
            came.append(f"select {latest} as day from {rows}")
            stored.append(f"select {latest} as day from old.{rows}")
    if not came:
        return None
    new, old = (
        database.execute(f"select max(day) from ({' union all '.join(each)})").fetchone()[0]
        for each in (came, stored)
    )
    return (new, old) if new and old and new < old else None

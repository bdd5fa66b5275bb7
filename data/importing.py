"""From files to a published snapshot: read, check, build a draft, publish.

A draft is a complete database under a name nobody else uses. Nothing that is shown changes until
`store.publish` gives it its number and moves the pointer, and that happens only without errors.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from data import cells, changes, mapping, progress, reading, reference, staging, store
from data.checks import check
from data.delimited import literal
from data.digest import digest
from data.findings import Finding, Findings, visible
from data.mapping import Mapping
from data.sources import Batch
from data.staging import Origin
from data.store import SCHEMA_VERSION, Snapshot, StoreError
from data.tables import TABLES
from data.warnings import warn

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
REQUIRED = ("cohorts", "applications")
# Leaves room for the rest of the process within 3 GB.
MEMORY = "2GB"
# Seconds a server waits for an import; 50 MB take less than one minute.
PATIENCE = 600
# Seconds between two looks at how far it is.
LOOK = 0.2

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


@dataclass
class Draft:
    """What an import would publish. Without a hash there is nothing to publish: see `findings`."""

    findings: Findings
    path: Path
    number: int
    based_on: Snapshot | None
    origins: dict[str, Origin] = field(default_factory=dict)
    # The files that were read, by their hash.
    files: dict[str, Path] = field(default_factory=dict)
    hash: str = ""
    # The latest date in the files and the latest in the same tables of the snapshot, where the
    # files are older.
    older: tuple[date, date] | None = None
    # How the files' own sheets and columns were read.
    mapping: Mapping | None = None

    @property
    def same(self) -> bool:
        """Whether the files hold what is stored already."""
        return bool(self.hash and self.based_on and self.hash == self.based_on.hash)


@contextmanager
def drafted(
    source: Path,
    *,
    by: str | None = None,
    note: str | None = None,
    based_on: Snapshot | None = None,
    number: int = 1,
    where: Path | None = None,
    encoding: str | None = None,
    mapped: str | None = None,
) -> Iterator[Draft]:
    """Builds a draft from the files at `source` and removes it afterwards, unless published.

    Tables the files lack keep the rows of `based_on`. `where` is the folder to build in (default:
    the system's for temporary files), `encoding` that of files which are neither UTF-8 nor UTF-16,
    `mapped` names the mapping of the files' own layout. Raises StoreError when the machine cannot,
    as with a full disk; what is wrong with the files stands in the draft's findings.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".draft-", dir=where))
    except OSError as error:
        raise StoreError(f"The store cannot be written to: {error.strerror}.") from error
    try:
        draft = Draft(Findings(), folder / "draft.duckdb", number, based_on)
        draft.mapping = mapping.load(mapped) if mapped else None
        try:
            with _sentences():
                _build(draft, source, by, note, folder, encoding)
        finally:
            progress.end()
        if draft.mapping:
            draft.findings.relocate(draft.mapping.back)
            draft.origins = {
                name: draft.mapping.origin(each) for name, each in draft.origins.items()
            }
        yield draft
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(draft: Draft) -> Snapshot:
    """Makes the draft the current snapshot and keeps the files it came from.

    Call it under `store.lock()`.
    """
    with _sentences():
        store.keep(draft.files, draft.path.parent)
        return store.publish(draft.path, draft.number, draft.hash)


def import_(
    source: Path,
    by: str | None,
    note: str | None,
    older: bool,
    mapped: str | None = None,
    encoding: str | None = None,
) -> tuple[Draft, bool]:
    """Checks and publishes; returns the draft and whether it was published.

    It is not when there are errors, when the files change nothing, and when they are older than
    what is stored and `older` does not say that this is meant. Raises StoreError, Busy among them.
    """
    with store.lock():
        for left in store.folder().glob(".draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        with drafted(
            source,
            by=by,
            note=note,
            based_on=_basis(),
            number=store.next_number(),
            where=store.folder(),
            encoding=encoding,
            mapped=mapped,
        ) as draft:
            if not draft.hash or draft.same or (draft.older and not older):
                return draft, False
            publish(draft)
            return draft, True


@contextmanager
def checked(
    source: Path, mapped: str | None = None, encoding: str | None = None
) -> Iterator[Draft]:
    """Checks only: the draft lies outside the store and is removed afterwards."""
    with drafted(
        source,
        based_on=_basis(),
        number=store.next_number(),
        mapped=mapped,
        encoding=encoding,
    ) as draft:
        yield draft


def build_sample(target: Path) -> Findings:
    """Builds the sample as snapshot 0 at `target`, which must not exist."""
    with drafted(HERE / "sample", number=0, where=target.parent) as draft:
        if draft.hash:
            draft.path.replace(target)
        return draft.findings


def run(arguments: list[str], told: Callable[[str], None] | None = None) -> dict:
    """Runs `python -m data ... --json` in a process of its own and returns what it says.

    For servers: what reads other people's files, and geopandas with it, stays out of them. `told`
    hears of each of `progress.STEPS` as it begins. Raises StoreError when the process fails in
    another way than by its findings, or takes longer than PATIENCE.
    """
    with tempfile.TemporaryDirectory(prefix="dashboard-import-") as folder:
        steps, said, why = (Path(folder) / name for name in ("step", "stdout", "stderr"))
        with said.open("wb") as stdout, why.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "data", *arguments, "--json"],
                cwd=HERE.parent,
                env=os.environ
                | {
                    "DASHBOARD_STORE": str(store.folder().resolve()),
                    progress.VARIABLE: str(steps),
                },
                stdout=stdout,
                stderr=stderr,
            )
            _wait(process, steps, told)
        try:
            return json.loads(said.read_text(encoding="utf-8"))
        except ValueError:
            log.error("the import ended with %s: %s", process.returncode, why.read_text())
            raise StoreError("The import ended without an answer; nothing was changed.") from None


def _wait(process: subprocess.Popen, steps: Path, told: Callable[[str], None] | None) -> None:
    """Until the process ends; it does not outlive whoever waits for it."""
    ends, last = time.monotonic() + PATIENCE, None
    try:
        while True:
            try:
                process.wait(LOOK)
                return
            except subprocess.TimeoutExpired:
                if time.monotonic() > ends:
                    raise StoreError(
                        f"The import took longer than {PATIENCE // 60} minutes and was stopped."
                    ) from None
            if told and (step := progress.seen(steps)) and step != last:
                told(step)
                last = step
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _basis() -> Snapshot | None:
    """The snapshot to carry over from: never the sample."""
    snapshot = store.current()
    return None if snapshot.number == 0 else snapshot


@contextmanager
def _sentences() -> Iterator[None]:
    """Says in a sentence what the machine could not do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise StoreError("There is not enough memory or disk; nothing was changed.") from error
    except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
        full = "space" in str(error).lower()
        why = "the disk is full" if full else str(error).splitlines()[0]
        raise StoreError(f"The draft could not be written: {why}. Nothing was changed.") from error
    except OSError as error:
        raise StoreError(f"{error.strerror}; nothing was changed.") from error


def _build(
    draft: Draft,
    source: Path,
    by: str | None,
    note: str | None,
    folder: Path,
    encoding: str | None,
) -> None:
    # A server knows this module, and the panel's model loads more of scipy than a page needs.
    from data import panel

    database = duckdb.connect(
        draft.path,
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "python_enable_replacements": False,
        },
    )
    with database:
        database.execute(f"attach {literal(folder / 'stage.duckdb')} as stage")
        if draft.based_on:
            database.execute(f"attach {literal(draft.based_on.path)} as old (read_only)")
        cells.prepare(database)
        database.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
        reference.fill(database)
        progress.begin("read")
        batch = reading.read(source, database, folder, draft.findings, draft.mapping, encoding)
        draft.files = batch.files
        if batch.opened and not draft.based_on:
            _report_missing(batch, draft.findings)
        basis = draft.based_on.number if draft.based_on else None
        progress.begin("typed")
        draft.origins = staging.stage(batch, basis, database, folder, draft.findings)
        _report_without_rows(draft, batch, database)
        progress.begin("checked")
        check(draft.origins, batch.broken, database, draft.findings)
        if draft.findings.errors:
            return
        progress.begin("filled")
        _fill(database)
        progress.begin("hashed")
        draft.hash = digest(database)
        draft.older = _older(draft, database)
        _record(draft, by, note, database)
        progress.begin("computed")
        database.execute((HERE / "derived.sql").read_text(encoding="utf-8"))
        panel.fill(database)
        database.execute((HERE / "comments.sql").read_text(encoding="utf-8"))
        warn(draft.origins, database, draft.findings)
        _record_files(draft, database)
        _record_warnings(draft, database)
        progress.begin("written")
        database.execute("checkpoint")


def _report_missing(batch: Batch, findings: Findings) -> None:
    """On an empty store there is nothing to carry over: two tables are needed."""
    for name in REQUIRED:
        if name not in batch.broken and not any(s.table.name == name for s in batch.sources):
            what = f"the table {name} is missing"
            expected = "cohorts and applications, as nothing is stored yet"
            findings.add(Finding(batch.file_of(name), None, "", what, expected))
            batch.broken.add(name)


def _report_without_rows(draft: Draft, batch: Batch, database: duckdb.DuckDBPyConnection) -> None:
    """A header alone empties its table. That is meant at times, but never of the two tables that
    everything else hangs on, and where rows are lost it is said."""
    for table in TABLES:
        origin = draft.origins[table.name]
        if not origin.sha256 or origin.rows or table.name in batch.broken:
            continue
        if table.name in REQUIRED:
            batch.broken.add(table.name)
            what, expected = "the table has no rows", "at least one"
            draft.findings.add(Finding(origin.file, None, "", what, expected))
        elif draft.based_on:
            sql = f"select count(*) from ({staging.as_file(table, 'old')})"
            if lost := database.execute(sql).fetchone()[0]:
                number = draft.based_on.number
                what = f"the table has no rows, so the {lost} of snapshot {number} are dropped"
                expected = "rows, or no such table to keep them"
                draft.findings.add(Finding(origin.file, None, "", what, expected, warning=True))


def _fill(database: duckdb.DuckDBPyConnection) -> None:
    """The tables of the snapshot, each in the order of its key: so they are hashed and exported."""
    for table in TABLES:
        lists = {column for column, _, _ in table.lists}
        columns = [column.name for column in table.columns if column.name not in lists]
        values = [
            f"coalesce({name}, false)" if table.column(name).kind == "yes/no" else name
            for name in columns
        ]
        view = "every_goal" if table.name == "goals" else table.name
        database.execute(
            f"insert into {table.into} ({', '.join(columns)}) "
            f"select {', '.join(values)} from {view} order by {staging.order_of(table)}"
        )
        for column, into, name in table.lists:
            database.execute(
                f"insert into {into} ({table.key[0]}, {name}) "
                f"select {table.key[0]}, unnest({column}) as listed from {table.name} order by all"
            )


def _record(
    draft: Draft, by: str | None, note: str | None, database: duckdb.DuckDBPyConnection
) -> None:
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
    if draft.mapping:
        value = json.dumps(draft.mapping.value, ensure_ascii=False)
        database.execute("insert into import_mapping values (?, ?)", [draft.mapping.name, value])
    for name, origin in draft.origins.items():
        origin = draft.mapping.origin(origin) if draft.mapping else origin
        if origin.sha256:
            database.execute(
                "insert into import_file values (?, ?, ?, ?)",
                [origin.file, name, origin.rows - origin.kept, origin.sha256],
            )


def _record_files(draft: Draft, database: duckdb.DuckDBPyConnection) -> None:
    for sha256, path in draft.files.items():
        database.execute(
            "insert into import_source values (?, ?, ?)", [path.name, path.stat().st_size, sha256]
        )


def _record_warnings(draft: Draft, database: duckdb.DuckDBPyConnection) -> None:
    found = draft.findings.warnings
    rows = [
        (each.file, each.row, each.column or None, visible(f"{each.what} ({each.expected})"))
        for each in (map(draft.mapping.back, found) if draft.mapping else found)
    ]
    frame = pd.DataFrame(rows, columns=["file", "line", "column", "warning"])
    database.register("found", frame.astype({"line": "Int64"}))
    database.execute("insert into import_warning select * from found")
    database.unregister("found")


def _older(draft: Draft, database: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """The latest dates of the files and of the stored tables they replace, when the first is
    before the second."""
    if not draft.based_on:
        return None
    came, stored = [], []
    for table in TABLES:
        if table.name in HAPPENED and draft.origins[table.name].sha256:
            latest = f"greatest({', '.join(f'max({c})' for c in HAPPENED[table.name])})"
            came.append(f"select {latest} as day from {table.into}")
            stored.append(f"select {latest} as day from old.{table.into}")
    if not came:
        return None
    new, old = (
        database.execute(f"select max(day) from ({' union all '.join(each)})").fetchone()[0]
        for each in (came, stored)
    )
    return (new, old) if new and old and new < old else None


def summary(draft: Draft) -> dict:
    """The draft as plain values, for a page: findings, where each table comes from, and, while the
    draft exists, what it would change."""
    found = draft.findings
    answer = {
        "number": draft.number,
        "errors": [vars(each) for each in found.errors],
        "warnings": [vars(each) for each in found.warnings],
        "more_errors": found.unlisted(),
        "more_warnings": found.unlisted(warning=True),
        "based_on": draft.based_on.number if draft.based_on else None,
        "hash": draft.hash,
        "same": draft.same,
        "older": [day.isoformat() for day in draft.older] if draft.older else None,
        "tables": [
            {
                "table": name,
                "file": origin.file if origin.sha256 else None,
                "rows": origin.rows,
                "carried_from": origin.carried_from,
                "kept": origin.kept,
            }
            for name, origin in draft.origins.items()
        ],
    }
    if draft.hash and draft.path.exists():
        old = draft.based_on.path if draft.based_on else None
        answer["changes"] = changes.between(old, draft.path).to_dict("records")
        answer["standing"] = changes.standing(old, draft.path) if old else None
        answer["headlines"] = (
            changes.headlines(old, draft.path).astype(object).replace({pd.NA: None})
        ).to_dict("records")
    return answer

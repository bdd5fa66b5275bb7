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
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from data import causes, cells, changes, mapping, reading, reference, scores, staging, store
from data.checks import check, check_scores
from data.delimited import literal
from data.digest import digest
from data.draft import Draft
from data.findings import Finding, Findings
from data.progress import Steps, Tell, heard, silent
from data.records import older, record, record_files, record_warnings
from data.sources import Batch
from data.store import Snapshot, StoreError
from data.tables import TABLES
from data.warnings import warn
from data.wording import say

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
REQUIRED = ("cohorts", "applications")
# Leaves room for the rest of the process within 3 GB.
MEMORY = "2.5GB"
# 20 million scores spill 2 GB of it; what unfolds without end shall not fill the disk.
DISK = "10GB"
# Seconds a server waits for an import; 50 MB take less than one minute.
PATIENCE = 600


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
    tell: Tell = silent,
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
        raise store.unwritable(error) from error
    try:
        layout = mapping.load(mapped) if mapped else mapping.Mapping("", {"sheets": {}})
        draft = Draft(Findings(), folder / "draft.duckdb", number, based_on, layout)
        with _sentences():
            _build(draft, source, by, note, folder, encoding, Steps(tell))
        draft.findings.relocate(draft.mapping.back)
        draft.origins = {name: draft.mapping.origin(each) for name, each in draft.origins.items()}
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
    tell: Tell = silent,
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
            based_on=store.published(),
            number=store.next_number(),
            where=store.folder(),
            encoding=encoding,
            mapped=mapped,
            tell=tell,
        ) as draft:
            if not draft.hash or draft.same or (draft.older and not older):
                tell(1.0, "")
                return draft, False
            Steps(tell).begin("publishing")
            publish(draft)
            tell(1.0, "")
            return draft, True


@contextmanager
def checked(
    source: Path,
    mapped: str | None = None,
    encoding: str | None = None,
    tell: Tell = silent,
) -> Iterator[Draft]:
    """Checks only: the draft lies outside the store and is removed afterwards."""
    with drafted(
        source,
        based_on=store.published(),
        number=store.next_number(),
        mapped=mapped,
        encoding=encoding,
        tell=tell,
    ) as draft:
        tell(1.0, "")
        yield draft


def build_sample(target: Path) -> Findings:
    """Builds the sample as snapshot 0 at `target`, which must not exist."""
    with drafted(HERE / "sample", number=0, where=target.parent) as draft:
        if draft.hash:
            draft.path.replace(target)
        return draft.findings


def run(arguments: list[str], tell: Tell = silent) -> dict:
    """Runs `python -m data ... --json` in a process of its own and returns what it says.

    For servers: what reads other people's files, and geopandas with it, stays out of them. `tell`
    hears how far it is. Raises StoreError when the process fails in another way than by its
    findings, or takes longer than PATIENCE.
    """
    command = [sys.executable, "-m", "data", *arguments, "--json"]
    env = os.environ | {"DASHBOARD_STORE": str(store.folder().resolve())}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        subprocess.Popen(
            command, cwd=HERE.parent, env=env, stdout=out, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        said = []
        try:
            for line in process.stderr:
                if news := heard(line):
                    tell(*news)
                else:
                    said.append(line)
            process.wait()
            late = not timer.is_alive()
        finally:  # whoever waited may have gone
            timer.cancel()
            process.kill()
        if late:
            raise StoreError(
                say(
                    "The import took longer than {minutes} minutes and was stopped.",
                    minutes=str(PATIENCE // 60),
                )
            )
        out.seek(0)
        try:
            answer = json.load(out)
        except ValueError:
            answer = None
        if said or answer is None:
            log.error("the import ended with %s: %s", process.returncode, "".join(said))
        if answer is None:
            raise StoreError(say("The import ended without an answer; nothing was changed."))
        return answer


@contextmanager
def _sentences() -> Iterator[None]:
    """Says in a sentence what the machine could not do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise StoreError(say("There is not enough memory or disk; nothing was changed.")) from error
    except (
        duckdb.IOException,
        duckdb.TransactionException,
        duckdb.FatalException,
        duckdb.InternalException,
    ) as error:
        raise StoreError(
            say(
                "The draft could not be written: {why}. Nothing was changed.",
                why=causes.of_database(error),
            )
        ) from error
    except MemoryError as error:
        raise StoreError(say("There is not enough memory; nothing was changed.")) from error
    except OSError as error:
        raise StoreError(
            say("The import broke off: {why}. Nothing was changed.", why=causes.of_system(error))
        ) from error


def _build(
    draft: Draft,
    source: Path,
    by: str | None,
    note: str | None,
    folder: Path,
    encoding: str | None,
    steps: Steps,
) -> None:
    # A server knows this module, and the panel's model loads more of scipy than a page needs.
    from data import panel

    steps.begin("reading")
    database = duckdb.connect(
        draft.path,
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "max_temp_directory_size": DISK,
            "python_enable_replacements": False,
        },
    )
    with database:
        # How far a query is shall be told, and not by DuckDB itself.
        database.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
        # In memory, and spilt where that ends: on disk it would be compressed and flushed in vain.
        database.execute("attach ':memory:' as stage")
        if draft.based_on:
            database.execute(f"attach {literal(draft.based_on.path)} as old (read_only)")
        cells.prepare(database)
        database.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
        reference.fill(database)
        batch = reading.read(source, folder, draft.findings, draft.mapping, encoding)
        draft.files = batch.files
        if batch.opened and not draft.based_on:
            _report_missing(batch, draft.findings)
        basis = draft.based_on.number if draft.based_on else None
        draft.origins = staging.stage(batch, basis, database, folder, draft.findings, steps)
        _report_without_rows(draft, batch, database)
        steps.begin("checks")
        check(draft.origins, batch.broken, database, draft.findings)
        if draft.findings.errors:
            return
        steps.begin("tables")
        if not _fill(database):
            check_scores(draft.origins, batch.broken, database, draft.findings)
            if not draft.findings.errors:
                raise AssertionError("scores were left out, and no check says why")
            return
        draft.hash = digest(database)
        draft.older = older(draft, database)
        record(draft, by, note, database)
        steps.begin("figures")
        database.execute((HERE / "derived.sql").read_text(encoding="utf-8"))
        panel.fill(database)
        database.execute((HERE / "comments.sql").read_text(encoding="utf-8"))
        warn(draft.origins, database, draft.findings)
        record_files(draft, database)
        record_warnings(draft, database)
        database.execute("checkpoint")


def _report_missing(batch: Batch, findings: Findings) -> None:
    """On an empty store there is nothing to carry over: two tables are needed."""
    for name in REQUIRED:
        if name not in batch.broken and not any(s.table.name == name for s in batch.sources):
            what = say("the table {table} is missing", table=name)
            expected = say("cohorts and applications, as nothing is stored yet")
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
            what, expected = say("the table has no rows"), say("at least one")
            draft.findings.add(Finding(origin.file, None, "", what, expected))
        elif draft.based_on:
            sql = f"select count(*) from ({staging.as_file(table, 'old')})"
            if lost := database.execute(sql).fetchone()[0]:
                what = say(
                    "the table has no rows, so the {lost} of snapshot {number} are dropped",
                    lost=str(lost),
                    number=str(draft.based_on.number),
                )
                expected = say("rows, or no such table to keep them")
                draft.findings.add(Finding(origin.file, None, "", what, expected, warning=True))


def _fill(database: duckdb.DuckDBPyConnection) -> bool:
    """The tables of the snapshot, each in the order of its key: so they are hashed and exported.

    Returns whether all scores came in; else `check_scores` says why.
    """
    for table in TABLES:
        if table.name == "scores":  # last, by the numbers of the others
            continue
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
    return scores.fill(database)


def _plain(finding: Finding) -> dict:
    """A finding in English, and as any language can tell it."""
    english = {"what": str(finding.what), "expected": str(finding.expected)}
    return {**vars(finding), **english, "said": finding.said}


def summary(draft: Draft) -> dict:
    """The draft as plain values, for a page: findings, where each table comes from, and, while the
    draft exists, what it would change."""
    errors, more_errors = draft.findings.listed(warning=False)
    warnings, more_warnings = draft.findings.listed(warning=True)
    answer = {
        "number": draft.number,
        "errors": [_plain(each) for each in errors],
        "warnings": [_plain(each) for each in warnings],
        "more_errors": more_errors,
        "more_warnings": more_warnings,
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

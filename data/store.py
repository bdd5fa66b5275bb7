"""The store: numbered snapshots, one pointer, and read-only cursors into them.

A snapshot is a DuckDB file that nobody writes to once it has its name. `CURRENT` holds the name of
the one that is shown and is replaced in one atomic step, so that a reader never waits for a writer
and never sees half an import. Beside them lie the files they were made from, as they came.
Reopening a path after its file was replaced would still give the old data; hence a new name for
each.
"""

import fcntl
import hashlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from data import causes
from data.wording import Said, say

log = logging.getLogger(__name__)

SCHEMA_VERSION = 6
HERE = Path(__file__).parent
POINTER = "CURRENT"
KEPT = "files"  # the folder of the files as they came, each under its hash
# Tables of `derived.sql` and the macros that say what they held on a day; each reads those above.
PAST = {
    "application_criterion": "criterion_means_on",
    "application_facts": "facts_on",
    "cohort_line": "cohort_line_on",
}


class StoreError(Exception):
    """The store cannot do what was asked; `said` is a sentence for people, in English as text."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


class Busy(StoreError):
    """Another import holds the store."""


def unknown(number: int) -> StoreError:
    """What is said of a snapshot that is not there."""
    return StoreError(say("There is no snapshot {number} in the store.", number=str(number)))


def unwritable(error: OSError) -> StoreError:
    """What is said where the system lets nobody write."""
    return StoreError(say("The store cannot be written to: {why}.", why=causes.of_system(error)))


@dataclass(frozen=True)
class Snapshot:
    """One published state of the data. `number` 0 is the sample, which is in no history."""

    number: int
    path: Path
    hash: str
    imported_at: datetime
    imported_by: str | None
    note: str | None
    based_on: int | None

    @property
    def built_from_sample(self) -> bool:
        """Whether this is the sample that stands in for an empty store."""
        return self.number == 0


def folder() -> Path:
    """Where snapshots lie: `DASHBOARD_STORE`, or `data/store/`. It need not exist yet."""
    return Path(os.environ.get("DASHBOARD_STORE") or HERE / "store")


def current() -> Snapshot:
    """The snapshot that is shown: what `CURRENT` names, or the sample when nothing came in yet.

    Raises StoreError when the pointer names no readable snapshot.
    """
    return published() or describe(sample())


def published() -> Snapshot | None:
    """The snapshot that `CURRENT` names; None when nothing came in yet.

    Raises StoreError when the pointer names no readable snapshot.
    """
    try:
        name = (folder() / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            say("The store cannot be read: {why}.", why=causes.of_system(error))
        ) from error
    if Path(name).name != name or not (folder() / name).is_file():
        raise StoreError(
            say("The pointer names {name}, which is not in the store.", name=repr(name))
        )
    return describe(folder() / name)


def stored() -> list[Snapshot]:
    """Every readable snapshot in the store, oldest first; empty when nothing came in yet.

    One that is damaged, or of another version, is left out: it must not hide the others.
    """
    found = []
    for path in folder().glob("snapshot-*.duckdb"):
        with suppress(StoreError):
            found.append(describe(path))
    return sorted(found, key=lambda snapshot: snapshot.number)


def next_number() -> int:
    """The number of the next snapshot: one more than the highest there is."""
    numbers = (int(path.name.split("-")[1]) for path in folder().glob("snapshot-*.duckdb"))
    return max(numbers, default=0) + 1


@lru_cache(maxsize=64)
def describe(path: Path) -> Snapshot:
    """What the file at `path` says of itself. A snapshot never changes, so it is read once.

    Raises StoreError when the file is no snapshot or of another version of the schema.
    """
    try:
        row = _connection(path).cursor().execute("from import").fetchone()
    except duckdb.Error as error:
        raise StoreError(say("{file} is not a readable snapshot.", file=path.name)) from error
    number, imported_at, imported_by, note, based_on, hash_, version = row
    if version != SCHEMA_VERSION:
        raise StoreError(
            say(
                "{file} was written for version {version} of the tables, and this dashboard reads "
                "version {known}: import the files again.",
                file=path.name,
                version=str(version),
                known=str(SCHEMA_VERSION),
            )
        )
    return Snapshot(number, path, hash_, imported_at, imported_by, note, based_on)


def cursor(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A read-only cursor for one run: cursors may be used side by side, a connection may not."""
    return _connection(snapshot.path).cursor()


@contextmanager
def asking(snapshot: Snapshot, day: date | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for one question, which is about now (None) or about a past day.

    What the tables say of now is computed of that day at its first question, and kept for the last
    few days. One question at a time is answered of each.
    """
    if day is None:
        yield cursor(snapshot)
        return
    with _computing:
        kept, answering = _past(snapshot.path, day)
    with answering:
        yield kept


_computing = threading.Lock()


@lru_cache(maxsize=3)
def _past(path: Path, day: date) -> tuple[duckdb.DuckDBPyConnection, threading.Lock]:
    kept = _connection(path).cursor()
    for table, macro in PAST.items():
        kept.execute(f"create temp table past_{table} as from {macro}(date '{day}')")
    kept.execute(f"set variable kept_day = date '{day}'")
    return kept, threading.Lock()


_opening = threading.Lock()
_connections: dict[Path, duckdb.DuckDBPyConnection] = {}


def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    with _opening:
        if path not in _connections:
            if len(_connections) >= 8:
                # Not closed: that would end its cursors, which keep the file open while in use.
                _connections.pop(next(iter(_connections)))
            _connections[path] = duckdb.connect(
                path,
                read_only=True,
                config={
                    "python_enable_replacements": False,
                    "enable_external_access": False,
                    "lock_configuration": True,
                },
            )
        return _connections[path]


@contextmanager
def lock() -> Iterator[None]:
    """Holds the store for one writer; the system lets go when the process ends, however it ends.

    Raises Busy when another writer holds it, StoreError when the folder cannot be written to.
    """
    try:
        folder().mkdir(parents=True, exist_ok=True)
        handle = open(folder() / ".lock", "w")  # noqa: SIM115 (held until the writer is done)
    except OSError as error:
        raise unwritable(error) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(say("Another import is running; try again when it is done.")) from None
        yield


def publish(draft: Path, number: int, hash_: str) -> Snapshot:
    """Gives a finished, closed draft its name and makes it the current one. Call it under `lock()`.

    The draft must lie in the store's folder, so that the renaming is one step.
    """
    if draft.with_suffix(draft.suffix + ".wal").exists():
        raise StoreError(say("The draft was not closed cleanly; nothing was published."))
    _to_disk(draft)
    draft.chmod(0o444)
    path = folder() / f"snapshot-{number}-{hash_[:12]}.duckdb"
    draft.rename(path)
    _point_to(path)
    return describe(path)


def keep(files: dict[str, Path], scratch: Path) -> None:
    """Copies files, given by the hash of what was read, to where they stay beside the snapshots.

    `scratch` is a folder within the store's, for copies that are not whole yet. Raises StoreError
    when a file is no longer what was read, OSError when there is no room.
    """
    kept = folder() / KEPT
    kept.mkdir(exist_ok=True)
    for sha256, path in files.items():
        target = kept / f"{sha256}{path.suffix.lower()}"
        if target.exists():
            continue
        copy = scratch / target.name
        digest = hashlib.sha256()
        with path.open("rb") as source, copy.open("wb") as file:
            while block := source.read(1 << 20):
                digest.update(block)
                file.write(block)
        if digest.hexdigest() != sha256:
            raise StoreError(
                say("{file} was changed while it was read; nothing was changed.", file=path.name)
            )
        _to_disk(copy)
        copy.chmod(0o444)
        copy.rename(target)
    _to_disk(kept)


def files_of(number: int) -> dict[str, Path]:
    """The files that snapshot `number` was made from, as they came, by their names.

    One that is not kept is left out. Raises StoreError when there is no such snapshot.
    """
    for snapshot in stored():
        if snapshot.number == number:
            rows = cursor(snapshot).execute("select file, sha256 from import_source").fetchall()
            return {
                file: path
                for file, sha256 in rows
                for path in (folder() / KEPT).glob(f"{sha256}.*")
            }
    raise unknown(number)


def restore(number: int) -> Snapshot:
    """Makes snapshot `number` the current one again. Raises StoreError when there is none."""
    with lock():
        for snapshot in stored():
            if snapshot.number == number:
                _point_to(snapshot.path)
                return snapshot
    raise unknown(number)


def _point_to(path: Path) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".pointer-", dir=folder())
    with os.fdopen(handle, "w", encoding="utf-8") as pointer:
        pointer.write(path.name + "\n")
    _to_disk(Path(temporary))
    os.chmod(temporary, 0o644)
    os.replace(temporary, folder() / POINTER)
    _to_disk(folder())


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=1)
def sample() -> Path:
    """The sample as a snapshot, built once for each state of its files and of our code.

    It is built in a process of its own: importing needs geopandas, which a server does without.
    """
    digest = hashlib.sha256()
    for pattern in ("sample/*.csv", "reference/*.csv", "*.sql", "*.py", "../analysis/*.py"):
        for path in sorted(HERE.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    built = HERE / ".built"
    target = built / f"sample-{digest.hexdigest()[:12]}.duckdb"
    if target.exists():
        return target
    try:
        built.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="sample-", dir=built)) / "draft.duckdb"
    except OSError:
        # An installation nobody may write to: build it for this process alone.
        target = Path(tempfile.mkdtemp(prefix="sample-")) / target.name
        draft = target.with_name("draft.duckdb")
    result = subprocess.run(
        [sys.executable, "-m", "data", "build-sample", str(draft)],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        log.error("the sample could not be built: %s%s", result.stdout, result.stderr)
        raise StoreError(say("The sample could not be built, and the log says why."))
    draft.replace(target)
    if draft.parent != target.parent:
        draft.parent.rmdir()
    return target

"""The stores of the benchmark, drawn by lot.

1,000,000 applications with 20,000,000 scores, and 2,000 centres with 2,000,000 measurements; and 18
centres, each with 40 indicators.

    python tests/benchmarks/generate.py

They are written straight into the tables and not through the importer; the large one is kept
under the system's folder for temporary files for as long as the tables stay as they are.
"""

import hashlib
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data import panel, reference, store

DATA = Path(store.__file__).parent
APPLICATIONS = 1_000_000
CENTRES = 2_000


def large_store() -> Path:
    """The folder of the large store, for DASHBOARD_STORE; built when it is not there yet."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for path in (
        *sorted(DATA.glob("*.sql")),
        *sorted((DATA.parent / "analysis").glob("*.py")),
        *sorted((DATA / "reference").glob("*.csv")),
        Path(reference.__file__),
        *sorted(Path(__file__).parent.glob("*.sql")),
    ):
        digest.update(path.read_bytes())
    digest.update(f"{APPLICATIONS} {CENTRES} {store.SCHEMA_VERSION}".encode())
    cache = Path(tempfile.gettempdir()) / "dashboard-benchmark"
    target = cache / digest.hexdigest()[:12]
    if target.exists():
        return target
    # Stores of older tables are not needed again, and each takes as much disk as this one.
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=cache))
    name = f"snapshot-1-{target.name}.duckdb"
    build(draft / name, digest.hexdigest())
    (draft / store.POINTER).write_text(f"{name}\n", encoding="utf-8")
    return draft.rename(target)


def network_store(scratch: Path) -> Path:
    """A store in a new folder of `scratch`: 18 centres that work towards 40 indicators each."""
    folder = Path(tempfile.mkdtemp(prefix="network-", dir=scratch))
    build(folder / "snapshot-1-network.duckdb", "network", applications=1_000, centres=18)
    (folder / store.POINTER).write_text("snapshot-1-network.duckdb\n", encoding="utf-8")
    return folder


def build(
    path: Path, hash_: str, *, applications: int = APPLICATIONS, centres: int = CENTRES
) -> None:
    """Writes a snapshot with these numbers of applications and centres to `path`, a new file.

    It has `hash_` where an import has the hash of what came in.
    """
    config = {"temp_directory": f"{path}.spill", "memory_limit": "3GB"}
    with duckdb.connect(path, config=config) as database:
        database.execute((DATA / "schema.sql").read_text(encoding="utf-8"))
        reference.fill(database)
        database.execute("insert into goal select goal, plan, parent, name from reference_goal")
        database.execute("set variable applications = ?", [applications])
        database.execute("set variable centres = ?", [centres])
        database.execute(Path(__file__).with_name("large.sql").read_text(encoding="utf-8"))
        database.execute(
            "insert into import values (1, ?, 'benchmark', null, null, ?, ?)",
            [datetime.now(UTC).replace(tzinfo=None, microsecond=0), hash_, store.SCHEMA_VERSION],
        )
        database.execute((DATA / "derived.sql").read_text(encoding="utf-8"))
        panel.fill(database)
        database.execute((DATA / "comments.sql").read_text(encoding="utf-8"))
        database.execute("checkpoint")
    path.chmod(0o444)


if __name__ == "__main__":
    print(large_store())

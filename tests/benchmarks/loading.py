"""How long an import takes, beside what DuckDB alone takes for the same files.

    PYTHONPATH=. python tests/benchmarks/loading.py [--applications 1000000]

1,000,000 applications with 20,000,000 scores, drawn by lot, as CSV and as Parquet. Beside the
import stands DuckDB's own typed `create table as` and `checkpoint` of the same files: it checks
nothing. Each runs in a process of its own, one after the other, twice; the better is told.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from data.tables import BY_NAME
from tests.alone import taken

APPLICATIONS = 1_000_000
ROUNDS = 2
TIME_LIMIT = 4  # times what DuckDB takes alone
MEMORY_LIMIT = 3_000  # MB
TYPES = {"number": "double", "date": "date", "yes/no": "boolean"}

# Five criteria, four of 400 reviewers for each application.
FILES = {
    "cohorts": "select '1' as cohort, 'One' as name, date '2023-06-30' as decided_on, "
    "17 as places, 'KAP' as plan, 'yes' as sample",
    "criteria": "select '1' as cohort, 'C' || c as criterion, 'Criterion ' || c as name, "
    "1 as weight, 0 as scale_min, 10 as scale_max from range(1, 6) as t(c)",
    "reviewers": "select 'R' || r as reviewer, 'Reviewer ' || r as name from range(400) as t(r)",
    "applications": "select 'A' || a as application_id, '1' as cohort, "
    "['KEN', 'FRA', 'FJI', 'CHN', 'MNG', 'CHL'][1 + a % 6] as country, "
    "'Organization ' || a as organization, date '2023-02-01' + (a % 50)::integer as submitted_on, "
    "if(a < 17, 'selected', 'not selected') as stage, 'KAP-' || (1 + a % 5) as goals "
    "from range({applications}) as t(a)",
    "scores": "select 'A' || a as application_id, 'R' || ((a * 7 + r * 101) % 400) as reviewer, "
    "'C' || c as criterion, (hash(a, r, c) % 101)::integer / 10 as score, "
    "date '2023-04-01' + (hash(a, r) % 60)::integer as scored_on "
    "from range({applications}) as t(a), range(4) as u(r), range(1, 6) as v(c)",
}


def measure(applications: int = APPLICATIONS) -> dict[str, Any]:
    """Seconds and MB at most for each format: alone, import, memory; and how many scores."""
    result: dict[str, Any] = {"scores": applications * 20}
    with tempfile.TemporaryDirectory(prefix="loading-") as scratch:
        for kind in ("csv", "parquet"):
            folder = Path(scratch) / kind
            _write(folder, kind, applications)
            runs = [
                (_alone(folder, kind, Path(scratch)), *_import(folder, Path(scratch)))
                for _ in range(ROUNDS)
            ]
            alone, taken, memory = zip(*runs, strict=True)
            result[kind] = {"alone": min(alone), "import": min(taken), "memory": max(memory)}
    return result


def verdicts(result: dict[str, Any]) -> str:
    """Each promise with what was measured: PASS or MISS."""
    lines = []
    for kind in ("csv", "parquet"):
        seen = result[kind]
        ratio = seen["import"] / seen["alone"]
        kept = ratio <= TIME_LIMIT and seen["memory"] <= MEMORY_LIMIT
        lines.append(
            f"{'PASS' if kept else 'MISS'}  {result['scores']:,} scores from {kind}: import "
            f"{seen['import']:.1f} s, DuckDB alone {seen['alone']:.1f} s: {ratio:.1f} × (at most "
            f"{TIME_LIMIT}), {seen['memory']:,.0f} MB at most ({MEMORY_LIMIT:,})"
        )
    return "\n".join(lines)


def _write(folder: Path, kind: str, applications: int) -> None:
    folder.mkdir()
    form = "format csv, header" if kind == "csv" else "format parquet"
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": f"{folder}.spill"}) as db:
        for name, sql in FILES.items():
            target = folder / f"{name}.{kind}"
            db.execute(f"copy ({sql.format(applications=applications)}) to '{target}' ({form})")


ALONE = """
import sys, time, duckdb
began = time.monotonic()
database = duckdb.connect(sys.argv[1], config={"memory_limit": "2GB"})
database.execute("set enable_progress_bar = false")  # it would write among the answer
for statement in sys.argv[2:]:
    database.execute(statement)
database.execute("checkpoint")
database.close()
print(time.monotonic() - began)
"""


def _alone(folder: Path, kind: str, scratch: Path) -> float:
    statements = []
    for name in FILES:
        path = folder / f"{name}.{kind}"
        source = f"read_parquet('{path}')"
        if kind == "csv":
            header = path.open(encoding="utf-8").readline().strip().split(",")
            columns = ", ".join(
                f"{head}: '{TYPES.get(BY_NAME[name].column(head).kind, 'varchar')}'"
                for head in header
            )
            source = (
                f"read_csv('{path}', auto_detect = false, header = true, delim = ',', "
                f"quote = '\"', columns = {{{columns}}})"
            )
        statements.append(f"create table {name} as select * from {source}")
    target = scratch / "alone.duckdb"
    result = subprocess.run(
        [sys.executable, "-c", ALONE, target, *statements],
        capture_output=True,
        text=True,
        check=True,
    )
    target.unlink()
    return float(result.stdout)


def _import(folder: Path, scratch: Path) -> tuple[float, float]:
    """Seconds and MB at most of an import into an empty store."""
    with tempfile.TemporaryDirectory(dir=scratch) as store:
        seconds, most = taken("-m", "data", "import", folder, DASHBOARD_STORE=store)
    return seconds, most / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=APPLICATIONS)
    print(verdicts(measure(parser.parse_args().applications)))

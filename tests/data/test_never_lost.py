"""Killed at any moment, or with the disk full: the last snapshot serves, the next import works."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from data import store as snapshots

ROOT = Path(__file__).parents[2]
Files = Callable[..., Path]


def _start(path: Path, note: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "data", "import", path, "--note", note],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # its readers of workbooks die with it
    )


def _import(path: Path, note: str) -> tuple[int, str]:
    process = _start(path, note)
    out, _ = process.communicate(timeout=300)
    return process.returncode, out


def _whole(folder: Path) -> tuple[int, str]:
    """Proves that the pointer and every snapshot are whole; returns what is shown."""
    name = (folder / snapshots.POINTER).read_text().strip()
    for path in folder.glob("snapshot-*.duckdb"):
        with duckdb.connect(path, read_only=True) as database:
            number, hash_ = database.execute("select snapshot, hash from import").fetchone()
            assert path.name == f"snapshot-{number}-{hash_[:12]}.duckdb"
            # Every block is read: the rows of the format and those computed from them.
            for (table,) in database.execute("select table_name from duckdb_tables()").fetchall():
                database.execute(f"select bit_xor(hash(t)) from {table} as t").fetchone()
            kept = {path.name.partition(".")[0] for path in (folder / "files").iterdir()}
            files = database.execute("select sha256 from import_source").fetchall()
            assert kept.issuperset(sha256 for (sha256,) in files)
    assert (folder / name).is_file()
    return int(name.split("-")[1]), name


def _killed(kills: int, files: Files, store: Path, seed: int) -> None:
    draw = random.Random(seed)
    assert _import(files(), "first") == (0, "Snapshot 1 is now current.\n")
    shown, killed, shortest = _whole(store)[0], 0, 60.0
    while killed < kills:
        folder = files(reviewers=("Ann", f"Ann {time.monotonic()}"))
        began = time.monotonic()
        process = _start(folder, "to be killed")
        # Anywhere in it, and as often near its end, where files get their names.
        moment = draw.uniform(0, 1) if killed % 2 else draw.uniform(0.8, 1)
        try:
            process.wait(moment * shortest)
            shortest = min(shortest, time.monotonic() - began)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
        number, name = _whole(store)
        assert number >= shown
        shown = number
        for path in store.glob("snapshot-*.duckdb"):
            if path.name != name:
                path.unlink()
    code, out = _import(files(reviewers=("Ann", "Last")), "last")
    assert (code, out) == (0, f"Snapshot {snapshots.next_number() - 1} is now current.\n")
    assert not list(store.glob(".draft-*"))
    rows = snapshots.cursor(snapshots.current()).execute("select name from reviewer order by 1")
    assert rows.fetchall() == [("Ben",), ("Cem",), ("Last",)]


def test_killed_at_any_moment_loses_nothing(files: Files, store: Path) -> None:
    _killed(4, files, store, seed=1)


@pytest.mark.long
def test_killed_a_hundred_times_loses_nothing(files: Files, store: Path) -> None:
    _killed(100, files, store, seed=2)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store on a filesystem that holds three snapshots of this size."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small filesystem can only be mounted by root")
    store = folder / "store"
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    yield store
    snapshots._connections.clear()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _free(folder: Path) -> int:
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


def test_a_full_filesystem_loses_nothing_and_says_so(files: Files, small: Path) -> None:
    _fill_up(files, small, step=2_500_000)


@pytest.mark.long
def test_a_filesystem_full_at_any_point_loses_nothing(files: Files, small: Path) -> None:
    _fill_up(files, small, step=60_000)


def _fill_up(files: Files, small: Path, step: int) -> None:
    """Imports with ever less room, from enough down to none."""
    assert _import(files(), "first")[0] == 0
    shown = _whole(small)[0]
    ballast = small.parent / "ballast"
    refused, left = 0, 14_000_000  # a little more than an import needs
    while left > 0:
        ballast.write_bytes(bytes(_free(small) - left))
        code, out = _import(files(reviewers=("Ann", f"Ann {left}")), f"{left} bytes")
        number, name = _whole(small)
        if code:
            refused += 1
            assert number == shown
            assert "hanged" in out and "Traceback" not in out, out
            assert "full" in out or "No space" in out or "memory or disk" in out, out
        else:
            shown = number
            for path in small.glob("snapshot-*.duckdb"):  # room for the next one
                if path.name != name:
                    path.unlink()
        ballast.unlink()
        left -= step
    assert refused
    code, out = _import(files(reviewers=("Ann", "Last")), "last")
    assert (code, out) == (0, f"Snapshot {snapshots.next_number() - 1} is now current.\n")
    assert not list(small.glob(".draft-*"))


def test_of_two_at_once_one_is_published_and_the_other_is_told(files: Files, store: Path) -> None:
    first, second = (_start(files(reviewers=("Ann", name)), name) for name in ("One", "Two"))
    answers = sorted(process.communicate(timeout=300)[0] for process in (first, second))
    assert answers in (
        ["Another import is running; try again when it is done.\n", "Snapshot 1 is now current.\n"],
        ["Snapshot 1 is now current.\n", "Snapshot 2 is now current.\n"],
    )
    _whole(store)

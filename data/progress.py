"""How far an import is, told while it runs: a bar in a terminal, lines for a server."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

Tell = Callable[[float, str], None]
"""Told how far the work is, from 0 to 1, and at what: a file, or one of the STEPS."""

# How much of the time each step takes, measured with 20 million scores; reading comes first, file
# by file according to their sizes.
STEPS = {"reading": 0.35, "checks": 0.1, "tables": 0.25, "figures": 0.25, "publishing": 0.05}
MARK = "progress "
WIDTH = 30
EVERY = 0.5  # seconds between two looks at a query


def silent(done: float, at: str) -> None:
    """Tells nobody."""


def bar(done: float, at: str) -> None:
    """A bar on standard error, drawn over the one before; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        return
    full = round(done * WIDTH)
    line = f"[{'█' * full}{'·' * (WIDTH - full)}] {done:4.0%}  {at[:40]:<40}"
    end = "\r" + " " * len(line) + "\r" if done >= 1 else ""
    print(f"\r{line}{end}", end="", file=sys.stderr, flush=True)


def lines(done: float, at: str) -> None:
    """A line on standard error, for the process that waits: see `heard`."""
    print(f"{MARK}{done:.3f} {at}", file=sys.stderr, flush=True)


def heard(line: str) -> tuple[float, str] | None:
    """What a line that another process wrote tells; None when it is something else."""
    done, _, at = line.removeprefix(MARK).rstrip("\n").partition(" ")
    try:
        return (float(done), at) if line.startswith(MARK) else None
    except ValueError:
        return None


class Steps:
    """Turns steps and their parts into one number that only grows."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._done = tell, 0.0

    def part(self, step: str, fraction: float, at: str) -> None:
        """Tells that this fraction of a step is done, and what comes next."""
        before = sum(share for name, share in STEPS.items() if _before(name, step))
        self._done = max(self._done, before + STEPS[step] * fraction)
        self._tell(self._done, at)

    @contextmanager
    def followed(
        self, step: str, start: float, end: float, at: str, database: duckdb.DuckDBPyConnection
    ) -> Iterator[None]:
        """Tells how far the queries inside are, on their way from `start` to `end` of a step."""
        over = threading.Event()

        def follow() -> None:
            while not over.wait(EVERY):
                done = max(database.query_progress(), 0) / 100  # below 0 between two queries
                self.part(step, start + (end - start) * done, at)

        self.part(step, start, at)
        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            over.set()
            follower.join()

    def begin(self, step: str) -> None:
        """Tells that a step begins."""
        self.part(step, 0, step)

    def end(self) -> None:
        """Tells that all is done."""
        self._tell(1.0, "")


def _before(name: str, step: str) -> bool:
    order = list(STEPS)
    return order.index(name) < order.index(step)

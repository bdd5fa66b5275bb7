"""How far an import is, told to whoever waits: a terminal, or the page that started the process."""

import json
import os
import sys
from pathlib import Path

# The steps of an import, in their order. A step may take a second or a minute.
STEPS = ("read", "typed", "checked", "filled", "hashed", "computed", "written")
# Names the file that the page looks into.
VARIABLE = "DASHBOARD_PROGRESS"
WIDTH = 28


def begin(step: str) -> None:
    """Says that `step` begins. Where nobody waits, this does nothing."""
    if path := os.environ.get(VARIABLE):
        Path(path).write_text(json.dumps(step), encoding="utf-8")
    elif sys.stderr.isatty():
        done = WIDTH * STEPS.index(step) // len(STEPS)
        print(f"\r[{'#' * done:<{WIDTH}}] being {step} ", end="", file=sys.stderr, flush=True)


def end() -> None:
    """Takes the terminal's bar away, so that what is printed next begins its own line."""
    if VARIABLE not in os.environ and sys.stderr.isatty():
        print(f"\r{'':<{WIDTH + 20}}\r", end="", file=sys.stderr, flush=True)


def seen(path: Path) -> str | None:
    """The step that stands in the file the page looks into; None before the first."""
    try:
        step = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return step if step in STEPS else None

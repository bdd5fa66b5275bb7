"""A brief as a tagged PDF (PDF/UA-1) of one A4 page.

The typesetter loads in a process of its own and only when somebody asks: it doubles the memory of
whoever loads it, and a fault of it is nobody else's (`reports/typesetting.py`).
"""

import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from queries.words import Words
from reports.brief import Brief
from reports.tables import stamp_line
from reports.typesetting import UNWRITABLE

ROOT = Path(__file__).parents[1]
SECONDS = 30

# A typesetter takes a processor for itself; of many who ask at once, the others wait.
_at_once = threading.BoundedSemaphore(2)


class Unwritable(ValueError):
    """The fonts lack a character; the message is a sentence for people."""


def as_pdf(brief: Brief, _: Words) -> bytes:
    """The brief on paper.

    Raises Unwritable when the fonts of this machine lack a character of it, RuntimeError when the
    typesetter fails, subprocess.TimeoutExpired when it takes too long.
    """
    with _at_once:
        done = subprocess.run(
            [sys.executable, "-m", "reports.typesetting"],
            input=json.dumps(_plan(brief, _)).encode(),
            capture_output=True,
            cwd=ROOT,
            timeout=SECONDS,
            check=False,
        )
    if done.returncode == UNWRITABLE:
        raise Unwritable(
            _(
                "This machine has no font for some of the characters. Whoever looks after the "
                "dashboard can install one, such as Noto Sans for the script that is missing."
            )
        )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def _plan(brief: Brief, _: Words) -> dict:
    """What the template sets: the brief as text, its title and its stamp on one line."""
    plan = asdict(brief) | {
        "title": brief.name,
        "stamp": stamp_line(list(brief.stamp)),
    }
    for part in plan["parts"]:
        # Names of countries and centres stand side by side; what is a sentence has its own line.
        part["inline"] = all(point["page"] for point in part["points"])
    return plan

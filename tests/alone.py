"""What a process of its own takes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Linux counts what a process was before it became another program, and who asks may be large: so a
# small process starts it, and tells of it alone.
STARTER = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


def taken(*arguments: str | Path, **env: str) -> tuple[float, int]:
    """Seconds, and bytes at most, of `python *arguments` with `env` in its environment.

    Raises subprocess.CalledProcessError when it fails.
    """
    told = subprocess.run(
        [sys.executable, "-c", STARTER, sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, most = told.stdout.split()
    return float(seconds), int(most) * UNIT

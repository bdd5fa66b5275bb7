"""The servers that are measured, each a process of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
DASHBOARD = "dashboard.py"
FLOOR = "tests/benchmarks/floor/app.py"
START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running server: its address and its process."""

    url: str
    pid: int
    start_seconds: float

    def memory(self) -> dict[str, float]:
        """Megabytes of memory it holds now and has held at most; empty where no /proc tells."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return {}
        kilobytes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE))
        return {
            "now": int(kilobytes["VmRSS"]) / 1000,
            "at_most": int(kilobytes["VmHWM"]) / 1000,
        }


@contextmanager
def running(script: str, store: Path, logs: Path) -> Iterator[Server]:
    """Starts the app in `script` on a free port and stops it afterwards.

    What it writes goes to a file in `logs`. Raises RuntimeError, with all of that, when it ends
    before it answers or takes too long.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = logs / f"{port}.log"
    began = time.monotonic()
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DASHBOARD_STORE": str(store)},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        while not _answers(url):
            if process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"{script} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield Server(url, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False

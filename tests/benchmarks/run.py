"""The benchmark: every page in a real browser, beside an empty Streamlit page.

    make bench
    PYTHONPATH=. python tests/benchmarks/run.py [--small]

Every page has a server of its own, started for it, so that nothing is remembered from the page
before. Two readers with empty caches come, the first of them to a server that has answered nobody
yet; then the regions are clicked on, one after another, twice: the first time each question is new
to the server, the second time it may remember the answer. After every click, one is made on the
empty page, opened as freshly as the page itself: times are told beside it, as what else the machine
does slows both, and as a browser is slow with what it does for the first time. Last, files of 48 MB
are uploaded (`uploads.py`) and 20,000,000 scores imported (`loading.py`). The table is printed and
everything that was measured is kept in benchmark.json.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from data import store
from pages.parts.register import PAGES, Page
from tests.benchmarks import loading, uploads
from tests.benchmarks.generate import APPLICATIONS, large_store, network_store
from tests.benchmarks.report import table, verdicts
from tests.benchmarks.servers import DASHBOARD, FLOOR, ROOT, Server, running
from tests.benchmarks.visits import visiting
from tests.browser.conftest import FLAGS
from tests.conftest import chromium

KEPT = ROOT / "benchmark.json"
REGIONS = 6
JUDGED = "applicants"  # the page of the promise at 44; it gets two servers, and so 12 new questions
NETWORK = "goals"  # the page of the promise at 18 centres × 40 indicators
FLOOR_STARTS = 3
# Of the sample, with everything uncertain: nothing takes longer.
WEIGHTS = "noise=both&weights=ecosystem:25;means:10;plan:20;reach:15;team:40"
MOVES = 12


def main() -> int:
    """Measures, prints and keeps; 0 when everything could be measured, whatever came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true", help="the sample alone")
    small = parser.parse_args().small
    if not chromium():
        print("Chromium is not installed; the benchmark needs a real browser.", file=sys.stderr)
        return 2
    store.sample()  # built now, so that no server's first reader waits for it
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        stores = {"sample": Path(scratch) / "store"}
        if not small:
            stores["network"] = network_store(Path(scratch))
            print(f"{APPLICATIONS:,} applications: made once, then kept …", file=sys.stderr)
            stores["large"] = large_store()
        began = time.monotonic()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            result = {"about": _about(browser)} | _measure(browser, stores, Path(scratch))
            if not small:
                print("48 MB are uploaded …", file=sys.stderr)
                result["uploads"] = uploads.measure(browser)
            browser.close()
        if not small:
            print(f"{loading.APPLICATIONS * 20:,} scores are imported …", file=sys.stderr)
            result["loading"] = loading.measure()
        result["about"]["seconds"] = round(time.monotonic() - began)
    KEPT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(result))
    print(verdicts(result))
    if "uploads" in result:
        print(uploads.verdicts(result["uploads"]))
    if "loading" in result:
        print(loading.verdicts(result["loading"]))
    return 0


def _measure(browser: Browser, stores: dict[str, Path], scratch: Path) -> dict[str, Any]:
    """Everything: the empty page's first views, then each page over each store beside it."""
    colds = []
    for _ in range(FLOOR_STARTS):
        with running(FLOOR, scratch, scratch) as floor, visiting(browser, floor.url) as visit:
            colds.append({"cold": visit.first_view, "start_seconds": floor.start_seconds})
    runs = []
    with running(FLOOR, scratch, scratch) as floor:
        for page in PAGES:
            for name, folder in stores.items():
                if name == "network" and page.key != NETWORK:
                    continue
                for _ in range(2 if page.key == JUDGED else 1):
                    print(f"/{page.key} {name} …", file=sys.stderr)
                    with running(DASHBOARD, folder, scratch) as server:
                        runs.append(
                            {"page": page.key, "store": name} | _run(browser, page, server, floor)
                        )
        with running(DASHBOARD, stores["sample"], scratch) as server:
            moves = _moves(browser, server, floor)
        memory = floor.memory()
    return {"floor": {"starts": colds, "memory": memory}, "runs": runs, "slider": moves}


def _moves(browser: Browser, server: Server, floor: Server) -> list[dict[str, Any]]:
    """A weight is moved on /ranking, each time to a new place, beside clicks on the empty page."""
    moves = []
    with (
        visiting(browser, floor.url) as empty,
        visiting(browser, f"{server.url}/ranking?{WEIGHTS}") as visit,
    ):
        slider = visit.page.locator("[class*=st-key-ranking_weight_]").get_by_role("slider").first
        for number in range(MOVES):
            moves.append(visit.move(slider) | {"beside": empty.click(number % REGIONS)})
    return moves


def _run(browser: Browser, page: Page, server: Server, floor: Server) -> dict[str, Any]:
    """One page on a server that has answered nobody yet."""
    url = server.url + ("/" if page is PAGES[0] else f"/{page.key}")
    with visiting(browser, url) as visit:
        seen = {"cold": visit.first_view, "geometry": [list(visit.geometry.values())]}
    clicks, beside = [], []
    with visiting(browser, floor.url) as empty, visiting(browser, url) as visit:
        seen["floor_warm"] = empty.first_view
        for number in range(2 * REGIONS if "region" in page.filters else 0):
            clicks.append({"new": number < REGIONS} | visit.click(number % REGIONS))
            beside.append(empty.click(number % REGIONS))
        seen["geometry"].append(list(visit.geometry.values()))
        return seen | {
            "warm": visit.first_view,
            "clicks": clicks,
            "floor_clicks": beside,
            "memory": server.memory(),
            "start_seconds": server.start_seconds,
            "load": os.getloadavg()[0],
        }


def _about(browser: Browser) -> dict[str, Any]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "chromium": browser.version,
        **{name: version(name) for name in ("streamlit", "duckdb", "plotly", "pandas")},
        "load_before": os.getloadavg()[0],
    }


if __name__ == "__main__":
    sys.exit(main())

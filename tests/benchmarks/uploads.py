"""What an upload costs the server and its other readers.

    PYTHONPATH=. python tests/benchmarks/uploads.py

A reader uploads 48 MB as CSV, as Parquet and as a workbook, each to a server of its own, and has
them checked, while another reader clicks on the regions of the overview. Told are the server's
memory before and at most, and how long the slowest click took, beside those before the upload.
"""

import base64
import csv
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.servers import DASHBOARD, running
from tests.benchmarks.visits import Visit, visiting
from tests.browser.conftest import FLAGS
from tests.conftest import chromium

MEGABYTES = 48
CELL = 30_000  # characters, drawn by lot, so that they take as much room in every format
MEMORY_LIMIT = 1.5  # times what the server held before
STALL_LIMIT = 1_000  # ms more than the slowest click without an upload
CLICKS = 6
COHORTS = (["cohort", "name", "plan"], ["1", "First", "KAP"])
HEADER = ["application_id", "cohort", "country", "organization", "stage", "title"]


def measure(browser: Browser) -> dict[str, Any]:
    """MB before and at most, and ms of the slowest click before and meanwhile, by format."""
    result = {}
    with tempfile.TemporaryDirectory(prefix="uploads-") as scratch:
        for kind in ("csv", "parquet", "xlsx"):
            folder = Path(scratch) / kind
            folder.mkdir()
            files = _write(folder, kind)
            with (
                running(DASHBOARD, folder / "store", folder) as server,
                visiting(browser, server.url) as other,
                visiting(browser, f"{server.url}/imports") as sender,
            ):
                quiet = [_click(other, number) for number in range(CLICKS)]
                before = server.memory()["now"]
                meanwhile = _upload(sender, other, files)
                after = server.memory()
            result[kind] = {
                "bytes": sum(file.stat().st_size for file in files),
                "before": before,
                "at_most": after["at_most"],
                "after": after["now"],
                "quiet": max(quiet),
                "meanwhile": max(meanwhile),
                "clicks": len(meanwhile),
            }
    return result


def verdicts(result: dict[str, Any]) -> str:
    """Each promise with what was measured: PASS or MISS."""
    lines = []
    for kind, seen in result.items():
        times = seen["at_most"] / seen["before"]
        more = seen["meanwhile"] - seen["quiet"]
        kept = times <= MEMORY_LIMIT and more <= STALL_LIMIT
        lines.append(
            f"{'PASS' if kept else 'MISS'}  an upload of {seen['bytes'] / 1e6:.0f} MB as {kind}: "
            f"server {seen['before']:.0f} MB, at most {seen['at_most']:.0f} MB: {times:.2f} × "
            f"(at most {MEMORY_LIMIT}); another reader's slowest click {seen['meanwhile']:.0f} ms "
            f"of {seen['clicks']}, {seen['quiet']:.0f} ms before (at most {STALL_LIMIT} more)"
        )
    return "\n".join(lines)


def _click(visit: Visit, number: int) -> float:
    return visit.click(number % 6)["page"]["last"]


def _upload(sender: Visit, other: Visit, files: list[Path]) -> list[float]:
    """Uploads, checks, and has the other reader click until the answer is there."""
    sender.page.locator("input[type=file]").set_input_files(files)
    clicks = [_click(other, 0)]
    button = sender.page.get_by_role("button", name="Check", exact=True)
    while not button.is_enabled():
        clicks.append(_click(other, len(clicks)))
    button.click()
    publish = sender.page.get_by_role("button", name="Publish")
    while not publish.is_visible():
        clicks.append(_click(other, len(clicks)))
    return clicks


def _write(folder: Path, kind: str) -> list[Path]:
    """48 MB of applications with very long titles, and their cohort."""
    share = 0.76 if kind == "xlsx" else 1  # a workbook is packed
    rows = [
        [f"A{row}", "1", "KEN", f"Hub {row}", "evaluated", _text()]
        for row in range(int(MEGABYTES * 1e6 / CELL / share))
    ]
    if kind == "xlsx":
        path = folder / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, lines in (("cohorts", COHORTS), ("applications", [HEADER, *rows])):
                sheet = book.add_worksheet(name)
                for number, line in enumerate(lines):
                    sheet.write_row(number, 0, line)
        return [path]
    paths = []
    for name, lines in (("cohorts", COHORTS), ("applications", [HEADER, *rows])):
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
        if kind == "parquet":
            source, path = path, path.with_suffix(".parquet")
            with duckdb.connect() as database:
                database.execute(
                    f"copy (from read_csv('{source}', all_varchar = true)) "
                    f"to '{path}' (format parquet)"
                )
        paths.append(path)
    return paths


def _text() -> str:
    return base64.b64encode(os.urandom(CELL * 3 // 4)).decode()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(verdicts(measure(chrome)), file=sys.stdout)
        chrome.close()

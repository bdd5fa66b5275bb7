"""A running dashboard and a real browser. Every page a test opens also proves two house rules when
the test ends: nothing was requested from another host, and nothing went wrong in the console."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBES = ("/_stcore/health", "/_stcore/host-config")
START_SECONDS = 90  # the first start on a fresh machine also builds the sample


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks these tests, and keeps those of one file on one worker: they share its browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@dataclass(frozen=True)
class Server:
    """A dashboard of a test's own: where it listens and which store it shows."""

    url: str
    store: Path
    log: Path


@pytest.fixture(scope="session")
def start_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a dashboard on a free port: `start_dashboard(store)`. All are stopped at the end."""
    processes = []

    def start(store: Path) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Server(
            f"http://127.0.0.1:{port}", store, tmp_path_factory.mktemp("dashboard") / "log"
        )
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        with server.log.open("w") as log:
            process = subprocess.Popen(
                [*command, "--server.port", str(port), "--server.headless", "true"],
                cwd=ROOT,
                env=os.environ | {"DASHBOARD_STORE": str(store)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        processes.append(process)
        wait_until_healthy(server, process)
        return server

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(server: Server, process: subprocess.Popen) -> None:
    """Returns when the server answers; fails with its log when it ends first or takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    pytest.fail(f"The dashboard did not start:\n{server.log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def dashboard(start_dashboard, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """One dashboard for all tests of a worker. Its store is empty, so it shows the sample."""
    return start_dashboard(tmp_path_factory.mktemp("store"))


# One browser a file and not one a session: while Playwright's synchronous interface is open, the
# thread has a running event loop, and no test after it could call `asyncio.run`.
@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a test's pages did. A test that provokes an error in the browser takes it out of
    `errors` itself; one that makes a part of a page fail sets `fault_expected`."""

    errors: list[str] = field(default_factory=list)
    fault_expected: bool = False
    hosts: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Notes every error and the host of every request, web sockets among them."""
        context.on("weberror", lambda fault: self.errors.append(str(fault.error)))
        context.on("console", self.hear)
        context.on("request", lambda request: self.note(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.note(socket.url)))

    def hear(self, said: ConsoleMessage) -> None:
        """Keeps errors; not those of Streamlit on a deep link, looking for its own folder."""
        url = said.location["url"]
        if said.type == "error" and not urlsplit(url).path.endswith(PROBES):
            self.errors.append(f"{said.text} ({url})")

    def note(self, url: str) -> None:
        """Adds the host of an address; `data:` and `blob:` leave the browser for nowhere."""
        if host := urlsplit(url).netloc:
            self.hosts.add(host)


@pytest.fixture
def seen() -> Seen:
    """What the pages of this test did so far."""
    return Seen()


@pytest.fixture
def new_page(browser: Browser, dashboard: Server, seen: Seen) -> Iterator[Callable[..., Page]]:
    """Opens pages: `new_page(width=390, dark=True)`. Addresses are relative to the dashboard.

    When the test ends, no page may have met an error or another host than the dashboard's, and the
    log may tell of no fault.
    """
    contexts = []
    logs: dict[Path, int] = {}

    def new(
        width: int = 1440, height: int = 900, dark: bool = False, server: Server = dashboard, **more
    ) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **{"locale": "en-GB", "reduced_motion": "reduce"} | more,
        )
        context.add_init_script(path=HERE / "watch.js")
        seen.watch(context)
        own.add(urlsplit(server.url).netloc)
        logs.setdefault(server.log, server.log.stat().st_size)
        contexts.append(context)
        return context.new_page()

    own: set[str] = set()
    yield new
    for context in contexts:
        context.close()
    assert seen.hosts <= own, f"requests left for {seen.hosts - own}"
    assert seen.errors == []
    for log, length in logs.items():
        said = log.read_bytes()[length:].decode()
        assert ("Traceback" in said) == seen.fault_expected, said


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """An empty page, 1440 by 900, light."""
    return new_page()


@pytest.fixture
def ready() -> Callable[[Page], None]:
    """`ready(page)` returns when the dashboard has answered and everything is painted.

    What a widget sends only after a pause (a slider, a typed word) is waited for with `expect`.
    """

    def wait(page: Page) -> None:
        page.wait_for_function("() => window.settled()", timeout=30_000)

    return wait

"""What every test shares: which programs a machine must have for which tests."""

import os
import shutil
from collections.abc import Callable
from glob import glob

import pytest


def chromium() -> str | None:
    """Where Debian's Chromium, or what other systems call it, is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def postgresql() -> str | None:
    """Where the PostgreSQL server is installed; Debian keeps it out of the PATH."""
    return shutil.which("postgres") or max(glob("/usr/lib/postgresql/*/bin/postgres"), default=None)


# Marker of a test -> the program it needs, and how it is found.
PROGRAMS: dict[str, tuple[str, Callable[[], str | None]]] = {
    "browser": ("Chromium", chromium),
    "nginx": ("nginx", lambda: shutil.which("nginx")),
    "postgresql": ("The PostgreSQL server", postgresql),
}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose program is not installed is named and left out, or fails with REQUIRE_ALL=1."""
    for marker, (program, find) in PROGRAMS.items():
        if item.get_closest_marker(marker) and not find():
            if os.environ.get("REQUIRE_ALL") == "1":
                pytest.fail(f"{program} is not installed (REQUIRE_ALL=1)", pytrace=False)
            pytest.skip(f"{program} is not installed")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to start. Only for tests marked `browser`: elsewhere it may be missing."""
    path = chromium()
    assert path, "the test lacks the marker `browser`"
    return path

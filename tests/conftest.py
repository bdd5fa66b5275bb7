"""What every test shares: the programs a machine must have for some, and a store of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of what is tested.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


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


@pytest.fixture(scope="session", autouse=True)
def nobodys_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the store of whoever runs it: without one of its own it is empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of the test's own, which shows the sample until something is imported."""
    folder = tmp_path / "store"
    monkeypatch.setenv("DASHBOARD_STORE", str(folder))
    return folder


@pytest.fixture(scope="session")
def brought() -> dict[str, Path]:
    """What was imported into an empty store, one batch after the other -> a copy of that store."""
    return {}


@pytest.fixture
def store_with(
    store: Path, tmp_path_factory: pytest.TempPathFactory, brought: dict[str, Path]
) -> Callable[..., Path]:
    """Imports tables into the store: `store_with(cohorts="cohort,name,plan\\n1,One,KAP\\n", ...)`.

    Returns the store. May be called again, for what comes in later. What another test brought in
    before is copied, which takes a hundredth of the time: under a patch of what an import computes,
    the tables have to be a test's own.
    """
    from data import importing  # with geopandas, which only these tests need

    key = ""

    def fill(**tables: str) -> Path:
        nonlocal key
        there = sorted(path.name for path in store.glob("*"))
        key += repr((there, sorted(tables.items())))
        if key in brought:
            shutil.rmtree(store, ignore_errors=True)
            shutil.copytree(brought[key], store)
            return store
        folder = tmp_path_factory.mktemp("import")
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        draft, published = importing.import_(folder, by=None, note=None, older=False)
        assert published, "\n".join(draft.findings.lines())
        brought[key] = tmp_path_factory.mktemp("brought")
        shutil.copytree(store, brought[key], dirs_exist_ok=True)
        return store

    return fill

"""Pages without a browser: Streamlit's AppTest, started as a visitor starts, at the frame."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from pages.parts.register import PAGES

PAGES_FOLDER = Path(__file__).parents[2] / "pages"


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Every AppTest looks through all installed packages for components; here they are known."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture
def open_page(store: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[..., AppTest]]:
    """Opens an address: `open_page("applicants", region="AFR")` has run once when it returns.

    With an empty store it shows the sample. AppTest reruns the whole page for every widget, also
    for one in a fragment, and sends nothing to an address: those belong to tests/browser.

    A part of a page that fails says so and lets the others stand, so it is no exception of the
    page. When the test ends, none may have failed; a test that provokes it calls `caplog.clear()`.
    """

    def open_(key: str = "overview", **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(PAGES_FOLDER / "frame.py", default_timeout=30)
        app.switch_page(next(page.path for page in PAGES if page.key == key))
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    yield open_
    faults = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not faults, "\n".join(map(logging.Formatter().format, faults))

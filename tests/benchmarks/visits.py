"""What a real browser sees of a page: first views and clicks, watched from inside the page."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

HERE = Path(__file__).parent
WATCHERS = (HERE.parent / "browser" / "watch.js", HERE / "measure.js")
GEOMETRY = "/app/static/un/"
FAULTS = "[data-testid=stException], [data-testid=stAlertContentError]"

# What measure.js tells: kind of change -> {"first": ms, "last": ms}, and the number of frames.
Times = dict[str, Any]


@dataclass
class Visit:
    """One reader with an empty cache on one page."""

    page: Page
    first_view: Times = field(default_factory=dict)
    received: list[int] = field(default_factory=list)  # bytes of each WebSocket message
    geometry: dict[str, int] = field(default_factory=dict)  # request -> bytes over the network

    def click(self, position: int) -> dict[str, Any]:
        """Clicks on the region at `position` of its row and returns what that did."""
        before = len(self.received)
        region = self.page.locator(".st-key-filter_region button").nth(position)
        times = region.evaluate("element => window.click(element)")
        received = self.received[before:]
        return times | {
            "region": region.inner_text(),
            "bytes": sum(received),
            "messages": len(received),
            "faults": self.faults(),
        }

    def move(self, slider: Locator) -> dict[str, Any]:
        """Moves `slider` by one step and returns what that did."""
        slider.focus()
        self.page.evaluate("() => { window.told = window.pressed(); }")
        slider.press("ArrowRight")
        return self.page.evaluate("() => window.told") | {"faults": self.faults()}

    def faults(self) -> list[str]:
        """What the page says it could not show."""
        return self.page.locator(FAULTS).all_inner_texts()


@contextmanager
def visiting(browser: Browser, url: str) -> Iterator[Visit]:
    """Opens `url` as a new reader, 1440 by 900, and returns when everything is painted."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    try:
        for script in WATCHERS:
            context.add_init_script(path=script)
        visit = Visit(context.new_page())
        _listen(visit)
        visit.page.goto(url)
        visit.first_view = visit.page.evaluate("() => window.measured") | {
            "title": visit.page.locator("h1").all_inner_texts()[:1],
            "bytes": sum(visit.received),
            "messages": len(visit.received),
            "faults": visit.faults(),
        }
        yield visit
    finally:
        context.close()


def _listen(visit: Visit) -> None:
    session = visit.page.context.new_cdp_session(visit.page)
    asked = set()

    def frame(event: dict) -> None:
        response = event["response"]
        binary = response["opcode"] == 2
        data = response["payloadData"]
        visit.received.append(len(base64.b64decode(data)) if binary else len(data.encode()))

    def response(event: dict) -> None:
        kept = event["response"].get("fromDiskCache")
        if urlsplit(event["response"]["url"]).path.startswith(GEOMETRY) and not kept:
            asked.add(event["requestId"])

    def finished(event: dict) -> None:
        if event["requestId"] in asked:
            visit.geometry[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.webSocketFrameReceived", frame)
    session.on("Network.responseReceived", response)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")

"""What a page shows, as people read it."""

import re
from html.parser import HTMLParser

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from pages.parts import downloads


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Every table of the page, in the page's order; where its links lead is `attrs["links"]`."""
    found = []
    for element in app.get("html"):
        if '<div class="table">' in element.proto.body:
            cells = _Cells()
            cells.feed(element.proto.body)
            found.append(pd.DataFrame(cells.rows[1:], columns=cells.rows[0]))
            found[-1].attrs["links"] = cells.links
    return found


def by_headings(app: AppTest) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The rows of every table of the page, by the headings of its columns."""
    return {
        tuple(table.columns): list(table.itertuples(index=False, name=None))
        for table in tables(app)
    }


def taken(token: str, kind: str, **headers: str) -> Response:
    """What the route of files answers."""
    scope = {
        "type": "http",
        "path_params": {"token": token, "kind": kind},
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    return downloads.route.endpoint(Request(scope))


def read(markdown: str) -> str:
    """Markdown whose escapes are taken away, as people read it."""
    return re.sub(r"\\(.)", r"\1", markdown)


class _Cells(HTMLParser):
    """The rows of a table as a browser would show them; a cell's link is kept in `links`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or a cell begins; a link is noted."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        """The words of the cell that began last."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

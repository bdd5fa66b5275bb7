"""The row under a figure or a table with which people take it away.

Tables leave through a route of our own and not through `st.download_button`. Streamlit forgets a
file built on a click after two runs of anybody, so on a slow line among busy people the download
fails; and it names a file over 1 MiB by a sample of its bytes, so that two tables that differ in
one digit can be taken for one. Here a file has no name but an unguessable token, which lives as
long as the reader's session; it is built when asked for, sent, and not kept.

Figures are drawn into a file by the reader's own browser (`pages/static/take_away.js`); what stands
around them is asked for, too. So a row says nothing of the filters, and one that is shown already
is not made again when they change.
"""

import gzip
import hashlib
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote
from weakref import WeakValueDictionary

import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from queries.view import StoreError
from reports.paper import Unwritable
from reports.tables import Stamp, TooLarge, as_csv, as_parquet, as_xlsx, stamp_line

# Makes the dictionary of a frame: columns name, meaning and, where there is more, unit_or_codes.
Describe = Callable[[pd.DataFrame], pd.DataFrame]
log = logging.getLogger(__name__)

_SCRIPT = Path(__file__).parent.parent / "static" / "take_away.js"
# A new script has a new address: browsers keep the old one otherwise.
_ADDRESS = f"app/static/{_SCRIPT.name}?{hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:8]}"


@dataclass(frozen=True, eq=False)
class _Offer:
    """A table that somebody may take away, not built yet, and what stands around its figure."""

    words: Callable[..., str]
    name: str
    stamp: Stamp
    describe: Describe
    build: Callable[[], pd.DataFrame]
    picture: Callable[[], dict[str, str | list[str]]] | None

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("csv", "xlsx", "parquet", "columns", *(["picture"] if self.picture else []))


@dataclass(frozen=True, eq=False)
class _Paper:
    """A paper or a workbook that somebody may take away, not made yet."""

    words: Callable[..., str]
    name: str
    build: Callable[[], bytes]
    kinds: tuple[str, ...] = ("pdf",)


# What the route may serve. The sessions hold the offers; when a session ends, so do its tokens.
_offers: WeakValueDictionary[str, _Offer | _Paper] = WeakValueDictionary()

# Kind of file → how its name ends, its type, how it is made of an offer.
_KINDS: dict[str, tuple[str, str, Callable[[Any], bytes]]] = {
    "csv": (".csv", "text/csv", lambda it: as_csv(it.build(), it.stamp)),
    "xlsx": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda it: as_xlsx(frame := it.build(), it.stamp, it.describe(frame), it.words),
    ),
    "parquet": (
        ".parquet",
        "application/vnd.apache.parquet",
        lambda it: as_parquet(frame := it.build(), it.stamp, it.describe(frame)),
    ),
    "columns": (
        "-columns.csv",
        "text/csv",
        lambda it: as_csv(it.describe(it.build()), it.stamp),
    ),
    "picture": (
        ".json",
        "application/json",
        lambda it: json.dumps(it.picture(), ensure_ascii=False).encode(),
    ),
    "pdf": (".pdf", "application/pdf", lambda it: it.build()),
    "workbook": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda it: it.build(),
    ),
    "archive": (".zip", "application/zip", lambda it: it.build()),
}


def take_away(
    _: Callable[..., str],
    name: str,
    title: str,
    stamp: Stamp,
    dictionary: pd.DataFrame | Describe,
    build: Callable[[], pd.DataFrame],
    *,
    figure_key: str | None = None,
    note: str = "",
    notice: str = "",
    banner: str = "",
    shape: str = "",
) -> None:
    """Offer a table as CSV, XLSX and Parquet, and with `figure_key` its figure as SVG and PNG.

    `name` is the files' name and must be the only one of its kind on the page; `title` stands above
    the picture. `dictionary` has the columns name and meaning, or makes them of the frame
    (`pages.parts.meanings`). `build` makes the frame, on another thread and only when asked.
    `figure_key` is the `key=` of the `st.plotly_chart`. `note` stands under the picture (a map's
    disclaimer), `notice` above it and in front of the files' names (that this is a sample),
    `banner` above it alone. `shape` is for the style sheet: what the figure above looks like.
    """
    file = f"sample-{name}" if notice else name
    describe = dictionary if callable(dictionary) else lambda _frame: dictionary

    def picture() -> dict[str, str | list[str]]:
        cite = _(
            "Cite as: “{title}”, Innovation alliance dashboard. {stamp}",
            title=title,
            stamp=stamp_line(stamp),
        )
        return {
            "title": title,
            "notice": " · ".join(filter(None, (notice, banner))),
            "small": [note, cite] if note else [cite],
        }

    offer = _Offer(_, file, stamp, describe, build, picture if figure_key else None)
    token = _offered(name, offer)
    labels = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet", "columns": _("column meanings")}
    parts = [_link(token, file, kind, label) for kind, label in labels.items()]
    for kind in ("svg", "png") if figure_key else ():
        parts.append(f'<button type="button" data-kind="{kind}">{kind.upper()}</button>')
    told = _told(_)
    if figure_key:
        told |= {"figure": figure_key, "file": file, "picture": _address(token, "picture")}
    _row(_("Take away"), title, parts, told, shape)


def take_paper_away(
    _: Callable[..., str],
    name: str,
    title: str,
    build: Callable[[], bytes],
    *,
    kind: Literal["pdf", "workbook", "archive"] = "pdf",
    notice: str = "",
) -> None:
    """Offer a paper as a PDF, a workbook, or several in an archive. `build` makes it, on another
    thread and only when asked.

    `name`, `title` and `notice` as with a table.
    """
    file = f"sample-{name}" if notice else name
    token = _offered(name, _Paper(_, file, build, (kind,)))
    label = {"pdf": "PDF", "workbook": "XLSX", "archive": "ZIP"}[kind]
    _row(_("Take away"), title, [_link(token, file, kind, label)], _told(_))


def forget() -> None:
    """Withdraw what this session was offered before. For the frame, at the start of every run.

    What is still shown is offered anew in the run, under the same token and with the rights of now.
    """
    offered = st.session_state.get("take_away", {})
    for name, (token, _offer) in offered.items():
        offered[name] = (token, None)


def _offered(name: str, offer: _Offer | _Paper) -> str:
    """The token under which the offer of this name can be had, by this session alone."""
    offered = st.session_state.setdefault("take_away", {})
    # The token stays the same from run to run, so that the row need not be drawn again.
    token = offered[name][0] if name in offered else secrets.token_urlsafe(16)
    offered[name] = (token, offer)
    _offers[token] = offer
    return token


def _told(_: Callable[..., str]) -> dict[str, str]:
    """What a row says of a file on its way."""
    return {
        "busy": _("Preparing the file …"),
        "gone": _("This page has moved on. Load it again, then take the file."),
        "failed": _("The file could not be made. Please try again."),
    }


def _row(label: str, title: str, parts: list[str], told: dict[str, str], shape: str = "") -> None:
    label = escape(label)
    st.html(
        f'<div class="take-away" role="group" aria-label="{label}: {escape(title)}" '
        f'data-shape="{shape}" '
        f"data-told='{_in_single_quotes(told)}'>"
        f'<span>{label}</span>{"".join(parts)}<span role="status"></span></div>'
        f'<script type="module" src="{_ADDRESS}"></script>',
        unsafe_allow_javascript=True,
    )


def _link(token: str, file: str, kind: str, label: str) -> str:
    name = escape(file + _KINDS[kind][0])
    return f'<a href="{_address(token, kind)}" download="{name}">{escape(label)}</a>'


def _address(token: str, kind: str) -> str:
    # Relative: pages lie one level deep, so this is right under any base path.
    return f"take-away/{token}/{kind}"


def _in_single_quotes(value: object) -> str:
    """JSON for an attribute in single quotes, so that its many double quotes stay one byte each.

    `<` and `>` are coded as well: Streamlit's sanitizer may drop an attribute that holds them.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"})


def _serve(request: Request) -> Response:
    """Build one file and send it. Starlette runs this on a thread of its own."""
    offer, kind = _offers.get(request.path_params["token"]), request.path_params["kind"]
    if offer is None or kind not in offer.kinds:
        return PlainTextResponse("Not found", 404)
    ending, media_type, make = _KINDS[kind]
    try:
        content = make(offer)
    except StoreError as problem:
        return PlainTextResponse(problem.said.told(offer.words), 422)
    except (TooLarge, Unwritable) as problem:
        return PlainTextResponse(str(problem), 422)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("take-away %s%s failed, reference %s", offer.name, ending, reference)
        sentence = offer.words(
            "The file could not be made. The log knows why, under {reference}.",
            reference=reference,
        )
        return PlainTextResponse(sentence, 500)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(offer.name + ending)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        # Here, on this thread: Streamlit would do it in the event loop, where everybody waits.
        content = gzip.compress(content, 1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, headers=headers, media_type=media_type)


# For `st.App(routes=[...])` in dashboard.py.
route = Route("/take-away/{token}/{kind}", _serve)

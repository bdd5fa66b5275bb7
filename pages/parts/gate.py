"""The gate: who is let in at all, and what every answer carries."""

import base64
import ipaddress
import re
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_HERE = (
    "This dashboard has no sign-in set up, so it answers only on the machine it runs on.\n"
    "Open it there, at http://localhost, without a proxy in between.\n"
)


def _starting_script() -> str:
    """The one inline script we let run, that of Streamlit's own page, as a policy names it."""
    page = Path(st.__file__).with_name("static") / "index.html"
    scripts = re.findall("<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = (base64.b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


# Nothing comes from another host and nothing goes to one. Streamlit styles itself, and figures are
# drawn with `blob:` and `data:` images.
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' {_starting_script()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# What a proxy tells of itself, beside `X-Forwarded-…`.
PROXY = (b"forwarded", b"x-real-ip", b"via")
HOST = re.compile(r"(?:\[([^\[\]]*)\]|([^\[\]:@/]*))(?::\d+)?")
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
# The map's geometry is fetched once and kept; left to itself the browser would ask at every visit.
GEOMETRY = "/app/static/un/"
KEPT = ((b"cache-control", b"public, max-age=86400"),)
Headers = tuple[tuple[bytes, bytes], ...]


class Gate:
    """Lets in whoever sits at this machine, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or WebSocket; all others (start and stop) pass through."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif _at_this_machine(scope):
            shapes = scope["path"].startswith(GEOMETRY)
            await self.app(scope, receive, _with_headers(send, KEPT if shapes else ()))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse(NOT_HERE, status_code=403)
            await refusal(scope, receive, _with_headers(send))


def _at_this_machine(scope: Scope) -> bool:
    """Whether client and address are loopback and no proxy speaks for somebody else.

    The name asked for counts, too: a foreign page may point a name of its own to 127.0.0.1.
    """
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if any(name.startswith(b"x-forwarded-") or name in PROXY for name in headers):
        return False
    client = scope.get("client")
    asked = HOST.fullmatch(headers.get(b"host", ""))
    return (
        asked is not None
        and _loopback(asked[1] or asked[2] or "")
        and (client is None or _loopback(client[0]))
    )


def _loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # A socket that listens to both kinds of addresses writes ::ffff:127.0.0.1.
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _with_headers(send: Send, more: Headers = ()) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = (*HEADERS, *more)
            names = {name for name, _ in headers}
            own = [(name, value) for name, value in message.get("headers", ()) if name not in names]
            message = {**message, "headers": [*own, *headers]}
        await send(message)

    return send_with_headers

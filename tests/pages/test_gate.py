"""Who is let in while there is no sign-in, and what every answer carries."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from pages.parts.gate import Gate

HERE = [(b"host", b"localhost:8501")]
IN, REFUSED = 200, 403


def ask(headers=HERE, client=("127.0.0.1", 4000), kind="http", path="/"):
    """What the gate answers, as the messages an application server would get."""
    scope = {"type": kind, "path": path, "method": "GET", "headers": headers, "client": client}
    said = []

    async def answer(scope, receive, send):
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        else:
            own = {"X-Content-Type-Options": "nosniff"}
            await PlainTextResponse("in", headers=own)(scope, receive, send)

    async def send(message):
        said.append(message)

    async def receive():
        return {"type": "http.request"}

    asyncio.run(Gate(answer)(scope, receive, send))
    return said


def status(**asked):
    return ask(**asked)[0]["status"]


@pytest.mark.parametrize(
    "client", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"], ids=lambda address: address
)
def test_whoever_sits_at_this_machine_is_let_in(client):
    assert status(client=(client, 4000)) == IN


@pytest.mark.parametrize(
    "client", ["192.0.2.7", "10.0.0.1", "0.0.0.0", "2001:db8::1", "::ffff:192.0.2.7", "evil", ""]
)
def test_another_machine_is_refused(client):
    assert status(client=(client, 4000)) == REFUSED


def test_a_socket_on_this_machine_has_no_address_and_is_let_in():
    assert status(client=None) == IN


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]"]
)
def test_the_names_of_this_machine_are_answered(host):
    assert status(headers=[(b"host", host.encode())]) == IN


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example:8501",
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "192.0.2.7:8501",
        "0.0.0.0:8501",
        "localhost@rebound.example",
        "[::1",
        "[::1]rebound",
        "[]",
        "local host",
        "\xff",
        "",
    ],
)
def test_a_foreign_name_that_points_here_is_refused(host):
    assert status(headers=[(b"host", host.encode("latin-1"))]) == REFUSED


def test_a_request_without_a_host_is_refused():
    assert status(headers=[]) == REFUSED


@pytest.mark.parametrize(
    "name",
    [
        "x-forwarded-for",
        "X-Forwarded-For",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-real-ip",
        "forwarded",
        "via",
    ],
)
def test_a_proxy_that_speaks_for_somebody_else_is_refused(name):
    assert status(headers=[*HERE, (name.encode(), b"127.0.0.1")]) == REFUSED


@pytest.mark.parametrize(
    "headers, client",
    [
        ([(b"host", b"rebound.example")], "127.0.0.1"),
        ([*HERE, (b"x-forwarded-for", b"127.0.0.1")], "127.0.0.1"),
        (HERE, "192.0.2.7"),
    ],
)
def test_a_websocket_is_refused_as_a_page_is(headers, client):
    said = ask(headers=headers, client=(client, 4000), kind="websocket")
    assert said == [{"type": "websocket.close", "code": 1008}]


def test_a_websocket_from_this_machine_is_let_in():
    assert ask(kind="websocket") == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("client", ["127.0.0.1", "192.0.2.7"])
def test_every_answer_carries_the_headers_once_also_a_refusal(client):
    start = ask(client=(client, 4000))[0]
    names = [name for name, _ in start["headers"]]
    headers = dict(start["headers"])
    assert len(names) == len(headers)
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"no-referrer"
    policy = dict(
        part.split(" ", 1) for part in headers[b"content-security-policy"].decode().split("; ")
    )
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]


def test_a_refusal_says_why_and_shows_nothing():
    start, body = ask(client=("192.0.2.7", 4000))
    assert start["status"] == REFUSED
    assert body["body"].startswith(b"This dashboard has no sign-in set up")


def test_starting_and_stopping_pass_through():
    seen = []

    async def application(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(Gate(application)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]


@pytest.mark.parametrize(
    "path, kept",
    [("/app/static/un/world_50m.json", b"public, max-age=86400"), ("/", None), ("/x/un/y", None)],
)
def test_the_browser_keeps_the_geometry_and_nothing_else(path, kept):
    assert dict(ask(path=path)[0]["headers"]).get(b"cache-control") == kept

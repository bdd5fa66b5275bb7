"""The web application: its script, its gate, how it starts and what it does on a fault."""

import asyncio
import gc
import logging
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.middleware import Middleware

from pages.parts import downloads
from pages.parts.ahead import warm_up
from pages.parts.gate import Gate


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start: the data is opened (and the sample built) before the first reader comes.

    Streamlit looks for garbage after every run of a page. What the start leaves is none, and to
    look through it again takes longer than many a page.
    """
    send_at_once()
    await asyncio.to_thread(warm_up)
    gc.collect()
    gc.freeze()
    yield


def send_at_once() -> None:
    """Lets no answer wait for the browser to acknowledge the piece before it, which takes 40 ms.

    asyncio sees to that where a socket was opened in the name of TCP; Streamlit's own was not. What
    a listening socket has set, the connections that it accepts have, too.
    """
    for number in map(int, os.listdir("/dev/fd") if os.path.isdir("/dev/fd") else ()):
        with suppress(OSError):  # the folder itself is no longer open
            # Only sockets: to close a copy of a file would end DuckDB's lock on it.
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as each:
                    if each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def on_script_error(error: Exception) -> bool:
    """What no page caught: the log gets it all, the reader a sentence without details."""
    logging.getLogger("dashboard").error("a page failed", exc_info=error)
    return False


app = st.App(
    "pages/frame.py",
    lifespan=lifespan,
    middleware=[Middleware(Gate)],
    routes=[downloads.route],
    on_script_error=on_script_error,
)

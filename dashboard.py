"""The web application: its script, its gate, how it starts and what it does on a fault."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from pages.parts import downloads
from pages.parts.ahead import warm_up
from pages.parts.gate import Gate


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start: the data is opened (and the sample built) before the first reader comes.

    Streamlit looks for garbage after every run of a page; what the start has made is none, and to
    look through it again takes longer than many a page.
    """
    await asyncio.to_thread(warm_up)
    gc.freeze()
    yield


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

"""Tables as text in the page: few rows as a real table, many on the canvas of `st.dataframe`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.parts.text import plain
from queries.view import View

FEW = 60  # rows; more than this nobody reads as text, and the browser should not lay out
NOTHING = "–"


def show_table(
    view: View,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    links: Mapping[str, Callable[[Any], str]] | None = None,
    alt: str | None = None,
) -> None:
    """Shows `columns` (name -> heading) of `frame`; a name in `links` maps a row to its address.

    Numbers and dates are written in the reader's language, text from data exactly as it is, and
    what is missing as a dash, never as 0.
    """
    links = links or {}
    if len(frame) > FEW:
        _canvas(view, frame, columns)
        return
    cells = {
        heading: [
            _linked(_cell(view, row[name]), links[name](row))
            if name in links
            else _cell(view, row[name])
            for row in frame.to_dict("records")
        ]
        for name, heading in columns.items()
    }
    st.table(
        pd.DataFrame(cells, columns=list(columns.values())),
        hide_index=True,
        border="horizontal",
        alt=alt,
    )


def _cell(view: View, value: Any) -> str:
    if isinstance(value, (list, tuple, np.ndarray)):
        return ", ".join(_cell(view, item) for item in value) or NOTHING
    if value is None or value is pd.NaT or value != value or value == "":
        return NOTHING
    if isinstance(value, bool):
        return view.words("yes") if value else view.words("no")
    if isinstance(value, date):
        return view.words.date(value)
    if isinstance(value, str):
        return plain(view.words.label(value))
    return plain(view.words.number(value))


def _linked(text: str, address: str) -> str:
    return f"[{text}]({address})"


def _canvas(view: View, frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    shown = frame[list(columns)].rename(columns=dict(columns))
    for heading in shown.select_dtypes(include=["object", "str"]):
        shown[heading] = shown[heading].map(
            lambda value: view.words.label(value) if isinstance(value, str) else value
        )
    st.dataframe(shown, hide_index=True, width="stretch")

"""Tables as text in the page: few rows as a real table, many on the canvas of `st.dataframe`."""

from collections.abc import Callable, Mapping
from datetime import date
from numbers import Number
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import streamlit as st

from pages.parts.text import plain
from queries.view import View

FEW = 60  # rows; more than this nobody reads as text, and the browser should not lay out
NOTHING = "–"
# Columns that hold codes of the data; people read their labels.
CODED = frozenset({"region", "stage", "status", "goal", "group_code", "plan", "level"})


def show_table(
    view: View,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    links: Mapping[str, Callable[[Any], str]] | None = None,
    alt: str | None = None,
) -> None:
    """Shows `columns` (name -> heading) of `frame`; a name in `links` maps a row to its address.

    Numbers and dates are written in the reader's language, text from data exactly as it is, and
    what is missing as a dash, never as 0. On the canvas a chosen row leads where its first link
    would.
    """
    links = links or {}
    if frame.empty:
        st.caption(view.words("There is nothing to list here."))
        return
    if len(frame) > FEW:
        _canvas(view, frame, columns, next(iter(links.values()), None))
        return
    cells = {heading: _written(view, name, list(frame[name])) for name, heading in columns.items()}
    for name, address in links.items():
        texts = cells[columns[name]]
        rows = frame.to_dict("records")
        cells[columns[name]] = [
            f"[{text}]({address(row)})" for text, row in zip(texts, rows, strict=True)
        ]
    st.table(pd.DataFrame(cells), hide_index=True, border="horizontal", alt=alt)


def _written(view: View, name: str, values: list[Any]) -> list[str]:
    """One column as text; its numbers have the same number of decimals, so that they compare."""
    _ = view.words
    numbers = [float(v) for v in values if isinstance(v, Number) and not isinstance(v, bool)]
    digits = 0 if all(n.is_integer() for n in numbers if n == n) else 2

    def text(value: Any) -> str:
        if isinstance(value, (list, tuple, np.ndarray)):
            return ", ".join(text(item) for item in value) or NOTHING
        if pd.isna(value) or value == "":
            return NOTHING
        if isinstance(value, (bool, np.bool_)):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return _.date(value)
        if isinstance(value, str):
            return plain(_.label(value) if name in CODED else value)
        return _.percent(value) if name.startswith("share_") else _.number(value, digits)

    return [text(value) for value in values]


def _canvas(
    view: View,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    link: Callable[[Any], str] | None,
) -> None:
    shown = frame[list(columns)].copy()
    for name in CODED.intersection(columns):
        shown[name] = shown[name].map(view.words.label, na_action="ignore")
    shown = shown.rename(columns=dict(columns))
    if link is None:
        st.dataframe(shown, hide_index=True)
        return
    key = "rows_" + "_".join(columns)

    def follow() -> None:
        if rows := st.session_state[key]["selection"]["rows"]:
            where = link(frame.iloc[rows[0]].to_dict())
            st.query_params.from_dict(parse_qs(where.removeprefix("?")))

    st.caption(
        view.words(
            "Choose a row to look into it; by keyboard, go there with the arrows and press Shift "
            "and space."
        )
    )
    st.dataframe(shown, hide_index=True, key=key, on_select=follow, selection_mode="single-row")

"""Tables as text in the page: few rows as a real table, many on the canvas of `st.dataframe`.

A table is HTML of our own. `st.table` reads every cell as Markdown, which for a table of fifty rows
takes the browser longer than drawing a map; and here a name cannot be read as anything but text.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from numbers import Number
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from queries.view import View
from queries.words import Words

FEW = 60  # rows; more than this nobody reads as text, and the browser should not lay out
NOTHING = "–"
# Characters; a column with more of them in a cell gets room for it, a phrase beside a sentence.
SENTENCE, PHRASE = 60, 20
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
    rows = frame.to_dict("records") if links else []
    for name, address in links.items():
        cells[columns[name]] = [
            linked(text, address(row)) for text, row in zip(cells[columns[name]], rows, strict=True)
        ]
    numbers = {
        heading
        for name, heading in columns.items()
        if (is_numeric_dtype(frame[name]) and not is_bool_dtype(frame[name]))
        or all(isinstance(value, Digits) for value in frame[name])
    }
    write_table(cells, alt, numbers)


class Written(str):
    """A text that is shown as it is, with spaces that do not break."""


class Digits(Written):
    """A number that is written already, with what belongs to it, such as the `=` of a tie."""


def digits(_: Words, value: float, decimals: int) -> Digits:
    """A number with so many decimals; a dash where there is none."""
    return Digits(_.number(value, decimals) if value == value else NOTHING)


def in_one_line(texts: Iterable[str]) -> pd.Series:
    """Numbers as text, for a column of a frame with the usual index: they are not broken."""
    # As objects: a column of text would take them for any other text.
    return pd.Series([Digits(text.replace(" ", "\u00a0")) for text in texts], dtype=object)


class Markup(str):
    """A cell that is HTML already; every other text is shown as it is written."""


def linked(text: str, address: str) -> Markup:
    """A cell that leads somewhere: within the dashboard, or in a new tab to another host."""
    away = ' target="_blank" rel="noopener noreferrer"' if "://" in address else ""
    return Markup(f'<a href="{escape(address)}"{away}>{_safe(text)}</a>')


def marked(colour: str, shape: str, words: str) -> Markup:
    """A status: its shape in its colour (a class of `static/tables.css`), and its words."""
    return Markup(f'<span class="{colour}" aria-hidden="true">{shape}</span> {_safe(words)}')


def write_table(
    cells: Mapping[str, Sequence[str]], alt: str | None = None, numbers: Collection[str] = ()
) -> None:
    """Shows columns of equal length (heading -> cells) as a table.

    `alt` is its name for those who do not see it; the columns headed by `numbers` stand to the
    right, so that their digits compare.
    """
    place = [_place(heading in numbers, told) for heading, told in cells.items()]
    head = "".join(
        f'<th scope="col"{how}>{_safe(name)}</th>' for name, how in zip(cells, place, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{how}>{_safe(cell)}</td>" for cell, how in zip(row, place, strict=True))
        + "</tr>"
        for row in zip(*cells.values(), strict=True)
    )
    told = f' aria-label="{escape(alt)}"' if alt else ""
    st.html(
        f'<div class="table"><table{told}><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def write_columns(records: Mapping[str, Mapping[str, str]]) -> None:
    """Shows records (title -> heading -> cell) side by side, on a phone one under the other.

    All have the same headings, which stand at one height; the title is a heading of level 3.
    """
    rows = max((len(record) for record in records.values()), default=0)
    columns = "".join(
        f"<section><h3>{_safe(title)}</h3><dl>"
        + "".join(
            f"<div><dt>{escape(heading)}</dt><dd>{_safe(cell)}</dd></div>"
            for heading, cell in record.items()
        )
        + "</dl></section>"
        for title, record in records.items()
    )
    st.html(f'<div class="beside" style="--rows: {rows}">{columns}</div>')


def _place(number: bool, cells: Sequence[str]) -> str:
    """The class of a column: where it stands, and how much room it needs."""
    if number:
        return ' class="number"'
    longest = max((len(cell) for cell in cells if not isinstance(cell, Markup)), default=0)
    if longest > SENTENCE:
        return ' class="sentence"'
    return ' class="phrase"' if longest > PHRASE else ""


def _safe(cell: str) -> str:
    return cell if isinstance(cell, Markup) else escape(cell)


def _written(view: View, name: str, values: list[Any]) -> list[str]:
    """One column as text; its numbers have the same number of decimals, so that they compare."""
    _ = view.words
    numbers = [float(v) for v in values if isinstance(v, Number) and not isinstance(v, bool)]
    digits = 0 if all(n.is_integer() for n in numbers if n == n) else 2

    def text(value: Any) -> str:
        if isinstance(value, Markup):
            return value
        if isinstance(value, (list, tuple, np.ndarray)):
            return ", ".join(text(item) for item in value) or NOTHING
        if pd.isna(value) or value == "":
            return NOTHING
        if isinstance(value, (bool, np.bool_)):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return _.date(value)
        if isinstance(value, Written):
            return str(value)
        if isinstance(value, str):
            return _.label(value) if name in CODED else " ".join(value.split())
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

"""An exhibit: a figure, the table with the same numbers, and the way to take both away."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.maps import CONFIG, DISCLAIMER
from charts.theme import POINTS_CAN_BE_CHOSEN
from pages.parts.downloads import take_away
from pages.parts.meanings import described
from pages.parts.notices import SAMPLE, is_sample, stamp
from pages.parts.tables import show_table
from queries.view import View
from reports.tables import Stamp


def dark() -> bool:
    """Whether the reader's page is dark now."""
    return st.context.theme.type == "dark"


def show_figure(figure: go.Figure, key: str, alt: str, **chart: Any) -> Any:
    """Shows one figure; `alt` is the sentence it makes. Takes and returns what `st.plotly_chart`
    does."""
    if chart.get("on_select", "ignore") != "ignore":
        figure.update_layout(POINTS_CAN_BE_CHOSEN)
    return st.plotly_chart(figure, key=key, alt=alt, theme=None, config=CONFIG, **chart)


def exhibit(
    view: View,
    name: str,
    title: str,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    figure: go.Figure | Callable[[], go.Figure] | None = None,
    alt: str = "",
    is_map: bool = False,
    open_table: bool = False,
    links: Mapping[str, Callable[[Any], str]] | None = None,
    on_screen: Mapping[str, str] | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
    meanings: Mapping[str, str] | None = None,
    notice: str = "",
    **chart: Any,
) -> Any:
    """Shows one exhibit; returns what `st.plotly_chart` returns (the selection, when asked for).

    `name` is the key of the figure and the name of its files. `columns` (name -> heading) are the
    columns of `frame` that the table shows. `alt` is the sentence the figure makes. `whole` makes
    the frame that is taken away where it holds more than what is shown; `meanings` says then what
    its columns hold. `on_screen` are further columns that only the page shows, such as links.
    `notice` is as in `offer`. Where `figure` is still to be made, the table is on its way before
    that; both stand in their usual order.
    """
    _ = view.words
    shown = {**columns, **(on_screen or {})}

    def draw(drawn: go.Figure | None) -> Any:
        if drawn is None:
            return None
        selected = show_figure(drawn, name, alt, **chart)
        if is_map:
            st.caption(_(DISCLAIMER))
        return selected

    def tabulate() -> None:
        if open_table or figure is None:
            show_table(view, frame, shown, links)
            return
        table = st.expander(
            _("The same numbers as a table"), key=f"{name}_table", on_change="rerun"
        )
        if table.open:
            with table:
                show_table(view, frame, shown, links)

    if callable(figure):
        place = st.container()
        tabulate()
        figure = figure()
        with place:
            selected = draw(figure)
    else:
        selected = draw(figure)
        tabulate()
    offer(
        view,
        name,
        title,
        meanings or columns,
        whole or (lambda: frame[list(columns)]),
        figure_key=name if figure is not None else None,
        is_map=is_map,
        shape="world" if is_map and figure.layout.geo.showocean else "",
        notice=notice,
    )
    return selected


def offer(
    view: View,
    name: str,
    title: str,
    columns: Mapping[str, str],
    build: Callable[[], pd.DataFrame],
    *,
    figure_key: str | None = None,
    is_map: bool = False,
    shape: str = "",
    about: Stamp | None = None,
    notice: str = "",
) -> None:
    """The row that takes away what `build` makes, with its dictionary, stamp and sample notice.

    For a table that is shown in another way than an exhibit's. `shape` tells the style sheet that
    the figure is a map of the whole world. `about` is the stamp of what does
    not come out of the snapshot that is shown. `notice` is a sentence that every file carries in
    its stamp, and the picture above it, beside the sample's: that other weights or rules than those
    of the call are behind it.
    """
    _ = view.words
    take_away(
        _,
        name.replace("_", "-"),
        title,
        about or stamp(view, notice),
        described(view, columns),
        build,
        figure_key=figure_key,
        note=_(DISCLAIMER) if is_map else "",
        shape=shape,
        notice=_(SAMPLE) if about is None and is_sample(view) else "",
        banner=notice,
    )

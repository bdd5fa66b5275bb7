"""The history of snapshots, and the way back to one of them."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
import streamlit as st

from data import store
from data.store import Snapshot
from pages.parts.exhibit import exhibit
from pages.parts.imports_answer import show_findings
from pages.parts.notices import empty
from pages.parts.past import named
from queries.view import View

NAMED = 3  # files of one import on the page; the table that is taken away names them all


def history(view: View) -> None:
    """Every snapshot, newest first, and the way back to one of them."""
    _ = view.words
    snapshots = store.stored()[::-1]
    if not snapshots:
        empty(
            view,
            _("The history is empty."),
            _("The first import will stand here, and every later one."),
        )
        return
    frame = pd.concat(
        [replace(view, snapshot=each).ask("import_record") for each in snapshots],
        ignore_index=True,
    )
    frame["shown"] = [
        _("shown now") if number == view.snapshot.number else "" for number in frame["snapshot"]
    ]
    frame["when"] = [_.moment(moment) for moment in frame["imported_at"]]
    frame["hash"] = frame["hash"].str[:12]
    frame[["note", "layout"]] = frame[["note", "layout"]].fillna("")
    every = [", ".join(files) for files in frame["files"]]
    frame["files"] = [_some(view, list(files)) for files in frame["files"]]
    columns = {
        "snapshot": _("Snapshot"),
        "shown": _("Now"),
        "when": _("Imported"),
        "imported_by": _("By"),
        "note": _("Note"),
        "files": _("Files"),
        "layout": _("Layout"),
        "applications": _("Applications"),
        "countries": _("Countries"),
        "selected": _("Selected"),
        "centres": _("Centres"),
        "warnings": _("Warnings"),
        "hash": _("Data"),
    }
    if not frame["layout"].any():
        del columns["layout"]
    exhibit(
        view,
        "import_history",
        _("History"),
        frame,
        columns,
        whole=lambda: frame.assign(files=every)[list(columns)],
    )
    _let_pass(view, snapshots, frame)
    _go_back(view, snapshots, frame)


def _let_pass(view: View, snapshots: list[Snapshot], frame: pd.DataFrame) -> None:
    """The warnings that came with a snapshot and were accepted."""
    _ = view.words
    warned = frame[frame["warnings"] > 0]
    if warned.empty:
        return
    box = st.expander(_("Warnings that were let pass"), key="import_let_pass", on_change="rerun")
    if not box.open:
        return
    with box:
        of = replace(view, snapshot=_choose(view, snapshots, warned["snapshot"], "import_warned"))
        found = [
            {"file": file, "row": row, "column": column, "said": json.loads(said)}
            for file, row, column, said in of.ask("import_warnings").itertuples(index=False)
        ]
        show_findings(of, "let_pass", found, 0)


def _choose(view: View, snapshots: list[Snapshot], numbers: Iterable[int], key: str) -> Snapshot:
    """The one of these snapshots that the reader chooses."""
    by_number = {each.number: each for each in snapshots}
    number = st.selectbox(
        view.words("Snapshot"),
        list(numbers),
        format_func=lambda each: named(view, by_number[each]),
        key=key,
        width=520,
    )
    return by_number[number]


def _some(view: View, files: list[str]) -> str:
    """The files of an import, or the first of many and how many more there are."""
    if len(files) <= NAMED:
        return ", ".join(files)
    rest = len(files) - NAMED
    return view.words.plural(
        "{files} and {n} more", "{files} and {n} more", rest, files=", ".join(files[:NAMED])
    )


def _go_back(view: View, snapshots: list[Snapshot], frame: pd.DataFrame) -> None:
    """Chooses an earlier (or later) snapshot and, when confirmed, shows it again."""
    _ = view.words
    others = frame[frame["snapshot"] != view.snapshot.number].set_index("snapshot")
    if others.empty:
        return
    st.subheader(_("Show another snapshot again"))
    number = _choose(view, snapshots, others.index, "import_other").number
    if st.button(_("Show snapshot {number} again", number=number)):
        st.session_state["import_back"] = number
    if st.session_state.get("import_back") != number:
        return
    st.warning(
        _.plural(
            "Every reader will then see snapshot {number}, with {n} application. Nothing is "
            "deleted: snapshot {shown} stays in the history.",
            "Every reader will then see snapshot {number}, with {n} applications. Nothing is "
            "deleted: snapshot {shown} stays in the history.",
            int(others.loc[number, "applications"]),
            number=number,
            shown=view.snapshot.number,
        )
    )
    with st.container(horizontal=True):
        yes = st.button(_("Yes, show it to everybody"), type="primary")
        no = st.button(_("No, leave it"))
    if yes or no:
        del st.session_state["import_back"]
    if yes:
        _restore(view, int(number))
    if yes or no:
        st.rerun()


def _restore(view: View, number: int) -> None:
    try:
        store.restore(number)
    except OSError as error:
        raise store.unwritable(error) from error
    st.session_state["import_told"] = view.words(
        "Snapshot {number} is shown again. Every reader sees it at the next click.", number=number
    )

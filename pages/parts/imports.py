"""Importing from the page: what is shown now, what can be read, and files on their way in."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data import templates
from data.tables import TABLES, Column
from pages.parts import imports_answer, imports_encoding, imports_mapping
from pages.parts.door import enter
from pages.parts.downloads import take_paper_away
from pages.parts.imports_answer import show_answer
from pages.parts.imports_source import ENDINGS, OnServer, Source, Uploaded, inbox
from pages.parts.notices import empty, part
from pages.parts.tables import show_table
from pages.parts.text import plain, short
from queries.view import StoreError, View, latest
from queries.words import N_

KINDS = {
    "number": N_("number"),
    "value": N_("number, or yes or no"),
    "date": N_("date"),
    "yes/no": N_("yes or no"),
    "keys": N_("several, with ; between them"),
}


def now_shown(view: View) -> None:
    """What is shown now and since when; what was just done here, or by somebody else."""
    _ = view.words
    watch()
    snapshot = view.snapshot
    if told := st.session_state.pop("import_told", None):
        st.success(told)
    elif st.session_state.get("import_seen", snapshot.number) != snapshot.number:
        st.info(
            _(
                "While you were here, snapshot {number} became the current one.",
                number=snapshot.number,
            )
        )
    st.session_state["import_seen"] = snapshot.number
    if snapshot.built_from_sample:
        empty(
            view,
            _("Nothing has been imported yet."),
            _(
                "What is shown is the sample; it is in no history and goes when the first real "
                "import comes."
            ),
        )
        return
    record = view.ask("import_record").iloc[0]
    st.markdown(
        _(
            "Snapshot **{snapshot}** is shown: {applications} and {centres}, imported on {when}.",
            snapshot=snapshot.number,
            applications=_.plural(
                "**{n}** application", "**{n}** applications", int(record["applications"])
            ),
            centres=_.plural("**{n}** centre", "**{n}** centres", int(record["centres"])),
            when=_.moment(snapshot.imported_at),
        )
    )


@st.fragment(run_every=20)
def watch() -> None:
    """Shows the page anew when somebody else publishes or goes back."""
    with part():
        if latest() != enter().snapshot:
            st.rerun()


def expected(view: View) -> None:
    """The files and their columns, as the import itself knows them."""
    _ = view.words
    with st.expander(_("Files and columns that can be read")):
        st.markdown(
            _(
                "A folder's worth of CSV or Parquet files, or one XLSX workbook with these names "
                "for its sheets. \\* must be there. Dates as YYYY-MM-DD; a country as its ISO code "
                "or its name in any of the six languages. A file that comes replaces its table; "
                "where none comes, the rows there are stay. The first import needs cohorts and "
                "applications."
            )
        )
        frame = pd.DataFrame(
            {
                "file": [table.name for table in TABLES],
                "columns": [
                    ", ".join(_column(_, column) for column in table.columns) for table in TABLES
                ],
            }
        )
        show_table(view, frame, {"file": _("File or sheet"), "columns": _("Columns")})


def template(view: View) -> None:
    """The empty workbook, for whoever begins."""
    _ = view.words
    st.caption(
        _(
            "A workbook to fill in: every sheet and column, with notes, lists to choose from and "
            "an example row that is not taken for data."
        )
    )
    take_paper_away(
        _,
        "import-template",
        _("Workbook to fill in"),
        lambda: templates.template(_),
        kind="workbook",
    )


def _column(_: Callable[..., str], column: Column) -> str:
    name = column.name + ("*" if column.required else "")
    kind = _(KINDS[column.kind]) if column.kind in KINDS else ""
    told = "; ".join(filter(None, (kind, " · ".join(column.choices))))
    return f"{name} ({told})" if told else name


def bring_in(view: View) -> None:
    """Choose files, check them, see what is wrong or what would change, publish."""
    _ = view.words
    source, problem = _files(view)
    if problem:
        st.error(problem)
    layout = imports_mapping.chosen(view)
    ready = bool(source and source.ids and not problem)
    encoding = imports_encoding.said(source) if ready else None
    read = (f"--encoding={encoding}",) if encoding else ()
    options = (*read, f"--mapping={layout}") if layout else read
    asked = st.button(_("Check"), type="primary", disabled=not ready)
    # A layout that was just kept, or an encoding that was just said, is tried at once.
    if ready and (asked or st.session_state.pop("import_again", False)):
        about = source.ids, options
        st.session_state["import_answer"] = (about, *_checked(view, source, read, options))
    about, answer, found = st.session_state.get("import_answer", ((), None, None))
    # An answer on other files than those that lie here now says nothing.
    if answer and ready and about == (source.ids, options):
        if found and found["unclear"]["files"]:
            imports_encoding.ask(view, source, found["unclear"], encoding)
        show_answer(view, source, answer, options)
        if answer["errors"] and imports_mapping.strange(found["sheets"]):
            imports_mapping.editor(view, found["sheets"], layout)


def _checked(
    view: View, source: Source, read: tuple[str, ...], options: tuple[str, ...]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What the check says and, where there is something to ask, how the files are laid out."""
    with imports_answer.steps(view) as tell:
        answer = source.run("check", *options, tell=tell)
        found = source.run("layout", *read) if answer["errors"] or read else None
    return answer, found


def _files(view: View) -> tuple[Source | None, str | None]:
    """The files that are chosen, and why they cannot go together."""
    _ = view.words
    try:
        batches = inbox()
    except StoreError as error:
        st.error(plain(error.said.told(_)))
        batches = None
    places = {"here": _("From this computer"), "server": _("From the server's folder")}
    place = "here"
    if batches is not None:
        place = st.segmented_control(
            _("Where the files are"),
            list(places),
            format_func=places.get,
            default="here",
            required=True,
            key="import_place",
        )
    if place == "server":
        return _batch(view, batches), None
    files = st.file_uploader(
        _("CSV or Parquet files, one XLSX workbook, or reporting workbooks of several centres"),
        type=list(ENDINGS),
        accept_multiple_files=True,
        # A new key empties it after an import.
        key=f"import_files_{st.session_state.get('import_round', 0)}",
    )
    return (source := Uploaded(files)), source.problem(_)


def _batch(view: View, batches: dict[str, OnServer]) -> Source | None:
    """One of the batches that somebody put down on the server."""
    _ = view.words
    if not batches:
        empty(
            view,
            _("The server's folder is empty."),
            _(
                "A workbook, or a folder of CSV or Parquet files or of reporting workbooks, that "
                "is put there can be chosen."
            ),
        )
        return None
    sizes = {name: _.number(batch.size / 2**20, 1) for name, batch in batches.items()}
    name = st.selectbox(
        _("Files on the server"),
        list(batches),
        format_func=lambda each: _("{name} ({size} MB)", name=short(each), size=sizes[each]),
        key="import_batch",
        width=520,
    )
    return batches[name]

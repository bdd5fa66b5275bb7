"""Importing from the page: what is shown now, what can be read, and files on their way in."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from data import templates
from data.tables import TABLES, Column
from pages.parts.door import enter
from pages.parts.downloads import take_paper_away
from pages.parts.imports_answer import show_answer
from pages.parts.imports_source import ENDINGS, Uploaded
from pages.parts.notices import empty, part
from pages.parts.tables import show_table
from queries.view import View, latest
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
        _.plural(
            "Snapshot **{snapshot}** is shown: **{n}** application and **{centres}** centres, "
            "imported on {when}.",
            "Snapshot **{snapshot}** is shown: **{n}** applications and **{centres}** centres, "
            "imported on {when}.",
            int(record["applications"]),
            snapshot=snapshot.number,
            centres=record["centres"],
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
    """Upload, check, see what is wrong or what would change, publish."""
    _ = view.words
    source = Uploaded(
        st.file_uploader(
            _("CSV or Parquet files, or one XLSX workbook"),
            type=list(ENDINGS),
            accept_multiple_files=True,
            # A new key empties it after an import.
            key=f"import_files_{st.session_state.get('import_round', 0)}",
        )
    )
    if problem := source.problem(_):
        st.error(problem)
    if st.button(_("Check"), type="primary", disabled=not source.files or bool(problem)):
        with st.spinner(_("Checking the files …")):
            st.session_state["import_answer"] = source.ids, source.run("check")
    ids, answer = st.session_state.get("import_answer", ((), None))
    # An answer on other files than those that lie here now says nothing.
    if answer and source.files and ids == source.ids:
        show_answer(view, source, answer)

"""Importing from the page: upload, check, publish, history, undo.

Files are set down in a private folder for as long as one command runs on them, and the command runs
in a process of its own: what reads other people's files stays out of the server.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import importing, store
from data.findings import visible
from data.tables import TABLES, Column
from pages.parts.door import enter
from pages.parts.exhibit import exhibit, offer
from pages.parts.notices import empty, part
from pages.parts.tables import show_table
from pages.parts.text import plain
from queries.view import VERSION, StoreError, View, latest
from queries.words import N_
from reports.tables import Stamp

ENDINGS = ("csv", "parquet", "xlsx")
LARGEST = 50  # MB, of one upload; .streamlit/config.toml says the same for each file
FIGURES = {
    "applications": N_("Applications"),
    "countries": N_("Countries"),
    "selected": N_("Selected"),
    "centres": N_("Centres"),
}
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


def _column(_: Callable[..., str], column: Column) -> str:
    name = column.name + ("*" if column.required else "")
    kind = _(KINDS[column.kind]) if column.kind in KINDS else ""
    told = "; ".join(filter(None, (kind, " · ".join(column.choices))))
    return f"{name} ({told})" if told else name


def bring_in(view: View) -> None:
    """Upload, check, see what is wrong or what would change, publish."""
    _ = view.words
    files = st.file_uploader(
        _("CSV or Parquet files, or one XLSX workbook"),
        type=list(ENDINGS),
        accept_multiple_files=True,
        # A new key empties it after an import.
        key=f"import_files_{st.session_state.get('import_round', 0)}",
    )
    if problem := _problem(view, files):
        st.error(problem)
    if st.button(_("Check"), type="primary", disabled=not files or bool(problem)):
        with st.spinner(_("Checking the files …")):
            st.session_state["import_answer"] = _ids(files), _run("check", files)
    ids, answer = st.session_state.get("import_answer", ((), None))
    # An answer on other files than those that lie here now says nothing.
    if answer and files and ids == _ids(files):
        _show_answer(view, files, answer)


def _problem(view: View, files: list[UploadedFile]) -> str | None:
    """Why these files cannot go together; None when they can."""
    _ = view.words
    names = [_name(file) for file in files]
    if twice := next((name for name in names if names.count(name) > 1), None):
        return _("Two files are called {name}; take one of them out.", name=plain(twice))
    if len(files) > 1 and (book := next(filter(_is_workbook, names), None)):
        return _("A workbook comes alone: take out {name}, or the other files.", name=plain(book))
    if sum(file.size for file in files) > LARGEST * 2**20:
        return _(
            "Together these files are larger than {n} MB. Larger ones are imported on the server, "
            "with python -m data import.",
            n=LARGEST,
        )
    return None


def _name(file: UploadedFile) -> str:
    """The file's own name without any folder, whatever the browser sent."""
    return visible(file.name).replace("\\", "/").rsplit("/", 1)[-1].lstrip(".~$") or "file"


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")


def _ids(files: list[UploadedFile]) -> tuple[str, ...]:
    return tuple(sorted(file.file_id for file in files))


def _run(command: str, files: list[UploadedFile], *options: str) -> dict[str, Any]:
    """Runs one command on the files and returns its answer; removes them again.

    Raises StoreError, its message a sentence.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="dashboard-import-") as folder:
            for file in files:
                (Path(folder) / _name(file)).write_bytes(file.getbuffer())
            book = _is_workbook(_name(files[0]))
            path = Path(folder) / _name(files[0]) if book else folder
            answer = importing.run([command, str(path), *options])
    except OSError as error:
        raise StoreError(f"The files could not be set down: {error.strerror}.") from error
    if "error" in answer:
        raise StoreError(answer["error"])
    return answer


def _show_answer(view: View, files: list[UploadedFile], answer: dict[str, Any]) -> None:
    _ = view.words
    number = 0 if view.snapshot.built_from_sample else view.snapshot.number
    if answer["errors"]:
        count = len(answer["errors"]) + answer["more_errors"]
        st.error(
            _.plural(
                "**{n}** finding, and nothing was changed. Put it right in the file and check "
                "again.",
                "**{n}** findings, and nothing was changed. Put them right in the files and check "
                "again.",
                count,
            )
        )
        _findings(view, "findings", answer["errors"], answer["more_errors"])
        return
    if (answer["based_on"] or 0) != number:
        st.warning(
            _(
                "Snapshot {number} became the current one after this check. Check again to see "
                "what the files would change now.",
                number=number,
            )
        )
        return
    if answer["same"]:
        st.info(
            _(
                "The files change nothing: snapshot {number} holds the same data.",
                number=number,
            )
        )
        return
    st.success(_("The files can be published. Nothing has been changed yet."))
    if answer["warnings"]:
        count = len(answer["warnings"]) + answer["more_warnings"]
        st.subheader(_.plural("{n} warning", "{n} warnings", count))
        _findings(view, "warnings", answer["warnings"], answer["more_warnings"])
    st.subheader(_("What would change"))
    _changes(view, answer)
    _publish(view, files, answer)


def _findings(view: View, name: str, found: list[dict[str, Any]], more: int) -> None:
    """All findings as one table, and the same to take away."""
    _ = view.words
    frame = pd.DataFrame(found)[["file", "row", "column", "what", "expected"]]
    frame["row"] = ["" if row is None or row != row else f"{row:.0f}" for row in frame["row"]]
    frame = frame.map(visible)
    columns = {
        "file": _("File"),
        "row": _("Row"),
        "column": _("Column"),
        "what": _("What is wrong") if name == "findings" else _("What is odd"),
        "expected": _("Expected"),
    }
    show_table(view, frame, columns)
    if more:
        st.caption(
            _.plural("… and {n} more of these kinds.", "… and {n} more of these kinds.", more)
        )
    title = _("Findings") if name == "findings" else _("Warnings")
    offer(view, name, title, columns, lambda: frame, about=_checked(view))


def _checked(view: View) -> Stamp:
    """The stamp of what is told about files that are not in yet."""
    _ = view.words
    return [(_("Checked"), _.moment(datetime.now(UTC))), (_("Version"), VERSION)]


def _changes(view: View, answer: dict[str, Any]) -> None:
    """The figures people look at, then the tables; those that no file brought are named."""
    _ = view.words
    figures = pd.DataFrame(answer["headlines"])
    figures["figure"] = [_(FIGURES[figure]) for figure in figures["figure"]]
    columns = {"figure": _("Figure"), "before": _("Before"), "after": _("After")}
    show_table(view, figures, columns)
    offer(
        view,
        "import_figures",
        _("What would change"),
        columns,
        lambda: figures[list(columns)],
        about=_checked(view),
    )
    came = [table for table in answer["tables"] if table["file"]]
    changed = pd.DataFrame(answer["changes"]).set_index("table")
    frame = pd.DataFrame(came)
    frame[["added", "removed", "changed"]] = changed.loc[frame["table"]].to_numpy()
    counts = {
        "table": _("Table"),
        "file": _("File"),
        "rows": _("Rows"),
        "added": _("New"),
        "removed": _("Removed"),
        "changed": _("Changed"),
    }
    show_table(view, frame, counts)
    offer(
        view,
        "import_tables",
        _("What would change"),
        counts,
        lambda: frame[list(counts)],
        about=_checked(view),
    )
    kept = [table for table in answer["tables"] if not table["file"] and table["rows"]]
    if kept:
        listed = [f"{plain(table['table'])} ({_.number(table['rows'])})" for table in kept]
        st.markdown(
            _(
                "Kept from snapshot {number}, as no file came for them (rows): {tables}.",
                number=answer["based_on"],
                tables=_.listed(listed),
            )
        )


def _publish(view: View, files: list[UploadedFile], answer: dict[str, Any]) -> None:
    """Name, note, what has to be accepted, and the one act."""
    _ = view.words
    with st.form("import_publish", width=560):
        by = st.text_input(_("Your name, for the history"), max_chars=100)
        note = st.text_input(_("Note, such as what is new"), max_chars=300)
        accepted = []
        if answer["warnings"]:
            accepted.append(st.checkbox(_("I have read the warnings and accept them")))
        if answer["older"]:
            came, stored = (_.date(pd.Timestamp(day)) for day in answer["older"])
            accepted.append(
                st.checkbox(
                    _(
                        "The latest date in these files is {came}, and what is stored goes up to "
                        "{stored}. An older state is meant.",
                        came=came,
                        stored=stored,
                    )
                )
            )
        pressed = st.form_submit_button(_("Publish"), type="primary")
    if not pressed:
        return
    if not by.strip():
        st.error(_("Say who publishes: the history keeps it."))
        return
    if not all(accepted):
        st.error(_("Tick the box first; nothing was published."))
        return
    options = [f"--by={visible(by.strip())}"]
    options += [f"--note={visible(note.strip())}"] if note.strip() else []
    options += ["--older"] if answer["older"] else []
    with st.spinner(_("Publishing …")):
        result = _run("import", files, *options)
    # Pressed twice, the second import finds everything done.
    if not (result.get("published") or result["same"]):
        st.session_state["import_answer"] = (), None
        st.error(_("Nothing was published: the data has changed since the check. Check again."))
        return
    st.session_state["import_told"] = _(
        "Snapshot {number} is published. Every reader sees it at the next click.",
        number=result["based_on"] if result["same"] else result["number"],
    )
    st.session_state["import_round"] = st.session_state.get("import_round", 0) + 1
    st.rerun()


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
    frame["note"] = frame["note"].fillna("")
    frame["files"] = [", ".join(files) for files in frame["files"]]
    exhibit(
        view,
        "import_history",
        _("History"),
        frame,
        {
            "snapshot": _("Snapshot"),
            "shown": _("Now"),
            "when": _("Imported"),
            "imported_by": _("By"),
            "note": _("Note"),
            "files": _("Files"),
            "applications": _("Applications"),
            "countries": _("Countries"),
            "selected": _("Selected"),
            "centres": _("Centres"),
            "warnings": _("Warnings"),
            "hash": _("Data"),
        },
    )
    _go_back(view, frame)


def _go_back(view: View, frame: pd.DataFrame) -> None:
    """Chooses an earlier (or later) snapshot and, when confirmed, shows it again."""
    _ = view.words
    others = frame[frame["snapshot"] != view.snapshot.number].set_index("snapshot")
    if others.empty:
        return
    st.subheader(_("Show another snapshot again"))
    number = st.selectbox(
        _("Snapshot"),
        list(others.index),
        format_func=lambda each: " · ".join(
            filter(None, (str(each), others.loc[each, "when"], others.loc[each, "note"]))
        ),
        key="import_other",
        width=520,
    )
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
        raise StoreError(f"The store cannot be written to: {error.strerror}.") from error
    st.session_state["import_told"] = view.words(
        "Snapshot {number} is shown again. Every reader sees it at the next click.", number=number
    )

"""What a check says: findings or what would change, and the one act that publishes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from data.findings import visible
from data.progress import Tell
from data.wording import unpacked
from pages.parts.downloads import take_paper_away
from pages.parts.exhibit import offer
from pages.parts.imports_source import Source
from pages.parts.tables import show_table
from pages.parts.text import plain, short
from queries.view import VERSION, View
from queries.words import N_
from reports.tables import Stamp

READ = 12  # findings on the page before one asks for the others
SHOWN = 12  # rows of places on the page; the file has more
# What the process does in each of `data.progress.STEPS`; while it reads, it tells the file.
DOING = {
    "reading": N_("The files are being read …"),
    "checks": N_("The rows are being compared with one another …"),
    "tables": N_("The tables are being filled …"),
    "figures": N_("Totals and places are being computed …"),
    "publishing": N_("The snapshot is being published …"),
}
FIGURES = {
    "applications": N_("Applications"),
    "countries": N_("Countries"),
    "selected": N_("Selected"),
    "centres": N_("Centres"),
}


@contextmanager
def steps(view: View) -> Iterator[Tell]:
    """A bar that shows how far a process is; what it yields is told."""
    _ = view.words
    bar = st.progress(0.0, _("The files are on their way …"))

    def tell(done: float, at: str) -> None:
        doing = _(DOING[at]) if at in DOING else _("{file} is being read …", file=plain(short(at)))
        bar.progress(min(max(done, 0.0), 1.0), doing)

    try:
        yield tell
    finally:
        bar.empty()


def show_answer(
    view: View, source: Source, answer: dict[str, Any], options: tuple[str, ...]
) -> None:
    """What the check of these files said, and what can be done now."""
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
        show_findings(view, "findings", answer["errors"], answer["more_errors"], _checked(view))
        _marked(view, source, options)
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
        # What is odd in these files first: what is stored was read when it came.
        kept = {table["table"] for table in answer["tables"] if not table["file"]}
        warnings = sorted(answer["warnings"], key=lambda each: each["file"] in kept)
        show_findings(view, "warnings", warnings, answer["more_warnings"], _checked(view))
        _marked(view, source, options)
    st.subheader(_("What would change"))
    _changes(view, answer)
    _standing(view, answer["standing"])
    _publish(view, source, answer, options)


def show_findings(
    view: View, name: str, found: list[dict[str, Any]], more: int, about: Stamp | None = None
) -> None:
    """All findings as one table, and the same to take away; `about` is as in `exhibit.offer`."""
    _ = view.words
    columns = {
        "file": _("File"),
        "row": _("Row"),
        "column": _("Column"),
        "what": _("What is wrong") if name == "findings" else _("What is odd"),
        "expected": _("Expected"),
    }
    on_page = {"where": _("Where"), "what": columns["what"], "expected": columns["expected"]}
    show_table(view, _told(view, found[:READ]), on_page)
    if (rest := len(found) - READ) > 0:
        label = (
            _.plural("{n} more finding", "{n} more findings", rest)
            if name == "findings"
            else _.plural("{n} more warning", "{n} more warnings", rest)
        )
        box = st.expander(label, key=f"import_{name}_rest", on_change="rerun")
        if box.open:
            with box:
                show_table(view, _told(view, found[READ:]), on_page)
    if more:
        st.caption(
            _.plural("… and {n} more of these kinds.", "… and {n} more of these kinds.", more)
        )
    title = _("Findings") if name == "findings" else _("Warnings")
    offer(
        view,
        name,
        title,
        columns,
        lambda: _told(view, found)[list(columns)],
        about=about,
    )


def _told(view: View, found: list[dict[str, Any]]) -> pd.DataFrame:
    """Findings in the reader's language: file, row, column, what, expected, and where in one."""
    _ = view.words
    frame = pd.DataFrame(found)[["file", "row", "column"]]
    frame["row"] = ["" if each["row"] is None else str(each["row"]) for each in found]
    for part in ("what", "expected"):
        frame[part] = [unpacked(each["said"][part]).told(_) for each in found]
    places = frame[["file", "row", "column"]].itertuples(index=False)
    return frame.assign(where=[_where(view, *place) for place in places]).map(visible)


def _where(view: View, file: str, row: str, column: str) -> str:
    """Where a finding is, in one cell: a phone has no room for three columns."""
    _ = view.words
    if row and column:
        return _("{file}, row {row}, {column}", file=file, row=row, column=column)
    if row:
        return _("{file}, row {row}", file=file, row=row)
    return _("{file}, {column}", file=file, column=column) if column else file


def _marked(view: View, source: Source, options: tuple[str, ...]) -> None:
    """The reader's own files back, marked; made only when somebody asks."""
    _ = view.words
    st.caption(
        _(
            "Your file back, marked: the cells in question in colour, each with a note, and a "
            "first sheet that lists them all."
        )
    )
    lang = _.lang
    take_paper_away(
        _, "marked", _("Your file, marked"), lambda: source.marked(lang, *options), kind="workbook"
    )


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
    same = frame[~frame[["added", "removed", "changed"]].any(axis=1)]
    if len(same) < len(frame):
        shown = frame.drop(same.index)
        show_table(view, shown.assign(file=shown["file"].map(short)), counts)
    if len(same):
        listed = _.listed([plain(name) for name in same["table"]])
        st.markdown(_("Came and holds what is stored already: {tables}.", tables=listed))
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


def _standing(view: View, standing: dict[str, Any] | None) -> None:
    """What the files do to places by total and to who is selected; nothing on an empty store."""
    _ = view.words
    if standing is None:
        return
    told = [
        _.plural(
            "**{n}** application changes its place by total.",
            "**{n}** applications change their place by total.",
            standing["places"],
        )
        if standing["places"]
        else _("No application changes its place by total."),
        _.plural(
            "**{n}** comes in among the selected.",
            "**{n}** come in among the selected.",
            standing["chosen"],
        )
        if standing["chosen"]
        else "",
        _.plural(
            "**{n}** is selected no more.",
            "**{n}** are selected no more.",
            standing["unchosen"],
        )
        if standing["unchosen"]
        else "",
        "" if standing["chosen"] or standing["unchosen"] else _("The selection stays as it is."),
    ]
    st.markdown(" ".join(filter(None, told)))
    if not standing["moved"]:
        return
    frame = pd.DataFrame(standing["moved"]).astype(
        {"place_before": "Int64", "place_after": "Int64"}
    )
    for name in ("selected_before", "selected_after"):
        frame[name] = frame[name].astype("boolean")
    columns = {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "cohort": _("Cohort"),
        "place_before": _("Place before"),
        "place_after": _("Place after"),
        "selected_before": _("Selected before"),
        "selected_after": _("Selected after"),
    }
    show_table(view, frame.head(SHOWN), columns)
    if (more := standing["all"] - SHOWN) > 0:
        listed = len(frame)
        st.caption(
            _.plural("… and {n} more, in the file.", "… and {n} more, in the file.", more)
            if listed == standing["all"]
            else _("… and {n} more; the file has the first {listed}.", n=more, listed=listed)
        )
    offer(
        view,
        "import_standing",
        _("Places and selection"),
        columns,
        lambda: frame[list(columns)],
        about=_checked(view),
    )


def _publish(view: View, source: Source, answer: dict[str, Any], read: tuple[str, ...]) -> None:
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
    if answer["older"] and not accepted[-1]:
        st.error(
            _(
                "The files are older than what is stored; nothing was published. If that is meant, "
                "tick the box that says so."
            )
        )
        return
    if not all(accepted):
        st.error(_("Tick the box first; nothing was published."))
        return
    options = [*read, f"--by={visible(by.strip())}"]
    options += [f"--note={visible(note.strip())}"] if note.strip() else []
    options += ["--older"] if answer["older"] else []
    with steps(view) as tell:
        result = source.run("import", *options, tell=tell)
    # Pressed twice, the second import finds everything done.
    if not (result.get("published") or result["same"]):
        del st.session_state["import_answer"]
        st.error(_("Nothing was published: the data has changed since the check. Check again."))
        return
    st.session_state["import_told"] = _(
        "Snapshot {number} is published. Every reader sees it at the next click.",
        number=result["based_on"] if result["same"] else result["number"],
    )
    st.session_state["import_round"] = st.session_state.get("import_round", 0) + 1
    st.rerun()

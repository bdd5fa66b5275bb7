"""Their layouts, not ours: sheets and columns of files mapped once to those of the format."""

import difflib
from typing import Any

import streamlit as st

from data import mapping
from data.tables import BY_NAME, Table
from pages.parts.text import plain, short
from queries.view import View

# What a wide score sheet's column may be the scores of; its heading is the key.
WIDE = ("reviewer", "criterion")
Layout = list[dict[str, Any]]


def chosen(view: View) -> str | None:
    """The mapping by which files are read; asked only where one is kept."""
    _ = view.words
    if not (names := mapping.names()):
        return None
    if (kept := st.session_state.pop("import_mapping_kept", None)) in names:
        st.session_state["import_mapping"] = kept
    return st.selectbox(
        _("Layout of the files"),
        [None, *names],
        format_func=lambda name: name or _("that of the format"),
        key="import_mapping",
        width=320,
    )


def strange(layout: Layout) -> Layout:
    """Those of the sheets whose name or columns are not all of the format."""
    return [
        entry
        for entry in layout
        if not entry["table"] or _unknown(BY_NAME[entry["table"]], entry["columns"])
    ]


def editor(view: View, layout: Layout, current: str | None) -> None:
    """Maps what is strange and keeps it under a name; the files are then checked again."""
    _ = view.words
    kept = mapping.load(current).value["sheets"] if current else {}
    box = st.expander(
        _("Map these sheets and columns to those of the format"),
        key="import_map_box",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        st.markdown(
            _(
                "Say once what each sheet and column holds. It is kept under a name, used for "
                "later files of the same layout, and recorded with what is published."
            )
        )
        sheets = {entry["sheet"]: _sheet(view, entry, kept) for entry in strange(layout)}
        name = st.text_input(
            _("Name of this layout"), value=current or "", max_chars=60, key="import_map_name"
        )
        if st.button(_("Keep this layout and check again")):
            mapping.save(name.strip(), {"sheets": {**kept, **sheets}})
            st.session_state["import_mapping_kept"] = name.strip()
            st.session_state["import_again"] = True
            st.rerun()


def _sheet(view: View, entry: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """What one sheet holds, as a mapping writes it."""
    _ = view.words
    sheet = entry["sheet"]
    before = kept.get(sheet, {"table": entry["table"] or _nearest(sheet, list(BY_NAME))})
    tables = [None, *BY_NAME]
    st.subheader(plain(short(sheet)))
    name = st.selectbox(
        _("This sheet or file holds"),
        tables,
        index=tables.index(before["table"]),
        format_func=lambda table: table or _("nothing to read"),
        key=f"import_map {sheet}",
        width=320,
    )
    if name is None:
        return {"table": None}
    table = BY_NAME[name]
    columns = {}
    headings = _unknown(table, entry["columns"])
    grid = st.columns(3)
    for place, heading in enumerate(headings):
        with grid[place % 3]:
            columns[heading] = _column(view, table, sheet, heading, before.get("columns", {}))
    found = {"table": name, "columns": columns}
    if fixed := _fixed(view, table, entry, columns, before.get("fixed", {})):
        found["fixed"] = fixed
    return found


def _column(
    view: View, table: Table, sheet: str, heading: str, before: dict[str, Any]
) -> str | dict[str, str] | None:
    """What one column holds: a column of the table, scores under its heading, or nothing."""
    _ = view.words
    names = [column.name for column in table.columns]
    choices: list[str | tuple[str]] = ["", *names]
    if table.name == "scores":
        choices += [(key,) for key in WIDE]
    told = {
        "": _("nothing to read"),
        ("reviewer",): _("scores of the reviewer named so"),
        ("criterion",): _("scores for the criterion named so"),
    }
    default = before.get(heading, _nearest(heading, names) or "") or ""
    if isinstance(default, dict):
        default = (next(iter(default)),)
    choice = st.selectbox(
        plain(short(heading)),
        choices,
        index=choices.index(default) if default in choices else 0,
        format_func=lambda each: told.get(each, each),
        key=f"import_map {sheet} {table.name} {heading}",
    )
    if isinstance(choice, tuple):
        return {choice[0]: heading}
    return choice or None


def _fixed(
    view: View,
    table: Table,
    entry: dict[str, Any],
    columns: dict[str, Any],
    before: dict[str, str],
) -> dict[str, str]:
    """What is the same for a whole sheet of scores: the reviewer or the criterion no column has."""
    _ = view.words
    if table.name != "scores":
        return {}
    there = {heading.lower() for heading in entry["columns"] if heading not in columns}
    for target in columns.values():
        there |= set(target) if isinstance(target, dict) else {target}
    asked = {
        "reviewer": _("Reviewer of the whole sheet"),
        "criterion": _("Criterion of the whole sheet"),
    }
    fixed = {}
    for key in WIDE:
        if key not in there:
            default = before.get(key, entry["sheet"] if key == "reviewer" else "")
            fixed[key] = st.text_input(
                asked[key], value=default, key=f"import_map {entry['sheet']} {key}", width=320
            ).strip()
    return {key: value for key, value in fixed.items() if value}


def _unknown(table: Table, headings: list[str]) -> list[str]:
    known = {column.name for column in table.columns}
    return list(dict.fromkeys(each for each in headings if each.lower() not in known))


def _nearest(name: str, among: list[str]) -> str | None:
    return next(
        iter(difflib.get_close_matches(name.lower().replace(" ", "_"), among, 1, 0.7)), None
    )

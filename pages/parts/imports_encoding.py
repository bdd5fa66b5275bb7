"""In which encoding files are written, where it does not show: asked with their own words."""

from typing import Any

import streamlit as st

from data.findings import visible
from pages.parts.imports_source import Source
from pages.parts.text import plain, short
from queries.view import View

NAMED = 3  # files by name


def said(source: Source) -> str | None:
    """The encoding somebody named for these files; other files are asked about anew."""
    ids, encoding = st.session_state.get("import_encoding", ((), None))
    return encoding if ids == source.ids else None


def ask(view: View, source: Source, unclear: dict[str, Any], current: str | None) -> None:
    """Shows how each encoding reads the files; the one that is chosen is used for the check, which
    runs again, and for the import."""
    _ = view.words
    if not (readings := unclear["readings"]):
        st.warning(_("No encoding that is known here reads these files as text."))
        return
    if current:
        # It was answered; who sees that it was the wrong one, opens it again.
        box = st.expander(_("Read as {encoding}", encoding=current))
    else:
        box = st.container(border=True)
        box.subheader(_("Which of these reads right?"))
    with box:
        st.markdown(
            _(
                "{files}: written in neither UTF-8 nor UTF-16, and the file does not say in what. "
                "These are its first lines with letters that tell, as each encoding reads them.",
                files=_.listed(_.some(map(_shown, map(short, unclear["files"])), NAMED)),
            )
        )
        choice = st.radio(
            _("Encoding"),
            list(readings),
            index=list(readings).index(current) if current in readings else None,
            # In the label and not below it: one may choose by clicking on the words.
            format_func=lambda name: "  \n".join([f"**{name}**", *map(_shown, readings[name])]),
            key="import_encoding_choice",
            label_visibility="collapsed",
        )
        if st.button(_("Read it so and check again"), disabled=choice in (None, current)):
            st.session_state["import_encoding"] = source.ids, choice
            st.session_state["import_again"] = True
            st.rerun()


def _shown(line: str) -> str:
    return plain(visible(line))

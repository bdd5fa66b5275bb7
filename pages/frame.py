"""The frame around every page: set-up, language, menu, filters, stamp. Runs in every run."""

from pathlib import Path

import streamlit as st

from pages.parts import address, downloads, filterbar, notices
from pages.parts.door import admit, begin, open_to
from pages.parts.register import PAGES

ICON = Path(__file__).with_name("static") / "icon.svg"

_ = begin()
st.set_page_config(
    page_title=_("Innovation alliance dashboard"), page_icon=str(ICON), layout="wide"
)
notices.looks()
notices.document_language(_)
with notices.part():
    view = admit(newest=True)
    allowed = open_to(view)
    menu: dict[str, list] = {}
    for page in allowed:
        entry = st.Page(
            page.path,
            title=_(page.title),
            icon=f":material/{page.icon}:",
            url_path="" if page is PAGES[0] else page.key,
            default=page is PAGES[0],
        )
        menu.setdefault(_(page.section), []).append(entry)
    shown = st.navigation(menu, expanded=True)
    page = next(page for page in allowed if page.key == (shown.url_path or PAGES[0].key))
    st.session_state["page"] = page.key
    dropped = address.adopt(view, page)
    view = admit()
    notices.language_switch(view)
    notices.sample_notice(view)
    notices.dropped_values(view, dropped)
    with notices.part():
        filterbar.show(view, page)
    if not page.details:
        # Nothing on the page changes this address: who leaves before all is drawn comes back to it.
        address.write()
    downloads.forget()
    with notices.part():
        shown.run()
    notices.show_stamp(view.through(view.filters.only(*page.filters)))
    address.write()

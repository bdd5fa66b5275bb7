"""What changed between two days or two snapshots: came in, moved, was corrected, fell silent?"""

import streamlit as st

from pages.parts import changes_tables, changes_told, moments
from pages.parts.changes import found
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.register import NETWORK_FILTERS

view = enter()
view = view.through(view.filters.only(*NETWORK_FILTERS))
_ = view.words

st.title(_("What changed?"))
with part():
    between = moments.choose(view)
    changes = found(between)
    changes_told.answer(between, changes)
    for show in changes_tables.PARTS:
        with part():
            show(between, changes)
    changes_told.unchanged(between, changes)

"""Two to four applications side by side: their records, and what each reviewer gave them."""

import streamlit as st

from pages.parts import compare
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("How do these applications stand beside each other?"))
records = None
with part():
    records = compare.choose(view)
if records is not None:
    with part():
        compare.answer(view, records)
    with part():
        st.header(_("Side by side"))
        compare.side_by_side(view, records)
    with part():
        st.header(_("Criterion by criterion"))
        compare.criteria(view, records)
    with part():
        compare.comments(view, records)

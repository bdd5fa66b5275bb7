"""How the totals are distributed, where the line lies, and the same in parts."""

import streamlit as st

from pages.parts import scores
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("How were the applications scored, and where does the line lie?"))
scored = False
with part():
    scored = scores.has_scores(view)
if scored:
    with part():
        scores.answer(view)
        scores.overall(view)
    with part():
        scores.by_stage(view)
    with part():
        st.header(_("How do the scores lie in the parts of the cohort?"))
        scores.in_parts(view, scores.choose_split(view))

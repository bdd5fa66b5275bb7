"""How well the panel agrees, who scored lower than others, and whose place that moves."""

import streamlit as st

from pages.parts import reviewers, reviewers_places
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("How well does the panel agree?"))
reviewed = False
with part():
    reviewed = reviewers.has_reviews(view)
if reviewed:
    with part():
        reviewers.answer(view)
    with part():
        st.header(_("Where do the differences come from?"))
        reviewers.agreement(view)
    with part():
        st.header(_("Who scored lower or higher than others on the same applications?"))
        reviewers.names_switch(view)
        reviewers.severity(view)
    with part():
        st.header(_("Who read which regions?"))
        reviewers.regions(view)
    with part():
        st.header(_("Whose place would change?"))
        reviewers_places.moved(view)
    with part():
        st.header(_("Which applications to discuss first?"))
        reviewers_places.discuss_first(view)

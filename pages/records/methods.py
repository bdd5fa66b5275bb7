"""What the words and numbers mean, where they come from, and what they cannot tell."""

import streamlit as st

from charts.maps import DISCLAIMER
from pages.parts import (
    methods,
    methods_balance,
    methods_ranking,
    methods_reviewers,
    methods_status,
)
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("What do these figures mean, and where do they come from?"))
SECTIONS = {
    "definitions": (_("Definitions"), methods.definitions),
    "tested": (_("Looking ahead, put to the test"), methods_status.tested),
    "ranking": (_("How firm a ranking is"), methods_ranking.ranking),
    "reviewers": (_("How well the panel agrees"), methods_reviewers.section),
    "distribution": (_("Distribution, a lot and rules"), methods_balance.distribution),
    "published": (_("Published totals"), methods.published),
    "limits": (_("Known limits"), methods.limits),
    "map": (_("Maps"), lambda view: st.markdown(view.words(DISCLAIMER))),
    "memberships": (_("Members of regions and groups"), methods.groups),
    "sources": (_("Sources"), methods.sources),
    "dictionary": (_("Data dictionary"), methods.dictionary),
}
with part():
    methods.answer(view)
st.markdown(" · ".join(f"[{title}](#{anchor})" for anchor, (title, _show) in SECTIONS.items()))
for anchor, (title, show) in SECTIONS.items():
    with st.container(width=860), part():
        st.header(title, anchor=anchor)
        show(view)

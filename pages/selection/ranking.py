"""Which applications are safely above the line, which below it, and which are near."""

import streamlit as st

from pages.parts import address, ranking, ranking_numbers, ranking_why
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

if application := address.detail("application"):
    with part():
        ranking_why.show(view, application)
else:
    st.title(_("Which applications are safely in, and which are near the line?"))
    found = False
    with part():
        found = ranking.has_places(view)
    if found and ranking_numbers.too_many(view):
        with part():
            ranking.of_many(view)
    elif found:
        ranking.follow()

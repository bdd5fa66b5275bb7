"""One country for a meeting in ten minutes: its organizations, centres, results, what is open."""

import streamlit as st

from pages.parts import country
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

if len(view.filters.country) == 1:
    with part():
        country.show_brief(view, view.filters.country[0])
else:
    st.title(_("Which country is the meeting with?"))
    with part():
        country.pick(view)

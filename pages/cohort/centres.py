"""Where are the centres, what are they, how do they stand? Down to the record of one, and back."""

import streamlit as st

from pages.parts import address, centres
from pages.parts.centre import show_centre
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.register import NETWORK_FILTERS

view = enter()
view = view.through(view.filters.only(*NETWORK_FILTERS))
_ = view.words

if centre := address.detail("centre"):
    with part():
        show_centre(view, centre)
else:
    st.title(_("Where are the centres, and how do they stand?"))
    with part():
        if not centres.nothing(view):
            centres.answer(view)
            with part():
                centres.network(view)
            with part():
                st.header(_("How many centres, and since when?"))
                centres.over_time(view)
            with part():
                centres.moves(view)

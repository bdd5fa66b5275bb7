"""From region to country to the single application's record, and back."""

import streamlit as st

from pages.parts import address
from pages.parts.applications import answer, applications_table, nothing, show_record
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.worldmap import applicants_map

view = enter()
_ = view.words

if application := address.detail("application"):
    with part():
        show_record(view, application)
else:
    st.title(_("Where did the applications come from?"))
    found = False
    with part():
        found = not nothing(view)
        if found:
            answer(view)
    with part():
        applicants_map(view, "applicants_map", open_table=found)
    if found:
        with part():
            st.header(_("Applications"))
            applications_table(view)

"""From region to country to the single application's record, and back."""

import streamlit as st

from pages.parts import address
from pages.parts.applications import applications_table, show_record
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.worldmap import applicants_map

view = enter()
_ = view.words

if application := address.detail("application"):
    with part():
        show_record(view, application)
    st.stop()

st.title(_("Where did the applications come from?"))
with part():
    count = view.ask("application_count").iloc[0]
    st.markdown(
        _(
            "**{applications}** applications came from organizations in **{countries}** countries; "
            "**{selected}** of them were selected.",
            applications=count["applications"],
            countries=count["countries"],
            selected=count["selected"],
        )
    )
with part():
    applicants_map(view, "applicants_map", open_table=True)
with part():
    st.header(_("Applications"))
    applications_table(view)

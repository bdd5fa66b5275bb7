"""From region to country to the single application's record, and back."""

import streamlit as st

from pages.parts import address
from pages.parts.applications import applications_table, show_record
from pages.parts.door import enter
from pages.parts.notices import groups_day, part
from pages.parts.worldmap import applicants_map

view = enter()
_ = view.words

if application := address.detail("application"):
    with part():
        show_record(view, application)
else:
    st.title(_("Where did the applications come from?"))
    with part():
        count = view.ask("application_count").iloc[0]
        st.markdown(
            _(
                "{applications} came from organizations in {countries}; {selected}.",
                applications=_.plural(
                    "**{n}** application", "**{n}** applications", int(count["applications"])
                ),
                countries=_.plural("**{n}** country", "**{n}** countries", int(count["countries"])),
                selected=_.plural(
                    "**{n}** of them was selected",
                    "**{n}** of them were selected",
                    int(count["selected"]),
                ),
            )
        )
        groups_day(view)
    with part():
        applicants_map(view, "applicants_map", open_table=True)
    with part():
        st.header(_("Applications"))
        applications_table(view)

"""Are the centres on course with the plan's priorities? And where is there no report?"""

import streamlit as st

from pages.parts import priorities
from pages.parts.address import detail
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.priority import show_priorities, show_priority
from pages.parts.progress_matrix import show_matrix
from pages.parts.register import NETWORK_FILTERS
from pages.parts.series import show_series

view = enter()
view = view.through(view.filters.only(*NETWORK_FILTERS))
_ = view.words
centre, indicator = detail("centre"), detail("indicator")

with part():
    if centre and indicator:
        show_series(view, centre, indicator)
    else:
        st.title(_("Are the centres on course with the priorities?"))
        if not priorities.lacking(view):
            priorities.answer(view)
            with part():
                show_matrix(view)
            goals = priorities.shown_goals(view)
            alone = goals["priority"].nunique() == 1
            with part():
                (show_priority if alone else show_priorities)(view, goals)
            with part():
                priorities.by_region(view)
            with part():
                priorities.added_up(view)

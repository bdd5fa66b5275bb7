"""What have the centres reported towards the plan's priorities? And where is there no report?"""

import streamlit as st

from pages.parts import priorities
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.register import NETWORK_FILTERS

view = enter()
view = view.through(view.filters.only(*NETWORK_FILTERS))
_ = view.words

st.title(_("What have the centres reported towards the priorities?"))
with part():
    goals = view.ask("goals")
    if not priorities.lacking(view, goals):
        priorities.answer(view, goals)
        with part():
            priorities.show_matrix(view, goals)
        for goal in goals.iloc[:-1].itertuples():
            with part():
                priorities.show_priority(view, goal, opened=len(goals) == 2)

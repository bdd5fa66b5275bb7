"""The cohort whole: who applied, from where, who was selected, towards which priorities."""

import streamlit as st

from charts.bars import bars
from pages.parts.door import enter
from pages.parts.figures import dark, show_figure
from pages.parts.notices import part
from pages.parts.overview import agreement, answer, compared, freshness, headline
from pages.parts.worldmap import applicants_map

view = enter()
_ = view.words

st.title(_("Who applied, and who was selected?"))
with part():
    answer(view)
    headline(view)
with part():
    applicants_map(view, "overview_map")
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("Regions: applied and selected"))
    compared(view, "applications_by_region", "region")
with right, part():
    st.header(_("Least developed, landlocked and small island countries"))
    compared(view, "applications_by_group", "group_code")

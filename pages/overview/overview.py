"""The cohort whole: who applied, from where, who was selected, towards which priorities."""

import streamlit as st

from pages.parts.balance import applied_and_selected
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.overview import agreement, answer, freshness, funnel, headline, plan
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
    st.header(_("By region"))
    applied_and_selected(view, "applications_by_region", "region", _("Region"))
with right, part():
    st.header(_("By group of countries"))
    applied_and_selected(view, "applications_by_group", "group_code", _("Group"))
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("By stage"))
    funnel(view)
with right, part():
    st.header(_("By priority of the {plan}", plan=plan(view)))
    applied_and_selected(view, "applications_by_goal", "goal", _("Priority"), as_asked=True)
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("Do the totals agree with the published ones?"))
    agreement(view)
with right, part():
    st.header(_("How fresh is this?"))
    freshness(view)

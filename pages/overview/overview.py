"""The cohort whole: who applied and was selected, the network, its contribution, what changed."""

import streamlit as st

from pages.parts import brief
from pages.parts.applied import applied_and_selected
from pages.parts.attention import attention
from pages.parts.changes_five import five
from pages.parts.cohorts import side_by_side
from pages.parts.door import enter
from pages.parts.notices import part
from pages.parts.overview import agreement, answer, freshness, funnel, headline, plan
from pages.parts.strip import priorities
from pages.parts.worldmap import applicants_map

view = enter()
_ = view.words

st.title(_("How does the cohort stand?"))
for show in (answer, brief.network, brief.contribution, brief.stamped, headline):
    with part():
        show(view)
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("By stage"))
    funnel(view)
with right, part():
    st.header(_("By region"))
    applied_and_selected(view, "applications_by_region", "region", _("Region"))
with part():
    st.header(_("How do the priorities stand?"))
    priorities(view)
left, right = st.columns([2, 3], gap="large")
with left, part():
    st.header(_("What changed"))
    five(view)
with right, part():
    st.header(_("What needs attention"))
    attention(view)
with part():
    applicants_map(view, "overview_map")
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("By group of countries"))
    applied_and_selected(view, "applications_by_group", "group_code", _("Group"))
with right, part():
    st.header(_("By priority of the {plan}", plan=plan(view)))
    applied_and_selected(view, "applications_by_goal", "goal", _("Priority"), as_asked=True)
with part():
    side_by_side(view)
left, right = st.columns(2, gap="large")
with left, part():
    st.header(_("Do the totals agree with the published ones?"))
    agreement(view)
with right, part():
    st.header(_("How fresh is this?"))
    freshness(view)

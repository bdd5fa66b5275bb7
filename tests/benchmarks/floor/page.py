"""An empty page: one row of choices and one word that follows it."""

import streamlit as st

REGIONS = ("Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe")

st.markdown(st.pills("Region", REGIONS, key="filter_region") or "All")

"""The floor: the least that Streamlit takes from a click to a changed word."""

import streamlit as st

app = st.App("page.py")

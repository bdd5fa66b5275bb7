"""Which countries did the applications come from? Down to the single record, and back."""

import streamlit as st

from pages.parts.door import enter

view = enter()
_ = view.words
st.title(_("Where did the applications come from?"))
count = view.ask("application_count").iloc[0]
st.markdown(_.plural("{n} application", "{n} applications", int(count.applications)))

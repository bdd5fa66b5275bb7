"""What came in, and how more comes in: upload, check, publish, history, undo."""

import streamlit as st

from pages.parts import imports, imports_forms, imports_history
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("What is in the dashboard, and what would new files change?"))
with part():
    imports.now_shown(view)
st.header(_("Bring in files"))
imports.expected(view)
imports.template(view)
with part():
    imports_forms.report_forms(view)
with part():
    imports.bring_in(view)
st.header(_("History"))
with part():
    imports_history.history(view)

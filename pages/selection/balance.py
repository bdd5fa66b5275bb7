"""How the selection is distributed, beside what a lot would give; and what a rule changes."""

import streamlit as st

from pages.parts import balance, balance_rules
from pages.parts.door import enter
from pages.parts.notices import part

view = enter()
_ = view.words

st.title(_("How is the selection distributed, and what would a lot have given?"))
found = False
with part():
    found = balance.has_pool(view)
if found:
    with part():
        balance.answer(view)
    for pair in balance.PAIRS:
        for column, split in zip(st.columns(2, gap="large"), pair, strict=True):
            with column, part():
                balance.beside_a_lot(view, split)
if found and view.rights.may("try_rules"):
    with part():
        st.header(_("What would a rule change?"))
        balance_rules.what_if(view)

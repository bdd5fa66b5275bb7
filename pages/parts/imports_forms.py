"""The workbooks with which centres report, for whoever may import what comes back."""

import streamlit as st

from data import forms
from pages.parts.downloads import take_paper_away
from pages.parts.notices import SAMPLE, is_sample
from queries.view import View


def report_form(view: View, centre: str) -> None:
    """Offers the form of one centre; nothing to those who do not import."""
    _ = view.words
    if not view.rights.may_open("imports"):
        return
    st.caption(
        _(
            "A workbook for the centre's next report: its indicators with targets and last values, "
            "and blank cells for the new ones. What comes back adds to what is on record."
        )
    )
    snapshot, today = view.snapshot, view.today
    take_paper_away(
        _,
        f"report-{forms.safe(centre)}",
        _("Workbook for the next report"),
        lambda: forms.form(snapshot, centre, today, _),
        kind="workbook",
        notice=_(SAMPLE) if is_sample(view) else "",
    )


def report_forms(view: View) -> None:
    """Offers the forms of all centres at once; nothing where there is no centre."""
    _ = view.words
    if not view.ask("import_record").loc[0, "centres"]:
        return
    st.caption(
        _(
            "The workbooks with which the centres report, one for each that has not ended. Those "
            "that come back can be uploaded together; they add to what is on record."
        )
    )
    snapshot, today = view.snapshot, view.today
    take_paper_away(
        _,
        "report-forms",
        _("Workbooks for the next reports"),
        lambda: forms.forms(snapshot, today, _),
        kind="archive",
        notice=_(SAMPLE) if is_sample(view) else "",
    )

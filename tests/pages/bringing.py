"""Files brought in on the page /imports, and what it then says."""

import re

from data import store
from queries.words import Words
from tests.pages import shown

COHORTS = "cohort,name,closed_on,places,plan\n1,First,2023-03-31,1,KAP\n"
APPLICATIONS = """application_id,cohort,country,organization,stage
A1,1,KEN,One,selected
A2,1,UGA,Two,not selected
"""
LATER = """application_id,cohort,country,organization,stage
A1,1,KEN,One,selected
A2,1,UGA,Two Renamed,not selected
A3,1,FRA,Three,not selected
"""
ODD = """application_id,cohort,country,organization,stage,colour
A1,1,KEN,One,chosen,red
A1,7,Utopia,Two,selected,blue
"""
FINDINGS = ("Where", "What is wrong", "Expected")
CHANGES = ("Table", "File", "Rows", "New", "Removed", "Changed")
FIGURES = ("Figure", "Before", "After")


def upload(app, **tables):
    """Puts files into the uploader: `upload(app, cohorts=...)`."""
    files = [(f"{name}.csv", text.encode(), "text/csv") for name, text in tables.items()]
    app.file_uploader[0].set_value(files).run()


def press(app, label):
    label = Words(app.session_state["lang"])(label)
    next(button for button in app.button if button.label == label).click().run()


def check(app, **tables):
    upload(app, **tables)
    press(app, "Check")


def publish(app, by="Ada", note="", tick=True):
    app.text_input[0].set_value(by)
    app.text_input[1].set_value(note)
    for box in app.checkbox:
        box.set_value(tick)
    press(app, "Publish")


def read(markdown):
    """Markdown whose escapes are taken away, as people read it."""
    return re.sub(r"\\(.)", r"\1", markdown)


def tables(app):
    """Every table of the page as rows of text, by the headings of its columns."""
    return {
        tuple(table.columns): list(table.itertuples(index=False, name=None))
        for table in shown.tables(app)
    }


def said(app):
    """The messages on the page, whatever their colour."""
    messages = (*app.error, *app.warning, *app.info, *app.success)
    return [read(message.value) for message in messages]


def numbers():
    return [snapshot.number for snapshot in store.stored()]

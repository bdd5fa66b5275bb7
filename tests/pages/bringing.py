"""Files brought in on the page /imports, and what it then says."""

from data import store
from queries.words import Words
from tests.pages.shown import read

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
CRITERIA = "cohort,criterion,name,weight,scale_min,scale_max\n1,C1,Idea,1,0,10\n"
SCORED = "application_id,reviewer,criterion,score\nA1,R1,C1,9\nA2,R1,C1,5\n"
# The same applications with a review each.
REVIEWED = {
    "cohorts": COHORTS,
    "applications": APPLICATIONS,
    "criteria": CRITERIA,
    "reviewers": "reviewer\nR1\n",
    "scores": SCORED,
}
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


def said(app):
    """The messages on the page, whatever their colour."""
    messages = (*app.error, *app.warning, *app.info, *app.success)
    return [read(message.value) for message in messages]


def numbers():
    return [snapshot.number for snapshot in store.stored()]

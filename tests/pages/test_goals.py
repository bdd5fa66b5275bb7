"""Priorities: what was reported, what was not, and that nothing is made up in between."""

import json
import re
from datetime import date

import pytest

from tests.pages.shown import tables

WORLD = {
    "cohorts": "cohort,name,closed_on,decided_on,plan\n1,First,2023-03-31,2023-06-15,KAP\n",
    "applications": (
        "application_id,cohort,country,organization,stage\n"
        "A1,1,KEN,One,selected\nA2,1,UGA,Two,selected\nA3,1,UGA,Three,selected\n"
    ),
    "centres": (
        "centre_id,application_id,name,country\nC1,A1,One,KEN\nC2,A2,Two,UGA\nC3,A3,Three,UGA\n"
    ),
    "centre_statuses": (
        "centre_id,status,since\nC1,operating,2024-01-01\nC2,operating,2024-01-01\n"
        "C3,operating,2024-01-01\n"
    ),
    "indicators": (
        "indicator,goal,name,unit,direction,kind\n"
        "I1,KAP-1,People trained,people,up,cumulative\nI2,KAP-1,Rules,,up,yes/no\n"
    ),
    "targets": (
        "centre_id,indicator,baseline,baseline_on,target,due_on\n"
        "C1,I1,,,100,2026-12-31\nC2,I1,5,2023-12-31,50,2025-06-30\nC3,I1,0,,90,2027-12-31\n"
        "C1,I2,no,,yes,2026-12-31\n"
    ),
    "measurements": (
        "centre_id,indicator,measured_on,value\nC1,I1,2026-09-30,0\nC1,I2,2026-09-30,no\n"
        "C3,I2,2026-06-30,yes\n"
    ),
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))


def read(text):
    """Markdown as people read it."""
    return re.sub(r"\\(.)", r"\1", str(text).replace("**", "")).replace("\u2060", "")


def told(app):
    return [read(element.value) for element in app.markdown]


def test_says_who_reported_and_for_what_a_date_has_passed_in_silence(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals")
    assert told(app)[0] == (
        "2 of 3 centres have reported on the priorities of the Kigali Action Plan. 2 of 4 targets "
        "have no report. A due date has passed for 1 of these, and none yet for the other 1."
    )


def test_a_report_of_zero_is_a_number_and_no_report_is_words(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals", goal="KAP-1")  # one priority alone has its table open
    [table] = tables(app)
    assert [[read(cell) for cell in row] for row in table.to_numpy().tolist()] == [
        [
            "People trained, people",
            "One",
            "Kenya",
            "not given",
            "100 (31 Dec 2026)",
            "0 (30 Sept 2026)",
            "1",
        ],
        [
            "People trained, people",
            "Three",
            "Uganda",
            "0",
            "90 (31 Dec 2027)",
            "no report; not yet due",
            "0",
        ],
        [
            "People trained, people",
            "Two",
            "Uganda",
            "5 (31 Dec 2023)",
            "50 (30 Jun 2025)",
            "no report; a target fell due on 30 Jun 2025",
            "0",
        ],
        ["Rules", "One", "Kenya", "no", "yes (31 Dec 2026)", "no (30 Sept 2026)", "1"],
        ["Rules", "Three", "Uganda", "not given", "no target", "yes (30 Jun 2026)", "1"],
    ]


def test_the_matrix_writes_numbers_for_reports_alone(open_page, store_with):
    store_with(**WORLD)
    figure = json.loads(open_page("goals").get("plotly_chart")[0].proto.spec)
    texts = [trace for trace in figure["data"] if trace.get("mode") == "text"]
    assert [trace["text"] for trace in texts] == [["0<br>→ 100", "no<br>→ yes"], ["yes"]]
    legend = [trace["name"] for trace in figure["data"] if trace.get("showlegend")]
    assert legend == [
        "reported: latest value → target",
        "reported, no target set",
        "no report, a target fell due",
        "no report, target not yet due",
        "no target",
    ]


def test_a_priority_without_indicators_says_so(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals", goal=["KAP-1", "KAP-2"])
    assert [header.value for header in app.header] == [
        "Affordable connectivity",
        "Digital transformation",
    ]
    assert [read(box.value) for box in app.info] == [
        "There is no indicator under this priority. The table indicators would fill this."
    ]


@pytest.mark.parametrize(
    "left_out, said",
    [
        (
            ["indicators", "targets", "measurements"],
            "There is no indicator under these priorities. The table indicators would fill this.",
        ),
        (
            ["targets", "measurements"],
            "These centres have neither targets nor reports. The tables targets and measurements "
            "would fill this.",
        ),
        (
            list(WORLD)[2:],
            "No centre has come out of this cohort yet. The tables centres and centre_statuses "
            "would fill this.",
        ),
    ],
)
def test_what_is_lacking_is_named(open_page, store_with, left_out, said):
    store_with(**{name: text for name, text in WORLD.items() if name not in left_out})
    assert [read(box.value) for box in open_page("goals").info] == [said]


def test_a_plan_whose_priorities_are_not_known_is_not_given_any(open_page):
    app = open_page("goals", cohort="2")
    assert [read(box.value) for box in app.info] == [
        "The priorities of the Baku Action Plan are not loaded. The table goals would fill this, "
        "with the plan's official wording.",
        "No centre has come out of this cohort yet. The tables centres and centre_statuses would "
        "fill this.",
    ]
    assert not app.header


def test_more_centres_than_columns_are_told_by_region(open_page, store_with):
    lines = [f"C{n},Centre {n},{('KEN', 'FRA')[n % 2]}" for n in range(41)]
    store_with(
        **WORLD
        | {
            "centres": "centre_id,name,country\n" + "\n".join(lines) + "\n",
            "centre_statuses": "centre_id,status,since\nC1,operating,2024-01-01\n",
        }
    )
    app = open_page("goals")
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert figure["layout"]["xaxis"]["ticktext"] == [
        "Africa",
        "Americas",
        "Arab States",
        "Asia-Pacific",
        "CIS",
        "Europe",
    ]
    # C1 and C3 lie in Europe, C2 in Africa.
    texts = {text for trace in figure["data"] for text in trace.get("text", ())}
    assert texts == {"1 of 2", "1 of 1"}

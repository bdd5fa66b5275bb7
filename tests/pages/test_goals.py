"""Priorities: on course or not, and that no report is nowhere drawn, summed or worded as zero."""

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


def figures(app):
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def exports(app):
    """What the page's files hold, by their names."""
    offered = app.session_state["take_away"]
    return {name: offer.build() for name, (_token, offer) in offered.items() if offer}


def test_says_how_many_are_on_course_and_what_the_silent_could_change(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals")
    assert told(app)[0] == (
        "The centres' reported contribution to the priorities of the Kigali Action Plan: 0 of 2 "
        "reporting on course; of all 4, between 0 and 2. 1 that reports cannot be judged yet and "
        "is not counted as on course. [How a status is found](methods#course)"
    )
    assert "2 of 3 centres have reported. Latest report: 30 Sept 2026." in app.caption[0].value


def test_a_plan_keeps_what_was_promised_under_it(open_page, store_with):
    goals = "goal,plan,name\nBAP-X,BAP,Later\n"
    later = "indicator,goal,name,unit,direction,kind\nJ1,BAP-X,Later,,up,cumulative\n"
    store_with(
        **WORLD
        | {
            "goals": goals,
            "indicators": WORLD["indicators"] + later.splitlines()[1] + "\n",
            "targets": WORLD["targets"] + "C1,J1,0,2026-01-01,5,2027-12-31\n",
        }
    )
    [said] = [text for text in told(open_page("goals")) if "contribution" in text]
    assert "priorities of the Baku Action Plan: 1 target, no report yet." in said
    assert "priorities of the Kigali Action Plan: 0 of 2 reporting on course" in said


def test_a_table_tells_the_status_with_its_shape_and_what_it_follows_from(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals", goal="KAP-1")  # one priority alone has its table open
    [table] = tables(app)
    assert list(table.columns) == [
        "Indicator",
        "Centre",
        "Status",
        "Latest value",
        "Expected by now",
        "Target (due)",
        "Baseline",
        "Required pace",
        "Actual pace",
        "Looking ahead",
    ]
    assert [row[1:7] for row in table.to_numpy().tolist()] == [
        [
            "One, Kenya",
            "▼ off courseone report",
            "0 (30 Sept 2026)",
            "96.6",
            "100 (31 Dec 2026)",
            "not given",
        ],
        ["Three, Uganda", "□ not yet due", "no report", "65.2", "90 (31 Dec 2027)", "0"],
        [
            "Two, Uganda",
            "○ no reportpast due",
            "no report",
            "50",
            "50 (30 Jun 2025)",
            "5 (31 Dec 2023)",
        ],
        [
            "One, Kenya",
            "□ not yet dueone report",
            "no (30 Sept 2026)",
            "no",
            "yes (31 Dec 2026)",
            "no",
        ],
        [
            "Three, Uganda",
            "✱ not calculableno target is set · one report",
            "yes (30 Jun 2026)",
            "–",
            "no target",
            "not given",
        ],
    ]


def test_the_matrix_has_a_shape_for_each_status_and_numbers_for_reports_alone(
    open_page, store_with
):
    store_with(**WORLD)
    [figure] = figures(open_page("goals"))
    texts = [trace["text"] for trace in figure["data"] if trace.get("mode") == "text"]
    assert texts == [["0<br>→ 100", "no<br>→ yes", "yes<br>"]]
    signs, legend = [note["text"] for note in figure["layout"]["annotations"][-2:]]
    assert re.findall(r">(.)<", signs) == ["▼", "□", "○", "✱", "–"]
    assert legend.split("<br>") == [
        "off course",
        "not yet due",
        "no report",
        "not calculable",
        "neither target nor report",
    ]


def test_regions_are_a_choice_and_average_nobody(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals", by="region")
    [figure] = figures(app)
    assert figure["layout"]["xaxis"]["ticktext"][0] == "Africa"
    texts = [trace["text"] for trace in figure["data"] if trace.get("mode") == "text"]
    assert texts == [["0 of 1<br>of 3: 0–2", "0 of 1"]]
    app.session_state["priorities_regions"] = True
    assert tables(app.run())[0].to_numpy().tolist()[:2] == [
        ["Africa", "0 of 2 reporting on course; of all 4, between 0 and 2", "1"],
        ["Americas", "no target", "–"],
    ]


def test_a_status_leads_to_the_reports_behind_it(open_page, store_with):
    store_with(**WORLD)
    [table] = tables(open_page("goals", goal="KAP-1"))
    assert table.attrs["links"][0] == ("?cohort=1&goal=KAP-1&lang=en&centre=C1&indicator=I1")
    app = open_page("goals", centre="C1", indicator="I1")
    assert app.title[0].value == "People trained, people"
    assert told(app)[2] == (
        "▼ off course, one report. Latest value: 0 (30 Sept 2026). Expected by now: 96.6. "
        "Target: 100 (31 Dec 2026). Required: 987 a year. Actual: 0 a year."
    )
    reports, targets = tables(app)
    assert reports.to_numpy().tolist() == [["30 Sept 2026", "0", "–", "–", "–", "–", "–"]]
    assert targets.to_numpy().tolist() == [["31 Dec 2026", "100", "not given", "–", "yes"]]


def test_a_revised_target_shows_both_wordings(open_page, store_with):
    targets = (
        "centre_id,indicator,baseline,baseline_on,target,due_on,set_on\n"
        "C1,I1,,,100,2026-12-31,2024-01-15\nC1,I1,,,60,2026-12-31,2025-10-15\n"
    )
    store_with(**WORLD | {"targets": targets})
    _reports, shown = tables(open_page("goals", centre="C1", indicator="I1"))
    assert shown[["Target", "Set on", "Holds"]].to_numpy().tolist() == [
        ["100", "15 Jan 2024", "no: a later wording took its place"],
        ["60", "15 Oct 2025", "yes"],
    ]


def test_who_reported_is_for_the_secretariat(open_page, store_with, monkeypatch):
    store_with(**WORLD)
    assert "Reported by" in tables(open_page("goals", centre="C1", indicator="I1"))[0]
    monkeypatch.setattr("pages.parts.door.role", lambda: "director")
    app = open_page("goals", centre="C1", indicator="I1")
    assert "Reported by" not in tables(app)[0]
    assert "reported_by" not in exports(app)["reports-of-a-series"]


def test_an_address_of_nothing_says_so(open_page, store_with):
    store_with(**WORLD)
    app = open_page("goals", centre="C9", indicator="I1")
    assert [read(box.value) for box in app.info] == [
        "The centre “C9” has neither a target nor a report for “I1”. They may be another cohort's, "
        "or have left with a later import."
    ]


def test_outcomes_that_are_loaded_nest_under_their_priority(open_page, store_with):
    store_with(
        **WORLD
        | {
            "goals": "goal,plan,parent,name\nO1,KAP,KAP-1,Everybody is trained\n",
            "indicators": WORLD["indicators"].replace("I2,KAP-1", "I2,O1"),
        }
    )
    app = open_page("goals", goal="KAP-1")
    assert "Everybody is trained" in [heading.value for heading in app.subheader]
    assert [note["text"] for note in figures(app)[0]["layout"]["annotations"][:-2]] == [
        "<b>Affordable connectivity</b>",
        "<b>› Everybody is trained</b>",
    ]


# Three centres that were asked and never reported a total; one of them told a part of it.
SILENT = WORLD | {
    "indicators": (
        "indicator,goal,name,unit,level,direction,kind,additive\n"
        "I1,KAP-1,People trained,people,output,up,cumulative,yes\n"
        "I2,KAP-1,Share,,outcome,up,level,no\n"
    ),
    "targets": (
        "centre_id,indicator,baseline,baseline_on,target,due_on\n"
        "C1,I1,7,2023-12-31,100,2026-12-31\nC2,I1,5,2023-12-31,50,2025-06-30\n"
        "C3,I2,9,2023-12-31,90,2027-12-31\n"
    ),
    "measurements": "centre_id,indicator,measured_on,value,breakdown\nC1,I1,2026-09-30,3,women\n",
}
REPORTED = ("value", "reports", "on_course", "actual_pace", "ratio", "measured_on")


@pytest.mark.parametrize("by", ["centre", "region"])
def test_no_report_is_nowhere_drawn_or_summed_or_worded_as_zero(open_page, store_with, by):
    store_with(**SILENT)
    app = open_page("goals", goal="KAP-1", by=by)
    for name in ("trends_KAP-1", "priorities_regions", "priorities_sums"):
        app.session_state[name] = True
    app.run()
    charts = figures(app)
    assert len(charts) == 3  # the matrix, and one figure for each indicator
    for trace in (trace for figure in charts for trace in figure["data"]):
        assert "text" not in trace
        if trace.get("mode") == "markers" and "xaxis" in trace:  # reports in a panel
            assert not trace["y"]
        if trace.get("mode") == "lines+markers":  # what was asked, which is never 0 here
            assert 0 not in trace["y"]
    words = [*told(app), *(element.value for element in app.caption)]
    assert any("3 targets, no report on any" in text for text in words)
    cells = [cell for table in tables(app) for row in table.to_numpy() for cell in row[1:]]
    assert not [text for text in words + cells if re.match(r"0\b", text.strip())]

    taken = exports(app)
    assert set(taken) == {
        "centres-by-priority",
        "priorities-by-region",
        "priorities-added-up",
        "trend-I1",
        "trend-I2",
    }
    assert taken["trend-I1"].empty and taken["trend-I2"].empty
    for name in ("centres-by-priority", "priorities-by-region", "priorities-added-up"):
        for column in set(REPORTED).intersection(taken[name]) - {"reports"}:
            assert taken[name][column].isna().all(), (name, column)
    assert set(taken["centres-by-priority"]["status"]) == {"no report", "not yet due"}


@pytest.mark.parametrize("centre, indicator", [("C1", "I1"), ("C2", "I1"), ("C3", "I2")])
def test_a_series_without_a_report_has_no_dot_and_no_zero(open_page, store_with, centre, indicator):
    store_with(**SILENT)
    app = open_page("goals", centre=centre, indicator=indicator)
    path, reports = figures(app)[0]["data"]
    assert not reports["y"] and 0 not in path["y"]
    assert "Nothing was reported as a total." in told(app)[2]
    assert not re.search(r"\b0\b", told(app)[2])
    taken = exports(app)["reports-of-a-series"]
    assert [*taken["value"]] == ([3] if centre == "C1" else [])


def test_a_priority_without_indicators_says_so(open_page, store_with):
    store_with(**WORLD)
    lacking = "There is no indicator under this priority. The table indicators would fill this."
    [both] = [text for text in told(open_page("goals", goal=["KAP-1", "KAP-2"])) if "##" in text]
    one, other = both.split("## ")[1:]
    assert one.startswith("Affordable connectivity\n\n0 of 2 reporting on course")
    assert other == f"Digital transformation\n\n{lacking}"


def test_each_priority_leads_to_its_own_table(open_page, store_with):
    store_with(**WORLD)
    [said] = [text for text in told(open_page("goals", region="AFR")) if "##" in text]
    there = "[Centre by centre: status, target, reports](?cohort=1&region=AFR&lang=en&goal=KAP-1)"
    assert there in said
    assert len(tables(open_page("goals", region="AFR", goal="KAP-1"))) == 1


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
    assert texts == {"0 of 1", "0 of 1<br>of 2: 0–1"}

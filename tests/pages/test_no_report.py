"""No report is nowhere drawn, summed or worded as zero: on any page, on paper, in any file.

One indicator never got a report, from either of two centres; beside it stands one whose only
report is 0. Whatever names the first, or the centre that reported nothing, holds no zero; whatever
names the second has it. Nothing else about them is 0: not a baseline, not a target. The numbers of
reports and of series that a file gives beside the values are counts, and there 0 is true.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.pages.shown import tables, taken

WORLD = {
    "cohorts": "cohort,name,closed_on,decided_on,plan\n1,First,2023-03-31,2023-06-15,KAP\n",
    "applications": (
        "application_id,cohort,country,organization,stage,goals\n"
        "A1,1,KEN,Hub,selected,KAP-1;KAP-2\nA2,1,FJI,Fale,selected,KAP-2\n"
    ),
    "centres": "centre_id,application_id,name,country\nC1,A1,Kituo,KEN\nC2,A2,Vale,FJI\n",
    "centre_statuses": "centre_id,status,since\nC1,operating,2024-01-01\nC2,operating,2024-01-01\n",
    "indicators": (
        "indicator,goal,name,unit,level,direction,kind,additive\n"
        "ZR,KAP-1,Trees counted,trees,output,up,cumulative,yes\n"
        "SI,KAP-2,Silent seats,seats,output,up,cumulative,yes\n"
    ),
    # Both of the silent ones fall due within the days that Changes compares.
    "targets": (
        "centre_id,indicator,baseline,baseline_on,target,due_on,set_on\n"
        "C1,ZR,,,44,2026-12-31,2024-01-15\n"
        "C1,SI,7,2023-12-31,33,2026-11-11,2024-01-15\n"
        "C1,SI,7,2023-12-31,22,2026-11-11,2026-11-01\n"
        "C2,SI,5,2023-12-31,25,2026-11-15,2024-01-15\n"
    ),
    "measurements": "centre_id,indicator,measured_on,value\nC1,ZR,2026-09-13,0\n",
}
SILENT, ZERO = "Silent seats|Vale|\\bSI\\b", "Trees counted|\\bZR\\b"
A_ZERO = re.compile(r"(?<![\w.,-])0(?:[.,]0+)?(?![.,]?\w)")
# Columns of files that count: reports, series by what is known of them, an application's reviews.
COUNTS = {"reports", "parts", "series", "reporting", "targets", "least", "most", "reviews"}


@dataclass(frozen=True)
class Shown:
    """All that one address gives: sentences, rows of tables and of CSV files, words of figures."""

    sentences: list[str]
    rows: list[str]
    files: dict[str, list[dict[str, str]]]
    figures: list[dict]

    def named(self, pattern):
        """Every piece of it that names this: as text, without the columns that count."""
        lines = [
            " | ".join(f"{name}: {cell}" for name, cell in row.items() if name not in COUNTS)
            for rows in self.files.values()
            for row in rows
        ]
        drawn = [text for figure in self.figures for text in words(figure)]
        everything = [*self.sentences, *self.rows, *lines, *drawn]
        return [text for text in everything if re.search(pattern, text)]


@pytest.fixture
def look(open_page, store_with, monkeypatch):
    """Opens an address with everything on it unfolded."""
    monkeypatch.setattr("pages.parts.door.today", lambda: date(2026, 11, 24))
    store_with(**WORLD)

    def look_(page, **address):
        app = open_page(page, **address)
        for name in ("priorities_strip_table", "priorities_regions", "priorities_sums"):
            app.session_state[name] = True
        for name in ("trends_KAP-1", "trends_KAP-2"):
            app.session_state[name] = True
        app.run()
        assert not app.error and not app.exception
        texts = (*app.markdown, *app.caption, *app.info, *app.title)
        return Shown(
            [line for it in texts for line in read(it.value).splitlines()],
            [" | ".join(map(str, row)) for table in tables(app) for row in table.to_numpy()],
            {name: rows(taken(token, "csv").body) for name, token in tokens(app).items()},
            [json.loads(it.proto.spec) | {"alt": it.proto.alt} for it in app.get("plotly_chart")],
        )

    return look_


def read(text):
    """Markdown as people read it, without where its links lead."""
    text = re.sub(r"\]\([^)]*\)", "]", str(text))
    return re.sub(r"\\(.)", r"\1", text.replace("**", "")).replace("\u2060", "")


def words(figure):
    """Everything a figure says of single points, and what is said of it in its place."""
    yield figure["alt"]
    for trace in figure["data"]:
        for name in ("text", "hovertext"):
            said = trace.get(name) or []
            yield from [said] if isinstance(said, str) else said


def tokens(app):
    return {
        name: token
        for name, (token, offer) in app.session_state["take_away"].items()
        if offer and "csv" in offer.kinds
    }


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


ADDRESSES = [
    ("overview", {}),
    ("goals", {}),
    ("goals", {"by": "region"}),
    ("goals", {"goal": "KAP-2"}),
    ("goals", {"centre": "C1", "indicator": "SI"}),
    ("goals", {"centre": "C2", "indicator": "SI"}),
    ("centres", {"centre": "C1"}),
    ("centres", {"centre": "C2"}),
    ("country", {"country": "KEN"}),
    ("country", {"country": "FJI"}),
    ("changes", {}),
    ("overview", {"region": "ASP"}),
    ("goals", {"region": "ASP"}),
    ("changes", {"region": "ASP"}),
]


def test_a_zero_is_told_from_other_numbers():
    yes = ["0", "a: 0", "0 of 2", "0%", "0.0", "0,0", "(0)", "0<br>→ 33"]
    no = ["", "10", "2026-10-01", "0.5", "100", "C0", "20 Nov 2026", "1,000", "KAP-0"]
    assert [text for text in yes + no if A_ZERO.search(text)] == yes


@pytest.mark.parametrize("page, address", ADDRESSES)
def test_nothing_that_names_the_silent_holds_a_zero(look, page, address):
    said = look(page, **address).named(SILENT)
    assert said
    assert [text for text in said if A_ZERO.search(text)] == []


@pytest.mark.parametrize("page, address", ADDRESSES)
def test_no_figure_draws_the_silent(look, page, address):
    for figure in look(page, **address).figures:
        for trace in figure["data"]:
            if trace["type"] == "bar" and "insidetextanchor" in trace:  # a piece of the strip
                assert 0 not in trace["x"]
            if trace.get("mode") == "text":  # of the matrix: numbers, of the one that reported
                assert trace["text"] in (["0<br>→ 44"], ["0 of 1"])
            if trace.get("mode") == "markers" and "cliponaxis" in trace:  # of a trend: reports
                assert trace["y"] in ([], [0])


@pytest.mark.parametrize(
    "page, address, zeros",
    [
        (
            "goals",
            {"goal": "KAP-1"},
            ["Trees counted, trees | Kituo, Kenya | ▼ off courseone report | 0 (13 Sept 2026)"],
        ),
        ("goals", {}, ["Trees counted, trees | 0 (1 of 1) | 0 (1 of 1) | –"]),
        (
            "centres",
            {"centre": "C1"},
            ["Trees countedAffordable connectivity | 0 trees (13 Sept 2026)"],
        ),
        ("country", {"country": "KEN"}, ["Trees counted | 0 trees (13 Sept 2026) | 44 trees by"]),
        ("changes", {}, ["Kituo | Kenya | Trees counted | 1 | – | 0 | 13 Sept 2026"]),
    ],
)
def test_a_report_of_zero_is_told_as_zero(look, page, address, zeros):
    told = look(page, **address).rows
    for zero in zeros:
        assert [row for row in told if row.startswith(zero)], told


def test_the_matrix_writes_the_zero_and_leaves_the_silent_without_a_number(look):
    [matrix] = look("goals").figures
    assert [trace["text"] for trace in matrix["data"] if trace.get("mode") == "text"] == [
        ["0<br>→ 44"]
    ]
    hovered = [text for trace in matrix["data"] for text in trace.get("hovertext", ()) if text]
    assert "<b>Vale</b>, Fiji<br>Silent seats, seats<br>→ 25 · no report, past due" in hovered


def test_the_trends_have_a_dot_for_the_zero_and_none_for_the_silent(look):
    for priority, expected in (("KAP-1", [[0]]), ("KAP-2", [[], []])):
        _matrix, trends = look("goals", goal=priority).figures
        dots = [trace["y"] for trace in trends["data"] if trace["mode"] == "markers"]
        assert dots == expected


def test_sums_and_counts_are_blank_where_nobody_reported(look):
    shown = look("goals")
    assert [row for row in shown.rows if row.startswith("Silent seats, seats | –")] == [
        "Silent seats, seats | – | – | – | – | – | – | –"
    ]
    summed = {
        (it["region"], it["indicator"]): it["value"] for it in shown.files["priorities-added-up"]
    }
    assert summed[("", "ZR")] == "0" or summed[("", "ZR")] == "0.0"
    assert {value for (_, code), value in summed.items() if code == "SI"} == {""}
    silent = [it for it in shown.files["priorities-by-region"] if it["region"] == "ASP"]
    assert [(it["reporting"], it["on_course"], it["unjudged"]) for it in silent] == [("0", "", "")]


def test_the_file_of_all_series_gives_the_zero_and_blanks(look):
    found = {
        (it["centre_id"], it["indicator"]): it for it in look("goals").files["centres-by-priority"]
    }
    assert float(found["C1", "ZR"]["value"]) == 0
    for key in (("C1", "SI"), ("C2", "SI")):
        row = found[key]
        names = ("value", "measured_on", "ratio", "actual_pace", "at_this_pace_on", "outlook")
        assert [row[name] for name in names] == [""] * 6
        assert (row["status"], row["reports"]) == ("no report", "0")


def test_a_workbook_gives_the_zero_and_blanks(look, open_page):
    look("goals")
    app = open_page("goals")
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(taken(tokens(app)["centres-by-priority"], "xlsx").body)
    )
    heading, *cells = book.get_sheet_by_name("Table").to_python()
    table = pd.DataFrame(cells, columns=heading)
    told = {
        (row.centre_id, row.indicator): (row.value, row.ratio, row.actual_pace)
        for row in table.itertuples()
    }
    assert told[("C1", "ZR")][0] == 0 and told[("C1", "ZR")][0] != ""
    assert told[("C1", "SI")] == told[("C2", "SI")] == ("", "", "")


def test_a_series_without_reports_offers_no_row_and_says_so(look):
    shown = look("goals", centre="C2", indicator="SI")
    assert shown.files["reports-of-a-series"] == []
    assert any("Nothing was reported as a total." in line for line in shown.sentences)
    zero = look("goals", centre="C1", indicator="ZR")
    assert [float(row["value"]) for row in zero.files["reports-of-a-series"]] == [0]
    assert any("Latest value: 0 (13 Sept 2026)." in line for line in zero.sentences)


def test_the_strip_leaves_the_judgement_of_a_silent_priority_blank(look):
    shown = look("overview")
    [table] = [rows for name, rows in shown.files.items() if name == "priorities-strip"]
    told = {row["label"]: row for row in table}
    silent, reported = told["Digital transformation"], told["Affordable connectivity"]
    assert (reported["reporting"], reported["off course"], reported["no report"]) == ("1", "1", "0")
    assert (silent["reporting"], silent["off course"], silent["no report"]) == ("0", "", "2")


def test_sentences_over_the_silent_alone_have_words_for_it(look):
    [tally] = [line for line in look("goals", region="ASP").sentences if "contribution" in line]
    assert tally.startswith(
        "The centres' reported contribution to the priorities of the Kigali Action Plan: "
        "1 target, no report yet."
    )
    assert any(
        "1 centre has not reported." in line for line in look("goals", region="ASP").sentences
    )
    overview = look("overview", region="ASP").sentences
    assert (
        "Towards the Kigali Action Plan the centres have 1 target, and no report on it yet."
        in overview
    )
    assert any(
        "It has 1 target and has not reported on it." in line
        for line in look("centres", centre="C2").sentences
    )


@pytest.mark.parametrize("country, zeros", [("KEN", 1), ("FJI", 0)])
def test_on_paper_the_one_zero_is_the_one_that_was_reported(look, open_page, country, zeros):
    look("country", country=country)
    app = open_page("country", country=country)
    [token] = [token for token, offer in app.session_state["take_away"].values() if offer]
    [page] = PdfReader(io.BytesIO(taken(token, "pdf").body)).pages
    text = page.extract_text()
    # The neighbours in its region are counted, and there are none.
    told = re.sub(r"\s+", " ", text).replace("0 other countries have a centre", "")
    assert "Silent seats" in told and "no report" in told
    assert len(A_ZERO.findall(told)) == zeros
    assert ("0 trees (13 Sept 2026)" in told) == bool(zeros)

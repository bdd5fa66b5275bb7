"""The time line: every dated milestone once, at its day, told apart by shape."""

from datetime import date

import pandas as pd

from charts.timeline import timeline

TODAY = date(2026, 11, 24)
WORDS = {"met": "met", "late": "late", "to come": "to come", "no longer due": "no longer due"}


def drawn(*rows, dark=False):
    columns = ["milestone", "due_on", "met_on", "state"]
    return timeline(
        pd.DataFrame(rows, columns=columns), TODAY, WORDS, "24 Nov 2026", dark=dark
    ).to_dict()


def marks(figure):
    return {
        trace["name"]: (trace["marker"]["symbol"], list(zip(trace["x"], trace["y"], strict=True)))
        for trace in figure["data"]
        if trace["mode"] == "markers"
    }


ALL = (
    ("Team", date(2024, 3, 31), date(2024, 4, 15), "met"),
    ("Report", date(2026, 6, 30), None, "late"),
    ("End", date(2027, 12, 31), None, "to come"),
    ("After", date(2028, 1, 31), None, "no longer due"),
    ("Some day", None, None, "no date"),
)


def test_each_state_has_a_shape_and_a_word_and_what_has_no_date_is_not_drawn():
    assert marks(drawn(*ALL)) == {
        "met": ("circle", [(date(2024, 4, 15), 0)]),
        "late": ("triangle-up", [(date(2026, 6, 30), 1)]),
        "to come": ("circle-open", [(date(2027, 12, 31), 2)]),
        "no longer due": ("x-thin-open", [(date(2028, 1, 31), 3)]),
    }


def test_a_line_leads_from_the_day_it_was_due_to_the_day_it_was_met():
    delays = drawn(*ALL)["data"][0]
    assert delays["x"] == [date(2024, 3, 31), date(2024, 4, 15), None]
    assert delays["y"] == [0, 0, None]


def test_a_milestone_met_on_no_due_date_stands_where_it_was_met():
    figure = drawn(("Team", None, date(2024, 4, 15), "met"))
    assert marks(figure) == {"met": ("circle", [(date(2024, 4, 15), 0)])}
    assert figure["data"][0]["x"] == []


def test_the_day_that_is_shown_is_a_line_with_its_label_and_within_the_axis():
    figure = drawn(("Team", date(2020, 3, 31), None, "late"))
    [line] = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (TODAY, TODAY)
    assert figure["layout"]["annotations"][0]["text"] == "24 Nov 2026"
    first, last = figure["layout"]["xaxis"]["range"]
    assert first < date(2020, 3, 31) and last > TODAY


def test_names_are_shown_as_written():
    figure = drawn(("<b>Team</b> & co", date(2024, 3, 31), None, "late"), dark=True)
    assert figure["layout"]["yaxis"]["ticktext"] == ["&lt;b&gt;Team&lt;/b&gt; &amp; co"]
    assert figure["data"][1]["text"] == ["&lt;b&gt;Team&lt;/b&gt; &amp; co"]

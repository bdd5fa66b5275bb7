import gc
import gzip
import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.shown import taken


def page(**more):
    """A page with one table, as a script of its own."""

    def script(more):
        import pandas as pd

        from pages.parts.downloads import take_away

        def words(text, **values):
            return text.format(**values)

        def build():
            if more.get("broken"):
                raise RuntimeError("no such column")
            return pd.DataFrame({"name": ["Kenya"], "n": [2]})

        take_away(
            words,
            "by-country",
            more.get("title", "Where from?"),
            more.get("stamp", [("Cohort", "1")]),
            pd.DataFrame({"name": ["n"], "meaning": ["Applications"]}),
            build,
            figure_key=more.get("figure_key"),
            note=more.get("note", ""),
            notice=more.get("notice", ""),
            banner=more.get("banner", ""),
        )

    test = AppTest.from_function(script, kwargs={"more": more}).run()
    assert not test.exception
    return test


def shown(test):
    return test.get("html")[0].proto.body


def links(test):
    return re.findall(r'href="take-away/([^/"]+)/([^"]+)" download="([^"]+)"', shown(test))


def told(test):
    return json.loads(unescape(re.search("data-told='([^']*)'", shown(test))[1]))


def around(test):
    """What stands around the picture of the figure."""
    return json.loads(taken(links(test)[0][0], "picture").body)


def test_each_kind_of_file_is_offered_under_one_token_nobody_can_guess():
    test = page()
    offered = links(test)
    assert [(kind, name) for _, kind, name in offered] == [
        ("csv", "by-country.csv"),
        ("xlsx", "by-country.xlsx"),
        ("parquet", "by-country.parquet"),
        ("columns", "by-country-columns.csv"),
    ]
    assert len({token for token, _, _ in offered}) == 1
    assert len(offered[0][0]) == 22
    assert links(page())[0][0] != offered[0][0]


@pytest.mark.parametrize(
    "kind, start",
    [
        ("csv", b"\xef\xbb\xbfname,n,stamp\r\nKenya,2,Cohort: 1"),
        ("columns", b"\xef\xbb\xbfname,meaning,stamp\r\nn,Appl"),
        ("xlsx", b"PK"),
        ("parquet", b"PAR1"),
    ],
)
def test_a_file_is_sent_by_name_and_kept_nowhere(kind, start):
    test = page()
    token, name = next((token, name) for token, offered, name in links(test) if offered == kind)
    answer = taken(token, kind)
    assert answer.status_code == 200
    assert answer.body.startswith(start)
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["cache-control"] == "no-store"


def test_a_paper_is_a_pdf_and_nothing_else_and_says_what_its_fonts_lack():
    def script():
        from pages.parts.downloads import take_paper_away
        from reports.paper import Unwritable

        def words(text, **values):
            return text.format(**values)

        def lacking():
            raise Unwritable("No font for it.")

        take_paper_away(words, "brief-KEN", "Kenya", lambda: b"%PDF-1.7", notice="sample")
        take_paper_away(words, "brief-NRU", "Naoero", lacking)

    test = AppTest.from_function(script).run()
    [(token, kind, name), (other, _, plain)] = [
        re.search(r'href="take-away/([^/"]+)/([^"]+)" download="([^"]+)"', it.proto.body).groups()
        for it in test.get("html")
    ]
    assert (kind, name, plain) == ("pdf", "sample-brief-KEN.pdf", "brief-NRU.pdf")
    answer = taken(token, "pdf")
    assert (answer.status_code, answer.body, answer.media_type) == (
        200,
        b"%PDF-1.7",
        "application/pdf",
    )
    assert taken(token, "csv").status_code == 404
    refused = taken(other, "pdf")
    assert (refused.status_code, refused.body) == (422, b"No font for it.")


def test_a_file_is_packed_before_it_reaches_the_event_loop():
    test = page()
    token = links(test)[0][0]
    plain, packed = taken(token, "csv"), taken(token, "csv", **{"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_the_row_stays_the_same_from_run_to_run_whatever_the_filters():
    stamp = [("Cohort", "1")]
    test = page(stamp=stamp, figure_key="map")
    before = shown(test)
    assert around(test)["small"][-1].endswith("Cohort: 1")
    stamp[0] = ("Cohort", "2")
    assert shown(test.run()) == before
    assert around(test)["small"][-1].endswith("Cohort: 2")


def test_a_token_dies_with_its_session():
    test = page()
    token = links(test)[0][0]
    assert taken(token, "csv").status_code == 200
    del test
    gc.collect()
    assert taken(token, "csv").status_code == 404


@pytest.mark.parametrize(
    "token, kind",
    [("guessed", "csv"), (None, "exe"), (None, ""), (None, "pdf"), (None, "picture")],
)
def test_what_was_not_offered_is_not_found(token, kind):
    test = page()
    assert taken(token or links(test)[0][0], kind).status_code == 404


def test_what_a_session_may_no_longer_see_it_may_no_longer_take():
    def script():
        import pandas as pd
        import streamlit as st

        from pages.parts.downloads import forget, take_away

        forget()

        def words(text, **values):
            return text

        names = ["open", "secret"] if "drawn" not in st.session_state else ["open"]
        st.session_state["drawn"] = True
        for name in names:
            take_away(words, name, "?", [], pd.DataFrame({"n": [], "m": []}), pd.DataFrame)

    test = AppTest.from_function(script).run()
    both = [re.search("take-away/([^/]+)/csv", html.proto.body)[1] for html in test.get("html")]
    assert [taken(token, "columns").status_code for token in both] == [200, 200]
    test.run()
    gc.collect()
    assert [taken(token, "columns").status_code for token in both] == [200, 404]


def test_a_file_that_fails_says_so_with_a_reference_found_in_the_log(caplog):
    test = page(broken=True)
    answer = taken(links(test)[0][0], "csv")
    assert answer.status_code == 500
    said = re.fullmatch(
        r"The file could not be made\. The log knows why, under ([0-9a-f]{8})\.",
        answer.body.decode(),
    )
    assert said
    assert said[1] in caplog.text
    assert "no such column" in caplog.text


def test_a_table_too_large_for_a_workbook_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("reports.tables.MOST_ROWS", 0)
    test = page()
    answer = taken(links(test)[0][0], "xlsx")
    assert answer.status_code == 422
    assert answer.body.decode().startswith("A worksheet holds 0 rows and this table has 1")


def test_a_sample_is_one_by_name_and_in_the_picture():
    test = page(notice="sample: drawn by lot", figure_key="map", note="Boundaries …")
    assert links(test)[0][2] == "sample-by-country.csv"
    assert around(test)["notice"] == "sample: drawn by lot"
    assert told(test)["file"] == "sample-by-country"
    assert around(test)["small"] == [
        "Boundaries …",
        "Cite as: “Where from?”, Innovation alliance dashboard. Cohort: 1",
    ]


def test_other_weights_stand_above_the_picture_beside_the_sample_and_not_in_its_name():
    test = page(banner="Made under other weights.", figure_key="map")
    assert around(test)["notice"] == "Made under other weights."
    assert told(test)["file"] == "by-country"
    test = page(notice="sample: drawn by lot", banner="Made under other weights.", figure_key="map")
    assert around(test)["notice"] == "sample: drawn by lot · Made under other weights."


def test_only_a_figure_is_offered_as_a_picture():
    assert "<button" not in shown(page())
    kinds = re.findall('<button type="button" data-kind="([a-z]+)"', shown(page(figure_key="map")))
    assert kinds == ["svg", "png"]


def test_text_from_data_is_never_markup_in_the_row():
    title = "</div><img src=x onerror='alert(1)'> & \"x\""
    test = page(title=title, figure_key="map")
    assert "<img" not in shown(test)
    assert around(test)["title"] == title


def test_nothing_is_built_before_somebody_asks():
    # The table cannot be built, and the page is none the worse.
    assert len(links(page(broken=True))) == 4

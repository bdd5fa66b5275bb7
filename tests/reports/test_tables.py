import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from reports import tables
from reports.tables import TooLarge, as_csv, as_parquet, as_xlsx, stamp_line

STAMP = [("", "sample: countries and results drawn by lot"), ("Region", "Africa & Arab States")]
LINE = "sample: countries and results drawn by lot · Region: Africa & Arab States"
DICTIONARY = pd.DataFrame({"name": ["text"], "meaning": ["Whatever somebody typed"]})


def english(text, **values):
    return text.format(**values)


def csv_rows(frame, stamp=STAMP):
    content = as_csv(frame, stamp)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def xlsx_rows(frame):
    return sheet(as_xlsx(frame, STAMP, DICTIONARY, english), "Table")


def parquet_table(frame):
    return pq.read_table(io.BytesIO(as_parquet(frame, STAMP, DICTIONARY)))


# What was typed -> what stands in the CSV file, where a spreadsheet would run it.
HOSTILE = [
    ("=1+1", "'=1+1"),
    ("+41 22 730", "'+41 22 730"),
    ("-x", "'-x"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ('=HYPERLINK("https://example.org","x")', '\'=HYPERLINK("https://example.org","x")'),
    ("https://example.org", "https://example.org"),
    ("007", "007"),
    ("1E5", "1E5"),
    ("NA", "NA"),
    ("a=b", "a=b"),
    ("<r>x</r>", "<r>x</r>"),
    ("'quoted'", "'quoted'"),
    ('comma, "quote"\nand line', 'comma, "quote"\nand line'),
    ("مركز الابتكار", "مركز الابتكار"),
    ("Côte d’Ivoire", "Côte d’Ivoire"),
    ("a\x00b\x1fc", "a�b�c"),
]


@pytest.mark.parametrize("typed, written", HOSTILE)
def test_a_csv_cell_never_starts_a_formula_and_is_otherwise_as_typed(typed, written):
    assert csv_rows(pd.DataFrame({"text": [typed]})) == [["text", "stamp"], [written, LINE]]


@pytest.mark.parametrize("typed, _", [case for case in HOSTILE if "\r" not in case[0]])
def test_a_workbook_cell_is_the_text_as_typed(typed, _):
    shown = typed.replace("\x00", "�").replace("\x1f", "�")
    assert xlsx_rows(pd.DataFrame({"text": [typed]})) == [["text", "stamp"], [shown, LINE]]


def test_a_workbook_holds_no_formula_and_no_link():
    frame = pd.DataFrame({"=1+1": [typed for typed, _ in HOSTILE]})
    content = as_xlsx(frame, STAMP, DICTIONARY, english)

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(n) for n in parts.namelist() if n.startswith("xl/worksheets/")]
    assert len(sheets) == 3
    for text in sheets:
        assert b"<f>" not in text
        assert b"<hyperlink" not in text


def test_a_heading_of_a_csv_file_never_starts_a_formula():
    assert csv_rows(pd.DataFrame({"=A1": [1]}))[0] == ["'=A1", "stamp"]


def test_numbers_stay_numbers_and_what_is_missing_stays_empty():
    frame = pd.DataFrame(
        {
            "whole": pd.array([-3, None], dtype="Int64"),
            "part": [-0.5, np.nan],
            "exact": [Decimal("-1.25"), None],
            "yes": pd.array([True, None], dtype="boolean"),
            "text": ["", None],
        }
    )
    assert csv_rows(frame)[1:] == [
        ["-3", "-0.5", "-1.25", "True", "", LINE],
        ["", "", "", "", "", LINE],
    ]
    assert xlsx_rows(frame)[1:] == [[-3.0, -0.5, -1.25, True, "", LINE], ["", "", "", "", "", LINE]]


def test_a_workbook_keeps_every_digit_of_a_long_number_and_says_infinite_in_words():
    frame = pd.DataFrame({"id": [9007199254740993], "ratio": [float("inf")]})
    assert xlsx_rows(frame)[1] == ["9007199254740993", "inf", LINE]


def test_days_are_days_and_moments_are_utc():
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-05-01", None]),
            "moment": pd.to_datetime(["2024-05-01 09:30", None]),
            "zoned": pd.to_datetime(["2024-05-01 09:30+03:00", None]),
            "old": [date(1865, 5, 17), None],
        }
    )
    assert csv_rows(frame)[1][:-1] == [
        "2024-05-01",
        "2024-05-01T09:30:00",
        "2024-05-01T06:30:00",
        "1865-05-17",
    ]
    # A worksheet's calendar begins in 1900: what is older is text.
    assert xlsx_rows(frame)[1][:-1] == [
        date(2024, 5, 1),
        datetime(2024, 5, 1, 9, 30),
        datetime(2024, 5, 1, 6, 30),
        "1865-05-17",
    ]
    assert parquet_table(frame).to_pylist()[0] == {
        "day": date(2024, 5, 1),
        "moment": datetime(2024, 5, 1, 9, 30),
        "zoned": datetime(2024, 5, 1, 6, 30, tzinfo=UTC),
        "old": date(1865, 5, 17),
    }


def test_lists_are_joined_where_a_cell_is_text_and_stay_lists_in_parquet():
    frame = pd.DataFrame({"goals": [np.array(["=KAP-1", "KAP-2"]), ["KAP-3"], None]})
    assert [row[0] for row in csv_rows(frame)[1:]] == ["'=KAP-1; KAP-2", "KAP-3", ""]
    assert [row[0] for row in xlsx_rows(frame)[1:]] == ["=KAP-1; KAP-2", "KAP-3", ""]
    assert parquet_table(frame)["goals"].to_pylist() == [["=KAP-1", "KAP-2"], ["KAP-3"], None]


@pytest.mark.parametrize("letter", ["x", "🌍"])
def test_text_too_long_for_a_cell_is_cut_in_the_workbook_alone_and_says_so(letter):
    frame = pd.DataFrame({"text": [letter * 40_000]})
    assert csv_rows(frame)[1][0] == letter * 40_000
    assert parquet_table(frame)["text"].to_pylist() == [letter * 40_000]
    shown = xlsx_rows(frame)[1][0]
    assert shown.startswith(letter * 16_000)
    assert shown.endswith(
        "… (cut: a cell holds no more; the CSV and Parquet files have the whole text)"
    )
    assert len(shown.encode("utf-16-le")) // 2 <= 32_767


def test_text_that_just_fits_a_cell_is_whole():
    frame = pd.DataFrame({"text": ["x" * 32_767]})
    assert xlsx_rows(frame)[1][0] == "x" * 32_767


def test_an_empty_table_keeps_its_headings():
    frame = pd.DataFrame({"name": pd.Series(dtype=str), "day": pd.Series(dtype="datetime64[us]")})
    assert csv_rows(frame) == [["name", "day", "stamp"]]
    assert xlsx_rows(frame) == [["name", "day", "stamp"]]
    assert parquet_table(frame).column_names == ["name", "day"]
    assert parquet_table(frame).num_rows == 0


def test_a_workbook_explains_its_columns_and_says_where_it_is_from():
    content = as_xlsx(pd.DataFrame({"text": ["a"]}), STAMP, DICTIONARY, english)
    assert sheet(content, "Dictionary") == [
        ["Column", "Meaning"],
        ["text", "Whatever somebody typed"],
    ]
    assert sheet(content, "About this file") == [
        ["What", "Value"],
        ["", "sample: countries and results drawn by lot"],
        ["Region", "Africa & Arab States"],
    ]


def test_parquet_carries_stamp_and_dictionary_in_its_schema():
    schema = parquet_table(pd.DataFrame({"text": ["=1+1"], "n": [1]})).schema
    assert json.loads(schema.metadata[b"stamp"]) == [list(pair) for pair in STAMP]
    assert json.loads(schema.metadata[b"dictionary"]) == {"text": "Whatever somebody typed"}
    assert schema.field("text").metadata == {b"description": b"Whatever somebody typed"}
    assert schema.field("n").metadata is None


def test_a_stamp_reads_as_one_line():
    assert stamp_line(STAMP) == LINE


def test_a_table_with_a_stamp_of_its_own_is_refused_rather_than_overwritten():
    with pytest.raises(ValueError, match="has a column named stamp already"):
        as_csv(pd.DataFrame({"stamp": [1]}), STAMP)


def test_a_workbook_refuses_more_rows_than_a_worksheet_holds(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(TooLarge, match="holds 2 rows and this table has 3: take CSV or Parquet"):
        xlsx_rows(pd.DataFrame({"n": [1, 2, 3]}))
    assert len(xlsx_rows(pd.DataFrame({"n": [1, 2]}))) == 3


def test_rows_keep_their_order_across_the_seams(monkeypatch):
    monkeypatch.setattr(tables, "AT_A_TIME", 2)
    frame = pd.DataFrame({"n": [5, 1, 4, 2, 3]}, index=[9, 8, 7, 6, 5])
    assert [row[0] for row in csv_rows(frame)] == ["n", "5", "1", "4", "2", "3"]


SCRIPT = """
import hashlib, pandas, sys
from reports.tables import as_csv, as_parquet, as_xlsx
frame = pandas.DataFrame({"a": ["x", None], "day": pandas.to_datetime(["2024-05-01", None])})
words = pandas.DataFrame({"name": ["a"], "meaning": ["b"]})
stamp = [("Cohort", "1")]
for made in (as_csv(frame, stamp), as_parquet(frame, stamp, words),
             as_xlsx(frame, stamp, words, lambda text, **values: text)):
    print(hashlib.sha256(made).hexdigest())
"""


def test_the_same_table_is_the_same_bytes_in_another_process_and_time_zone():
    def hashes(zone, seed):
        return subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[2],
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout.split()

    assert len(hashes("UTC", "1")) == 3
    assert hashes("UTC", "1") == hashes("Pacific/Kiritimati", "2")

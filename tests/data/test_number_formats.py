"""A number reads as what its cell shows. Expected texts are what a spreadsheet draws."""

import datetime as dt

import pytest

from data.cells import FAULT
from data.number_formats import format_of
from data.workbook_cells import text_of

# Format code, number, what the cell shows.
SHOWN = [
    ("0000", 7, "0007"),
    ('"A"000', 7, "A007"),
    (r"\R0", 12, "R12"),
    ("0", 7.5, "8"),
    ("0.00", 7.5, "7.50"),
    ("0.0##", 7.25, "7.25"),
    ("#,##0.00", 1234567.5, "1,234,567.50"),
    ("#,##0.00 [$€-407]", 1234.5, "1,234.50 €"),
    ("0%", 0.75, "75%"),
    ("0.0%", 0.755, "75.5%"),
    ("#,##0,", 7600, "8"),
    ("[Red]0.0;-0.0", -2.25, "-2.3"),
    ('0" days"', 3, "3 days"),
    ('[>=1000]#,##0.0,"k";0.00', 7.5, "7.50"),
    ('[>=1000]#,##0.0,"k";0.00', 7600, "7.6k"),
    ("[Red][<5]0.0;[Green]0.00", 4.25, "4.3"),
    ("[Red][<5]0.0;[Green]0.00", 9, "9.00"),
    ('[=1]"yes";[=0]"no";0', 1, "yes"),
    ('[=1]"yes";[=0]"no";0', 2, "2"),
    ('0" [<5]"', 3, "3 [<5]"),
]


@pytest.mark.parametrize("code, number, shown", SHOWN)
def test_a_key_is_what_its_cell_shows(code: str, number: float, shown: str) -> None:
    assert text_of(float(number), format_of(164, code)(number), "key") == (shown, "")


DATES = {
    "yyyy-mm-dd": "day",
    "[$-409]d mmm yy;@": "day",
    "mmm yy": "day",
    "dd/mm/yyyy hh:mm": "moment",
    "hh:mm": "time",
    "[h]:mm": "time",
    "mm:ss": "time",
    "General": "plain",
    'General" points"': "plain",
    "@": "plain",
    "0.00E+00": "plain",
}


@pytest.mark.parametrize("code, kind", DATES.items())
def test_tells_dates_from_figures(code: str, kind: str) -> None:
    assert format_of(164, code)(45000).kind == kind


# What calamine reads, the format, the kind of column, and the text.
CELLS = [
    (7.0, "General", "number", "7"),
    (7.5, "0.00", "number", "7.5"),
    (7.46, "0.0", "number", "7.46"),
    (0.1 + 0.2, "General", "number", "0.3"),
    (12.345678901234567, "General", "number", "12.345678901234567"),
    (1e300, "General", "number", "1e+300"),
    (True, "General", "yes/no", "yes"),
    (False, "General", "value", "no"),
    (True, "General", "text", "TRUE"),
    (dt.datetime(2023, 3, 15, 12), "dd/mm/yyyy", "date", "2023-03-15"),
    (dt.datetime(2023, 3, 15, 12), "dd/mm/yyyy hh:mm", "date", "2023-03-15T12:00:00"),
    (dt.date(2023, 3, 15), "mmm yy", "date", "2023-03-15"),
    ("Hub ", "General", "text", "Hub "),
]


@pytest.mark.parametrize("cell, code, kind, text", CELLS)
def test_reads_a_cell_as_one_would_write_it(cell: object, code: str, kind: str, text: str) -> None:
    assert text_of(cell, format_of(164, code)(1), kind)[0] == text


def test_says_where_a_number_hides_its_unit_or_its_digits() -> None:
    assert text_of(0.75, format_of(9, None)(0.75), "number")[0].startswith(FAULT)
    assert text_of(7.46, format_of(164, "0.0")(7.46), "number") == ("7.46", "7.5")


# A format that writes words in a number's place: the kind of column, and the text.
WRITTEN = {"yes/no": "yes", "value": "yes", "text": "yes"}


@pytest.mark.parametrize("kind, text", WRITTEN.items())
def test_words_that_a_format_writes_for_a_number_are_what_the_cell_says(
    kind: str, text: str
) -> None:
    assert text_of(1.0, format_of(164, '[=1]"yes";"no"')(1), kind) == (text, "")


def test_words_in_a_number_s_place_are_no_number() -> None:
    said = text_of(0.0, format_of(164, '[=0]"none";0')(0), "number")[0]
    assert said.startswith(FAULT)
    assert "none" in said

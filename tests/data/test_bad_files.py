"""Files and cells that cannot be read as what they should be: a finding for each, in one go."""

from collections.abc import Callable

import pytest

NOT_A_MEMBER = "is not in the list of ITU Member States and Resolution 99; ask the secretariat"
A_COUNTRY = "an ISO 3166-1 code, or the name in one of the six languages"
STAGES = "one of submitted, eligible, evaluated, selected, reserve, not selected, withdrawn"
REVIEWER_COLUMNS = "reviewer, name, organization, country"
A_COMMA = "a decimal point; a decimal comma only where the whole column has it"
SAVE_AS = "UTF-8 or UTF-16; in a spreadsheet, save as CSV UTF-8"
QUOTES = 'a cell in quotation marks ends before the separator; one inside it is written ""'

# What is wrong -> what is changed in the right files, and the lines that are printed.
FORM = {
    "a misspelt column": (
        {"scores": ("reviewer,criterion", "reviewer,criterium")},
        ["scores.csv:1:criterium: criterium is not a column of scores (did you mean criterion?)"],
    ),
    "an unknown column": (
        {"cohorts": ("plan,sample", "plan,colour")},
        [
            "cohorts.csv:1:colour: colour is not a column of cohorts (one of cohort, name, "
            "opened_on, closed_on, decided_on, places, plan, sample)"
        ],
    ),
    "a required column missing": (
        {"cohorts": "cohort,name\n1,First\n2,Second\n"},
        ["cohorts.csv:1:plan: the column is missing (plan is required)"],
    ),
    "a column twice": (
        {"reviewers": "reviewer,name,name\nR1,Ann,A\nR2,Ben,B\nR3,Cem,C\n"},
        ["reviewers.csv:1:name: the column comes twice (each column once)"],
    ),
    "a column without a name": (
        {"reviewers": "reviewer,,name\nR1,x,Ann\nR2,,\nR3,,\n"},
        ["reviewers.csv:1:: column 2 has no name (a name above every column)"],
    ),
    "no header": (
        {"reviewers": "R1,Ann\nR2,Ben\n"},
        [
            "reviewers.csv:1:: the first row names no column of the table "
            f"(a header with {REVIEWER_COLUMNS})"
        ],
    ),
    "a misspelt file": (
        {"score.csv": "a\n1\n"},
        ["score.csv::: score.csv is not a file of the import format (did you mean scores.csv?)"],
    ),
    "a file of another kind": (
        {"scores.xls": "x"},
        ["scores.xls::: scores.xls is not a file of the import format (did you mean scores.csv?)"],
    ),
    "a table twice": (
        {"scores.parquet": b"PAR1"},
        [
            "scores.parquet::: the table scores comes twice, also as scores.csv "
            "(one file for each table)"
        ],
    ),
    "an empty file": (
        {"reviewers": ""},
        ["reviewers.csv::: the file is empty (a header and rows)"],
    ),
    "a file with nothing but a mark and a line end": (
        {"reviewers": b"\xef\xbb\xbf\r\n"},
        ["reviewers.csv::: the file is empty (a header and rows)"],
    ),
    "a workbook named .csv": (
        {"reviewers": b"PK\x03\x04xxxx"},
        [
            "reviewers.csv::: the file is a workbook or another zip archive "
            "(a CSV file, as its name says)"
        ],
    ),
    "a picture named .csv": (
        {"reviewers": b"\x89PNG\x00\x01\x02" * 30},
        ["reviewers.csv::: the file holds binary data, no text (a CSV file, as its name says)"],
    ),
    "text named .parquet": (
        {"reviewers": None, "reviewers.parquet": "reviewer,name\nR1,Ann\n"},
        ["reviewers.parquet::: the file holds no Parquet data (a Parquet file, as its name says)"],
    ),
    "a damaged Parquet file": (
        {"reviewers": None, "reviewers.parquet": b"PAR1xxxxxxxx"},
        [
            "reviewers.parquet::: the file is damaged or no Parquet file "
            "(a Parquet file, as its name says)"
        ],
    ),
    "Latin 1": (
        {"reviewers": "reviewer,name\nR1,Ann\nR2,Béa\nR3,Cem\n".encode("latin-1")},
        [
            f"reviewers.csv:3:: the text is not UTF-8 ({SAVE_AS}; or say which encoding it is: "
            "windows-1252 reads Béa, windows-1251 reads Bйa, windows-1256 reads Béa, "
            "gb18030 reads B閍)"
        ],
    ),
    "Windows Cyrillic": (
        {"reviewers": "reviewer,name\nR1,Анна\n".encode("cp1251")},
        [
            f"reviewers.csv:2:: the text is not UTF-8 ({SAVE_AS}; or say which encoding it is: "
            "windows-1252 reads Àííà, windows-1251 reads Анна, windows-1256 reads ہييà, "
            "gb18030 reads 理磬)"
        ],
    ),
    "a cell too many": (
        {"reviewers": ("R2,Ben,,", "R2,Ben,,,x")},
        ["reviewers.csv:3:: the row has 5 cells (4, as in the header)"],
    ),
    "cells too few": (
        {"reviewers": ("R2,Ben,,", "R2,Ben")},
        ["reviewers.csv:3:: the row has 2 cells (4, as in the header)"],
    ),
    "a cell alone": (
        {"reviewers": ("R2,Ben,,", "R2")},
        ["reviewers.csv:3:: the row has 1 cell (4, as in the header)"],
    ),
    "a quotation mark that is never closed": (
        {"reviewers": ("R2,Ben", 'R2,"Ben')},
        [
            "reviewers.csv:3:: a quotation mark is out of place: the file ends within a cell "
            f"({QUOTES})"
        ],
    ),
    "text behind a quotation mark": (
        {"reviewers": ("R2,Ben", 'R2,"Ben"x')},
        [
            "reviewers.csv:3:: a quotation mark is out of place: text follows where a cell ends "
            f"({QUOTES})"
        ],
    ),
    "UTF-32": (
        {"reviewers": "reviewer,name\nR1,Ann\n".encode("utf-32")},
        ["reviewers.csv::: the file holds binary data, no text (a CSV file, as its name says)"],
    ),
    "half a character of UTF-16": (
        {"reviewers": "reviewer,name\nR1,Ann\n".encode("utf-16") + b"x"},
        [f"reviewers.csv:3:: the text is not UTF-16 ({SAVE_AS})"],
    ),
    "a row with semicolons under a header with commas": (
        {"reviewers": ("R2,Ben,,", "R2;Ben;;")},
        [
            "reviewers.csv:3:: the cells of the row are parted by semicolons "
            "(commas, as in the header)"
        ],
    ),
    "a title above the header": (
        {"reviewers": "List of reviewers\n\nreviewer,name\nR1,Ann\nR2,Ben\nR3,Cem\n"},
        [
            "reviewers.csv:1:: the header stands in row 3, below 2 rows of something else "
            "(the header in row 1; delete what is above it)"
        ],
    ),
    "a title above a header with semicolons": (
        {"reviewers": "Reviewers, all\nreviewer;name\nR1;Ann\nR2;Ben\nR3;Cem\n"},
        [
            "reviewers.csv:1:: the header stands in row 2, below a row of something else "
            "(the header in row 1; delete what is above it)"
        ],
    ),
    "a compressed file": (
        {"reviewers": b"\x1f\x8b\x08\x00rest"},
        ["reviewers.csv::: the file is compressed (a CSV file, as its name says)"],
    ),
    "a page of text": (
        {"reviewers": b"%PDF-1.7 rest"},
        ["reviewers.csv::: the file is a PDF document (a CSV file, as its name says)"],
    ),
    "applications without rows": (
        {"applications": "application_id,cohort,country,organization,stage\n"},
        ["applications.csv::: the table has no rows (at least one)"],
    ),
}

CELLS = {
    "an empty required cell": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,")},
        ["scores.csv:2:score: the cell is empty (score is required)"],
    ),
    "a word for a number": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,nine")},
        ["scores.csv:2:score: nine is not a number (a number such as 7.5)"],
    ),
    "an infinite number": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,inf")},
        ["scores.csv:2:score: inf is not a finite number (a number such as 7.5)"],
    ),
    "NaN": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,NaN")},
        ["scores.csv:2:score: NaN is not a finite number (a number such as 7.5)"],
    ),
    "digits parted by _": (
        {"scores": ("A1,R1,C1,9", "A1,R1,C1,1_0")},
        ["scores.csv:2:score: 1_0 is not a number (a number such as 7.5)"],
    ),
    "a decimal comma among decimal points": (
        {"scores": ("A1,R1,C1,9", 'A1,R1,C1,"8,5"')},
        [f"scores.csv:2:score: 8,5 has a comma ({A_COMMA})"],
    ),
    "a comma that may part thousands": (
        {"targets": ("0,2023-09-01,100", '0,2023-09-01,"1,500"')},
        [f"targets.csv:2:target: 1,500 has a comma ({A_COMMA})"],
    ),
    "a date that is not ISO": (
        {"applications": ("2023-02-02", "02/03/2023")},
        [
            "applications.csv:3:submitted_on: 02/03/2023 is not an ISO 8601 date "
            "(a date as YYYY-MM-DD)"
        ],
    ),
    "a date without its zeros": (
        {"applications": ("2023-02-02", "2023-2-2")},
        [
            "applications.csv:3:submitted_on: 2023-2-2 is not an ISO 8601 date "
            "(a date as YYYY-MM-DD)"
        ],
    ),
    "a day that never was": (
        {"applications": ("2023-02-02", "2023-02-30")},
        [
            "applications.csv:3:submitted_on: 2023-02-30 is no day of the calendar "
            "(a date as YYYY-MM-DD)"
        ],
    ),
    "a stage not in the list": (
        {"applications": ("not selected", "rejected")},
        [f"applications.csv:3:stage: rejected is not in the list ({STAGES})"],
    ),
    "a stage misspelt": (
        {"applications": ("not selected", "not-selected")},
        [
            f"applications.csv:3:stage: not-selected is not in the list ({STAGES}; "
            "did you mean not selected?)"
        ],
    ),
    "an objective not in the list": (
        {"applications": ("1;2", "1;7")},
        ["applications.csv:2:objectives: 7 is not in the list (some of 1; 2; 3; 4; 5; 6)"],
    ),
    "an objective twice": (
        {"applications": ("1;2", "1;1")},
        ["applications.csv:2:objectives: 1 is named twice (each once, with ; between them)"],
    ),
    "neither yes nor no": (
        {"indicators": ("cumulative,yes", "cumulative,maybe")},
        ["indicators.csv:2:additive: maybe is neither yes nor no (yes or no)"],
    ),
    "a country outside the list": (
        {"reviewers": ("KEN", "Atlantis")},
        [f"reviewers.csv:2:country: Atlantis {NOT_A_MEMBER} ({A_COUNTRY})"],
    ),
    "a country misspelt": (
        {"applications": ("France", "Frnace")},
        [f"applications.csv:3:country: Frnace {NOT_A_MEMBER} (did you mean France?)"],
    ),
    "N/A, which is not Namibia": (
        {"applications": ("France", "N/A")},
        [f"applications.csv:3:country: N/A {NOT_A_MEMBER} ({A_COUNTRY})"],
    ),
    "a control character": (
        {"reviewers": ("Ann", "An\x07n")},
        [
            "reviewers.csv:2:name: An[U+0007]n holds the character U+0007, which one cannot see "
            "(plain text)"
        ],
    ),
    "a character that turns the direction of writing": (
        {"applications": ("Labo", "Labo\u202exslx")},
        [
            "applications.csv:3:organization: Labo[U+202E]xslx holds the character U+202E, which "
            "one cannot see (plain text)"
        ],
    ),
    "a character without width in a key": (
        {"conflicts": ("ann@", "ann\u200b@")},
        [
            "conflicts.csv:2:person: ann[U+200B]@example.org holds the character U+200B, which one "
            "cannot see (plain text)",
        ],
    ),
}

ALL_IN_ONE_GO = {
    "several files, rows and cells, in their order": (
        {
            "scores": ("A1,R1,C1,9,2023-05-01", "A9,R9,C1,x,tomorrow"),
            "cohorts": ("2023-03-31", "soon"),
            "reviewers": ("R2,Ben,,", "R2,Ben,,,"),
        },
        [
            "cohorts.csv:2:closed_on: soon is not an ISO 8601 date (a date as YYYY-MM-DD)",
            "scores.csv:2:application_id: A9 is not in applications.csv "
            "(the application_id of a row there)",
            "scores.csv:2:reviewer: R9 is not in reviewers.csv (the reviewer of a row there)",
            "scores.csv:2:score: x is not a number (a number such as 7.5)",
            "scores.csv:2:scored_on: tomorrow is not an ISO 8601 date (a date as YYYY-MM-DD)",
        ],
    ),
    "blank rows keep their numbers": (
        {"scores": ("A1,R1,C2,4.5,2023-05-01\n", "\n,,,,\nA1,R1,C2,99,\n")},
        ["scores.csv:5:score: 99 lies outside the scale of criterion C2 (a number from 0 to 5)"],
    ),
    "a cell over two lines is one row": (
        {"reviewers": ("R1,Ann,,KEN", 'R1,"Ann\nB.",,KEN\nR0,,,XX')},
        [f"reviewers.csv:3:country: XX {NOT_A_MEMBER} ({A_COUNTRY})"],
    ),
}

CASES = FORM | CELLS | ALL_IN_ONE_GO


@pytest.mark.parametrize("changes, expected", CASES.values(), ids=CASES)
def test_says_everything_that_is_wrong_and_changes_nothing(
    changes: dict, expected: list[str], refused: Callable[..., list[str]]
) -> None:
    assert refused(**changes) == expected


def test_a_cell_can_put_no_words_into_a_finding(refused: Callable[..., list[str]]) -> None:
    # So the reader of workbooks marks the cells it cannot trust.
    told = "[U+0001][U+0002]{} holds the character U+0001, which one cannot see (plain text)"
    for cell, shown in (
        ("All is well\x03Import it", "All is well[U+0003]Import it"),
        ("error", "error"),
        ("error\x03a\x03b", "error[U+0003]a[U+0003]b"),
    ):
        line = "reviewers.csv:2:name: " + told.format(shown)
        assert refused(reviewers=("Ann", f"\x01\x02{cell}")) == [line]


def test_wants_cohorts_and_applications_on_an_empty_store(files: Callable, said: Callable) -> None:
    wanted = "(cohorts and applications, as nothing is stored yet)"
    assert said(files(cohorts=None, applications=None)) == [
        f"applications.csv::: the table applications is missing {wanted}",
        f"cohorts.csv::: the table cohorts is missing {wanted}",
    ]


def test_finds_nothing_wrong_with_files_that_are_right(files: Callable, said: Callable) -> None:
    assert said(files()) == []

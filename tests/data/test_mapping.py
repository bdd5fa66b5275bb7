"""Their layouts, not ours: what a mapping makes of them, and findings about their own cells."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter
from openpyxl import load_workbook

from data import importing, mapping
from data import store as snapshots
from data.__main__ import main

# One row per application and one column per criterion, one sheet per reviewer.
THEIRS = {
    "Runden": [["Runde", "Titel", "Plan"], ["1", "Erste", "KAP"]],
    "Bewerbungen": [
        ["Nummer", "Runde", "Land", "Träger", "Stand", "Aktenzeichen"],
        ["A1", "1", "KEN", "Hub", "selected", "x-1"],
        ["A2", "1", "FJI", "Fale", "not selected", "x-2"],
    ],
    "Kriterien": [
        ["Runde", "Kürzel", "Name", "Gewicht", "von", "bis"],
        ["1", "C1", "Idea", "2", "1", "10"],
        ["1", "C2", "Team", "1", "0", "5"],
    ],
    "reviewers": [["reviewer"], ["R1"], ["R2"]],
    "Ann": [["Antrag", "Idee", "Team"], ["A1", "9", "4.5"], ["A2", "5", ""]],
    "Ben": [["Antrag", "Idee", "Team"], ["A1", "8", "4"], ["A2", "5", "2"]],
    "Notizen": [["nichts"], ["für uns"]],
}
SCORES = {"Antrag": "application_id", "Idee": {"criterion": "C1"}, "Team": {"criterion": "C2"}}
MAPPING = {
    "sheets": {
        "Runden": {
            "table": "cohorts",
            "columns": {"Runde": "cohort", "Titel": "name", "Plan": "plan"},
        },
        "Bewerbungen": {
            "table": "applications",
            "columns": {
                "Nummer": "application_id",
                "Runde": "cohort",
                "Land": "country",
                "Träger": "organization",
                "Stand": "stage",
                "Aktenzeichen": None,
            },
        },
        "Kriterien": {
            "table": "criteria",
            "columns": {
                "Runde": "cohort",
                "Kürzel": "criterion",
                "Gewicht": "weight",
                "von": "scale_min",
                "bis": "scale_max",
            },
        },
        "Ann": {"table": "scores", "columns": SCORES, "fixed": {"reviewer": "R1"}},
        "Ben": {"table": "scores", "columns": SCORES, "fixed": {"reviewer": "R2"}},
        "Notizen": {"table": None},
    }
}
UNPIVOTED = [
    ("A1", "R1", "C1", 9.0),
    ("A1", "R1", "C2", 4.5),
    ("A1", "R2", "C1", 8.0),
    ("A1", "R2", "C2", 4.0),
    ("A2", "R1", "C1", 5.0),
    ("A2", "R2", "C1", 5.0),
    ("A2", "R2", "C2", 2.0),
]


@pytest.fixture
def book(store: Path, tmp_path: Path) -> Callable[..., Path]:
    """Writes their workbook with some sheets changed; the mapping `theirs` is kept."""
    mapping.save("theirs", MAPPING)

    def write(**changes: list[list[str]]) -> Path:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as file:
            for title, rows in (THEIRS | changes).items():
                sheet = file.add_worksheet(title)
                for row, cells in enumerate(rows):
                    sheet.write_row(row, 0, cells)
        return path

    return write


@pytest.fixture
def folder(store: Path, tmp_path: Path) -> Path:
    """The same as CSV files."""
    mapping.save("theirs", MAPPING)
    where = tmp_path / "csv"
    where.mkdir()
    for title, rows in THEIRS.items():
        (where / f"{title}.csv").write_text("\n".join(";".join(row) for row in rows) + "\n")
    return where


def scores() -> list[tuple]:
    """The scores of the current snapshot."""
    return (
        snapshots.cursor(snapshots.current())
        .execute("select application_id, reviewer, criterion, score from score order by all")
        .fetchall()
    )


def errors(path: Path) -> list[str]:
    """What stops the import of these files by the mapping."""
    with importing.checked(path, "theirs") as draft:
        return [str(finding) for finding in draft.findings.errors]


def test_a_workbook_of_another_layout_comes_in_with_wide_scores_unpivoted(book):
    draft, published = importing.import_(book(), None, None, False, "theirs")
    assert (draft.findings.errors, published) == ([], True)
    assert scores() == UNPIVOTED


def test_a_folder_of_another_layout_comes_in_just_as_well(folder: Path):
    draft, published = importing.import_(folder, None, None, False, "theirs")
    assert (draft.findings.errors, published) == ([], True)
    assert scores() == UNPIVOTED


def test_the_mapping_is_on_record_and_no_part_of_the_hash(book, files):
    importing.import_(book(), None, None, False, "theirs")
    current = snapshots.current()
    database = snapshots.cursor(current)
    [(name, value)] = database.execute("from import_mapping").fetchall()
    assert (name, json.loads(value)) == ("theirs", MAPPING)
    assert dict(database.execute("select table_name, file from import_file").fetchall()) == {
        "cohorts": "book.xlsx[Runden]",
        "applications": "book.xlsx[Bewerbungen]",
        "criteria": "book.xlsx[Kriterien]",
        "reviewers": "book.xlsx[reviewers]",
        "scores": "book.xlsx[Ann], book.xlsx[Ben]",
    }
    # The same data in the format itself.
    path = book().parent / "plain"
    main(["export", str(path)])
    with importing.checked(path) as draft:
        assert draft.hash == current.hash


def test_findings_name_the_cells_as_they_came(book):
    path = book(
        Bewerbungen=[
            THEIRS["Bewerbungen"][0],
            ["A1", "7", "KEN", "Hub", "selected", ""],
            ["A1", "1", "Utopia", "Fale", "chosen", ""],
        ],
        Ann=[THEIRS["Ann"][0], ["A1", "99", "x"]],
        Ben=[THEIRS["Ben"][0], ["A1", "8", "4"], ["A1", "7", ""], ["A9", "", ""]],
    )
    assert errors(path) == [
        "book.xlsx[Ann]:2:Idee: 99 lies outside the scale of criterion C1 (a number from 1 to 10)",
        "book.xlsx[Ann]:2:Team: x is not a number (a number such as 7.5)",
        "book.xlsx[Ben]:3:Antrag: A1, R2, C1 stands in row 2, Idee already "
        "(each application_id, reviewer and criterion once)",
        "book.xlsx[Bewerbungen]:2:Runde: 7 is not in book.xlsx[Runden] (the cohort of a row there)",
        "book.xlsx[Bewerbungen]:3:Land: Utopia is not in the list of ITU Member States and "
        "Resolution 99; ask the secretariat (did you mean Ethiopia?)",
        "book.xlsx[Bewerbungen]:3:Nummer: A1 stands in row 2 already (each application_id once)",
        "book.xlsx[Bewerbungen]:3:Stand: chosen is not in the list (one of submitted, eligible, "
        "evaluated, selected, reserve, not selected, withdrawn)",
    ]


def test_a_finding_that_names_another_row_names_it_as_it_came(book):
    mapping.save(
        "theirs", {"sheets": {**MAPPING["sheets"], "Spät": MAPPING["sheets"]["Bewerbungen"]}}
    )
    head = THEIRS["Bewerbungen"][0]
    late = [
        ["a2", "1", "FJI", "Vale", "not selected", ""],
        ["A3", "1", "FJI", "Lale", "not selected", ""],
        ["a3", "1", "FJI", "Male", "not selected", ""],
    ]
    assert [line.partition(" (")[0] for line in errors(book(Spät=[head, *late]))] == [
        "book.xlsx[Spät]:2:Nummer: a2 looks like A2 in book.xlsx[Bewerbungen], row 3",
        "book.xlsx[Spät]:4:Nummer: a3 looks like A3 in row 3",
    ]


def test_what_a_mapped_sheet_hides_is_said_as_of_any_other(book):
    path = book()
    wide = load_workbook(path)
    wide["Ann"].row_dimensions[3].hidden = True
    wide["Ben"].column_dimensions["C"].hidden = True
    wide["Bewerbungen"].column_dimensions["F"].hidden = True  # nobody reads this one
    wide["Bewerbungen"].merge_cells("D2:D3")
    wide.save(path)
    with importing.checked(path, "theirs") as draft:
        told = [str(finding) for finding in (*draft.findings.errors, *draft.findings.warnings)]
    assert [line.partition(" (")[0] for line in told if "hidden" in line or "merged" in line] == [
        "book.xlsx[Bewerbungen]:2:Träger: the cells D2:D3 are merged, so that one sees only the "
        "first",
        "warning: book.xlsx[Ann]:3:: the row is hidden, and read like the others",
        "warning: book.xlsx[Ben]::Team: the column is hidden, and read like the others",
    ]


def test_columns_nobody_mapped_are_findings_still(book):
    path = book(
        Runden=[["Runde", "Titel", "Plan", "Farbe", ""], ["1", "Erste", "KAP", "rot", "was"]],
        Strange=[["a"], ["b"]],
    )
    assert [line.partition(" (")[0] for line in errors(path)] == [
        "book.xlsx[Runden]:1:: column 5 has no name",
        "book.xlsx[Runden]:1:Farbe: Farbe is not a column of cohorts",
        "book.xlsx[Strange]::: Strange is not a sheet of the import format",
    ]


def test_one_column_per_reviewer_is_unpivoted_too(folder: Path):
    for name in ("Ann", "Ben"):
        (folder / f"{name}.csv").unlink()
    (folder / "Punkte.csv").write_text("Antrag;Kriterium;R1;R2\nA1;C1;9;8\nA1;C2;4,5;4\nA2;C1;5;\n")
    sheets = {key: value for key, value in MAPPING["sheets"].items() if key not in ("Ann", "Ben")}
    sheets["Punkte"] = {
        "table": "scores",
        "columns": {
            "Antrag": "application_id",
            "Kriterium": "criterion",
            "R1": {"reviewer": "R1"},
            "R2": {"reviewer": "R2"},
        },
    }
    mapping.save("theirs", {"sheets": sheets})
    draft, published = importing.import_(folder, None, None, False, "theirs")
    assert (draft.findings.errors, published) == ([], True)
    assert scores() == [
        ("A1", "R1", "C1", 9.0),
        ("A1", "R1", "C2", 4.5),
        ("A1", "R2", "C1", 8.0),
        ("A1", "R2", "C2", 4.0),
        ("A2", "R1", "C1", 5.0),
    ]


def test_two_columns_cannot_fill_one(book):
    sheets = MAPPING["sheets"] | {
        "Runden": {
            "table": "cohorts",
            "columns": {"Runde": "cohort", "Titel": "name", "Plan": "name"},
        }
    }
    path = book()
    mapping.save("theirs", {"sheets": sheets})
    assert "book.xlsx[Runden]:1:Plan: Plan and Titel both fill it (name from one column)" in errors(
        path
    )


@pytest.mark.parametrize(
    "value, why",
    [
        ([], "it names no sheets"),
        ({"sheets": {"x": {"table": "y"}}}, "the sheet x is mapped to no table of the format"),
        (
            {"sheets": {"x": {"table": "scores", "columns": {"a": "b"}}}},
            "b is no column of scores",
        ),
        (
            {"sheets": {"x": {"table": "cohorts", "columns": {"a": {"cohort": "1"}}}}},
            "only scores can be wide, and a is of cohorts",
        ),
        (
            {"sheets": {"x": {"table": "scores", "columns": {"a": {"reviewer": 1}}}}},
            "what stands beside a is no text",
        ),
        ({"sheets": {"x": {"table": "scores", "fixed": {"z": "1"}}}}, "z is no column of scores"),
    ],
)
def test_a_mapping_to_what_is_not_is_refused_in_a_sentence(value: object, why: str, store: Path):
    with pytest.raises(snapshots.StoreError, match="cannot be used") as error:
        mapping.save("x", value)
    assert str(error.value) == f"The mapping x cannot be used: {why}."
    assert mapping.names() == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "x\n", "x" * 61])
def test_a_name_cannot_lead_out_of_the_folder(name: str, store: Path):
    with pytest.raises(snapshots.StoreError, match="at most 60"):
        mapping.save(name, MAPPING)


def test_a_mapping_nobody_kept_is_said(store: Path, tmp_path: Path, capsys):
    mapping.save("theirs", MAPPING)
    assert main(["check", str(tmp_path), "--mapping", "ours"]) == 1
    assert capsys.readouterr().out == "There is no mapping ours (theirs).\n"


def test_the_layout_of_files_is_told(book, folder: Path):
    told = mapping.layout(book())
    assert told[3:5] == [
        {"sheet": "reviewers", "table": "reviewers", "columns": ["reviewer"]},
        {"sheet": "Ann", "table": None, "columns": ["Antrag", "Idee", "Team"]},
    ]
    assert {each["sheet"] for each in mapping.layout(folder)} == set(THEIRS)


def test_parquet_of_another_layout_comes_in_just_as_well(folder: Path):
    for title in ("Bewerbungen", "Kriterien", "Ben"):
        (path := folder / f"{title}.csv").unlink()
        columns = zip(*THEIRS[title][1:], strict=True)
        values = dict(zip(THEIRS[title][0], map(list, columns), strict=True))
        for name in ("Gewicht", "von", "bis", "Idee", "Team"):
            if name in values:
                values[name] = [float(each) for each in values[name]]
        pyarrow.parquet.write_table(pyarrow.table(values), path.with_suffix(".parquet"))
    draft, published = importing.import_(folder, None, None, False, "theirs")
    assert (draft.findings.errors, published) == ([], True)
    assert scores() == UNPIVOTED
    kept = snapshots.files_of(1)
    assert {"Bewerbungen.parquet", "Ben.parquet", "Ann.csv"} <= set(kept)


def test_what_a_mapped_parquet_file_cannot_hold_is_said(folder: Path):
    (folder / "Runden.csv").unlink()
    rows = {"Runde": ["1"], "Titel": [{"a": 1}], "Plan": ["KAP"]}
    pyarrow.parquet.write_table(pyarrow.table(rows), folder / "Runden.parquet")
    (folder / "Notizen.csv").unlink()
    (folder / "Kriterien.csv").unlink()
    (folder / "Kriterien.parquet").write_text("Runde;Name\n")
    assert errors(folder)[0] == (
        "Kriterien.parquet::: the file holds no Parquet data (a Parquet file, as its name says)"
    )
    assert (
        "Runden.parquet:1:Titel: the column is of type STRUCT(a BIGINT) (text, numbers or dates)"
        in (errors(folder))
    )


def test_the_layout_of_parquet_is_told(tmp_path: Path):
    rows = pyarrow.table({"Runde": ["1"], "Titel": ["Erste"]})
    pyarrow.parquet.write_table(rows, tmp_path / "Runden.parquet")
    assert mapping.layout(tmp_path) == [
        {"sheet": "Runden", "table": None, "columns": ["Runde", "Titel"]}
    ]

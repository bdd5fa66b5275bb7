"""What is exported imports again to the same hash, and is safe to open."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import exporting, importing
from data import store as snapshots

Files = Callable[..., Path]

# Everything that may stand in a cell: no control characters, nothing that turns the direction.
LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
# What a spreadsheet, a CSV reader or the import itself might take for something else.
TRAPS = st.sampled_from(
    [
        "=1+1",
        "'",
        "''",
        "'=x",
        "''=x",
        "+1",
        "-1",
        "@x",
        "\t=x",
        "a,b",
        'a"b',
        '"',
        "a\nb",
        "a\r\nb",
        "NA",
        "NULL",
        "null",
        "007",
        "1E5",
        "7,5",
        "03/04/2025",
        "true",
        "#N/A",
        "日本",
        "‏نص",
        " x ",
    ]
)
TEXTS = st.one_of(TRAPS, st.text(LETTERS, min_size=1, max_size=12))
OPTIONAL = st.one_of(st.just(""), TEXTS)
NUMBERS = st.floats(-1e12, 1e12).map(repr)
DATES = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)


def _files(folder: Path, **tables: list[dict[str, str]]) -> Path:
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return folder


APPLICATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["KEN", "NA", "Côte d’Ivoire", "中国", "Fiji"]),
            "organization": TEXTS.filter(str.strip),
            "organization_type": OPTIONAL,
            "title": OPTIONAL,
            "submitted_on": st.one_of(st.just(""), DATES),
            "stage": st.sampled_from(["submitted", "Withdrawn", "reserve"]),
            "goals": st.lists(st.sampled_from(["KAP-1", "KAP-4", "KAP-5"]), unique=True).map(
                ";".join
            ),
            "objectives": st.lists(st.sampled_from("123456"), unique=True).map("; ".join),
        }
    ),
    min_size=1,
    max_size=5,
)
REVIEWERS = st.lists(st.tuples(OPTIONAL, OPTIONAL), min_size=1, max_size=3)
SCORES = st.lists(st.tuples(NUMBERS, OPTIONAL), min_size=1, max_size=5)


@given(applications=APPLICATIONS, reviewers=REVIEWERS, scores=SCORES)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_export_then_import_is_the_identity(
    applications: list, reviewers: list, scores: list, tmp_path: Path, store: Path
) -> None:
    work = tmp_path / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    came = _files(
        work,
        cohorts=[{"cohort": "1", "name": "One", "plan": "KAP", "places": "17", "sample": "yes"}],
        applications=[
            {"application_id": f"=A{n}", "cohort": "1"} | row for n, row in enumerate(applications)
        ],
        criteria=[
            {
                "cohort": "1",
                "criterion": "-C",
                "name": "C",
                "weight": "0.1",
                "scale_min": "-1e12",
                "scale_max": "1e12",
            }
        ],
        reviewers=[
            {"reviewer": f"'R{n}", "name": name, "organization": organization}
            for n, (name, organization) in enumerate(reviewers)
        ],
        scores=[
            {
                "application_id": f"=A{n % len(applications)}",
                "reviewer": f"'R{n // len(applications)}",
                "criterion": "-C",
                "score": score,
                "comment": comment,
            }
            for n, (score, comment) in enumerate(scores[: len(applications) * len(reviewers)])
        ],
    )
    with importing.drafted(came) as draft:
        assert draft.hash, list(draft.findings.lines())
        again = tmp_path / "again"
        shutil.rmtree(again, ignore_errors=True)
        exporting.export(draft.path, again)
        with importing.drafted(again) as second:
            assert second.hash == draft.hash, list(second.findings.lines())


def test_the_sample_comes_back_as_it_went(store: Path, tmp_path: Path) -> None:
    sample = snapshots.current()
    exporting.export(sample.path, tmp_path / "out")
    with importing.drafted(tmp_path / "out") as draft:
        assert draft.hash == sample.hash


def test_an_export_undoes_what_came_after_it(files: Files, store: Path, tmp_path: Path) -> None:
    # Also where a table had no rows at the time.
    importing.import_(files(conflicts=None), None, None, older=False)
    first = snapshots.current()
    exporting.export(first.path, tmp_path / "out")
    importing.import_(files(), None, None, older=False)
    importing.import_(tmp_path / "out", None, None, older=False)
    assert (snapshots.current().number, snapshots.current().hash) == (3, first.hash)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_can_become_a_formula(
    text: str, files: Files, store: Path, tmp_path: Path
) -> None:
    importing.import_(files(reviewers=("Ann", text)), None, None, older=False)
    exporting.export(snapshots.current().path, tmp_path / "out")
    written = (tmp_path / "out" / "reviewers.csv").read_text("utf-8-sig")
    assert written == f"reviewer,name,organization,country\nR1,'{text},,KEN\nR2,Ben,,\nR3,Cem,,\n"


def test_numbers_stay_numbers_and_files_begin_with_the_mark_spreadsheets_want(
    files: Files, store: Path, tmp_path: Path
) -> None:
    importing.import_(files(), None, None, older=False)
    exporting.export(snapshots.current().path, tmp_path / "out")
    assert (tmp_path / "out" / "centres.csv").read_bytes() == (
        b"\xef\xbb\xbfcentre_id,application_id,name,country,city,latitude,longitude,host_type,"
        b"objectives,itu_office\n"
        b"Z1,A1,Kituo,KEN,Nairobi,-1.29,36.82,,1;2;3;4;5,\n"
        b"Z2,A3,Vale,FJI,Suva,-18.14,178.44,,,\n"
    )
    assert (tmp_path / "out" / "goals.csv").read_text("utf-8-sig") == (
        "goal,plan,parent,name\nG1,KAP,KAP-1,An outcome\nG2,KAP,G1,A part of it\n"
    )


def test_the_hash_is_of_the_data_alone(files: Files, store: Path) -> None:
    with importing.drafted(files(), by="Ann", note="why", number=7) as draft:
        first = draft.hash
    with importing.drafted(files()) as draft:
        assert draft.hash == first
    with importing.drafted(files(scores=("A1,R1,C1,9", "A1,R1,C1,8"))) as draft:
        assert draft.hash != first

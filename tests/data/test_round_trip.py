"""What is exported imports again to the same hash, and is safe to open."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from data import exporting, importing
from data import store as snapshots
from tests.data.drawn import Tables, cohorts, write

Files = Callable[..., Path]


def _comes_back(tables: Tables, tmp_path: Path) -> None:
    """Exports in every format and imports what was exported."""
    work = tmp_path / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with importing.drafted(write(work / "came", tables)) as draft:
        assert draft.hash, list(draft.findings.lines())
        for path, parquet in ((work / "csv", False), (work / "parquet", True)):
            exporting.export(draft.path, path, parquet)
        exporting.export(draft.path, work / "whole.xlsx")
        for path in (work / "csv", work / "parquet", work / "whole.xlsx"):
            with importing.drafted(path) as again:
                assert again.hash == draft.hash, (path.name, list(again.findings.lines()))


WHATEVER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(cohorts())
@settings(WHATEVER, max_examples=4, derandomize=True)  # chance belongs to the long one
def test_export_then_import_is_the_identity(tmp_path: Path, store: Path, tables: Tables) -> None:
    _comes_back(tables, tmp_path)


@pytest.mark.long
@given(cohorts())
@settings(WHATEVER, max_examples=150)
def test_whatever_cohort_is_exported_comes_back(
    tmp_path: Path, store: Path, tables: Tables
) -> None:
    _comes_back(tables, tmp_path)


@pytest.mark.parametrize("name, parquet", [("out", False), ("out", True), ("out.xlsx", False)])
def test_the_sample_comes_back_as_it_went(
    name: str, parquet: bool, store: Path, tmp_path: Path
) -> None:
    sample = snapshots.current()
    exporting.export(sample.path, tmp_path / name, parquet)
    with importing.drafted(tmp_path / name) as draft:
        assert draft.hash == sample.hash, list(draft.findings.lines())


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


@pytest.mark.parametrize("name", ["<r>x</r>", "<r></r>", "<r><t>x</t></r>", "<b>x</b>", "&lt;"])
def test_a_name_that_looks_like_a_part_of_a_workbook_comes_back(store_with, tmp_path, name):
    store_with(
        cohorts="cohort,name,plan\n1,One,KAP\n",
        applications=f"application_id,cohort,country,organization,stage\nA,1,KEN,{name},submitted\n",
    )
    stored = snapshots.current()
    exporting.export(stored.path, tmp_path / "whole.xlsx")
    with importing.drafted(tmp_path / "whole.xlsx") as again:
        assert again.hash == stored.hash, list(again.findings.lines())


# Numbers that a reader of workbooks might take for what binary arithmetic left of a shorter one.
@pytest.mark.parametrize(
    "score", ["0.30000000000000004", "0.0009999999999999998", "4.9999999999999"]
)
def test_a_number_with_all_its_digits_comes_back_from_a_workbook(
    score: str, files: Files, store: Path, tmp_path: Path
) -> None:
    with importing.drafted(files(scores=("A1,R1,C2,4.5", f"A1,R1,C2,{score}"))) as draft:
        exporting.export(draft.path, tmp_path / "whole.xlsx")
        with importing.drafted(tmp_path / "whole.xlsx") as again:
            assert again.hash == draft.hash

"""Scores are kept by numbers and told by their keys, however they came in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data import importing, scores
from data import store as snapshots

Files = Callable[..., Path]

NAMED = """\
application_id,reviewer,criterion,score,scored_on,comment
A2,R1,C2,2,,
A1,R2,C1,8,,Clear
A1,R1,C2,4.5,2023-05-01,
A1,R1,C1,9,2023-05-01,Bold
"""
BY_KEY = [
    ("A1", "R1", "C1", 9.0, "2023-05-01", "Bold"),
    ("A1", "R1", "C2", 4.5, "2023-05-01", None),
    ("A1", "R2", "C1", 8.0, None, "Clear"),
    ("A2", "R1", "C2", 2.0, None, None),
]
# The same scores, written so that they cannot be taken as they stand at first sight.
OTHERWISE = {
    "blank rows": NAMED.replace("A1,R2", ",,,,,\n\nA1,R2"),
    "decimal commas": NAMED.replace(",", ";").replace("4.5", "4,5"),
    "white space around keys": NAMED.replace("A1,", " A1 ,").replace(",R1,", ", R1,"),
    "quotation marks around some": NAMED.replace("A2,R1", '"A2","R1"'),
    "cells beyond the header": NAMED.replace("Clear\n", "Clear,,\n"),
}


def told(snapshot: snapshots.Snapshot) -> list[tuple]:
    sql = "select * replace (scored_on::varchar as scored_on) from score order by all"
    return snapshots.cursor(snapshot).execute(sql).fetchall()


@pytest.mark.parametrize("how", ["as they stand", *OTHERWISE])
def test_scores_come_in_the_same_however_they_are_written(
    files: Files, store: Path, how: str
) -> None:
    plain, published = importing.import_(files(scores=NAMED), None, None, older=False)
    assert published and told(snapshots.current()) == BY_KEY
    draft, _ = importing.import_(files(scores=OTHERWISE.get(how, NAMED)), None, None, older=False)
    assert draft.findings.errors == []
    assert (draft.hash, draft.same) == (plain.hash, True)


def test_the_numbers_are_those_of_the_rows_and_the_scores_lie_in_their_order(
    files: Files, store: Path
) -> None:
    importing.import_(files(scores=NAMED), None, None, older=False)
    database = snapshots.cursor(snapshots.current())
    # A1, A2 are the first of four applications, R1, R2 of three reviewers; C1, C2 of two criteria.
    assert database.execute("from numbered_score").fetchall() == [
        (0, 0, 0, 9.0, date(2023, 5, 1)),
        (0, 0, 1, 4.5, date(2023, 5, 1)),
        (0, 1, 0, 8.0, None),
        (1, 0, 1, 2.0, None),
    ]
    assert database.execute("from numbered_comment").fetchall() == [
        (0, 0, 0, "Bold"),
        (0, 1, 0, "Clear"),
    ]


def test_a_row_is_named_by_its_place_in_the_file_among_many(
    files: Files, right: dict[str, str], store: Path
) -> None:
    # Applications in turn, so that those of one lie all over the file; the last review lacks C2.
    names = [f"N{i:03}" for i in range(300)]
    rows = [f"{name},R{r},C{c},5" for r in (1, 2, 3) for c in (1, 2) for name in names]
    missing = rows.index("N123,R3,C2,5")
    lines = ["application_id,reviewer,criterion,score", *rows[:missing], *rows[missing + 1 :]]
    applications = "application_id,cohort,country,organization,stage\n" + "".join(
        f"{name},1,KEN,Organization of {name},not selected\n" for name in names
    )
    # Nothing else refers to an application.
    alone = dict.fromkeys(right) | {
        name: right[name] for name in ("cohorts", "criteria", "reviewers")
    }
    folder = files(**alone | {"applications": applications, "scores": "\n".join(lines)})
    draft, _ = importing.import_(folder, None, None, older=False)
    row = lines.index("N123,R3,C1,5") + 1
    assert [str(each) for each in draft.findings.warnings if each.column == "criterion"] == [
        f"warning: scores.csv:{row}:criterion: reviewer R3 gave application N123 no score for C2 "
        "(a score for each criterion)"
    ]


def test_scores_that_are_kept_follow_their_application_to_its_new_number(
    files: Files, store: Path, tmp_path: Path
) -> None:
    importing.import_(files(scores=NAMED), None, None, older=False)
    (tmp_path / "applications.csv").write_text(
        "application_id,cohort,country,organization,stage\n"
        "A0,1,KEN,First,submitted\nA1,1,KEN,Hub,selected\nA2,1,FRA,Labo,not selected\n"
        "A3,1,FJI,Fale,selected\n"
    )
    (tmp_path / "application_stages.csv").write_text("application_id,stage,since\n")
    draft, published = importing.import_(tmp_path, None, None, older=False)
    assert published, draft.findings.errors
    assert told(snapshots.current()) == BY_KEY
    numbers = "select distinct application from numbered_score order by all"
    database = snapshots.cursor(snapshots.current())
    assert database.execute(numbers).fetchall() == [(1,), (2,)]


def test_an_import_that_would_leave_scores_out_unsaid_breaks_off(
    files: Files, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "fill", lambda database: False)
    with pytest.raises(AssertionError, match="no check says why"):
        importing.import_(files(scores=NAMED), None, None, older=False)
    assert snapshots.stored() == []


def test_an_import_into_an_empty_store_does_without_the_sample(
    files: Files, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted() -> Path:
        raise AssertionError("building the sample takes seconds")

    monkeypatch.setattr(snapshots, "sample", unwanted)
    assert importing.import_(files(), None, None, older=False)[1]

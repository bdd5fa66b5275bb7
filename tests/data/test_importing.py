"""A batch goes in whole or not at all, and what it lacks is kept."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data import importing
from data import store as snapshots
from data.wording import unpacked

Files = Callable[..., Path]
HERE = Path(__file__).parents[2]


def _run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """`python -m data ...` as somebody calls it."""
    return subprocess.run(
        [sys.executable, "-m", "data", *map(str, arguments)],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def _import(path: Path, older: bool = False) -> tuple[importing.Draft, bool]:
    return importing.import_(path, by=None, note=None, older=older)


def _rows(sql: str) -> list[tuple]:
    return snapshots.cursor(snapshots.current()).execute(sql).fetchall()


def test_publishes_with_who_and_why(files: Files, store: Path) -> None:
    result = _run("import", files(), "--by", "Ann", "--note", "first lot")
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        "Snapshot 1 is now current.\n",
        "",
    )
    snapshot = snapshots.current()
    assert (snapshot.number, snapshot.imported_by, snapshot.note) == (1, "Ann", "first lot")
    assert snapshot.based_on is None
    assert sorted(path.name for path in store.iterdir()) == [
        ".lock",
        "CURRENT",
        "files",
        f"snapshot-1-{snapshot.hash[:12]}.duckdb",
    ]


def test_exits_with_1_and_every_finding(files: Files, store: Path) -> None:
    folder = files(scores=("A1,R1,C1,9", "A1,R1,C1,11"), reviewers=("KEN", "Atlantis"))
    result = _run("import", folder)
    assert result.returncode == 1
    assert [line.split(":")[:3] for line in result.stdout.splitlines()] == [
        ["reviewers.csv", "2", "country"],
        ["scores.csv", "2", "score"],
    ]
    assert not list(store.glob("*.duckdb"))


def test_exits_with_0_and_keeps_the_warnings_with_the_snapshot(files: Files, store: Path) -> None:
    result = _run("import", files(centres=("Z2,A3", "Z2,A2")))
    assert result.returncode == 0
    assert result.stdout.splitlines()[0].startswith("warning: centres.csv:3:application_id: ")
    assert _rows("select file, row_number, column_name from import_warning") == [
        ("centres.csv", 3, "application_id")
    ]


@pytest.mark.parametrize(
    "call", [(), ("publish",), ("import",), ("restore", "x"), ("check", "a", "b")]
)
def test_exits_with_2_when_the_call_is_wrong(call: tuple[str, ...], store: Path) -> None:
    assert _run(*call).returncode == 2


def test_checks_without_publishing(files: Files, store: Path) -> None:
    result = _run("check", files())
    assert (result.returncode, result.stdout) == (0, "")
    assert not store.exists()


def test_records_the_files_it_read(files: Files, store: Path) -> None:
    _import(files())
    assert _rows(
        "select * exclude sha256 from import_file where table_name like 'c%' order by all"
    ) == [
        ("centre_statuses.csv", "centre_statuses", 2),
        ("centres.csv", "centres", 2),
        ("cohorts.csv", "cohorts", 2),
        ("conflicts.csv", "conflicts", 2),
        ("criteria.csv", "criteria", 2),
    ]


def test_keeps_the_files_as_they_came(files: Files, store: Path, tmp_path: Path) -> None:
    folder = files(reviewers="reviewer;name\r\nR1;Ann\r\nR2;Ben\r\nR3;Cem".encode("utf-16"))
    _import(folder)
    again = tmp_path / "again"
    assert _run("files", 1, again).returncode == 0
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }
    assert all(path.stat().st_mode & 0o777 == 0o444 for path in (store / "files").iterdir())
    assert _run("files", 7, again).stdout == "There is no snapshot 7 in the store.\n"


def test_keeps_nothing_that_was_changed_while_it_was_read(files: Files, store: Path) -> None:
    folder = files()
    with snapshots.lock(), importing.drafted(folder, where=store, number=1) as draft:
        (folder / "cohorts.csv").write_text("something else")
        with pytest.raises(snapshots.StoreError, match=r"cohorts.csv was changed while it was"):
            importing.publish(draft)
    assert not list(store.glob("snapshot-*"))


def test_the_same_files_twice_change_nothing_and_say_so(files: Files, store: Path) -> None:
    _import(files())
    result = _run("import", files(), "--note", "again")
    assert result.returncode == 0
    assert result.stdout == "The files change nothing: snapshot 1 holds the same data.\n"
    assert len(snapshots.stored()) == 1


def test_a_table_that_is_absent_is_kept(files: Files, store: Path, tmp_path: Path) -> None:
    _import(files())
    part = tmp_path / "part"
    part.mkdir()
    (part / "reviewers.csv").write_text("reviewer,name\nR1,Anna\nR2,Ben\nR3,Cem\n")
    result = _run("import", part)
    assert result.returncode == 0
    assert "applications: 4 rows kept from snapshot 1." in result.stdout.splitlines()
    assert _rows("select name from reviewer where reviewer = 'R1'") == [("Anna",)]
    assert _rows("select goal from application_goal order by all") == [
        ("KAP-1",),
        ("KAP-2",),
        ("KAP-5",),
    ]
    assert snapshots.current().based_on == 1


def test_a_table_that_is_there_replaces_all_its_rows(
    files: Files, store: Path, tmp_path: Path
) -> None:
    _import(files())
    part = tmp_path / "part"
    part.mkdir()
    (part / "milestones.csv").write_text("centre_id,milestone\nZ2,Opening\n")
    _import(part)
    assert _rows("select centre_id, milestone from milestone") == [("Z2", "Opening")]


def test_rows_that_are_kept_are_checked_with_the_new_ones(
    files: Files, store: Path, tmp_path: Path
) -> None:
    _import(files())
    part = tmp_path / "part"
    part.mkdir()
    (part / "reviewers.csv").write_text("reviewer\nR1\nR2\n")
    draft, published = _import(part)
    assert not published
    assert [str(finding) for finding in draft.findings.errors] == [
        "scores::reviewer: R3 is not in reviewers.csv; 6 rows are kept from snapshot 1 "
        "(the reviewer of a row there)"
    ]


def test_keeps_nothing_of_the_sample(files: Files, store: Path, tmp_path: Path) -> None:
    assert snapshots.current().built_from_sample
    _import(files(centres=None, **dict.fromkeys(_OF_CENTRES)))
    assert snapshots.current().based_on is None
    assert _rows("select count(*) from centre") == [(0,)]


_OF_CENTRES = ("agreements", "centre_statuses", "targets", "measurements", "milestones")


def test_builds_on_what_is_shown_after_an_undo(files: Files, store: Path) -> None:
    _import(files())
    _import(files(reviewers=("Ann", "Anna")))
    assert _run("restore", 1).stdout == "Snapshot 1 is now current.\n"
    _import(files(reviewers=("Ann", "Anne")))
    assert [(s.number, s.based_on) for s in snapshots.stored()] == [(1, None), (2, 1), (3, 1)]
    assert snapshots.current().number == 3
    lines = _run("history").stdout.splitlines()
    assert [line[:7] for line in lines] == ["      1", "      2", "*     3"]


def test_an_older_batch_wants_to_be_meant(files: Files, store: Path) -> None:
    _import(files())
    older = files(cohorts=("2026-03-31", "2026-02-28"))
    result = _run("import", older)
    assert result.returncode == 1
    assert result.stdout == (
        "The latest date in the files is 2026-02-28, and snapshot 1 has data up to 2026-03-31. "
        "If an older state is meant, say --older.\n"
    )
    assert len(snapshots.stored()) == 1
    assert _run("import", older, "--older").returncode == 0
    assert len(snapshots.stored()) == 2


def test_two_at_once_is_refused_in_a_sentence(files: Files, store: Path) -> None:
    with snapshots.lock():
        result = _run("import", files())
    assert (result.returncode, result.stdout) == (
        1,
        "Another import is running; try again when it is done.\n",
    )


def test_a_disk_that_takes_no_more_loses_nothing(files: Files, store: Path) -> None:
    _import(files())
    before = (store / "CURRENT").read_text()

    def one_megabyte() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    result = _run("import", files(reviewers=("Ann", "Anna")), preexec_fn=one_megabyte)
    assert result.returncode == 1
    assert result.stdout.endswith("Nothing was changed.\n")
    assert (store / "CURRENT").read_text() == before
    assert _import(files(reviewers=("Ann", "Anna")))[1]


def test_an_import_that_was_killed_leaves_no_obstacle(files: Files, store: Path) -> None:
    left = store / ".draft-killed"
    left.mkdir(parents=True)
    (left / "draft.duckdb").write_bytes(b"half")
    _import(files())
    assert not left.exists()


def test_says_what_would_change(files: Files, store: Path) -> None:
    _import(files())
    folder = files(
        applications=("B1,2,Кения,Bureau", "B2,2,TCD,Bureau"),
        milestones="centre_id,milestone,due_on\nZ1,Launch,2023-12-02\nZ1,Report,2024-12-01\n",
    )
    answer = importing.run(["check", str(folder)])
    assert [row for row in answer["changes"] if row["added"] + row["removed"] + row["changed"]] == [
        {"table": "applications", "added": 1, "removed": 1, "changed": 0},
        {"table": "milestones", "added": 1, "removed": 0, "changed": 1},
    ]
    assert answer["headlines"] == [
        {"figure": "applications", "before": 4, "after": 4},
        {"figure": "countries", "before": 3, "after": 4},
        {"figure": "selected", "before": 2, "after": 2},
        {"figure": "centres", "before": 2, "after": 2},
    ]
    assert (answer["errors"], answer["same"], answer["based_on"]) == ([], False, 1)


def test_answers_a_server_with_findings_and_with_sentences(files: Files, store: Path) -> None:
    answer = importing.run(["import", str(files(reviewers=("KEN", "Atlantis")))])
    assert [(each["file"], each["row"], each["column"]) for each in answer["errors"]] == [
        ("reviewers.csv", 2, "country")
    ]
    [finding] = answer["errors"]
    for part in ("what", "expected"):
        assert str(unpacked(finding["said"][part])) == finding[part]
    assert answer["published"] is False
    with snapshots.lock():
        answer = importing.run(["import", str(files())])
    sentence = "Another import is running; try again when it is done."
    said = {"message": sentence, "many": "", "values": {}}
    assert answer == {"error": sentence, "said": said}


def test_prints_ten_thousand_findings_and_counts_the_rest(files: Files, store: Path) -> None:
    rows = "".join(f"Z1,M{number},soon,\n" for number in range(10_250))
    result = _run("check", files(milestones="centre_id,milestone,due_on,done_on\n" + rows))
    lines = result.stdout.splitlines()
    assert (result.returncode, len(lines)) == (1, 10_001)
    assert lines[0] == (
        "milestones.csv:2:due_on: soon is not an ISO 8601 date (a date as YYYY-MM-DD)"
    )
    assert lines[-1] == "… and 250 more findings of these kinds"


def test_loads_geopandas_only_where_data_comes_in() -> None:
    code = (
        "import sys, json, data.store, data.importing;print(json.dumps('geopandas' in sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert json.loads(result.stdout) is False


def test_a_damaged_snapshot_does_not_hide_the_others(files: Files, store: Path) -> None:
    _import(files())
    (store / "snapshot-2-0123456789ab.duckdb").write_bytes(b"half a file")
    assert [snapshot.number for snapshot in snapshots.stored()] == [1]
    assert snapshots.next_number() == 3

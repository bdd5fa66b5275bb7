"""What the system and the database say is told in the reader's words, or stays in the log."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from data import causes, delimited, importing
from data.delimited import Unreadable, look
from queries.words import Words

SYSTEM = {
    errno.ENOSPC: ("the disk is full", "на диске нет места"),
    errno.EACCES: ("there is no permission", "нет прав доступа"),
    errno.EROFS: ("the disk can only be read", "диск доступен только для чтения"),
    errno.ENOENT: ("there is no such file or folder", "такого файла или папки нет"),
    errno.ESTALE: ("the system gave the error ESTALE", "система сообщила об ошибке ESTALE"),
    999: ("the system gave the error 999", "система сообщила об ошибке 999"),
}


@pytest.mark.parametrize("number", SYSTEM)
def test_an_error_of_the_system_is_told_in_both_languages(number: int):
    said = causes.of_system(OSError(number, "Datei fehlt", "/srv/secret"))
    assert (str(said), said.told(Words("ru"))) == SYSTEM[number]


def test_an_error_without_a_number_is_told():
    assert str(causes.of_system(OSError("odd"))) == "the system gave the error ?"


@pytest.mark.parametrize(
    "told, expected",
    [
        ("Could not write file: " + os.strerror(errno.ENOSPC), "the disk is full"),
        ("failed to offload data: no disk space left", "the disk is full"),
        ('Cannot open file "/srv/a": ' + os.strerror(errno.EMFILE), "too many files are open"),
        ("Mystery in row group 3", "the database gave up, and the log says why"),
    ],
)
def test_what_the_database_quotes_is_told(told: str, expected: str):
    assert str(causes.of_database(duckdb.IOException(told))) == expected


def test_what_nobody_is_told_stands_in_the_log(caplog: pytest.LogCaptureFixture):
    causes.of_database(duckdb.IOException("Mystery in row group 3"))
    causes.of_system(OSError(errno.ESTALE, "Stale file handle", "/srv/a"))
    assert "Mystery in row group 3" in caplog.text
    assert "Stale file handle" in caplog.text


def test_a_file_that_breaks_off_inside_is_a_finding_and_the_rest_stands_in_the_servers_log(
    tmp_path: Path, store: Path, caplog: pytest.LogCaptureFixture
):
    path = tmp_path / "came" / "reviewers.parquet"
    path.parent.mkdir()
    rows = (
        "select 'R' || hash(r) as reviewer, 'Reviewer ' || hash(r, 1) as name from range(9000) t(r)"
    )
    duckdb.sql(f"copy ({rows}) to '{path}' (format parquet, compression zstd)")
    whole = path.read_bytes()
    middle = len(whole) // 3
    path.write_bytes(whole[:middle] + bytes(2000) + whole[middle + 2000 :])
    answer = importing.run(["check", str(path.parent)])
    found = {f"{each['file']}: {each['what']} ({each['expected']})" for each in answer["errors"]}
    assert "reviewers.parquet: it cannot be read: a part of it is damaged (a whole file)" in found
    assert "the database would not: " in caplog.text


def test_a_cell_without_an_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "reviewers.csv"
    path.write_text('reviewer,name\nR1,"Ann\n' + "R2,Ben\n" * 1000)
    looked = look(path)
    monkeypatch.setattr(delimited, "CELL_LIMIT", 1000)
    with pytest.raises(Unreadable) as caught:
        list(delimited.rows(path, looked))
    assert str(caught.value.what) == "a quotation mark is out of place: a cell does not end"

"""In which encoding a file may be: what each of them makes of its letters, for people to choose."""

import codecs
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data import delimited, encodings, importing, mapping
from data import store as snapshots
from data.__main__ import main

COHORTS = "cohort,name,plan\n1,First,KAP\n"
NAMES = "Анна Ёлкина", "Борис Щукин", "Вера Юдина", "Глеб Эйхе"


def written(folder: Path, encoding: str, *lines: str, name: str = "reviewers") -> Path:
    """A file of reviewers in this encoding."""
    path = folder / f"{name}.csv"
    rows = [f"R{number},{line}" for number, line in enumerate(lines, start=1)]
    path.write_bytes("\n".join(["reviewer,name", *rows, ""]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5", "macintosh"])
def test_the_right_reading_is_among_those_offered(tmp_path: Path, encoding: str):
    text = NAMES if encoding != "macintosh" else ("Béa", "Zoë", "Tânia", "Åse")
    found = encodings.readings([written(tmp_path, encoding, *text)])
    assert found[encoding] == [f"R1,{text[0]}", f"R2,{text[1]}", f"R3,{text[2]}"]


def test_each_encoding_reads_the_same_bytes_in_its_own_way(tmp_path: Path):
    found = encodings.readings([written(tmp_path, "windows-1251", "Ann", "Анна")])
    assert {name: lines[0] for name, lines in found.items()} == {
        "windows-1252": "R2,Àííà",
        "windows-1251": "R2,Анна",
        "windows-1256": "R2,ہييà",
        "gb18030": "R2,理磬",
        "windows-1250": "R2,Ŕííŕ",
        "koi8-r": "R2,юММЮ",
        "big5": "R2,燴縺",
        "macintosh": "R2,¿ÌÌ‡",
        "iso-8859-5": "R2,Рээр",
    }


def test_the_more_common_one_stands_for_those_that_read_alike(tmp_path: Path):
    found = encodings.readings([written(tmp_path, "windows-1254", "Béa")])
    assert "windows-1252" in found and "windows-1254" not in found
    # A letter far below the lines that are shown tells them apart.
    found = encodings.readings([written(tmp_path, "windows-1254", *["Béa"] * 50, "Ayşe")])
    assert found["windows-1252"] == found["windows-1254"] == ["R1,Béa", "R2,Béa", "R3,Béa"]


def test_a_long_line_is_shown_around_its_first_letter_that_tells(tmp_path: Path):
    found = encodings.readings([written(tmp_path, "windows-1251", "a" * 200 + "Анна" + "b" * 200)])
    assert found["windows-1251"] == ["…" + "a" * 24 + "Анна" + "b" * 52 + "…"]


@pytest.mark.parametrize(
    "content",
    [
        COHORTS.encode(),
        "cohort,name\n1,Первый\n".encode(),
        codecs.BOM_UTF16_LE + "cohort,name\n1,Первый\n".encode("utf-16-le"),
        b"PK\x03\x04\xff\xfe",
        b"\x89PNG\x00\x01\x02" * 30,
        b"",
    ],
)
def test_nothing_is_asked_of_what_shows_by_itself_or_is_no_text(tmp_path: Path, content: bytes):
    (tmp_path / "cohorts.csv").write_bytes(content)
    assert delimited.unclear(tmp_path) == {"files": [], "readings": {}}


def test_files_that_come_together_are_read_together(tmp_path: Path):
    (tmp_path / "cohorts.csv").write_text(COHORTS)
    written(tmp_path, "windows-1254", "Béa")
    written(tmp_path, "windows-1254", "Ayşe", name="scores")
    told = delimited.unclear(tmp_path)
    assert told["files"] == ["reviewers.csv", "scores.csv"]
    assert told["readings"]["windows-1254"] == ["R1,Béa", "R1,Ayşe"]


@pytest.fixture
def theirs(store: Path, tmp_path: Path) -> Path:
    """A folder in another encoding and another layout, which is kept as `theirs`."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "cohorts.csv").write_text(COHORTS)
    (folder / "Заявки.csv").write_bytes(
        "Номер;cohort;Страна;organization;stage\nA1;1;Кения;Узел;selected\n".encode("cp1251")
    )
    columns = {"Номер": "application_id", "Страна": "country"}
    mapping.save("theirs", {"sheets": {"Заявки": {"table": "applications", "columns": columns}}})
    return folder


def test_headings_in_another_encoding_are_told_once_it_was_said(theirs: Path):
    columns = {each["sheet"]: each["columns"] for each in mapping.layout(theirs, "windows-1251")}
    assert columns == {
        "cohorts": ["cohort", "name", "plan"],
        "Заявки": ["Номер", "cohort", "Страна", "organization", "stage"],
    }
    # Without an answer the others are told all the same.
    assert [each["sheet"] for each in mapping.layout(theirs)] == ["cohorts"]


def test_what_was_said_stays_on_record_where_the_layout_is_another_too(theirs: Path, capsys):
    said = ["--encoding", "windows-1251", "--mapping", "theirs"]
    assert main(["import", str(theirs), *said]) == 0
    record = snapshots.cursor(snapshots.current()).execute(
        "select file, warning from import_warning"
    )
    assert (
        "Заявки.csv",
        "read as windows-1251, which was said and cannot be proved (UTF-8 or UTF-16)",
    ) in record.fetchall()


def test_the_marked_copy_is_read_as_was_said(tmp_path: Path, store: Path):
    written(tmp_path, "windows-1251", "Анна", name="reviewers")
    out = tmp_path / "out.xlsx"
    said = ["--encoding", "windows-1251"]
    assert main(["check", str(tmp_path), "--marked", str(out), *said]) == 1
    assert load_workbook(out)["reviewers"]["B2"].value == "Анна"


def test_the_page_is_told_as_json(tmp_path: Path, store: Path):
    written(tmp_path, "windows-1251", "Анна")
    told = importing.run(["layout", str(tmp_path), "--encoding=windows-1251"])
    assert told["sheets"] == [
        {"sheet": "reviewers", "table": "reviewers", "columns": ["reviewer", "name"]}
    ]
    assert told["unclear"]["files"] == ["reviewers.csv"]
    assert json.dumps(told["unclear"]["readings"]["windows-1251"]) == json.dumps(["R1,Анна"])

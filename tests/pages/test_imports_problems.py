"""What goes wrong on the page /imports is said in a sentence, in the language of the page."""

import errno
from pathlib import Path

import pytest

from data import importing, store
from tests.pages.bringing import (
    APPLICATIONS,
    CHANGES,
    COHORTS,
    FINDINGS,
    ODD,
    check,
    numbers,
    press,
    publish,
    said,
)
from tests.pages.shown import by_headings


def test_a_busy_store_is_said_in_a_sentence(open_page):
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    with store.lock():
        publish(app)
    assert "Another import is running; try again when it is done." in said(app)
    assert numbers() == []


# What is wrong -> the files, and what a Russian reader is told: what is wrong, what was expected.
RUSSIAN = {
    "cells": (
        {
            "cohorts": COHORTS,
            "applications": ODD.replace("KEN", "Frnace"),
            "scores": "application_id,reviewer,criterion,score\nA1,R9,C1,x\n",
        },
        [
            (
                "столбца colour нет в таблице applications",
                "одно из значений: application_id, cohort, country, organization, "
                "organization_type, title, city, latitude, longitude, submitted_on, stage, "
                "goals, objectives",
            ),
            (
                "Frnace отсутствует в списке Государств – Членов МСЭ и Резолюции 99; "
                "обратитесь в секретариат",
                "возможно, имеется в виду Франция?",
            ),
            (
                "значения chosen нет в списке",
                "одно из значений: submitted, eligible, evaluated, selected, reserve, not "
                "selected, withdrawn",
            ),
            (
                "A1 уже есть (строка 2)",
                "каждое значение application_id – один раз",
            ),
            (
                "7 отсутствует в cohorts.csv",
                "одно из имеющихся там значений cohort",
            ),
            (
                "Utopia отсутствует в списке Государств – Членов МСЭ и Резолюции 99; "
                "обратитесь в секретариат",
                "возможно, имеется в виду Эфиопия?",
            ),
            (
                "R9 отсутствует в reviewers",
                "одно из имеющихся там значений reviewer",
            ),
            (
                "x – не число",
                "число, например 7.5",
            ),
        ],
    ),
    "files": (
        {
            "cohort": COHORTS,
            "applications": APPLICATIONS.replace("A2,1,UGA", "A2,UGA"),
            "reviewers": "Our reviewers\n\nreviewer,name\nR1,Ann\n",
            "scores": "",
            "goals": 'goal,plan,name\nG1,KAP,"An outcome\n',
        },
        [
            (
                "число ячеек в строке – 4",
                "5, как в заголовке",
            ),
            (
                "файла cohort.csv нет в формате загрузки",
                "возможно, имеется в виду cohorts.csv?",
            ),
            (
                "кавычка не на месте: файл обрывается внутри ячейки",
                "ячейка в кавычках заканчивается перед разделителем; кавычка внутри нее "
                'пишется как ""',
            ),
            (
                "заголовок – в строке 3, под 2 строками с другим содержанием",
                "заголовок в строке 1; удалите то, что над ним",
            ),
            (
                "файл пуст",
                "заголовок и строки",
            ),
        ],
    ),
    "rows": (
        {
            "cohorts": COHORTS.replace("KAP", "XAP"),
            "applications": APPLICATIONS.replace("A2", "a1"),
            "criteria": "cohort,criterion,name,weight,scale_min,scale_max\n1,C1,Idea,-1,10,0\n",
            "centres": "centre_id,name,country,latitude,longitude\nZ1,Kituo,KEN,36.82,-1.29\n",
        },
        [
            (
                "a1 выглядит так же, как A1 (строка 2)",
                "имена, которые различаются не только регистром, пробелами или похожими буквами",
            ),
            (
                "точка 36.82, -1.29 лежит за пределами страны (Кения)",
                "место в этой стране (Кения), широта и долгота в градусах",
            ),
            (
                "XAP отсутствует в справочных данных",
                "одно из имеющихся там значений plan",
            ),
            (
                "шкала заканчивается на 0, а начинается с 10",
                "конец выше начала",
            ),
            (
                "-1 – отрицательное число",
                "вес не меньше 0",
            ),
        ],
    ),
}


@pytest.mark.parametrize("files, told", RUSSIAN.values(), ids=RUSSIAN)
def test_a_russian_reader_is_told_in_russian_what_is_wrong(open_page, files, told):
    app = open_page("imports", lang="ru")
    check(app, **files)
    assert [row[1:] for row in by_headings(app)["Где", "Что неверно", "Ожидалось"]] == told


def test_a_sentence_of_the_store_is_in_the_language_of_the_page(open_page, monkeypatch):
    monkeypatch.setenv("DASHBOARD_INBOX", "/nowhere")
    app = open_page("imports", lang="ru")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert said(app)[0] == "Не удается прочитать папку на сервере: такого файла или папки нет."
    with store.lock():
        publish(app)
    assert "Идет другая загрузка; повторите попытку, когда она завершится." in said(app)


def test_a_full_disk_is_said_in_a_sentence(open_page, monkeypatch):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    app = open_page("imports")
    monkeypatch.setattr(Path, "write_bytes", full)
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert "The files could not be set down: the disk is full." in said(app)


def test_an_import_that_does_not_end_is_stopped(open_page, monkeypatch):
    monkeypatch.setattr(importing, "PATIENCE", 0.01)
    app = open_page("imports")
    check(app, cohorts=COHORTS, applications=APPLICATIONS)
    assert said(app)[0].startswith("The import took longer than")
    assert said(app)[0].endswith("and was stopped.")


def test_file_names_lose_their_folders_and_nothing_is_left_behind(open_page, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    app = open_page("imports")
    app.file_uploader[0].set_value(
        [
            ("../../cohorts.csv", COHORTS.encode(), "text/csv"),
            ("C:\\data\\applications.csv", APPLICATIONS.encode(), "text/csv"),
        ]
    ).run()
    press(app, "Check")
    assert [row[1] for row in by_headings(app)[CHANGES]] == ["cohorts.csv", "applications.csv"]
    assert list(temporary.iterdir()) == []
    assert not list(tmp_path.rglob("cohorts.csv"))


@pytest.mark.parametrize(
    "names, sentence",
    [
        (("cohorts.csv", "x/cohorts.csv"), "Two files are called cohorts.csv;"),
        (
            ("cohorts.csv", "all.XLSX"),
            "A workbook does not come with files of another kind: take out all.XLSX,",
        ),
    ],
)
def test_files_that_cannot_go_together_are_refused_before_the_check(open_page, names, sentence):
    app = open_page("imports")
    app.file_uploader[0].set_value([(name, b"x", "text/csv") for name in names]).run()
    assert said(app)[0].startswith(sentence)
    assert next(button for button in app.button if button.label == "Check").disabled


def test_a_file_that_is_not_what_its_name_says_is_a_finding(open_page):
    app = open_page("imports")
    app.file_uploader[0].set_value([("all.xlsx", b"no workbook", "application/zip")]).run()
    press(app, "Check")
    assert [row[0] for row in by_headings(app)[FINDINGS]] == ["all.xlsx"]

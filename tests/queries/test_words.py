"""Words, numbers and dates as people write them in their language."""

from datetime import date, datetime

import pytest

from queries import words
from queries.words import Words

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "Score"
msgstr "Оценка"

msgid "Europe"
msgstr "Европа"

msgid "{left} of {n} application"
msgid_plural "{left} of {n} applications"
msgstr[0] "{left} из {n} заявки"
msgstr[1] "{left} из {n} заявок (2)"
msgstr[2] "{left} из {n} заявок (5)"
"""


@pytest.fixture
def russian(tmp_path, monkeypatch) -> Words:
    """Speaks Russian out of a catalogue of this test."""
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    words._catalogue.cache_clear()
    yield Words("ru")
    words._catalogue.cache_clear()


def test_russian_counts_in_three_forms(russian):
    def counted(n):
        return russian.plural("{left} of {n} application", "{left} of {n} applications", n, left=12)

    assert [counted(n) for n in (1, 2, 5, 11, 21, 22, 1000)] == [
        "12 из 1 заявки",
        "12 из 2 заявок (2)",
        "12 из 5 заявок (5)",
        "12 из 11 заявок (5)",
        "12 из 21 заявки",
        "12 из 22 заявок (2)",
        "12 из 1\xa0000 заявок (5)",
    ]


def test_english_counts_in_two_forms():
    counted = [Words("en").plural("{n} centre", "{n} centres", n) for n in (0, 1, 2, 1234)]
    assert counted == ["0 centres", "1 centre", "2 centres", "1,234 centres"]


def test_codes_are_read_in_the_readers_language(russian):
    assert (russian("Score"), russian.label("EUR")) == ("Оценка", "Европа")
    assert Words("en").label("EUR") == "Europe"


def test_a_message_without_translation_is_shown_in_english(russian):
    assert russian("Clear all") == "Clear all"
    assert russian.label("AFR") == "Africa"


def test_a_code_without_a_label_is_its_own_name():
    assert Words("en").label("non-profit") == "non-profit"


def test_an_unknown_language_is_english():
    assert Words("xx").lang == "en"


def test_numbers_are_written_as_the_language_writes_them(russian):
    english = Words("en")
    assert [english.number(n) for n in (0, 44, 1234567, 7.5, 7.126)] == [
        "0",
        "44",
        "1,234,567",
        "7.50",
        "7.13",
    ]
    assert [russian.number(n) for n in (1234567, 7.5)] == ["1\xa0234\xa0567", "7,50"]
    assert english.number(7, 2) == "7.00"
    assert (english.percent(17 / 44), russian.percent(17 / 44)) == ("39%", "39\xa0%")
    assert english.compact(12_345) == "12.3K"


def test_days_have_their_month_in_letters(russian):
    day = date(2023, 6, 5)
    assert Words("en").date(day) == "5 Jun 2023"
    assert russian.date(day) == "5 июн. 2023\u202fг."
    moment = datetime(2023, 6, 5, 4, 3)
    assert Words("en").moment(moment) == "5 Jun 2023, 04:03 UTC"
    assert russian.moment(moment) == "5 июн. 2023, 04:03 UTC"


def test_values_in_a_message_are_written_in_its_language(russian):
    said = "{n}; {share}; {day}; {moment}; {name}"
    values = {
        "n": 1234,
        "share": 0.5,
        "day": date(2023, 6, 5),
        "moment": datetime(2023, 6, 5, 4, 3),
        "name": "Kenya",
    }
    assert Words("en")(said, **values) == ("1,234; 0.50; 5 Jun 2023; 5 Jun 2023, 04:03 UTC; Kenya")


def test_braces_in_a_value_stay_text():
    assert Words("en")("There is no “{name}”.", name="{0.__class__}") == (
        "There is no “{0.__class__}”."
    )


def test_lists_are_joined_as_the_language_joins_them(russian):
    names = ["Africa", "CIS", "Europe"]
    assert Words("en").listed(names) == "Africa, CIS and Europe"
    assert russian.listed(names) == "Africa, CIS и Europe"
    assert Words("en").listed([]) == ""


def test_codes_stand_in_the_order_of_their_names_accents_aside(russian):
    regions = ["EUR", "CIS", "ASP", "ARB", "AMS", "AFR"]
    assert Words("en").in_order(regions) == ["AFR", "AMS", "ARB", "ASP", "CIS", "EUR"]
    names = {"ZMB": "Zambia", "ECU": "équateur", "EGY": "Egypt", "EST": "Estonia", "ЁЛК": "Ёлка"}
    assert Words("en").in_order(names, names.__getitem__) == ["EGY", "ECU", "EST", "ZMB", "ЁЛК"]


def test_words_of_one_language_are_the_same_so_that_views_can_be_compared():
    assert Words("ru") == Words("ru") and hash(Words("ru")) == hash(Words("ru"))
    assert Words("ru") != Words("en") and Words("en") == Words("unknown")


def test_of_many_names_the_first_are_told_and_how_many_more_there_are():
    words = Words("en")
    assert words.some(["A", "B"], 2) == ["A", "B"]
    assert words.some((name for name in "ABCDE"), 2) == ["A", "B", "3 more"]
    names = ["A", "B", "C"]
    assert words.some(names, 1) == ["A", "2 more"]
    assert names == ["A", "B", "C"]

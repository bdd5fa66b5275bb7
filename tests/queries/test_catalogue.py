"""Every message has its translation, and every translation its message."""

import re
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from queries.filters import REGIONS
from queries.words import Words
from tests import catalogue

MESSAGES = catalogue.messages()
LANGUAGES = sorted(folder.name for folder in catalogue.CATALOGUES.iterdir())


@pytest.fixture(params=LANGUAGES)
def translated(request) -> Catalog:
    """The catalogue of one language."""
    path = catalogue.CATALOGUES / request.param / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def keys(messages: Catalog) -> set[str | tuple[str, str]]:
    return {tuple(each.id) if each.pluralizable else each.id for each in messages if each.id}


def pairs(messages: Catalog) -> list[tuple[str, str]]:
    """Each translation beside the English it stands for; of a plural, that of many."""
    return [
        (each.id[1], form) if each.pluralizable else (each.id, form)
        for each in messages
        if each.id
        for form in (each.string if each.pluralizable else [each.string])
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def signs(text: str) -> list[str]:
    """What is no word: Markdown, and marks that stand for something."""
    return sorted(re.findall(r"\*\*|\\\*|[←→✕`]|^\s|\s$|https?:\S+", text))


def test_every_language_is_complete():
    assert LANGUAGES == ["ru"]


def test_no_message_is_missing(translated):
    assert sorted(map(str, keys(MESSAGES) - keys(translated))) == [], "run `make words`"
    assert [english for english, text in pairs(translated) if not text.strip()] == []


def test_no_translation_is_left_over(translated):
    assert sorted(map(str, keys(translated) - keys(MESSAGES))) == [], "run `make words`"
    assert list(translated.obsolete) == []


def test_no_translation_is_a_guess(translated):
    assert [each.id for each in translated if each.fuzzy] == []


def test_a_plural_has_all_its_forms(translated):
    counts = {len(each.string) for each in translated if each.pluralizable}
    assert counts == {translated.num_plurals}


def test_every_form_holds_the_same_values(translated):
    assert [
        (english, text)
        for english, text in pairs(translated)
        if placeholders(text) != placeholders(english)
    ] == []


def test_bold_links_and_the_spaces_around_a_message_stay(translated):
    assert [
        (english, text) for english, text in pairs(translated) if signs(text) != signs(english)
    ] == []


def test_russian_holds_no_english_words():
    """Names and codes, such as CSV or `plan.plan`, stand in both."""
    with (catalogue.CATALOGUES / "ru" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        russian = read_po(file, locale="ru")

    def words(text: str) -> list[str]:
        return re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", text))

    assert [
        text
        for english, text in pairs(russian)
        if set(words(text)) - set(words(english))
        or (words(english) and not re.search("(?i)[а-я]", text))
    ] == []


def test_messages_are_found_however_they_are_called():
    source = """
title = _("One")
st.markdown(f"[← {_('Two')}]({link()})")
view.words("Three", n=1)
_.plural("{n} four", "{n} " "fours", count)
KINDS = {"five": N_("Five")}
say("Seven {n}", n=plural("{n} of eight", "{n} of eights", n=n))
print("six", _(seven), _.label("eight"))
"""
    assert [message for _, message in sorted(catalogue.said_in(source), key=lambda it: it[0])] == [
        "One",
        "Two",
        "Three",
        ("{n} four", "{n} fours"),
        "Five",
        "Seven {n}",
        ("{n} of eight", "{n} of eights"),
    ]


def test_the_comments_of_the_tables_are_messages():
    assert {"Applications of organizations. One row per application.", "Key of the centre."} <= set(
        catalogue.comments()
    )


@pytest.mark.parametrize(
    "one, many, expected",
    [
        ("{n} application", "{n} applications", ["1 заявка", "2 заявки", "5 заявок", "21 заявка"]),
        ("{n} centre", "{n} centres", ["1 центр", "2 центра", "5 центров", "21 центр"]),
        (
            "**{n}** of them was selected",
            "**{n}** of them were selected",
            [
                "из них отобрана **1**",
                "из них отобраны **2**",
                "из них отобрано **5**",
                "из них отобрана **21**",
            ],
        ),
    ],
)
def test_russian_counts_as_people_do(one, many, expected):
    assert [Words("ru").plural(one, many, n) for n in (1, 2, 5, 21)] == expected


def test_a_russian_sentence_bends_its_parts():
    _ = Words("ru")
    assert [
        _(
            "{applications} came from organizations in {countries}",
            applications=_.plural("**{n}** application", "**{n}** applications", applications),
            countries=_.plural("**{n}** country", "**{n}** countries", countries),
        )
        for applications, countries in ((44, 35), (21, 1), (11, 2))
    ] == [
        "**44** заявки от организаций из **35** стран",
        "**21** заявка от организаций из **1** страны",
        "**11** заявок от организаций из **2** стран",
    ]


def test_the_six_regions_bear_the_names_people_know():
    assert [Words("en").label(code) for code in REGIONS] == [
        "Africa",
        "Americas",
        "Arab States",
        "Asia-Pacific",
        "CIS",
        "Europe",
    ]
    assert [Words("ru").label(code) for code in REGIONS] == [
        "Африка",
        "Северная и Южная Америка",
        "Арабские государства",
        "Азиатско-Тихоокеанский регион",
        "СНГ",
        "Европа",
    ]

"""What is said is English as text, and any language when it is told."""

import json
from dataclasses import asdict

import pytest

from data.wording import Said, either, say, unpacked
from queries.words import Words

KENYA = {"en": "Kenya", "ru": "Кения"}

# What is said -> as text, and told in Russian.
CASES = {
    "text stays as it is, whatever it holds": (
        say("it cannot be read: {why}", why="{0.__class__} 1250"),
        "it cannot be read: {0.__class__} 1250",
        "прочитать не удается: {0.__class__} 1250",
    ),
    "alternatives": (either(["a", "b", "c"]), "a or b or c", "a или b или c"),
    "one alternative alone": (either(["a"]), "a", "a"),
    "another sentence in it": (
        say(
            "The draft could not be written: {why}. Nothing was changed.",
            why=say("the disk is full"),
        ),
        "The draft could not be written: the disk is full. Nothing was changed.",
        "Не удалось записать черновик: на диске нет места. Данные не изменены.",
    ),
    "a list and a name in each language": (
        say("{first} or {other}", first=["x", either(["y", "z"])], other=KENYA),
        "x, y or z or Kenya",
        "x, y или z или Кения",
    ),
}


@pytest.mark.parametrize("said, english, russian", CASES.values(), ids=CASES)
def test_says_the_same_in_both_languages(said: Said | str, english: str, russian: str):
    assert str(said) == english
    assert (said.told(Words("ru")) if isinstance(said, Said) else said) == russian


@pytest.mark.parametrize("said", [each[0] for each in CASES.values()], ids=CASES)
def test_comes_through_json_as_it_was(said: Said | str):
    plain = asdict(said) if isinstance(said, Said) else said
    assert unpacked(json.loads(json.dumps(plain))) == said


def test_text_that_looks_like_json_stays_text():
    forged = json.dumps(asdict(say("Nothing stops the import.")))
    said = say("it cannot be read: {why}", why=forged)
    assert unpacked(asdict(said)) == said
    assert said.told(Words("ru")) == f"прочитать не удается: {forged}"

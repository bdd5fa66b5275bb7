"""What is said, before it is in any language; and what saying it takes, which `data` does not know:
`queries.words.Words` has it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from string import Formatter
from typing import Any, Protocol


class Words(Protocol):
    """Speaks one language; English is the source."""

    lang: str

    def __call__(self, message: str, **values: Any) -> str:
        """The message in this language, its {names} filled with `values`."""

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """The form of the message that goes with `n`."""

    def label(self, code: str) -> str:
        """What people read for a code of the data."""

    def in_order(self, codes: Iterable[str], name: Callable[[str], str] | None = None) -> list[str]:
        """Codes in the order of their names in this language."""


@dataclass(frozen=True)
class Said:
    """A sentence, or a part of one, that any language can tell; as text it is English.

    `message` is what the catalogues translate, with the form `many` where it counts `n`. `values`
    fill its {names}: text, which stays as it is; the number `n`; another Said; a list of these,
    joined by commas; or a name by language, as {"en": "Kenya", "ru": "Кения"}.
    """

    message: str
    many: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        message = self.many if self.many and self.values["n"] != 1 else self.message
        return message.format(**self._told(str, "en"))

    @property
    def names(self) -> list[str]:
        """The names of the values that the message takes, in its order."""
        parts = Formatter().parse(self.message + self.many)
        return list(dict.fromkeys(name for _text, name, _form, _as in parts if name))

    def told(self, _: Words) -> str:
        """The sentence in the language of `_`."""
        values = self._told(lambda said: said.told(_), _.lang)
        if self.many:
            return _.plural(self.message, self.many, **values)
        return _(self.message, **values)

    def _told(self, tell: Callable[["Said"], str], lang: str) -> dict[str, Any]:
        def one(value: Any) -> Any:
            if isinstance(value, Said):
                return tell(value)
            if isinstance(value, list):
                return ", ".join(map(one, value))
            return value[lang] if isinstance(value, dict) else value

        return {name: one(value) for name, value in self.values.items()}


def say(message: str, /, **values: Any) -> Said:
    """What is said with this message."""
    return Said(message, values=values)


def plural(one: str, many: str, /, **values: Any) -> Said:
    """The same where the message counts the value `n`."""
    return Said(one, many, values)


def either(parts: list[Any]) -> Any:
    """The parts as alternatives: `a or b or c`."""
    return reduce(lambda first, other: say("{first} or {other}", first=first, other=other), parts)


def listed(parts: Sequence[str]) -> Any:
    """The parts as one names them all: `a, b and c`."""
    *first, last = parts
    return say("{first} and {last}", first=first, last=last) if first else last


def unpacked(plain: Any) -> Any:
    """What `dataclasses.asdict` made plain for another process, as it was."""
    if isinstance(plain, dict) and "message" in plain:
        values = {name: unpacked(value) for name, value in plain["values"].items()}
        return Said(plain["message"], plain["many"], values)
    return [unpacked(each) for each in plain] if isinstance(plain, list) else plain

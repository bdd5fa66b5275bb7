"""What workbooks need of a language: `queries.words.Words` has it, which `data` does not know."""

from collections.abc import Callable, Iterable
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

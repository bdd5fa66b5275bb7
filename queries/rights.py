"""Who may do what: `rights.toml` read into a value that every question passes."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("rights.toml")


class Forbidden(Exception):
    """This role may not ask that, or nobody may: it is not in the table."""


@dataclass(frozen=True)
class Rights:
    """What one role may open, ask and see."""

    role: str

    def may_open(self, page: str) -> bool:
        """Whether the role may open the page; a page that is not listed is nobody's."""
        return self._listed("pages", page)

    def may_ask(self, question: str) -> bool:
        """Whether the role may ask the question; a question that is not listed is nobody's."""
        return self._listed("questions", question)

    def may(self, act: str) -> bool:
        """Whether the role may do this on a page it may open; an act not listed is nobody's."""
        return self._listed("acts", act)

    def hidden(self, columns: list[str]) -> list[str]:
        """Those of `columns` that this role does not get to see."""
        limited = _table()["columns"]
        return [name for name in columns if name in limited and self.role not in limited[name]]

    def _listed(self, section: str, name: str) -> bool:
        return self.role in _table()[section].get(name, ())


def roles() -> list[str]:
    """The keys of all roles."""
    return list(tomllib.loads(TABLE.read_text(encoding="utf-8"))["roles"])


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    everybody = table["roles"]
    return {
        section: {
            name: everybody if roles == "everybody" else roles
            for name, roles in table[section].items()
        }
        for section in ("pages", "acts", "questions", "columns")
    }

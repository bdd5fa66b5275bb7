"""What is wrong with the files that came in, said to the people who made them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from data.wording import Said

# More lines than anybody reads; the last line says how many more there are.
SHOWN = 10_000

# What must not reach a terminal or a page raw: control characters and those that turn the
# direction of writing or take no place.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Finding:
    """One thing wrong in one place. `row` counts as a spreadsheet does: the header is 1. As text it
    is English."""

    file: str
    row: int | None
    column: str
    what: Said
    expected: Said
    warning: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """What and what was expected as plain values, for another process or for later."""
        return {"what": asdict(self.what), "expected": asdict(self.expected)}

    def __str__(self) -> str:
        row = "" if self.row is None else self.row
        line = f"{self.file}:{row}:{self.column}: {self.what} ({self.expected})"
        return visible(("warning: " if self.warning else "") + line)


class Findings:
    """Everything found in one import, at most SHOWN of each sort by name and the rest by count."""

    def __init__(self) -> None:
        self._found: dict[bool, list[Finding]] = {False: [], True: []}
        self._unlisted = {False: 0, True: 0}

    def add(self, finding: Finding) -> None:
        """Adds one."""
        self._found[finding.warning].append(finding)

    def add_unlisted(self, count: int, warning: bool = False) -> None:
        """Counts findings that were not fetched one by one."""
        self._unlisted[warning] += count

    def listed(self, warning: bool) -> tuple[list[Finding], int]:
        """The first SHOWN in the order of file, row and column, and how many more there are."""
        found = self._sorted(warning)
        return found[:SHOWN], max(len(found) - SHOWN, 0) + self._unlisted[warning]

    def relocate(self, moved: Callable[[Finding], Finding]) -> None:
        """Replaces each finding by what `moved` makes of it."""
        self._found = {kind: [moved(each) for each in found] for kind, found in self._found.items()}

    @property
    def errors(self) -> list[Finding]:
        """What stops the import, in the order of file, row and column."""
        return self._sorted(False)

    @property
    def warnings(self) -> list[Finding]:
        """What lets the import pass and stays on record."""
        return self._sorted(True)

    def lines(self) -> Iterator[str]:
        """The errors, then the warnings, one per line; what is too much is counted."""
        for warning in (False, True):
            found, rest = self.listed(warning)
            yield from map(str, found)
            if rest:
                word = "warnings" if warning else "findings"
                yield f"{'warning: ' if warning else ''}… and {rest} more {word} of these kinds"

    def _sorted(self, warning: bool) -> list[Finding]:
        return sorted(
            self._found[warning],
            key=lambda each: (each.file, each.row or 0, each.column, str(each.what)),
        )


def visible(text: str) -> str:
    """`text` with every character one cannot see written as its code, [U+202E]."""
    return UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def quoted(value: object) -> str:
    """A value as a sentence names it: short, on one line."""
    text = " ".join(str(value).split(" "))
    return text if len(text) <= 60 else text[:57] + "…"

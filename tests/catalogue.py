"""What people read, gathered out of the sources into every language's catalogue.

`python tests/catalogue.py` (or `make words`) brings the catalogues up to date: a new message waits
there for its translator, and one that nobody says any more is gone.
"""

import ast
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from charts.maps import DISCLAIMER  # noqa: E402

CATALOGUES = ROOT / "pages" / "locale"
FOLDERS = ("pages", "queries", "charts", "reports", "data")
# Reference data whose facts say how sure they are, in words.
MARKED = ("country_groups.csv", "plans.csv", "published_totals.csv")
# How a message is named in the sources: `_("…")`, `N_("…")`, `view.words("…")`, `say("…")`, and for
# numbers `_.plural("…", "…", n)`, `plural("…", "…")`.
ALONE = {"_", "N_", "words", "say"}
PLURAL = "plural"


def messages() -> Catalog:
    """Every message of the sources, each with the files it stands in."""
    catalogue = Catalog()
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for line, message in said_in(path.read_text(encoding="utf-8")):
                catalogue.add(message, locations=[(place, line)])
    # Charts know no words: pages put their one text through gettext.
    catalogue.add(DISCLAIMER, locations=[("charts/maps.py", 0)])
    for text in comments():
        catalogue.add(text, locations=[("data/comments.sql", 0)])
    for name in MARKED:
        place = f"data/reference/{name}"
        with (ROOT / place).open(encoding="utf-8", newline="") as file:
            for mark in sorted({row["confidence"] for row in csv.DictReader(file)}):
                catalogue.add(mark, locations=[(place, 0)])
    return catalogue


def said_in(source: str) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """Line and message of each call that names one; a plural one is a pair. Also in f-strings."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        wanted = 2 if name == PLURAL else int(name in ALONE)
        texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if wanted and len(texts) >= wanted:
            yield node.lineno, tuple(texts[:2]) if wanted == 2 else texts[0]


def comments() -> list[str]:
    """What the database says of its own tables and columns, as /methods shows it."""
    with duckdb.connect() as database:
        for script in ("schema.sql", "derived.sql", "comments.sql"):
            database.execute((ROOT / "data" / script).read_text(encoding="utf-8"))
        question = (ROOT / "queries" / "dictionary.sql").read_text(encoding="utf-8")
        dictionary = database.execute(question).df()
    texts = [*dictionary["table_meaning"], *dictionary["meaning"].dropna()]
    return list(dict.fromkeys(texts))


def update(language: str) -> None:
    """Writes the catalogue of a language anew; translations stay where their message does."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(messages(), no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False
        )


if __name__ == "__main__":
    for folder in sorted(CATALOGUES.iterdir()):
        update(folder.name)

"""The README's generated parts: `python tests/readme.py` (or `make readme`) writes them anew.

Each stands between `<!-- name -->` and `<!-- /name -->`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from data.tables import TABLES, Column  # noqa: E402
from pages.parts.register import PAGES  # noqa: E402

README = ROOT / "README.md"


def import_format() -> str:
    """The tables and columns that come in; `*` is required, the key is in bold."""
    lines = ["| file or sheet | columns |", "|---|---|"]
    for table in TABLES:
        columns = ", ".join(_column(column, column.name in table.key) for column in table.columns)
        lines.append(f"| `{table.name}` | {columns} |")
    return "\n".join(lines)


def pages() -> str:
    """The pages, their addresses and the question each answers."""
    lines = ["| page | address | answers |", "|---|---|---|"]
    for page in PAGES:
        source = (ROOT / "pages" / page.path).read_text(encoding="utf-8")
        answers = source.split('"""')[1].splitlines()[0]
        address = "/" if page is PAGES[0] else f"/{page.key}"
        lines.append(f"| {page.title} | `{address}` | {answers} |")
    return "\n".join(lines)


def packages() -> str:
    """The pinned packages, each with its reason."""
    lines = ["| package | for |", "|---|---|"]
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if pinned := re.match(r"(\S+)==\S+\s+# (.*)", line):
            lines.append(f"| {pinned[1]} | {pinned[2]} |")
    return "\n".join(lines)


def whole(text: str) -> str:
    """The README with every generated part as it should be."""
    for name, part in {"format": import_format, "pages": pages, "packages": packages}.items():
        text = re.sub(
            f"(<!-- {name} -->).*?(<!-- /{name} -->)",
            lambda marks, part=part: f"{marks[1]}\n{part()}\n{marks[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def _column(column: Column, key: bool) -> str:
    name = f"**{column.name}**" if key else column.name
    words = f" ({' · '.join(column.choices)})" if column.kind == "choice" else ""
    return name + ("\\*" if column.required else "") + words


if __name__ == "__main__":
    README.write_text(whole(README.read_text(encoding="utf-8")), encoding="utf-8")

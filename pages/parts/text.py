"""Text that comes from data is shown as text: never as markup, never as a link or an image."""

import re

# Where Markdown would make a link by itself, escaped or not: of an address or of an e-mail.
_LINK = re.compile(r"(?i)(?<=\w)(?=://)|(?<=www)(?=\.)|(?<=@)")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")


def short(text: str, most: int = 80) -> str:
    """The text, or its beginning with the sign that more follows."""
    return text if len(text) <= most else text[:most] + "…"


def plain(value: object) -> str:
    """The value as Markdown that reads exactly as written; empty for None and NaN."""
    if value is None or value != value:
        return ""
    # The word joiner is a character without width.
    return _MARKUP.sub(r"\\\1", _LINK.sub("\u2060", " ".join(str(value).split())))

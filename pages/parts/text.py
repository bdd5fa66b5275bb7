"""Text that comes from data is shown as text: never as markup, never as a link or an image."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")


def plain(value: object) -> str:
    """The value as Markdown that reads exactly as written; empty for None and NaN."""
    if value is None or value != value:
        return ""
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))

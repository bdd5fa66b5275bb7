"""Words, numbers and dates in the reader's language. English is the source."""

import gettext
import io
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = {"en": "en_GB", "ru": "ru"}
LANGUAGES = {"en": "English", "ru": "Русский"}
CATALOGUES = Path(__file__).parent.parent / "pages" / "locale"


def N_(message: str) -> str:
    """Marks a message for translation where it is written down and not yet shown."""
    return message


# Codes of the data and what people read for them.
LABELS = {
    "AFR": N_("Africa"),
    "AMS": N_("Americas"),
    "ARB": N_("Arab States"),
    "ASP": N_("Asia-Pacific"),
    "CIS": N_("CIS"),
    "EUR": N_("Europe"),
    "LDC": N_("Least developed countries"),
    "LLDC": N_("Landlocked developing countries"),
    "SIDS": N_("Small island developing States"),
    "submitted": N_("submitted"),
    "eligible": N_("eligible"),
    "evaluated": N_("evaluated"),
    "selected": N_("selected"),
    "reserve": N_("reserve"),
    "not selected": N_("not selected"),
    "withdrawn": N_("withdrawn"),
    "agreement signed": N_("agreement signed"),
    "operating": N_("operating"),
    "paused": N_("paused"),
    "ended": N_("ended"),
    "KAP": N_("Kigali Action Plan"),
    "BAP": N_("Baku Action Plan"),
    "KAP-1": N_("Affordable connectivity"),
    "KAP-2": N_("Digital transformation"),
    "KAP-3": N_("Enabling policy and regulatory environment"),
    "KAP-4": N_("Resource mobilization and international cooperation"),
    "KAP-5": N_("Inclusive and secure telecommunications/ICTs for sustainable development"),
    "safely above": N_("safely above"),
    "near the line": N_("near the line"),
    "safely below": N_("safely below"),
    "achieved": N_("achieved"),
    "on course": N_("on course"),
    "behind": N_("behind"),
    "off course": N_("off course"),
    "moved away": N_("moved away"),
    "not yet due": N_("not yet due"),
    "no report": N_("no report"),
    "not calculable": N_("not calculable"),
    "output": N_("output"),
    "outcome": N_("outcome"),
}


class Words:
    """Speaks one language. Called with a message it translates it and fills in the values."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LOCALES else "en"
        self.locale = LOCALES[self.lang]
        self._catalogue = _catalogue(self.lang)

    def __eq__(self, other: object) -> bool:
        # So that two views of the same are the same, and what was derived from one is kept.
        return isinstance(other, Words) and self.lang == other.lang

    def __hash__(self) -> int:
        return hash(self.lang)

    def __call__(self, message: str, **values: Any) -> str:
        """The message in this language, its {names} filled with `values` as people write them."""
        return self._fill(self._catalogue.gettext(message), values)

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """The form of the message that goes with `n`, which is also the value {n}."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def label(self, code: str) -> str:
        """What people read for a code of the data; the code itself where it is its own name."""
        return self(LABELS[code]) if code in LABELS else code

    def number(self, value: float, digits: int | None = None) -> str:
        """A number with `digits` decimals; without them two, and none where it is whole."""
        if digits is None:
            digits = 0 if float(value).is_integer() else 2
        # Never -0, which would be written like no other zero.
        return _decimal(round(float(value), digits) + 0.0, digits, self.locale)

    def compact(self, value: float) -> str:
        """A large number for a small place, rounded: `12.3K`."""
        return numbers.format_compact_decimal(value, locale=self.locale, fraction_digits=1)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 as a percentage, whole or with so many decimals."""
        return _percent(round(float(share), digits + 2), digits, self.locale)

    def date(self, value: date) -> str:
        """A day, with its month in letters: nobody should have to guess which number is which."""
        return dates.format_date(value, "medium", locale=self.locale)

    def month(self, value: date) -> str:
        """The month of a day and its year, for what is not known to the day."""
        return dates.format_skeleton("yMMMM", value, locale=self.locale)

    def moment(self, value: datetime) -> str:
        """A day and a time (UTC, as the store keeps it)."""
        return dates.format_datetime(value, "d MMM y, HH:mm", locale=self.locale) + " UTC"

    def listed(self, items: list[str]) -> str:
        """`a, b and c`, the way the language joins a list."""
        return lists.format_list(items, locale=self.locale)

    def some(self, names: Iterable[str], most: int) -> list[str]:
        """The names; of more than `most` the first ones, and how many more there are."""
        names = list(names)
        if len(names) > most:
            names[most:] = [self("{n} more", n=len(names) - most)]
        return names

    def in_order(self, codes: Any, name: Callable[[str], str] | None = None) -> list[str]:
        """Codes in the order of their names in this language, accents aside."""
        name = name or self.label
        return sorted(codes, key=lambda code: alphabetical(name(code)))

    def _fill(self, message: str, values: dict[str, Any]) -> str:
        return message.format(**{k: self._written(v) for k, v in values.items()})

    def _written(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.date(value)
        return self.number(value)


def alphabetical(text: str) -> str:
    """A sort key that puts É with E and lower case with upper."""
    folded = unicodedata.normalize("NFKD", text)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=8192)
def _decimal(value: float, digits: int, locale: str) -> str:
    # A page writes hundreds of numbers, and the next run of it mostly the same ones.
    return numbers.format_decimal(value, f"#,##0.{'0' * digits}", locale=locale)


@lru_cache(maxsize=8192)
def _percent(share: float, digits: int, locale: str) -> str:
    how = Locale.parse(locale).percent_formats[None].pattern
    if digits:
        how = how.replace("0", "0." + digits * "0")
    return numbers.format_percent(share, how, locale=locale)


@lru_cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    path = CATALOGUES / lang / "LC_MESSAGES" / "messages.po"
    if lang == "en":
        return gettext.NullTranslations()
    with path.open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

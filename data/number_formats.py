"""What a spreadsheet shows of a number, where that is not the number itself.

A cell holds a number and a format; people see the two together. `0007` may be a 7 under `0000`,
and `75%` a 0.75. The codes are those of ECMA-376, part 1, 18.8.30 and 18.8.31.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

# The formats that are known by number alone, as far as they are not General or dates.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    48: "##0.0E+0",
}
DAYS = (14, 15, 16, 17)
MOMENTS = (22,)
TIMES = (18, 19, 20, 21, 45, 46, 47)

# Parts of a code that show nothing of the number: literals, colours, languages, widths.
LITERAL_TEXT = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]')
LITERAL = re.compile(LITERAL_TEXT.pattern + r"|\[[A-Za-z]+ ?\d*\]")
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?,*")
# Which numbers a section is for, where it says so: [>=1000].
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<=": le,
    ">=": ge,
    "<>": ne,
    "<": lt,
    ">": gt,
    "=": eq,
}


@dataclass(frozen=True)
class Format:
    """A format. `kind`: plain (the number as it is), day (a date without a time), moment, time,
    figure, of which `shown` tells what one sees, or words, which stand in the number's place."""

    kind: str
    before: str = ""
    after: str = ""
    digits: str = ""

    def shown(self, number: float) -> str:
        """The figure as the cell shows it."""
        scaled = Decimal(repr(number)) * (100 if "%" in self.after else 1)
        whole, _, rest = self.digits.rstrip(",").partition(".")
        scaled /= 1000 ** (len(self.digits) - len(self.digits.rstrip(",")))
        rounded = abs(scaled).quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_UP)
        text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
        ones, _, fraction = text.partition(".")
        while fraction and rest[len(fraction) - 1] != "0" and fraction.endswith("0"):
            fraction = fraction[:-1]
        ones = ones.zfill(whole.count("0")) if "," not in whole else ones
        sign = "-" if scaled < 0 and rounded else ""
        return sign + self.before + ones + ("." + fraction if fraction else "") + self.after

    def says_the_same(self, number: float) -> bool:
        """Whether what is shown is the number, apart from zeros, separators and words around."""
        return self.hides_no_unit and Decimal(
            re.sub(r"[^0-9.]", "", self.bare(number)) or "0"
        ) == abs(Decimal(f"{number:.15g}"))

    @property
    def hides_no_unit(self) -> bool:
        """Whether one is shown as one: neither in hundredths nor in thousands."""
        return "%" not in self.after and not self.digits.endswith(",")

    def bare(self, number: float) -> str:
        """What is shown without the words around it."""
        return Format("figure", digits=self.digits).shown(number)


PLAIN = Format("plain")


def meant(number: float) -> float:
    """The number that a workbook's cell is read as.

    What binary arithmetic leaves at the end of a computed one (0.30000000000000004) is not shown,
    and not meant: spreadsheets show 15 digits. Twelve tell it from digits somebody wrote.
    """
    short = float(f"{number:.15g}")
    few = len(re.sub(r"e.*|[^0-9]", "", repr(short)).strip("0")) <= 12
    return short if few else number


@lru_cache(maxsize=1024)
def format_of(number: int, code: str | None) -> Callable[[float], Format]:
    """The format of that number, whose code a workbook gives when it is none of the known ones:
    what it makes of a value."""
    if code is None:
        for kind, numbers in (("day", DAYS), ("moment", MOMENTS), ("time", TIMES)):
            if number in numbers:
                known = Format(kind)
                return lambda _value: known
        code = BUILT_IN.get(number, "General")
    sections = re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', code)
    if CONDITION.search(LITERAL_TEXT.sub("", code)):
        rules = [
            (CONDITION.search(each), _format(CONDITION.sub("", each), words=True))
            for each in sections
        ]
    else:  # others than the first are for numbers below zero, zero and text
        rules = [(None, _format(sections[0]))]

    def chosen(value: float) -> Format:
        for rule, found in rules:
            if rule is None or HOLDS[rule[1]](value, float(rule[2])):
                return found
        return PLAIN

    return chosen


def _format(section: str, words: bool = False) -> Format:
    """The format of one section; one that holds `words` alone may be meant to be read as such."""
    bare = LITERAL.sub("", section)
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and "general" not in bare.lower():
        # An m is a month beside a day or a year, and a minute beside hours.
        clock = re.search(r"[hs]|\[[hms]+\]", LITERAL_TEXT.sub("", section), re.IGNORECASE)
        day = re.search(r"[yd]", bare, re.IGNORECASE) or not clock
        return Format("moment" if day and clock else "day" if day else "time")
    digits = DIGITS.search(bare)
    if set(bare) & set("@Ee/") or "general" in bare.lower():
        return PLAIN
    if not digits:
        said = LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", section)
        return Format("words", before=said) if words and said else PLAIN
    # Where the digits begin and end in the code with its literals written out.
    spelt = LITERAL.sub(lambda m: _hidden(m[1] or m[2] or m[3] or ""), section)
    start = DIGITS.search(spelt)
    return Format(
        "figure",
        before=_plain(spelt[: start.start()]),
        after=_plain(spelt[start.end() :]),
        digits=digits[0],
    )


def _hidden(text: str) -> str:
    """A literal, moved where no digit of the code can be looked for."""
    return "".join(chr(0xF0000 + ord(letter)) if ord(letter) < 0xFFFF else "" for letter in text)


def _plain(text: str) -> str:
    return "".join(
        chr(ord(letter) - 0xF0000) if ord(letter) >= 0xF0000 else letter for letter in text
    )

"""`python -m reports`: the papers, written from the shell; each is the same view a page shows.

Exit 0 when it is written, 1 when it cannot be, 2 when the call itself is wrong.
"""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from queries.filters import Filters
from queries.rights import Forbidden, Rights, roles
from queries.view import StoreError, View, latest
from queries.words import LANGUAGES, Words
from reports.brief import UnknownCountry, brief
from reports.paper import Unwritable, as_pdf


def main(arguments: list[str]) -> int:
    """Writes one paper; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.output.write_bytes(_brief(options))
    except (Forbidden, OSError, StoreError, UnknownCountry, Unwritable) as error:
        print(error)
        return 1
    print(options.output)
    return 0


def _brief(options: argparse.Namespace) -> bytes:
    options.output = options.output or Path(f"brief-{options.country}.pdf")
    rights = Rights(options.role)
    if not rights.may_open("country"):
        raise Forbidden(f"{options.role} may not open country")
    words = Words(options.lang)
    today = datetime.now(UTC).date()
    as_of = options.as_of if options.as_of != today else None
    view = View(latest(), Filters(as_of=as_of), rights, words, today)
    return as_pdf(brief(view, options.country), words)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day > datetime.now(UTC).date():
        raise argparse.ArgumentTypeError(f"{text} is to come: nothing is known of it")
    return day


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("brief", help="the brief on one country, a tagged PDF")
    one.add_argument("--country", required=True, help="ISO alpha-3, such as KEN")
    one.add_argument("--role", required=True, choices=roles(), help="whose view it is")
    one.add_argument("--lang", choices=list(LANGUAGES), default="en")
    one.add_argument("--as-of", type=_day, metavar="DAY", help="a past day, such as 2025-06-30")
    one.add_argument("--output", type=Path, metavar="FILE", help="default: brief-COUNTRY.pdf")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

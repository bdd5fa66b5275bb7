"""`python -m data`: check and import files, export, and the history of snapshots.

Exit 0 when it is done (also with warnings), 1 with findings or a store that cannot, 2 when the
call itself is wrong.
"""

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from data import (
    causes,
    delimited,
    exporting,
    forms,
    importing,
    mapping,
    progress,
    store,
    templates,
)
from data.encodings import ANSWERS
from data.limits import bound
from data.wording import Said, say
from queries.words import LANGUAGES, Words

# Addresses, not memory: DuckDB is held to its own limit, and files and libraries are mapped beside.
MEMORY = 8_000_000_000


def main(arguments: list[str]) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (store.StoreError, OSError) as error:
        progress.bar(1.0, "")
        if getattr(options, "json", False):
            print(json.dumps({"error": str(error), "said": asdict(_said(error))}))
        else:
            print(error)
        return 1


def _said(error: store.StoreError | OSError) -> Said:
    if isinstance(error, OSError):
        return say("The system does not let it: {why}.", why=causes.of_system(error))
    return error.said


def _begin(options: argparse.Namespace) -> progress.Tell:
    """Bounds the process, as it reads other people's files; returns whom to tell how far it is."""
    bound(MEMORY)
    return progress.lines if options.json else progress.bar


def _import(options: argparse.Namespace) -> int:
    draft, published = importing.import_(
        options.path,
        options.by,
        options.note,
        options.older,
        mapped=options.mapping,
        encoding=options.encoding,
        tell=_begin(options),
    )
    if options.json:
        print(json.dumps(importing.summary(draft) | {"published": published}, default=str))
        return 0 if published or draft.same else 1
    _print(draft)
    if not draft.hash:
        return 1
    if draft.same:
        print(f"The files change nothing: snapshot {draft.based_on.number} holds the same data.")
        return 0
    if not published:
        came, stored = draft.older
        print(
            f"The latest date in the files is {came}, and snapshot {draft.based_on.number} has "
            f"data up to {stored}. If an older state is meant, say --older."
        )
        return 1
    print(f"Snapshot {draft.number} is now current.")
    return 0


def _check(options: argparse.Namespace) -> int:
    with importing.checked(
        options.path, options.mapping, options.encoding, _begin(options)
    ) as draft:
        if options.marked:
            # Here alone: it would double the memory of every other command.
            from data import marked

            words = Words(options.lang)
            marked.write(options.path, draft.findings, options.marked, words, options.encoding)
        if options.json:
            print(json.dumps(importing.summary(draft), default=str))
        else:
            _print(draft)
        return 0 if draft.hash else 1


def _print(draft: importing.Draft) -> None:
    for line in draft.findings.lines():
        print(line)
    for name, origin in draft.origins.items():
        if draft.hash and origin.sha256 and origin.carried_from is not None:
            print(
                f"{name}: {origin.rows - origin.kept} rows added to the {origin.kept} of snapshot "
                f"{origin.carried_from}."
            )
        elif draft.hash and origin.carried_from is not None and origin.rows:
            print(f"{name}: {origin.rows} rows kept from snapshot {origin.carried_from}.")


def _export(options: argparse.Namespace) -> int:
    for path in exporting.export(store.current().path, options.path, options.parquet):
        print(path)
    return 0


def _template(options: argparse.Namespace) -> int:
    options.out.write_bytes(templates.template(Words(options.lang)))
    print(options.out)
    return 0


def _report_form(options: argparse.Namespace) -> int:
    today = datetime.now(UTC).date()
    form = forms.form(store.current(), options.centre, today, Words(options.lang))
    options.out.write_bytes(form)
    print(options.out)
    return 0


def _report_forms(options: argparse.Namespace) -> int:
    today = datetime.now(UTC).date()
    options.out.write_bytes(forms.forms(store.current(), today, Words(options.lang)))
    print(options.out)
    return 0


def _history(options: argparse.Namespace) -> int:
    snapshots = store.stored()
    if not snapshots:
        print("The store is empty; the sample stands in for it.")
        return 0
    current = store.current()
    for snapshot in snapshots:
        words = [
            "*" if snapshot.number == current.number else " ",
            f"{snapshot.number:>4}",
            f"{snapshot.imported_at:%Y-%m-%d %H:%M} UTC",
            snapshot.hash[:12],
            f"made from {snapshot.based_on}" if snapshot.based_on else "",
            snapshot.imported_by or "",
            snapshot.note or "",
        ]
        print("  ".join(words).rstrip())
    return 0


def _files(options: argparse.Namespace) -> int:
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, kept in store.files_of(options.number).items():
        print(shutil.copyfile(kept, options.folder / name))
    return 0


def _restore(options: argparse.Namespace) -> int:
    snapshot = store.restore(options.number)
    print(f"Snapshot {snapshot.number} is now current.")
    return 0


def _layout(options: argparse.Namespace) -> int:
    sheets = mapping.layout(options.path, options.encoding)
    print(json.dumps({"sheets": sheets, "unclear": delimited.unclear(options.path)}))
    return 0


def _build_sample(options: argparse.Namespace) -> int:
    errors = importing.build_sample(options.target).errors
    for finding in errors:
        print(finding)
    return 1 if errors else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run, **words) -> argparse.ArgumentParser:
        one = commands.add_parser(name, **words)
        one.set_defaults(run=run)
        return one

    asked = {
        "choices": ANSWERS,
        "metavar": "NAME",
        "help": "of CSV files that are neither UTF-8 nor UTF-16",
    }

    def language(one: argparse.ArgumentParser) -> None:
        words = "the language of what is written there"
        one.add_argument("--lang", choices=tuple(LANGUAGES), default="en", help=words)

    def mapped(one: argparse.ArgumentParser) -> None:
        words = "how the files' own sheets and columns are read: mappings/NAME.json in the store"
        one.add_argument("--mapping", metavar="NAME", help=words)

    path = "a folder of CSV or Parquet files or of returned reports, or one XLSX workbook"
    one = command("import", _import, help="check files and publish them as a new snapshot")
    one.add_argument("path", type=Path, metavar="PATH", help=path)
    one.add_argument("--by", help="who imports")
    one.add_argument("--note", help="why")
    mapped(one)
    one.add_argument("--older", action="store_true", help="the files are meant to be older")
    one.add_argument("--encoding", **asked)
    one.add_argument("--json", action="store_true", help="answer as JSON")
    one = command("check", _check, help="check files and change nothing")
    one.add_argument("path", type=Path, metavar="PATH", help=path)
    one.add_argument("--encoding", **asked)
    mapped(one)
    marked = "write them there as a workbook, wrong cells coloured and every finding listed"
    one.add_argument("--marked", type=Path, metavar="OUT.xlsx", help=marked)
    language(one)
    one.add_argument("--json", action="store_true", help="answer as JSON")
    one = command("export", _export, help="write the current snapshot as files")
    into = "a folder for CSV files, or a workbook's name, which ends in .xlsx"
    one.add_argument("path", type=Path, metavar="PATH", help=into)
    one.add_argument("--parquet", action="store_true", help="Parquet files instead of CSV")
    one = command("template", _template, help="write an empty workbook of the import format")
    one.add_argument("out", type=Path, metavar="OUT.xlsx", help="where to write it")
    language(one)
    words = "write the workbook with which a centre reports"
    one = command("report-form", _report_form, help=words)
    one.add_argument("centre", metavar="CENTRE", help="its centre_id")
    one.add_argument("out", type=Path, metavar="OUT.xlsx", help="where to write it")
    language(one)
    words = "write those of all centres that have not ended, as one ZIP archive"
    one = command("report-forms", _report_forms, help=words)
    one.add_argument("out", type=Path, metavar="OUT.zip", help="where to write it")
    language(one)
    command("history", _history, help="list the snapshots")
    one = command("restore", _restore, help="make an earlier snapshot current again")
    one.add_argument("number", type=int, metavar="N", help="its number")
    one = command("files", _files, help="write the files a snapshot was made from, as they came")
    one.add_argument("number", type=int, metavar="N", help="its number")
    one.add_argument("folder", type=Path, metavar="DIR", help="where to write them")
    # Called by the page; not for people.
    one = command("layout", _layout)
    one.add_argument("path", type=Path)
    one.add_argument("--encoding", **asked)
    one.add_argument("--json", action="store_true")
    # Called by the store when it is empty; not for people.
    one = command("build-sample", _build_sample)
    one.add_argument("target", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

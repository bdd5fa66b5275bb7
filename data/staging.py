"""From files to typed tables, with a finding for each cell that does not fit.

Each file becomes a table `stage.<name>` whose rows lie in the order of the file: one column per
column of the format, and `bad`, the texts of the cells that did not fit by their columns, null
where all fit. Over them stand the temporary views the checks read, named as the files are:
`cohorts`, `applications`, ... with `line` (the row as a spreadsheet counts, null for what is
carried over) and, beside each column, the text of the cell where it did not fit (`bad <column>`).
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import duckdb

from data import adding, causes, cells, reading, scores
from data.findings import SHOWN, Finding, Findings, quoted
from data.progress import Steps
from data.sources import Batch, Source
from data.tables import REFERENCES, TABLES, Column, Table
from data.wording import Said, say

# A decimal comma that could as well part the thousands: 1,500.
AMBIGUOUS = r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"
WITH_COMMA = r"[+-]?[0-9]+,[0-9]+"
# The same with a point, where spreadsheets part cells by semicolons: 1.500.
AMBIGUOUS_POINT = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"

# Keys that must stand in another table, where they were looked at: to search 20 million of them
# for hidden characters takes longer than reading them.
REFERRING = {(table, column) for table, column, _, _ in REFERENCES} | {("scores", "criterion")}


@dataclass(frozen=True)
class Origin:
    """Where the rows of a table come from: a file, the snapshot it stands on, or nowhere.

    Of the rows, `kept` were there already and a file added the others.
    """

    file: str
    rows: int
    carried_from: int | None = None
    sha256: str = ""
    kept: int = 0


def stage(
    batch: Batch,
    based_on: int | None,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
    steps: Steps,
) -> dict[str, Origin]:
    """Types every source and defines the views; returns where each table comes from.

    `database` has the reference tables filled, `stage` attached, and the snapshot to carry over
    from attached as `old` when `based_on` names one.
    """
    origins = {}
    present = {source.table.name: source for source in batch.sources}
    sizes = [source.size for source in present.values()]
    ends = [end / (sum(sizes) or 1) for end in accumulate(sizes, initial=0)]
    spans = dict(zip(present, pairwise(ends), strict=True))

    def load(name: str) -> None:
        source = present.pop(name)
        with steps.followed("reading", *spans[name], source.file, database):
            if loaded := _load(source, batch, database, scratch, findings):
                present[name] = loaded

    for name in list(present):
        if name != "scores":
            load(name)
    _resolve_countries(present.values(), database)
    countries = CountryNames(database)
    for table in TABLES:
        if table.name == "scores" and table.name in present:
            source = present[table.name]
            with steps.followed("reading", *spans[table.name], source.file, database):
                count = _as_it_stands(source, database)
            if count is not None:
                origins[table.name] = Origin(source.file, count, sha256=source.sha256)
                continue
            load(table.name)
        if table.name in present:
            source = present[table.name]
            _view_of_file(table, database)
            kept = 0
            if source.adds:
                stored = as_file(table, "old")
                kept = adding.merge(source, stored, based_on, database, findings)
            _report_cells(source, countries, database, findings)
            count = database.execute(f"select count(*) from {table.name}").fetchone()[0]
            carried_from = based_on if source.adds else None
            origins[table.name] = Origin(source.file, count, carried_from, source.sha256, kept)
        elif based_on is not None and table.name not in batch.broken:
            database.execute(
                f"create or replace temp view {table.name} as "
                f"select null::bigint as line, * from ({as_file(table, 'old')})"
            )
            count = database.execute(f"select count(*) from {table.name}").fetchone()[0]
            origins[table.name] = Origin(table.name, count, based_on)
        else:
            empty = ", ".join(f"null::{cells.TYPES[c.kind]} as {c.name}" for c in table.columns)
            database.execute(
                f"create or replace temp view {table.name} as "
                f"select null::bigint as line, {empty} where false"
            )
            origins[table.name] = Origin(table.name, 0)
    return origins


def _as_it_stands(source: Source, database: duckdb.DuckDBPyConnection) -> int | None:
    """How many scores a file has, where nothing is wrong with any; else None, and what is wrong is
    found by staging it."""
    try:
        whole = scores.number(f"select *, bad is null as fits from ({_typed(source)})", database)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:  # what DuckDB would not is told by `_load`
        return None
    return scores.view(database) if whole else None


def _load(
    source: Source,
    batch: Batch,
    database: duckdb.DuckDBPyConnection,
    scratch: Path,
    findings: Findings,
) -> Source | None:
    """Fills `stage.<name>`; reads the file line by line when DuckDB refuses it."""
    try:
        _create(source, database, ())
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if causes.is_full(error):
            raise
        if source.direct is not None:
            again = reading.rewritten(source, batch, scratch, findings)
            return again and _load(again, batch, database, scratch, findings)
        why = causes.of_database(error, say("a part of it is damaged"))
        what = say("it cannot be read: {why}", why=why)
        findings.add(Finding(source.file, None, "", what, say("a whole file")))
        batch.broken.add(source.table.name)
        return None
    commas = _decimal_commas(source, database, findings)
    if commas:
        _create(source, database, commas)
    if source.separator == ";":
        _report_points(source, database, findings)
    return source


def _create(source: Source, database: duckdb.DuckDBPyConnection, commas: tuple[str, ...]) -> None:
    database.execute(
        f"create or replace table stage.{source.table.name} as {_typed(source, commas)}"
    )


def _typed(source: Source, commas: tuple[str, ...] = ()) -> str:
    """SQL for the rows of a file, in steps that each build on the one before: an expression DuckDB
    meets twice in one step it computes twice. `commas`: columns with a decimal comma."""
    texts, casts, values, kept, shown = [], [], [], [], {}
    for column in source.table.columns:
        text, cast = f'"text {column.name}"', f'"cast {column.name}"'
        if column.name not in source.texts:
            kept.append(f"null::{cells.TYPES[column.kind]} as {column.name}")
            continue
        kept.append(column.name)
        if column.name in source.typed:
            raw, fits = source.typed[column.name]
            named = f'"raw {column.name}"'
            texts.append(f"{raw} as {named}")
            values.append(f"{fits.replace('raw', named)} as {column.name}, {named}")
            shown[column.name] = named, source.texts[column.name].replace(raw, named)
            continue
        texts.append(f"{source.texts[column.name]} as {text}")
        if column.kind == "country":
            values.append(f"{text} as {column.name}")
            continue
        if (source.table.name, column.name) in REFERRING and not source.faults:
            values.append(f"{text} as {column.name}")
            continue
        casts.append(f"{cells.cast(column, text, column.name in commas)} as {cast}")
        values.append(f"{cells.typed(column, text, cast)} as {column.name}, {text}")
        shown[column.name] = text, text
    return f"""
        select {", ".join(kept)}, {_bad(shown)} as bad
        from (
            select {", ".join(values)}
            from (
                select *, {", ".join(casts)}
                from (select {", ".join(texts)} from {source.relation})
            )
        )
    """


def _bad(shown: dict[str, tuple[str, str]]) -> str:
    """SQL for the texts of a row's cells that did not fit; `shown` has for each column that may
    have one what was given, and its text. Only such rows have them made: one column that is empty
    in all others takes a third of the time of a column beside each."""
    failed = [f"({name} is null and {given} is not null)" for name, (given, _) in shown.items()]
    if not failed:
        return "null::map(varchar, varchar)"
    names = ", ".join(f"'{name}'" for name in shown)
    texts = ", ".join(
        f"case when {name} is null then {text} end" for name, (_, text) in shown.items()
    )
    return f"case when {' or '.join(failed)} then map([{names}], [{texts}]) end"


def _decimal_commas(
    source: Source, database: duckdb.DuckDBPyConnection, findings: Findings
) -> tuple[str, ...]:
    """The columns to read with a decimal comma. A column that mixes both keeps its bad cells."""
    agreed = []
    for column in source.table.columns:
        if column.kind not in ("number", "value") or column.name not in source.texts:
            continue
        bad = f"bad['{column.name}']"
        some, all_ambiguous = database.execute(
            f"select count(*) > 0, bool_and(regexp_full_match({bad}, $ambiguous)) "
            f"from stage.{source.table.name} "
            f"where bad is not null and regexp_full_match({bad}, $comma)",
            {"ambiguous": AMBIGUOUS, "comma": WITH_COMMA},
        ).fetchone()
        if not some or (all_ambiguous and source.separator != ";"):
            continue
        text = source.texts[column.name]
        points = database.execute(
            f"select count(*) from {source.relation} "
            f"where contains({text}, '.') and not starts_with({text}, chr(1))"
        ).fetchone()[0]
        if not points:
            agreed.append(column.name)
    return tuple(agreed)


def _report_points(source: Source, database: duckdb.DuckDBPyConnection, findings: Findings) -> None:
    """Says which columns may have their thousands parted by points. Their scale settles it for
    scores, the globe for coordinates; places are whole, and weights count beside each other."""
    for column in source.table.columns:
        if column.kind != "value" or column.name not in source.texts:
            continue
        first, all_ambiguous = database.execute(
            f"select first(text), bool_and(regexp_full_match(text, $ambiguous)) "
            f"from (select {source.texts[column.name]} as text from {source.relation}) "
            "where contains(text, '.') and not contains(text, ',')",
            {"ambiguous": AMBIGUOUS_POINT},
        ).fetchone()
        if all_ambiguous:
            what = say(
                "{text} is read as {number}, and every point in the column could as well part the "
                "thousands",
                text=first,
                number=f"{float(first):g}",
            )
            expected = say("{number} where that is meant", number=first.replace(".", ""))
            findings.add(Finding(source.file, 1, column.name, what, expected, warning=True))


def _resolve_countries(sources: Iterable[Source], database: duckdb.DuckDBPyConnection) -> None:
    """Fills stage.country_text: every text that stands for a country in the files, with its code.

    A code counts as such only when it is written as one, so that "N/A" is not Namibia.
    """
    texts = [
        f"select {column.name} as text from stage.{source.table.name}"
        for source in sources
        for column in source.table.columns
        if column.kind == "country"
    ]
    database.execute(
        f"""
        create or replace table stage.country_text as
        with texts as (
            select distinct text from ({" union all ".join(texts) or "select null as text"})
            where text is not null
        ),
        names as (
            select folded(name) as name, any_value(country) as country,
            from country_spelling
            group by folded(name)
        )
        select text, coalesce(codes.country, names.country) as code,
        from texts
        left join country as codes on upper(text) in (codes.country, codes.iso2)
        left join names on names.name = folded(text)
        """
    )


def _view_of_file(table: Table, database: duckdb.DuckDBPyConnection) -> None:
    columns, joins, filled = [], [], ["staged.bad is not null"]
    # To look for nothing in 20 million rows, once for each column, takes seconds.
    some = database.execute(f"select count(bad) > 0 from stage.{table.name}").fetchone()[0]
    for column in table.columns:
        filled.append(f"staged.{column.name} is not null")
        if column.kind == "country":
            known = f"known_{column.name}"
            columns.append(f"{known}.code as {column.name}")
            bad = f"case when {known}.code is null then staged.{column.name} end"
            columns.append(f'{bad} as "bad {column.name}"')
            joins.append(
                f"left join stage.country_text as {known} on {known}.text = staged.{column.name}"
            )
        else:
            bad = f"staged.bad['{column.name}']" if some else "null::varchar"
            columns.append(f'staged.{column.name}, {bad} as "bad {column.name}"')
    database.execute(
        f"create or replace temp view {table.name} as select staged.rowid + 2 as line, "
        f"{', '.join(columns)} from stage.{table.name} as staged {' '.join(joins)} "
        f"where {' or '.join(filled)}"
    )


def _report_cells(
    source: Source,
    countries: "CountryNames",
    database: duckdb.DuckDBPyConnection,
    findings: Findings,
) -> None:
    """A finding for each cell that does not fit, and for each empty one that must not be."""
    conditions = {}
    for column in source.table.columns:
        if column.name in source.texts:
            conditions[column, False] = f'"bad {column.name}" is not null'
            if column.required:
                conditions[column, True] = f'{column.name} is null and "bad {column.name}" is null'
    # Counted in one go: to look for each by itself would read the rows as often.
    counts = ", ".join(f"count_if({condition})" for condition in conditions.values())
    counted = database.execute(f"select {counts} from {source.table.name}").fetchone()
    for ((column, empty), condition), count in zip(conditions.items(), counted, strict=True):
        if not count:
            continue
        found = database.execute(
            f'select line, "bad {column.name}" from {source.table.name} where {condition} '
            f"order by line limit {SHOWN}"
        ).fetchall()
        for line, text in found:
            if empty:
                what = say("the cell is empty")
                expected = say("{column} is required", column=column.name)
            elif column.kind == "country" and not text.startswith(cells.FAULT):
                what = say(
                    "{text} is not in the list of ITU Member States and Resolution 99; ask the "
                    "secretariat",
                    text=quoted(text),
                )
                expected = countries.nearest(text)
            else:
                what, expected = _explain(column, text)
            findings.add(Finding(source.file, line, column.name, what, expected))
        findings.add_unlisted(max(count - SHOWN, 0))


def _explain(column: Column, text: str) -> tuple[Said, Said]:
    if column.kind in ("number", "value") and re.fullmatch(WITH_COMMA, text):
        return (
            say("{text} has a comma", text=quoted(text)),
            say("a decimal point; a decimal comma only where the whole column has it"),
        )
    return cells.explain(column, text)


class CountryNames:
    """Which country a misspelt name may mean."""

    # Looking through all names takes milliseconds: not for every cell of a file gone wrong.
    MOST = 500

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._answers: dict[str, Said] = {}
        self._names: dict[str, dict[str, str]] = dict(
            database.execute(
                "select folded(name), {'en': country.name_en, 'ru': country.name_ru} "
                "from country_spelling inner join country using (country)"
            ).fetchall()
        )

    def nearest(self, text: str) -> Said:
        """What was expected instead of `text`: the nearest name, when there is a near one."""
        if text not in self._answers:
            folded = self._database.execute("select folded(?)", [text]).fetchone()[0]
            few = len(self._answers) < self.MOST and len(folded) > 3
            near = difflib.get_close_matches(folded, self._names, 1, 0.75) if few else []
            self._answers[text] = (
                say("did you mean {name}?", name=self._names[near[0]])
                if near
                else say("an ISO 3166-1 code, or the name in one of the six languages")
            )
        return self._answers[text]


def as_file(table: Table, database: str) -> str:
    """SQL for a stored table's rows in the columns of its file, without the reference goals.

    `database` is the name a snapshot is attached under.
    """
    lists = {column: (into, name) for column, into, name in table.lists}
    key = table.key[0]
    columns = []
    for column in table.columns:
        if column.name in lists:
            into, name = lists[column.name]
            columns.append(
                f"(select list({name} order by {name}) from {database}.{into} as listed "
                f"where listed.{key} = stored.{key}) as {column.name}"
            )
        else:
            columns.append(f"stored.{column.name}::{cells.TYPES[column.kind]} as {column.name}")
    chosen = "where goal not in (select goal from reference_goal)" if table.name == "goals" else ""
    return f"select {', '.join(columns)} from {database}.{table.into} as stored {chosen}"


def order_of(table: Table) -> str:
    """The canonical order of a table's rows: by its key, which each row has alone."""
    return ", ".join(f"{name} nulls first" for name in table.key)

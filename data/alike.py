"""What looks the same to people and is not the same: keys that differ only in case, in spaces or in
letters of another script that look alike. The pairs are those of Unicode's confusables (Technical
Standard 39) between Latin and the Cyrillic and Greek letters, where the shapes are one.
"""

import re
import unicodedata

import duckdb
import pyarrow as pa

from data.meaning import Check
from data.staging import Origin
from data.wording import say

# Small letters that have the shape of a Latin one. The others follow by their capitals.
SMALL = str.maketrans("асеһіјӏорԛѕԝхуѵ‐‑‒–—−", "acehijlopqswxyv------")
CAPITAL = str.maketrans("АВСЕНІЈӀКМОРԚЅТԜХУѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIJIKMOPQSTWXYVABEZHIKMNOPTYX")

# Names in ASCII, which most are, take a hundredth of the time of the others.
MACROS = """
create temp macro alike(t) as case
    when strlen(t) = length(t) then upper(replace(t, ' ', '')) else alike_of(t)
end;
"""

# Table, the column of its key that names something, and the columns within which it does so. Other
# keys refer to these, and must stand among them letter by letter.
NAMES = (
    ("cohorts", "cohort", ()),
    ("applications", "application_id", ()),
    ("criteria", "criterion", ("cohort",)),
    ("reviewers", "reviewer", ()),
    ("centres", "centre_id", ()),
    ("agreements", "reference", ("centre_id",)),
    ("goals", "goal", ()),
    ("indicators", "indicator", ()),
    ("measurements", "breakdown", ("centre_id", "indicator", "measured_on")),
    ("milestones", "milestone", ("centre_id",)),
)

EXPECTED = say("names that differ by more than case, spaces or look-alike letters")


def form(text: str) -> str:
    """What two texts share that look alike. NFKC makes letters of full width ordinary ones."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return bare.translate(SMALL).upper().translate(CAPITAL)


def checks(origins: dict[str, Origin]) -> list[Check]:
    """One question for each table that came in: which names look like another one's?"""
    return [
        _check(table, column, within) for table, column, within in NAMES if origins[table].sha256
    ]


def _check(table: str, column: str, within: tuple[str, ...]) -> Check:
    also = "".join(f", {name}" for name in within)
    known = (
        "union all select null as line, goal from reference_goal "
        "where goal not in (select goal from goals where goal is not null)"
        if table == "goals"
        else ""
    )
    return Check(
        table,
        column,
        (say("{name} looks like {first} in {place}"), say("{name} looks like {first}")),
        EXPECTED,
        f"""
        with named as (
            select line, {column}{also} from {table} where {column} is not null {known}
        ),
        -- Two hashes a row are less to keep than two texts.
        suspects as (
            select hash(alike({column}){also}) as h
            from named
            group by h
            having min(hash({column})) <> max(hash({column}))
        ),
        forms as (
            select *, alike({column}) as form
            from named
            where hash(alike({column}){also}) in (select h from suspects)
        ),
        firsts as (
            select form{also}, arg_min({column}, coalesce(line, 0)) as first,
                min(coalesce(line, 0)) as first_line
            from forms
            group by form{also}
        )
        select line, {column} as name, first, nullif(first_line, 0) as row,
        from forms inner join firsts using (form{also})
        where {column} <> first
        """,
    )


def prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Defines the macro the checks use."""
    database.create_function("alike_of", _forms, ["VARCHAR"], "VARCHAR", type="arrow")
    database.execute(MACROS)


def _forms(texts: pa.ChunkedArray) -> pa.Array:
    return pa.array([form(text) for text in texts.to_pylist()], pa.string())

"""What looks the same to people and is not the same: keys that differ only in case, in spaces or in
letters of another script that look alike. The pairs are those of Unicode's confusables (Technical
Standard 39) between Latin and the Cyrillic and Greek letters, where the shapes are one.
"""

import duckdb

from data.meaning import Check
from data.staging import Origin

# Small letters that have the shape of a Latin one. The others follow by their capitals.
SMALL = ("асеһіјӏорԛѕԝхуѵ", "acehijlopqswxyv")
CAPITAL = ("АВСЕНІЈӀКМОРԚЅТԜХУѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIJIKMOPQSTWXYVABEZHIKMNOPTYX")
DASHES = "‐‑‒–—−"
FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))

MACROS = rf"""
create temp macro alike(t) as regexp_replace(
    translate(
        upper(translate(
            nfc_normalize(t),
            '{SMALL[0]}{FULL_WIDTH}{DASHES}',
            '{SMALL[1]}{"".join(chr(ord(c) - 0xFEE0) for c in FULL_WIDTH).replace("'", "''")}------'
        )),
        '{CAPITAL[0]}',
        '{CAPITAL[1]}'
    ),
    '[\s\pZ]+', '', 'g'
);
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

EXPECTED = "names that differ by more than case, spaces or look-alike letters"


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
        f"""
        with named as (
            select line, {column}{also} from {table} where {column} is not null {known}
        ),
        forms as (select *, alike({column}) as form from named),
        suspects as (
            select form{also} from forms group by form{also} having min({column}) <> max({column})
        ),
        firsts as (
            select form{also}, arg_min({column}, coalesce(line, 0)) as first,
                min(coalesce(line, 0)) as first_line
            from forms semi join suspects using (form{also})
            group by form{also}
        )
        select line,
            {column} || ' looks like ' || first
                || case when first_line > 0 then ' in row ' || first_line else '' end as what,
            '{EXPECTED}' as expected,
        from forms inner join firsts using (form{also})
        where {column} <> first
        """,
    )


def prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Defines the macro the checks use."""
    database.execute(MACROS)

"""Scores, of which there may be 20 million: by numbers instead of keys, and checked on the way.

To give each score the numbers of its application, reviewer and criterion asks what the checks ask,
too: are they all there, and is the score on the scale? Where the answer is yes for every row, the
texts of the file need neither be kept nor looked at again.
"""

import duckdb

from data.tables import BY_NAME

# What scores refer to, numbered as it will be stored: in the order of its keys.
KNOWN = """
create or replace temp table known_application as
select application_id, any_value(cohort) as cohort,
from applications
group by application_id
order by application_id nulls first;

create or replace temp table known_reviewer as
select reviewer
from reviewers
group by reviewer
order by reviewer nulls first;

create or replace temp table known_criterion as
select cohort, criterion, any_value(scale_min) as scale_min, any_value(scale_max) as scale_max,
from criteria
group by cohort, criterion
order by cohort nulls first, criterion nulls first;
"""

BY_NUMBER = "application, reviewer, criterion"
NUMBERED = """
create or replace temp table numbered as
select
    known_application.rowid::integer as application,
    known_reviewer.rowid::integer as reviewer,
    known_criterion.rowid::integer as criterion,
    typed.score,
    typed.scored_on,
    typed.comment,
    coalesce(
        typed.fits
        and typed.score between known_criterion.scale_min and known_criterion.scale_max
        and known_reviewer.reviewer is not null,
        false
    ) as fits,
from ({typed}) as typed
left join known_application on typed.application_id = known_application.application_id
left join known_reviewer on typed.reviewer = known_reviewer.reviewer
left join known_criterion
    on known_application.cohort = known_criterion.cohort
    and typed.criterion = known_criterion.criterion
"""


def number(typed: str, database: duckdb.DuckDBPyConnection) -> bool:
    """Whether nothing is wrong with the scores that `typed` selects, but that one may come twice.

    It has the columns of the format and `fits`, whether every cell of the row did; the views of
    what the scores refer to must be there. If nothing is wrong, the temporary table `numbered` has
    them, in the order they come in.
    """
    database.execute(KNOWN)
    # DuckDB does not know how many rows a file has. Where it takes them for few, it looks up in
    # them what they refer to, instead of the other way round: that takes twice as long, and loses
    # their order.
    database.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        database.execute(NUMBERED.format(typed=typed))
    finally:
        database.execute("reset disabled_optimizers")
    fit = database.execute("select coalesce(bool_and(fits), true) from numbered").fetchone()[0]
    if not fit:
        database.execute("drop table numbered")
    return fit


def view(database: duckdb.DuckDBPyConnection) -> int:
    """Defines the view `scores` of those that came in a file and are numbered; returns how many."""
    bad = ", ".join(f'null::varchar as "bad {c.name}"' for c in BY_NAME["scores"].columns)
    database.execute(
        f"""
        create or replace temp view scores as
        select
            numbered.rowid + 2 as line,
            known_application.application_id,
            known_reviewer.reviewer,
            known_criterion.criterion,
            numbered.score,
            numbered.scored_on,
            numbered.comment,
            {bad}
        from numbered
        inner join known_application on numbered.application = known_application.rowid
        inner join known_reviewer on numbered.reviewer = known_reviewer.rowid
        inner join known_criterion on numbered.criterion = known_criterion.rowid
        """
    )
    return database.execute("select count(*) from numbered").fetchone()[0]


def fill(database: duckdb.DuckDBPyConnection) -> bool:
    """Fills the tables of the scores from the view `scores`, in the order of its keys.

    Returns whether nothing is wrong with the scores; if something is, what was filled is of no use.
    """
    if not _numbered(database) and not number("select *, true as fits from scores", database):
        return False
    for columns, into, which in (
        ("score, scored_on", "numbered_score", "true"),
        ("comment", "numbered_comment", "comment is not null"),
    ):
        database.execute(
            f"insert into {into} select {BY_NUMBER}, {columns} from numbered where {which} "
            f"order by {BY_NUMBER}"
        )
    # Equal ones lie side by side.
    twice = database.execute(
        """
        select 1
        from (
            select
                application, lag(application) over () as application_before,
                reviewer, lag(reviewer) over () as reviewer_before,
                criterion, lag(criterion) over () as criterion_before,
            from numbered_score
        )
        where application = application_before
            and reviewer = reviewer_before
            and criterion = criterion_before
        limit 1
        """
    ).fetchone()
    return twice is None


def _numbered(database: duckdb.DuckDBPyConnection) -> bool:
    sql = "select 1 from duckdb_tables() where table_name = 'numbered'"
    return database.execute(sql).fetchone() is not None

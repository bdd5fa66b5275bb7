"""What the panel's model says of each cohort, computed when data comes in and stored with it."""

import duckdb

from analysis.assessment import assessed

TABLES = ("panel_agreement", "panel_reviewer", "panel_application")


def fill(database: duckdb.DuckDBPyConnection) -> None:
    """Fills the three tables of `derived.sql`, which must have run.

    They follow from the other tables, as all that is derived does, and are no part of the hash.
    """
    for (cohort,) in database.execute("select cohort from cohort order by cohort").fetchall():
        scores, pool = (
            database.execute(f"from {name}($cohort, null)", {"cohort": cohort}).df()
            for name in ("panel_scores", "panel_pool")
        )
        for table, frame in zip(TABLES, assessed(scores, pool), strict=True):
            database.register("found", frame)
            database.execute(
                f"insert into {table} by name select $cohort as cohort, * from found",
                {"cohort": cohort},
            )
            database.unregister("found")

"""The reference tables of a snapshot, from the files in `data/reference/`."""

from pathlib import Path

import duckdb

from data.delimited import pattern

FOLDER = Path(__file__).parent / "reference"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def fill(database: duckdb.DuckDBPyConnection) -> None:
    """Fills country, country_group, plan, published_total and regional_initiative, and keeps beside
    them, as temporary tables, what the import needs: `country_spelling` (name, country) and
    `reference_goal`."""
    names = ", ".join(f"countries.name_{lang}" for lang in LANGUAGES)
    database.execute(
        f"""
        insert into country
        select iso3, iso2, m49, {names}, itu_status,
            points.latitude::double, points.longitude::double, points.small = 'yes',
        from {_file("countries")} as countries
        inner join {_file("country_points")} as points on points.country = iso3
        order by iso3
        """
    )
    database.execute(
        f"""
        insert into country_group
        select country, group_code, valid_from::date, valid_to::date, confidence, source, note
        from {_file("country_groups")}
        order by all nulls first
        """
    )
    database.execute(
        f"""
        insert into plan
        select plan, name_en, adopted_on::date, cycle_start::integer, cycle_end::integer,
            source, confidence,
        from {_file("plans")}
        order by plan
        """
    )
    database.execute(
        f"""
        insert into published_total
        select what, value::integer, approximate = 'yes', as_of::date, source, confidence
        from {_file("published_totals")}
        order by what
        """
    )
    database.execute(
        f"""
        insert into regional_initiative
        select plan, region, code, title, cycle, source, confidence
        from {_file("regional_initiatives")}
        where confidence = 'stated'
        order by plan, code
        """
    )
    goals(database)
    spellings = " union all ".join(
        f"select name_{each}, country from country" for each in LANGUAGES
    )
    database.execute(
        f"create temp table country_spelling as "
        f"select alias as name, country from {_file('country_aliases')} union all {spellings}"
    )


def goals(database: duckdb.DuckDBPyConnection) -> None:
    """Makes the temporary table `reference_goal` (goal, plan, parent, name)."""
    database.execute(
        f"create or replace temp table reference_goal as "
        f"select goal, plan, parent, name_en as name from {_file('goals')}"
    )


def _file(name: str) -> str:
    path = pattern(FOLDER / f"{name}.csv")
    return f"read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"')"

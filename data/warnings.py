"""What lets an import pass, is shown, and stays on record with the snapshot."""

import duckdb

from data.checks import report
from data.findings import Findings
from data.meaning import Check
from data.staging import Origin

FEWEST_REVIEWS = 3

WARNINGS = (
    Check(
        "applications",
        "application_id",
        f"""
        select line,
            case when facts.reviews = 0
                then 'application ' || facts.application_id || ' is ' || facts.stage
                    || ' and has no review'
                else 'application ' || facts.application_id || ' is ' || facts.stage
                    || ' and has only ' || facts.reviews || ' of the usual {FEWEST_REVIEWS} reviews'
            end as what,
            'at least {FEWEST_REVIEWS} reviewers with scores' as expected,
        from application_facts as facts
        inner join applications using (application_id)
        where facts.stage in ('evaluated', 'selected', 'reserve', 'not selected')
            and facts.reviews < {FEWEST_REVIEWS}
            and facts.cohort in (select cohort from application_facts where reviews > 0)
        """,
    ),
    Check(
        "cohorts",
        "cohort",
        """
        select any_value(line) as line,
            'cohort ' || cohort || ' has evaluated applications and no scores' as what,
            'scores for what was evaluated' as expected,
        from application_facts as facts
        inner join cohorts using (cohort)
        where facts.stage in ('evaluated', 'selected', 'reserve', 'not selected')
        group by cohort
        having max(facts.reviews) = 0
        """,
    ),
    Check(
        "applications",
        "submitted_on",
        """
        select applications.line,
            applications.submitted_on || ' lies after ' || closed_on || ', when cohort '
            || cohort || ' was closed' as what,
            'a date up to ' || closed_on as expected,
        from applications
        inner join cohorts using (cohort)
        where applications.submitted_on > closed_on
        """,
    ),
    Check(
        "applications",
        "stage",
        """
        with others as (
            select cohort, application_id, total,
                row_number() over (partition by cohort order by total desc, application_id) as n,
            from application_facts
            where stage in ('reserve', 'not selected') and total is not null
        ),
        above as (
            select facts.application_id, facts.cohort, facts.total,
                (
                    select count(*) from others
                    where others.cohort = facts.cohort and others.total > facts.total
                ) as passed_over,
            from application_facts as facts
            where facts.stage = 'selected' and facts.total is not null
        ),
        listed as (
            select above.application_id, string_agg(
                others.application_id || ' (' || said(round(others.total, 2)) || ')',
                ', '
                order by n
            ) as names,
            from above
            inner join others on others.cohort = above.cohort and others.total > above.total
            where n <= 20
            group by above.application_id
        )
        select line,
            'application ' || application_id || ' is selected with a total of '
            || said(round(total, 2)) || ', below ' || passed_over
            || ' with a higher one that were not: ' || names
            || case when passed_over > 20 then ', …' else '' end as what,
            'a total above those not selected' as expected,
        from above
        inner join listed using (application_id)
        inner join applications using (application_id)
        where passed_over > 0
        """,
    ),
    Check(
        "reviewers",
        "reviewer",
        """
        select line, 'reviewer ' || reviewer || ' has given no score' as what,
            'scores by every reviewer' as expected,
        from reviewers
        anti join scores using (reviewer)
        where exists (select 1 from scores)
        """,
    ),
    Check(
        "reviewers",
        "name",
        """
        with forms as (
            select line, reviewer, name, alike(name) as form from reviewers where name is not null
        ),
        firsts as (
            select form, arg_min({'reviewer': reviewer, 'name': name}, (line, reviewer)) as first,
            from forms
            group by form
            having count(distinct reviewer) > 1
        )
        select line,
            'reviewer ' || reviewer || ' is named ' || name || ', like reviewer '
            || first.reviewer
            || case when first.name <> name then ', who is ' || first.name else '' end as what,
            'each person once' as expected,
        from forms
        inner join firsts using (form)
        where reviewer <> first.reviewer
        """,
    ),
    Check(
        "applications",
        "organization",
        """
        with suspects as (
            select hash(alike(organization), cohort) as h
            from applications
            group by h
            having min(hash(organization)) <> max(hash(organization))
        ),
        forms as (
            select line, application_id, cohort, organization, alike(organization) as form,
            from applications
            where hash(alike(organization), cohort) in (select h from suspects)
        ),
        firsts as (
            select form, cohort,
                arg_min(
                    {'id': application_id, 'name': organization}, (line, application_id)
                ) as first,
            from forms
            group by form, cohort
        )
        select line,
            organization || ' looks like ' || first.name || ' of application ' || first.id as what,
            'an organization under one name' as expected,
        from forms
        inner join firsts using (form, cohort)
        where organization <> first.name
        """,
    ),
    Check(
        "cohorts",
        "places",
        """
        select any_value(cohorts.line) as line,
            'cohort ' || cohort || ' has places for ' || said(any_value(places)) || ', and '
            || count(*) filter (where stage = 'selected') || ' applications are selected' as what,
            'as many as there are places, since it is decided' as expected,
        from cohorts
        inner join applications using (cohort)
        where decided_on is not null
        group by cohort
        having count(*) filter (where stage = 'selected') < any_value(places)
        """,
    ),
    Check(
        "scores",
        "criterion",
        """
        with incomplete as (
            select application_id, cohort from application_facts where reviews > 0 and not complete
        ),
        reviews as (
            select application_id, reviewer, min(line) as line, count(*) as scored,
            from scores
            semi join incomplete using (application_id)
            group by application_id, reviewer
        ),
        short as (
            select reviews.*, cohort,
            from reviews
            inner join incomplete using (application_id)
            inner join cohort_scale using (cohort)
            where scored < criteria
        )
        select any_value(short.line) as line,
            'reviewer ' || reviewer || ' gave application ' || application_id || ' no score for '
            || string_agg(criteria.criterion, ', ' order by criteria.criterion) as what,
            'a score for each criterion' as expected,
        from short
        inner join criteria on short.cohort = criteria.cohort
        anti join scores using (application_id, reviewer, criterion)
        group by application_id, reviewer
        """,
    ),
    Check(
        "centres",
        "application_id",
        """
        select centres.line,
            'centre ' || centre_id || ' belongs to application ' || application_id
            || ', which is ' || stage as what,
            'an application that was selected' as expected,
        from centres
        inner join applications using (application_id)
        where stage <> 'selected'
        """,
    ),
)


def warn(
    origins: dict[str, Origin], database: duckdb.DuckDBPyConnection, findings: Findings
) -> None:
    """Adds the warnings; the derived tables are filled, so the rows are known to fit together."""
    for one in WARNINGS:
        report(one, origins, database, findings, warning=True)

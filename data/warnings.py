"""What lets an import pass, is shown, and stays on record with the snapshot."""

import duckdb

from data.checks import report
from data.findings import Findings
from data.meaning import Check
from data.staging import Origin
from data.wording import say

FEWEST_REVIEWS = 3

WARNINGS = (
    Check(
        "applications",
        "application_id",
        (
            say(
                "application {application} is {stage} and has only {reviews} of the usual {usual} "
                "reviews",
                usual=str(FEWEST_REVIEWS),
            ),
            say("application {application} is {stage} and has no review"),
        ),
        say("at least {usual} reviewers with scores", usual=str(FEWEST_REVIEWS)),
        f"""
        select line, facts.application_id as application, facts.stage,
            nullif(facts.reviews, 0) as reviews,
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
        say("cohort {cohort} has evaluated applications and no scores"),
        say("scores for what was evaluated"),
        """
        select any_value(line) as line, cohort
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
        say("{submitted} lies after {closed}, when cohort {cohort} was closed"),
        say("a date up to {closed}"),
        """
        select applications.line, applications.submitted_on as submitted, closed_on as closed,
            cohort,
        from applications
        inner join cohorts using (cohort)
        where applications.submitted_on > closed_on
        """,
    ),
    Check(
        "applications",
        "stage",
        say(
            "application {application} is selected with a total of {total}, below {above} with a "
            "higher one that were not: {names}"
        ),
        say("a total above those not selected"),
        """
        with others as (
            select cohort, application_id, total,
                row_number() over (partition by cohort order by total desc, number) as n,
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
        select line, application_id as application, said(round(total, 2)) as total,
            passed_over as above,
            names || case when passed_over > 20 then ', …' else '' end as names,
        from above
        inner join listed using (application_id)
        inner join applications using (application_id)
        where passed_over > 0
        """,
    ),
    Check(
        "reviewers",
        "reviewer",
        say("reviewer {reviewer} has given no score"),
        say("scores by every reviewer"),
        """
        select line, reviewer
        from reviewers
        inner join reviewer as stored using (reviewer)
        where stored.rowid not in (select distinct reviewer from numbered_score)
            and exists (select 1 from numbered_score)
        """,
    ),
    Check(
        "reviewers",
        "name",
        (
            say("reviewer {reviewer} is named {name}, like reviewer {other}, who is {other_name}"),
            say("reviewer {reviewer} is named {name}, like reviewer {other}"),
        ),
        say("each person once"),
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
        select line, reviewer, name, first.reviewer as other,
            case when first.name <> name then first.name end as other_name,
        from forms
        inner join firsts using (form)
        where reviewer <> first.reviewer
        """,
    ),
    Check(
        "applications",
        "organization",
        say("{name} looks like {first} of application {application}"),
        say("an organization under one name"),
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
        select line, organization as name, first.name as first, first.id as application,
        from forms
        inner join firsts using (form, cohort)
        where organization <> first.name
        """,
    ),
    Check(
        "cohorts",
        "places",
        say("cohort {cohort} has places for {places}, and {selected} applications are selected"),
        say("as many as there are places, since it is decided"),
        """
        select any_value(cohorts.line) as line, cohort, said(any_value(places)) as places,
            count(*) filter (where stage = 'selected') as selected,
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
        say("reviewer {reviewer} gave application {application} no score for {names}"),
        say("a score for each criterion"),
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
        select any_value(short.line) as line, reviewer, application_id as application,
            string_agg(criteria.criterion, ', ' order by criteria.criterion) as names,
        from short
        inner join criteria on short.cohort = criteria.cohort
        anti join scores using (application_id, reviewer, criterion)
        group by application_id, reviewer
        """,
    ),
    Check(
        "centres",
        "application_id",
        say("centre {centre} belongs to application {application}, which is {stage}"),
        say("an application that was selected"),
        """
        select centres.line, centre_id as centre, application_id as application, stage,
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

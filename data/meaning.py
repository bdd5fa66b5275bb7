"""What the rows of a batch mean, one question in SQL for each rule.

See `data.checks`.
"""

from dataclasses import dataclass

from data.wording import Said, say


@dataclass(frozen=True)
class Check:
    """One question: the table and column its findings are filed under, what they say, and the
    tables it needs whole.

    The SQL selects first `line`, then by their names the values that `what` and `expected` take:
    text, numbers or dates as one writes them, a list of alternatives, or a name by language. `row`,
    a row of the same table, is told as the {place} it is. Of several sentences the first counts
    whose values are all there.
    """

    table: str
    column: str
    what: Said | tuple[Said, ...]
    expected: Said | tuple[Said, ...]
    sql: str
    needs: tuple[str, ...] = ()


YES_NO = say("{value} for the yes/no indicator {indicator}")

MEANING = (
    Check(
        "cohorts",
        "places",
        say("{places} is no number of places"),
        say("a whole number from 0 on"),
        """
        select line, said(places) as places
        from cohorts
        where places < 0 or places <> trunc(places) or places > 1000000000
        """,
    ),
    Check(
        "cohorts",
        "places",
        say("cohort {cohort} has places for {places}, and {selected} applications are selected"),
        say("at most as many as there are places"),
        """
        select any_value(cohorts.line) as line, cohort, said(any_value(places)) as places,
            count(distinct application_id) as selected,
        from cohorts
        inner join applications using (cohort)
        where stage = 'selected'
        group by cohort
        having count(distinct application_id) > any_value(places)
        """,
        ("applications",),
    ),
    Check(
        "applications",
        "submitted_on",
        say("{submitted} lies before {opened}, when cohort {cohort} was opened"),
        say("a date from {opened} on"),
        """
        select applications.line, submitted_on as submitted, opened_on as opened, cohort,
        from applications
        inner join cohorts using (cohort)
        where submitted_on < opened_on
        """,
    ),
    Check(
        "applications",
        "submitted_on",
        say("{submitted} lies after {decided}, when cohort {cohort} was decided"),
        say("a date up to {decided}"),
        """
        select applications.line, submitted_on as submitted, decided_on as decided, cohort,
        from applications
        inner join cohorts using (cohort)
        where submitted_on > decided_on
        """,
    ),
    Check(
        "applications",
        "goals",
        say("{goal} is not among the goals"),
        say("goals that are in the table goals or come with the dashboard"),
        """
        select line, goal
        from (select line, unnest(goals) as goal from applications)
        anti join every_goal using (goal)
        """,
        ("goals",),
    ),
    Check(
        "applications",
        "stage",
        say(
            "{stage} is not the latest stage in application_stages, which is {latest} since {since}"
        ),
        say("the same stage in both"),
        """
        with latest as (
            select application_id, max(since) as since,
                list(stage order by stage) filter (where is_last) as stages,
            from (
                select *, since = max(since) over (partition by application_id) as is_last
                from application_stages
                where stage is not null and since is not null
            )
            group by application_id
        )
        select line, stage, stages as latest, since,
        from applications
        inner join latest using (application_id)
        where not list_contains(stages, stage)
        """,
        ("application_stages",),
    ),
    Check(
        "application_stages",
        "since",
        say("{since} lies before {submitted}, when application {application} was submitted"),
        say("a date from {submitted} on"),
        """
        select stages.line, since, submitted_on as submitted, application_id as application,
        from application_stages as stages
        inner join applications using (application_id)
        where since < submitted_on
        """,
    ),
    Check(
        "application_stages",
        "since",
        say("application {application} was {stage} on {since}, before it was {earlier} on {day}"),
        say("stages in the order of the process"),
        """
        with ranked as (
            select application_id, stage, min(since) as since, arg_min(line, since) as line,
                case stage when 'submitted' then 1 when 'eligible' then 2 when 'evaluated' then 3
                    else 4 end as rank,
            from application_stages
            where stage <> 'withdrawn'
            group by application_id, stage
        )
        select any_value(ranked.line) as line, application_id as application, ranked.stage,
            any_value(ranked.since) as since, max_by(earlier.stage, earlier.since) as earlier,
            max(earlier.since) as day,
        from ranked
        inner join ranked as earlier using (application_id)
        where earlier.rank < ranked.rank and earlier.since > ranked.since
        group by application_id, ranked.stage
        """,
    ),
    Check(
        "criteria",
        "weight",
        say("{weight} is negative"),
        say("a weight of 0 or more"),
        """
        select line, said(weight) as weight
        from criteria
        where weight < 0
        """,
    ),
    Check(
        "criteria",
        "weight",
        say("every weight of cohort {cohort} is 0"),
        say("at least one weight above 0"),
        """
        select min(line) as line, cohort
        from criteria
        where cohort is not null
        group by cohort
        having max(weight) = 0 and min(weight) = 0 and count(*) = count(weight)
        """,
    ),
    Check(
        "criteria",
        "scale_max",
        say("the scale ends at {most} and begins at {least}"),
        say("an end above the beginning"),
        """
        select line, said(scale_max) as most, said(scale_min) as least
        from criteria
        where scale_min >= scale_max
        """,
    ),
    Check(
        "scores",
        "criterion",
        say(
            "{criterion} is not a criterion of cohort {cohort}, to which application {application} "
            "belongs"
        ),
        (say("one of {names}"), say("criteria for this cohort")),
        """
        with listed as (
            select cohort,
                array_to_string(list(criterion order by criterion)[:12], ', ') as criteria,
            from criteria
            group by cohort
        ),
        -- One of an unknown cohort, or of two, is a finding already: its scores need not be.
        settled as (
            select application_id, any_value(cohort) as cohort
            from applications
            group by application_id
            having count(*) = 1
        )
        select scores.line, scores.criterion, applications.cohort, application_id as application,
            listed.criteria as names,
        from scores
        inner join settled as applications using (application_id)
        inner join cohorts on applications.cohort = cohorts.cohort
        left join criteria
            on applications.cohort = criteria.cohort and scores.criterion = criteria.criterion
        left join listed on applications.cohort = listed.cohort
        where criteria.criterion is null and scores.criterion is not null
        """,
        ("cohorts", "applications", "criteria"),
    ),
    Check(
        "scores",
        "score",
        say("{score} lies outside the scale of criterion {criterion}"),
        say("a number from {least} to {most}"),
        """
        select scores.line, said(score) as score, criteria.criterion, said(scale_min) as least,
            said(scale_max) as most,
        from scores
        inner join applications using (application_id)
        inner join criteria
            on applications.cohort = criteria.cohort and scores.criterion = criteria.criterion
        where scale_min < scale_max and (score < scale_min or score > scale_max)
        """,
    ),
    Check(
        "conflicts",
        "person",
        say("{person} is not in lower case"),
        say("the address as it is used to sign in: {address}"),
        """
        select line, person, lower(person) as address
        from conflicts
        where person <> lower(person)
        """,
    ),
    Check(
        "centres",
        "objectives",
        say("{count} objectives are named"),
        say("up to five of the six"),
        """
        select line, len(objectives) as count
        from centres
        where len(objectives) > 5
        """,
    ),
    Check(
        "centre_statuses",
        "since",
        say("centre {centre} was {status} on {since}, before it was {earlier} on {day}"),
        say("statuses in the order of a centre's life"),
        """
        with ranked as (
            select centre_id, status, list_position([
                'selected', 'agreement signed', 'operating', 'paused', 'ended'
            ], status) as rank, min(since) as since, arg_min(line, since) as line,
            from centre_statuses
            group by centre_id, status
        )
        select any_value(ranked.line) as line, centre_id as centre, ranked.status,
            any_value(ranked.since) as since, max_by(earlier.status, earlier.since) as earlier,
            max(earlier.since) as day,
        from ranked
        inner join ranked as earlier using (centre_id)
        where earlier.rank < ranked.rank and earlier.since > ranked.since
            and ranked.status <> 'paused'
        group by centre_id, ranked.status
        """,
    ),
    Check(
        "goals",
        "goal",
        say("{goal} comes with the dashboard as {name} of plan {plan}"),
        say("the same name and plan, or another key"),
        """
        select goals.line, goal, reference_goal.name, reference_goal.plan,
        from goals
        inner join reference_goal using (goal)
        where goals.plan <> reference_goal.plan
            or goals.name <> reference_goal.name
            or goals.parent is distinct from reference_goal.parent
        """,
    ),
    Check(
        "goals",
        "parent",
        say("{parent} belongs to plan {other}, and {goal} to plan {plan}"),
        say("a goal of the same plan"),
        """
        select goals.line, goals.parent, parents.plan as other, goals.goal, goals.plan,
        from goals
        inner join every_goal as parents on goals.parent = parents.goal
        where goals.plan <> parents.plan
        """,
    ),
    Check(
        "goals",
        "parent",
        say("{goal} stands below itself"),
        say("parents that lead up to a goal without one"),
        """
        with recursive above as (
            select goal, parent from every_goal where parent is not null
            union
            select above.goal, every_goal.parent
            from above
            inner join every_goal on above.parent = every_goal.goal
            where every_goal.parent is not null
        )
        select line, goal
        from goals
        where goal in (select goal from above where goal = parent)
        """,
    ),
    Check(
        "targets",
        "target",
        YES_NO,
        say("yes or no"),
        """
        select targets.line, said(target) as value, indicator
        from targets
        inner join indicators using (indicator)
        where kind = 'yes/no' and target not in (0, 1)
        """,
    ),
    Check(
        "targets",
        "baseline",
        YES_NO,
        say("yes or no"),
        """
        select targets.line, said(baseline) as value, indicator
        from targets
        inner join indicators using (indicator)
        where kind = 'yes/no' and baseline not in (0, 1)
        """,
    ),
    Check(
        "measurements",
        "value",
        YES_NO,
        say("yes or no"),
        """
        select measurements.line, said(value) as value, indicator
        from measurements
        inner join indicators using (indicator)
        where kind = 'yes/no' and value not in (0, 1)
        """,
    ),
)

# These look at which cells are filled, so a cell that did not fit counts as filled.
FILLED = (
    Check(
        "targets",
        "centre_id",
        say("neither centre_id nor cohort is filled"),
        say("one owner"),
        """
        select line
        from targets
        where centre_id is null and {bad_centre_id} and cohort is null and {bad_cohort}
        """,
    ),
    Check(
        "targets",
        "centre_id",
        say("both centre_id and cohort are filled"),
        say("one owner"),
        """
        select line
        from targets
        where not (centre_id is null and {bad_centre_id})
            and not (cohort is null and {bad_cohort})
        """,
    ),
    Check(
        "conflicts",
        "application_id",
        say("neither application_id nor country is filled"),
        say("what the person has a conflict with"),
        """
        select line
        from conflicts
        where application_id is null and {bad_application_id} and country is null and {bad_country}
        """,
    ),
)

"""What the rows of a batch mean, one question in SQL for each rule.

Each selects `line, what, expected` for the column it is filed under. See `data.checks`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One question: the table and column its findings are filed under, and the tables it needs
    whole."""

    table: str
    column: str
    sql: str
    needs: tuple[str, ...] = ()


MEANING = (
    Check(
        "cohorts",
        "places",
        """
        select line, said(places) || ' is no number of places' as what,
            'a whole number from 0 on' as expected,
        from cohorts
        where places < 0 or places <> trunc(places) or places > 1000000000
        """,
    ),
    Check(
        "cohorts",
        "places",
        """
        select any_value(cohorts.line) as line,
            'cohort ' || cohort || ' has places for ' || said(any_value(places)) || ', and '
            || count(distinct application_id) || ' applications are selected' as what,
            'at most as many as there are places' as expected,
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
        """
        select applications.line,
            submitted_on || ' lies before ' || opened_on || ', when cohort ' || cohort
            || ' was opened' as what,
            'a date from ' || opened_on || ' on' as expected,
        from applications
        inner join cohorts using (cohort)
        where submitted_on < opened_on
        """,
    ),
    Check(
        "applications",
        "submitted_on",
        """
        select applications.line,
            submitted_on || ' lies after ' || decided_on || ', when cohort ' || cohort
            || ' was decided' as what,
            'a date up to ' || decided_on as expected,
        from applications
        inner join cohorts using (cohort)
        where submitted_on > decided_on
        """,
    ),
    Check(
        "applications",
        "goals",
        """
        select line, goal || ' is not among the goals' as what,
            'goals that are in the table goals or come with the dashboard' as expected,
        from (select line, unnest(goals) as goal from applications)
        anti join every_goal using (goal)
        """,
        ("goals",),
    ),
    Check(
        "applications",
        "stage",
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
        select line,
            stage || ' is not the latest stage in application_stages, which is '
            || array_to_string(stages, ' or ') || ' since ' || since as what,
            'the same stage in both' as expected,
        from applications
        inner join latest using (application_id)
        where not list_contains(stages, stage)
        """,
        ("application_stages",),
    ),
    Check(
        "application_stages",
        "since",
        """
        select stages.line,
            since || ' lies before ' || submitted_on || ', when application ' || application_id
            || ' was submitted' as what,
            'a date from ' || submitted_on || ' on' as expected,
        from application_stages as stages
        inner join applications using (application_id)
        where since < submitted_on
        """,
    ),
    Check(
        "application_stages",
        "since",
        """
        with ranked as (
            select application_id, stage, min(since) as since, arg_min(line, since) as line,
                case stage when 'submitted' then 1 when 'eligible' then 2 when 'evaluated' then 3
                    else 4 end as rank,
            from application_stages
            where stage <> 'withdrawn'
            group by application_id, stage
        )
        select any_value(ranked.line) as line,
            'application ' || application_id || ' was ' || ranked.stage || ' on '
            || any_value(ranked.since) || ', before it was ' || max_by(earlier.stage, earlier.since)
            || ' on ' || max(earlier.since) as what,
            'stages in the order of the process' as expected,
        from ranked
        inner join ranked as earlier using (application_id)
        where earlier.rank < ranked.rank and earlier.since > ranked.since
        group by application_id, ranked.stage
        """,
    ),
    Check(
        "criteria",
        "weight",
        """
        select line, said(weight) || ' is negative' as what, 'a weight of 0 or more' as expected,
        from criteria
        where weight < 0
        """,
    ),
    Check(
        "criteria",
        "weight",
        """
        select min(line) as line, 'every weight of cohort ' || cohort || ' is 0' as what,
            'at least one weight above 0' as expected,
        from criteria
        group by cohort
        having max(weight) = 0 and min(weight) = 0 and count(*) = count(weight)
        """,
    ),
    Check(
        "criteria",
        "scale_max",
        """
        select line,
            'the scale ends at ' || said(scale_max) || ' and begins at ' || said(scale_min) as what,
            'an end above the beginning' as expected,
        from criteria
        where scale_min >= scale_max
        """,
    ),
    Check(
        "scores",
        "criterion",
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
        select scores.line,
            scores.criterion || ' is not a criterion of cohort ' || applications.cohort
            || ', to which application ' || application_id || ' belongs' as what,
            coalesce('one of ' || listed.criteria, 'criteria for this cohort') as expected,
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
        """
        select scores.line,
            said(score) || ' lies outside the scale of criterion ' || criteria.criterion as what,
            'a number from ' || said(scale_min) || ' to ' || said(scale_max) as expected,
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
        """
        select line, person || ' is not in lower case' as what,
            'the address as it is used to sign in: ' || lower(person) as expected,
        from conflicts
        where person <> lower(person)
        """,
    ),
    Check(
        "centres",
        "objectives",
        """
        select line, len(objectives) || ' objectives are named' as what,
            'up to five of the six' as expected,
        from centres
        where len(objectives) > 5
        """,
    ),
    Check(
        "centre_statuses",
        "since",
        """
        with ranked as (
            select centre_id, status, list_position([
                'selected', 'agreement signed', 'operating', 'paused', 'ended'
            ], status) as rank, min(since) as since, arg_min(line, since) as line,
            from centre_statuses
            group by centre_id, status
        )
        select any_value(ranked.line) as line,
            'centre ' || centre_id || ' was ' || ranked.status || ' on '
            || any_value(ranked.since) || ', before it was '
            || max_by(earlier.status, earlier.since) || ' on ' || max(earlier.since) as what,
            'statuses in the order of a centre''s life' as expected,
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
        """
        select goals.line,
            goal || ' comes with the dashboard as ' || reference_goal.name || ' of plan '
            || reference_goal.plan as what,
            'the same name and plan, or another key' as expected,
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
        """
        select goals.line,
            goals.parent || ' belongs to plan ' || parents.plan || ', and ' || goals.goal
            || ' to plan ' || goals.plan as what,
            'a goal of the same plan' as expected,
        from goals
        inner join every_goal as parents on goals.parent = parents.goal
        where goals.plan <> parents.plan
        """,
    ),
    Check(
        "goals",
        "parent",
        """
        with recursive above as (
            select goal, parent from every_goal where parent is not null
            union
            select above.goal, every_goal.parent
            from above
            inner join every_goal on above.parent = every_goal.goal
            where every_goal.parent is not null
        )
        select line, goal || ' stands below itself' as what,
            'parents that lead up to a goal without one' as expected,
        from goals
        where goal in (select goal from above where goal = parent)
        """,
    ),
    Check(
        "targets",
        "target",
        """
        select targets.line, said(target) || ' for the yes/no indicator ' || indicator as what,
            'yes or no' as expected,
        from targets
        inner join indicators using (indicator)
        where kind = 'yes/no' and target not in (0, 1)
        """,
    ),
    Check(
        "targets",
        "baseline",
        """
        select targets.line, said(baseline) || ' for the yes/no indicator ' || indicator as what,
            'yes or no' as expected,
        from targets
        inner join indicators using (indicator)
        where kind = 'yes/no' and baseline not in (0, 1)
        """,
    ),
    Check(
        "measurements",
        "value",
        """
        select measurements.line, said(value) || ' for the yes/no indicator ' || indicator as what,
            'yes or no' as expected,
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
        """
        select line,
            case when centre_id is null then 'neither centre_id nor cohort is filled'
                else 'both centre_id and cohort are filled' end as what,
            'one owner' as expected,
        from targets
        where (centre_id is null and {bad_centre_id}) = (cohort is null and {bad_cohort})
        """,
    ),
    Check(
        "conflicts",
        "application_id",
        """
        select line, 'neither application_id nor country is filled' as what,
            'what the person has a conflict with' as expected,
        from conflicts
        where application_id is null and {bad_application_id} and country is null and {bad_country}
        """,
    ),
)

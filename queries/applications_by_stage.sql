-- How far did the applications get?
-- One row per stage, in the order of the list, also those nobody reached (0).
-- reached: has a dated record of the stage, or stands at it now. now: stands at it now, or on the
-- day that is shown.
-- undated: applications without any dated stage, of which only the present one is known.
with listed as (
    select ['submitted', 'eligible', 'evaluated', 'selected', 'reserve', 'not selected', 'withdrawn'] as stages
),
stages as (
    select unnest(stages) as stage, generate_subscripts(stages, 1) as step
    from listed
),
chosen_applications as (
    select application_id, stage
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
),
records as (
    select application_id, stage
    from chosen_applications
    union
    select application_id, application_stage.stage
    from application_stage
    inner join chosen_applications using (application_id)
    where coalesce(application_stage.since <= $as_of, true)
),
reached as (
    select stage, count(*) as reached
    from records
    group by stage
),
now as (
    select stage, count(*) as now
    from chosen_applications
    group by stage
),
undated as (
    select count(*) as undated
    from chosen_applications
    anti join application_stage using (application_id)
)
select
    stages.stage,
    coalesce(reached.reached, 0) as reached,
    coalesce(now.now, 0) as now,
    undated.undated,
from stages
cross join undated
left join reached using (stage)
left join now using (stage)
order by stages.step;

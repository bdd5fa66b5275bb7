-- What did each centre aim at and report, indicator by indicator?
-- One row per centre and indicator with a target or a report.
-- Of the cohort's plan, and of any other plan these centres work under. value: the latest total; null
-- is no report. early: totals from before the baseline's date. parts: reports of a breakdown alone.
-- starts_on: the day the way began where the baseline has no date: the first target was set, else the
-- agreement began, else the centre joined. first_on to s_vv: of the totals from the baseline's date
-- on, what a straight line through them needs (t in days since 1970-01-01).
-- first_due_on: of all targets, so that a date that passed in silence is not hidden by the next one.
with chosen_centres as (
    select *
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
),
contribution as (
    select contribution.*,
    from contribution_on($today) as contribution
    inner join chosen_centres using (centre_id)
),
set_days as (
    select centre_id, indicator, min(set_on) as set_on
    from target
    where centre_id is not null and set_on <= $today
    group by centre_id, indicator
),
begins as (
    select centre_id, min(starts_on) as starts_on
    from agreement_on($today)
    group by centre_id
),
totals as (
    select
        measurement.*,
        measurement.measured_on - date '1970-01-01' as day,
        coalesce(measurement.measured_on >= contribution.baseline_on, true) as fresh,
    from measurement
    inner join contribution using (centre_id, indicator)
    where measurement.breakdown is null and measurement.measured_on <= $today
),
trends as (
    select
        centre_id,
        indicator,
        count(*) filter (where not fresh) as early,
        min(measured_on) filter (where fresh) as first_on,
        regr_count(value, day) filter (where fresh) as n,
        regr_avgx(value, day) filter (where fresh) as mean_t,
        regr_avgy(value, day) filter (where fresh) as mean_v,
        regr_sxx(value, day) filter (where fresh) as s_tt,
        regr_sxy(value, day) filter (where fresh) as s_tv,
        regr_syy(value, day) filter (where fresh) as s_vv,
    from totals
    group by centre_id, indicator
)
select
    goal_priority.plan,
    goal_priority.priority,
    indicator.goal,
    indicator.indicator,
    indicator.name as indicator_name,
    indicator.unit,
    indicator.level,
    indicator.kind,
    indicator.direction,
    indicator.additive,
    centre.centre_id,
    centre.name as centre_name,
    centre.country,
    names.name as country_name,
    centre.region,
    centre.status as centre_status,
    contribution.baseline,
    contribution.baseline_on,
    coalesce(set_days.set_on, begins.starts_on, centre.joined_on) as starts_on,
    contribution.first_due_on,
    contribution.value,
    contribution.measured_on,
    contribution.reports,
    contribution.parts,
    coalesce(trends.early, 0) as early,
    trends.first_on,
    coalesce(trends.n, 0) as n,
    trends.mean_t,
    trends.mean_v,
    trends.s_tt,
    trends.s_tv,
    trends.s_vv,
from contribution
inner join chosen_centres as centre using (centre_id)
inner join indicator using (indicator)
inner join goal_priority using (goal)
inner join country_name as names on centre.country = names.country and names.lang = $lang
left join set_days using (centre_id, indicator)
left join begins using (centre_id)
left join trends using (centre_id, indicator)
where ($goal is null or list_contains($goal, goal_priority.priority))
order by
    goal_priority.plan, goal_priority.priority, indicator.indicator,
    names.name collate noaccent.nocase, centre.name, centre.centre_id;

-- What did each centre aim at and report, towards which priority?
-- One row per priority, indicator and centre with a target or a report, at most $most of them.
-- Of the cohort's plan, and of any other plan these centres work under. value: null is no report.
-- $priority leaves one priority alone; null leaves all.
with chosen_centres as (
    select *
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
)
select
    goal_priority.priority,
    indicator.indicator,
    indicator.name as indicator_name,
    indicator.unit,
    indicator.kind,
    centre.centre_id,
    centre.name as centre_name,
    centre.country,
    names.name as country_name,
    centre.region,
    centre.status,
    contribution.baseline,
    contribution.baseline_on,
    contribution.target,
    contribution.due_on,
    contribution.first_due_on,
    contribution.value,
    contribution.measured_on,
    contribution.reports,
    contribution.parts,
from contribution_on($today) as contribution
inner join chosen_centres as centre using (centre_id)
inner join indicator using (indicator)
inner join goal_priority using (goal)
inner join country_name as names on centre.country = names.country and names.lang = $lang
where
    ($goal is null or list_contains($goal, goal_priority.priority))
    and ($priority is null or goal_priority.priority = $priority)
order by
    goal_priority.plan, goal_priority.priority, indicator.indicator,
    names.name collate noaccent.nocase, centre.name, centre.centre_id
limit $most;

-- What does the cohort as a whole aim at?
-- One row per indicator with a target that belongs to the cohort and not to a centre.
select
    goal_priority.priority,
    indicator.indicator,
    indicator.name as indicator_name,
    indicator.unit,
    indicator.kind,
    target.baseline,
    target.baseline_on,
    target.target,
    target.due_on,
from target_on($today) as target
inner join indicator using (indicator)
inner join goal_priority using (goal)
where target.cohort = $cohort and target.centre_id is null
order by goal_priority.plan, goal_priority.priority, indicator.indicator;

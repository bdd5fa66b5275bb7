-- How did what the centres report towards this priority come about?
-- One row per centre, indicator and day of a total, oldest first.
select
    total.centre_id,
    total.indicator,
    total.measured_on,
    total.value,
from totals_chosen($cohort, $region, $country, $goal, $group, $today) as total
inner join goal_priority using (goal)
where goal_priority.priority = $priority
order by total.indicator, total.centre_id, total.measured_on;

-- How did what the centres report towards this priority come about?
-- One row per centre, indicator and day of a total, oldest first.
select
    measurement.centre_id,
    measurement.indicator,
    measurement.measured_on,
    measurement.value,
from measurement
inner join centres_chosen($cohort, $region, $country, $goal, $group, $today) using (centre_id)
inner join indicator using (indicator)
inner join goal_priority using (goal)
where
    goal_priority.priority = $priority
    and measurement.breakdown is null
    and measurement.measured_on <= $today
order by measurement.indicator, measurement.centre_id, measurement.measured_on;

-- How did each reviewer score, beside others on the same applications?
-- One row per reviewer who scored an application of the cohort that holds a place.
select * exclude (cohort)
from panel_reviewer
where cohort = $cohort
order by reviewer;

-- Which centres are left by the filters?
-- One row per centre.
select centre_id
from centres_chosen($cohort, $region, $country, $goal, $group, $today)
order by centre_id;

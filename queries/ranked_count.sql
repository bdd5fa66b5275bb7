-- How many applications hold a place?
-- One row per cohort.
select count(place) as placed
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of);

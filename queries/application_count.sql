-- How many applications, from how many countries, are left by the filters?
-- One row per cohort.
select
    count(*) as applications,
    count(distinct country) as countries,
    count(*) filter (where stage = 'selected') as selected,
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of);

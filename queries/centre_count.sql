-- How many centres are left by the filters, and how do they stand?
-- One row per cohort.
-- in_network: have a status, and it is not `ended`. countries: of those in the network.
select
    count(*) as centres,
    count(*) filter (where in_network) as in_network,
    count(distinct country) filter (where in_network) as countries,
    count(*) filter (where status = 'ended') as ended,
    count(*) filter (where status is null) as without_status,
    count(*) filter (where cohort is null) as without_application,
    count(*) filter (where latitude is null or longitude is null) as without_place,
from centres_chosen($cohort, $region, $country, $goal, $group, $today);

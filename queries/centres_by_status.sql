-- What is the status of the centres?
-- One row per status, also those no centre has (0).
with statuses as (
    select unnest(['selected', 'agreement signed', 'operating', 'paused', 'ended']) as status
),
chosen_centres as (
    select status, count(*) as centres
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
    group by status
)
select
    statuses.status,
    coalesce(chosen_centres.centres, 0) as centres,
from statuses
left join chosen_centres using (status)
order by list_position(['selected', 'agreement signed', 'operating', 'paused', 'ended'], statuses.status);

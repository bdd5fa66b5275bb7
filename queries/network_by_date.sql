-- How many centres were in the network, and since when?
-- One row per day up to today on which the number changed, oldest first.
-- A centre counts from its first dated status until the day it ended.
with statuses as (
    select
        centre_status.centre_id,
        centre_status.since,
        centre_status.status <> 'ended' as inside,
        list_position(
            ['selected', 'agreement signed', 'operating', 'paused', 'ended'], centre_status.status
        ) as step,
    from centre_status
    inner join centres_chosen($cohort, $region, $country, $goal, $group, $today) using (centre_id)
    where centre_status.since <= $today
),
moves as (
    select
        since,
        inside::integer
        - lag(inside::integer, 1, 0) over (partition by centre_id order by since, step) as move,
    from statuses
),
days as (
    select
        since,
        count(*) filter (where move > 0) as joined,
        count(*) filter (where move < 0) as ended,
        sum(move) as change,
    from moves
    where move <> 0
    group by since
)
select
    since,
    joined,
    ended,
    sum(change) over (order by since)::integer as centres,
from days
order by since;

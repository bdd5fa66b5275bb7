-- Who joined the network, paused, resumed or left it, and when?
-- One row per centre and dated status that changed something, the latest first; at most $most.
-- move: joined (its first status) · rejoined · signed (an agreement) · started (operating) · paused ·
-- resumed · left · fell back (selected again). before: the status it had until then.
with statuses as (
    select
        centre_id,
        since,
        status,
        list_position(['selected', 'agreement signed', 'operating', 'paused', 'ended'], status) as step,
        lag(status) over (partition by centre_id order by since, step) as before,
    from centre_status
    where since <= $today
)
select
    statuses.since,
    case
        when statuses.status = 'ended' then 'left'
        when statuses.before is null then 'joined'
        when statuses.before = 'ended' then 'rejoined'
        when statuses.status = 'paused' then 'paused'
        when statuses.before = 'paused' then 'resumed'
        when statuses.status = 'agreement signed' then 'signed'
        when statuses.status = 'operating' then 'started'
        else 'fell back'
    end as move,
    statuses.before,
    statuses.status,
    centre.centre_id,
    centre.name,
    names.name as country_name,
from statuses
inner join centres_chosen($cohort, $region, $country, $goal, $group, $today) as centre using (centre_id)
inner join country_name as names on centre.country = names.country and names.lang = $lang
where statuses.before is distinct from statuses.status
order by statuses.since desc, centre.name, centre.centre_id, statuses.step desc
limit $most;

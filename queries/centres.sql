-- Which centres are these, where are they, and how do they stand?
-- One row per centre, in the order of countries and names; at most $most of them.
-- latitude, longitude: the country's where the centre's own are not on record (placed: false).
with chosen_centres as (
    select *
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
),
agreements as (
    select
        centre_id,
        max(signed_on) as signed_on,
        max(ends_on) as ends_on,
    from agreement_on($today)
    group by centre_id
),
objectives as (
    select centre_id, list(objective order by objective) as objectives
    from centre_objective
    group by centre_id
)
select
    centre.centre_id,
    centre.name,
    centre.organization,
    centre.country,
    names.name as country_name,
    centre.region,
    centre.city,
    centre.latitude is not null and centre.longitude is not null as placed,
    case when placed then centre.latitude else country.latitude end as latitude,
    case when placed then centre.longitude else country.longitude end as longitude,
    centre.host_type,
    centre.status,
    centre.since,
    centre.joined_on,
    centre.in_network,
    agreements.signed_on,
    agreements.ends_on,
    coalesce(objectives.objectives, []) as objectives,
from chosen_centres as centre
inner join country using (country)
inner join country_name as names on centre.country = names.country and names.lang = $lang
left join agreements using (centre_id)
left join objectives using (centre_id)
order by names.name collate noaccent.nocase, centre.name, centre.centre_id
limit $most;

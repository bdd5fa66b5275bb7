-- Do the loaded totals agree with the published ones?
-- One row per published total; none for a cohort under another plan than the first one's, nor for
-- what was published after the day that is shown.
with loaded as (
    select
        count(*) as applications,
        count(distinct country) as countries,
        count(*) filter (where stage = 'selected') as selected,
    from facts($as_of)
    where cohort = $cohort
),
network as (
    select count(*) as network
    from centre_status_on($today)
    where status <> 'ended'
)
select
    published.what,
    published.value as published,
    published.approximate,
    published.as_of,
    case published.what
        when 'applications' then loaded.applications
        when 'countries' then loaded.countries
        when 'selected' then loaded.selected
        when 'network' then network.network
    end as loaded,
    published.source,
from published_total as published
cross join loaded
cross join network
inner join cohort on cohort.cohort = $cohort and cohort.plan = 'KAP'
where coalesce(published.as_of <= $today, true)
order by published.what;

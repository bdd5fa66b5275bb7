-- Do the loaded totals agree with the published ones?
-- One row per published total; none but for the first cohort that was decided under the Kigali
-- Action Plan, of which they speak, nor for what was published after the day that is shown.
-- counted_on: the day on which the network is counted: that of which its published number holds,
-- where it has none the day that is shown. Empty for what the cohort itself tells.
with first_cohort as (
    select arg_min(cohort, (decided_on, cohort)) as cohort
    from cohort
    where plan = 'KAP' and decided_on is not null
),
loaded as (
    select
        count(*) as applications,
        count(distinct country) as countries,
        count(*) filter (where stage = 'selected') as selected,
    from facts($as_of)
    where cohort = $cohort
),
network_day as (
    select coalesce(max(as_of), $today) as counted_on
    from published_total
    where what = 'network'
),
network as (
    select count(*) as network
    from centre_status_on((select counted_on from network_day))
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
    case when published.what = 'network' then network_day.counted_on end as counted_on,
    published.source,
from published_total as published
cross join loaded
cross join network_day
cross join network
inner join first_cohort on first_cohort.cohort = $cohort
where coalesce(published.as_of <= $today, true)
order by published.what;

-- How many applications of each region, group, type and priority were there, and how many were selected?
-- One row per split and group of it, also those with none (0); of types, those that applied.
-- split: all, region, group (LDC, LLDC, SIDS; a country may be in several), type (null: not stated),
-- goal (an application may name several). pool: applications that were not withdrawn. Of a region
-- or type that the filters leave out nothing is told.
with day as (
    select coalesce(max(groups_on), $today) as groups_on
    from facts($as_of)
    where cohort = $cohort
),
of_countries as (
    select distinct region
    from country_group_on((select groups_on from day))
    where list_contains($country, country)
),
pool as (
    select *
    from chosen($cohort, $region, $country, null, $goal, $group, $type, null, null, $as_of)
    where stage <> 'withdrawn'
),
splits as (
    select 'all' as split, 'all' as code
    union all
    select 'region' as split, region as code
    from (select unnest(['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR']) as region)
    where
        coalesce(region = $region, true)
        and ($country is null or region in (select region from of_countries))
    union all
    select 'group' as split, unnest(['LDC', 'LLDC', 'SIDS']) as code
    union all
    select distinct 'type' as split, organization_type as code
    from facts($as_of)
    where cohort = $cohort and stage <> 'withdrawn' and ($type is null or list_contains($type, organization_type))
    union all
    select 'goal' as split, goal.goal as code
    from goal
    inner join cohort on goal.plan = cohort.plan and cohort.cohort = $cohort
    where goal.parent is null
),
belonging as (
    select 'all' as split, 'all' as code, stage
    from pool
    union all
    select 'region' as split, region as code, stage
    from pool
    union all
    select 'group' as split, 'LDC' as code, stage
    from pool
    where ldc
    union all
    select 'group' as split, 'LLDC' as code, stage
    from pool
    where lldc
    union all
    select 'group' as split, 'SIDS' as code, stage
    from pool
    where sids
    union all
    select 'type' as split, organization_type as code, stage
    from pool
    union all
    select 'goal' as split, unnest(goals) as code, stage
    from pool
),
counted as (
    select
        split,
        code,
        count(*) as pool,
        count(*) filter (where stage = 'selected') as selected,
    from belonging
    group by split, code
)
select
    splits.split,
    splits.code,
    coalesce(counted.pool, 0) as pool,
    coalesce(counted.selected, 0) as selected,
from splits
left join counted on splits.split = counted.split and splits.code is not distinct from counted.code
order by splits.split, splits.code nulls last;

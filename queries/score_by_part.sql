-- How do the totals lie in each region, organization type or stage, selected and others?
-- One row per part in $parts, in that order, also those with none (0).
-- $by: `region`, `type` or `stage`. A type that is not in $parts counts under `other types`, an
-- application without one under `not stated`.
-- The median is interpolated between neighbours (type 7 of Hyndman and Fan); neither it nor a mean
-- is told of fewer than $fewest totals. above, on_line: totals above the cohort's line, or on it where
-- a tie runs across.
with parts as (
    select
        unnest($parts::varchar[]) as part,
        generate_subscripts($parts::varchar[], 1) as position,
),
line as (
    select (last_in + first_out) / 2 as line
    from cohort_lines($as_of)
    where cohort = $cohort
),
chosen_applications as (
    select
        application_id,
        stage,
        total,
        case
            when $by = 'region' then region
            when $by = 'stage' then stage
            when organization_type is null then 'not stated'
            when list_contains($parts::varchar[], organization_type) then organization_type
            else 'other types'
        end as part,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    parts.part,
    count(applications.application_id) as applications,
    count(applications.total) as scored,
    count(applications.application_id) - count(applications.total) as unscored,
    case when count(applications.total) >= $fewest then avg(applications.total) end as mean,
    case when count(applications.total) >= $fewest then quantile_cont(applications.total, 0.5) end as median,
    min(applications.total) as lowest,
    max(applications.total) as highest,
    count(*) filter (where applications.total > (select line from line)) as above,
    count(*) filter (where applications.total = (select line from line)) as on_line,
    count(applications.total) filter (where applications.stage = 'selected') as selected,
    case
        when count(applications.total) filter (where applications.stage = 'selected') >= $fewest
            then avg(applications.total) filter (where applications.stage = 'selected')
    end as selected_mean,
    count(applications.total) filter (where applications.stage <> 'selected') as others,
    case
        when count(applications.total) filter (where applications.stage <> 'selected') >= $fewest
            then avg(applications.total) filter (where applications.stage <> 'selected')
    end as others_mean,
from parts
left join chosen_applications as applications using (part)
group by parts.part, parts.position
order by parts.position;

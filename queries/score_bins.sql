-- How many totals lie in each interval of the scale, by region or organization type?
-- One row per part in $parts and interval that holds any.
-- Interval 0 begins at $start; each is $width long, contains its lower end and not its upper one,
-- but the last of the $bins contains both. $by and $parts are those of score_by_part.
with chosen_applications as (
    select
        stage,
        case
            when $by = 'region' then region
            when $by = 'stage' then stage
            when organization_type is null then 'not stated'
            when list_contains($parts::varchar[], organization_type) then organization_type
            else 'other types'
        end as part,
        -- Rounded, so that 7.3 lies in the interval that begins at 7.3.
        least(floor(round((total - $start) / $width, 9)), $bins - 1)::integer as bin,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
    where total is not null
)
select
    part,
    bin,
    count(*) filter (where stage = 'selected') as selected,
    count(*) filter (where stage <> 'selected') as others,
from chosen_applications
where list_contains($parts::varchar[], part)
group by part, bin
order by part, bin;

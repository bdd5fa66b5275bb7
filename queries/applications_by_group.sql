-- How many applications came from least developed, landlocked and small island countries?
-- One row per group, also those with none (0); a country may be in several.
with country_groups as (
    select unnest(['LDC', 'LLDC', 'SIDS']) as group_code
),
chosen_applications as (
    select *
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    country_groups.group_code,
    count(applications.application_id) as applications,
    count(distinct applications.country) as countries,
    count(*) filter (where applications.stage = 'selected') as selected,
from country_groups
left join chosen_applications as applications
    on case country_groups.group_code
        when 'LDC' then applications.ldc
        when 'LLDC' then applications.lldc
        else applications.sids
    end
group by country_groups.group_code
order by country_groups.group_code;

-- From which regions did organizations apply, and from which were they selected?
-- One row per ITU region, also those with none (0).
with regions as (
    select unnest(['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR']) as region
),
chosen_applications as (
    select *
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    regions.region,
    count(chosen_applications.application_id) as applications,
    count(distinct chosen_applications.country) as countries,
    count(*) filter (where chosen_applications.stage = 'selected') as selected,
from regions
left join chosen_applications using (region)
group by regions.region
order by regions.region;

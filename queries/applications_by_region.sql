-- From which regions did organizations apply, and from which were they selected?
-- One row per ITU region, also those with none (0); not those that the filters leave out, of which
-- nothing is told.
with day as (
    select coalesce(max(groups_on), $today) as groups_on
    from facts($as_of)
    where cohort = $cohort
),
regions as (
    select unnest(['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR']) as region
),
of_countries as (
    select distinct region
    from country_group_on((select groups_on from day))
    where list_contains($country, country)
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
where
    coalesce(regions.region = $region, true)
    and ($country is null or regions.region in (select region from of_countries))
group by regions.region
order by regions.region;

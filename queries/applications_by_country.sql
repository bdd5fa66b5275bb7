-- From which countries did organizations apply, and how many were selected?
-- One row per country of the ITU list, also those with none (0), in the order of their names.
with chosen_applications as (
    select
        country,
        count(*) as applications,
        count(*) filter (where stage = 'selected') as selected,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
    group by country
),
day as (
    select coalesce(max(groups_on), $today) as groups_on
    from facts($as_of)
    where cohort = $cohort
)
select
    country.country,
    country_name.name,
    groups.region,
    country.latitude,
    country.longitude,
    country.small,
    coalesce(chosen_applications.applications, 0) as applications,
    coalesce(chosen_applications.selected, 0) as selected,
from country
inner join country_name on country.country = country_name.country and country_name.lang = $lang
left join country_group_on((select groups_on from day)) as groups on country.country = groups.country
left join chosen_applications on country.country = chosen_applications.country
order by country_name.name collate noaccent.nocase;

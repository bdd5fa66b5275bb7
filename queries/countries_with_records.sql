-- Which countries of the ITU list are there, and of which of them is anything on record?
-- One row per country, in the order of their names in the reader's language.
-- applications, centres: of every cohort. region: on the day that is shown.
with applications as (
    select country, count(*) as applications
    from facts($as_of)
    group by country
),
centres as (
    select
        country,
        count(*) as centres,
        count(*) filter (where in_network) as in_network,
    from centres_chosen(null, null, null, null, null, $today)
    group by country
)
select
    names.country,
    names.name,
    groups.region,
    coalesce(applications.applications, 0) as applications,
    coalesce(centres.centres, 0) as centres,
    coalesce(centres.in_network, 0) as in_network,
from country_name as names
left join country_group_on($today) as groups on names.country = groups.country
left join applications on names.country = applications.country
left join centres on names.country = centres.country
where names.lang = $lang
order by names.name collate noaccent.nocase, names.country;

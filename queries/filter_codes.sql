-- Which codes can each filter take, and which of them does the data use?
-- One row per filter and code.
-- Cohorts come with the default one first: the latest decided, else the latest opened. Which codes
-- there are and which cohort is the default does not change with the day that is shown: the address
-- must mean the same. used: by then.
with cohorts as (
    select
        'cohort' as filter,
        cohort as code,
        name,
        true as used,
        row_number() over (order by decided_on desc nulls last, opened_on desc nulls last, cohort) as rank,
    from cohort
),
countries as (
    select
        'country' as filter,
        names.country as code,
        names.name,
        names.country in (select country from facts($as_of)) as used,
        row_number() over (order by names.name collate noaccent.nocase) as rank,
    from country_name as names
    where names.lang = $lang
),
goals as (
    select
        'goal' as filter,
        goal as code,
        name,
        true as used,
        row_number() over (order by plan, goal) as rank,
    from goal
    where parent is null
),
types as (
    select
        'type' as filter,
        organization_type as code,
        organization_type as name,
        organization_type in (select organization_type from facts($as_of)) as used,
        row_number() over (order by organization_type) as rank,
    from (select distinct organization_type from application_facts where organization_type is not null)
)
select * from cohorts
union all
select * from countries
union all
select * from goals
union all
select * from types
order by filter, rank;

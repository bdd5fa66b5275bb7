-- Who could be selected, and what is known of each that a rule may ask about?
-- One row per application that was not withdrawn, in the order of the list of totals.
-- Of each country those selected, and as many with the highest totals as there are places and 100
-- more: no selection needs more of one country, also where a hundred others are ruled out. The
-- cohort whole, as rules are about all of it.
select
    facts.application_id,
    facts.organization,
    facts.country,
    names.name as country_name,
    facts.region,
    facts.ldc,
    facts.lldc,
    facts.sids,
    facts.stage,
    facts.total,
    facts.place,
from facts($as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
where facts.cohort = $cohort and facts.stage <> 'withdrawn'
qualify
    facts.stage = 'selected'
    or row_number() over (
        partition by facts.country
        order by facts.total desc nulls last, facts.application_id
    ) <= 100 + (
        select coalesce(max(places), 0)
        from cohort_lines($as_of)
        where cohort = $cohort
    )
order by facts.total desc nulls last, facts.application_id;

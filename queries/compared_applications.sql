-- What is on record about these applications, set side by side?
-- One row per application of $applications that the cohort has, in the order they were asked for.
select
    facts.application_id,
    facts.country,
    names.name as country_name,
    facts.region,
    facts.ldc,
    facts.lldc,
    facts.sids,
    facts.groups_on,
    facts.organization,
    facts.organization_type,
    facts.title,
    facts.stage,
    facts.goals,
    facts.total,
    facts.place,
    facts.tied,
    facts.complete,
    facts.reviews,
from facts($as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
where facts.cohort = $cohort and list_contains($applications::varchar[], facts.application_id)
order by list_position($applications::varchar[], facts.application_id);

-- Which organizations of this country applied, in every cohort?
-- One row per application, the latest cohort first.
select
    facts.application_id,
    facts.cohort,
    cohort.name as cohort_name,
    facts.organization,
    facts.stage,
    facts.total,
from facts($as_of) as facts
inner join cohort_on($as_of) as cohort on facts.cohort = cohort.cohort
where list_contains($country, facts.country)
order by cohort.opened_on desc nulls last, facts.cohort desc, facts.organization, facts.application_id;

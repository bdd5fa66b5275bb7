-- Which applications are these?
-- One row per application, in the order of countries and organizations; at most $most of them.
select
    facts.application_id,
    facts.country,
    names.name as country_name,
    facts.region,
    facts.organization,
    facts.organization_type,
    facts.title,
    facts.stage,
    facts.total,
    facts.place,
    facts.tied,
    facts.complete,
    facts.reviews,
    facts.goals,
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
order by names.name collate noaccent.nocase, facts.organization, facts.application_id
limit $most;

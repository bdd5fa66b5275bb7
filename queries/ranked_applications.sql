-- Which applications hold a place, and which?
-- One row per application with a place, the first place first; those tied in the order of their keys.
select
    facts.application_id,
    facts.organization,
    facts.country,
    names.name as country_name,
    facts.region,
    facts.stage,
    facts.total,
    facts.place,
    facts.tied,
    facts.complete,
    facts.reviews,
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
where facts.place is not null
order by facts.place, facts.application_id;

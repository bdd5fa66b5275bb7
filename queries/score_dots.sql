-- Which total did each application reach?
-- One row per application with a total, highest first; at most $most of them.
select
    facts.application_id,
    facts.organization,
    names.name as country_name,
    facts.region,
    facts.organization_type,
    facts.stage,
    facts.total,
    facts.place,
    facts.complete,
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
where facts.total is not null
order by facts.total desc, facts.application_id
limit $most;

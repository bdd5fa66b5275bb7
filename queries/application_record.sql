-- What is on record about this application?
-- One row per application: the one asked for, or none when it is not known.
select
    facts.application_id,
    facts.cohort,
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
    facts.city,
    facts.submitted_on,
    facts.stage,
    facts.goals,
    facts.total,
    facts.place,
    facts.tied,
    facts.complete,
    facts.reviews,
    centre.centre_id,
    centre.name as centre_name,
    (
        select list(objective order by objective)
        from application_objective
        where application_id = $application
    ) as objectives,
from facts($as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
left join centre_on($today) as centre on facts.application_id = centre.application_id
where facts.application_id = $application
order by centre.centre_id
limit 1;

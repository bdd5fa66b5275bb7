-- Which applications stand around the line?
-- One row per application with a place, the first place first; at most $most, those nearest to the line.
-- Without a line those of the first places.
select
    facts.application_id,
    facts.organization,
    facts.country,
    names.name as country_name,
    facts.region,
    facts.total,
    facts.place,
    facts.tied,
    facts.complete,
from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of) as facts
inner join country_name as names on facts.country = names.country and names.lang = $lang
left join cohort_lines($as_of) as line on facts.cohort = line.cohort
where facts.place is not null
qualify
    row_number() over (
        order by abs(facts.place - coalesce(line.places, 0) - 0.5), facts.place, facts.application_id
    ) <= $most
order by facts.place, facts.application_id;

-- Of which regions did each reviewer read applications?
-- One row per reviewer and region, evaluated applications alone, complete reviews and others.
select
    score.reviewer,
    facts.region,
    count(distinct score.application_id) as applications,
from facts($as_of) as facts
inner join score_on($as_of) as score on facts.application_id = score.application_id
where facts.cohort = $cohort and facts.place is not null
group by score.reviewer, facts.region
order by score.reviewer, facts.region;

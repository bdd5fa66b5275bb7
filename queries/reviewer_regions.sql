-- Of which regions did each reviewer read applications?
-- One row per reviewer and region, evaluated applications alone, complete reviews and others.
with read as (
    select
        score.reviewer,
        facts.region,
        count(distinct score.application) as applications,
    from facts($as_of) as facts
    inner join score_on($as_of) as score on facts.number = score.application
    where facts.cohort = $cohort and facts.place is not null
    group by score.reviewer, facts.region
)
select
    reviewer.reviewer,
    read.region,
    read.applications,
from read
inner join reviewer on read.reviewer = reviewer.rowid
order by reviewer.reviewer, read.region;

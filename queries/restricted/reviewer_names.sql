-- Who are the reviewers?
-- One row per reviewer who scored an application of the cohort.
select
    reviewer.reviewer,
    reviewer.name,
    reviewer.organization,
from reviewer
where
    reviewer.rowid in (
        select distinct score.reviewer
        from score_on($as_of) as score
        inner join criterion on score.criterion = criterion.rowid
        where criterion.cohort = $cohort
    )
order by reviewer.reviewer;

-- Who are the reviewers?
-- One row per reviewer who scored an application of the cohort.
select
    reviewer.reviewer,
    reviewer.name,
    reviewer.organization,
from reviewer
where
    reviewer.rowid in (
        select score.reviewer
        from score_on($as_of) as score
        inner join application on score.application = application.rowid
        where application.cohort = $cohort
    )
order by reviewer.reviewer;

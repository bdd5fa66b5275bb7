-- What did each review give this application on each criterion?
-- One row per review and criterion that it scored, in the order of reviewers and criteria.
select
    reviewer.reviewer,
    criterion.criterion,
    score.score,
    criterion.scale_min,
    criterion.scale_max,
    criterion.weight,
from facts($as_of) as facts
inner join score_on($as_of) as score on facts.number = score.application
inner join reviewer on score.reviewer = reviewer.rowid
inner join criterion on score.criterion = criterion.rowid
where facts.application_id = $application and facts.cohort = $cohort
order by reviewer.reviewer, criterion.criterion;

-- What did each review give this application on each criterion?
-- One row per review and criterion that it scored, in the order of reviewers and criteria.
select
    score.reviewer,
    score.criterion,
    score.score,
    criterion.scale_min,
    criterion.scale_max,
    criterion.weight,
from facts($as_of) as facts
inner join score_on($as_of) as score on facts.application_id = score.application_id
inner join criterion on facts.cohort = criterion.cohort and score.criterion = criterion.criterion
where facts.application_id = $application and facts.cohort = $cohort
order by score.reviewer, score.criterion;

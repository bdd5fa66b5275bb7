-- How did those that hold a place score on each criterion?
-- One row per application with a place and criterion that somebody scored it on.
-- scaled: the mean of its reviews, put between the criterion's lowest score (0) and highest (1);
-- rounded, so that equal means are equal on whatever scale they were given.
select
    facts.application_id,
    criterion.criterion,
    round((means.mean - criterion.scale_min) / (criterion.scale_max - criterion.scale_min), 12) as scaled,
from facts($as_of) as facts
inner join criterion_means($as_of) as means on facts.number = means.application
inner join criterion on means.criterion = criterion.rowid
where facts.cohort = $cohort and facts.place is not null
order by facts.application_id, criterion.criterion;

-- How did this application score on each criterion?
-- One row per criterion of its cohort, also those nobody scored (no mean, 0 reviews).
select
    criterion.criterion,
    criterion.name,
    criterion.weight,
    criterion.scale_min,
    criterion.scale_max,
    means.mean,
    coalesce(means.reviews, 0) as reviews,
from facts($as_of) as facts
inner join criterion on facts.cohort = criterion.cohort
left join criterion_means($as_of) as means
    on facts.number = means.application and criterion.rowid = means.criterion
where facts.application_id = $application
order by criterion.weight desc, criterion.criterion;

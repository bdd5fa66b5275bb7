-- What did each reviewer give these applications on each criterion?
-- One row per application of $applications, reviewer of it and criterion, also where that reviewer gave no score.
-- on_scale: the score told on the cohort's scale; mean: over all reviews, told on it, too.
with sheets as (
    select distinct
        facts.application_id,
        facts.cohort,
        score.reviewer,
    from facts($as_of) as facts
    inner join score_on($as_of) as score on facts.application_id = score.application_id
    where facts.cohort = $cohort and list_contains($applications::varchar[], facts.application_id)
)
select
    sheets.application_id,
    sheets.reviewer,
    criterion.criterion,
    criterion.name,
    criterion.weight,
    criterion.scale_min,
    criterion.scale_max,
    score.score,
    round(
        total_min + (total_max - total_min) * (score.score - scale_min) / (scale_max - scale_min), 10
    ) as on_scale,
    round(
        total_min + (total_max - total_min) * (means.mean - scale_min) / (scale_max - scale_min), 10
    ) as mean,
    score.comment,
from sheets
inner join criterion on sheets.cohort = criterion.cohort
inner join cohort_scale on sheets.cohort = cohort_scale.cohort
left join score_on($as_of) as score
    on
        sheets.application_id = score.application_id
        and sheets.reviewer = score.reviewer
        and criterion.criterion = score.criterion
left join criterion_means($as_of) as means
    on sheets.application_id = means.application_id and criterion.criterion = means.criterion
order by
    list_position($applications::varchar[], sheets.application_id),
    criterion.weight desc,
    criterion.criterion,
    sheets.reviewer;

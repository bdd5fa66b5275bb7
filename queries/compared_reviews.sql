-- What did each reviewer give these applications on each criterion?
-- One row per application of $applications, reviewer of it and criterion, also where that reviewer gave no score.
-- on_scale: the score told on the cohort's scale; mean: over all reviews, told on it, too.
with sheets as (
    select distinct
        facts.application_id,
        facts.number,
        facts.cohort,
        score.reviewer,
    from facts($as_of) as facts
    inner join score_on($as_of) as score on facts.number = score.application
    where facts.cohort = $cohort and list_contains($applications::varchar[], facts.application_id)
)
select
    sheets.application_id,
    reviewer.reviewer,
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
    comment.comment,
from sheets
inner join reviewer on sheets.reviewer = reviewer.rowid
inner join criterion on sheets.cohort = criterion.cohort
inner join cohort_scale on sheets.cohort = cohort_scale.cohort
left join score_on($as_of) as score
    on
        sheets.number = score.application
        and sheets.reviewer = score.reviewer
        and criterion.rowid = score.criterion
left join numbered_comment as comment
    on
        score.application = comment.application
        and score.reviewer = comment.reviewer
        and score.criterion = comment.criterion
left join criterion_means($as_of) as means
    on sheets.number = means.application and criterion.rowid = means.criterion
order by
    list_position($applications::varchar[], sheets.application_id),
    criterion.weight desc,
    criterion.criterion,
    reviewer.reviewer;

-- What did each reviewer give these applications on each criterion?
-- One row per application of $applications, reviewer of it and criterion, also where that reviewer gave no score.
-- on_scale: the score told on the cohort's scale; mean: over all reviews, told on it, too.
with compared as (
    select application_id, number, cohort
    from facts($as_of)
    where cohort = $cohort and list_contains($applications::varchar[], application_id)
),
given as (
    select score.*
    from score_on($as_of) as score
    semi join compared on score.application = compared.number
),
sheets as (
    select distinct compared.*, given.reviewer
    from compared
    inner join given on compared.number = given.application
)
select
    sheets.application_id,
    reviewer.reviewer,
    criterion.criterion,
    criterion.name,
    criterion.weight,
    criterion.scale_min,
    criterion.scale_max,
    given.score,
    round(
        total_min + (total_max - total_min) * (given.score - scale_min) / (scale_max - scale_min), 10
    ) as on_scale,
    round(
        total_min + (total_max - total_min) * (means.mean - scale_min) / (scale_max - scale_min), 10
    ) as mean,
    comment.comment,
from sheets
inner join reviewer on sheets.reviewer = reviewer.rowid
inner join criterion on sheets.cohort = criterion.cohort
inner join cohort_scale on sheets.cohort = cohort_scale.cohort
left join given
    on
        sheets.number = given.application
        and sheets.reviewer = given.reviewer
        and criterion.rowid = given.criterion
left join numbered_comment as comment
    on
        given.application = comment.application
        and given.reviewer = comment.reviewer
        and given.criterion = comment.criterion
left join criterion_means($as_of) as means
    on sheets.number = means.application and criterion.rowid = means.criterion
order by
    list_position($applications::varchar[], sheets.application_id),
    criterion.weight desc,
    criterion.criterion,
    reviewer.reviewer;

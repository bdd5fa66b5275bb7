-- How many of the applications' means on a criterion lie in each interval of the scale?
-- One row per criterion and interval that holds any.
-- Told on the cohort's scale; the intervals are those of score_bins.
with chosen_applications as (
    select
        number,
        stage,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
),
scales as (
    -- value * factor + shift: from the criterion's scale to the cohort's
    select
        criterion.rowid as number,
        criterion.criterion,
        (total_max - total_min) / (scale_max - scale_min) as factor,
        total_min - scale_min * factor as shift,
    from criterion
    inner join cohort_scale using (cohort)
    where criterion.cohort = $cohort
),
binned as (
    select
        scales.criterion,
        applications.stage,
        least(floor(round((means.mean * factor + shift - $start) / $width, 9)), $bins - 1)::integer as bin,
    from criterion_means($as_of) as means
    inner join chosen_applications as applications on means.application = applications.number
    inner join scales on means.criterion = scales.number
)
select
    criterion as part,
    bin,
    count(*) filter (where stage = 'selected') as selected,
    count(*) filter (where stage <> 'selected') as others,
from binned
group by criterion, bin
order by criterion, bin;

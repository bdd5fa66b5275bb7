-- How do the applications' means lie on each criterion, selected and others?
-- One row per criterion of the cohort, also those nobody scored (0).
-- Told on the cohort's scale, as totals are. The median is interpolated between neighbours (type 7
-- of Hyndman and Fan); neither it nor a mean is told of fewer than $fewest applications.
with chosen_applications as (
    select
        number,
        stage,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
),
means as (
    select
        means.criterion,
        means.mean,
        applications.stage,
    from criterion_means($as_of) as means
    inner join chosen_applications as applications on means.application = applications.number
),
summaries as (
    select
        criterion,
        count(*) as scored,
        avg(mean) as mean,
        quantile_cont(mean, 0.5) as median,
        min(mean) as lowest,
        max(mean) as highest,
        count(*) filter (where stage = 'selected') as selected,
        avg(mean) filter (where stage = 'selected') as selected_mean,
        count(*) filter (where stage <> 'selected') as others,
        avg(mean) filter (where stage <> 'selected') as others_mean,
    from means
    group by criterion
),
scales as (
    -- value * factor + shift: from the criterion's scale to the cohort's
    select
        criterion.rowid as number,
        criterion.criterion,
        criterion.name,
        criterion.weight,
        (total_max - total_min) / (scale_max - scale_min) as factor,
        total_min - scale_min * factor as shift,
        (select count(*) from chosen_applications) as applications,
    from criterion
    inner join cohort_scale using (cohort)
    where criterion.cohort = $cohort
)
select
    scales.criterion as part,
    scales.name,
    scales.weight,
    scales.applications,
    coalesce(scored, 0) as scored,
    scales.applications - coalesce(scored, 0) as unscored,
    case when scored >= $fewest then round(mean * factor + shift, 10) end as mean,
    case when scored >= $fewest then round(median * factor + shift, 10) end as median,
    round(lowest * factor + shift, 10) as lowest,
    round(highest * factor + shift, 10) as highest,
    coalesce(selected, 0) as selected,
    case when selected >= $fewest then round(selected_mean * factor + shift, 10) end as selected_mean,
    coalesce(others, 0) as others,
    case when others >= $fewest then round(others_mean * factor + shift, 10) end as others_mean,
from scales
left join summaries on scales.number = summaries.criterion
order by scales.weight desc, scales.criterion;

-- How do the totals lie, and how close to the line?
-- One row per cohort.
-- Quantiles are interpolated between neighbours (type 7 of Hyndman and Fan); neither they nor a
-- mean are told of fewer than $fewest totals.
-- reviewed: has any score. withdrawn, incomplete, selected, others: of those with a total.
-- line: half way between the total at the cohort's last place and the next one; none where one of
-- the two is missing. near: those with a place whose total is at most $near of the scale away.
-- tied: where a tie runs across the line, those of the whole cohort who share its total.
with cohorts as (
    select
        cohort.decided_on,
        total_min,
        total_max,
        criteria,
        lines.places,
        last_in,
        first_out,
        (last_in + first_out) / 2 as line,
        round($near * (total_max - total_min), 10) as near_by,
    from cohort_on($as_of) as cohort
    left join cohort_scale using (cohort)
    left join cohort_lines($as_of) as lines using (cohort)
    where cohort.cohort = $cohort
),
totals as (
    select
        count(*) as applications,
        count(*) filter (where scores > 0) as reviewed,
        count(total) as scored,
        count(total) filter (where stage = 'withdrawn') as withdrawn,
        count(total) filter (where not complete) as incomplete,
        count(total) filter (where stage = 'selected') as selected,
        count(total) filter (where stage <> 'selected') as others,
        avg(total) as mean,
        avg(total) filter (where stage = 'selected') as selected_mean,
        avg(total) filter (where stage <> 'selected') as others_mean,
        quantile_cont(total, [0.25, 0.5, 0.75]) as quartiles,
        min(total) as lowest,
        max(total) as highest,
        count(total) filter (
            where place is not null
            and round(abs(total - (select line from cohorts)), 10) <= (select near_by from cohorts)
        ) as near,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    totals.applications,
    totals.reviewed,
    totals.scored,
    totals.withdrawn,
    totals.incomplete,
    totals.selected,
    totals.others,
    case when totals.scored >= $fewest then totals.mean end as mean,
    case when totals.selected >= $fewest then totals.selected_mean end as selected_mean,
    case when totals.others >= $fewest then totals.others_mean end as others_mean,
    case when totals.scored >= $fewest then totals.quartiles[1] end as lower_quartile,
    case when totals.scored >= $fewest then totals.quartiles[2] end as median,
    case when totals.scored >= $fewest then totals.quartiles[3] end as upper_quartile,
    totals.lowest,
    totals.highest,
    totals.near,
    cohorts.*,
    (
        select count(*)
        from facts($as_of)
        where cohort = $cohort and place is not null and total = cohorts.line and cohorts.last_in = cohorts.first_out
    ) as tied,
from cohorts
cross join totals;

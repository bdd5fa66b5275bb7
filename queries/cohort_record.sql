-- What is on record about this cohort?
-- One row per cohort: the one asked for; all of them, the latest first, where none is.
select
    cohort.cohort,
    cohort.name,
    cohort.opened_on,
    cohort.closed_on,
    cohort.decided_on,
    cohort.plan,
    cohort.sample,
    line.places,
    line.last_in,
    line.first_out,
    scale.total_min,
    scale.total_max,
    scale.criteria,
    (select max(groups_on) from facts($as_of) where cohort = $cohort) as groups_on,
from cohort_on($as_of) as cohort
left join cohort_lines($as_of) as line using (cohort)
left join cohort_scale as scale using (cohort)
where coalesce(cohort.cohort = $cohort, true)
order by cohort.opened_on desc nulls last, cohort.cohort;

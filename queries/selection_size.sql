-- From how many applications were how many selected, and for how many places?
-- One row per cohort.
-- pool: those not withdrawn, whatever their stage. with_total: of these, who can be compared by
-- score. The cohort whole: filters choose which groups are shown, never whom a lot is drawn from.
select
    count(*) as applications,
    count(*) filter (where stage <> 'withdrawn') as pool,
    count(*) filter (where stage <> 'withdrawn' and total is not null) as with_total,
    count(*) filter (where stage = 'selected') as selected,
    (select places from cohort_lines($as_of) where cohort = $cohort) as places,
from facts($as_of)
where cohort = $cohort;

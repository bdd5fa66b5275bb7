-- Which criteria count towards the total, and how much?
-- One row per criterion of the cohort, also those of weight 0, in the order of their keys.
-- share_weight: the weight as a share of all of them; none where all are 0.
select
    criterion,
    name,
    weight,
    weight / nullif(sum(weight) over (), 0) as share_weight,
from criterion
where cohort = $cohort
order by criterion;

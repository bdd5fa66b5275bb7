-- How well does the cohort's panel agree, on the total and on each criterion?
-- One row per criterion, by weight, and before them one for the total (no criterion).
select panel_agreement.* exclude (cohort)
from panel_agreement
left join criterion using (cohort, criterion)
where panel_agreement.cohort = $cohort
order by panel_agreement.criterion is not null, criterion.weight desc, panel_agreement.criterion;

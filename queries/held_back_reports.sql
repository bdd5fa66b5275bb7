-- Which series are long enough to hide their last report and see whether the others foretell it?
-- One row per centre, indicator and day of a total, of series with at least seven of them.
-- Of more than 2,000 such series as many, drawn by a hash: enough to tell, and quick. Yes/no is no
-- line and left out.
with totals as (
    select centre_id, indicator, measured_on, value
    from totals_chosen($cohort, $region, $country, $goal, $group, $today)
    where kind <> 'yes/no'
),
drawn as (
    select centre_id, indicator
    from totals
    group by centre_id, indicator
    having count(*) >= 7
    order by hash(centre_id, indicator), centre_id, indicator
    limit 2000
)
select totals.*
from totals
inner join drawn using (centre_id, indicator)
order by totals.centre_id, totals.indicator, totals.measured_on;

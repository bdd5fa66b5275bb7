-- What did this centre report for this indicator?
-- One row per report up to the day that is shown, the latest first; breakdowns after their total.
select
    measured_on,
    value,
    breakdown,
    source,
    reported_by,
    by_then(verified_on, $today) as verified_on,
    note,
from measurement
where centre_id = $centre and indicator = $indicator and measured_on <= $today
order by measured_on desc, breakdown nulls first;

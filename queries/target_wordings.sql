-- What did this centre set out to reach for this indicator, and what was changed about it?
-- One row per due date and wording set by the day that is shown.
-- holds: the latest wording for its due date; the others were replaced.
select
    due_on,
    target,
    baseline,
    baseline_on,
    set_on,
    row_number() over (partition by due_on order by set_on desc nulls last) = 1 as holds,
from target
where centre_id = $centre and indicator = $indicator and coalesce(set_on <= $today, true)
order by due_on, set_on nulls first;

-- Which dated targets does each centre work towards?
-- One row per centre, indicator and due date, in the latest wording set by the day that is shown.
select
    centre_id,
    indicator,
    due_on,
    target,
    set_on,
from target_wordings_on($today)
where centre_id is not null
order by centre_id, indicator, due_on;

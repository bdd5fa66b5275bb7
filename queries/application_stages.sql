-- When did this application reach which stage?
-- One row per stage and date on record, oldest first.
select stage, since
from application_stage
where application_id = $application
order by since, list_position(
    ['submitted', 'eligible', 'evaluated', 'reserve', 'selected', 'not selected', 'withdrawn'], stage
);

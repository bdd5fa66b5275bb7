-- When did this application reach which stage?
-- One row per stage and date on record, oldest first.
select stage, since
from application_stage
where application_id = $application and coalesce(since <= $as_of, true)
order by since, stage_step(stage);

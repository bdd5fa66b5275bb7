-- How fresh is what is shown?
-- One row per snapshot.
-- As of a past day, the latest dates are the latest by then.
select
    import.snapshot,
    import.imported_at,
    import.imported_by,
    (
        select max(since)
        from application_stage
        inner join application using (application_id)
        where application.cohort = $cohort and coalesce(application_stage.since <= $as_of, true)
    ) as last_stage_on,
    (select max(measured_on) from measurement where coalesce(measured_on <= $as_of, true)) as last_measured_on,
from import;

-- How fresh is what is shown?
-- One row per snapshot.
select
    import.snapshot,
    import.imported_at,
    import.imported_by,
    (
        select max(since)
        from application_stage
        inner join application_facts using (application_id)
        where application_facts.cohort = $cohort
    ) as last_stage_on,
    (select max(measured_on) from measurement) as last_measured_on,
from import;

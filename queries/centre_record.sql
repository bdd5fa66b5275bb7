-- What is on record about this centre?
-- One row per centre: the one asked for, or none when it is not known or another cohort's.
-- targets: indicators with a target for it; unreported: those of them without any report; overdue:
-- those of the unreported for which a target fell due before today.
with counted as (
    select
        count(target) as targets,
        count(*) filter (where target is not null and reports = 0 and parts = 0) as unreported,
        count(*) filter (where first_due_on < $today and reports = 0 and parts = 0) as overdue,
        max(measured_on) as last_reported_on,
    from contribution_on($today)
    where centre_id = $centre
)
select
    centre.centre_id,
    centre.name,
    centre.country,
    names.name as country_name,
    groups.region,
    groups.ldc,
    groups.lldc,
    groups.sids,
    centre.city,
    centre.latitude is not null and centre.longitude is not null as placed,
    centre.host_type,
    centre.itu_office,
    statuses.status,
    statuses.since,
    application.application_id,
    application.organization,
    application.title,
    cohort.name as cohort_name,
    (
        select coalesce(list(objective order by objective), [])
        from centre_objective
        where centre_id = $centre
    ) as objectives,
    counted.targets,
    counted.unreported,
    counted.overdue,
    counted.last_reported_on,
from centre_on($today) as centre
cross join counted
inner join country_name as names on centre.country = names.country and names.lang = $lang
left join country_group_on($today) as groups on centre.country = groups.country
left join centre_status_on($today) as statuses using (centre_id)
left join application using (application_id)
left join cohort on application.cohort = cohort.cohort
where centre.centre_id = $centre and coalesce(application.cohort = $cohort, true);

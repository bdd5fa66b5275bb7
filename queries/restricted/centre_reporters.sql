-- Who reported for this centre?
-- One row per name that stands on its reports up to today, in the order of names.
select
    reported_by,
    count(*) as reports,
    max(measured_on) as last_on,
from measurement
where centre_id = $centre and measured_on <= $today and reported_by is not null
group by reported_by
order by reported_by;

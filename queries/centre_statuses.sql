-- Which status did this centre have since when?
-- One row per status and date on record up to today, oldest first.
select status, since
from centre_status
where centre_id = $centre and since <= $today
order by since, list_position(['selected', 'agreement signed', 'operating', 'paused', 'ended'], status);

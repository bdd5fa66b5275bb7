-- In which ITU region and groups is this country, since when and until when?
-- One row per region or group it is in on the day that is shown, the region first.
select
    group_code,
    valid_from,
    valid_to,
from country_group
where
    list_contains($country, country)
    and coalesce(valid_from <= $today, true)
    and coalesce($today < valid_to, true)
order by list_position(['LDC', 'LLDC', 'SIDS'], group_code) nulls first;

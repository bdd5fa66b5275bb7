-- How many countries were in each ITU region and group, and how sure is each membership?
-- One row per region or group and degree of certainty.
with members as (
    select group_code, confidence
    from country_group
    where coalesce(valid_from <= $on_day, true) and coalesce($on_day < valid_to, true)
)
select
    group_code,
    confidence,
    count(*) as countries,
from members
group by group_code, confidence
order by group_code, countries desc, confidence;

-- What has been published about the first cohort?
-- One row per published figure.
select what, value, approximate, as_of, source, confidence
from published_total
order by list_position(['applications', 'countries', 'selected', 'network'], what), what;

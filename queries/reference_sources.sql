-- Where do the facts come from that ship with the dashboard?
-- One row per kind of fact, source and degree of certainty.
select 'group' as kind, source, confidence, count(*) as facts
from country_group
group by all
union all
select 'plan' as kind, source, confidence, count(*) as facts
from plan
group by all
union all
select 'published' as kind, source, confidence, count(*) as facts
from published_total
group by all
order by kind, facts desc, source, confidence;

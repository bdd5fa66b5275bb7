-- Which types of organization applied to this cohort?
-- One row per type, the most frequent first; at most $most of them.
select
    organization_type,
    count(*) as applications,
from facts($as_of)
where cohort = $cohort and organization_type is not null
group by organization_type
order by applications desc, organization_type
limit $most;

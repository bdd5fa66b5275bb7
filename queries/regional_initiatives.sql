-- Which initiatives did the region of a country adopt, under which plan?
-- One row per plan and initiative whose adopted title was found; there are others.
select
    initiative.plan,
    initiative.code,
    initiative.title,
    initiative.cycle,
    initiative.source,
from regional_initiative as initiative
inner join country_group_on($today) as groups on initiative.region = groups.region
where groups.country = $of_country
order by initiative.cycle desc, initiative.code;

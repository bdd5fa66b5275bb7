-- In which regions did the centres report, towards which priority?
-- One row per indicator and ITU region, also where no centre has a target (0).
-- targets: centres with a target; reported: those of them with a report; fallen_due: those of them
-- with a due date before today; unplanned: centres that report without a target.
with chosen_centres as (
    select *
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
),
regions as (
    select unnest(['AFR', 'AMS', 'ARB', 'ASP', 'CIS', 'EUR']) as region
),
contribution as (
    select
        contribution.indicator,
        centre.region,
        count(contribution.target) as targets,
        count(contribution.target) filter (where contribution.reports > 0) as reported,
        count(contribution.target) filter (where contribution.first_due_on < $today) as fallen_due,
        count(*) filter (where contribution.target is null and contribution.reports > 0) as unplanned,
    from contribution_on($today) as contribution
    inner join chosen_centres as centre using (centre_id)
    group by contribution.indicator, centre.region
),
indicators as (
    select
        goal_priority.plan,
        goal_priority.priority,
        indicator.indicator,
        indicator.name as indicator_name,
        indicator.unit,
    from indicator
    inner join goal_priority using (goal)
    where
        indicator.indicator in (select indicator from contribution)
        and ($goal is null or list_contains($goal, goal_priority.priority))
)
select
    indicators.priority,
    indicators.indicator,
    indicators.indicator_name,
    indicators.unit,
    regions.region,
    coalesce(contribution.targets, 0) as targets,
    coalesce(contribution.reported, 0) as reported,
    coalesce(contribution.fallen_due, 0) as fallen_due,
    coalesce(contribution.unplanned, 0) as unplanned,
from indicators
cross join regions
left join contribution using (indicator, region)
order by indicators.plan, indicators.priority, indicators.indicator, regions.region;

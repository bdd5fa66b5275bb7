-- Which priorities are there, and which goals nest under them?
-- One row per goal, every priority followed by what stands under it, however deep.
-- of_cohort: of the plan this cohort was called under. depth: 0 is a priority. indicators: directly
-- under it, whether or not anybody has a target.
with recursive branch as (
    select
        goal,
        plan,
        name,
        goal as priority,
        0 as depth,
        [goal] as place,
    from goal
    where parent is null and ($goal is null or list_contains($goal, goal))
    union all
    select
        goal.goal,
        goal.plan,
        goal.name,
        branch.priority,
        branch.depth + 1 as depth,
        list_append(branch.place, goal.goal) as place,
    from goal
    inner join branch on goal.parent = branch.goal
),
counted as (
    select goal, count(*) as indicators
    from indicator
    group by goal
)
select
    branch.plan,
    branch.priority,
    branch.goal,
    branch.name,
    branch.depth,
    coalesce(branch.plan = (select plan from cohort where cohort = $cohort), false) as of_cohort,
    coalesce(counted.indicators, 0) as indicators,
from branch
left join counted using (goal)
order by branch.plan, branch.place;

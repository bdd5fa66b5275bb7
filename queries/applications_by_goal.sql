-- Which priorities of the plan do the applications name, and those selected?
-- One row per priority of the cohort's plan, also those nobody named (0).
with chosen_applications as (
    select application_id, stage, goals
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    goal.goal,
    goal.name,
    goal.plan,
    count(applications.application_id) as applications,
    count(*) filter (where applications.stage = 'selected') as selected,
from goal
inner join cohort on goal.plan = cohort.plan and cohort.cohort = $cohort
left join chosen_applications as applications on list_contains(applications.goals, goal.goal)
where goal.parent is null
group by goal.goal, goal.name, goal.plan
order by goal.goal;

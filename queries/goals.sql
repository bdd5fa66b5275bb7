-- How much have the centres reported towards each priority?
-- One row per priority, also those without indicators or reports (0), and a last one for all of them
-- together (priority: null).
-- Of the cohort's plan, and of any other plan these centres work under.
-- centres: have reported at least one total. targets: indicators with a target, centre by centre.
-- Of those without a report, past_due had a due date before today and not_yet_due had none; in_parts
-- were reported by breakdown alone, without a total.
with chosen_centres as (
    select centre_id
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
),
contribution as (
    select goal_priority.priority, contribution.*
    from contribution_on($today) as contribution
    inner join chosen_centres using (centre_id)
    inner join indicator using (indicator)
    inner join goal_priority using (goal)
),
indicators as (
    select goal_priority.priority, count(*) as indicators
    from indicator
    inner join goal_priority using (goal)
    group by goal_priority.priority
),
priorities as (
    select
        goal.goal as priority,
        goal.name,
        goal.plan,
        coalesce(indicators.indicators, 0) as indicators,
    from goal
    left join indicators on goal.goal = indicators.priority
    where
        goal.parent is null
        and (
            goal.plan = (select plan from cohort where cohort = $cohort)
            or goal.goal in (select priority from contribution)
        )
        and ($goal is null or list_contains($goal, goal.goal))
)
select
    priorities.priority,
    priorities.name,
    priorities.plan,
    priorities.indicators,
    count(distinct contribution.centre_id) filter (where contribution.reports > 0) as centres,
    count(contribution.target) as targets,
    count(contribution.target) filter (where contribution.reports > 0) as reported,
    count(contribution.target) filter (where contribution.reports = 0 and contribution.parts > 0) as in_parts,
    count(contribution.target) filter (
        where contribution.reports = 0 and contribution.parts = 0 and contribution.first_due_on < $today
    ) as past_due,
    count(contribution.target) filter (
        where contribution.reports = 0 and contribution.parts = 0 and contribution.first_due_on >= $today
    ) as not_yet_due,
    count(contribution.indicator) filter (
        where contribution.target is null and contribution.reports > 0
    ) as without_target,
    max(contribution.measured_on) as last_measured_on,
from priorities
left join contribution using (priority)
group by grouping sets ((priorities.priority, priorities.name, priorities.plan, priorities.indicators), ())
order by priorities.plan nulls last, priorities.priority nulls last;

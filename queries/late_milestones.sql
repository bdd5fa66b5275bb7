-- Which milestones of these centres are late?
-- One row per centre with a late milestone, the one that waits longest first.
-- Late: its date has passed and it is not met; not what fell due on the day the centre ended or later.
with chosen_centres as (
    select *
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
)
select
    centre.centre_id,
    centre.name as centre_name,
    names.name as country_name,
    count(*) as late,
    min(milestone.due_on) as oldest_due_on,
from milestone
inner join chosen_centres as centre using (centre_id)
inner join country_name as names on centre.country = names.country and names.lang = $lang
where
    milestone.due_on < $today
    and not coalesce(milestone.done_on <= $today, false)
    and not coalesce(centre.status = 'ended' and milestone.due_on >= centre.since, false)
group by centre.centre_id, centre.name, names.name
order by oldest_due_on, late desc, names.name collate noaccent.nocase, centre.name, centre.centre_id;

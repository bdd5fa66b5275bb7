-- Which milestones has this centre met, which are late, which are to come?
-- One row per milestone, in the order of their dates; those without any date come last.
-- state: met; late (its date has passed); to come; no date; no longer due (the centre ended before).
with ended as (
    select since
    from centre_status_on($today)
    where centre_id = $centre and status = 'ended'
)
select
    milestone,
    due_on,
    case when done_on <= $today then done_on end as met_on,
    case
        when met_on is not null then 'met'
        when due_on is null then 'no date'
        when due_on >= (select since from ended) then 'no longer due'
        when due_on < $today then 'late'
        else 'to come'
    end as state,
from milestone
where centre_id = $centre
order by coalesce(due_on, met_on) nulls last, milestone;

-- Which applications stand on either side of the cohort's line?
-- One row per side: the last that is above by its total, then the first below.
-- Of several with the same total the order of their keys decides, so that the answer is always the same.
with standing as (
    select
        application_id,
        organization,
        total,
        place,
        cohort,
        row_number() over (order by total desc, application_id) as position,
    from facts($as_of)
    where cohort = $cohort and place is not null
)
select
    standing.application_id,
    standing.organization,
    standing.place,
    standing.position > line.places as below,
from standing
inner join cohort_lines($as_of) as line on standing.cohort = line.cohort
where line.first_out is not null and standing.position in (line.places, line.places + 1)
order by standing.position;

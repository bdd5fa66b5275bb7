-- Which centres are in this country, how do they stand, and what was agreed with them?
-- One row per centre of every cohort, in the order of names.
-- reference, signed_on, ends_on: of the agreement that was signed last.
with agreements as (
    select *
    from agreement_on($today)
    qualify row_number() over (
        partition by centre_id
        order by signed_on desc nulls last, ends_on desc nulls last, reference
    ) = 1
)
select
    centre.centre_id,
    centre.cohort,
    centre.name,
    centre.organization,
    centre.application_id,
    centre.status,
    centre.since,
    centre.in_network,
    agreements.reference,
    agreements.signed_on,
    agreements.ends_on,
from centres_chosen($cohort, $region, $country, $goal, $group, $today) as centre
left join agreements using (centre_id)
order by centre.name, centre.centre_id;

-- Which agreements were signed with this centre?
-- One row per agreement, oldest first.
select
    reference,
    signed_on,
    starts_on,
    ends_on,
    expected_outcomes,
from agreement_on($today)
where centre_id = $centre
order by signed_on nulls last, starts_on, reference;

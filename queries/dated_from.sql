-- From which day on does the data know anything by its date?
-- One row per snapshot.
-- Dates of what happened, not of what is due or promised.
select
    least(
        (select min(opened_on) from cohort),
        (select min(submitted_on) from application),
        (select min(since) from application_stage),
        (select min(scored_on) from numbered_score),
        (select min(signed_on) from agreement),
        (select min(since) from centre_status),
        (select min(set_on) from target),
        (select min(measured_on) from measurement),
        (select min(done_on) from milestone)
    ) as first_on,
from import;

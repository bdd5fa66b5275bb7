-- Which scores did the panel give to the applications that hold a place?
-- One row per application, reviewer and criterion, each on the criterion's own scale.
select *
from panel_scores($cohort, $as_of)
order by application_id, reviewer, criterion;

-- Where does each application stand with the reviewers' severity taken out, and how surely?
-- One row per application of the cohort that holds a place.
select * exclude (cohort)
from panel_application
where cohort = $cohort
order by application_id;

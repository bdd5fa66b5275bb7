-- Where does each application stand with the reviewers' severity taken out, and how surely?
-- One row per application of the cohort that holds a place; none above 20,000 of them, which get no
-- model: of each the same would be told, that there is none.
select * exclude (cohort)
from panel_application
where cohort = $cohort
qualify count(*) over () <= 20000
order by application_id;

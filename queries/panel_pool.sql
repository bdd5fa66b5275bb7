-- Which applications of the cohort hold a place, with which total?
-- One row per application; the cohort's places and its scale stand in every row.
select *
from panel_pool($cohort, $as_of)
order by application_id;

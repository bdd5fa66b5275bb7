-- Which mean did each application reach on each criterion?
-- One row per application and criterion it was scored on; at most $most applications.
-- mean: over its reviews, told on the cohort's scale. complete: all of its reviews scored this one.
with applications as (
    select
        application_id,
        number,
        organization,
        country,
        stage,
        reviews,
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
    where scores > 0
    order by application_id
    limit $most
)
select
    criterion.criterion as part,
    applications.application_id,
    applications.organization,
    names.name as country_name,
    applications.stage,
    round(
        total_min + (total_max - total_min) * (means.mean - scale_min) / (scale_max - scale_min), 10
    ) as mean,
    means.reviews = applications.reviews as complete,
from applications
inner join country_name as names on applications.country = names.country and names.lang = $lang
inner join criterion_means($as_of) as means on applications.number = means.application
inner join criterion on means.criterion = criterion.rowid
inner join cohort_scale on criterion.cohort = cohort_scale.cohort
order by criterion.weight desc, criterion.criterion, applications.application_id;

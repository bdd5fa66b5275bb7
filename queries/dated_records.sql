-- Which dated records are there, and what does each of them say?
-- One row per record: kind, whose (owner_kind, owner), what, dated and part make its key.
-- day, number: what it says; null where a record of this kind says nothing of the sort. part: the nth
-- time a centre had that status, the day a target was set, a breakdown; of a score how many reviews
-- are in it. A score is the mean of all reviews on one criterion, so that it tells on no reviewer.
with applications as (
    select application_id, number as application, organization as owner_name, country
    from chosen($cohort, $region, $country, null, $goal, $group, null, null, null, $as_of)
),
centres as (
    select centre_id, name as owner_name, country
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
),
of_applications as (
    select
        'stage' as kind,
        application_id,
        stage as what,
        null::date as dated,
        null::varchar as part,
        since as day,
        null::double as number,
    from application_stage
    where coalesce(since <= $as_of, true)
    union all by name
    select
        'score' as kind,
        applications.application_id,
        criterion.criterion as what,
        means.reviews::varchar as part,
        round(means.mean, 6) as number,
    from criterion_means($as_of) as means
    inner join applications using (application)
    inner join criterion on means.criterion = criterion.rowid
),
of_centres as (
    select
        'centre status' as kind,
        centre_id,
        status as what,
        null::date as dated,
        row_number() over (partition by centre_id, status order by since)::varchar as part,
        since as day,
        null::double as number,
    from centre_status
    where since <= $today
    union all by name
    select
        'agreement' as kind,
        centre_id,
        coalesce(reference, '') as what,
        signed_on as day,
    from agreement_on($today)
    union all by name
    select
        'milestone due' as kind,
        centre_id,
        milestone as what,
        due_on as day,
    from milestone
    where due_on is not null
    union all by name
    select
        'milestone met' as kind,
        centre_id,
        milestone as what,
        done_on as day,
    from milestone
    where done_on <= $today
    union all by name
    select
        'target' as kind,
        centre_id,
        indicator as what,
        due_on as dated,
        set_on::varchar as part,
        target as number,
    from target
    where centre_id is not null and coalesce(set_on <= $today, true)
    union all by name
    select
        'baseline' as kind,
        centre_id,
        indicator as what,
        due_on as dated,
        set_on::varchar as part,
        baseline_on as day,
        baseline as number,
    from target
    where centre_id is not null and baseline is not null and coalesce(set_on <= $today, true)
    union all by name
    select
        'report' as kind,
        centre_id,
        indicator as what,
        measured_on as dated,
        breakdown as part,
        value as number,
    from measurement
    where measured_on <= $today
),
records as (
    select of_applications.*, 'application' as owner_kind, application_id as owner, owner_name, country
    from of_applications
    inner join applications using (application_id)
    union all by name
    select of_centres.*, 'centre' as owner_kind, centre_id as owner, owner_name, country
    from of_centres
    inner join centres using (centre_id)
)
select
    records.kind,
    records.owner_kind,
    records.owner,
    records.owner_name,
    names.name as country_name,
    records.what,
    indicator.name as indicator_name,
    records.dated,
    records.part,
    records.day,
    records.number,
from records
inner join country_name as names on records.country = names.country and names.lang = $lang
left join indicator on records.what = indicator.indicator and records.kind in ('target', 'baseline', 'report')
order by
    records.owner_kind, names.name collate noaccent.nocase, records.owner_name, records.owner,
    records.kind, records.what, records.dated, records.part;

-- What has no date in the network, so that a past day shows it as it is now?
-- One row per cohort.
-- Of the centres that the filters leave, and of the cohort as a whole. centres: without any dated
-- status. agreements: without the day they were signed. targets: without the day they were set.
with chosen_centres as (
    select centre_id, joined_on
    from centres_chosen($cohort, $region, $country, $goal, $group, $today)
)
select
    (select count(*) from chosen_centres where joined_on is null) as centres,
    (
        select count(*)
        from agreement
        semi join chosen_centres using (centre_id)
        where agreement.signed_on is null
    ) as agreements,
    (
        select count(*)
        from target
        where set_on is null and (cohort = $cohort or centre_id in (select centre_id from chosen_centres))
    ) as targets;

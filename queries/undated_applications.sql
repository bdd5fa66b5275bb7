-- What has no date among the applications, so that a past day shows it as it is now?
-- One row per cohort.
-- applications: of those that the filters leave, without any dated stage. scores: of theirs, without
-- the day they were given.
with chosen_applications as (
    select application_id, number
    from chosen($cohort, $region, $country, $stage, $goal, $group, $type, $score_from, $score_to, $as_of)
)
select
    (
        select count(*)
        from chosen_applications
        anti join application_stage using (application_id)
    ) as applications,
    (
        select count(*)
        from numbered_score as score
        semi join chosen_applications on score.application = chosen_applications.number
        where score.scored_on is null
    ) as scores;

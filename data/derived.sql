-- What is computed once, when data comes in, so that nothing heavy happens when somebody looks.
-- Runs after the tables of schema.sql are filled and checked.
--
-- Each definition is a macro of a date, whose name ends in `_on`: what is known by that date, from
-- what is dated; what bears no date counts always. The tables hold what the macros say without a
-- date, which is everything on record. Questions ask a third thing, without `_on`: where nobody
-- asks for a past day (null) it reads the table, else the macro, or what `store.asking` kept of
-- that day. It chooses by `query`, before anything is planned: with a `union all` the branch that is
-- not taken would give no rows, and yet take 5 ms to plan. Nothing but a date can stand in that text.
create macro source(p_as_of, p_table, p_macro) as
case
    when p_as_of is null then 'from ' || p_table
    when p_as_of::date = getvariable('kept_day') then 'from temp.past_' || p_table
    else 'from ' || p_macro || '(date ''' || p_as_of::date || ''')'
end;

-- The scale a cohort's totals are told on: that of its criteria where they share one, else 0 to 100.
create table cohort_scale as
select
    cohort,
    case when count(distinct (scale_min, scale_max)) = 1 then min(scale_min) else 0 end as total_min,
    case when count(distinct (scale_min, scale_max)) = 1 then max(scale_max) else 100 end as total_max,
    count(*) as criteria,
    sum(weight) as weights,
from criterion
group by cohort
order by cohort;

-- The cohorts as known on a date: a decision from its day on.
-- groups_on: the date whose groups hold: the decision's, else the day the call closed, else the
-- date itself or, without one, the day the data came in.
create macro cohort_on(p_date) as table
select
    * replace (by_then(decided_on, p_date) as decided_on),
    coalesce(
        by_then(decided_on, p_date), by_then(closed_on, p_date), p_date, (select imported_at::date from import)
    ) as groups_on,
from cohort;

-- The applications that were there on a date, each at the stage it had reached by then.
-- number: its place in the table, by which millions of means find their application in a fifth of
-- the time that its key takes.
-- There: from the day it was submitted, else that of its first dated stage, else that its call
-- opened; always, where none of these is known. Without dated stages its stage is the one of now;
-- so it is where all of them lie by then (the import proved that the last one is the present one,
-- also where several bear the same day). Where all of them come later, it was submitted.
create macro application_on(p_date) as table
with steps as (
    select
        application_id,
        min(since) as first_on,
        max(since) as last_on,
        arg_max(stage, (since, stage_step(stage))) filter (where since <= p_date) as stage,
    from application_stage
    where p_date is not null
    group by application_id
)
select
    application.rowid as number,
    application.* replace (
        case
            when coalesce(steps.last_on <= p_date, true) then application.stage
            else coalesce(steps.stage, 'submitted')
        end as stage
    ),
from application
inner join cohort using (cohort)
left join steps using (application_id)
where coalesce(coalesce(application.submitted_on, steps.first_on, cohort.opened_on) <= p_date, true);

-- The scores that were given by a date, by the numbers of what they belong to; one without a date
-- counts always.
create macro score_on(p_date) as table
select *
from numbered_score
where coalesce(scored_on <= p_date, true);

-- Per application and criterion, by their numbers: the mean over the reviews that scored it.
create macro criterion_means_on(p_date) as table
select
    application,
    criterion,
    avg(score) as mean,
    count(*) as reviews,
from score_on(p_date)
group by application, criterion;

create table application_criterion as
select *
from criterion_means_on(null)
order by criterion, application;

create macro criterion_means(p_as_of) as table
select *
from query(source(p_as_of, 'application_criterion', 'criterion_means_on'));

-- One row per application with everything a filter can ask for and every figure that is expensive.
-- total: the weighted mean of the criteria's means, each on its own scale from 0 to 1, told on the
-- cohort's scale; none where a criterion that counts has no score at all. Rounded to ten decimals,
-- so that equal totals are equal in spite of binary arithmetic.
-- place: 1 + the number of applications of the cohort with a higher total; those withdrawn have none.
-- groups_on: the date whose groups hold, of its cohort.
create macro facts_on(p_date) as table
with means as (
    select
        means.application as number,
        sum(criterion.weight * (means.mean - criterion.scale_min) / (criterion.scale_max - criterion.scale_min)) as weighted,
        count(*) filter (where criterion.weight > 0) as criteria_scored,
    from criterion_means(p_date) as means
    inner join criterion on means.criterion = criterion.rowid
    group by means.application
),
criteria_that_count as (
    select cohort, count(*) as criteria
    from criterion
    where weight > 0
    group by cohort
),
reviews as (
    -- Scores lie in the order of their keys: those of a review side by side.
    select
        application as number,
        count(*) filter (where begins) as reviews,
        count(*) as scores,
    from (
        select
            application,
            coalesce(application <> lag(application) over (), true)
            or reviewer <> lag(reviewer) over () as begins,
        from score_on(p_date)
    )
    group by application
),
goals as (
    select application_id, list(priority order by priority) as goals
    from (
        select distinct application_id, priority
        from application_goal
        inner join goal_priority using (goal)
    )
    group by application_id
),
totals as (
    select
        application.*,
        cohort.groups_on,
        coalesce(goals.goals, []) as goals,
        coalesce(reviews.reviews, 0) as reviews,
        coalesce(reviews.scores, 0) as scores,
        coalesce(reviews.scores = reviews.reviews * cohort_scale.criteria, false) as complete,
        case when means.criteria_scored = criteria_that_count.criteria then
            round(
                total_min + (total_max - total_min) * means.weighted / cohort_scale.weights, 10
            )
        end as total,
    from application_on(p_date) as application
    inner join cohort_on(p_date) as cohort using (cohort)
    left join cohort_scale using (cohort)
    left join criteria_that_count using (cohort)
    left join means using (number)
    left join reviews using (number)
    left join goals using (application_id)
),
placed as (
    select
        number,
        rank() over standing as place,
        coalesce(total in (lag(total) over standing, lead(total) over standing), false) as tied,
        row_number() over standing as position,
    from totals
    where total is not null and stage <> 'withdrawn'
    window standing as (partition by cohort order by total desc)
),
group_dates as (
    select distinct groups_on from cohort_on(p_date)
),
groups as (
    select group_dates.groups_on, on_date.*
    from group_dates, lateral (
        select
            country,
            max(case when group_code not in ('LDC', 'LLDC', 'SIDS') then group_code end) as region,
            bool_or(group_code = 'LDC') as ldc,
            bool_or(group_code = 'LLDC') as lldc,
            bool_or(group_code = 'SIDS') as sids,
        from country_group
        where coalesce(valid_from <= groups_on, true) and coalesce(groups_on < valid_to, true)
        group by country
    ) as on_date
)
select
    totals.*,
    groups.region,
    groups.ldc,
    groups.lldc,
    groups.sids,
    placed.place,
    placed.position,
    coalesce(placed.tied, false) as tied,
from totals
inner join groups using (groups_on, country)
left join placed using (number);

create table application_facts as
select *
from facts_on(null)
order by cohort, application_id;

create macro facts(p_as_of) as table
select *
from query(source(p_as_of, 'application_facts', 'facts_on'));

-- The line of a cohort: the total at its last place and at the next one. A cohort without places
-- uses the number it selected; one without either has no line.
create macro cohort_line_on(p_date) as table
with standing as (
    select cohort, stage, total, position
    from facts(p_date)
),
places as (
    select
        cohort.cohort,
        coalesce(
            cohort.places,
            nullif(count(*) filter (where standing.stage = 'selected'), 0)
        ) as places,
    from cohort
    left join standing using (cohort)
    group by cohort.cohort, cohort.places
)
select
    places.cohort,
    places.places,
    max(standing.total) filter (where standing.position = places.places) as last_in,
    max(standing.total) filter (where standing.position = places.places + 1) as first_out,
from places
left join standing using (cohort)
where places.places is not null
group by places.cohort, places.places;

create table cohort_line as
select *
from cohort_line_on(null)
order by cohort;

create macro cohort_lines(p_as_of) as table
select *
from query(source(p_as_of, 'cohort_line', 'cohort_line_on'));

-- The applications that the reader's filters leave. Every question starts from here, so that a
-- filter means the same on every page. A null lets everything through; p_as_of is the past day that
-- is shown, null for now.
create macro chosen(
    p_cohort, p_region, p_country, p_stage, p_goal, p_group, p_type, p_score_from, p_score_to, p_as_of
) as table
select *
from facts(p_as_of)
where (p_cohort is null or cohort = p_cohort)
    and (p_region is null or region = p_region)
    and (p_country is null or list_contains(p_country, country))
    and (p_stage is null or list_contains(p_stage, stage))
    and (p_goal is null or list_has_any(p_goal, goals))
    and (
        p_group is null
        or (list_contains(p_group, 'LDC') and ldc)
        or (list_contains(p_group, 'LLDC') and lldc)
        or (list_contains(p_group, 'SIDS') and sids)
    )
    and (p_type is null or list_contains(p_type, organization_type))
    and (p_score_from is null or total >= p_score_from)
    and (p_score_to is null or total <= p_score_to);

-- The applications of a cohort that hold a place: what the panel's model is about. Above 20,000 there
-- is no model (`analysis.panel.MOST_APPLICATIONS`), which is known from one more than that.
create macro panel_pool(p_cohort, p_as_of) as table
select
    facts.application_id,
    facts.region,
    facts.total,
    line.places,
    scale.total_min,
    scale.total_max,
from facts(p_as_of) as facts
inner join cohort_scale as scale using (cohort)
left join cohort_lines(p_as_of) as line using (cohort)
where facts.cohort = p_cohort and facts.place is not null
order by facts.application_id
limit 20001;

-- The scores that the panel gave them; none where they are too many.
create macro panel_scores(p_cohort, p_as_of) as table
with pool as (
    select application_id
    from panel_pool(p_cohort, p_as_of)
    qualify count(*) over () <= 20000
)
select
    application.application_id,
    reviewer.reviewer,
    criterion.criterion,
    score.score,
    criterion.weight,
    criterion.scale_min,
    criterion.scale_max,
from score_on(p_as_of) as score
inner join application on score.application = application.rowid
semi join pool using (application_id)
inner join reviewer on score.reviewer = reviewer.rowid
inner join criterion on score.criterion = criterion.rowid;

-- What the model says; `data/panel.py` fills these from the two above, for everything on record.
create table panel_agreement (
    cohort varchar not null,
    criterion varchar,
    applications integer not null,
    reviewers integer not null,
    reviews integer not null,
    reviews_each double,
    complete boolean not null,
    mean double,
    var_application double,
    var_reviewer double,
    var_residual double,
    icc_a1 double,
    icc_a1_low double,
    icc_a1_high double,
    icc_c1 double,
    icc_c1_low double,
    icc_c1_high double,
    icc_ak double,
    icc_ak_low double,
    icc_ak_high double,
    reviewers_needed integer,
    alpha double,
    alpha_low double,
    alpha_high double,
    reason varchar
);

create table panel_reviewer (
    cohort varchar not null,
    reviewer varchar not null,
    connected integer,
    applications integer not null,
    reviews integer not null,
    mean_given double,
    severity double,
    severity_low double,
    severity_high double,
    only_region varchar,
    reason varchar
);

create table panel_application (
    cohort varchar not null,
    application_id varchar not null,
    reviews integer not null,
    connected integer,
    raw double not null,
    adjusted double,
    adjusted_sd double,
    adjusted_place integer,
    above double,
    above_error double,
    expected_rank double,
    rank_low integer,
    rank_high integer,
    disagreement double,
    disagreement_chance double,
    reason varchar
);

-- The tables of one snapshot; comments.sql says what they hold. Large tables carry no primary key
-- (a key over 20 million scores needs more memory than the whole import); their keys are checked
-- when data comes in.

-- Reference data ---------------------------------------------------------------------------------

create table country (
    country varchar primary key,
    iso2 varchar not null,
    m49 varchar not null,
    name_en varchar not null,
    name_fr varchar not null,
    name_es varchar not null,
    name_ru varchar not null,
    name_ar varchar not null,
    name_zh varchar not null,
    itu_status varchar not null,
    latitude double not null,
    longitude double not null,
    small boolean not null
);

create table country_group (
    country varchar not null,
    group_code varchar not null,
    valid_from date,
    valid_to date,
    confidence varchar not null,
    source varchar not null,
    note varchar
);

create table plan (
    plan varchar primary key,
    name varchar not null,
    adopted_on date,
    cycle_start integer,
    cycle_end integer,
    source varchar not null,
    confidence varchar not null
);

create table published_total (
    what varchar primary key,
    value integer not null,
    approximate boolean not null,
    as_of date,
    source varchar not null,
    confidence varchar not null
);

create table regional_initiative (
    plan varchar not null,
    region varchar not null,
    code varchar not null,
    title varchar not null,
    cycle varchar not null,
    source varchar not null,
    confidence varchar not null,
    primary key (plan, code)
);

-- What the secretariat sends ---------------------------------------------------------------------

create table cohort (
    cohort varchar primary key,
    name varchar not null,
    opened_on date,
    closed_on date,
    decided_on date,
    places integer,
    plan varchar not null,
    sample boolean not null
);

create table application (
    application_id varchar not null,
    cohort varchar not null,
    country varchar not null,
    organization varchar not null,
    organization_type varchar,
    title varchar,
    city varchar,
    latitude double,
    longitude double,
    submitted_on date,
    stage varchar not null
);

create table application_stage (
    application_id varchar not null,
    stage varchar not null,
    since date not null
);

create table application_goal (
    application_id varchar not null,
    goal varchar not null
);

create table application_objective (
    application_id varchar not null,
    objective varchar not null
);

create table criterion (
    cohort varchar not null,
    criterion varchar not null,
    name varchar not null,
    weight double not null,
    scale_min double not null,
    scale_max double not null,
    description varchar,
    primary key (cohort, criterion)
);

create table reviewer (
    reviewer varchar primary key,
    name varchar,
    organization varchar,
    country varchar
);

-- There may be 20 million: each key is the number of its row in its own table, which lies in the
-- order of its keys. To sort and to write the keys themselves would take three times as long.
create table numbered_score (
    application integer not null,
    reviewer integer not null,
    criterion integer not null,
    score double not null,
    scored_on date
);

create table numbered_comment (
    application integer not null,
    reviewer integer not null,
    criterion integer not null,
    comment varchar not null
);

create table conflict (
    person varchar not null,
    application_id varchar,
    country varchar,
    reason varchar
);

create table centre (
    centre_id varchar primary key,
    application_id varchar,
    name varchar not null,
    country varchar not null,
    city varchar,
    latitude double,
    longitude double,
    host_type varchar,
    itu_office varchar
);

create table centre_objective (
    centre_id varchar not null,
    objective varchar not null
);

create table agreement (
    centre_id varchar not null,
    reference varchar,
    signed_on date,
    starts_on date,
    ends_on date,
    expected_outcomes varchar
);

create table centre_status (
    centre_id varchar not null,
    status varchar not null,
    since date not null
);

create table goal (
    goal varchar primary key,
    plan varchar not null,
    parent varchar,
    name varchar not null
);

create table indicator (
    indicator varchar primary key,
    goal varchar not null,
    name varchar not null,
    unit varchar,
    level varchar,
    direction varchar not null,
    kind varchar not null,
    additive boolean not null
);

create table target (
    centre_id varchar,
    cohort varchar,
    indicator varchar not null,
    baseline double,
    baseline_on date,
    target double not null,
    due_on date not null,
    set_on date
);

create table measurement (
    centre_id varchar not null,
    indicator varchar not null,
    measured_on date not null,
    value double not null,
    breakdown varchar,
    source varchar,
    reported_by varchar,
    verified_on date,
    note varchar
);

create table milestone (
    centre_id varchar not null,
    milestone varchar not null,
    due_on date,
    done_on date
);

-- How it came in ---------------------------------------------------------------------------------

create table import (
    snapshot integer not null,
    imported_at timestamp not null,
    imported_by varchar,
    note varchar,
    based_on integer,
    hash varchar not null,
    schema_version integer not null
);

create table import_file (
    file varchar not null,
    table_name varchar not null,
    row_count bigint not null,
    sha256 varchar not null
);

create table import_source (
    file varchar not null,
    bytes bigint not null,
    sha256 varchar not null
);

create table import_warning (
    file varchar not null,
    row_number bigint,
    column_name varchar,
    warning varchar not null,
    said varchar not null
);

create table import_mapping (
    name varchar not null,
    mapping varchar not null
);

-- Views with shared definitions ------------------------------------------------------------------

-- The scores with their keys and comments.
create view score as
select
    application.application_id,
    reviewer.reviewer,
    criterion.criterion,
    numbered.score,
    numbered.scored_on,
    numbered_comment.comment,
from numbered_score as numbered
left join numbered_comment using (application, reviewer, criterion)
inner join application on numbered.application = application.rowid
inner join reviewer on numbered.reviewer = reviewer.rowid
inner join criterion on numbered.criterion = criterion.rowid;

-- One row per country and language.
create view country_name as
select
    country,
    right(lang, 2) as lang,
    name,
from (
    unpivot country
    on name_en, name_fr, name_es, name_ru, name_ar, name_zh
    into name lang value name
);

-- The groups a country was in on a date. The interval is half open: it ends the day before valid_to.
create macro country_group_on(p_date) as table
select
    country,
    max(case when group_code not in ('LDC', 'LLDC', 'SIDS') then group_code end) as region,
    bool_or(group_code = 'LDC') as ldc,
    bool_or(group_code = 'LLDC') as lldc,
    bool_or(group_code = 'SIDS') as sids,
from country_group
where coalesce(valid_from <= p_date, true) and coalesce(p_date < valid_to, true)
group by country;

-- A day on record, if it had come by a date; a date that is null lets every day through.
create macro by_then(p_day, p_date) as
case when p_date is null or p_day <= p_date then p_day end;

-- How far on a stage is, for stages that bear the same day.
create macro stage_step(p_stage) as
list_position(['submitted', 'eligible', 'evaluated', 'reserve', 'selected', 'not selected', 'withdrawn'], p_stage);

-- Every goal with the priority at the top of its branch.
create view goal_priority as
with recursive branch as (
    select goal, goal as priority, plan
    from goal
    where parent is null
    union all
    select goal.goal, branch.priority, goal.plan
    from goal
    inner join branch on goal.parent = branch.goal
)
select goal, priority, plan
from branch;

-- What a centre's status was on a date; no row before its first one.
create macro centre_status_on(p_date) as table
select
    centre_id,
    arg_max(status, (since, list_position(['selected', 'agreement signed', 'operating', 'paused', 'ended'], status))) as status,
    max(since) as since,
from centre_status
where since <= p_date
group by centre_id;

-- The centres that were there on a date: each from its first status on, and one without any dated
-- status always.
create macro centre_on(p_date) as table
with history as (
    select centre_id, min(since) as joined_on
    from centre_status
    group by centre_id
)
select
    centre.*,
    history.joined_on,
from centre
left join history using (centre_id)
where coalesce(history.joined_on <= p_date, true);

-- The agreements that were signed by a date; one without a date of signature is there always.
create macro agreement_on(p_date) as table
select *
from agreement
where coalesce(signed_on <= p_date, true);

-- The last value a centre reported for an indicator up to a date. Breakdowns are parts, not totals.
create macro latest_measurement_on(p_date) as table
select
    centre_id,
    indicator,
    arg_max(value, measured_on) as value,
    max(measured_on) as measured_on,
    count(*) as reports,
from measurement
where breakdown is null and measured_on <= p_date
group by centre_id, indicator;

-- The targets of centres and cohorts, one for each due date, in their latest wording set by a date.
create macro target_wordings_on(p_date) as table
select *
from target
where coalesce(set_on <= p_date, true)
qualify row_number() over (
    partition by centre_id, cohort, indicator, due_on
    order by set_on desc nulls last
) = 1;

-- The target a centre or cohort works towards on a date: the next one due (or the last, when all
-- are past), in its latest wording set by then.
create macro target_on(p_date) as table
select *
from target_wordings_on(p_date)
qualify row_number() over (
    partition by centre_id, cohort, indicator
    order by due_on < p_date, case when due_on < p_date then -epoch(due_on) else epoch(due_on) end
) = 1;

-- The centres that the reader's filters leave, with their groups and status on a date. A centre
-- belongs to the cohort of its application; without an application it belongs to every cohort.
-- Its priorities are those its application names and those it has a target or a report under by
-- then. Before its first status a centre is not in the network and left out; one without any dated
-- status stays, with no status.
create macro centres_chosen(p_cohort, p_region, p_country, p_goal, p_group, p_date) as table
with contribution as (
    select centre.centre_id, application_goal.goal
    from centre
    inner join application_goal using (application_id)
    union
    select centre_id, indicator.goal
    from target
    inner join indicator using (indicator)
    where coalesce(set_on <= p_date, true)
    union
    select centre_id, indicator.goal
    from measurement
    inner join indicator using (indicator)
    where measured_on <= p_date
)
select
    centre.*,
    application.cohort,
    application.organization,
    groups.region,
    groups.ldc,
    groups.lldc,
    groups.sids,
    statuses.status,
    statuses.since,
    coalesce(statuses.status <> 'ended', false) as in_network,
from centre_on(p_date) as centre
left join application using (application_id)
left join country_group_on(p_date) as groups on centre.country = groups.country
left join centre_status_on(p_date) as statuses using (centre_id)
where (p_cohort is null or application.cohort is null or application.cohort = p_cohort)
    and (p_region is null or groups.region = p_region)
    and (p_country is null or list_contains(p_country, centre.country))
    and (
        p_goal is null
        or centre.centre_id in (
            select contribution.centre_id
            from contribution
            inner join goal_priority using (goal)
            where list_contains(p_goal, goal_priority.priority)
        )
    )
    and (
        p_group is null
        or (list_contains(p_group, 'LDC') and groups.ldc)
        or (list_contains(p_group, 'LLDC') and groups.lldc)
        or (list_contains(p_group, 'SIDS') and groups.sids)
    );

-- Every total that the centres of these filters had reported by a date, and not its parts.
create macro totals_chosen(p_cohort, p_region, p_country, p_goal, p_group, p_date) as table
select
    measurement.centre_id,
    measurement.indicator,
    measurement.measured_on,
    measurement.value,
    indicator.goal,
    indicator.kind,
from measurement
inner join centres_chosen(p_cohort, p_region, p_country, p_goal, p_group, p_date) using (centre_id)
inner join indicator using (indicator)
where measurement.breakdown is null and measurement.measured_on <= p_date;

-- What a centre aims at and has reported for an indicator, as it stood on a date. One row per centre
-- and indicator with a target or a report. reports: totals, of which `value` is the last (null: none,
-- which is not 0). parts: reports of a breakdown, which say nothing about the total. first_due_on: of
-- all its targets, so that a date that passed in silence is not hidden by the next one.
create macro contribution_on(p_date) as table
with parts as (
    select centre_id, indicator, count(*) as parts
    from measurement
    where breakdown is not null and measured_on <= p_date
    group by centre_id, indicator
),
firsts as (
    select centre_id, indicator, min(due_on) as first_due_on
    from target
    where centre_id is not null and coalesce(set_on <= p_date, true)
    group by centre_id, indicator
),
targets as (
    select target.*, firsts.first_due_on
    from target_on(p_date) as target
    inner join firsts using (centre_id, indicator)
)
select
    centre_id,
    indicator,
    targets.baseline,
    targets.baseline_on,
    targets.target,
    targets.due_on,
    targets.first_due_on,
    latest.value,
    latest.measured_on,
    coalesce(latest.reports, 0) as reports,
    coalesce(parts.parts, 0) as parts,
from targets
full join latest_measurement_on(p_date) as latest using (centre_id, indicator)
full join parts using (centre_id, indicator);

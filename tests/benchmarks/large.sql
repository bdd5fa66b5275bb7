-- A cohort of getvariable('applications') applications with 20 scores each, and its network: 40
-- indicators and getvariable('centres') centres. Everything is drawn by lot from hashes, so that
-- it is the same every time. Runs after schema.sql and the reference tables.

-- A number from 0 up to 1 for a row and a purpose.
create temp macro lot(row, purpose) as (hash(row, purpose) % 1000000) / 1e6;

-- One of a list, by lot.
create temp macro one_of(choices, row, purpose) as
choices[1 + floor(lot(row, purpose) * len(choices))::integer];

create temp table place as
select row_number() over (order by hash(country)) as position, country, latitude, longitude
from country;

-- Some countries send many applications and others few, but none of them none.
create temp table drawn as
select
    i,
    'A' || lpad(i::varchar, 7, '0') as application_id,
    least(1 + floor(power(lot(i, 'country'), 2) * 195)::integer, 195) as position,
    one_of(
        ['company', 'incubator', 'ministry', 'regulator', 'research institute', 'university'], i, 'type'
    ) as organization_type,
    2.5 + 6 * lot(i, 'quality') as quality,
    case
        when lot(i, 'withdrawn') < 0.02 then 'withdrawn'
        when quality > 6.2 then 'selected'
        when quality > 5.9 then 'reserve'
        else 'not selected'
    end as stage,
from range(1, getvariable('applications') + 1) as each(i);

insert into cohort
select
    '1', 'Sample cohort 1: everything drawn by lot, for the benchmark',
    '2023-02-06', '2023-03-31', '2023-06-15', count(*), 'KAP', true
from drawn
where stage = 'selected';

insert into cohort
values ('2', 'Sample cohort 2: without applications', '2026-06-15', '2026-09-30', null, 12, 'BAP', true);

insert into application
select
    application_id,
    '1',
    country,
    'Sample Organization ' || application_id || ' (' || organization_type || ')',
    organization_type,
    'Sample project ' || application_id,
    'Sample City ' || (i % 5000),
    round(latitude + lot(i, 'latitude') - 0.5, 4),
    round(longitude + lot(i, 'longitude') - 0.5, 4),
    date '2023-02-06' + floor(lot(i, 'submitted') * 54)::integer,
    stage
from drawn
inner join place using (position)
order by application_id;

insert into application_stage
select application_id, step.stage, step.since
from drawn,
    lateral (
        select unnest([
            {'stage': 'submitted', 'since': date '2023-02-06' + floor(lot(i, 'submitted') * 54)::integer},
            {'stage': 'eligible', 'since': date '2023-04-14'},
            {'stage': 'evaluated', 'since': date '2023-05-31'},
            {'stage': drawn.stage, 'since': date '2023-06-15'}
        ]) as step
    )
where drawn.stage <> 'withdrawn' or step.stage in ('submitted', 'withdrawn')
order by application_id, step.since;

insert into application_goal
select distinct application_id, 'KAP-' || (1 + floor(lot(i, 'goal' || nth) * 5)::integer) as goal
from drawn, range(1, 3) as each(nth)
order by all;

insert into application_objective
select distinct application_id, (1 + floor(lot(i, 'objective' || nth) * 6)::integer)::varchar as objective
from drawn, range(1, 3) as each(nth)
order by all;

insert into criterion
select
    cohort,
    'criterion' || nth,
    'Sample criterion ' || nth,
    [30, 25, 20, 15, 10][nth],
    1,
    10,
    'Made up for the benchmark.'
from cohort, range(1, 6) as each(nth)
order by cohort, nth;

insert into reviewer
select 'R' || lpad(r::varchar, 4, '0'), 'Sample reviewer ' || r, null, null
from range(1, 1001) as each(r)
order by r;

-- By the numbers of their rows, which are counted from 0: applications, reviewers and criteria lie
-- in the order of i, r and nth.
-- Four reviewers each: 251 and 1000 have no common divisor, so they are four different ones.
insert into numbered_score
with review as (
    select
        i,
        quality,
        1 + (hash(i, 'reviewer') % 1000 + nth * 251) % 1000 as r,
    from drawn, range(0, 4) as each(nth)
)
select
    i - 1,
    r - 1,
    nth - 1,
    greatest(1, least(10, round(
        quality + 1.4 * (lot(r, 'leniency') - 0.5) + 4 * (lot(i * 10000 + r, 'noise' || nth) - 0.5)
    ))),
    date '2023-05-01' + floor(lot(i, 'scored') * 30)::integer
from review, range(1, 6) as each(nth)
order by i, r, nth;

-- The network ------------------------------------------------------------------------------------

create temp table host as
select
    row_number() over (order by i) as c,
    'C' || lpad(c::varchar, 4, '0') as centre_id,
    *,
from drawn
where stage = 'selected'
order by i
limit getvariable('centres');

insert into centre
select
    centre_id, application_id, 'Sample Acceleration Centre ' || centre_id, country,
    'Sample City ' || (i % 5000),
    round(latitude + lot(i, 'latitude') - 0.5, 4),
    round(longitude + lot(i, 'longitude') - 0.5, 4),
    organization_type,
    null
from host
inner join place using (position)
order by centre_id;

insert into centre_objective
select centre_id, objective
from host
inner join application_objective using (application_id)
order by all;

insert into agreement
select
    centre_id, 'SAMPLE-' || centre_id, date '2023-10-01' + floor(lot(c, 'signed') * 90)::integer,
    '2024-01-01', '2026-12-31', 'Sample text.'
from host
order by centre_id;

insert into centre_status
select centre_id, step.status, step.since
from host,
    lateral (
        select unnest([
            {'status': 'selected', 'since': date '2023-06-15'},
            {'status': 'agreement signed', 'since': date '2023-10-01' + floor(lot(c, 'signed') * 90)::integer},
            {'status': 'operating', 'since': date '2024-01-01' + floor(lot(c, 'operating') * 300)::integer},
            {'status': 'ended', 'since': date '2025-01-01' + floor(lot(c, 'ended') * 300)::integer}
        ]) as step
    )
where step.status <> 'ended' or lot(c, 'ends') < 0.05
order by centre_id, step.since;

insert into indicator
select
    'S' || goal || '.' || nth,
    'KAP-' || goal,
    'Sample indicator ' || goal || '.' || nth,
    'pieces',
    case when nth > 5 then 'outcome' else 'output' end,
    case when nth = 8 then 'down' else 'up' end,
    case when nth > 5 then 'level' else 'cumulative' end,
    nth <= 5
from range(1, 6) as goals(goal), range(1, 9) as each(nth);

-- Every centre works towards all of the indicators, and reports on most of them most of the months.
create temp table task as
select centre_id, c * 100 + row_number() over (partition by c order by indicator) as t, indicator
from host
cross join indicator;

insert into target
select centre_id, null, indicator, 10, '2023-12-31', 100, '2026-12-31', '2024-01-15'
from task
order by centre_id, indicator;

insert into measurement
select
    centre_id, indicator, last_day(date '2024-01-01' + to_months(month::integer)),
    round(10 + (0.5 + 2 * lot(t, 'pace')) * month + 5 * lot(t, 'value' || month)), null,
    'sample report', 'Sample Acceleration Centre ' || centre_id, null, null
from task, range(0, 34) as each(month)
where lot(t, 'reports') < 0.9 and lot(t, 'report' || month) < 0.82
order by all;

insert into milestone
select
    centre_id, 'Sample milestone ' || nth, date '2024-03-31' + 300 * nth::integer,
    case when lot(c, 'milestone' || nth) < 0.6 then
        date '2024-03-31' + 300 * nth::integer + floor(60 * (lot(c, 'late' || nth) - 0.5))::integer
    end
from host, range(0, 3) as each(nth)
order by all;

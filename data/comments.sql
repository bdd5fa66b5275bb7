-- The data dictionary: what each table and column holds, in which unit, and what a blank means.
-- Runs after derived.sql; the /methods page reads it back. In one transaction: each in its own would
-- take five times as long.
begin transaction;

-- Reference data ---------------------------------------------------------------------------------

comment on table country is 'ITU Member States and the State of Palestine (Resolution 99). One row per country.';
comment on column country.country is 'ISO 3166-1 alpha-3 code.';
comment on column country.iso2 is 'ISO 3166-1 alpha-2 code; NA is Namibia.';
comment on column country.m49 is 'UN M49 code, three digits with leading zeros.';
comment on column country.name_en is 'Short name in English (UNTERM).';
comment on column country.name_fr is 'Short name in French (UNTERM).';
comment on column country.name_es is 'Short name in Spanish (UNTERM).';
comment on column country.name_ru is 'Short name in Russian (UNTERM).';
comment on column country.name_ar is 'Short name in Arabic (UNTERM).';
comment on column country.name_zh is 'Short name in Chinese (UNTERM).';
comment on column country.itu_status is 'member_state, or the status under Resolution 99.';
comment on column country.latitude is 'Where the map puts the country''s marker, degrees north.';
comment on column country.longitude is 'Where the map puts the country''s marker, degrees east.';
comment on column country.small is 'Too small on the map for a shape one can hit: shown by a marker.';

comment on table country_group is
'Membership of countries in ITU regions and in the groups LDC, LLDC and SIDS, with dates. '
'One row per country, group and interval.';
comment on column country_group.country is 'ISO 3166-1 alpha-3 code.';
comment on column country_group.group_code is
'ITU region (AFR, AMS, ARB, ASP, CIS, EUR; not the Regions 1 to 3 of the Radio Regulations) or LDC, LLDC, SIDS.';
comment on column country_group.valid_from is 'First day of the membership; blank: as far back as the dashboard looks.';
comment on column country_group.valid_to is 'First day on which the membership no longer holds; blank: it still does.';
comment on column country_group.confidence is
'How sure the row is: stated, as of a day, reconciled, inferred, recalled and so on.';
comment on column country_group.source is 'Where the row was found.';
comment on column country_group.note is 'What is special about the row.';

comment on table plan is 'Action plans of the ITU development sector. One row per plan.';
comment on column plan.plan is 'Code of the plan in this dashboard: KAP, BAP.';
comment on column plan.name is 'Official name in English.';
comment on column plan.adopted_on is 'Day of adoption; blank: not found.';
comment on column plan.cycle_start is 'First year of the cycle.';
comment on column plan.cycle_end is 'Last year of the cycle.';
comment on column plan.source is 'Where the facts were found.';
comment on column plan.confidence is 'How sure they are.';

comment on table published_total is
'What has been published about the first cohort, to compare the loaded data with. One row per figure.';
comment on column published_total.what is 'The figure: applications, countries, selected, network.';
comment on column published_total.value is 'The published number.';
comment on column published_total.approximate is 'The source says "about".';
comment on column published_total.as_of is 'The day the figure holds for; blank: the source is undated.';
comment on column published_total.source is 'Where it was published.';
comment on column published_total.confidence is 'How sure it is.';

comment on table regional_initiative is
'Initiatives that the regions adopted under a plan, as far as their title was found. One row per initiative.';
comment on column regional_initiative.plan is 'The plan it was adopted under.';
comment on column regional_initiative.region is 'The ITU region that adopted it.';
comment on column regional_initiative.code is 'Region and number, as ITU names it.';
comment on column regional_initiative.title is 'The adopted title, in English.';
comment on column regional_initiative.cycle is 'The years it runs.';
comment on column regional_initiative.source is 'Where the title is stated.';
comment on column regional_initiative.confidence is 'How sure it is.';

-- What the secretariat sends ---------------------------------------------------------------------

comment on table cohort is 'Rounds of selection. One row per cohort.';
comment on column cohort.cohort is 'Key of the cohort.';
comment on column cohort.name is 'Name of the cohort.';
comment on column cohort.opened_on is 'Day the call was opened.';
comment on column cohort.closed_on is 'Last day for applications.';
comment on column cohort.decided_on is
'Day of the decision; blank: not decided yet. Groups of countries are those of this day.';
comment on column cohort.places is 'Number of places; blank: none was set.';
comment on column cohort.plan is 'Plan the cohort contributes to (plan.plan).';
comment on column cohort.sample is 'The cohort is a sample: countries and results drawn by lot.';

comment on table application is 'Applications of organizations. One row per application.';
comment on column application.application_id is 'Key of the application.';
comment on column application.cohort is 'Cohort it was sent to (cohort.cohort).';
comment on column application.country is 'Country of the organization, ISO alpha-3.';
comment on column application.organization is 'Name of the organization that applied.';
comment on column application.organization_type is 'Kind of organization, in the secretariat''s words.';
comment on column application.title is 'Title of the application.';
comment on column application.city is 'Town the organization sits in.';
comment on column application.latitude is 'Its place, degrees north.';
comment on column application.longitude is 'Its place, degrees east.';
comment on column application.submitted_on is 'Day it was sent.';
comment on column application.stage is
'Stage now: submitted, eligible, evaluated, selected, reserve, not selected or withdrawn.';

comment on table application_stage is 'When an application reached a stage. One row per application, stage and day.';
comment on column application_stage.application_id is 'The application.';
comment on column application_stage.stage is 'The stage it reached.';
comment on column application_stage.since is 'The day it reached it.';

comment on table application_goal is 'The priorities an application names. One row per application and goal.';
comment on column application_goal.application_id is 'The application.';
comment on column application_goal.goal is 'The priority or a goal under it (goal.goal).';

comment on table application_objective is
'The strategic objectives an application names. One row per application and objective.';
comment on column application_objective.application_id is 'The application.';
comment on column application_objective.objective is 'Number of the objective, 1 to 6.';

comment on table criterion is 'What applications are scored on. One row per cohort and criterion.';
comment on column criterion.cohort is 'The cohort (cohort.cohort).';
comment on column criterion.criterion is 'Key of the criterion within the cohort.';
comment on column criterion.name is 'Name of the criterion.';
comment on column criterion.weight is
'Weight in the total, in any unit: only its share of all weights counts. 0: scored, not counted.';
comment on column criterion.scale_min is 'Lowest score there is.';
comment on column criterion.scale_max is 'Highest score there is.';
comment on column criterion.description is 'What the criterion asks.';

comment on table reviewer is 'People who score applications. One row per reviewer.';
comment on column reviewer.reviewer is 'Key of the reviewer.';
comment on column reviewer.name is 'The person''s name.';
comment on column reviewer.organization is 'Where the person works.';
comment on column reviewer.country is 'The person''s country, ISO alpha-3.';

comment on table numbered_score is
'Single scores, which the view score tells with their keys. One row per score.';
comment on column numbered_score.application is 'The application, by the number of its row, from 0.';
comment on column numbered_score.reviewer is 'Who scored, by the number of the reviewer''s row, from 0.';
comment on column numbered_score.criterion is 'What was scored, by the number of the criterion''s row, from 0.';
comment on column numbered_score.score is 'The score, on the criterion''s scale.';
comment on column numbered_score.scored_on is 'Day of the score.';

comment on table numbered_comment is
'What reviewers wrote beside their scores; not for everybody. One row per score with a comment.';
comment on column numbered_comment.application is 'The application, as numbered_score has it.';
comment on column numbered_comment.reviewer is 'Who wrote it, as numbered_score has it.';
comment on column numbered_comment.criterion is 'The criterion, as numbered_score has it.';
comment on column numbered_comment.comment is 'What was written.';

comment on table conflict is 'Declared conflicts of interest. One row per person and application or country.';
comment on column conflict.person is 'Sign-in address of the person, lower case.';
comment on column conflict.application_id is 'The application the person stays away from; blank: the whole country.';
comment on column conflict.country is 'The country the person stays away from, ISO alpha-3.';
comment on column conflict.reason is 'What was declared.';

comment on table centre is 'Acceleration centres of the network. One row per centre.';
comment on column centre.centre_id is 'Key of the centre.';
comment on column centre.application_id is 'The application it came from; blank: it joined without one.';
comment on column centre.name is 'Its local name.';
comment on column centre.country is 'Its country, ISO alpha-3.';
comment on column centre.city is 'Town it sits in.';
comment on column centre.latitude is 'Its place, degrees north.';
comment on column centre.longitude is 'Its place, degrees east.';
comment on column centre.host_type is 'Kind of organization that hosts it.';
comment on column centre.itu_office is 'ITU office that looks after it.';

comment on table centre_objective is
'The strategic objectives a centre took up, at most five of six. One row per centre and objective.';
comment on column centre_objective.centre_id is 'The centre (centre.centre_id).';
comment on column centre_objective.objective is 'Number of the objective, 1 to 6.';

comment on table agreement is 'Agreements with centres. One row per centre and agreement.';
comment on column agreement.centre_id is 'The centre (centre.centre_id).';
comment on column agreement.reference is 'Reference of the agreement.';
comment on column agreement.signed_on is 'Day of signature.';
comment on column agreement.starts_on is 'First day it holds.';
comment on column agreement.ends_on is 'Last day it holds.';
comment on column agreement.expected_outcomes is 'What it promises, in its own words.';

comment on table centre_status is 'When a centre''s status changed. One row per centre, status and day.';
comment on column centre_status.centre_id is 'The centre (centre.centre_id).';
comment on column centre_status.status is 'selected, agreement signed, operating, paused or ended.';
comment on column centre_status.since is 'First day of the status.';

comment on table goal is 'Priorities of the plans, and what is nested under them. One row per goal.';
comment on column goal.goal is 'Key of the goal; KAP-1 to KAP-5 are this dashboard''s codes for the five priorities.';
comment on column goal.plan is 'The plan it belongs to (plan.plan).';
comment on column goal.parent is 'The goal above it; blank: it is a priority.';
comment on column goal.name is 'Its official name in English.';

comment on table indicator is 'What is measured under a goal. One row per indicator.';
comment on column indicator.indicator is 'Key of the indicator.';
comment on column indicator.goal is 'The goal it stands under (goal.goal).';
comment on column indicator.name is 'What it counts or measures.';
comment on column indicator.unit is 'Unit of its values.';
comment on column indicator.level is 'output or outcome.';
comment on column indicator.direction is 'up: more is better; down: less is better.';
comment on column indicator.kind is 'cumulative: values add up over time; level: the state on a day; yes/no: 1 or 0.';
comment on column indicator.additive is 'Values of several centres may be added.';

comment on table target is
'What a centre or a whole cohort set out to reach. One row per owner, indicator, due day and day of setting.';
comment on column target.centre_id is 'The centre that owns the target; blank: the cohort does.';
comment on column target.cohort is 'The cohort that owns the target; blank: the centre does.';
comment on column target.indicator is 'What is measured (indicator.indicator).';
comment on column target.baseline is
'The value before the work, in the indicator''s unit; blank: not known, which is not 0.';
comment on column target.baseline_on is 'Day of the baseline.';
comment on column target.target is 'The value to reach, in the indicator''s unit.';
comment on column target.due_on is 'Day it is due.';
comment on column target.set_on is 'Day it was set; a later wording takes the place of an earlier one.';

comment on table measurement is 'What centres reported. One row per centre, indicator, day and breakdown.';
comment on column measurement.centre_id is 'The centre (centre.centre_id).';
comment on column measurement.indicator is 'What was measured (indicator.indicator).';
comment on column measurement.measured_on is 'The day the value holds for.';
comment on column measurement.value is 'The value, in the indicator''s unit; yes is 1, no is 0.';
comment on column measurement.breakdown is 'Part the value is for, such as a sex or an age; blank: the whole.';
comment on column measurement.source is 'Where the value comes from.';
comment on column measurement.reported_by is 'Who reported it.';
comment on column measurement.verified_on is 'Day it was verified; blank: not verified.';
comment on column measurement.note is 'What was said about it.';

comment on table milestone is 'Steps a centre set itself. One row per centre and milestone.';
comment on column milestone.centre_id is 'The centre (centre.centre_id).';
comment on column milestone.milestone is 'What is to be done.';
comment on column milestone.due_on is 'Day it is due.';
comment on column milestone.done_on is 'Day it was done; blank: not done yet.';

-- How it came in ---------------------------------------------------------------------------------

comment on table import is 'The import this snapshot came from. One row.';
comment on column import.snapshot is 'Number of the snapshot; 0 is the sample that stands in for an empty store.';
comment on column import.imported_at is 'When it came in, UTC.';
comment on column import.imported_by is 'Who imported it, as written at the import.';
comment on column import.note is 'What was noted at the import.';
comment on column import.based_on is 'Number of the snapshot whose tables were kept where no file came; blank: none.';
comment on column import.hash is 'SHA-256 over all data tables, in canonical order: equal data has an equal hash.';
comment on column import.schema_version is 'Version of the tables.';

comment on table import_file is 'The files of this import. One row per file and table.';
comment on column import_file.file is 'Name of the file, and of the sheet in a workbook.';
comment on column import_file.table_name is 'Table of the import format it filled.';
comment on column import_file.row_count is 'Rows it brought.';
comment on column import_file.sha256 is 'SHA-256 of the file.';

comment on table import_mapping is
'How the files'' own sheets and columns were read, where they were not those of the format. One row per mapping.';
comment on column import_mapping.name is 'Name the mapping is kept under.';
comment on column import_mapping.mapping is 'The mapping as it was then, in JSON.';

comment on table import_source is 'The files as they came, which are kept. One row per file.';
comment on column import_source.file is 'Name of the file.';
comment on column import_source.bytes is 'How large it is, in bytes.';
comment on column import_source.sha256 is 'SHA-256 of the file, under which it is kept.';

comment on table import_warning is 'What the check found odd and let pass. One row per warning.';
comment on column import_warning.file is 'File it was found in.';
comment on column import_warning.row_number is
'Row as a spreadsheet counts, the header being 1; blank: the whole file.';
comment on column import_warning.column_name is 'Column it was found in.';
comment on column import_warning.warning is 'What was found, in English.';
comment on column import_warning.said is
'The same for any language: what and what was expected, each a message with its values (JSON).';

-- Computed when data comes in --------------------------------------------------------------------

comment on table cohort_scale is 'The scale a cohort''s totals are told on. One row per cohort with criteria.';
comment on column cohort_scale.cohort is 'The cohort (cohort.cohort).';
comment on column cohort_scale.total_min is
'Lowest total there can be: that of the criteria where they share a scale, else 0.';
comment on column cohort_scale.total_max is
'Highest total there can be: that of the criteria where they share a scale, else 100.';
comment on column cohort_scale.criteria is 'Number of criteria.';
comment on column cohort_scale.weights is 'Sum of their weights.';

comment on table application_criterion is
'How an application did on a criterion. One row per application and criterion that was scored.';
comment on column application_criterion.application is 'The application, as numbered_score has it.';
comment on column application_criterion.criterion is 'The criterion, as numbered_score has it.';
comment on column application_criterion.mean is 'Mean of the scores, on the criterion''s scale.';
comment on column application_criterion.reviews is 'Reviewers who scored it on this criterion.';

comment on table application_facts is
'An application with its groups, priorities, total and place. One row per application.';
comment on column application_facts.application_id is 'Key of the application.';
comment on column application_facts.number is 'Number of the application in this snapshot, for joining.';
comment on column application_facts.cohort is 'Its cohort (cohort.cohort).';
comment on column application_facts.country is 'Country of the organization, ISO alpha-3.';
comment on column application_facts.organization is 'Name of the organization that applied.';
comment on column application_facts.organization_type is 'Kind of organization.';
comment on column application_facts.title is 'Title of the application.';
comment on column application_facts.city is 'Town the organization sits in.';
comment on column application_facts.latitude is 'Its place, degrees north.';
comment on column application_facts.longitude is 'Its place, degrees east.';
comment on column application_facts.submitted_on is 'Day it was sent.';
comment on column application_facts.stage is 'Stage now.';
comment on column application_facts.groups_on is
'The day whose regions and groups hold: the decision''s, else the close of the call, else the import.';
comment on column application_facts.goals is 'The priorities it names, also through goals nested under them.';
comment on column application_facts.reviews is 'Reviewers who gave it any score.';
comment on column application_facts.scores is 'Single scores it has.';
comment on column application_facts.complete is 'It has reviews, and each of them scored every criterion.';
comment on column application_facts.total is
'Weighted mean of the criteria''s means, on the cohort''s scale; blank: a criterion that counts has no score.';
comment on column application_facts.region is 'ITU region on groups_on.';
comment on column application_facts.ldc is 'Least developed country on groups_on.';
comment on column application_facts.lldc is 'Landlocked developing country on groups_on.';
comment on column application_facts.sids is 'Small island developing State on groups_on.';
comment on column application_facts.place is
'1 + the number of applications of the cohort with a higher total; blank: no total, or withdrawn.';
comment on column application_facts.position is
'Its number when the cohort is lined up by total; among equal totals the order means nothing.';
comment on column application_facts.tied is 'Another application of the cohort has the same total.';

comment on table cohort_line is 'The line of a cohort. One row per cohort that has one.';
comment on column cohort_line.cohort is 'The cohort (cohort.cohort).';
comment on column cohort_line.places is 'Places of the cohort; where none were set, the number selected.';
comment on column cohort_line.last_in is 'Total at the last place.';
comment on column cohort_line.first_out is 'Total at the next one; equal to last_in: a tie lies across the line.';

comment on table panel_agreement is
'How well a cohort''s panel agrees: the model value = mean + application + reviewer + residual, over the applications that hold a place. One row per cohort and criterion, and one for the total.';
comment on column panel_agreement.cohort is 'The cohort (cohort.cohort).';
comment on column panel_agreement.criterion is 'The criterion (criterion.criterion); blank: the total of each review.';
comment on column panel_agreement.applications is 'Applications with a review that counts here.';
comment on column panel_agreement.reviewers is 'Reviewers of these.';
comment on column panel_agreement.reviews is
'Reviews that count here: for the total, those that scored every criterion that weighs anything.';
comment on column panel_agreement.reviews_each is 'Harmonic mean of the numbers of reviews that the applications have.';
comment on column panel_agreement.complete is 'Every reviewer read every application.';
comment on column panel_agreement.mean is 'Mean of the reviews, on the criterion''s scale or, for the total, the cohort''s.';
comment on column panel_agreement.var_application is
'Variance between applications, in squared points; below 0 on a complete panel whose reviews of an application differ more than its applications do.';
comment on column panel_agreement.var_reviewer is
'Variance between reviewers, in squared points; below 0 on a complete panel whose reviewers differ less than chance makes them.';
comment on column panel_agreement.var_residual is 'Variance of what is left, in squared points.';
comment on column panel_agreement.icc_a1 is
'ICC(A,1): share of a single review''s variance that is the application''s, severity counted as error.';
comment on column panel_agreement.icc_a1_low is 'Lower end of its 95% interval.';
comment on column panel_agreement.icc_a1_high is 'Upper end of its 95% interval.';
comment on column panel_agreement.icc_c1 is 'ICC(C,1): the same with severity left out.';
comment on column panel_agreement.icc_c1_low is 'Lower end of its 95% interval.';
comment on column panel_agreement.icc_c1_high is 'Upper end of its 95% interval.';
comment on column panel_agreement.icc_ak is
'ICC(A,k): share of the variance of the mean of reviews_each reviews that is the application''s.';
comment on column panel_agreement.icc_ak_low is 'Lower end of its 95% interval.';
comment on column panel_agreement.icc_ak_high is 'Upper end of its 95% interval.';
comment on column panel_agreement.reviewers_needed is
'Least number of reviewers for which ICC(A,k) is 0.8; blank: no number up to 1,000 would do, or see reason.';
comment on column panel_agreement.alpha is 'Krippendorff''s alpha for an interval scale.';
comment on column panel_agreement.alpha_low is 'Lower end of its 95% interval.';
comment on column panel_agreement.alpha_high is 'Upper end of its 95% interval.';
comment on column panel_agreement.reason is
'Why numbers are blank: no_reviews, too_many, one_application, one_reviewer, one_review_each, all_equal, no_residual, sets_apart, undefined; blank: they are not.';

comment on table panel_reviewer is
'A reviewer beside others on the same applications. One row per cohort and reviewer who scored an application that holds a place.';
comment on column panel_reviewer.cohort is 'The cohort (cohort.cohort).';
comment on column panel_reviewer.reviewer is 'The reviewer (reviewer.reviewer).';
comment on column panel_reviewer.connected is
'Number of the connected set: within it reviewers are linked by applications that two of them read.';
comment on column panel_reviewer.applications is 'Applications with any score from this reviewer.';
comment on column panel_reviewer.reviews is 'Reviews that scored every criterion that counts.';
comment on column panel_reviewer.mean_given is 'Mean total of these reviews, on the cohort''s scale.';
comment on column panel_reviewer.severity is
'Points given above what the set''s other reviewers give the same applications; below 0: scored lower. Shrunk towards 0 where there are few reviews.';
comment on column panel_reviewer.severity_low is 'Lower end of its 95% interval.';
comment on column panel_reviewer.severity_high is 'Upper end of its 95% interval.';
comment on column panel_reviewer.only_region is 'Region of all applications read; blank: several regions.';
comment on column panel_reviewer.reason is
'Why numbers are blank: one of those of panel_agreement, no_complete_review, no_other; blank: they are not.';

comment on table panel_application is
'Where an application stands when severity is taken out, and how surely. One row per cohort and application that holds a place.';
comment on column panel_application.cohort is 'The cohort (cohort.cohort).';
comment on column panel_application.application_id is 'The application.';
comment on column panel_application.reviews is 'Reviews that scored every criterion that counts.';
comment on column panel_application.connected is 'Number of the connected set (panel_reviewer.connected).';
comment on column panel_application.raw is 'Its total (application_facts.total).';
comment on column panel_application.adjusted is
'Its level: what the panel''s reviewers would give it on average, had all of them read it.';
comment on column panel_application.adjusted_sd is 'Standard deviation of what is known of the level.';
comment on column panel_application.adjusted_place is
'1 + the number of applications with a higher level, among those with a complete review.';
comment on column panel_application.above is
'Probability that its level is above the line, from the panel''s noise alone; blank: no line, or see reason.';
comment on column panel_application.above_error is 'Monte Carlo standard error of that probability.';
comment on column panel_application.expected_rank is 'Mean of its places in all draws.';
comment on column panel_application.rank_low is 'Best place of the central 90% of the draws.';
comment on column panel_application.rank_high is 'Worst place of the central 90% of the draws.';
comment on column panel_application.disagreement is
'Standard deviation of its reviews after severity; blank: fewer than two.';
comment on column panel_application.disagreement_chance is
'Share of simulated panels of the same design that disagree on it at least as much.';
comment on column panel_application.reason is
'Why numbers are blank: one of those of panel_agreement, no_complete_review; not_connected or one_region: adjusted_place alone.';

comment on view country_name is 'Names of the countries. One row per country and language.';
comment on column country_name.country is 'ISO 3166-1 alpha-3 code.';
comment on column country_name.lang is 'Language: en, fr, es, ru, ar, zh.';
comment on column country_name.name is 'The name in that language.';

comment on view score is
'Single scores. One row per application, reviewer and criterion; what was not scored has no row.';
comment on column score.application_id is 'The application.';
comment on column score.reviewer is 'Who scored (reviewer.reviewer).';
comment on column score.criterion is 'What was scored (criterion.criterion in the application''s cohort).';
comment on column score.score is 'The score, on the criterion''s scale.';
comment on column score.scored_on is 'Day of the score.';
comment on column score.comment is 'What the reviewer wrote; not for everybody.';

comment on view goal_priority is 'Every goal with the priority at the top of its branch. One row per goal.';
comment on column goal_priority.goal is 'The goal (goal.goal).';
comment on column goal_priority.priority is 'The priority above it; for a priority, itself.';
comment on column goal_priority.plan is 'The plan it belongs to (plan.plan).';

commit;

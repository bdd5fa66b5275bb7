-- What came in with this snapshot, and what is in it?
-- One row per snapshot.
select
    import.snapshot,
    import.imported_at,
    import.imported_by,
    import.note,
    import.based_on,
    import.hash,
    coalesce((select list(distinct file order by file) from import_source), []) as files,
    (select string_agg(name, ', ' order by name) from import_mapping) as layout,
    (select count(*) from import_warning) as warnings,
    (select count(*) from application) as applications,
    (select count(distinct country) from application) as countries,
    (select count(*) from application where stage = 'selected') as selected,
    (select count(*) from centre) as centres,
from import;

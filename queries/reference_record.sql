-- What do the figures rest on?
-- One row per snapshot.
-- recalled: memberships in regions that no source states for the country itself.
select
    import.imported_at,
    (select count(*) from application) as applications,
    (select count(*) from centre) as centres,
    (select count(*) from country) as countries,
    (
        select count(*)
        from country_group
        where group_code not in ('LDC', 'LLDC', 'SIDS') and not starts_with(confidence, 'stated')
    ) as recalled,
from import;

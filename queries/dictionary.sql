-- What does each table and column hold?
-- One row per column, tables by name, then views.
with relations as (
    select table_name, comment, false as is_view
    from duckdb_tables()
    where database_name = current_database()
    union all
    select view_name as table_name, comment, true as is_view
    from duckdb_views()
    where database_name = current_database() and not internal
)
select
    relations.table_name,
    relations.comment as table_meaning,
    columns.column_name,
    lower(columns.data_type) as data_type,
    columns.comment as meaning,
from relations
inner join duckdb_columns() as columns
    on relations.table_name = columns.table_name and columns.database_name = current_database()
order by relations.is_view, relations.table_name, columns.column_index;

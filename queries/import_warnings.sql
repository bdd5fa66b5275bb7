-- What was odd when this snapshot came in, and was let pass?
-- One row per warning; `said` has its two parts, what and expected, each as any language can tell it.
select
    file,
    coalesce(row_number::varchar, '') as at_row,
    coalesce(column_name, '') as at_column,
    said,
from import_warning
order by file, row_number, column_name, warning;

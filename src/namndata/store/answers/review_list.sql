with stated as (
  select 'indicator_values' as record, id, document, page, table_id, row, col, indicator as label, column_label, raw,
    value, unit, confidence, doubts, reviewed
  from indicator_values
  union all
  select 'budget_values', id, document, page, table_id, row, col, line, column_label, raw, value, unit, confidence,
    doubts, reviewed
  from budget_values
)
select record, id as value_id, document, page, table_id, row, col, label, column_label, raw, value, unit, confidence, reviewed,
  (
    select group_concat(d.reason, '; ')
    from json_each(stated.doubts) named
    join doubts d on d.doubt = named.value
  ) as reasons
from stated
order by confidence, document, table_id, row, col, id

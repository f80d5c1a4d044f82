select * from indicator_statements
where kind in ('target', 'outcome', 'forecast') and (has_value or verdict is not null)
order by indicator_id, breakdown, period, kind, rowid

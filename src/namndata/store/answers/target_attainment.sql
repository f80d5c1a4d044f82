-- A verdict of a report from before the end of the period is none on what the period came to.
select *, edition != '' and edition < substr(period, instr(period, '/') + 1)
    || case when length(period) in (4, 9) then '-12-31' else '-28' end as is_early
from indicator_statements
where kind in ('target', 'outcome', 'forecast') and (has_value or verdict is not null)
order by whole_id, indicator_id, breakdown, period, kind, rowid

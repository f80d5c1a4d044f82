-- Every amount of a period with the line that it is of. A report held twice counts once (documents.rendition_of); of
-- two editions of a report, the preferred one (documents.edition_of). Lines are followed across reports by line_id, and
-- apart by the side of their column; cost_sek and amount_sek make tkr and mnkr one, cost_sek has one sign for all.
with counted as (
  select v.rowid as place, v.line_id, v.municipality,
    iif(v.committee is d.committee, ifnull(d.committee_today, v.committee), v.committee) as committee,
    cast(substr(v.period, 1, 4) as integer) as year, v.table_key, v.statement, v.side, v.column_side, v.level, v.line,
    v.parent, v.is_total,
    ifnull(v.measure, v.part) as part, v.kind, v.period, v.amount_sek, v.cost_sek, v.sign_from,
    case when v.side in ('cost', 'income') and v.kind not in ('variance', 'effect') then abs(v.amount_sek)
      else v.amount_sek end as comparable_sek,
    v.raw, v.unit,
    case v.unit when 'mnkr' then 1000000.0 when 'mdkr' then 1000000000.0 when 'tkr' then 1000.0 else 1.0 end
      / case when instr(v.raw, ',') > 0 then 10.0 else 1.0 end as step,
    v.document, d.edition, v.page, v.id as value_id, v.confidence, v.doubts, v.reviewed,
    ifnull(v.table_id, v.document) || ':' || ifnull(v.row, v.id) as row_id,
    case
      when v.kind = 'forecast' then 'forecast'
      when v.kind != 'outcome' then null
      when d.edition != '' and d.edition < substr(v.period, instr(v.period, '/') + 1)
        || case when length(v.period) in (4, 9) then '-12-31' else '-28' end
        then case when d.is_plan then 'expected' else 'interim' end
      when v.period like '%-%' then 'interim'
      else 'final'
    end as outcome_is
  from budget_values v
  join documents d using (document)
  where d.rendition_of is null and d.edition_of is null and v.period is not null
)
select *,
  row_number() over (
    partition by line_id, part, ifnull(column_side, 'net'), kind, period
    order by edition desc, document desc, confidence desc, place
  ) as from_newest,
  row_number() over (
    partition by line_id, part, ifnull(column_side, 'net'), kind, period
    order by edition, document, confidence, place desc
  ) as from_oldest
from counted

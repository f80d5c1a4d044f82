-- Views for analysis. A report held twice counts once (documents.rendition_of); of two editions of a report,
-- the preferred one (documents.edition_of).

-- A number for one sex is of the same series whether a report prints it in a row of its own or within a cell.
create view indicator_statements as
with placed as (
  select v.*, coalesce(s.indicator_id, v.indicator_id) as series_id,
    v.value is not null or v.direction is not null as has_value
  from indicator_values v
  left join indicators s on s.breakdown_of = v.indicator_id and s.sex = v.part_key
  where v.period is not null and (v.value is not null or v.direction is not null or v.status = 'missing')
)
select v.series_id as indicator_id, coalesce(i.breakdown_of, i.indicator_id) as whole_id, i.name as indicator,
  v.part_key as breakdown, v.kind, v.period, v.has_value, v.value, v.upper, v.comparator, v.direction, v.unit, v.status,
  v.raw, v.document, d.edition, v.page, v.id as value_id,
  ifnull(v.table_id, v.document) || ':' || ifnull(v.row, v.id) as row_id, v.indicator as printed_indicator,
  v.parent as printed_parent, v.breakdown as printed_breakdown,
  row_number() over (
    partition by v.series_id, v.part_key, v.kind, v.period, v.has_value
    order by d.edition desc, d.document desc, v.status = 'reported' desc, v.confidence desc, v.id
  ) as from_newest,
  row_number() over (
    partition by v.series_id, v.part_key, v.kind, v.period, v.has_value
    order by d.edition, d.document, v.status = 'reported', v.confidence, v.id desc
  ) as from_oldest
from placed v
join documents d using (document)
join indicators i on i.indicator_id = v.series_id
where d.rendition_of is null and d.edition_of is null;

create view indicator_series as
select indicator_id, indicator, breakdown, kind, period, value, upper, comparator, direction, unit, status, raw,
  document, page, value_id, printed_breakdown, whole_id
from indicator_statements
where has_value and from_newest = 1
order by indicator_id, breakdown, kind, period;

-- A value that a newer report calls missing is withdrawn: there is no newest value then.
create view indicator_revisions as
with compared as (
  select indicator_id, indicator, breakdown, kind, period,
    max(case when has_value and from_oldest = 1 then value end) as oldest_value,
    max(case when has_value and from_newest = 1 then value end) as newest_value,
    max(case when has_value and from_oldest = 1 then raw end) as oldest_raw,
    max(case when has_value and from_newest = 1 then raw end) as newest_raw,
    max(case when has_value and from_oldest = 1 then document end) as oldest_document,
    max(case when has_value and from_newest = 1 then document end) as newest_document,
    max(case when not has_value and from_newest = 1 then raw end) as missing_raw,
    max(case when not has_value and from_newest = 1 then document end) as missing_document,
    ifnull(max(case when not has_value then edition end) > max(case when has_value then edition end), 0)
      as is_withdrawn,
    count(
      distinct case when has_value then ifnull(value, '') || '|' || ifnull(upper, '') || '|' || ifnull(direction, '') end
    ) as versions,
    count(distinct document) as documents,
    count(distinct case when has_value then row_id end) as rows
  from indicator_statements
  group by indicator_id, breakdown, kind, period
)
select indicator_id, indicator, breakdown, kind, period, oldest_value,
  case when is_withdrawn then null else newest_value end as newest_value, oldest_raw,
  case when is_withdrawn then missing_raw else newest_raw end as newest_raw, oldest_document,
  case when is_withdrawn then missing_document else newest_document end as newest_document,
  is_withdrawn, versions, documents, rows
from compared
where (versions > 1 and rows > 1) or (versions > 0 and is_withdrawn)
order by indicator_id, breakdown, kind, period;

create view target_attainment as
with judged as (
  select o.indicator_id, o.indicator, o.breakdown, o.period, o.unit, o.value as outcome,
    t.value as target, t.upper as target_upper, t.comparator, t.direction as target_direction, i.better_when,
    (
      select p.value
      from indicator_series p
      where p.kind = 'outcome' and p.indicator_id = o.indicator_id and p.breakdown is o.breakdown
        and p.period = printf('%04d', substr(o.period, 1, 4) - 1) || substr(o.period, 5)
    ) as previous_outcome,
    t.raw as target_raw, o.document as outcome_document, t.document as target_document
  from indicator_series o
  join indicator_series t
    on t.indicator_id = o.indicator_id and t.breakdown is o.breakdown
    and t.period = o.period and t.kind = 'target'
    and ifnull(t.unit, o.unit) is ifnull(o.unit, t.unit)
  join indicators i on i.indicator_id = o.indicator_id
  where o.kind = 'outcome' and o.value is not null
)
select indicator_id, indicator, breakdown, period, unit, outcome, target, target_upper, comparator,
  target_direction, better_when, previous_outcome, target_raw,
  case
    when comparator = '>=' then outcome >= target
    when comparator = '<=' then outcome <= ifnull(target_upper, target)
    when comparator = '>' then outcome > target
    when comparator = '<' then outcome < ifnull(target_upper, target)
    when target is not null and outcome between target and ifnull(target_upper, target) then 1
    when target is not null and better_when = 'up' then outcome >= target
    when target is not null and better_when = 'down' then outcome <= ifnull(target_upper, target)
    when target_direction = 'increase' then outcome > previous_outcome
    when target_direction = 'decrease' then outcome < previous_outcome
    when target_direction = 'not_increase' then outcome <= previous_outcome
    when target_direction = 'maintain' and outcome = previous_outcome then 1
    when target_direction = 'maintain' and better_when = 'up' then outcome >= previous_outcome
    when target_direction = 'maintain' and better_when = 'down' then outcome <= previous_outcome
  end as met,
  case
    when comparator is not null and target is not null then 'bound'
    when target is not null and (better_when is not null or outcome between target and ifnull(target_upper, target))
      then 'level'
    when target_direction is not null and previous_outcome is not null then 'direction'
  end as judged_by,
  outcome_document, target_document
from judged
order by indicator_id, breakdown, period;

-- Lines are followed across reports by line_id; amount_sek makes tkr and mnkr one. comparable_sek has one sign for
-- lines of income and of cost, which reports print with either.
create view budget_statements as
select v.line_id, v.municipality, v.committee, v.table_key, v.line, v.parent, v.is_total, v.part, v.kind, v.period,
  v.amount_sek,
  case when v.side is not null and v.kind not in ('variance', 'effect') then abs(v.amount_sek) else v.amount_sek end
    as comparable_sek,
  v.raw, v.unit, v.document, d.edition, v.page, v.id as value_id,
  ifnull(v.table_id, v.document) || ':' || ifnull(v.row, v.id) as row_id,
  row_number() over (
    partition by v.line_id, v.part, v.kind, v.period order by d.edition desc, d.document desc, v.confidence desc, v.id
  ) as from_newest,
  row_number() over (
    partition by v.line_id, v.part, v.kind, v.period order by d.edition, d.document, v.confidence, v.id desc
  ) as from_oldest
from budget_values v
join documents d using (document)
where d.rendition_of is null and d.edition_of is null and v.period is not null;

create view budget_series as
select line_id, municipality, committee, table_key, line, parent, part, kind, period, amount_sek, comparable_sek, raw, unit,
  document, page, value_id
from budget_statements
where from_newest = 1
order by line_id, part, kind, period;

-- Amounts that differ by no more than their rounding, half a printed unit each, do not contradict each other.
create view budget_revisions as
with steps as (
  select *, case unit when 'mnkr' then 1000000.0 when 'tkr' then 1000.0 else 1.0 end
    / case when instr(raw, ',') > 0 then 10.0 else 1.0 end as step
  from budget_statements
)
select line_id, max(case when from_newest = 1 then line end) as line, part, kind, period,
  max(case when from_oldest = 1 then amount_sek end) as oldest_sek,
  max(case when from_newest = 1 then amount_sek end) as newest_sek,
  max(case when from_oldest = 1 then document end) as oldest_document,
  max(case when from_newest = 1 then document end) as newest_document,
  count(distinct document) as documents
from steps
group by line_id, part, kind, period
having count(distinct row_id) > 1 and max(comparable_sek) - min(comparable_sek) > max(step) / 2 + min(step) / 2
order by line_id, part, kind, period;

create view budget_outcomes as
select municipality, committee, table_key, line, parent, part, period, line_id,
  max(case when kind = 'plan' and first_plan = 1 then amount_sek end) as plan_sek,
  max(case when kind = 'plan' and first_plan = 1 then document end) as plan_document,
  max(case when kind = 'budget' then amount_sek end) as budget_sek,
  max(case when kind = 'forecast' then amount_sek end) as forecast_sek,
  max(case when kind = 'outcome' then amount_sek end) as outcome_sek,
  max(case when kind = 'variance' then amount_sek end) as variance_sek,
  max(case when kind = 'outcome' then comparable_sek end)
    - max(case when kind = 'budget' then comparable_sek end) as outcome_less_budget_sek
from (
  select *, from_oldest = 1 as first_plan
  from budget_statements
  where from_newest = 1 or (kind = 'plan' and from_oldest = 1)
  order by kind = 'outcome', edition
)
where kind in ('plan', 'budget', 'forecast', 'outcome', 'variance')
group by line_id, part, period
order by municipality, committee, table_key, line, parent, part, period;

create view review_list as
with stated as (
  select 'indicator_values' as record, id, document, page, table_id, row, col, indicator as label, column_label, raw,
    value, unit, confidence, doubts
  from indicator_values
  union all
  select 'budget_values', id, document, page, table_id, row, col, line, column_label, raw, value, unit, confidence,
    doubts
  from budget_values
)
select record, id as value_id, document, page, table_id, row, col, label, column_label, raw, value, unit, confidence,
  (
    select group_concat(d.reason, '; ')
    from json_each(stated.doubts) named
    join doubts d on d.doubt = named.value
  ) as reasons
from stated
order by confidence, document, table_id, row, col, id;

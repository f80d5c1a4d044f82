-- Views for analysis. A report held twice counts once (documents.rendition_of).

create view indicator_series as
with stated as (
  select v.*, i.name as preferred_name, row_number() over (
    partition by v.indicator_id, v.breakdown, v.kind, v.period
    order by d.edition desc, v.status = 'reported' desc, v.confidence desc, v.id
  ) as age
  from indicator_values v
  join documents d using (document)
  join indicators i using (indicator_id)
  where d.rendition_of is null
    and v.period is not null
    and (v.value is not null or v.direction is not null)
)
select indicator_id, preferred_name as indicator, breakdown, kind, period, value, upper, comparator,
  direction, unit, status, raw, document, page, id as value_id
from stated
where age = 1
order by indicator_id, breakdown, kind, period;

create view indicator_revisions as
with stated as (
  select v.*, i.name as preferred_name, d.edition,
    row_number() over (
      partition by v.indicator_id, v.breakdown, v.kind, v.period
      order by d.edition desc, v.status = 'reported' desc, v.confidence desc, v.id
    ) as from_newest,
    row_number() over (
      partition by v.indicator_id, v.breakdown, v.kind, v.period
      order by d.edition, v.status = 'reported' desc, v.confidence desc, v.id
    ) as from_oldest
  from indicator_values v
  join documents d using (document)
  join indicators i using (indicator_id)
  where d.rendition_of is null
    and v.period is not null
    and (v.value is not null or v.direction is not null)
)
select o.indicator_id, o.preferred_name as indicator, o.breakdown, o.kind, o.period,
  o.value as oldest_value, n.value as newest_value, o.raw as oldest_raw, n.raw as newest_raw,
  o.document as oldest_document, n.document as newest_document
from stated o
join stated n
  on n.indicator_id = o.indicator_id and n.breakdown is o.breakdown
  and n.kind = o.kind and n.period = o.period
where o.from_oldest = 1 and n.from_newest = 1 and o.document != n.document
  and (o.value is not n.value or o.upper is not n.upper or o.direction is not n.direction)
order by o.indicator_id, o.breakdown, o.kind, o.period;

create view target_attainment as
with compared as (
  select o.indicator_id, o.indicator, o.breakdown, o.period, o.unit, o.value as outcome,
    t.value as target, t.upper as target_upper, t.comparator, t.direction as target_direction,
    (
      select p.value
      from indicator_series p
      where p.kind = 'outcome' and p.indicator_id = o.indicator_id and p.breakdown is o.breakdown
        and length(p.period) = length(o.period)
        and p.period = printf('%04d', substr(o.period, 1, 4) - 1) || substr(o.period, 5)
    ) as previous_outcome,
    t.raw as target_raw, o.document as outcome_document, t.document as target_document
  from indicator_series o
  join indicator_series t
    on t.indicator_id = o.indicator_id and t.breakdown is o.breakdown
    and t.period = o.period and t.kind = 'target'
  where o.kind = 'outcome' and o.value is not null
)
select indicator_id, indicator, breakdown, period, unit, outcome, target, target_upper, comparator,
  target_direction, previous_outcome, target_raw,
  case
    when target_upper is not null then outcome between target and target_upper
    when comparator = '>=' then outcome >= target
    when comparator = '<=' then outcome <= target
    when comparator = '>' then outcome > target
    when comparator = '<' then outcome < target
    when target is not null and outcome = target then 1
    when target_direction = 'increase' then outcome > previous_outcome
    when target_direction = 'decrease' then outcome < previous_outcome
    when target_direction = 'not_increase' then outcome <= previous_outcome
    when target_direction = 'maintain' and outcome = previous_outcome then 1
  end as met,
  outcome_document, target_document
from compared
order by indicator_id, breakdown, period;

create view budget_series as
with stated as (
  select v.*, row_number() over (
    partition by v.municipality, v.committee, v.table_key, v.line, v.parent, v.kind, v.period
    order by d.edition desc, v.confidence desc, v.id
  ) as age
  from budget_values v
  join documents d using (document)
  where d.rendition_of is null and v.period is not null
)
select municipality, committee, table_key, line, parent, kind, period, amount_sek, document, page,
  id as value_id
from stated
where age = 1
order by municipality, committee, table_key, line, parent, kind, period;

create view budget_outcomes as
select municipality, committee, table_key, line, parent, period,
  max(case when kind = 'budget' then amount_sek end) as budget_sek,
  max(case when kind = 'outcome' then amount_sek end) as outcome_sek,
  max(case when kind = 'variance' then amount_sek end) as variance_sek,
  max(case when kind = 'outcome' then amount_sek end)
    - max(case when kind = 'budget' then amount_sek end) as outcome_less_budget_sek
from budget_series
where kind in ('budget', 'outcome', 'variance')
group by municipality, committee, table_key, line, parent, period
order by municipality, committee, table_key, line, parent, period;

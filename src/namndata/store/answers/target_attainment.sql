with judged as (
  select o.indicator_id, o.indicator, o.municipality, o.committee, o.year, o.breakdown, o.period, o.outcome_is, o.unit, o.value as outcome,
    t.value as target, t.upper as target_upper, t.comparator, t.direction as target_direction, i.better_when,
    (
      select p.value
      from indicator_series p
      where p.kind = 'outcome' and p.indicator_id = o.indicator_id and p.breakdown is o.breakdown
        and p.period = printf('%04d', substr(o.period, 1, 4) - 1) || substr(o.period, 5)
    ) as previous_outcome,
    t.raw as target_raw, min(o.confidence, t.confidence) as confidence, o.doubts, o.document as outcome_document, t.document as target_document
  from indicator_series o
  join indicator_series t
    on t.indicator_id = o.indicator_id and t.breakdown is o.breakdown
    and t.period = o.period and t.kind = 'target'
    and ifnull(t.printed_unit, o.printed_unit) is ifnull(o.printed_unit, t.printed_unit)
  join indicators i on i.indicator_id = o.indicator_id
  where o.kind = 'outcome' and o.value is not null
)
select indicator_id, indicator, municipality, committee, year, breakdown, period, unit, outcome_is, outcome, target, target_upper, comparator,
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
  confidence, doubts, outcome_document, target_document
from judged
order by indicator_id, breakdown, period

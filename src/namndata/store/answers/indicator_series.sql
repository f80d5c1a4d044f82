-- The value of each indicator, breakdown, kind and period in the newest report that states it. For an outcome, reports
-- that account for a period which has ended come before plans, and both before what was written earlier.
select indicator_id, indicator, municipality, committee, year, breakdown, kind, period, outcome_is, value, upper,
  comparator, direction, unit, printed_unit, status, goal_met, verdict, raw, confidence, doubts, reviewed, document, document_rank, page,
  value_id, printed_breakdown, whole_id
from indicator_statements
where has_value and from_preferred = 1
order by indicator_id, breakdown, kind, period

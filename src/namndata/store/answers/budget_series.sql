select line_id, municipality, committee, year, table_key, statement, side, level, line, parent, is_total, part, kind,
  period, amount_sek, comparable_sek, cost_sek, sign_from, raw, unit, confidence, doubts, reviewed, document, page, value_id
from budget_statements
where from_newest = 1
order by line_id, part, kind, period, side

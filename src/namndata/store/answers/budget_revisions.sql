-- Amounts that differ by no more than their rounding, half a printed unit each, do not contradict each other. What one
-- report states in two tables is no revision: the newest report's own choice is set beside that of the oldest.
select line_id, max(case when from_newest = 1 then line end) as line, part,
  max(case when from_newest = 1 then side end) as side, kind, period, max(year) as year,
  max(municipality) as municipality, max(committee) as committee,
  max(case when from_oldest = 1 then amount_sek end) as oldest_sek,
  max(case when from_newest = 1 then amount_sek end) as newest_sek,
  max(case when from_oldest = 1 then document end) as oldest_document,
  max(case when from_newest = 1 then document end) as newest_document,
  count(distinct document) as documents, min(confidence) as confidence,
  max(case when from_newest = 1 then doubts end) as doubts
from budget_statements
group by line_id, part, ifnull(column_side, 'net'), kind, period
having count(distinct document) > 1 and max(comparable_sek) - min(comparable_sek) > max(step) / 2 + min(step) / 2
order by line_id, part, kind, period

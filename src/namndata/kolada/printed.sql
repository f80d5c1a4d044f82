-- Every printed outcome of a whole year, whatever report prints it: revisions are compared too.
select s.indicator_id, s.indicator, s.municipality, d.municipality_code, s.committee, s.year, s.breakdown, s.value,
  s.unit, s.raw, s.status, s.document, s.page, s.value_id, s.confidence
from indicator_statements s
join documents d using (document)
where s.kind = 'outcome' and length(s.period) = 4 and s.value is not null and s.upper is null
order by s.indicator_id, s.year, s.breakdown, s.document, s.value_id

-- What two committees cost that became one is not what the one costs: each keeps its own name here.
with joined as (
  select municipality, moved_to from committees where moved_to is not null group by 1, 2
  having count(distinct committee) > 1
)
select s.*, v.is_bottom, v.is_sum, v.table_title,
  case when exists (select 1 from joined j where j.municipality is s.municipality and j.moved_to = s.committee)
    then v.committee else s.committee end as net_committee
from budget_statements s
join budget_values v on v.id = s.value_id
where s.kind in ('budget', 'outcome', 'forecast') and s.statement in ('operating', 'income_statement')
order by s.municipality, net_committee, s.period, s.kind, s.outcome_is = 'final' desc, s.edition desc,
  s.document desc, v.rowid

select * from budget_statements
where kind in ('plan', 'budget', 'forecast', 'outcome', 'variance')
order by line_id, part, period, kind, column_side, from_newest

-- What can be searched by words, once for each report that counts: goals, assignments, indicators and lines of money.
select 'goals' as record, municipality, committee, year, document, page, value_id,
  ifnull(goal_area || ' · ', '') || ifnull(municipal_goal || ' · ', '') || ifnull(committee_goal, '') as text
from goal_list
union all
select 'assignments', municipality, committee, year, document, page, value_id,
  trim(text || ' · ' || ifnull(comment, ''), ' ·')
from assignment_list
union all
select 'indicator_values', municipality, committee, year, document, page, value_id, text
from (
  select municipality, committee, year, document, page, value_id,
    ifnull(rtrim(printed_parent, ': ') || ': ', '') || printed_indicator as text,
    row_number() over (partition by document, printed_parent, printed_indicator order by rowid) as place
  from indicator_statements
)
where place = 1
union all
select 'budget_values', municipality, committee, year, document, page, value_id, text
from (
  select municipality, committee, year, document, page, value_id, ifnull(rtrim(parent, ': ') || ': ', '') || line as text,
    row_number() over (partition by document, parent, line order by rowid) as place
  from budget_statements
)
where place = 1

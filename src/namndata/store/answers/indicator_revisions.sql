-- What a plan expected of a year is revised by what came of it: kinds are those that are printed.
-- A value that a newer report calls missing is withdrawn: there is no newest value then.
with compared as (
  select indicator_id, indicator, municipality, breakdown, stated_kind as kind, period, max(year) as year,
    max(case when from_newest = 1 then committee end) as committee,
    max(case when from_newest = 1 and has_value then unit end) as unit,
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
    count(distinct case when has_value then row_id end) as rows,
    min(confidence) as confidence,
    max(case when from_newest = 1 then doubts end) as doubts,
    min(document_rank) as document_rank
  from indicator_statements
  group by indicator_id, breakdown, stated_kind, period
)
select indicator_id, indicator, municipality, committee, year, breakdown, kind, period, unit, oldest_value,
  case when is_withdrawn then null else newest_value end as newest_value, oldest_raw,
  case when is_withdrawn then missing_raw else newest_raw end as newest_raw, oldest_document,
  case when is_withdrawn then missing_document else newest_document end as newest_document,
  is_withdrawn, versions, documents, rows, confidence, doubts, document_rank
from compared
where (versions > 1 and rows > 1) or (versions > 0 and is_withdrawn)
order by indicator_id, breakdown, kind, period

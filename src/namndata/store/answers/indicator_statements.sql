-- Every number and direction of a period with the indicator that it is of. A report held twice counts once
-- (documents.rendition_of); of two editions of a report, the preferred one (documents.edition_of).
--
-- A number for one sex is of the same series whether a report prints it in a row of its own or within a cell.
-- A value that is in its series by doubtful evidence of the names alone (indicator_names.score) has that doubt.
--
-- What a plan prints of a year that has not ended is expected, no outcome; a direction is a target, never an outcome.
with placed as (
  select v.*, v.rowid as place, coalesce(s.indicator_id, v.indicator_id) as series_id,
    iif(v.committee is d.committee, ifnull(d.committee_today, v.committee), v.committee) as committee_now,
    d.edition, d.is_plan,
    v.value is not null or v.direction is not null as has_value,
    d.edition != '' and d.edition < substr(v.period, instr(v.period, '/') + 1)
      || case when length(v.period) in (4, 9) then '-12-31' else '-28' end as is_early
  from indicator_values v
  join documents d using (document)
  left join indicators s on s.breakdown_of = v.indicator_id and s.sex = v.part_key
  where v.period is not null and (v.value is not null or v.direction is not null or v.status = 'missing')
    and d.rendition_of is null and d.edition_of is null
),
evident as (
  select indicator_id as joined_id, document, min(score) as score
  from indicator_names where method = 'evidence' and score < 0.9 group by 1, 2
),
counted as (
  select series_id, part_key, unit, count(*) as times from placed where unit is not null group by 1, 2, 3
),
units as (
  select series_id, part_key, unit,
    row_number() over (partition by series_id, part_key order by times desc, unit) as place
  from counted
),
stated as (
  select p.*,
    case
      when p.kind = 'outcome' and p.value is null and p.direction is not null then 'target'
      when p.kind = 'outcome' and p.is_early and p.is_plan then 'forecast'
      else p.kind
    end as series_kind,
    case when p.kind = 'outcome' and p.value is null and p.direction is not null then 'target' else p.kind end
      as stated_kind,
    case
      when p.kind = 'forecast' then 'forecast'
      when p.kind != 'outcome' or (p.value is null and p.direction is not null) then null
      when p.is_early and p.is_plan then 'expected'
      when p.is_early or p.period like '%-%' then 'interim'
      else 'final'
    end as outcome_is,
    case when p.kind != 'outcome' or not (p.is_early or p.is_plan) then 1 when p.is_early then 3 else 2 end
      as document_rank,
    u.unit as series_unit, e.score
  from placed p
  left join evident e on e.joined_id = p.indicator_id and e.document = p.document
  left join units u on u.series_id = p.series_id and u.part_key is p.part_key and u.place = 1
)
select s.series_id as indicator_id, coalesce(i.breakdown_of, i.indicator_id) as whole_id, i.name as indicator,
  s.municipality, s.committee_now as committee, cast(substr(s.period, 1, 4) as integer) as year,
  s.part_key as breakdown, s.series_kind as kind, s.stated_kind, s.period, s.outcome_is, s.has_value, s.value, s.upper, s.comparator,
  s.direction, ifnull(s.series_unit, i.unit) as unit, s.unit as printed_unit, s.status, s.goal_met, s.verdict, s.verdict_met, s.raw,
  s.document, s.edition, s.document_rank, s.page, s.id as value_id,
  ifnull(s.table_id, s.document) || ':' || ifnull(s.row, s.id) as row_id, s.indicator as printed_indicator,
  s.parent as printed_parent, s.breakdown as printed_breakdown, s.confidence, s.reviewed,
  case when s.score is null then s.told else json_insert(s.told, '$[#]', 'joined_by_evidence') end as doubts,
  row_number() over (
    partition by s.series_id, s.part_key, s.series_kind, s.period, s.has_value
    order by s.document_rank, s.edition desc, s.document desc, s.is_other_unit, s.status = 'reported' desc,
      s.confidence desc, s.unit is null, s.place
  ) as from_preferred,
  row_number() over (
    partition by s.series_id, s.part_key, s.stated_kind, s.period, s.has_value
    order by s.edition desc, s.document desc, s.status = 'reported' desc, s.confidence desc, s.place
  ) as from_newest,
  row_number() over (
    partition by s.series_id, s.part_key, s.stated_kind, s.period, s.has_value
    order by s.edition, s.document, s.status = 'reported', s.confidence, s.place desc
  ) as from_oldest
from (
  select t.*, t.unit is not null and t.unit is not ifnull(t.series_unit, k.unit) as is_other_unit,
    case when t.unit is null or t.unit = ifnull(t.series_unit, k.unit) then t.doubts
    else json_insert(t.doubts, '$[#]', 'other_unit') end as told
  from stated t join indicators k on k.indicator_id = t.series_id
) s
join indicators i on i.indicator_id = s.series_id

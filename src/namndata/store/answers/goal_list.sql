-- The goals of reports that count: a report held twice counts once, of two editions the preferred one.
select g.municipality,
  iif(g.committee is d.committee, ifnull(d.committee_today, g.committee), g.committee) as committee,
  g.fiscal_year as year, g.document_type,
  g.goal_area, g.municipal_goal, g.committee_goal, g.assessment, g.assessment_code, g.status_colour, g.trend, g.confidence, g.doubts,
  g.document, g.page, g.id as value_id, g.reviewed
from goals g
join documents d using (document)
where d.rendition_of is null and d.edition_of is null
order by g.municipality, committee, year, g.document, g.rowid

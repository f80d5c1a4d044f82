-- The assignments of reports that count: a report held twice counts once, of two editions the preferred one.
select a.municipality,
  iif(a.committee is d.committee, ifnull(d.committee_today, a.committee), a.committee) as committee,
  a.fiscal_year as year, a.document_type,
  a.scope, a.number, a.text, a.status, a.comment, a.document, a.page, a.id as value_id, a.reviewed
from assignments a
join documents d using (document)
where d.rendition_of is null and d.edition_of is null
order by a.municipality, committee, year, a.document, a.rowid

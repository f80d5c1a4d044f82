import pytest
from drawing import content, draw_table, heading, paragraph

from extract.facts.find import find_facts


def facts(*items):
    return find_facts(content(*items))


@pytest.mark.parametrize(
    ("title", "kind", "year", "plan"),
    [
        ("budgetförslag 2019 med plan för 2020-2022", "budgetförslag", 2019, (2020, 2021, 2022)),
        ("Internbudget 2024 med plan för 2025-2029", "internbudget", 2024, (2025, 2026, 2027, 2028, 2029)),
        ("Verksamhetsplan och budget 2025 med plan 2026–2027", "verksamhetsplan", 2025, (2026, 2027)),
        ("Årsredovisning 2022", "årsredovisning", 2022, ()),
        ("Flerårsstrategi 2019–2021", "budget", 2019, (2020, 2021)),
        ("Intern budget 2016", "internbudget", 2016, ()),
        ("Årsredovisning 2 0 2 2", "årsredovisning", 2022, ()),
        ("Verksamhetsberättelse, nyckeltal 2014–2023", "verksamhetsberättelse", 2023, ()),
    ],
)
def test_title_gives_type_year_and_plan(title, kind, year, plan):
    found = facts(heading("Socialnämnden"), heading(title))
    assert (found.document_type, found.fiscal_year, found.plan_years) == (kind, year, plan)


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("Delårsrapport per den 31 augusti med prognos för helår 2023", "", "2023-08-31"),
        ("Delårsrapport 2023", "Läget per den 30 april visar ett underskott.", "2023-04-30"),
        ("Delårsrapport april 2024", "Beslut fattas den 15 oktober.", "2024-04-30"),
        ("Delårsrapport 2008-01-01 – 2008-06-30", "", "2008-06-30"),
        ("Delårsrapport 2 2022", "Nämnden antog rapporten 15 oktober.", "2022-08-31"),
    ],
)
def test_interim_report_is_as_of_its_day(title, text, day):
    found = facts(heading(title), paragraph(text))
    assert (found.document_type, found.as_of) == ("delårsrapport", day)


def test_interim_report_without_a_day_is_as_of_its_tables_last_month():
    table = draw_table("Volym | Augusti 2022 | Augusti 2023\nPlatser | 10 | 12")
    assert facts(heading("Delårsrapport 2023"), table).as_of == "2023-08-31"


@pytest.mark.parametrize(
    ("text", "municipality", "committee"),
    [
        ("Barn- och utbildningsnämnden i Växjö kommun.", "Växjö kommun", "Barn- och utbildningsnämnden"),
        ("Tekniska nämnden, Åsunda kommun", "Åsunda kommun", "Tekniska nämnden"),
        ("Humanistiska nämnden, Åsunda kommun", "Åsunda kommun", "Humanistiska nämnden"),
        ("Samhällstekniska nämnden, Åsunda kommun", "Åsunda kommun", "Samhällstekniska nämnden"),
        ("Stadsdelsnämnd Söderås, Åsunda kommun", "Åsunda kommun", "Stadsdelsnämnd Söderås"),
        ("Söderås stadsdelsnämnd, Åsunda kommun", "Åsunda kommun", "Söderås stadsdelsnämnd"),
        ("Socialnämnden Nordost, Åsunda kommun", "Åsunda kommun", "Socialnämnden Nordost"),
        ("LINKÖPINGS KOMMUN Social- och omsorgsnämnden", "Linköpings kommun", "Social- och omsorgsnämnden"),
        (
            "Målet Attraktiv kommun följs av Kultur- och fritidsnämnden i Nora kommun",
            "Nora kommun",
            None,  # only mentioned
        ),
        ("Räddningsförbundet Östmark", None, "Räddningsförbundet Östmark"),
    ],
)
def test_text_names_municipality_and_committee(text, municipality, committee):
    found = facts(heading("Årsredovisning 2021"), paragraph(text))
    assert (found.municipality, found.committee) == (municipality, committee)


def test_without_title_the_year_is_the_one_that_the_tables_speak_of():
    table = draw_table("Verksamhet | Bokslut 2018 | Bokslut 2019 | Budget 2019\nVård | 1 | 2 | 3")
    assert facts(paragraph("Året har gått väl."), table).fiscal_year == 2019


def test_a_text_without_title_page_says_what_it_is_and_whose():
    prose = paragraph(
        "Verksamhetsberättelsen är en uppföljning av social- och omsorgsnämndens budget och verksamhetsplan."
    )
    later = paragraph(
        "Under året har social- och omsorgsnämnden samarbetat med Bildningsnämnden om verksamhetsplan och budget."
    )
    found = facts(heading("Samlad bedömning"), prose, later, paragraph("Så har social- och omsorgsnämnden nått målen."))
    assert (found.document_type, found.committee) == ("verksamhetsberättelse", "Social- och omsorgsnämnden")


def test_each_fact_tells_where_it_was_read():
    found = facts(
        heading("Delårsrapport per den 31 augusti 2023"), heading("Socialnämnden"), paragraph("Ekdala kommun")
    )
    read = {source.fact: (source.value, source.said, source.place) for source in found.sources}
    assert read["committee"] == ("Socialnämnden", "Socialnämnden", "front")
    assert read["fiscal_year"] == ("2023", "Delårsrapport per den 31 augusti 2023", "front")
    assert read["as_of"][0] == "2023-08-31" and read["municipality"] == ("Ekdala kommun", "Ekdala kommun", "front")
    assert [source for source in facts(paragraph("Ett brev.")).sources if source.fact == "committee"] == []

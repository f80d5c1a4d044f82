import pytest
from drawing import content, draw_table, heading, paragraph

from extract.facts import find_facts


def facts(*items):
    return find_facts(content(*items))


@pytest.mark.parametrize(
    ("title", "kind", "year", "plan"),
    [
        ("budgetförslag 2019 med plan för 2020-2022", "budgetförslag", 2019, (2020, 2021, 2022)),
        ("Internbudget 2024 med plan för 2025-2029", "internbudget", 2024, (2025, 2026, 2027, 2028, 2029)),
        ("Verksamhetsplan och budget 2025 med plan 2026–2027", "verksamhetsplan", 2025, (2026, 2027)),
        ("Årsredovisning 2022", "årsredovisning", 2022, ()),
    ],
)
def test_title_gives_type_year_and_plan(title, kind, year, plan):
    found = facts(heading("Socialnämnden"), heading(title))
    assert (found.document_type, found.fiscal_year, found.plan_years) == (kind, year, plan)


def test_interim_report_is_as_of_its_day():
    found = facts(heading("Delårsrapport per den 31 augusti med prognos för helår 2023"))
    assert (found.document_type, found.as_of) == ("delårsrapport", "2023-08-31")


@pytest.mark.parametrize(
    ("text", "municipality", "committee"),
    [
        ("Barn- och utbildningsnämnden i Växjö kommun.", "Växjö kommun", "Barn- och utbildningsnämnden"),
        ("Tekniska nämnden, Åsunda kommun", "Åsunda kommun", "Tekniska nämnden"),
        ("LINKÖPINGS KOMMUN Social- och omsorgsnämnden", "Linköpings kommun", "Social- och omsorgsnämnden"),
        (
            "Målet Attraktiv kommun följs av Kultur- och fritidsnämnden i Nora kommun",
            "Nora kommun",
            "Kultur- och fritidsnämnden",
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

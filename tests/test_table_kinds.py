from pathlib import Path

import pytest
from drawing import draw_table

from extract.records.meaning.silence import Surroundings
from extract.records.table_kinds import classify_table

PRINTED = Path(__file__).parent / "printed_tables.txt"


def printed_tables():
    blocks = PRINTED.read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        head, *rows = [line for line in block.strip().splitlines() if not line.startswith("#")]
        kind, title, heading = (part.strip() for part in head.split("|"))
        yield pytest.param(kind, (title, heading), "\n".join(rows), id=f"{kind}-{title}")


@pytest.mark.parametrize(("kind", "titles", "drawing"), list(printed_tables()))
def test_a_table_is_what_all_its_signs_together_say(kind, titles, drawing):
    assert classify_table(draw_table(drawing), titles[0]).kind == kind


def test_a_table_that_is_read_alike_as_its_next_kind_is_not_doubted():
    staff = " | 2023-08-31 | 2024-08-31\nAntal tillsvidareanställda | 812 | 830\nAntal besök | 764,5 | 779,2"
    assert classify_table(draw_table(staff), "Personal").doubts == ()
    bare = " | 2023 | 2024\nVinterväg | 21 200 | 21 800\nSommarväg | 23 000 | 22 800\nSumma | 44 200 | 44 600"
    assert classify_table(draw_table(bare)).doubts == ("open_kind",)


def test_a_title_alone_makes_no_amounts_in_a_report_that_prints_no_unit_of_money():
    grants = draw_table("Förening | Utfall 2023 | Utfall 2024\nSkidklubben | 1000 | 2000\nOrkestern | 1007 | 2009")
    title = "Bidrag per förening"
    unknown = Surroundings(titles=(title,), prints_money=False)
    assert classify_table(grants, title).kind == "money"
    assert classify_table(grants, title, unknown).kind == "volume"
    assert classify_table(grants, title, unknown).doubts == ("open_kind",)


def test_columns_in_units_of_their_own_may_not_be_amounts_though_no_money_is_printed():
    rows = [
        "Perstorp | Skåne län | -705 | -25,6",
        "Lidingö | Stockholms län | -702 | -25,1",
        "Hjo | Skåne län | -14 | 198,4",
    ]
    header = "Kommun | Län | Utsläppsförändring 2021–2022 (ton) | Utsläppsförändring 2021–2022 (%)"
    around = Surroundings(titles=("Källa: Nationella emissionsdatabasen",), prints_money=False)
    layout = classify_table(draw_table("\n".join([header, *rows])), around.titles[0], around)
    assert layout.kind != "money" and not layout.doubts


def test_goals_beside_indicators_without_a_figure_are_a_list_of_goals():
    goals = "Finansiella mål | Nyckeltal\nResultatet ska vara minst 2 procent | Mäts genom bokföringen"
    assert classify_table(draw_table(goals), "").kind == "goal"
    figures = "Mål | Nyckeltal | 2023\nResultatet ska vara minst 2 procent | Resultat, % | 2,1"
    assert classify_table(draw_table(figures), "").kind == "indicator"

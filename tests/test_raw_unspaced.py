"""Raw PDF text without blank lines, and text whose columns are kept by spaces."""

from cProfile import Profile

import pytest

from extract.raw.read import read_flow
from extract.raw.spaced.parts import keeps_columns
from extract.raw.unspaced.costs import value_cost
from extract.raw.unspaced.least import LeastValues
from extract.records.report import print_report
from schema.layout import Source
from schema.printed import BudgetLine

SOURCE = Source("rapport", "rapport.txt", "", "text/plain")


def tables(text):
    return read_flow(SOURCE, text.split("\n")).tables


def grid(text, number=1):
    rows = tables(text)[number - 1].grid()
    return [[cell.text if cell is not None else "" for cell in row] for row in rows]


def test_goal_and_indicator_share_a_line():
    text = (
        "Nämndmål Nämndindikator 2021 2022 Målvärde\n"
        "Driva utveckling Antal projekt med aktiv\nmedverkan\n2 3 4\nAntal möten 5 6 7\n"
    )
    assert grid(text)[1] == ["Driva utveckling", "Antal projekt med aktiv medverkan", "2", "3", "4"]
    assert grid(text)[2][1:] == ["Antal möten", "5", "6", "7"]


def test_a_value_of_words_goes_over_lines():
    text = "Nämndmål Nämndindikator 2021 2022 Målvärde\nGod vård Andel nöjda 98% Bedömd till\n97% 99%\n"
    assert grid(text)[1] == ["God vård", "Andel nöjda", "98%", "Bedömd till 97%", "99%"]


def test_two_numbers_are_no_thousands_where_columns_wait():
    text = "Basuppdrag Bokslut 2021 Bokslut 2020\nAntal ärenden 747 725\nAntal besök 1 747 1 725\n"
    assert grid(text)[1:] == [["Antal ärenden", "747", "725"], ["Antal besök", "1 747", "1 725"]]


def test_an_assessment_column_is_known_by_its_words():
    text = (
        "Nämndmål Mål uppnås Nämndindikator 2021 2022 Målvärde\nGod vård Delvis Andel nöjda 70 % 72 % 75 %\n"
        "Nej Andel som väntat 9 % 8 % 5 %\n"
    )
    rows = grid(text)
    assert [row[1] for row in rows] == ["Mål uppnås", "Delvis", "Nej"]
    assert rows[2][2:] == ["Andel som väntat", "9 %", "8 %", "5 %"]


def test_lines_below_the_table_are_no_rows():
    text = "Basuppdrag Bokslut 2021 Bokslut 2020\nAntal ärenden 747 725\nUppgifterna gäller hela året.\n"
    assert len(grid(text)) == 2


def test_a_month_goes_with_the_year_after_it():
    text = "Volymmått 2021 2022 Augusti 2023\nAntal ärenden 7 8 9\n"
    assert grid(text)[0][1:] == ["2021", "2022", "Augusti 2023"]


def test_number_with_unit_is_likelier_than_two_directions():
    assert value_cost("761 kr/inv") < value_cost("Minska Minska")
    assert value_cost("ca 17 %") < value_cost("217 ca")


SPACED = """Mål och mått
                                   Utfall     Utfall
Mått                               2021       2022      Målvärde
Andel nöjda brukare i              71 %       72 %      75 %
särskilt boende
Antal platser                       1 204     1 198     1 200

Ekonomi
Belopp tkr                         Budget 2022      Utfall 2022    Avvikelse
Verksamhet                              12 400           12 150          250
Summa                                   12 400           12 150          250
"""


def test_columns_kept_by_spaces_are_read_by_their_places():
    assert keeps_columns(SPACED.split("\n"))
    assert grid(SPACED)[0] == ["Mått", "Utfall 2021", "Utfall 2022", "Målvärde"]
    assert grid(SPACED)[1] == ["Andel nöjda brukare i särskilt boende", "71 %", "72 %", "75 %"]
    assert grid(SPACED)[2] == ["Antal platser", "1 204", "1 198", "1 200"]
    assert grid(SPACED, 2)[-1] == ["Summa", "12 400", "12 150", "250"]


def test_an_empty_cell_stays_empty_in_its_own_column():
    text = SPACED.replace("71 %       72 %", "           72 %")
    assert grid(text)[1] == ["Andel nöjda brukare i särskilt boende", "", "72 %", "75 %"]


def test_running_text_keeps_no_columns():
    assert not keeps_columns(["Nämnden har  ett mål som gäller hela året.", "Ekonomi ..........     7"] * 20)


def test_a_part_below_lines_that_lack_its_columns_belongs_to_the_full_line_above():
    text = (
        "Driftsammandrag, tkr Utfall 2021 Budget 2022 Plan 2023\nVård 100 110 120\n"
        "Nytt boende   40\nvarav daglig verksamhet  5 6\nSumma 100 110 120\n"
    )
    report, _ = print_report(read_flow(SOURCE, text.split("\n")))
    parents = {line.line: line.parent for line in report.rows_of(BudgetLine)}
    assert parents["varav daglig verksamhet"] == "Vård"


def test_a_bound_before_a_number_is_part_of_the_value():
    text = "Volymmått Utfall 2021 Målvärde 2022\n\nAntal hem 34 Minst 38\n\nAntal platser 5 6\n"
    assert grid(text)[1] == ["Antal hem", "34", "Minst 38"]


HEADER_OVER_LINES = """
          Belopp i mnkr.

                                     Utfall   Budget    Avvikels   Progno
                                                                               Utfall
                                     2024       2024           e        s
                                                                                 2023
                                                                  augusti

            Verksamhetens
            intäkter
            Avgifter                  71,9     102,3       -30,4     82,5      44,7
            Bidrag till föreningar,
            idrott                   776,9     789,3       -12,4    780,9     719,1
            Totala intäkter          848,8     891,6       -42,8    863,4     763,8

       Siffrorna ovan avser enbart externa poster i förvaltningens verksamhet under hela året.
"""


def test_a_header_is_read_over_its_lines_and_a_group_below_it_is_none():
    rows = grid(HEADER_OVER_LINES)
    years = ["Utfall 2024", "Budget 2024", "Avvikelse", "Prognos augusti", "Utfall 2023"]
    assert rows[0] == ["", *years]
    assert rows[1] == ["Verksamhetens intäkter", "", "", "", "", ""]
    assert rows[2] == ["Avgifter", "71,9", "102,3", "-30,4", "82,5", "44,7"]
    assert rows[3][0] == "Bidrag till föreningar, idrott"
    assert len(rows) == 5


def test_words_that_are_a_header_only_together():
    text = """
                                                        Progno
                                             Prognos
            Avdelning          Bokslut 2024                  s
                                             oktober
                                                       augusti

            Gemensamma
            - Ekonomi                  7,2       5,9       5,5
            - Personal                11,9       6,3       4,0
            Summa                     19,1      12,2       9,5
"""
    rows = grid(text)
    assert rows[0] == ["Avdelning", "Bokslut 2024", "Prognos oktober", "Prognos augusti"]
    assert rows[1:3] == [["Gemensamma", "", "", ""], ["- Ekonomi", "7,2", "5,9", "5,5"]]


def test_blank_lines_part_rows_that_wrap():
    text = """
       Uppdrag                                               Status

       Nämnden får i uppdrag att se över lokalerna           Pågående
       och återkomma med ett förslag.
       Uppdragsår 2024

       Nämnden får i uppdrag att ta fram en plan för         Avslutad
       lekplatserna.
       Uppdragsår 2023
"""
    whole = "Nämnden får i uppdrag att se över lokalerna och återkomma med ett förslag. Uppdragsår 2024"
    assert grid(text)[1] == [whole, "Pågående"]
    assert grid(text)[2][0].endswith("lekplatserna. Uppdragsår 2023")


def long_list(rows):
    body = [f"{f'Förening nummer {i}':<30}{1000 + i:>16}{2000 + i:>16}" for i in range(rows)]
    return "\n".join(["Föreningar", "", f"{'Förening':<30}{'Utfall 2023':>16}{'Utfall 2024':>16}", "", *body])


def test_the_work_grows_with_the_lines_of_a_list():
    def calls(rows):
        text = long_list(rows)
        with Profile() as profile:
            assert len(tables(text)[0].cells) == 3 * (rows + 1)
        return sum(entry.callcount for entry in profile.getstats())

    calls(800)  # what is loaded and remembered once is so here
    assert calls(800) < 5 * calls(200)


def test_the_work_grows_with_the_rows_of_a_table_of_wrapped_labels():
    head = "Kulturnämnden\nDelårsrapport 2025\n\nNämndmål Nämndindikator 2023 2024 2025 Målvärde\n"

    def calls(rows):
        lines = (f"Andel nöjda besökare i grupp{n} inom\nverksamheten {n} % {n} % Minst {n} %" for n in range(rows))
        with Profile() as profile:
            assert tables(head + "\n".join(lines))
        return sum(entry.callcount for entry in profile.getstats())

    calls(120)  # what is remembered is remembered here
    assert calls(120) < 4.5 * calls(30)


def wrapped(count):
    """Rows of indicators whose labels go over two lines."""
    lines = [
        f"Andel nöjda brukare i område {chr(65 + i % 26)}{chr(97 + i // 26)} inom\n"
        f"hemtjänsten och boende {i % 90 + 3} % {i % 80 + 4} % Minst {i % 70 + 5} %"
        for i in range(count)
    ]
    return "\n".join(["Nämndmål Nämndindikator 2023 2024 2025 Målvärde", *lines])


def cell_a_line(count):
    """One cell a line, no blank line between."""
    lines = [f"Verksamhet {chr(65 + i % 26)}{chr(97 + i // 26)}\n{i + 100}\n{i + 200}\n{i + 300}" for i in range(count)]
    return "\n".join(["Verksamhet", "Budget 2026", "Utfall 2026", "Utfall 2025", *lines])


def without_header(count):
    """Rows under a line that heads no columns."""
    lines = [f"God vård i område {chr(65 + i % 26)}{chr(97 + i // 26)} {i % 9} {i % 8} Uppfyllt" for i in range(count)]
    return "\n".join(["Nämndmål Nämndindikator 2024 2025 Bedömning", *lines])


def calls(text):
    with Profile() as profile:
        tables(text)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(("shape", "most"), [(wrapped, 14_000), (cell_a_line, 6_000), (without_header, 3_000)])
def test_time_grows_with_the_rows_and_no_faster(shape, most):
    calls(shape(20))
    few, many = calls(shape(60)), calls(shape(240))
    assert many < 4.6 * few
    assert many < most * 240


def test_no_value_costs_less_than_it_is_told_to_at_least():
    text = (
        "Andel nöjda i 2023: 52 % 43 1 204 Minst 38 ca 17 % ej mätt Öka i nivå (12 av 30) 5 / 7 IFO 2173 LSS 481,5 "
        "Kvinnor 0,5-0,7 ska öka. mer 2 024 - Minska till 8 % . Bedöms till 97 enligt plan: Pågår 3:e T2 40% 30%"
    )
    words = text.split()
    least = LeastValues(words)
    for start in range(len(words)):
        for end in range(start + 1, min(start + 14, len(words)) + 1):
            cost = value_cost(" ".join(words[start:end]))
            assert least.cost(start, end) <= cost + 1e-9
            assert least.whole(start, end) in (None, cost)

from dataclasses import replace

import pytest
from drawing import content, draw_table, heading, paragraph

from extract.records.report import print_report
from extract.records.sections import walk_sections
from schema.layout import Table
from schema.lexicon.goals import parse_goal_line
from schema.printed import BudgetLine


@pytest.mark.parametrize(
    ("line", "parsed"),
    [
        ("Målområde: Samhälle", ("goal_area", "Samhälle")),
        ("Målområde Medborgare", ("goal_area", "Medborgare")),
        ("Målområde: Medarbetare (siffror kommer senare)", ("goal_area", "Medarbetare")),
        ("Kommunövergripande mål: Hållbar ekonomi", ("municipal_goal", "Hållbar ekonomi")),
        ("KF:s mål: Fler vill bo här", ("municipal_goal", "Fler vill bo här")),
        ("Nämndmål - Goda arbetsplatser", ("committee_goal", "Goda arbetsplatser")),
        ("Målområde samhälle beskriver vad kommunen vill.", None),
        ("Målområden", None),
        ("Ekonomi", None),
    ],
)
def test_a_line_names_a_goal(line, parsed):
    assert parse_goal_line(line) == parsed


def places(*items):
    return [place for item, place in walk_sections(content(*items)) if isinstance(item, Table)]


def test_goals_nest_and_a_new_area_ends_the_old_goal():
    table = draw_table("Nämndmål | Indikator | 2023")
    first, second, third = places(
        heading("Målområde: Samhälle"),
        heading("Kommunövergripande mål: Trygghet"),
        table,
        heading("Målområde: Ekonomi"),
        table,
        heading("Strategiska utvecklingsuppdrag"),
        table,
    )
    assert (first.goal_area, first.municipal_goal) == ("Samhälle", "Trygghet")
    assert (second.goal_area, second.municipal_goal) == ("Ekonomi", None)
    assert third.goal_area is None


def test_a_remark_heading_ends_no_section():
    table = draw_table("Nämndmål | Indikator | 2023")
    assert places(heading("Målområde: Samhälle"), table, heading("Kommentar"), table)[1].goal_area == "Samhälle"


def test_caption_is_the_line_above_or_a_numbered_one_below():
    table = draw_table("Belopp tkr | 2023")
    above, below = places(
        heading("Ekonomi"),
        paragraph("Driftsammandrag, belopp tkr"),
        table,
        paragraph("Personalen har blivit fler under året och det märks i varje del av verksamheten."),
        table,
        paragraph("Tabell 4 Utbildningar"),
    )
    assert above.title == "Driftsammandrag, belopp tkr"
    assert below.title == "Tabell 4 Utbildningar"


@pytest.mark.parametrize(("bold", "title"), [(True, None), (False, "Personal")])
def test_a_bold_line_above_a_table_names_it_however_long_it_is(bold, title):
    table = draw_table("Enhet | Januari | Februari")
    text = "Sjukfrånvaro i procent av ordinarie arbetstid, uppdelad per enhet och månad"
    found = places(heading("Personal"), table, replace(paragraph(text), bold=bold), table)[1]
    assert found.title == (title or text)


@pytest.mark.parametrize("kind", [heading, paragraph])
def test_a_line_that_says_where_figures_come_from_titles_no_table_and_ends_no_section(kind):
    table = draw_table("Nyckeltal | 2023")
    titles = [place.title for place in places(heading("Personal"), table, kind("Källa: Kolada"), table)]
    assert titles == ["Personal", "Personal"]
    assert places(heading("Källor till glädje"), table)[0].title == "Källor till glädje"


def test_captions_that_stand_below_their_tables_are_not_those_of_the_next():
    table = draw_table("Belopp tkr | 2023\nVård | 10")
    first, second, third = places(
        heading("Ekonomi"),
        table,
        paragraph("Tabell 1. Avvikelse per avdelning"),
        table,
        paragraph("Tabell 2. Prognos per avdelning"),
        heading("Personal"),
        table,
    )
    assert (first.title, second.title) == ("Tabell 1. Avvikelse per avdelning", "Tabell 2. Prognos per avdelning")
    assert third.title == "Personal"


def test_a_short_line_above_a_table_names_it_and_a_sentence_does_not():
    table = draw_table("Taxa | 2023\nVatten | 10")
    short, sentence = places(
        heading("Budget"),
        paragraph("Taxor, kronor per år"),
        table,
        heading("Drift"),
        paragraph("Så här gick det:"),
        table,
    )
    assert (short.title, sentence.title) == ("Taxor, kronor per år", "Drift")


def test_a_caption_below_says_what_a_table_holds_and_prose_with_amounts_does_not():
    (place,) = places(
        heading("Uppföljning"),
        paragraph("Prognosen om 45 749 tkr i underskott beror till största delen på minskade intäkter från staten."),
        draw_table("Belopp i tkr | Norr | Söder\nIntäkter | -9 | -2"),
        paragraph("Tabellen visar prognosavvikelse per avdelning och helår"),
        paragraph("Intäkterna minskar."),
    )
    assert place.title == "Tabellen visar prognosavvikelse per avdelning och helår"


def test_a_table_below_another_is_titled_by_the_header_of_its_labels():
    personnel = draw_table("Personal | 2023\nÅrsarbetare | 10")
    money = draw_table("Investeringar, tkr | 2023\nBad | 10", number=2)
    generic = draw_table("Belopp i tkr | 2023\nBad | 10", number=3)
    report, _ = print_report(content(heading("Personal"), personnel, money, generic))
    assert [line.table_title for line in report.rows_of(BudgetLine)] == ["Investeringar, tkr", "Personal"]

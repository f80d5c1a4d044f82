from dataclasses import replace

import pytest
from drawing import content, draw_table, heading, item, paragraph
from typeset import read_typeset

from extract.records.report import print_report
from normalize.report import normalize_report
from schema.layout import Box, Image
from schema.printed import GoalRow, IndicatorRow
from schema.records import Goal


def goals(*items):
    report, _ = print_report(content(*items))
    return [(g.goal_area, g.committee_goal, g.assessment) for g in report.rows_of(GoalRow)]


def test_goal_table_with_bands_and_ditto_marks():
    table = draw_table(
        """
        Kommunövergripande mål | Socialnämndens mål
        Samhälle |
        Trygg kommun | Barn är trygga
        - ” - | Köerna är korta
        """
    )
    assert goals(table) == [("Samhälle", "Barn är trygga", None), ("Samhälle", "Köerna är korta", None)]


def test_each_assessment_below_a_goal_heading_is_a_record():
    found = goals(
        heading("Målområde Samhälle"),
        paragraph("Nämndmål - Barn är trygga"),
        paragraph("Uppnås delvis. Arbetet pågår."),
        paragraph("Uppnås ej. Registreringen brister."),
        paragraph("Nämndmål - Köerna är korta"),
        paragraph("Aktiviteter pågår."),
    )
    assert found == [
        ("Samhälle", "Barn är trygga", "Uppnås delvis"),
        ("Samhälle", "Barn är trygga", "Uppnås ej"),
        ("Samhälle", "Köerna är korta", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "assessment"),
    [
        ("Uppföljningen visar att målet delvis uppnås utifrån köerna.", "målet delvis uppnås"),
        ("Målet bedöms ha uppnåtts under året.", "Målet bedöms ha uppnåtts"),
        ("Bedömning: Uppfylls inte.", "Uppfylls inte"),
        ("Målet kan delvis uppnås med dagens takt.", "Målet kan delvis uppnås"),
        ("Nämnden har arbetat vidare.", None),
    ],
)
def test_a_known_goal_as_heading_is_assessed_by_the_text_below(sentence, assessment):
    table = draw_table("Nämndmål | Indikator | 2022\nKöerna är korta | Väntetid | 9")
    told = goals(heading("Köerna är korta"), paragraph(sentence), heading("Målområde: Samhälle"), table)
    assert ("Samhälle", "Köerna är korta", assessment) in told
    assert told[-1] == ("Samhälle", "Köerna är korta", None)


def test_colour_assessment_and_trend_are_told_apart():
    table = draw_table("Nämndmål | Bedömning | Trend\nTrygga barn | ● | ↗\nKorta köer | Uppnås | ↓")
    dot = Image(Box(0, 0, 8, 8), "green", "dot")
    cells = tuple(replace(c, symbol=dot) if (c.row, c.col) == (1, 1) else c for c in table.cells)
    report, _ = print_report(content(replace(table, cells=cells)))
    assert [(g.assessment, g.status_colour, g.trend) for g in report.rows_of(GoalRow)] == [
        ("symbol:green", "green", "arrow_up"),
        ("Uppnås", None, "arrow_down"),
    ]


def test_a_heading_inside_a_goal_table_is_the_area_of_the_goals_below():
    table = draw_table(
        """
        Verksamhetsmål | Bedömning
        Lärande |
        Fler elever når målen | Uppnås delvis
        Alla är trygga i skolan | Uppnås
        Ekonomi |
        Budgeten är i balans | Uppnås inte
        """
    )
    assert goals(table) == [
        ("Lärande", "Fler elever når målen", "Uppnås delvis"),
        ("Lärande", "Alla är trygga i skolan", "Uppnås"),
        ("Ekonomi", "Budgeten är i balans", "Uppnås inte"),
    ]


def test_goals_that_ran_together_with_the_text_around_them_are_told_apart():
    table = draw_table("Nämndmål | Indikator | 2022\nKorta köer | Väntetid | 9\nTrygga barn | Besök | 4")
    found = goals(
        heading("Målområde: Samhälle"),
        table,
        heading("Boende efter behov"),
        paragraph("Uppföljningen visar att målet uppnås. Korta köer Uppföljningen visar att målet delvis uppnås."),
        heading("Planer"),
        paragraph("Arbetet går vidare under våren."),
    )
    assert found[:2] == [
        ("Samhälle", "Boende efter behov", "målet uppnås"),
        ("Samhälle", "Korta köer", "målet delvis uppnås"),
    ]
    assert {goal for _, goal, assessment in found if assessment is None} == {"Korta köer", "Trygga barn"}


def test_a_goal_wrapped_over_rows_is_one_and_comments_between_are_none():
    table = draw_table(
        """
        Verksamhetsmål | Bedömning
        Alla barn känner sig trygga i | Uppnås
        förskolan och skolan |
        Kommentar: Arbetet har fortsatt under året med |
        utbildning av personalen. |
        Det ger resultat i enkäten. |
        Fler unga deltar i kulturskolan och |
        i föreningslivet | Uppnås delvis
        Hållbart |
        Vi minskar utsläppen | Uppnås ej
        """
    )
    assert goals(table) == [
        (None, "Alla barn känner sig trygga i förskolan och skolan", "Uppnås"),
        (None, "Fler unga deltar i kulturskolan och i föreningslivet", "Uppnås delvis"),
        ("Hållbart", "Vi minskar utsläppen", "Uppnås ej"),
    ]


@pytest.mark.parametrize(
    ("announcing", "goal", "text", "assessment"),
    [
        ("Verksamhetsmål och uppföljning", "Korta köer", "Kön minskade. Målet är uppnått.", "Målet är uppnått"),
        ("Nämndens mål 2025", "Korta köer", "Sammantaget bedöms målet som delvis uppfyllt.", "bedöms målet som delvis"),
        ("2 Måluppföljning", "2.1 Korta köer", "Bedömning: Målet nås inte.", "Målet nås inte"),
        ("Direktionens mål", "Mål 2: Korta köer", "Måluppfyllelse: God", "God"),
        (
            "Prioriterade mål",
            "Korta köer",
            "Målet har trots nya lokaler inte uppnåtts.",
            "Målet har trots nya lokaler inte",
        ),
        ("Våra mål", "Korta köer", "Målet bedöms ej sannolikt att nå.", "Målet bedöms ej sannolikt att nå"),
        ("Hänt i år", "Korta köer för barn", "Målet om korta köer för barn bedöms nås.", "bedöms nås"),
        (
            "Nämndens mål",
            "Korta köer",
            "Nämnden har inte nått målet, för två enheter är stängda.",
            "har inte nått målet",
        ),
        (
            "Nämndens mål",
            "Korta köer",
            "I april trodde vi att målet inte skulle nås. Nu är målet nått.",
            "är målet nått",
        ),
        ("Nämndens mål", "Korta köer", "Måluppfyllelse: 75 %", "75 %"),
        ("Nämndens mål", "Mål 1: Korta köer", "Status: Gul", "Gul"),
        ("Hänt i år", "Mål: Korta köer", "Utfall: 9 veckor. Prognos: Målet uppnås inte", "Målet uppnås inte"),
    ],
)
def test_a_heading_is_a_goal_where_goals_are_announced_or_the_verdict_words_it(announcing, goal, text, assessment):
    [(_, name, found)] = goals(heading(announcing), heading(goal), paragraph(text))
    assert name.startswith("Korta köer")
    assert found.startswith(assessment)


@pytest.mark.parametrize(
    ("announcing", "goal", "text"),
    [
        ("Hänt i år", "Korta köer", "Kön minskade. Målet är uppnått."),
        ("Globala mål", "Rent vatten", "Målet är uppnått."),
        ("Verksamhetsmål", "Rekrytering", "Målet om 60 procent behöriga är inte uppnått."),
        ("Verksamhetsmål", "Korta köer", "Målet är att alla ska vara behöriga. Alla ska ha uppnått det 2030."),
        ("Verksamhetsmål", "Så läses rapporten", "För varje mål anges om målet är uppfyllt eller ej uppfyllt."),
        ("Verksamhetsmål", "Korta köer", "Vi anställer för att målet ska nås. Insatserna leder till att målet nås."),
        ("Verksamhetsmål", "Korta köer", "Målet är uppfyllt eller bedöms uppfyllas i framtiden."),
        ("Verksamhetsmål", "Korta köer", "Det finansiella målet uppnås."),
        ("Verksamhetsmål", "Finansiella mål", "Det finansiella målet uppnås."),
        ("Verksamhetsmål", "Matematik", "Eleverna har inte nått målet."),
        ("Verksamhetsmål", "Visar att målet är uppfyllt", "Målet är delvis uppfyllt"),
    ],
)
def test_what_is_not_announced_or_not_judged_is_no_goal(announcing, goal, text):
    assert goals(heading(announcing), heading(goal), paragraph(text)) == []


def test_goals_end_where_a_heading_of_their_level_comes_or_one_that_nothing_judges():
    above = [heading("Verksamhetsmål", level=2), heading("Korta köer", level=3), paragraph("Målet nås.")]
    below = [heading("Lokaler", level=2), heading("Ny skola", level=3), paragraph("Målet nås.")]
    assert goals(*above, *below) == [(None, "Korta köer", "Målet nås")]
    unlevelled = [replace(block, level=0) if block.kind == "heading" else block for block in above + below]
    assert goals(*unlevelled) == [(None, "Korta köer", "Målet nås")]


def test_headings_within_a_goal_belong_to_it():
    parts = [
        heading("Aktiviteter"),
        paragraph("Vi har byggt."),
        heading("Måluppfyllelse"),
        paragraph("Delvis uppfyllt"),
    ]
    found = goals(heading("Nämndens mål"), heading("Korta köer"), *parts)
    assert found == [(None, "Korta köer", "Delvis uppfyllt")]


def test_a_list_that_is_said_to_hold_goals_is_read_without_verdicts_and_its_goals_are_known_below():
    found = goals(
        paragraph("Direktionen har antagit följande två verksamhetsmål:"),
        item("Fler tolkar är utbildade"),
        item("Leveransen är säker"),
        heading("Uppföljning"),
        paragraph("Leveransen är säker"),
        paragraph("Antalet klagomål minskade."),
        paragraph("Målet bedöms vara uppnått."),
        paragraph("Förbundet bidrar till följande globala mål:"),
        item("Rent vatten"),
    )
    assert found == [
        (None, "Fler tolkar är utbildade", None),
        (None, "Leveransen är säker", None),
        (None, "Leveransen är säker", "Målet bedöms vara uppnått"),
    ]


def test_an_item_that_judges_itself_is_a_goal_and_one_of_another_kind_is_none():
    found = goals(
        heading("Nämndmål"),
        item("Bygglov ska beslutas inom åtta veckor. Målet är uppfyllt."),
        item("Alla ska få besök. 71 av 90 har fått det. Målet uppnås inte."),
        heading("Händelser"),
        item("Arkivet har flyttats. Målet är att det ska vara klart i maj."),
        item("Parken är öppen. Målet är uppfyllt."),
    )
    assert found == [
        (None, "Bygglov ska beslutas inom åtta veckor", "Målet är uppfyllt"),
        (None, "Alla ska få besök", "Målet uppnås inte"),
    ]


def test_a_goal_whose_number_stands_alone_above_it_is_read():
    found = goals(heading("Förvaltningens inriktningsmål"), paragraph("Mål 7"), paragraph("Köpen ska vara hållbara."))
    assert found == [(None, "Köpen ska vara hållbara.", None)]
    assert goals(heading("Globala mål"), paragraph("Mål 6: Rent vatten"), paragraph("Mål 7"), paragraph("El.")) == []


def test_a_goal_of_the_municipality_that_is_judged_itself_is_its_own_municipal_goal():
    report, _ = print_report(
        content(heading("Inriktningsmål 2: Maten är god"), paragraph("Bedömning: Målet nås inte."))
    )
    [goal] = report.rows_of(GoalRow)
    assert (goal.committee_goal, goal.municipal_goal, goal.assessment) == (
        "Maten är god",
        "Maten är god",
        "Målet nås inte",
    )


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Köerna ska vara korta (delvis uppfyllt)", "delvis uppfyllt"),
        ("Köerna ska vara korta – målet är uppnått", "målet är uppnått"),
        ("Uppfylls ej: Köerna ska vara korta", "Uppfylls ej"),
    ],
)
def test_a_verdict_in_the_line_of_the_goal_is_parted_from_its_name(line, verdict):
    below = paragraph("Kön har minskat under året.")
    assert goals(heading("Nämndmål"), paragraph(line), below) == [(None, "Köerna ska vara korta", verdict)]
    assert goals(heading("Nämndmål"), heading(line), below) == [(None, "Köerna ska vara korta", verdict)]


def test_a_verdict_that_ran_together_with_the_goals_name_is_parted_from_it():
    found = goals(
        paragraph("Nämndmål: Nyanlända kommer snabbt i arbete Uppfylls ej"), paragraph("31 procent fick det.")
    )
    assert found == [(None, "Nyanlända kommer snabbt i arbete", "Uppfylls ej")]


def test_a_goal_that_only_its_wording_tells_is_doubted_and_has_its_place_on_the_page():
    box = Box(70, 120, 400, 134)
    verdict = replace(paragraph("Kön växte. Målet är inte uppfyllt."), page=4, box=box)
    report, _ = print_report(content(heading("Köerna ska vara korta"), verdict))
    [goal] = normalize_report(report).records_of(Goal)
    assert (goal.assessment_code, goal.confidence, goal.doubts) == ("not_met", 0.8, ("unannounced_goal",))
    assert (goal.page, goal.x0, goal.top, goal.x1, goal.bottom) == (4, 70, 120, 400, 134)


def test_a_goal_that_ran_together_with_its_verdict_heads_the_indicators_below_and_is_one_goal():
    table = draw_table("Indikator | Utfall 2022 | Mål 2023\nAndel nöjda, % | 61 | 62\nAndel trygga, % | 71 | 72")
    named = paragraph("Nämndmål: Köerna är korta Målet bedöms uppnås delvis")
    report, _ = print_report(content(heading("Målområde: Samhälle"), named, table))
    assert {row.committee_goal for row in report.rows_of(IndicatorRow)} == {"Köerna är korta"}
    assert goals(heading("Målområde: Samhälle"), named, table) == [
        ("Samhälle", "Köerna är korta", "Målet bedöms uppnås delvis")
    ]


@pytest.mark.parametrize("figure", ["4,6 v", "1 960 m", "74", "63 %"])
def test_a_figure_shown_large_names_no_goal(figure):
    found = goals(heading("Nämndmål: Korta köer", 2), heading(figure, 2), paragraph("Målet är uppfyllt."))
    assert {(goal, verdict) for _, goal, verdict in found} == {("Korta köer", "Målet är uppfyllt")}


@pytest.mark.parametrize("label", ["Bedömning:", "Måluppfyllelse:", "Samlad bedömning:", ""])
def test_a_verdict_with_its_label_that_ran_together_with_a_goal_is_parted_from_it(label):
    text = f"Mål: Fler barn ska ta del av kultur {label} God måluppfyllelse".replace("  ", " ")
    found = goals(heading("Nämndens mål", 2), paragraph(text), paragraph("Kulturskolan har startat nya grupper."))
    assert found == [(None, "Fler barn ska ta del av kultur", "God måluppfyllelse")]


MERGED = """
    Nämndens mål | Mått | Utfall 2022 | Målvärde 2023
    {goal} | Andel nöjda, % | 71 | 75
    ^ | Antal samtal | 120 | 160
"""


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("Köerna är korta (Uppnås delvis)", "Uppnås delvis"),
        ("Köerna är korta – Uppnås ej", "Uppnås ej"),
        ("Köerna är korta", None),
    ],
)
def test_a_goals_cell_beside_its_indicators_may_hold_its_verdict(cell, verdict):
    assert goals(draw_table(MERGED.format(goal=cell))) == [(None, "Köerna är korta", verdict)]


@pytest.mark.parametrize("look", [{"italic_tail": "Uppnås delvis"}, {"lines": ("Köerna är korta", "Uppnås delvis")}])
def test_a_verdict_ends_a_goals_cell_in_italics_or_on_a_line_of_its_own(look):
    table = draw_table(MERGED.format(goal="Köerna är korta Uppnås delvis"))
    cells = tuple(replace(c, **look) if c.text.startswith("Köerna") else c for c in table.cells)
    assert goals(replace(table, cells=cells)) == [(None, "Köerna är korta", "Uppnås delvis")]


JUDGED_BANDS = """
    Mål och mått | Utfall 2022 | Målnivå 2023 | Trend | Bedömning
    Köerna ska vara korta | < | < | Når delvis målet | <
    Väntetid, dagar | 9 | 7 | Bättre | Når ej
    Antal i kö | 61 | 50 | Sämre | Når ej
    Maten ska vara god | | | Når | inte målet
    Andel nöjda, % | 71 | 75 | Bättre | Når ej
"""


@pytest.mark.parametrize("header_rows", [(0,), (0, 1)])
def test_a_row_that_words_a_goal_beside_a_verdict_is_the_goal_of_the_indicators_below(header_rows):
    table = draw_table(JUDGED_BANDS, header_rows=header_rows)
    assert goals(table) == [
        (None, "Köerna ska vara korta", "Når delvis målet"),
        (None, "Maten ska vara god", "Når inte målet"),
    ]
    report, _ = print_report(content(table))
    assert [(r.indicator, r.committee_goal) for r in report.rows_of(IndicatorRow)] == [
        ("Väntetid, dagar", "Köerna ska vara korta"),
        ("Antal i kö", "Köerna ska vara korta"),
        ("Andel nöjda, %", "Maten ska vara god"),
    ]


def test_an_indicator_without_figures_is_no_goal_for_its_status():
    table = draw_table(
        "Mått | Utfall 2022 | Mål 2023 | Bedömning\nAndel korta köer | | | Uppnås ej\nAntal i kö | 61 | 50 | Ej uppnått"
    )
    assert goals(table) == []


def test_a_heading_above_a_table_of_goals_is_not_what_the_text_below_judges():
    told = (
        heading("2 Måluppföljning"),
        heading("Ett självständigt liv", level=4),
        draw_table(MERGED.format(goal="Köerna är korta")),
    )
    assert goals(*told, paragraph("Nämnden bedömer att målet är uppnått.")) == [(None, "Köerna är korta", None)]


def test_a_chapter_that_asks_how_the_goals_went_announces_them_and_a_number_may_stand_before_an_area():
    found = goals(
        heading("Så gick det med målen"),
        heading("2.1 Målområde: Trygghet", level=3),
        heading("Barnen har en trygg uppväxt", level=4),
        paragraph("Delvis uppfyllt"),
    )
    assert found == [("Trygghet", "Barnen har en trygg uppväxt", "Delvis uppfyllt")]


@pytest.mark.parametrize("name", ["Barnen har en trygg uppväxt", "Mål 2: Barnen har en trygg uppväxt"])
def test_indicators_below_a_heading_that_is_judged_as_a_goal_are_of_that_goal(name):
    table = draw_table("Indikator | Utfall 2022 | Mål 2023\nAndel trygga, % | 71 | 75")
    told = (
        heading("Nämndens mål", level=2),
        heading(name, level=4),
        paragraph("Delvis uppfyllt"),
        paragraph("Allt går."),
    )
    report, _ = print_report(content(*told, table))
    assert [r.committee_goal for r in report.rows_of(IndicatorRow)] == ["Barnen har en trygg uppväxt"]
    assert [g.assessment for g in report.rows_of(GoalRow)] == ["Delvis uppfyllt"]


def test_headings_that_group_goals_are_their_areas():
    found = goals(
        heading("Nämndens måluppfyllelse", level=2),
        heading("Hållbar utveckling", level=2),
        heading("Utsläppen ska minska", level=3),
        paragraph("Bedömning: Målet uppnås delvis"),
        heading("God service", level=2),
        heading("Företagen ska vara nöjda", level=3),
        paragraph("Bedömning: Målet uppnås"),
    )
    assert [goal[:2] for goal in found] == [
        ("Hållbar utveckling", "Utsläppen ska minska"),
        ("God service", "Företagen ska vara nöjda"),
    ]


def test_one_heading_above_all_goals_is_no_area():
    found = goals(
        heading("Nämndens verksamhet", level=2),
        heading("Utsläppen ska minska", level=3),
        paragraph("Bedömning: Målet uppnås delvis"),
        heading("Företagen ska vara nöjda", level=3),
        paragraph("Bedömning: Målet uppnås"),
    )
    assert [goal[0] for goal in found] == [None, None]


def test_items_that_say_what_is_to_be_right_below_a_heading_of_goals_are_goals():
    items = [item("Alla avlopp ska vara inventerade"), item("Sjukfrånvaron ska minska")]
    found = goals(heading("Nämndens mål 2023", level=2), *items)
    assert [goal[1] for goal in found] == ["Alla avlopp ska vara inventerade", "Sjukfrånvaron ska minska"]
    assert goals(heading("Nämndens arbete", level=2), *items) == []


@pytest.mark.parametrize(("below", "verdicts"), [("^", ["Uppfyllt"]), ("Ej uppfyllt", [None])])
def test_a_verdict_merged_over_the_rows_of_a_goal_is_the_goals(below, verdicts):
    table = draw_table(
        "Nämndmål | Indikator | Utfall 2022 | Mål 2023 | Måluppfyllelse\n"
        "Fler ska besöka biblioteken | Antal besök | 81 | 85 | Uppfyllt\n"
        f"^ | Antal lån | 51 | 55 | {below}"
    )
    assert [goal[2] for goal in goals(table)] == verdicts


@pytest.mark.parametrize("stroke", ["0.5pt", "(left: 3pt)"])
def test_a_box_beside_a_goal_judges_it(tmp_path, stroke):
    def card(goal, verdict):
        return (
            f"#grid(columns: (3fr, 1fr), inset: 5pt, [*{goal}* \\ Andelen steg under våren, men når inte den nivå"
            f" som nämnden har satt upp för året.], grid.cell(stroke: {stroke})[Bedömning: \\ *{verdict}*])"
        )

    body = "= Nämndens mål och resultat\nHär redovisas hur långt arbetet har kommit under årets första åtta månader.\n"
    body += card("Elever ska vara trygga", "Uppfylls inte") + "\n" + card("Frånvaron ska minska", "Uppfylls delvis")
    report, _ = print_report(read_typeset(tmp_path, body))
    assert [(goal.committee_goal, goal.assessment) for goal in report.rows_of(GoalRow)] == [
        ("Elever ska vara trygga", "Uppfylls inte"),
        ("Frånvaron ska minska", "Uppfylls delvis"),
    ]

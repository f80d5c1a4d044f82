from dataclasses import replace

import pytest
from drawing import content, draw_table, heading, paragraph

from extract.records.report import print_report
from schema.layout import Box, Image
from schema.printed import GoalRow


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

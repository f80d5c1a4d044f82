from extract.raw.cells import Piece
from extract.raw.lines import Line
from extract.raw.read import read_flow
from schema.layout import Block, Source
from schema.lexicon.numbers import digit_runs

SOURCE = Source("rapport", "rapport.txt", "", "text/plain")


def read(text):
    return read_flow(SOURCE, text.split("\n"))


def grid(text, number=1):
    table = read(text).tables[number - 1]
    return [[cell.text if cell is not None else None for cell in row] for row in table.grid()]


def cells(text):
    return {(cell.row, cell.col): cell for cell in read(text).tables[0].cells}


def test_header_words_one_a_line_and_labels_wrapped():
    text = (
        "Basuppdrag\nBokslut\n\n2021\nBokslut\n\n2020\n\n"
        "Antal ärenden hos\nenheten\n\n1089 1053\n\nAntal besök 747 725\n"
    )
    assert grid(text) == [
        ["Basuppdrag", "Bokslut 2021", "Bokslut 2020"],
        ["Antal ärenden hos enheten", "1089", "1053"],
        ["Antal besök", "747", "725"],
    ]


def test_years_in_a_line_below_their_words_with_the_variance_between():
    text = (
        "Driftsammandrag, netto tkr Bokslut Budget Avvikelse Bokslut\n"
        "Verksamhet 2021 2021  2020\nStab 8 711 9 907 1 196 8 500\n"
    )
    header, row = grid(text)
    assert header[1:] == ["Bokslut 2021", "Budget 2021", "Avvikelse", "Bokslut 2020"]
    assert row == ["Stab", "8 711", "9 907", "1 196", "8 500"]


def test_the_variance_decides_how_digits_group_and_where_they_stand():
    text = (
        "Driftsammandrag, netto tkr Bokslut Budget Avvikelse Bokslut\nVerksamhet 2021 2021  2020\n"
        "Förvaltning 188 711 183 907 -4 804\nSumma 188 711 183 907 -4 804\n"
    )
    found = cells(text)
    assert [found[1, col].text for col in range(1, 5)] == ["188 711", "183 907", "-4 804", ""]
    assert found[1, 1].inferred and found[1, 1].confidence >= 0.9


def test_doubled_spaces_are_empty_cells():
    text = (
        "Investeringar Utgifter Inkomster Budget Avvikelse\n".replace("Utgifter Inkomster", "Bokslut Bokslut")
        + "Belopp tkr 2021 2021 2021  \n Utgifter Inkomster Netto  \nAndel i förening 5   -5\n"
    )
    found = cells(text)
    assert [found[1, col].text for col in range(5)] == ["Andel i förening", "5", "", "", "-5"]


def test_short_rows_stand_to_the_right_below_full_ones():
    text = (
        "Nettokostnad, belopp mnkr\nUtfall\n2022\n\nBudget\n2023\n\nBudget\n2024\n\nPlan\n2025\n\n"
        "Förvaltning 206 196 202 206\n\nNytt boende 2 6\n\nSumma 206 196 204 212\n"
    )
    assert grid(text)[2] == ["Nytt boende", "", "", "2", "6"]
    assert cells(text)[2, 3].inferred


def test_rows_that_all_lack_the_last_plan_years_stand_to_the_left():
    text = (
        "Volymmått\nUtfall\n2022\n\nBudget\n2023\n\nPlan\n2024\n\nPlan\n2025\n\n"
        "Antal ärenden i kommunen 10 12\n\nAntal personer med beslut 30 31\n"
    )
    assert grid(text)[1] == ["Antal ärenden i kommunen", "10", "12", "", ""]


def test_a_label_that_begins_like_a_header_ends_it():
    text = (
        "Kostnads-\nreducering\nhelår, mnkr\n\nEffekt 2023,\nmnkr\n\nEffekt 2024,\nmnkr\n\n"
        "Förändring av\nriktlinjer\n\n8,0 0,5 8,0\n\nUpphandling 1,5 0,3 1,5\n"
    )
    assert grid(text)[1:] == [["Förändring av riktlinjer", "8,0", "0,5", "8,0"], ["Upphandling", "1,5", "0,3", "1,5"]]


def test_no_header_ends_before_its_complement():
    text = (
        "Volymmått\nUtfall\n2022\n\nBudget\n2023\n\nPlan\n2024\n\nPlan\n2025\n\n"
        "Redovisning av\nantal som\ngäller\n\nAntal ärenden 10 12\n\nAntal personer 30 31\n"
    )
    assert grid(text)[0] == ["Volymmått", "Utfall 2022", "Budget 2023", "Plan 2024", "Plan 2025"]
    assert grid(text)[-1] == ["Antal personer", "30", "31", "", ""]


def test_goals_that_are_somebodys_head_a_column_of_goals():
    text = (
        "Nämndens mål Mått Utfall 2022 Önskat läge\n\nVattnet är rent och säkert\n\nAndel godkända prov\n\n"
        "99,2 % 100 %\n\nAntal läckor 41 Färre än 35\n"
    )
    assert grid(text)[1:] == [
        ["Vattnet är rent och säkert", "Andel godkända prov", "99,2 %", "100 %"],
        ["Vattnet är rent och säkert", "Antal läckor", "41", "Färre än 35"],
    ]


def test_a_header_takes_in_what_it_is_compared_with_on_the_next_line():
    text = "Verksamhet\nUtfall\n2022\n\nAvvikelse mot\nbudget\n\nAndel av\nbudget\n\nSkola 96 4 96\n\nVård 50 5 91\n"
    assert grid(text)[0] == ["Verksamhet", "Utfall 2022", "Avvikelse mot budget", "Andel av budget"]


INDICATORS = "Nämndmål Nämndindikator 2020 2021 2022\nMålvä\n\nrde\n"


def test_broken_cells_are_made_whole_and_placed():
    text = INDICATORS + (
        "Boende utifrån behov för alla \n\nBredd i inriktningar \n"
        "på boenden \n\nUppgift \nsaknas \n\nSystema\ntisk \n\nanalys\n"
    )
    header, row = grid(text)
    assert header == ["Nämndmål", "Nämndindikator", "2020", "2021", "2022", "Målvärde"]
    assert row == [
        "Boende utifrån behov för alla",
        "Bredd i inriktningar på boenden",
        "",
        "",
        "Uppgift saknas",
        "Systematisk analys",
    ]


def test_a_merged_goal_printed_before_its_last_row_covers_the_rows_above():
    text = INDICATORS + (
        "Antal uppföljningar av brukare\n\n1 2 3 4\n\n"
        "Goda uppväxtvillkor oavsett var man bor i kommunen\n\nAntal besök hos familjer\n\n5 6 7 8\n"
    )
    table = read(text).tables[0]
    goal = next(cell for cell in table.cells if cell.text.startswith("Goda"))
    assert (goal.row, goal.row_span) == (1, 2)


def test_sub_rows_by_sex_have_no_target():
    text = (
        INDICATORS + "Goda arbetsplatser\n\nTotal sjukfrånvaro i nämnden\n\n"
        "5,3 6,6 6,7 5,3\n\nMän 3,1 3,0 2,6\n\nKvinnor 5,6 7,0 7,2\n"
    )
    assert grid(text)[2][1:] == ["Män", "3,1", "3,0", "2,6", ""]


def test_two_rows_printed_as_one_are_told_apart():
    text = INDICATORS + (
        "Nya vägar för försörjning\n\nBalanstal chefer med \nutomnordisk bakgrund\n\n"
        "Män\n\n1,21\n\n0,73\n\n1,23\n\n0,67\n\n1,59\n\n1,22\n\n1,0\n"
    )
    rows = grid(text)
    assert rows[1][2:] == ["1,21", "1,23", "1,59", "1,0"]
    assert rows[2][2:] == ["0,73", "0,67", "1,22", ""]


def test_named_parts_make_one_cell():
    text = (
        INDICATORS
        + "Välfärd vid behov\n\nUtredningstid i dagar för barn\n\n"
        + "\n\n".join(["BOU 121", "LSS 130", "BOU 113", "LSS 174", "BOU \n114\nLSS 141", "Max \n120"])
    )
    assert grid(text)[1][2:] == ["BOU 121 LSS 130", "BOU 113 LSS 174", "BOU 114 LSS 141", "Max 120"]


def test_footnote_marks_are_no_digits_of_the_number_or_label():
    text = (
        "Basuppdrag\nBokslut\n2021\nBokslut\n2020\n\nAntal ärenden hos myndighet1 747 725\n\n"
        "Antal besök hos alla2 198 145\n\n"
        "1 Källa Treserva per den 31/12\n2 Källa LinQ rapport 12\n Nästa sida\n"
    )
    found = cells(text)
    assert (found[1, 0].text, found[1, 0].markers) == ("Antal ärenden hos myndighet", ("1",))
    notes = [b for b in read(text).blocks if b.kind == "footnote"]
    assert [(n.markers, n.text) for n in notes] == [
        (("1",), "Källa Treserva per den 31/12"),
        (("2",), "Källa LinQ rapport 12"),
    ]


def test_assignments_with_status_and_comment_in_one_line():
    text = (
        "Nämndspecifika utvecklingsuppdrag Status Kommentar\n\n"
        "Nämnden ska korta tiderna\nför handläggning.\n\n"
        "Genomfört Redovisas i ordinarie\nuppföljning\n\nNämnden ska minska köerna.\n\nPågår\n"
    )
    assert grid(text)[1:] == [
        ["Nämnden ska korta tiderna för handläggning.", "Genomfört", "Redovisas i ordinarie uppföljning"],
        ["Nämnden ska minska köerna.", "Pågår", ""],
    ]


def test_an_uncertain_column_is_a_problem_that_names_both():
    text = "Personal\nUtfall\n2021\n\nPrognos\n\nMålvärde\n\nBudget\n2022\n\nAntal anställda i nämnden 425 430\n"
    [problem] = read(text).problems
    assert (problem.stage, problem.code, problem.raw) == ("tables", "ambiguous_column", "425 | 430")
    assert "Prognos, Budget 2022 or in Målvärde, Budget 2022" in problem.message


def test_paragraphs_headings_and_lists_are_joined_from_their_lines():
    text = (
        "Ekonomi\n"
        "Nämnden redovisar ett underskott som till största delen beror på att kostnaderna för\n"
        "placeringar har ökat.\n\n"
        "1. Nämnden ska fortsätta arbetet med civil beredskap och kommunens krigs-\norganisation.\n"
    )
    blocks = read(text).blocks
    assert [(b.kind, b.line) for b in blocks] == [("heading", 1), ("paragraph", 2), ("list_item", 5)]
    assert blocks[2].text.endswith("krigsorganisation.")


def test_page_numbers_are_furniture_and_contents_no_headings():
    text = "Innehåll\n\nEkonomi 4\nPersonal 7\nPlaner 9\n\n2 (26)\n\n\n3\n\nEkonomi\n"
    blocks = [item for item in read(text).items if isinstance(item, Block)]
    assert [b.text for b in blocks if b.kind == "heading"] == ["Innehåll", "Ekonomi"]
    assert [b.text for b in blocks if b.kind == "furniture"] == ["2 (26)", "3"]


def test_a_line_that_lost_the_space_of_its_wrap_ends_no_word_beside_a_preposition():
    lines = [Line(1, "Planera verksamhet med", "Planera verksamhet med", ends_open=False)]
    lines.append(Line(2, "hänsyn till miljö", "hänsyn till miljö ", ends_open=True))
    assert Piece(lines).text() == "Planera verksamhet med hänsyn till miljö"
    broken = [
        Line(1, "Uppföljning av försörj", "Uppföljning av försörj", ends_open=False),
        Line(2, "ningsstöd", "ningsstöd "),
    ]
    assert Piece(broken).text() == "Uppföljning av försörjningsstöd"


def test_a_year_on_the_next_line_and_groups_between_rows():
    text = (
        "Prestationstal Utfall\n2022\nUtfall\n2023\nBudget\n2024\nUtfall\n2024\nMusikskolan\n"
        "Antal elever 406 358 430 340\nAndel av åldersgruppen, procent 14,9 14,0 16,2 11,7\nBibliotek\n"
        "Antal lån per år 95 138 81 778 100 000 77 269\n"
    )
    rows = grid(text)
    assert rows[0] == ["Prestationstal", "Utfall 2022", "Utfall 2023", "Budget 2024", "Utfall 2024"]
    assert rows[1] == ["Musikskolan", "", "", "", ""]
    assert rows[2] == ["Antal elever", "406", "358", "430", "340"]
    assert rows[-1] == ["Antal lån per år", "95 138", "81 778", "100 000", "77 269"]


def test_school_years_head_columns_whatever_stands_before_them():
    text = "Norra 26/27 27/28 28/29\nÅk 1-3 347 337 329\nBEHOV 4-6 743 787 805\n"
    assert grid(text) == [
        ["Norra", "26/27", "27/28", "28/29"],
        ["Åk 1-3", "347", "337", "329"],
        ["BEHOV 4-6", "743", "787", "805"],
    ]


def test_a_first_row_that_opens_with_a_header_word_is_no_header():
    text = "Belopp tkr 2022 2021 2020\nÅrets resultat enligt\nräkningen\n4 177 5 442 3 465\nSumma 4 177 5 442 3 465\n"
    assert grid(text)[0] == ["Belopp tkr", "2022", "2021", "2020"]
    assert grid(text)[1] == ["Årets resultat enligt räkningen", "4 177", "5 442", "3 465"]


def test_cells_told_by_their_wraps_are_a_header_over_rows_of_as_many_figures():
    text = (
        "Förbundet utför uppdrag åt sina medlemmar och redovisar dem nedan, år för \når.\nÅr\nAntal utförda \nuppdrag\n"
        "Procentuell \ntillsättning\nAntal \növersättningar\n2025 312 510 99,5% 800\n2024 313 088 99,4% 934\n"
    )
    assert grid(text) == [
        ["År", "Antal utförda uppdrag", "Procentuell tillsättning", "Antal översättningar"],
        ["2025", "312 510", "99,5%", "800"],
        ["2024", "313 088", "99,4%", "934"],
    ]


def test_figures_of_a_line_that_its_tables_do_not_hold_are_kept_as_text():
    """A converter that sets a page's rows on one line gives lines of which only a part is a table."""

    def row(names):
        return " ".join(f"{name}        {i},3        {i}2,0        0,0           -" for i, name in enumerate(names, 3))

    names = ["Arkiv", "Förskola", "Skola", "Kultur", "Miljö", "Idrott", "Social", "Park"]
    text = f"Nämnd        Utfall        Budget        Prognos           Avvikelse {row(names)}\n\n{row(names[:3])}"
    found = read(f"Delårsrapport mars 2023\nTestkommun\n\n{text}\n")
    kept = [cell.text for table in found.tables for cell in table.cells] + [block.text for block in found.blocks]
    assert sorted(digit_runs(" ".join(kept))) == sorted(digit_runs(f"2023 {text}"))


def test_headings_with_markdowns_signs_and_items_with_letters_are_told_apart_without_any_table():
    found = read("# Rapport\n\n## Mål för året\na) Köerna ska vara korta.\nb) Barnen ska vara trygga.\n").blocks
    assert [(block.kind, block.level, block.text) for block in found] == [
        ("heading", 1, "Rapport"),
        ("heading", 2, "Mål för året"),
        ("list_item", 0, "a) Köerna ska vara korta."),
        ("list_item", 0, "b) Barnen ska vara trygga."),
    ]

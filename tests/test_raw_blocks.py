"""Tables that a converter prints column after column, or cell after cell, blank lines between."""

from pathlib import Path

from extract.facts.find import find_facts
from extract.raw.blocks.parts import BlockLines
from extract.raw.lines import Line
from extract.readers import read_file
from extract.records.report import print_report
from schema.printed import BudgetLine, IndicatorRow

PROSE = "Kulturnämnden\nEkonomisk uppföljning maj 2026\n\nNämnden redovisar här sin budget och prognos för året.\n\n"
HEADS = "Belopp i tkr\n\nBudget 2026\n\nPrognos 2026\n\nAvvikelse 2026\n\n"


def lines_of(tmp_path: Path, body: str):
    path = tmp_path / "report.txt"
    path.write_text(PROSE + body + "\n\nNämnden följer utvecklingen under resten av året.\n", encoding="utf-8")
    content = read_file(path)
    report, _ = print_report(content)
    rows = {
        line.line: {v.column_label: (v.raw, v.confidence) for v in line.values} for line in report.rows_of(BudgetLine)
    }
    return rows, content.problems


def raw_of(row):
    return [raw for raw, _ in row.values()]


def test_columns_one_after_the_other(tmp_path):
    body = "Bibliotek\nMuseum\nMusikskola\nSumma\n\n10\n20\n30\n60\n\n11\n22\n33\n66\n\n1\n2\n3\n6"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert raw_of(rows["Museum"]) == ["20", "22", "2"]
    assert rows["Museum"]["Prognos 2026"] == ("22", 0.95)


def test_lengths_that_fit_prove_less_than_differences_that_hold(tmp_path):
    body = "Bibliotek\nMuseum\nMusikskola\n\n10\n20\n30\n\n11\n22\n33\n\n7\n8\n9"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert rows["Museum"]["Prognos 2026"] == ("22", 0.8)


def test_a_column_that_is_too_short_is_no_guess(tmp_path):
    body = "Bibliotek\nMuseum\nMusikskola\n\n10\n20\n30\n\n11\n22\n33\n\n1\n3"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert not any(rows.values())


def test_each_column_may_begin_with_its_header(tmp_path):
    body = "Ram 2028\nNÄMND\nKulturnämnden\nSocialnämnden\n\nRam inkl\nPKV\n10\n20\n\nPlan\n2028\n11\n22"
    rows, _ = lines_of(tmp_path, body)
    assert {column: raw for column, (raw, _) in rows["Socialnämnden"].items()} == {
        "Ram inkl PKV": "20",
        "Plan 2028": "22",
    }


def test_sums_tell_which_labels_are_groups(tmp_path):
    labels = (
        "Belopp tkr\nTillgångar\nInventarier\nDatorer\nSumma anläggning\nFordringar m.m.\nKassa\nBank\nSumma omsättning"
    )
    figures = "\n\n2026\n\n2025\n\n3\n4\n7\n\n1\n2\n3\n\n10\n20\n30\n\n5\n6\n11"
    rows, _ = lines_of(tmp_path, "Balansräkning\n" + labels + figures)
    assert raw_of(rows["Datorer"]) == ["4", "2"]
    assert raw_of(rows["Kassa"]) == ["10", "5"]
    assert not rows.get("Fordringar m.m.")


def test_groups_that_no_sum_tells_are_no_guess(tmp_path):
    labels = "Inventarier\nDatorer\nMöbler\nFordringar m.m.\nKassa\nBank"
    figures = "\n\n2026\n\n2025\n\n3\n4\n8\n\n1\n2\n4\n\n10\n20\n\n5\n6"
    rows, _ = lines_of(tmp_path, labels + figures)
    assert not any(rows.values())


def test_a_gap_between_rows_needs_a_group_or_a_sum(tmp_path):
    body = "Kostnader\nBibliotek\nMuseum\nSumma\n\n10\n20\n31\n\n11\n22\n33\n\n1\n2\n3\n\n0\n\n5\n\n5"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert not rows.get("Kostnader")


def test_cells_one_after_the_other(tmp_path):
    body = "Bibliotek\n\n10\n\n11\n\n1\n\nMuseum\n\n20\n\n22\n\n2\n\nSumma\n\n30\n\n33\n\n3"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert raw_of(rows["Museum"]) == ["20", "22", "2"]


def test_groups_below_a_header_head_the_rows(tmp_path):
    body = "Kostnader\n\nBibliotek\n\n10\n\n11\n\n1\n\nMuseum\n\n20\n\n22\n\n2\n\nSumma\n\n30\n\n33\n\n3"
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert raw_of(rows["Bibliotek"]) == ["10", "11", "1"]


def test_two_headings_are_no_header(tmp_path):
    body = "Avskrivningar\n\nFinansiella poster\n\nRänta\n\n10\n\n11\n\nÖvrigt\n\n20\n\n22\n\nSumma\n\n30\n\n33"
    rows, _ = lines_of(tmp_path, body)
    assert "Avskrivningar" not in rows and not rows.get("Ränta")


def test_a_long_table_is_read_to_its_end(tmp_path):
    body = "".join(f"Projekt {chr(65 + i % 26)}{i}x\n\n{i + 100}\n\n{i + 101}\n\n1\n\n" for i in range(200))
    rows, _ = lines_of(tmp_path, HEADS + body)
    assert len(rows) == 200


def test_header_words_that_a_narrow_column_broke_are_mended(tmp_path):
    heads = "Belopp i tkr\n\nInvestering\nsram 2026\n\nPrognos\nhelår 2026\n\nAvvik\nelse 2026\n\n"
    body = "Bibliotek\nMuseum\nMusikskola\nSumma\n\n10\n20\n30\n60\n\n11\n22\n33\n66\n\n1\n2\n3\n6"
    rows, _ = lines_of(tmp_path, heads + body)
    assert list(rows["Museum"]) == ["Investeringsram 2026", "Prognos helår 2026", "Avvikelse 2026"]


def test_rows_whose_labels_share_a_block_are_told_by_their_differences(tmp_path):
    labels = "Bibliotek och\nmuseum\nMusikskola\nIdrott\n\n"
    cells = "\n\n".join(["10,5", "11,7", "1,2", "20,1", "22,4", "2,3", "30,0", "29,1", "-0,9"])
    rows, _ = lines_of(tmp_path, HEADS + labels + cells)
    assert raw_of(rows["Musikskola"]) == ["20,1", "22,4", "2,3"]
    unproven, problems = lines_of(tmp_path, HEADS + labels + cells.replace("2,3", "4,3").replace("-0,9", "3,9"))
    assert not any(unproven.values())
    assert [problem.code for problem in problems] == ["unknown_columns"]


def test_a_total_whose_label_is_printed_late_gets_the_figures_left_over_but_not_as_proven(tmp_path):
    body = "Bibliotek\n\n10\n\n11\n\n1\n\nMuseum\n\n20\n\n22\n\n2\n\n30\n\n33\n\n3\n\nvarav löner\n\n15\n\n16\n\n1\n\n"
    rows, _ = lines_of(tmp_path, HEADS + body + "Summa nettokostnader")
    assert raw_of(rows["Summa nettokostnader"]) == ["30", "33", "3"]
    assert raw_of(rows["varav löner"]) == ["15", "16", "1"]
    assert {sure for _, sure in rows["Summa nettokostnader"].values()} == {0.8}
    assert {sure for _, sure in rows["Museum"].values()} == {0.95}


def test_a_header_between_the_first_figures_is_no_label(tmp_path):
    heads = "Belopp i tkr\n\nBudget 2026\n\nPrognos 2026\n\nAvvikelse 2026\n\n"
    body = "Bibliotek\nMuseum\nMusikskola\n\n10\n\n12\n\n2\n\nBokslut\n2025\n9\n\n"
    rows, _ = lines_of(tmp_path, heads + body + "20\n\n23\n\n3\n\n18\n\n30\n\n34\n\n4\n\n27")
    assert {column: raw for column, (raw, _) in rows["Museum"].items()} == {
        "Budget 2026": "20",
        "Prognos 2026": "23",
        "Avvikelse 2026": "3",
        "Bokslut 2025": "18",
    }


def test_figures_of_several_rows_in_disorder_are_kept_and_not_guessed(tmp_path):
    body = "Bibliotek\n\n10\n\n11\n\n1\n\nMuseum\n\n20\n\n22\n\n2\n\nIdrott\n\n5\n\n7\n\n8\n\n9\n\n6\n\n"
    body += "Musik\n\n40\n\n44\n\n4"
    rows, problems = lines_of(tmp_path, HEADS + body)
    assert not rows.get("Idrott") or all(sure == 0 for _, sure in rows["Idrott"].values())
    assert raw_of(rows["Musik"]) == ["40", "44", "4"]
    assert "unread_row" in [problem.code for problem in problems]


def test_a_span_of_months_that_lost_its_hyphen_is_one(tmp_path):
    heads = "Belopp i tkr\n\nBudget janaugusti 2026\n\nUtfall janaugusti 2026\n\nAvvikelse\n\n"
    body = "Bibliotek\n\n10\n\n11\n\n1\n\nMuseum\n\n20\n\n22\n\n2"
    rows, _ = lines_of(tmp_path, heads + body)
    assert list(rows["Museum"])[:2] == ["Budget jan-augusti 2026", "Utfall jan-augusti 2026"]


def test_blocks_are_made_once_however_many_lines_above_them_are_tried():
    texts = ["Bibliotek", "", "10", "11", "", "Museum", "", "12"]
    text = BlockLines([Line(number, words) for number, words in enumerate(texts, 1)])
    tried = [list(text.blocks_from(start)) for start in range(len(texts))]
    assert [block.text for block in tried[0]] == ["Bibliotek", "10 11", "Museum", "12"]
    assert [block.text for block in tried[3]] == ["11", "Museum", "12"]
    assert tried[0][-1] is tried[3][-1] is tried[7][0]


NOTED = "Balansräkning\n(tkr)\nNot\n\nBokslut\n2026\n\nBokslut\n2025\n\n"


def test_note_numbers_between_labels_and_figures_are_no_values(tmp_path):
    body = "Fordringar\n\n9\n\n400\n\n350\n\nKassa\n\n10,11\n\n12\n\n14\n\nSumma tillgångar\n\n412\n\n364\n\n"
    rows, _ = lines_of(tmp_path, NOTED + body)
    assert raw_of(rows["Fordringar"]) == ["400", "350"]
    assert raw_of(rows["Kassa"]) == ["12", "14"]
    assert raw_of(rows["Summa tillgångar"]) == ["412", "364"]


def test_a_total_printed_among_the_groups_below_it_gets_the_figures_left_over(tmp_path):
    body = "Fordringar\n\n9\n\n400\n\n350\n\nKassa\n\n10\n\n12\n\n14\n\n412\n\n364\n\n"
    below = "TILLGÅNGAR\nOmsättning\nSumma omsättning\nÖvrigt\nDatorer\n\n8\n\n5\n\n6\n\nInventarier\n\n7\n\n1\n\n2"
    rows, _ = lines_of(tmp_path, NOTED + body + below)
    assert raw_of(rows["Summa omsättning"]) == ["412", "364"]
    assert raw_of(rows["Datorer"]) == ["5", "6"]


def test_columns_named_alike_are_not_sure(tmp_path):
    heads = "Belopp i tkr\n\nUtfall\n\nHelår\nBudget\n\nAvvikelse\n\nPrognos\n\nAvvikelse\n\n"
    body = (
        "Bibliotek\n\n10\n\n11\n\n1\n\n20\n\n9\n\nMuseum\n\n20\n\n22\n\n2\n\n30\n\n8\n\nIdrott\n\n5\n\n7\n\n2\n\n8\n\n1"
    )
    rows, _ = lines_of(tmp_path, heads + body)
    assert all(sure < 0.8 for row in rows.values() for _, sure in row.values())


GROUPS = (
    "Belopp tkr\nIntäkter\nBidrag\nAvgifter\nSumma\nKostnader\nLöner\nHyror till kommunens\nfastigheter\n"
    "Köp av administrativa tjänster från\nKommunstyrelsen\nSumma"
)
FIGURES = "\n\n2026\n\n2025\n\n30\n4\n34\n\n20\n3\n23\n\n7\n9\n\n8\n10\n\n5\n\n6\n\n21\n\n24"


def test_labels_of_several_lines_and_groups_are_told_apart_by_gaps_and_sums(tmp_path):
    rows, _ = lines_of(tmp_path, GROUPS + FIGURES)
    assert raw_of(rows["Hyror till kommunens fastigheter"]) == ["9", "10"]
    assert raw_of(rows["Köp av administrativa tjänster från Kommunstyrelsen"]) == ["5", "6"]


def test_a_way_that_breaks_a_label_before_a_capital_is_not_proven(tmp_path):
    labels = GROUPS.replace("tjänster från\nKommunstyrelsen", "tjänster\nKommunstyrelsen")
    rows, _ = lines_of(tmp_path, labels + FIGURES)
    found = [values for label, values in rows.items() if "Bidrag" in label for values in [values]]
    assert all(confidence < 0.95 for row in found for _, confidence in row.values())


def test_a_group_that_may_stand_above_either_of_two_rows_is_no_guess(tmp_path):
    labels = "Belopp tkr\nBidrag\nAvgifter\nHyror\nLöner\nSumma\nResultat"
    rows, _ = lines_of(tmp_path, labels + "\n\n2026\n\n2025\n\n3\n4\n\n1\n2\n\n5\n12\n\n6\n9")
    assert not any(rows.values())


def indicators_of(tmp_path: Path, body: str):
    path = tmp_path / "report.txt"
    path.write_text(PROSE + body, encoding="utf-8")
    report, _ = print_report(read_file(path))
    return {row.indicator: [v.raw for v in row.values] for row in report.rows_of(IndicatorRow)}


GOAL = "Nämndmål\nEn levande stad\nför alla\n\nNämndindikator\nAntal besök på\nbibliotek"
VALUES = "\n\n2024\n19\n\n2025\n24\n\nMålvärde\nminst 30"


def test_a_block_that_opens_with_its_header_is_a_column(tmp_path):
    assert indicators_of(tmp_path, GOAL + VALUES) == {"Antal besök på bibliotek": ["19", "24", "minst 30"]}


def test_rows_below_the_first_follow_in_blocks_of_their_own(tmp_path):
    found = indicators_of(tmp_path, GOAL + "\nAntal lån" + VALUES + "\n\n7\n\n8\n\n9\n\n")
    assert found == {"Antal besök på bibliotek": ["19", "24", "minst 30"], "Antal lån": ["7", "8", "9"]}


def test_labels_that_are_more_than_rows_of_headed_columns_are_no_guess(tmp_path):
    assert not any(indicators_of(tmp_path, GOAL + "\nNöjda besökare\nHyror" + VALUES).values())


def test_figures_that_tell_their_year_and_labels_wider_than_a_column_make_rows_below_a_numbered_heading(tmp_path):
    label = "Andel tillsvidareanställda som slutat i kommunen utöver pensionsavgångar, i procent, bibliotek"
    heads = "2.1. Personalnyckeltal\nKulturnämnden\n2025\n\nHela\nkommunen\n2025\n\n"
    found = indicators_of(
        tmp_path, f"{heads}Kvalitetsindex\n\n74 (2024)\n\n62 (2024)\n\n{label}\n\n8\n\n9\n\nNöjda\n\n5\n\n6\n\n"
    )
    assert found["Kvalitetsindex"] == ["74 (2024)", "62 (2024)"]
    assert found[label] == ["8", "9"]


def test_lines_above_a_title_and_the_labels_header_are_no_column(tmp_path):
    path = tmp_path / "report.txt"
    body = "Bibliotek\n\n28 773\n\n28 216\n\nMuseum\n\n4 312\n\n4 220\n\n"
    front = "Lövhults kommun\n\nKulturnämnden – Uppföljning mars 2026\nDrift (tkr)\nVerksamhet\n\n"
    path.write_text(front + "Utfall\nack\n\nBudget\nack\n\n" + body, encoding="utf-8")
    content = read_file(path)
    assert content.tables[0].grid()[0][0].text == "Verksamhet"
    facts = find_facts(content)
    assert (facts.committee, facts.as_of) == ("Kulturnämnden", "2026-03-31")

from drawing import content, draw_table, heading, item, paragraph

from extract.readers import read_file
from extract.records.assignments import read_assignment_table, read_assignment_texts
from extract.records.report import print_report
from extract.records.sections import Place, walk_sections
from extract.records.table_kinds import classify_table
from schema.layout import Block, Box
from schema.printed import AssignmentRow


def test_table_gives_number_scope_status_and_comment():
    table = draw_table(
        """
        Kommungemensamma uppdrag | Status | Kommentar
        17. Samtliga nämnder ska spara el. | Pågår | Klart i maj
        Nämnden ska se över avgifter och | |
        taxor. | Klart |
        """
    )
    rows = read_assignment_table(table, classify_table(table), Place())
    assert [(r.number, r.text, r.status, r.comment) for r in rows[:1]] == [
        ("17", "Samtliga nämnder ska spara el.", "Pågår", "Klart i maj")
    ]
    assert {r.scope for r in rows} == {"all_committees"}


def test_a_number_alone_in_a_row_is_that_of_the_assignment_below_it():
    table = draw_table("Uppdrag | Status\n17 |\nNämnden ska spara el. | Pågår\nNämnden ska se över taxor. | Klart")
    rows = read_assignment_table(table, classify_table(table), Place())
    assert [(r.number, r.text) for r in rows] == [("17", "Nämnden ska spara el."), (None, "Nämnden ska se över taxor.")]


def test_rows_in_the_middle_of_a_sentence_and_details_go_on_with_the_assignment_above():
    table = draw_table(
        """
        Uppdrag | Status | Kommentar
        Nämnden får i uppdrag att se över | Avslutad | Klart i maj.
        sina avgifter. | | Taxan är ny.
        Uppdragsår 2025 Typ av KF/KS-uppdrag | | Den gäller nu.
        Uppdrag inom budgetbeslut | |
        Alla nämnder ska spara el. Uppdragsår 2024 | Pågår |
        """
    )
    rows = read_assignment_table(table, classify_table(table), Place())
    assert [(r.text, r.status, r.comment) for r in rows] == [
        (
            "Nämnden får i uppdrag att se över sina avgifter. "
            "Uppdragsår 2025 Typ av KF/KS-uppdrag Uppdrag inom budgetbeslut",
            "Avslutad",
            "Klart i maj. Taxan är ny. Den gäller nu.",
        ),
        ("Alla nämnder ska spara el. Uppdragsår 2024", "Pågår", None),
    ]


def test_rows_that_open_alike_under_one_lead_are_assignments_of_their_own():
    table = draw_table("Uppdrag | Status\nNämnden uppdras |\natt spara el | Pågår\natt se över taxor | Klart")
    rows = read_assignment_table(table, classify_table(table), Place())
    assert [(r.text, r.status) for r in rows[1:]] == [("att spara el", "Pågår"), ("att se över taxor", "Klart")]


def texts(*items):
    return [(r.scope, r.number, r.text) for r in read_assignment_texts(list(walk_sections(content(*items))))]


def test_numbered_and_named_sentences_in_a_section_on_assignments():
    found = texts(
        heading("Strategiska utvecklingsuppdrag"),
        paragraph("1. Samtliga nämnder ska minska utsläppen från resor."),
        paragraph("Nämnden har börjat arbeta med frågan och återkommer."),
        heading("Nämndspecifika uppdrag"),
        paragraph("Socialnämnden uppdras att korta köerna till första besök."),
    )
    assert found == [
        ("all_committees", "1", "Samtliga nämnder ska minska utsläppen från resor."),
        ("committee_specific", None, "Socialnämnden uppdras att korta köerna till första besök."),
    ]


def test_the_committees_standing_duties_are_no_assignments():
    assert not texts(heading("Nämndens uppdrag"), paragraph("Nämnden ska svara för myndighetsutövning enligt lag."))


def test_a_bold_sentence_in_the_section_is_an_assignment_whatever_its_size():
    given = "Uppdrag till samtliga nämnder att fasa ut engångsartiklar i plast till år 2020."
    found = texts(heading("Strategiska utvecklingsuppdrag", 2), heading(given, 4), paragraph("Ingår i planen."))
    assert found == [("all_committees", None, given)]


def test_an_assignment_over_rows_and_pages_of_a_text_is_one(tmp_path):
    header = "Centrala uppdrag                                Uppdragets status och kommentar\n"
    first = (
        "Nämnden får i uppdrag att utreda lokaler          Avslutad\n"
        "för kultur i norra delen. Utredningen ska\n"
        "                                                2025-12-01\n"
        "omfatta alla skolor.                            Uppdraget återrapporterades i november.\n\n"
        "Nämnden får i uppdrag att se över hur             Pågående\n"
        "avgifter tas ut och hur de kan\n\n"
    )
    second = (
        "sänkas för barn.                                En översyn pågår under våren.\n\n"
        "Uppdragsår                                      Arbetet sker med de andra nämnderna.\n2025\n"
        "Förvaltningen ska ta fram en plan för             Avslutad\n"
        "digitala böcker.\n"
        "                                                2025-11-14\n"
        "Uppdragsår 2025                                 Planen antogs i maj.\n"
    )
    pages = "\f".join(header + page for page in (first, second))
    path = tmp_path / "report.txt"
    path.write_text("Kulturnämnden\nÅrsrapport 2025\n\n" + pages, encoding="utf-8")
    report, _ = print_report(read_file(path))
    rows = [(row.text, row.status) for row in report.rows_of(AssignmentRow)]
    assert rows == [
        (
            "Nämnden får i uppdrag att utreda lokaler för kultur i norra delen. Utredningen ska omfatta alla skolor.",
            "Avslutad",
        ),
        (
            "Nämnden får i uppdrag att se över hur avgifter tas ut och hur de kan sänkas för barn. Uppdragsår 2025",
            "Pågående",
        ),
        ("Förvaltningen ska ta fram en plan för digitala böcker. Uppdragsår 2025", "Avslutad"),
    ]


def test_an_assignment_that_its_word_numbers_and_its_status_at_the_end_or_in_the_next_line_are_read():
    report, _ = print_report(
        content(
            heading("Uppdrag från kommunfullmäktige"),
            paragraph("Uppdrag 1: Nämnden får i uppdrag att utreda ett nytt bibliotek. Status: Pågår"),
            paragraph("Uppdrag 2: Nämnden får i uppdrag att minska sina lokaler."),
            paragraph("Status: Genomfört"),
            paragraph("Samtliga nämnder ska redovisa sin status: hur långt de har kommit, senast i maj."),
        )
    )
    assert [(row.number, row.text, row.status) for row in report.rows_of(AssignmentRow)] == [
        ("1", "Nämnden får i uppdrag att utreda ett nytt bibliotek.", "Pågår"),
        ("2", "Nämnden får i uppdrag att minska sina lokaler.", "Genomfört"),
        (None, "Samtliga nämnder ska redovisa sin status: hur långt de har kommit, senast i maj.", None),
    ]


def test_a_numbered_item_with_its_status_under_a_heading_on_assignments_is_one_whatever_its_words():
    report, _ = print_report(
        content(
            heading("Uppdrag från fullmäktige"),
            paragraph("1. Ta fram en lokalplan för grundskolan Status: Genomfört. Antagen i oktober."),
            paragraph("2. Läs mer om hur kommunens budget är uppställd."),
        )
    )
    assert [(row.number, row.text, row.status, row.comment) for row in report.rows_of(AssignmentRow)] == [
        ("1", "Ta fram en lokalplan för grundskolan", "Genomfört", "Antagen i oktober.")
    ]


def test_assignments_that_are_announced_have_their_status_and_what_is_remarked_on_them():
    one = "Uppdrag: Utreda digital tillsyn i kommunen. Status: Pågår Kommentar: Upphandlas i höst."
    items = (heading("Uppdrag från kommunfullmäktige"), paragraph(one), paragraph("Uppdrag: Sparsamhet."))
    found = read_assignment_texts(walk_sections(content(*items)))
    assert [(row.text, row.status, row.comment) for row in found] == [
        ("Utreda digital tillsyn i kommunen.", "Pågår", "Upphandlas i höst.")
    ]


def test_a_list_that_a_line_on_assignments_leads_and_numbered_items_that_end_in_a_status_are_assignments():
    report, _ = print_report(
        content(
            heading("Uppdrag"),
            paragraph("Fullmäktige har i budget 2026 gett nämnden i uppdrag att:"),
            item("• Se över reglementet för skolskjuts senast i juni."),
            item("• Utreda samordning av bibliotek."),
            paragraph("Förvaltningen arbetar dessutom med:"),
            item("• Nya rutiner för inköp och avtal."),
            item("1. Inför enhetliga taxor för lokaler. Pågår"),
        )
    )
    assert [(row.number, row.text, row.status) for row in report.rows_of(AssignmentRow)] == [
        (None, "Se över reglementet för skolskjuts senast i juni.", None),
        (None, "Utreda samordning av bibliotek.", None),
        ("1", "Inför enhetliga taxor för lokaler.", "Pågår"),
    ]


def test_a_status_that_stands_right_of_a_line_in_a_section_on_assignments_makes_it_one():
    def block(text: str, x0: float, top: float) -> Block:
        return Block("paragraph", text, page=1, box=Box(x0, top, x0 + 5 * len(text), top + 8))

    texts = ["Uppdrag", "Ta fram en plan för skolskjutsar", "Utred en gemensam elevhälsa", "Förvaltningen har börjat"]
    lines = [block(text, 70, 510 + 14 * i) for i, text in enumerate(texts)]
    statuses = [block(text, 444, 510 + 14 * i) for i, text in enumerate(["Status", "Genomfört", "Pågår"])]
    report, _ = print_report(content(heading("Uppdrag från kommunfullmäktige"), *lines, *statuses))
    found = [(row.text, row.status) for row in report.rows_of(AssignmentRow)]
    assert found == [(texts[1], "Genomfört"), (texts[2], "Pågår")]

import pytest
from typeset import read_typeset, texts

from normalize.status import assessment_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Uppnås", "met"),
        ("målet uppnås", "met"),
        ("bedöms ha uppnåtts", "met"),
        ("Helt uppfyllt", "met"),
        ("God måluppfyllelse", "met"),
        ("är uppnått", "met"),
        ("Målet kan uppnås", "met"),
        ("JA", "met"),
        ("Uppnås delvis", "partly_met"),
        ("nämndmålet är därför delvis uppnått", "partly_met"),
        ("I hög grad uppfyllt", "partly_met"),
        ("målet i stort uppnås", "partly_met"),
        ("Viss måluppfyllelse", "partly_met"),
        ("kan delvis uppnås", "partly_met"),
        ("Uppnås ej", "not_met"),
        ("Ej uppnått", "not_met"),
        ("bedöms inte kunna uppnås", "not_met"),
        ("har inte uppnåtts", "not_met"),
        ("Ingen måluppfyllelse", "not_met"),
        ("blir svårt att uppnå", "not_met"),
        ("Har brister", "not_met"),
        ("NEJ", "not_met"),
        ("Bedömning saknas", "not_assessed"),
        ("Mätningen är inte genomförd", "not_assessed"),
        ("Avser ej nämnd", "not_assessed"),
        ("Kan inte bedömas", "not_assessed"),
        ("Osäkert", "not_assessed"),
        ("Se kommentar", None),
        ("symbol:green", None),
        ("", None),
        (None, None),
    ],
)
def test_an_assessment_comes_to_a_code(text: str | None, code: str | None):
    assert assessment_code(text) == code


def test_a_symbol_means_what_the_reports_legend_says():
    legend = (("Grön", "Målet uppnås"), ("röd", "Målet uppnås ej"))
    assert assessment_code("symbol:green", legend) == "met"
    assert assessment_code("symbol:red dot", legend) == "not_met"
    assert assessment_code("symbol:yellow", legend) is None


def test_a_status_sign_set_larger_than_its_row_is_no_heading(tmp_path):
    """Word processors print status signs in a font and size of their own."""
    dot = '#text(size: 16pt, fill: green, "●")'
    rows = [
        ["Indikator", "2022", "Mål", "Status"],
        ["Andel trygga", "71 %", "75 %", dot],
        ["Antal platser", "410", "400", dot],
    ]
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    body = "#show table.cell.where(y: 0): strong\n#set table(stroke: (x, y) => (bottom: 0.5pt), inset: 5pt)\n"
    (found,) = read_typeset(tmp_path, body + f"#table(columns: (150pt, 50pt, 50pt, 50pt), {cells})").tables
    assert [row[:3] for row in texts(found)] == [row[:3] for row in rows]


def test_a_cell_painted_in_a_status_colour_is_a_symbol_and_shading_is_none(tmp_path):
    body = """#show table.cell.where(y: 0): strong
#table(columns: (120pt, 60pt, 50pt), fill: (_, y) => if y == 3 { rgb("dfe9e4") },
  [Indikator], [2023], [Status], [Andel trygga], [71 %], table.cell(fill: rgb("3aa655"))[],
  [Antal platser], [410], table.cell(fill: rgb("cf3a3a"))[], [Summa], [12], [])
"""
    (found,) = read_typeset(tmp_path, body).tables
    colours = {(cell.row, cell.symbol.colour, cell.symbol.shape) for cell in found.cells if cell.symbol}
    assert colours == {(1, "green", "square"), (2, "red", "square")}

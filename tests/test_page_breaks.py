"""Tables with stripes that run over a page break, some rows of which it cuts."""

import pytest
from drawing import draw_table
from typeset import read_typeset, texts

from extract.records.report import print_report
from extract.records.shape.header_rows import with_true_headers
from schema.printed import BudgetLine, IndicatorRow

HEADER = ["Volym", "Utfall 2023", "Utfall 2024"]
ROWS = [
    ["Hemtjänsttimmar", "126 905", "131 420"],
    ["Personer med trygghetslarm", "628", "655"],
    ["Korttidsplatser", "20", "18"],
    ["Vårddygn", "69 874", "70 310"],
]


def striped(height: int) -> tuple[str, str]:
    """Markup of the table with each second row shaded, on pages of a height."""
    page = f'#set page(width: 300pt, height: {height}pt, margin: 30pt)\n#set text(size: 9pt, lang: "sv", '
    page += 'font: "Libertinus Serif", hyphenate: false)\n'
    cells = ", ".join(f"[*{text}*]" for text in HEADER) + ", " + ", ".join(f"[{text}]" for row in ROWS for text in row)
    look = 'fill: (x, y) => if calc.odd(y) { rgb("#d3dfee") }, stroke: none, inset: 3pt, align: (x, y) => '
    look += "if x == 0 { left } else { right }"
    return page, f"#table(columns: (70pt, 60pt, 60pt), {look}, {cells})\n"


@pytest.mark.parametrize("height", range(100, 150, 6))
def test_a_striped_table_is_one_over_the_page_break(tmp_path, height):
    page, body = striped(height)
    content = read_typeset(tmp_path, body, page=page)
    assert [texts(table) for table in content.tables] == [[HEADER, *ROWS]]


def test_words_below_merged_headers_are_headers():
    drawing = "Grupp | 2023 | < | 2024 | <\n | Kvinnor | Män | Kvinnor | Män\n30–49 år | 7,6 | 4,9 | 7,2 | 5,1"
    assert with_true_headers(draw_table(drawing)).header_rows == (0, 1)
    named = drawing.replace("Grupp", "").replace("\n |", "\n31 december |")
    assert with_true_headers(draw_table(named)).header_rows == (0, 1)
    figures = "Grupp | 2023 | < | 2024 | <\n | 7,6 | 4,9 | 7,2 | 5,1\n30–49 år | 7,6 | 4,9 | 7,2 | 5,1"
    assert with_true_headers(draw_table(figures)).header_rows == (0,)


BUDGETED = "[Verksamhet, tkr], [Budget 2024], [Utfall 2024], [Bibliotek], [900], [910], [Museum], [400], [395]"
COLUMNS = "columns: (100pt, 60pt, 60pt), align: (left, right, right), stroke: none"


@pytest.mark.parametrize(
    ("between", "below"),
    [
        ("Tabell 2. Besök", f"#table({COLUMNS}, [Simhallen], [96 210], [88 450], [Ishallen], [41 800], [39 215])"),
        (
            "Besök",
            "#table(columns: (85pt, 45pt, 45pt, 45pt), align: (left, right, right, right), stroke: none, "
            "[Simhallen], [96 210], [88 450], [3], [Ishallen], [41 800], [39 215], [7])",
        ),
    ],
    ids=["another caption", "more columns"],
)
def test_a_table_without_a_header_takes_none_from_a_table_that_it_does_not_go_on_with(tmp_path, between, below):
    body = f"= Drift\n\nTabell 1. Kostnader\n#table({COLUMNS}, {BUDGETED})\n\n{between}\n\n{below}\n"
    report, _ = print_report(read_typeset(tmp_path, body))
    kinds = {line.line: {value.kind for value in line.values} for line in report.rows_of(BudgetLine)}
    assert kinds["Museum"] == {"budget", "outcome"} and "budget" not in kinds.get("Simhallen", set())
    assert not [row for row in report.rows_of(IndicatorRow) if any(v.kind == "budget" for v in row.values)]


@pytest.mark.parametrize(
    ("rest", "label"),
    [
        ("familjehem", "varav konsulentstödda familjehem"),
        ("familjehem får stöd.", "varav konsulentstödda"),
        ("Familjehem", "varav konsulentstödda"),
    ],
)
def test_the_last_words_of_a_label_may_stand_alone_on_the_next_page(tmp_path, rest, label):
    rows = "[*Volym*], [*2023*], [*2024*], [Placerade barn], [6], [8], [varav konsulentstödda], [1], [3]"
    body = f"#table(columns: (110pt, 60pt, 60pt), inset: 0pt, {rows})\n#pagebreak()\n{rest}\n"
    (found,) = read_typeset(tmp_path, body).tables
    assert texts(found)[-1] == [label, "1", "3"]

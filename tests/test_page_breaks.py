"""Tables with stripes that run over a page break, some rows of which it cuts."""

import pytest
from drawing import draw_table
from typeset import read_typeset, texts

from extract.records.shape.header_rows import with_true_headers

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
    figures = "Grupp | 2023 | < | 2024 | <\n | 7,6 | 4,9 | 7,2 | 5,1\n30–49 år | 7,6 | 4,9 | 7,2 | 5,1"
    assert with_true_headers(draw_table(figures)).header_rows == (0,)

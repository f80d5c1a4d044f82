"""Pages set in columns of text, with tables inside the columns."""

from typeset import read_typeset, texts

from extract.page.gutters import unglued
from schema.layout import Box, Word

PAGE = """
#set page(width: 480pt, height: 420pt, margin: 40pt, columns: 2)
#set text(size: 8pt, lang: "sv", font: "Libertinus Serif")
#show table.cell.where(y: 0): strong
#set table(stroke: (x, y) => (bottom: 0.4pt), inset: 3pt)
"""
PROSE = (
    "Nämnden har under året arbetat med att korta väntetiderna och stärka stödet till dem som behöver det mest. " * 4
)
LEFT = [["Verksamhet, tkr", "Bokslut", "Budget"], ["Hemtjänst", "9 871", "10 150"], ["Boende", "4 120", "4 000"]]
RIGHT = [["Indikator", "2022", "2023"], ["Andel trygga", "71 %", "74 %"], ["Antal platser", "410", "402"]]


def table(rows: list[list[str]]) -> str:
    cells = ", ".join(f"[{text}]" for row in rows for text in row)
    return f"#table(columns: (90pt, 40pt, 40pt), {cells})\n\n"


def test_columns_are_read_one_after_the_other(tmp_path):
    left = f"= Ekonomi\n\n{PROSE}\n\n{table(LEFT)}Vänsterspalten slutar här.\n\n{PROSE}\n\n"
    right = f"= Indikatorer\n\nHögerspalten börjar här.\n\n{PROSE}\n\n{PROSE}\n\n{table(RIGHT)}"
    content = read_typeset(tmp_path, left + "#colbreak()\n" + right, page=PAGE)
    assert [texts(found) for found in content.tables] == [LEFT, RIGHT]
    order = [block.text.split()[0] for block in content.blocks]
    assert order.index("Vänsterspalten") < order.index("Indikatorer") < order.index("Högerspalten")


def test_a_heading_across_the_columns_comes_first(tmp_path):
    across = '#place(top + center, scope: "parent", float: true)[= Ett år med stora förändringar för hela nämnden]\n'
    body = across + f"{PROSE}\n\n{PROSE}\n\n{table(LEFT)}#colbreak()\n{PROSE}\n\n{PROSE}\n\n{table(RIGHT)}"
    content = read_typeset(tmp_path, body, page=PAGE)
    assert content.blocks[0].text.startswith("Ett år")
    assert [texts(found) for found in content.tables] == [LEFT, RIGHT]


def test_a_table_goes_on_in_the_next_column(tmp_path):
    header, *_ = LEFT
    body = [[f"Verksamhet {n}", f"{n} 100", f"{n} 200"] for n in range(1, 31)]
    cells = ", ".join(f"[{text}]" for row in body for text in row)
    head = ", ".join(f"[{text}]" for text in header)
    markup = f"#table(columns: (90pt, 40pt, 40pt), table.header({head}), {cells})"
    content = read_typeset(tmp_path, f"{PROSE}\n\n{PROSE}\n\n{markup}\n\n{PROSE}\n\n{PROSE}", page=PAGE)
    (found,) = content.tables
    assert [row for row in texts(found) if row != header] == body


def test_a_wide_table_is_no_page_in_columns(tmp_path):
    header = ["Nämndmål", "Indikator", "2022", "2023", "Kommentar"]
    rows = [
        [f"Mål {n} som är viktigt", f"Andel nöjda {n}", f"{n} %", f"{n + 1} %", "Arbetet går framåt som planerat"]
        for n in range(1, 15)
    ]
    cells = ", ".join(f"[{text}]" for row in [header, *rows] for text in row)
    page = PAGE.replace(", columns: 2", "").replace("(bottom: 0.4pt)", "(:)")
    (found,) = read_typeset(tmp_path, f"#table(columns: (90pt, 80pt, 40pt, 40pt, 140pt), {cells})", page=page).tables
    assert texts(found) == [header, *rows]


def test_an_empty_page_among_pages_in_columns_is_read(tmp_path):
    columns = f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n#colbreak()\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n"
    content = read_typeset(tmp_path, columns + "#pagebreak()\n#pagebreak()\nSlut.", page=PAGE)
    assert content.number_of_pages == 4 and any(not page.words for page in content.pages)


def test_a_word_of_no_letters_is_not_parted():
    mark = Word("", Box(0, 0, 100, 10), 8)
    assert unglued(mark, [0, 50, 100]) == [mark]


def test_a_year_and_the_header_that_touches_it_are_parted_at_a_border():
    glued = Word("2024Utfall", Box(0, 0, 100, 10), 8)
    assert [word.text for word in unglued(glued, [0, 41, 100])] == ["2024", "Utfall"]

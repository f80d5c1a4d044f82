"""Scanned pages: a small report is typeset, printed to pictures and read back."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from fonts import set_with_typst
from PIL import Image

from extract.pdf import read_pdf
from extract.scan import engines, network
from extract.scan import read as scan
from extract.scan.engines import Read, available_engine
from extract.scan.level import middle_of, skew_of
from extract.scan.mend import mended_lines
from extract.scan.network import cut_to, quantised
from extract.scan.read import ocr_page
from extract.scan.sheet import clean_sheet
from extract.scan.sideways import with_sideways_names
from extract.scan.strips import raised_marks
from schema.layout import Content, Source, Word

SCALE = 200 / 72
ENGINES = [
    pytest.param(name, marks=pytest.mark.skipif(not found(), reason=f"{name} is not installed"))
    for name, (found, _) in engines.ENGINES.items()
]
REPORT = """
#set page(width: 420pt, height: 300pt, margin: 40pt)
#set text(font: "Libertinus Serif", size: 10pt)
#text(size: 16pt, weight: "bold")[Ekonomi]

Nämnden följer § 12 och åtgärderna pågår enligt plan, Åsa Öberg svarar för dem.

#table(columns: (140pt, 70pt, 70pt), inset: 5pt,
  fill: (_, row) => if row == 0 { rgb("#1b4f72") } else { none },
  text(fill: white, weight: "bold")[Belopp tkr], text(fill: white, weight: "bold")[Utfall],
  text(fill: white, weight: "bold")[Budget],
  [Förvaltning], [2 803], [1 500],
  [Särskilt boende], [12,5], [-9,0],
  [Summa], [2 815#super[1]], [0],
)
"""


def picture(source: str = REPORT, *, skew: float = 0.0, noise: float = 0.0, turn: int = 0) -> np.ndarray:
    page = pdfium.PdfDocument(set_with_typst(source.encode()))[0]
    image = page.render(scale=SCALE).to_pil().convert("RGB")
    image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white").rotate(turn, expand=True)
    grain = np.random.default_rng(1).normal(0, noise, (image.height, image.width, 1))
    return np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)


def words(image: np.ndarray, engine: str | None = None) -> tuple[Word, ...]:
    height, width = (side / SCALE for side in image.shape[:2])
    return ocr_page(image, number=1, width=width, height=height, scale=SCALE, engine=engine).page.words


def texts(read: tuple[Word, ...]) -> list[str]:
    return [word.text for word in read]


def read_scan_of(tmp_path: Path, image: np.ndarray) -> Content:
    path = tmp_path / "scan.pdf"
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PDF", resolution=200)
    path.write_bytes(buffer.getvalue())
    return read_pdf(Source("scan", "scan.pdf", "0" * 64, "application/pdf"), path)


def test_an_engine_comes_with_the_dependencies():
    assert available_engine() == "pp-ocr"


@pytest.mark.parametrize("engine", ENGINES)
def test_swedish_letters_and_signs_are_read(engine):
    read = texts(words(picture(), engine))
    assert {"Nämnden", "följer", "åtgärderna", "pågår", "Särskilt", "Budget"} <= set(read)


def test_capital_letters_with_rings_and_paragraph_signs_are_read():
    assert {"Åsa", "Öberg", "§", "12"} <= set(texts(words(picture())))


def test_a_skewed_noisy_scan_becomes_a_table(tmp_path):
    content = read_scan_of(tmp_path, picture(skew=1.0, noise=8))
    (table,) = content.tables
    rows = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert rows == [
        ["Belopp tkr", "Utfall", "Budget"],
        ["Förvaltning", "2 803", "1 500"],
        ["Särskilt boende", "12,5", "-9,0"],
        ["Summa", "2 815", "0"],
    ]
    assert table.grid()[3][1].markers == ("1",)
    assert content.pages[0].engine == "pp-ocr"
    assert all(0 < cell.confidence <= 1 for cell in table.cells)


def test_a_page_lit_from_one_side_is_read(tmp_path):
    image = picture()
    light = np.linspace(0.5, 1.0, image.shape[1])[None, :, None]
    content = read_scan_of(tmp_path, (image * light).astype(np.uint8))
    assert [[cell.text if cell else "" for cell in row] for row in content.tables[0].grid()][1:] == [
        ["Förvaltning", "2 803", "1 500"],
        ["Särskilt boende", "12,5", "-9,0"],
        ["Summa", "2 815", "0"],
    ]


def test_a_page_whose_text_layer_is_symbols_is_read_by_its_looks(tmp_path):
    Image.fromarray(picture()).save(tmp_path / "page.png")
    (tmp_path / "page.typ").write_text(
        "#set page(width: 420pt, height: 300pt, margin: 0pt, "
        'background: image("page.png", width: 420pt, height: 300pt))\n'
        f"#text(fill: rgb(0, 0, 0, 0))[{'╳╥┠╴╩ ' * 40}]",
        encoding="utf-8",
    )
    path = tmp_path / "page.pdf"
    path.write_bytes(set_with_typst(tmp_path / "page.typ"))
    assert "╳" in pdfium.PdfDocument(path)[0].get_textpage().get_text_range()
    content = read_pdf(Source("page", "page.pdf", "0" * 64, "application/pdf"), path)
    assert content.pages[0].engine == "pp-ocr"
    assert content.tables[0].grid()[1][1].text == "2 803"


def test_light_words_on_a_dark_band_are_read():
    assert {"Belopp", "tkr", "Utfall", "Budget"} <= set(texts(words(picture())))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(turn):
    image = picture(turn=turn)
    height, width = (side / SCALE for side in image.shape[:2])
    page = ocr_page(image, number=1, width=width, height=height, scale=SCALE).page
    assert "Förvaltning" in texts(page.words)
    assert (round(page.width), round(page.height)) == (420, 300)


def test_words_stand_where_they_are_printed():
    place = {word.text: word.box for word in words(picture())}
    own = pdfium.PdfDocument(set_with_typst(REPORT.encode()))[0].get_textpage()
    left, bottom, right, top = own.get_charbox(own.get_text_range().index("Ekonomi"))
    assert abs(place["Ekonomi"].x0 - left) < 1.5
    assert place["Ekonomi"].top < 300 - top + 3 and place["Ekonomi"].bottom > 300 - bottom - 1


def test_headings_are_larger_and_bold():
    look = {word.text: word for word in words(picture())}
    assert look["Ekonomi"].bold and not look["Nämnden"].bold
    assert look["Ekonomi"].size > 1.3 * look["Nämnden"].size


def test_lines_and_shading_are_found():
    image = picture()
    parse = ocr_page(image, number=1, width=420, height=300, scale=SCALE)
    across = [rule for rule in parse.page.rules if rule.is_horizontal]
    assert len(across) >= 3 and len(parse.page.rules) - len(across) >= 4
    assert any(fill.colour[2] > fill.colour[0] for fill in parse.fills)


@pytest.mark.parametrize("angle", [-3.7, -2.0, -0.4, 0.0, 1.3, 3.1])
def test_the_skew_is_measured(angle):
    grey = np.asarray(Image.fromarray(picture()).convert("L").rotate(angle, fillcolor=255))
    assert skew_of(grey) == pytest.approx(-angle, abs=0.1)


@pytest.mark.parametrize("levels", [[7], [0, 255], [3, 3, 9, 9], [250, 251, 255, 0, 4], list(range(256))])
def test_the_middle_of_grey_levels_is_their_median(levels):
    assert middle_of(np.array([levels], dtype=np.uint8)) == np.median(levels)


def test_a_flat_mark_is_a_dash_whatever_the_engine_says(monkeypatch):
    monkeypatch.setattr(scan, "reader_of", lambda _: lambda images: [[Read("1", 0, 9, 0.9)] for _ in images])
    assert texts(words(picture(REPORT.replace("[0]", "[–]")), "pp-ocr"))[-1] == "-"
    assert texts(words(picture(REPORT), "pp-ocr"))[-1] == "1"


def test_a_blank_page_has_no_words():
    assert words(np.full((800, 600), 250, np.uint8)) == ()


def test_only_raised_figures_are_marks():
    ink = np.zeros((20, 60), np.uint8)
    for left in (0, 12, 24):
        ink[2:20, left : left + 8] = 255
    ink[0:9, 36:40] = 255
    assert raised_marks(ink) == [(36, 0, 4, 9)]


def test_nothing_is_downloaded(monkeypatch):
    monkeypatch.setattr("socket.socket", lambda *_, **__: pytest.fail("the network was asked"))
    engines._model.cache_clear()
    line = np.full((30, 120), 255, np.uint8)
    assert engines.read_with_model([line]) == [[]]


def test_tesseract_answers_line_by_line():
    table = "level\tpage_num\tleft\twidth\tconf\ttext\n5\t2\t20\t40\t91.5\tUtfall\n4\t2\t0\t0\t-1\t\n"
    assert engines._from_tsv(table, 2) == [[], [Read("Utfall", 10, 50, 0.915)]]


def read_of(*texts: str) -> list[list[Read]]:
    return [[Read(word, 0, 1, 0.99) for word in text.split()] for text in texts]


def mended(*texts: str) -> list[str]:
    return [" ".join(word.text for word in line) for line in mended_lines(read_of(*texts))]


def test_a_lost_ring_is_put_back_where_it_makes_the_only_word():
    assert mended("TILLGANGAR", "forsta", "Hallbart") == ["TILLGÅNGAR", "första", "Hållbart"]
    assert mended("Anna", "kommunen", "IFO", "Granvik") == ["Anna", "kommunen", "IFO", "Granvik"]
    assert mended_lines(read_of("forsta"))[0][0].confidence < 0.9


def test_a_long_word_that_lost_a_letter_with_a_ring_or_dots_gets_it_back():
    assert mended("Sjukfrnvaro", "frskolan", "rende") == ["Sjukfrånvaro", "förskolan", "rende"]


def test_a_letter_that_only_other_languages_have_is_mended_where_that_makes_a_word():
    misread = ("Mâlområde", "Fokusomráde", "Pâgår", "Sápmi")
    assert mended(*misread) == ["Målområde", "Fokusområde", "Pågår", "Sápmi"]


def test_a_lost_letter_with_a_ring_is_put_back_where_that_makes_a_word():
    assert mended("Sjukfrnvaro (%)", "Kvarnvik") == ["Sjukfrånvaro (%)", "Kvarnvik"]


def test_a_pale_line_that_noise_leaves_in_pieces_is_one_line():
    page = np.full((120, 800, 3), 255, np.uint8)
    page[60, 50:750] = 225
    page[60, 100:300] = page[60, 500:600] = 200
    page[40, 50:750, :], page[40, 300:350, :] = 100, 255
    across = clean_sheet(page, SCALE).across
    (width,) = [width for _, top, width, _ in across if top == 60]
    assert 660 < width <= 700
    assert [width for _, top, width, _ in across if top == 40] == [pytest.approx(250, abs=2), pytest.approx(400, abs=2)]


def test_a_line_does_not_go_on_into_a_letter_above_it():
    page = np.full((400, 300, 3), 255, np.uint8)
    page[60:360, 100] = page[60:360, 200] = page[60, 100:200] = page[359, 100:200] = 0
    page[33:52, 99:102] = 60
    assert {top for _, top, _, _ in clean_sheet(page, SCALE).down} == {60}


def test_a_short_word_is_mended_among_other_words_alone():
    assert mended("Ei mätbart", "är ei klart", "Ei") == ["Ej mätbart", "är ej klart", "Ei"]


def test_a_point_among_commas_is_a_comma():
    assert mended("1,5", "2,0", "3,1", "-208.1", "4,0")[3] == "-208,1"


def test_points_stay_in_headings_and_where_points_are_usual():
    assert mended("1,5", "2,0", "3,1", "4,0", "2.1 Ekonomi")[4] == "2.1 Ekonomi"
    assert mended("1.5", "2.0", "3,1") == ["1.5", "2.0", "3,1"]


def test_light_lines_through_a_dark_header_are_no_letters():
    columns = "columns: (140pt, 70pt, 70pt), inset: 5pt,"
    image = picture(REPORT.replace(columns, columns + " stroke: 0.6pt + rgb(230, 230, 230),"))
    read = texts(words(image))
    assert {"Belopp", "tkr", "Utfall", "Budget"} <= set(read)
    assert not {"|", "l", "I"} & set(read)


def test_borderless_rows_are_one_table(tmp_path):
    source = """
#set page(width: 420pt, height: 300pt, margin: 40pt)
#set text(font: "Libertinus Serif", size: 9pt)
#table(columns: (150pt, 60pt, 60pt), stroke: none, inset: 5pt,
  [*Personal*], [*Augusti \\ 2022*], [*Målvärde \\ 2023*],
  [Antal tillsvidareanställda], [420], [425],
  [Total sjukfrånvaro], [5,6], [4,8],
  [Personalavgångar externt], [9,0], [-10],
)
"""
    (table,) = read_scan_of(tmp_path, picture(source, skew=0.5, noise=6)).tables
    rows = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert rows[0][0] == "Personal"
    assert [row[1:] for row in rows[-3:]] == [["420", "425"], ["5,6", "4,8"], ["9,0", "-10"]]


def test_a_picture_whose_lines_make_no_sense_has_no_words():
    rng = np.random.default_rng(3)
    image = np.full((600, 800, 3), 255, np.uint8)
    for left in range(40, 740, 14):
        for top in range(60, 540, 40):
            image[top : top + 16, left : left + 11] = 255 * (rng.random((16, 11, 1)) > 0.5)
    assert ocr_page(image, number=1, width=400, height=300, scale=2.0).page.words == ()


def test_a_photograph_without_print_is_looked_at_coarsely_alone(tmp_path, monkeypatch):
    read: list[float] = []
    own = scan.ocr_page
    monkeypatch.setattr(scan, "ocr_page", lambda image, **more: read.append(more["scale"]) or own(image, **more))
    printed = picture()
    shades = np.add.outer(np.arange(1600), np.arange(printed.shape[1])).astype(np.uint8)
    hills = np.repeat(shades[:, :, None], 3, axis=2)
    both = np.vstack([printed, hills])
    for name, shown, looked_at in (("hills", hills, [100]), ("report", printed, [200]), ("both", both, [100, 200])):
        file = tmp_path / f"{name}.pdf"
        Image.fromarray(shown).save(file, resolution=200)
        with pdfium.PdfDocument(file) as document:
            words = scan.read_scan(document, 0).page.words
        assert bool(words) == (name != "hills")
        assert [round(scale * scan.POINTS_TO_INCH) for scale in read] == looked_at
        read.clear()


def test_lines_that_make_no_sense_are_not_all_tried(monkeypatch):
    read: list[int] = []

    def nonsense(images):
        read.append(len(images))
        return [[Read("x", 0, 9, 0.1)] for _ in images]

    monkeypatch.setattr(scan, "reader_of", lambda _: nonsense)
    assert ocr_page(picture(), number=1, width=420, height=300, scale=SCALE, engine="pp-ocr").page.words == ()
    assert read == [scan.SAMPLE // 2] * 4  # in four directions


def test_a_photograph_is_not_levelled(monkeypatch):
    monkeypatch.setattr(scan, "PHOTOGRAPH", 1e9)
    monkeypatch.setattr(scan, "is_flat", lambda grey: False)
    monkeypatch.setattr(scan, "straighten", None)
    monkeypatch.setattr(scan, "reader_of", lambda _: lambda images: [[Read("x", 0, 9, 0.5)] for _ in images])
    parse = ocr_page(picture(skew=2.0), number=1, width=420, height=300, scale=SCALE, engine="pp-ocr")
    assert parse.page.words == () and parse.page.turned == 0


def test_print_on_a_photograph_is_levelled_and_read(monkeypatch):
    usual = ocr_page(picture(skew=0.7), number=1, width=420, height=300, scale=SCALE)
    monkeypatch.setattr(scan, "PHOTOGRAPH", 1e9)
    monkeypatch.setattr(scan, "is_flat", lambda grey: False)
    assert ocr_page(picture(skew=0.7), number=1, width=420, height=300, scale=SCALE) == usual


def test_what_was_seen_on_a_level_picture_is_not_sought_again(monkeypatch):
    image = np.ascontiguousarray(picture()[:, :, 0])
    usual = ocr_page(image, number=1, width=420, height=300, scale=SCALE, upright=True)
    seen = scan.see(image, SCALE)
    monkeypatch.setattr(scan, "clean_sheet", None)
    assert ocr_page(image, number=1, width=420, height=300, scale=SCALE, upright=True, seen=seen) == usual


SIDEWAYS = """
#set page(width: 420pt, height: 200pt, margin: 30pt)
#set text(font: "Libertinus Serif", size: 9pt)
#table(columns: (22pt, 120pt, 60pt, 60pt), inset: 4pt, stroke: 0.5pt,
  table.cell(rowspan: 5, align: horizon, rotate(-90deg, reflow: true)[Norra skolan]),
  [*Antal elever*], [*24/25*], [*25/26*],
  [Behov F], [20], [14], [Behov 1-3], [56], [54], [Behov 4-6], [46], [52], [Kapacitet], [175], [175],
)
"""


def test_a_name_set_sideways_over_its_rows_is_one_name_and_parts_no_row(tmp_path):
    (table,) = read_scan_of(tmp_path, picture(SIDEWAYS)).tables
    rows = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert [row[1:] for row in rows] == [
        ["Antal elever", "24/25", "25/26"],
        ["Behov F", "20", "14"],
        ["Behov 1-3", "56", "54"],
        ["Behov 4-6", "46", "52"],
        ["Kapacitet", "175", "175"],
    ]
    assert {row[0] for row in rows} <= {"", "Norra skolan"}
    assert "Norra skolan" in {row[0] for row in rows}


def test_a_narrow_column_of_figures_is_no_name():
    strips = [(10, 20 * row, 10, 14) for row in range(9)] + [(60, 20 * row, 90, 14) for row in range(9)]
    lines = [[Read("7", 0, 10, 1.0)]] * 9 + [[Read("Elever", 0, 90, 1.0)]] * 9
    page = np.full((200, 200), 255, np.uint8)
    assert with_sideways_names(page, strips, lines, lambda pictures: [[] for _ in pictures]) == (strips, lines)


@pytest.mark.skipif(engines._model_path() is None, reason="the model is not installed")
def test_a_model_cut_to_some_characters_weighs_them_as_the_whole_one_does(tmp_path):
    onnxruntime = pytest.importorskip("onnxruntime")
    path = engines._model_path()
    model, characters, places = cut_to(path, lambda character: character in "0123456789kr")
    whole, same, whole_places = cut_to(tmp_path_of_whole(path, tmp_path), lambda character: character in "0123456789kr")
    assert whole == (tmp_path / "whole.onnx").read_bytes() and same == characters
    assert characters[0] == "" and sorted(characters[1:]) == sorted("0123456789kr") and len(model) < len(whole) - 8e6
    lines = np.random.default_rng(1).uniform(-1, 1, (1, 3, 48, 96)).astype(np.float32)
    scores = []
    for each, own in ((model, places), (path.read_bytes(), whole_places)):
        session = onnxruntime.InferenceSession(each, providers=["CPUExecutionProvider"])
        found = session.run(None, {session.get_inputs()[0].name: lines})[0][0][:, own]
        scores.append(found / found.sum(axis=1, keepdims=True))
    assert np.allclose(*scores, atol=1e-4)


@pytest.mark.skipif(engines._model_path() is None, reason="the model is not installed")
def test_a_model_in_whole_numbers_is_smaller_and_reads_what_the_one_in_fractions_reads(monkeypatch):
    quick = words(picture(), "pp-ocr")
    made = cut_to(engines._model_path(), engines._is_permitted)[0]
    assert len(quantised(made)) < 0.4 * len(made) and quantised(quantised(made)) == quantised(made)
    monkeypatch.setattr(engines, "quantised", bytes)
    engines._model.cache_clear()
    try:
        exact = words(picture(), "pp-ocr")
    finally:
        engines._model.cache_clear()
    assert texts(quick) == texts(exact)
    assert quick != exact  # the two are not one and the same: confidence differs a little


def test_no_sum_of_two_products_of_whole_numbers_is_cut_off_on_any_processor():
    assert 2 * 255 * network.LARGEST < 2**15


def tmp_path_of_whole(path: Path, folder: Path) -> Path:
    """The model with a character more in its list than its last layer has answers for: no layer fits the list."""
    whole = folder / "whole.onnx"
    message = network._messages()["Model"].FromString(path.read_bytes())
    next(entry for entry in message.metadata_props if entry.key == network.CHARACTERS).value += "\n§§"
    whole.write_bytes(message.SerializeToString())
    return whole


def test_dark_words_on_a_band_of_middle_tone_are_read(tmp_path):
    source = REPORT.replace("1b4f72", "8ea9db").replace("fill: white, ", "")
    grid = read_scan_of(tmp_path, picture(source, noise=4)).tables[0].grid()
    assert [cell.text if cell else "" for cell in grid[0]] == ["Belopp tkr", "Utfall", "Budget"]


def test_nothing_is_left_of_the_edges_of_a_dark_band():
    page = np.full((120, 400, 3), 255, np.uint8)
    page[40:61, 20:371] = (92, 153, 211)
    blurred = np.asarray(Image.fromarray(page).resize((600, 180), Image.Resampling.BILINEAR))
    sheet = clean_sheet(blurred, SCALE)
    assert [shading.dark for shading in sheet.shadings] == [True] and not sheet.ink.any()


def test_a_shaded_header_whose_line_is_too_pale_to_see_is_a_row_of_its_own(tmp_path):
    lines = "stroke: (_, y) => (x: 1pt, top: if y == 1 { none } else { 1pt }, bottom: if y == 0 { none } else { 1pt }),"
    source = (
        REPORT.replace("1b4f72", "c6e0b4").replace("fill: white, ", "").replace("inset: 5pt,", f"inset: 5pt, {lines}")
    )
    grid = read_scan_of(tmp_path, picture(source)).tables[0].grid()
    assert [cell.text if cell else "" for cell in grid[0]] == ["Belopp tkr", "Utfall", "Budget"]
    assert [cell.text if cell else "" for cell in grid[1]] == ["Förvaltning", "2 803", "1 500"]


@pytest.mark.parametrize("points", ["..", "..."])
def test_points_alone_in_a_cell_are_as_many_as_are_printed(points, monkeypatch):
    monkeypatch.setitem(
        engines.ENGINES, "one point", (lambda: True, lambda lines: [[Read(".", 2, 8, 0.9)] for _ in lines])
    )
    assert points in texts(words(picture(REPORT.replace("[0]", f'[#"{points}"]')), "one point"))


def test_dots_of_a_page_without_colours_have_a_grey(tmp_path):
    source = (
        '#set page(width: 200pt, height: 100pt, margin: 40pt)\n#circle(radius: 5pt, fill: rgb("3aa655")) #h(9pt) Nås'
    )
    grey = np.asarray(Image.fromarray(picture(source)).convert("L"))
    (dot,) = ocr_page(grey, number=1, width=200, height=100, scale=SCALE).page.images
    assert (dot.colour, dot.shape) == ("", "dot") and abs(dot.tone - 124) <= 2


@pytest.mark.skipif(engines._model_path() is None, reason="the model is not installed")
def test_what_a_layer_adds_to_its_product_is_part_of_it():
    made = cut_to(engines._model_path(), engines._is_permitted)[0]
    graphs = [network._messages()["Model"].FromString(model).graph for model in (made, quantised(made))]
    sums = [sum(node.op_type == "Add" for node in graph.node) for graph in graphs]
    products = [node for node in graphs[1].node if node.op_type == "DynamicQuantizeMatMul"]
    summed = sum(len(node.input) == 5 for node in products)
    assert sums[0] - sums[1] == summed > 0.9 * len(products)

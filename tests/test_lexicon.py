"""Words, numbers and times stand in the lexicon and its vocabularies, once, and nowhere else in the code."""

import ast
import re
from pathlib import Path

import pytest
import simplemma

from schema import swedish
from schema.lexicon.assessments import find_assessments
from schema.lexicon.figures import is_amount, is_figure, measured
from schema.lexicon.labels import (
    has_inner_part,
    is_part_label,
    is_plan_title,
    summed_name,
    unit_of_amounts,
    without_part_word,
)
from schema.lexicon.periods import is_period, without_periods
from schema.lexicon.signs.bullets import is_bullet, item_opening, opens_with_bullet
from schema.lexicon.signs.pages import is_contents, is_page_number, is_page_of_pages
from schema.lexicon.text import after_coordination
from schema.lexicon.units import is_of_shares, without_money_unit
from schema.lexicon.values import is_missing, opens_like_value, value_at
from schema.lexicon.words import words
from schema.lexicon.years import recent_years, year_in
from schema.swedish import base_form
from schema.vocabulary import FOLDER, read_rows

SOURCE = Path(__file__).parent.parent / "src"
LEXICON = SOURCE / "schema" / "lexicon"

NUMBERS = re.compile(
    r"\\d(?:\\d|[{+*?\[])|\(\?:\\d[^)]*\)[{+*]"
    r"|\[0-9\][{+*?]|\[[0-9]-[0-9]\]|\(\?:19\|20\)|\(19\|20\)|(?<!\w)(?:19|20)(?:\\d|\[)"
)
"""How patterns of figures begin: `\\d\\d`, `\\d{1,3}`, `[0-9]+`, `(?:19|20)`, `[1-4]`; a lone `\\d` is none."""
LONG_MONTH = 5
MONTHS = re.compile("|".join(row["phrase"] for row in read_rows("months") if len(row["phrase"]) >= LONG_MONTH))
CLASSES = re.compile(r"\[[^\]]*\]")
"""`[a-zåäö]` in a pattern is no word."""
SHORTEST_WORD = 3
MAY_STAND = {
    "extract/word/tables.py": {"val"},  # names in the markup of Word files
    "extract/word/xml.py": {"val"},
    "extract/source.py": {"PowerPoint"},
    "namndata/browse/charts.py": {"mnkr", "tkr"},  # columns of the questions, and units that figures are shown in
    "namndata/run/archive.py": {"källor"},  # a folder of sources, which holds no reports
    "schema/lexicon/phrases.py": {"årtal"},  # how the vocabularies write any year
}
"""Swedish words in code, by module."""


def literals(path):
    """Yield the strings of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_bytes())
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    documentation = {id(node.value) for node in statements if isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def test_no_pattern_of_numbers_years_or_months_stands_outside_the_lexicon():
    modules = [path for path in sorted(SOURCE.rglob("*.py")) if LEXICON not in path.parents]
    assert len(modules) > 100
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {text}"
        for path in modules
        for line, text in literals(path)
        if (NUMBERS.search(text) or MONTHS.search(text))
    ]
    assert found == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(?:19|20)\d\d\b",
        r"(?:\d ?){4}",
        r"\((\d[^()]*)\)",
        r"\d{1,3}(?: \d{3})+",
        r"^\d+$",
        "[0-9]+",
        r"20[0-4]\d",
        "kvartal [1-4]",
        "januari",
    ],
)
def test_such_patterns_are_found(pattern):
    assert NUMBERS.search(pattern) or MONTHS.search(pattern)


def is_swedish(word):
    """Whether a word is Swedish and no English one."""
    folded = word.casefold()
    if re.search("[åäö]", folded):
        return True
    return simplemma.is_known(folded, lang="sv") and not simplemma.is_known(folded, lang="en")


def vocabulary():
    """Return the words of all rows."""
    rows = (row for path in FOLDER.glob("*.csv") for row in read_rows(path.stem))
    return {word for row in rows for cell in row.values() for word in re.findall(r"[^\W\d_]+", (cell or "").casefold())}


def test_no_word_of_the_vocabularies_stands_in_code():
    known = {word for word in vocabulary() if len(word) >= SHORTEST_WORD and is_swedish(word)}
    assert {"varav", "nämnden", "tkr", "ungefär"} <= known
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {word}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, text in literals(path)
        for word in re.findall(r"[^\W\d_]+", CLASSES.sub("", text))
        if word.casefold() in known and word not in MAY_STAND.get(path.relative_to(SOURCE).as_posix(), ())
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_a_vocabulary_says_what_it_is_and_has_no_row_twice(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    rows = [tuple(row.items()) for row in read_rows(path.stem)]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []
    used = [module for module in SOURCE.rglob("*.py") if f'"{path.stem}"' in module.read_text(encoding="utf-8")]
    assert used, "no module reads it"


def test_a_star_stands_for_an_ending_or_for_the_first_part_of_a_compound():
    whole_years, bodies = words("period_words", role="year"), words("assignment_words", role="subject")
    assert whole_years.find("Helårsprognos 2023").text == "Helårsprognos"
    assert whole_years.find("Helår").text == "Helår"
    assert bodies.opening("Socialnämnden ska").row["phrase"] == "*nämnden"
    assert bodies.opening("Nämnden ska") is None
    assert words("money_units").find("Belopp i T  kr").row["unit"] == "tkr"


@pytest.mark.parametrize("text", ["1 204", "−12,5 %", "(48)", "< 15 %", "i.u.", "I U", "–", "...", "2019", "12**"])
def test_a_figure_is_a_number_or_a_sign_for_a_missing_one(text):
    assert is_figure(text) and opens_like_value(text)


@pytest.mark.parametrize("text", ["Antal 12", "R9", "IFO", "1:a", "", "a b c"])
def test_words_are_no_figures(text):
    assert not is_figure(text)


def test_a_year_is_no_amount_and_an_amount_no_year():
    assert not is_amount("2019") and not is_amount("2021/22") and is_amount("2 019")
    assert (year_in("Budget2019"), year_in("120195")) == (2019, None)
    assert (recent_years("2019"), recent_years("2019–2021"), recent_years("1904")) == (("2019",), ("2019", "2021"), ())


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        ("Utfall jan-aug 2023", "Utfall"),
        ("Prognos T2", "Prognos"),
        ("Budget helår 2024", "Budget"),
        ("Helårsprognos", "Helårsprognos"),
        ("Utfall 202308", "Utfall"),
        ("Avvikelse 2022/23", "Avvikelse"),
    ],
)
def test_a_header_without_its_time_says_what_its_column_is(header, rest):
    assert without_periods(header).strip(" -") == rest


def test_a_period_may_be_all_of_a_header():
    assert is_period("Kv 3") and is_period("augusti") and not is_period("augusti utfall")


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [("< 15 %", "15", "%"), ("1 204 kr/inv", "1204", "kr/inv"), ("-3,5", "-3.5", ""), ("12 av 15", None, None)],
)
def test_the_one_number_of_a_cell_has_its_unit(cell, value, unit):
    found = measured(cell)
    assert (str(found.value), found.unit) == (value, unit) if value else found is None


@pytest.mark.parametrize("text", ["Minst 38", "ca 15 %", "uppgift", "ej mätt", "iu"])
def test_what_opens_like_a_value(text):
    assert opens_like_value(text) == (text not in ("uppgift", "ej mätt"))
    assert is_missing(text) == (text in ("ej mätt", "iu"))


def test_a_value_in_a_line_takes_its_range_and_remark():
    line = "Andel nöjda 26-34 % (2019) Öka"
    assert value_at(line, line.index("26")) == "26-34 % (2019)"
    assert value_at(line, 0) == ""


@pytest.mark.parametrize("label", ["varav lokaler", "- Därav hyror", "**varav** personal", "• varav IT"])
def test_a_part_is_told_by_its_word_whatever_stands_before_it(label):
    assert is_part_label(label)
    assert not without_part_word(label).casefold().startswith(("var", "där"))


def test_a_part_word_inside_a_label_joins_two_lines():
    assert has_inner_part("Personal varav lärare")
    assert not has_inner_part("Personal, varav lärare") and not has_inner_part("varav lärare")


def test_a_total_names_what_it_sums():
    assert (summed_name("Summa tillgångar"), summed_name("Delsumma Intäkter")) == ("tillgångar", "Intäkter")
    assert summed_name("Årets resultat") == "Årets resultat"


@pytest.mark.parametrize(
    ("title", "is_plan"),
    [("Driftbudget", False), ("Budget per verksamhet", True), ("Budget och utfall", False), ("Plan 2025-2027", True)],
)
def test_a_title_of_plans_is_told_from_one_of_outcomes(title, is_plan):
    assert is_plan_title(title) is is_plan


@pytest.mark.parametrize("word", ["•", "–", "o", "12.", "(3)", "b)"])
def test_a_word_that_opens_an_item(word):
    assert is_bullet(word)


def test_a_bullet_needs_a_space_and_a_number_a_stop():
    assert opens_with_bullet("• Trygghet") and opens_with_bullet("- Trygghet") and not opens_with_bullet("-12 Trygghet")
    assert item_opening("3. Trygghet") == "3. " and item_opening("3 Trygghet") == ""


def test_page_numbers_in_their_forms():
    assert all(map(is_page_number, ("7", "Sida 7", "sid. 7 (26)", "7 av 26", "7/26")))
    assert is_page_of_pages("7 (26)") and not is_page_of_pages("7/26") and not is_page_of_pages("2019 (2018)")
    assert is_contents(["Inledning .... 3", "Mål .... 4", "Ekonomi .... 9"])
    assert not is_contents(["Ärenden 9", "Beslut 4", "Besök 3"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Målet bedöms delvis ha uppnåtts under året.", ["Målet bedöms delvis ha uppnåtts"]),
        ("Nämndmålet är uppfyllt helt och hållet", ["Nämndmålet är uppfyllt helt"]),
        ("Resultaten uppnåddes inte.", []),
        ("Det har uppnåtts mycket.", []),
        ("Måluppfyllelsen: god måluppfyllelse", ["god måluppfyllelse"]),
        ("Ej uppnått. Målen nås delvis.", ["Ej uppnått", "Målen nås delvis"]),
    ],
)
def test_an_assessment_is_a_run_of_words_round_its_outcome(text, found):
    assert [assessment.text for assessment in find_assessments(text)] == found


def test_shares_and_units_of_money_are_told_by_their_signs():
    assert is_of_shares("Avv. i %") and is_of_shares("Budget 2023 %") and not is_of_shares("Lön 50 % tjänst")
    assert without_money_unit("Personal (tkr)") == "Personal" and without_money_unit("Skratt") == "Skratt"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Alla belopp är, om inte annat anges, i tkr.", "tkr"),
        ("Samtliga siffror (mnkr)", "mnkr"),
        ("Stora belopp, 12 tkr, gick till skolan.", None),
        ("Beloppen ses över. Avgiften är i kronor.", None),
    ],
)
def test_a_text_states_the_unit_of_amounts_with_no_figure_between(text, unit):
    assert unit_of_amounts(text) == unit


def test_the_first_parts_of_a_compound_are_left_out():
    assert after_coordination("Barn- och utbildningsnämnden ska") == "utbildningsnämnden ska"
    assert after_coordination("Vård-, omsorgs- och socialnämnden") == "socialnämnden"
    assert after_coordination("Nämnden ska") == "Nämnden ska"


@pytest.mark.parametrize("word", ["a\0b", "x" * 40_000, "b\x0bc"])
def test_what_is_no_word_is_not_looked_up_in_vain(word):
    assert not swedish.is_known(word)
    assert base_form(word).startswith(word[:1])


def test_swedish_words_that_were_kept_and_damaged_are_unpacked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(swedish, "_folder", lambda: tmp_path)
    (tmp_path / "sv.dic").write_bytes(b"no trie")
    found = swedish._factory.__wrapped__()
    assert found.get_dictionary("sv").get("barn") is not None
    assert (tmp_path / "sv.dic").stat().st_size > 1000

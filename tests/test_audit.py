"""The number ledger and the arithmetic checks."""

import pytest
from reports import amount, indicator

from namndata.audit.arithmetic import check_amounts, check_measures, check_report
from namndata.audit.comparisons import Statement, check_earlier_reports, check_same_figures
from namndata.audit.figures import amount_figure
from namndata.audit.ledger import account_for_numbers, find_loose_figures, find_regrouped
from normalize.report import NormalizedReport
from schema.layout import Block, Box, Cell, Content, Fragment, Page, Source, Table, Word

SOURCE = Source("a", "a.pdf", "00", "application/pdf")
NOWHERE = Box(0, 0, 0, 0)


def page(number, text, markers=""):
    words = [Word(word, NOWHERE, 10) for word in text.split()]
    return Page(number, 595, 842, (*words, *(Word(mark, NOWHERE, 6, is_marker=True) for mark in markers.split())))


def ledger_of(content, *values):
    return account_for_numbers(content, NormalizedReport(values))


def test_every_number_is_in_a_record_a_table_or_prose():
    table = Table(1, (Cell(0, 0, "År", page=1), Cell(0, 1, "2019", page=1), Cell(1, 1, "1 204", page=1)), page=1)
    content = Content(SOURCE, (Block("paragraph", "Se sidan 7.", 1), table), (page(1, "Se sidan 7. År 2019 1 204"),))
    [numbers], problems = ledger_of(content, indicator(row=1, raw="1 204", value=1204.0))
    assert (numbers.numbers, numbers.in_records, numbers.in_tables_only, numbers.in_prose) == (4, 2, 1, 1)
    assert (numbers.unaccounted, problems) == (0, ())


def test_a_number_that_nothing_kept_holds_is_a_problem():
    content = Content(SOURCE, (Block("paragraph", "Antal 12", 1),), (page(1, "Antal 12 13 13"),))
    [numbers], [problem] = ledger_of(content)
    assert (numbers.in_prose, numbers.unaccounted) == (1, 2)
    assert (problem.code, problem.page, problem.raw) == ("unaccounted_number", 1, "13, 13")


def test_footnote_marks_are_counted_one_by_one():
    prose = Block("paragraph", "Antal 12", 1, markers=("7", "8"))
    [numbers], [problem] = ledger_of(Content(SOURCE, (prose,), (page(1, "Antal 12", "7,8 9"),)))
    assert (numbers.numbers, numbers.in_prose) == (4, 3)
    assert (problem.code, problem.raw) == ("unaccounted_number", "9")


def test_a_number_kept_once_does_not_explain_it_twice():
    content = Content(SOURCE, (Block("paragraph", "Antal 12", 1),), (page(1, "Antal 12"), page(2, "Antal 12")))
    pages, problems = ledger_of(content)
    assert [numbers.unaccounted for numbers in pages] == [0, 1]
    assert len(problems) == 1


def test_text_that_runs_over_a_page_break_is_found_on_both_pages():
    moved = Fragment(2, None, "45 dagar")
    table = Table(1, (Cell(0, 0, "Högst 30 eller 45 dagar", page=1, fragments=(moved,)),), page=1)
    items = (Block("paragraph", "Se 1 och 2", 1), table)
    content = Content(SOURCE, items, (page(1, "Se 1 och Högst 30 eller"), page(2, "2 45 dagar")))
    pages, problems = ledger_of(content)
    assert [(numbers.in_tables_only, numbers.in_prose) for numbers in pages] == [(1, 1), (1, 1)]
    assert problems == ()


def test_a_file_without_pages_is_counted_from_its_text():
    content = Content(SOURCE, (Block("paragraph", "Antal 12"),), text="Antal 12 och 13")
    [numbers], [problem] = ledger_of(content)
    assert (numbers.page, numbers.numbers, numbers.unaccounted) == (None, 2, 1)
    assert problem.raw == "13"


def test_a_number_that_raw_text_glues_to_its_footnote_mark_is_found():
    table = Table(1, (Cell(0, 0, "BOU 113 VUX 34", markers=("7", "8")),))
    [numbers], problems = ledger_of(Content(SOURCE, (table,), text="BOU 1137 VUX 348"))
    assert (numbers.numbers, numbers.unaccounted, problems) == (2, 0, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Summa investeringar 18 900 40 100 27 900", 1),
        ("Under 2019 fick 12 av 15 barn plats i en förskola.", 0),
        ("Se sidorna 12 och 13.", 0),
        ("Äldrenämnden, verksamhetsberättelse 2021 1 (1)", 0),
        ("Protokollsutdrag 2024-03-26", 0),
        ("per den 31 augusti 2023 Revisionen 2023-10-17", 0),
        ("Vardagar 07:00 – 16:00, onsdag klockan 13:00 – 19:00", 0),
        ("2.2 Ekonomi ........... 12 2.3 Kontroll ........... 14", 0),
        ("2024-12-31 12,5 13,1 14", 1),
    ],
)
def test_a_lost_row_of_figures_is_a_problem(text, found):
    content = Content(SOURCE, (Block("paragraph", text, 2), Block("footnote", text, 2)))
    problems = list(find_loose_figures(content))
    assert [(problem.code, problem.page, problem.raw) for problem in problems] == [
        ("figures_outside_tables", 2, text)
    ] * found


def lines(*rows, **fields):
    """Amounts of one column from (label, value, total, parent)."""
    return [
        amount(label, value, row=row, is_total=total, parent=parent, **fields)
        for row, (label, value, total, parent) in enumerate(rows)
    ]


def results(values, kind):
    return [check.passed for check in check_amounts(values)[0] if check.kind == kind]


def test_a_total_is_the_sum_of_the_lines_above_it():
    assert results(lines(("a", 1, False, None), ("b", 2, False, None), ("Summa", 3, True, None)), "sum") == [True]


def test_shares_among_amounts_are_no_terms():
    rows = lines(("a", 68, False, None), ("b", 65, False, None), ("Summa", 67, True, None))
    checks, remarks = check_amounts([value.model_copy(update={"unit": "%"}) for value in rows])
    assert (checks, remarks) == ((), ())


def test_a_total_that_no_lines_come_near_is_a_remark_and_no_check():
    values = lines(("a", 40, False, None), ("b", 60, False, None), ("Summa", 900, True, None))
    checks, [remark] = check_amounts(values)
    assert checks == ()
    assert (remark.code, remark.severity, remark.row) == ("unchecked_total", "info", 2)


def test_a_total_that_misses_by_little_is_a_failed_check_that_names_its_cells():
    values = lines(("a", 447, False, None), ("b", 1000, False, None), ("Summa", 1457, True, None))
    [check], _ = check_amounts(values)
    assert (check.passed, check.expected, check.actual) == (False, 1447, 1457)
    assert check.cells == ((2, 1), (0, 1), (1, 1))
    assert "+10" in check.message


@pytest.mark.parametrize(("total", "agrees"), [(10.1, True), (10.2, True), (10.3, False)])
def test_rounding_may_move_a_total_by_half_a_unit_for_each_term(total, agrees):
    values = lines(
        ("a", 3.3, False, None), ("b", 3.3, False, None), ("c", 3.4, False, None), ("Summa", total, True, None)
    )
    assert results(values, "sum") == [agrees]


def test_parts_of_a_line_are_not_counted_twice():
    values = lines(
        ("Boende", 10, False, None),
        ("varav korttid", 4, False, "Boende"),
        ("Familjehem", 5, False, None),
        ("Summa", 15, True, None),
    )
    assert results(values, "sum") == [True]
    assert results(values, "part_of") == [True]


def test_parts_larger_than_the_whole_are_found():
    values = lines(("Boende", 10, False, None), ("varav a", 7, False, "Boende"), ("varav b", 6, False, "Boende"))
    assert results(values, "part_of") == [False]


def test_lines_under_a_heading_without_amounts_are_ordinary():
    values = lines(("a", 1, False, "Kostnader"), ("b", 2, False, "Kostnader"), ("Summa", 3, True, "Kostnader"))
    assert results(values, "sum") == [True]


def test_a_grand_total_sums_subtotals():
    values = lines(
        ("a", 1, False, None),
        ("b", 2, False, None),
        ("Summa A", 3, True, None),
        ("c", 5, False, None),
        ("d", 6, False, None),
        ("Summa B", 11, True, None),
        ("Summa", 14, True, None),
    )
    assert results(values, "sum") == [True, True, True]


@pytest.mark.parametrize("income", [-181, 181])
def test_cost_and_income_make_the_net_however_they_are_signed(income):
    values = lines(
        ("Summa", 1478, True, None),
        ("varav intäkter", income, False, "Summa"),
        ("varav kostnader", 1659, False, "Summa"),
    )
    assert results(values, "net") == [True]
    assert results(values, "part_of") == []


def test_a_frame_under_the_total_must_equal_what_is_planned():
    rows = lines(("a", -1447, False, None), ("Summa", -1447, True, None), ("Ram efter justeringar", 1457, False, None))
    planned = [value.model_copy(update={"kind": "budget"}) for value in rows]
    assert results(planned, "frame") == [False]
    assert results(planned[:2] + [planned[2].model_copy(update={"value": 1447.0})], "frame") == [True]
    assert results([value.model_copy(update={"kind": "outcome"}) for value in rows], "frame") == []
    result = amount("Årets resultat", 10, row=9, is_total=True).model_copy(update={"kind": "budget"})
    assert results([*planned, result], "frame") == []


def test_parts_of_a_variance_may_be_larger_than_it():
    rows = lines(("Kostnader", -2720, False, None), ("varav personal", -2870, False, "Kostnader"))
    assert results(rows, "part_of") == [False]
    assert results([value.model_copy(update={"kind": "variance"}) for value in rows], "part_of") == []


def variance_table(*rows):
    """Rows of (label, budget, outcome, variance)."""
    kinds = ("budget", "outcome", "variance")
    return [
        amount(row[0], value, row=number, col=col, kind=kind)
        for number, row in enumerate(rows)
        for col, (kind, value) in enumerate(zip(kinds, row[1:], strict=True), start=1)
    ]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_table_decides_which_way_its_variance_is_counted(sign):
    values = variance_table(("a", 10, 12, -2 * sign), ("b", 20, 15, 5 * sign), ("c", 7, 9, 2 * sign))
    assert results(values, "variance") == [True, True, False]


def test_income_may_be_counted_the_other_way_round():
    values = variance_table(("a", 10, 12, -2), ("b", 20, 15, 5), ("varav intäkter", 320, 397, 77))
    assert results(values, "variance") == [True, True, True]


def test_a_column_that_is_no_difference_of_the_others_is_not_claimed_to_be():
    assert results(variance_table(("a", 10, 12, 90), ("b", 20, 15, 80), ("c", 7, 9, 55)), "variance") == []


def test_without_a_budget_a_variance_is_the_change_between_two_columns():
    kinds = ("outcome", "outcome", "variance")
    rows = (("a", 10, 12, 2), ("b", 20, 15, -5), ("c", 7, 9, 4))
    values = [
        amount(row[0], value, row=number, col=col, kind=kind)
        for number, row in enumerate(rows)
        for col, (kind, value) in enumerate(zip(kinds, row[1:], strict=True), start=1)
    ]
    assert results(values, "variance") == [True, True, False]


def columns(*rows, header=("Budget 2024", "Budget 2025", "Totalt")):
    """Rows of (label, figures) under the given headers."""
    return [
        amount(label, value, row=number, col=col, column_label=header[col - 1])
        for number, (label, *values) in enumerate(rows)
        for col, value in enumerate(values, start=1)
    ]


def test_a_column_of_totals_is_the_sum_of_the_columns_beside_it():
    values = columns(("a", 1, 2, 3), ("b", 4, 5, 9), ("c", 6, 7, 23))
    assert results(values, "across") == [True, True, False]


def test_a_mean_among_totals_is_no_wrong_sum():
    values = columns(("a", 1, 2, 3), ("b", 4, 5, 9), ("Medelålder", 44.3, 46.5, 45.1), ("c", 6, 7, 23))
    assert results(values, "across") == [True, True, False]


def test_a_column_of_totals_that_sums_nothing_here_is_left_alone():
    assert results(columns(("a", 1, 2, 30), ("b", 4, 5, 90), ("c", 6, 7, 13)), "across") == []


def test_cost_and_income_without_signs_make_the_net_by_subtraction():
    values = [
        amount(label, value, row=row, col=col, is_total=label == "Nettokostnad")
        for row, (label, *figures) in enumerate((("Intäkter", 3, 4), ("Kostnader", 10, 12), ("Nettokostnad", 7, 8)))
        for col, value in enumerate(figures, start=1)
    ]
    assert results(values, "net") == [True, True]


def by_sex(whole, women, men):
    """An indicator with its values by sex, in as many columns as there are figures."""
    rows = (("Antal ärenden", whole, None), ("Kvinnor", women, "Antal ärenden"), ("Män", men, "Antal ärenden"))
    return [
        indicator(indicator=label, parent=parent, value=value, raw=f"{value:g}", row=row, col=col)
        for row, (label, figures, parent) in enumerate(rows)
        for col, value in enumerate(figures, start=1)
    ]


def test_counts_by_sex_make_the_whole():
    checks = check_measures(by_sex((10, 20, 31), (4, 12, 16), (6, 8, 4)))
    assert [(check.kind, check.passed) for check in checks] == [("sexes", True), ("sexes", True), ("sexes", False)]


def test_means_by_sex_are_not_taken_for_counts():
    assert check_measures(by_sex((65, 64, 63), (65, 64, 62), (66, 63, 64))) == ()


def table(number, figures, *, title="Drift", label="Boende"):
    """A table of two outcome columns."""
    return [
        amount(f"{label} {row}", value, table=number, row=row, col=1, kind="outcome", table_title=title)
        for row, value in enumerate(figures)
    ]


def same_figures(*values):
    return [check.passed for check in check_same_figures([value for group in values for value in group], ())]


def test_two_tables_that_agree_in_most_are_held_to_agree_in_all():
    assert same_figures(table(1, (5, 6, 7)), table(2, (5, 6, 9))) == [True, True, False]


def test_two_tables_that_agree_in_little_count_different_things():
    assert same_figures(table(1, (5, 6, 7)), table(2, (5, 16, 18))) == []


def test_a_figure_in_thousands_agrees_with_the_same_one_in_millions():
    thousands = [amount(name, value, unit="tkr", amount_sek=value * 1e3) for name, value in (("a", 1549), ("b", 2600))]
    millions = [
        amount(name, value, table=2, unit="mnkr", amount_sek=value * 1e6) for name, value in (("a", 1.5), ("b", 2.6))
    ]
    rows = [
        value.model_copy(update={"row": row}) for values in (thousands, millions) for row, value in enumerate(values)
    ]
    assert [check.passed for check in check_same_figures(rows, ())] == [True, True]


def test_the_summary_holds_the_totals_of_the_detailed_tables():
    detail = [
        amount(label, value, row=row, is_total=label == "Summa", kind=kind, col=col, table_title="Barn och unga")
        for row, (label, *figures) in enumerate((("Boende", 3, 4), ("Vård", 5, 6), ("Summa", 8, 10)))
        for col, (kind, value) in enumerate(zip(("budget", "outcome"), figures, strict=True), start=1)
    ]
    summary = [
        amount("Barn och unga", value, table=2, row=0, kind=kind, col=col)
        for col, (kind, value) in enumerate((("budget", 8), ("outcome", 10)), start=1)
    ]
    assert same_figures(detail, summary) == [True, True]


def test_an_outcome_is_held_against_the_newest_earlier_report():
    def stated(document, edition, value):
        return "key", Statement(document, edition, amount_figure(amount("Boende", value, row=1, kind="outcome")))

    statements = [stated("a", "2019", 5), stated("c", "2021", 7), stated("b", "2020", 7)]
    found = [(document, check.passed) for document, check in check_earlier_reports(statements)]
    assert found == [("b", False), ("c", True)]


@pytest.mark.parametrize(("sign", "convention"), [(1, "budget_less_outcome"), (-1, "outcome_less_budget")])
def test_each_tables_sign_conventions_are_found_by_its_sums(sign, convention):
    rows = (("Kostnad a", 10, 12, -2), ("Kostnad b", 20, 15, 5), ("Summa kostnader", 30, 27, 3))
    values = [
        value.model_copy(update={"is_total": value.line.startswith("Summa"), "value": value.value * sign})
        for value in variance_table(*rows)
    ]
    values = [v if v.kind == "variance" else v.model_copy(update={"value": v.value * sign}) for v in values]
    [found] = check_report(NormalizedReport(tuple(values))).conventions
    assert (found.table, found.cost_sign, found.variance) == (1, "positive", convention)


def test_costs_printed_with_a_minus_are_told():
    values = lines(("Kostnad a", -10, False, None), ("Kostnad b", -5, False, None), ("Summa", -15, True, None))
    [found] = check_report(NormalizedReport(tuple(values))).conventions
    assert (found.cost_sign, found.variance) == ("negative", None)


def test_a_number_that_a_narrow_column_broke_is_found_in_both_its_parts():
    table = Table(1, (Cell(0, 0, "unga:1292", lines=("unga:129", "2"), page=1),), page=1)
    [numbers], problems = ledger_of(Content(SOURCE, (table,), (page(1, "unga:129 2"),)))
    assert (numbers.unaccounted, problems) == (0, ())


def test_lines_that_hold_other_digits_than_the_cell_hide_nothing():
    table = Table(1, (Cell(0, 0, "12", lines=("12", "7"), page=1),), page=1)
    [numbers], _ = ledger_of(Content(SOURCE, (table,), (page(1, "12 7"),)))
    assert numbers.unaccounted == 1


def test_cells_whose_numbers_may_be_grouped_wrongly_are_listed_once():
    value = indicator(raw="12 14", doubts=("several_figures", "broken_label"))
    found = list(find_regrouped(NormalizedReport((value, value))))
    assert [(problem.code, problem.raw, problem.row) for problem in found] == [("several_figures", "12 14", 0)]

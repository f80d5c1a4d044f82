"""The work on a long text grows with its rows: calls are counted over the whole path, in each shape that lists have."""

import random
from collections import Counter
from cProfile import Profile
from math import inf
from time import process_time

import pytest
from reports import amount

from extract.facts.find import find_facts
from extract.facts.words import REACH, _ending, ends_with
from extract.grid.headers.placed import Stretches
from extract.marked.read import read_text
from extract.raw.headers.printed import find_header
from extract.raw.lines import read_lines
from extract.raw.rows import KnownGoals
from extract.raw.unspaced.read import DenseTable
from extract.records.report import print_report
from extract.source import kind_of
from namndata.audit.addends import Addends
from namndata.audit.arithmetic import SIDES, best_borne_out, check_report, distance, net_checks, sum_checks
from namndata.audit.comparisons import FEWEST_ROWS
from namndata.audit.figures import money_tables
from namndata.audit.ledger import account_for_numbers
from normalize.report import normalize_report
from schema.layout import Source
from schema.lexicon.headers import runs
from schema.vocabulary import read_rows

HEAD = "Lövhults kommun\nSocialnämnden\nVerksamhetsberättelse 2024\n\n"
PLACES = ("hemtjänsten", "förskolan", "biblioteket", "simhallen", "öppenvården", "kulturskolan", "gymnasiet")
FEW, MANY = 40, 160
MOST = 1.3
"""So many times faster than the rows the calls may grow; work on each row for each other would be four times."""


def label(number):
    return f"Andel nöjda besökare i {PLACES[number % 7]} i område {number}"


def values(number):
    return f"{number % 90 + 3} % {number % 80 + 4} % {number % 70 + 5} %"


def goals(rows):
    head = "Nämndmål Nämndindikator 2022 2023 2024 Målvärde\n"
    lines = (
        f"{'' if n % 5 else f'God vård i område {n}' + chr(10)}{label(n)} {values(n)} Minst 90 %" for n in range(rows)
    )
    return head + "\n".join(lines)


def sexes(rows):
    parts = (f"{label(n)} {n + 90} {n + 80}\nKvinnor {n + 50} {n + 50}\nMän {n + 40} {n + 30}" for n in range(rows))
    return "Nämndindikator 2023 2024\n" + "\n".join(parts)


def small_tables(rows):
    head = "\nVerksamhet Budget 2024 Utfall 2024 Avvikelse\n"
    lines = (f"{head if not n % 10 else ''}Del {n} {PLACES[n % 7]} {n + 900} {n + 700} 200" for n in range(rows))
    return "\n".join(lines)


def prose(rows):
    told = "Nämnden har under året förbättrat stödet, och socialnämnden når inte målet för delårsrapporten."
    return "Nämndindikator 2022 2023 2024\n" + "\n".join(f"{label(n)} {values(n)}\n{told}" for n in range(rows))


def totals(rows):
    """Sums of which every second is wrong, and nets of costs and income."""
    lines = []
    for n in range(0, rows, 4):
        cost, income = n + 900 + n % 8, n % 50 + 100
        lines += [f"Del {n} {n + 400} {n + 400}", f"Enhet {n} 500 500", f"Summa kostnader {cost} {cost}"]
        lines += [f"Summa intäkter {income} {income}", f"Nettokostnad {cost - income} {cost - income}"]
    return "Driftsammandrag\n\nVerksamhet Budget 2024 Utfall 2024\n" + "\n".join(lines)


def kept_columns(rows):
    lines = (f"{label(n):<60}{n % 90 + 3:>10} %{n % 80 + 4:>10} %{'Minst 90 %':>16}" for n in range(rows))
    return f"{'Nämndindikator':<60}{'2023':>12}{'2024':>12}{'Målvärde':>16}\n" + "\n".join(lines)


def one_line(rows):
    """A table whose lines a converter joined."""
    return " ".join(line.strip() for line in kept_columns(rows).splitlines())


def columns(rows):
    """A table as wide as others are long."""
    head = " | ".join(f"Del {n} utfall {2000 + n % 20}" for n in range(rows))
    lines = (f"| {PLACES[k]} | " + " | ".join(str(n + 100 * k) for n in range(rows)) + " |" for k in range(4))
    return f"| Verksamhet | {head} |\n|{'---|' * (rows + 1)}\n" + "\n".join(lines)


def wide_kept_columns(rows):
    """The same in columns that spaces keep."""
    lines = [f"{PLACES[k]:<20}" + "".join(f"{n + 100 * k:>24}" for n in range(rows)) for k in range(4)]
    head = f"{'Verksamhet':<20}" + "".join(f"{f'Del {n} utfall {2000 + n % 20}':>24}" for n in range(rows))
    return "\n".join([head, *lines])


def months(rows):
    """Values with a remark before and a month behind them."""
    head = "Nämndindikator Utfall 2023 Utfall 2024 Målvärde\n"
    told = ("(31 augusti 2023) Augusti 2024:", "Minst 90 %")
    lines = (f"{label(n)} {n % 90 + 3} % {told[0]} {n % 80 + 4} % {told[1]}" for n in range(rows))
    return head + "\n".join(lines)


def dates(rows):
    """A paragraph as long as tables are, each of its sentences with three years and two kinds of paper."""
    told = "beslutade nämnden om verksamhetsberättelsen, dnr"
    return " ".join(f"Den {n % 28 + 1} mars {2015 + n % 9} {told} {n}/{2015 + n % 9}. Budget {n}." for n in range(rows))


SHAPES = (
    goals,
    sexes,
    small_tables,
    prose,
    totals,
    kept_columns,
    one_line,
    columns,
    wide_kept_columns,
    months,
    dates,
)


def calls(text, path):
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    source = Source("rapport", path.name, "", kind_of(path).media_type)
    with Profile() as profile:
        content = read_text(source, path)
        printed, _ = print_report(content, find_facts(content))
        normalized = normalize_report(printed)
        check_report(normalized)
        account_for_numbers(content, normalized)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_on_a_text_grows_with_its_rows(shape, tmp_path):
    path = tmp_path / ("rapport.md" if shape is columns else "rapport.txt")
    calls(shape(MANY), path)  # what is loaded and remembered once is so here
    few, many = calls(shape(FEW), path), calls(shape(MANY), path)
    assert many < MOST * MANY / FEW * few


@pytest.mark.parametrize("shape", [dates, wide_kept_columns])
def test_the_time_that_a_text_takes_grows_with_it(shape, tmp_path):
    """What one call does may grow as well: four times the rows would take sixteen times as long, not up to twelve."""
    path = tmp_path / "rapport.txt"

    def seconds(rows):
        path.write_text(HEAD + shape(rows) + "\n", encoding="utf-8")
        source = Source("rapport", path.name, "", kind_of(path).media_type)
        start = process_time()
        print_report(content := read_text(source, path), find_facts(content))
        return process_time() - start

    seconds(FEW)
    few, many = (min(seconds(rows) for _ in range(3)) for rows in (MANY, 4 * MANY))
    assert many < 12 * few


def test_what_goes_before_a_place_is_told_from_its_end():
    words = ["jämfört med år", "mot", "från", "fram till", "denna", "t o m", "x", "imot", "2024.", "Målbild"]
    chosen = random.Random(3)
    told = []
    for _ in range(2000):
        text = " ".join(chosen.choices(words, k=chosen.randint(1, 40)))
        end = chosen.randint(0, len(text))
        for kind in ("aim", "compared", "this", "until"):
            told.append(ends_with(kind, text, end))
            assert told[-1] == ends_with(kind, text[:end]) == bool(_ending(kind).search(text[:end]))
    assert 200 < sum(told) < 7500
    assert all(len(row["word"]) < REACH for row in read_rows("fact_words"))


def test_stretches_between_places_are_found_in_whatever_order():
    chosen = random.Random(4)
    for _ in range(300):
        stretches = [
            (start := chosen.randint(0, 20), start + chosen.randint(0, 6)) for _ in range(chosen.randint(0, 9))
        ]
        start, end = chosen.randint(0, 25), chosen.randint(0, 25)
        found = [i for i, (first, last) in enumerate(stretches) if first <= start and last >= end]
        assert Stretches(stretches).reaching(start, end) == found


def test_a_column_is_left_empty_where_that_is_no_dearer():
    """The rows of a table are the same as where every way to fill a column is followed."""
    words = (
        "Andel",
        "nöjda",
        "12 %",
        "7",
        "2023",
        "Öka",
        "minst 8 %",
        "i område",
        "-",
        "Kvinnor",
        "3 400",
        "ca 5 kr/inv",
    )
    head = "Nämndmål Nämndindikator 2022 2023 2024 Målvärde\n"
    chosen = random.Random(5)
    rows = "\n".join(" ".join(chosen.choices(words, k=chosen.randint(1, 9))) for _ in range(60))
    columns = find_header(lines := read_lines((head + rows).split("\n")), 0).columns

    def divided(table):
        return [[(col, [line.text for line in own]) for col, own in row.cells.items()] for row in table.rows()[0]]

    class Whole(DenseTable):
        def _value(self, *given):
            return super()._value(*given[:-1], inf)

    given = (lines[1:], columns, KnownGoals(Counter(), frozenset()))
    told = divided(DenseTable(*given, printed=set()))
    assert told == divided(Whole(*given, printed=set()))
    assert len(told) > 20


def test_what_cannot_end_a_head_is_no_head(monkeypatch):
    """Whatever words stand beside each other: reading all runs gives what reading those that may be heads gives."""
    text = "Utfall Nämnd- indikator Målvä rde budget Prog nos mål för Redov av barn hemtjänst Kost-nader i % 2) P"
    words = text.split()
    chosen = random.Random(1)
    tried = [tuple(chosen.choices(words, k=chosen.randint(1, 5))) for _ in range(3000)]
    told = [runs.head_at(run) for run in tried]
    runs._head.cache_clear()
    monkeypatch.setattr(runs, "_may_end_head", lambda run: True)
    assert [runs.head_at(run) for run in tried] == told
    runs._head.cache_clear()
    assert 100 < sum(head is not None for head in told) < len(told)


def sets_of(table, total):
    """All sets of lines that a total may sum up."""
    above = [line for line in table.lines if line.row < total.row]
    totals, ordinary = [x for x in above if x.is_total], [x for x in table.ordinary if x.row < total.row]
    since = [line for line in ordinary if not totals or line.row > totals[-1].row]
    yield since
    if totals:
        yield from ([totals[-1], *since], [*totals, *since], ordinary)
    yield from (totals[start + 1 :] for start in range(len(totals) - 1))


def best(attempts):
    return max(attempts, key=lambda checks: sum(check.passed for check in checks), default=[])


def test_sums_that_are_left_out_are_none_that_would_be_taken():
    chosen = random.Random(2)
    labels = ("Skola", "Vård", "Summa", "Summa kostnader", "Summa intäkter", "Nettokostnad", "Totalt")
    for _ in range(150):
        rows = [(chosen.choice(labels), [chosen.randint(-3, 9) for _ in range(2)]) for _ in range(14)]
        amounts = [
            amount(table=1, row=n, col=col, line=name, value=v, raw=str(v), is_total=name not in ("Skola", "Vård"))
            for n, (name, figures) in enumerate(rows, 1)
            for col, v in enumerate(figures, 1)
        ]
        [table] = money_tables(amounts)
        addends = Addends(table)
        for total in table.totals:
            likely = [lines for lines in addends.likely(total) if lines]
            every = [lines for lines in sets_of(table, total) if lines]
            whole = best(sum_checks(total, lines) for lines in every)
            ours = best(sum_checks(total, lines) for lines in (*likely, *addends.fitting(total)))
            assert [c for c in (whole, ours) if any(x.passed for x in c)] in ([], [whole, whole])
            nets = [
                best_borne_out(net_checks(total, lines, side) for lines in sets for side in SIDES)
                for sets in (every, (*likely, *addends.fitting(total, SIDES)))
            ]
            assert nets[0] == nets[1]
            near = [
                min(map(distance, a), default=9)
                for a in (
                    [sum_checks(total, lines) for lines in every],
                    [sum_checks(total, lines) for lines in (*likely, *addends.nearest(total))],
                )
            ]
            assert near[0] == near[1] or min(near) > 0.05
    assert FEWEST_ROWS == 2

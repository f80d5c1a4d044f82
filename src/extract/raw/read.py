"""Raw PDF text, whose columns are gone → content with tables.

Begins with the lines of the file, ends with blocks and tables in reading order. Where a value's column
was worked out rather than read, its cell says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.raw.blocks.headed import read_headed
from extract.raw.blocks.parts import BlockLines, Found
from extract.raw.blocks.read import read_blocks
from extract.raw.blocks.table import table_of_blocks
from extract.raw.headers.find import headers_at
from extract.raw.headers.model import Header
from extract.raw.headers.printed import find_header
from extract.raw.lines import Line, footnote_block, read_lines, take_notes
from extract.raw.loose import read_outside, unknown_columns
from extract.raw.model import FlowTable, to_table
from extract.raw.rows import OPENING, SHORTEST_KNOWN, KnownGoals
from extract.raw.spaced.ends import in_file, with_ends, with_parts
from extract.raw.spaced.headers import heads_columns
from extract.raw.spaced.parts import keeps_columns
from extract.raw.spaced.read import read_spaced
from extract.raw.tables import Words, read_table
from extract.raw.unspaced.one_line import parted_lines
from schema.layout import Block, Content, Item, Source, Table, numbered
from schema.lexicon.figures import is_count
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.headers import is_header_word
from schema.lexicon.labels import titles_no_table
from schema.lexicon.numbers import without_figures
from schema.lexicon.periods import dates_a_value
from schema.lexicon.signs.marks import take_marks
from schema.lexicon.signs.pages import ends_with_page, is_page_of_pages
from schema.lexicon.text import fold
from schema.lexicon.wordbreaks import Known
from schema.lexicon.years import years_in

LONGEST_GOAL = 110
FEWEST_RUNNING_HEADS = 3
"""Pages that open or end with the same line before it counts as running."""
LONGEST_PAGE_NUMBER = 3
FURNITURE_REACH = 6
"""A page number alone stands within this many lines of a `4 (26)`."""

_WORD = re.compile(r"[^\W\d_]{3,}")


def read_flow(source: Source, raw: Sequence[str]) -> Content:
    """Read the lines of a raw PDF text."""
    ended = with_ends(raw)
    if keeps_columns([text for _, text in ended]):
        numbers = [number for number, _ in ended]
        lines, furniture = _take_furniture(with_parts(read_lines([text for _, text in ended], indented=True), numbers))
        lines, notes = take_notes(lines)
        return in_file(read_spaced(source, lines, furniture, notes), numbers)
    lines, furniture = _take_furniture(read_lines(raw))
    lines, notes = take_notes(lines)
    lines = parted_lines(lines)
    words = Words(_known_words(lines), _known_goals(lines), _has_partial_year(lines))
    items: list[Item] = [*furniture, *(footnote_block(note) for note in notes)]
    tables: list[FlowTable] = []
    prose: list[Line] = []
    index = 0
    before: Found | None = None
    text = BlockLines(lines)
    while index < len(lines):
        block = read_blocks(text, index, before)
        if block is not None:
            items += read_outside([*prose, *block.title])
            prose, before, index = [], block, block.end
            tables.append(table_of_blocks(block, words.known))
            continue
        headed = read_headed(text, index, words.known) if lines[index].text else None
        if headed is not None:
            items += read_outside(prose)
            prose, before, index = [], None, headed.end
            tables.append(headed)
            continue
        before = before if lines[index].is_blank else None
        read = (read_table(lines, header, words) for header in headers_at(lines, index))
        found = next((table for table in read if table is not None), None)
        if found is None:
            prose.append(lines[index])
            index += 1
            continue
        prose += _heading_lines(lines, found.header)
        items += read_outside(prose)
        prose = []
        tables.append(found)
        items += [_furniture(line) for line in found.repeated if not line.is_blank]
        index = found.end
    items += read_outside(prose)
    return _content(source, items, tables)


def _heading_lines(lines: Sequence[Line], header: Header) -> list[Line]:
    """The header of the label column, alone in its line above the others, is the table's heading as well."""
    first = header.columns[0]
    is_title = first.role in ("volume", "personnel", "line") and not titles_no_table(first.label)
    return [lines[header.start]] if is_title and first.label == lines[header.start].text else []


def _content(source: Source, items: list[Item], tables: Sequence[FlowTable]) -> Content:
    """Set everything in reading order and number the tables."""
    made = [(to_table(found, 0), found.problems) for found in tables]
    ordered = numbered(sorted([*items, *(table for table, _ in made)], key=lambda item: item.line or 0))
    numbers = {item.line: item.number for item in ordered if isinstance(item, Table)}
    problems = [replace(problem, table=numbers[table.line]) for table, own in made for problem in own]
    return Content(source, ordered, problems=(*problems, *unknown_columns(ordered)))


def _furniture(line: Line) -> Block:
    return Block("furniture", take_marks(line.text)[0], line=line.number)


def _take_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Block]]:
    """Take page numbers and running heads and feet out of the lines; the line after them opens a page."""
    kept: list[Line] = []
    furniture: list[Block] = []
    running = _running_lines(lines)
    feet = _numbered_feet(lines)
    last = -FURNITURE_REACH
    turned = False
    for index, line in enumerate(lines):
        is_lone = is_count(line.text, most=LONGEST_PAGE_NUMBER) and index - last < FURNITURE_REACH
        if is_page_of_pages(line.text) or is_lone or index in running or index in feet:
            furniture.append(_furniture(line))
            last, turned = index, True
            continue
        if turned and not line.is_blank:
            line, turned = replace(line, starts_page=True), False
        kept.append(line)
    return kept, furniture


def _running_lines(lines: Sequence[Line]) -> set[int]:
    """First and last lines of pages that return, figures aside, and are no header of a table."""
    printed = [index for index, line in enumerate(lines) if not line.is_blank]
    edges = {b for a, b in pairwise(printed) if any(lines[i].starts_page for i in range(a + 1, b + 1))}
    edges |= {a for a, b in pairwise(printed) if b in edges} | {*printed[:1], *printed[-1:]}
    shapes = Counter(_shape(lines[index]) for index in edges)
    often = {i for i in edges if _is_named(lines[i]) and shapes[_shape(lines[i])] >= FEWEST_RUNNING_HEADS}
    return {index for index in often if find_header(lines, index) is None and not heads_columns(lines[index])}


def _numbered_feet(lines: Sequence[Line]) -> set[int]:
    """Lines that return with another page number at their end (`Delårsrapport 2023 4 (26)`)."""
    found = [index for index, line in enumerate(lines) if ends_with_page(line.text) and _is_named(line)]
    shapes = Counter(_shape(lines[index]) for index in found)
    return {index for index in found if shapes[_shape(lines[index])] > 1}


def _is_named(line: Line) -> bool:
    """Whether a line holds more than figures, as those of a column do."""
    return any(letter.isalpha() for letter in line.text)


def _shape(line: Line) -> str:
    """A line's text with figures but years left out, for finding it again on other pages."""
    years = (str(year) for year in years_in(line.text))
    return " ".join([*without_figures(line.text).split(), *years])


def _known_words(lines: Sequence[Line]) -> Known:
    """Tell the document's own words, seen whole at least twice, and those of the headers."""
    counts = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    return lambda word: counts[word.casefold()] > 1 or is_header_word(word)


def _known_goals(lines: Sequence[Line]) -> KnownGoals:
    """Tell texts that stand alone in a line elsewhere in the document, as a goal's name does."""
    names = Counter(
        fold(line.text) for line in lines if SHORTEST_KNOWN <= len(line.text) <= LONGEST_GOAL and line.text[0].isupper()
    )

    names.update(fold(goal[1]) for goal in (parse_goal_line(line.text) for line in lines) if goal)
    return KnownGoals(names, frozenset(name[:OPENING] for name in names))


def _has_partial_year(lines: Sequence[Line]) -> bool:
    """Whether a cell names the month that its value goes up to (`Augusti 2023: 53 %`)."""
    return dates_a_value(" ".join(line.text for line in lines))

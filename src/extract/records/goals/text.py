"""Goals in running text: lines that are announced as goals, named as one, or judged as one by the text below them.

A line is a goal where a word for goals opens it, or tables or a list name it; where goals are announced above it and
the text below says how far *the goal* is met; where that sentence words the goal as the line does; or, with a doubt,
where the line says what is to be and a sentence on *the goal* follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extract.records.goals.lines import STOP, Form, TextLine, lines_of_text, without_number
from extract.records.sections import CAPTION_LENGTH, Place
from schema.layout import Item, Table
from schema.lexicon import goals as words_of_goals
from schema.lexicon.assessments import find_assessments, find_verdicts, verdict_alone, without_verdict
from schema.lexicon.goals import parse_goal_line
from schema.lexicon.labels import ends_sentence, heads_remark
from schema.lexicon.signs.sections import chapter_depth
from schema.lexicon.text import fold, share_of_words
from schema.lexicon.years import years_in
from schema.printed import GoalRow

SAME_GOAL = 88.0
"""Similarity at which a heading is a known goal; reports vary commas and hyphens, other goals stay below 75."""
ASSESSED_WITHIN = 400
"""An assessment stands in a paragraph's first characters; later ones speak of other things."""
ECHOED = 0.6
"""Share of the words of *målet att …* that the line has whose goal it is; lines of other goals have half at most."""


@dataclass(slots=True)
class _Goal:
    """A line that may be a goal, and what was found about it so far."""

    row: GoalRow
    form: Form
    is_named: bool = False
    """A word for goals opens it, or a table names it: any assessment below is its own."""
    is_announced: bool = False
    is_listed: bool = False
    """It stands in a list of goals and needs no verdict."""
    is_assessed: bool = False


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    known: list[GoalRow]
    tabled: int
    """How many of the known goals tables name."""
    found: list[GoalRow] = field(default_factory=list)
    current: _Goal | None = None
    depth: int | None = None
    """Depth of the heading that announces goals, 0 where it is unknown; None where none are announced."""
    area: str | None = None
    """The area of the goals that are announced."""
    last_depth: int = 0
    """Depth of the heading above."""
    in_list: bool = False
    below_announcement: bool = False
    """The heading right above announces goals, or items of it stand between."""
    is_labelled: bool = False
    """The line before announces a verdict."""
    headings: list[tuple[int, str]] = field(default_factory=list)
    """The headings above, the outermost first: depth and name, without a name where they can be no area."""
    groups: list[str | None] = field(default_factory=list)
    """For each goal found the heading that it stands under."""

    def add(self, goal: GoalRow) -> None:
        """Keep a goal."""
        self.found.append(goal)
        above = [name for _, name in self.headings if name != goal.committee_goal]
        self.groups.append((above[-1:] or [""])[0] or None)


def goals_in_text(placed: Sequence[tuple[Item, Place]], known: Sequence[GoalRow]) -> list[GoalRow]:
    """Return the goals that stand as lines of text, each with the verdicts in the text below it."""
    reading = _Reading(list(known), len(known))
    of_goals = {goal.table for goal in known if goal.table}
    for line in lines_of_text(placed, known, of_goals):
        if isinstance(line, Table):
            _leave_area(reading)
        else:
            _read(line, reading)
    _close(reading)
    found = _with_areas(reading.found, reading.groups)
    return list(_worth_telling(found, known, listed=reading.known[len(known) :]))


def _with_areas(goals: Sequence[GoalRow], groups: Sequence[str | None]) -> list[GoalRow]:
    """Give goals without an area the heading that they stand under, where several headings group them."""
    several = len({group for goal, group in zip(goals, groups, strict=True) if group and not goal.goal_area}) > 1
    return [
        replace(goal, goal_area=group) if several and not goal.goal_area else goal
        for goal, group in zip(goals, groups, strict=True)
    ]


def _worth_telling(
    goals: Sequence[GoalRow], known: Sequence[GoalRow], *, listed: Sequence[GoalRow]
) -> Iterator[GoalRow]:
    """Yield the goals with a verdict, and those without once: listed ones, or lines that name half of tables' goals."""
    kept = {fold(goal.committee_goal) for goal in listed}
    named = {fold(goal.committee_goal) for goal in goals if not goal.assessment} - kept
    kept |= named if 2 * len(named) >= len({fold(goal.committee_goal) for goal in known}) else set()
    for goal in goals:
        if goal.assessment or fold(goal.committee_goal) in kept:
            yield goal
            kept -= set() if goal.assessment else {fold(goal.committee_goal)}


def _read(line: TextLine, reading: _Reading) -> None:
    """Read one line: it announces goals, is one, judges the one above, or is a heading of something else."""
    goal = _named_goal(line, reading)
    is_labelled, reading.is_labelled = reading.is_labelled, False
    if goal:
        _open(goal, line, reading)
    elif reading.current and _judge(reading.current, line, reading, is_labelled=is_labelled):
        return
    elif _announces(line, reading):
        _close(reading)
        level = _depth(line) or reading.last_depth
        _enter(reading, level)
        reading.depth, reading.area = max(level - _names_area(line), 0), line.place.goal_area
        reading.in_list = words_of_goals.announces_list(line.text)
        reading.below_announcement = line.form == "heading"
    elif _is_of_goal(line, reading):
        reading.is_labelled = True
    elif line.form == "heading" and _is_no_name(line.text):
        _open(_Goal(GoalRow(line.text), "heading"), line, reading)
        reading.current = None
    elif line.form == "heading" and not heads_remark(line.text):
        _open(_Goal(_placed(GoalRow(without_number(line.text)), line.place), "heading"), line, reading)
    elif _may_open(line, reading):
        row = _placed(GoalRow(without_number(line.text).rstrip(".")), line.place)
        is_item = reading.below_announcement and line.form == "item" and words_of_goals.is_worded_as_goal(line.text)
        _open(_Goal(row, line.form, is_listed=reading.in_list or is_item), line, reading)
    else:
        reading.in_list = reading.below_announcement = False
        if reading.current and reading.headings[-1:] == [(0, reading.current.row.committee_goal)]:
            reading.headings.pop()
        if line.form == "judged":
            _close(reading)


def _announces(line: TextLine, reading: _Reading) -> bool:
    """Whether goals come below a line; a known area of goals announces them, too."""
    if _names_area(line) or (line.form == "heading" and words_of_goals.goal_group(line.text)):
        return True
    announces = line.form != "prose" and words_of_goals.announces_goals(line.text) and not _is_of_goal(line, reading)
    return announces or words_of_goals.announces_list(line.text)


def _names_area(line: TextLine) -> bool:
    """Whether a line names an area of goals, whose headings may be set like its own."""
    parsed = parse_goal_line(line.text)
    return parsed is not None and parsed[0] == "goal_area"


def _is_of_goal(line: TextLine, reading: _Reading) -> bool:
    """Whether a line heads what is told of the goal above it."""
    above = reading.current
    return above is not None and above.form != "item" and words_of_goals.tells_of_goal(line.text)


def _named_goal(line: TextLine, reading: _Reading) -> _Goal | None:
    """Return the goal that a line names, by its opening word or because tables or a list name it."""
    parsed = parse_goal_line(line.text)
    if parsed and parsed[0] != "goal_area" and not (line.form == "prose" and STOP.search(line.text)):
        level, name = parsed
        name, verdict = without_verdict(name)
        own = _placed(GoalRow(name, assessment=verdict), line.place, _known_goal(name, reading.known))
        own = own if level == "committee_goal" else replace(own, municipal_goal=name)
        return _Goal(own, line.form, is_named=level == "committee_goal", is_announced=True)
    numbered = words_of_goals.name_after_goal_word(line.text) if len(line.text) <= 2 * CAPTION_LENGTH else None
    if numbered:
        name, verdict = without_verdict(numbered)
        row = _placed(GoalRow(name, assessment=verdict), line.place)
        return _Goal(row, line.form, is_announced=True, is_listed=reading.depth is not None)
    name = without_number(line.text)
    same = _known_goal(name, reading.known) if line.form != "prose" else None
    if same is None:
        return None
    is_tabled = same in reading.known[: reading.tabled] and line.form in ("heading", "item")
    own = GoalRow(name, same.goal_area, same.municipal_goal)
    return _Goal(own, line.form, is_named=is_tabled, is_announced=True)


def _placed(goal: GoalRow, place: Place, listed: GoalRow | None = None) -> GoalRow:
    """Return a goal with the area and municipal goal that it stands under, else with those listed for it."""
    area = place.goal_area or (listed.goal_area if listed else None)
    stated = listed.municipal_goal if listed and area == listed.goal_area else None
    return replace(goal, goal_area=area, municipal_goal=place.municipal_goal or stated)


def _known_goal(text: str, known: Sequence[GoalRow]) -> GoalRow | None:
    scores = [(fuzz.ratio(fold(text), fold(goal.committee_goal)), -i) for i, goal in enumerate(known)]
    best = max(scores, default=(0.0, 0))
    return known[-best[1]] if best[0] >= SAME_GOAL else None


def _is_no_name(text: str) -> bool:
    """Whether a line is no goal's name: it names a kind of goals, or explains a verdict as a legend does."""
    return words_of_goals.names_kind_of_goals(text) or next(find_verdicts(text), None) is not None


def _may_open(line: TextLine, reading: _Reading) -> bool:
    """Whether a line that is no heading may be a goal where it stands."""
    above, text = reading.current, without_number(line.text)
    is_worded = words_of_goals.is_worded_as_goal(text)
    if not text[:1].isupper() or text.endswith(":") or len(text) > 2 * CAPTION_LENGTH or _is_no_name(text):
        return False
    if reading.in_list:
        is_name = line.form in ("item", "judged") or (is_worded and len(text) <= CAPTION_LENGTH)
        return is_name and not words_of_goals.opens_with_goal_word(text)
    is_free = above is None or above.form in ("item", "judged")
    if line.form in ("item", "judged"):
        return (is_worded and line.form == "judged") or (is_free and (is_worded or reading.depth is not None))
    is_weak = above is None or above.form == "line" or not (above.is_named or above.is_announced)
    if is_worded and above and not (above.is_named or above.is_assessed):
        is_weak = is_weak or not words_of_goals.is_worded_as_goal(above.row.committee_goal)
    return line.form == "line" and is_weak


def _open(goal: _Goal, line: TextLine, reading: _Reading) -> None:
    """Take a line for what the text below it may judge."""
    _close(reading)
    depth = _depth(line)
    if line.form == "heading":
        _enter(reading, depth, goal.row.committee_goal)
        if depth and reading.depth and depth <= reading.depth:
            reading.depth = None
        reading.last_depth, reading.in_list, reading.below_announcement = depth, False, False
    area = goal.row.goal_area or (None if reading.depth is None else reading.area)
    goal.row = replace(goal.row, goal_area=area, page=line.block.page, box=line.block.box)
    goal.is_announced = goal.is_announced or reading.depth is not None
    reading.current = goal
    if goal.row.assessment:
        reading.add(goal.row)
        goal.is_assessed = True


def _close(reading: _Reading) -> None:
    """End with the goal above: one that is named or listed needs no verdict."""
    goal, reading.current = reading.current, None
    if goal is None:
        return
    if not goal.is_assessed and (goal.is_named or goal.is_listed):
        reading.add(goal.row)
    if goal.is_listed:
        reading.known.append(goal.row)
    is_other = goal.form == "heading" and not (goal.is_assessed or goal.is_named)
    if is_other and not (reading.depth and reading.last_depth):
        reading.depth = None


def _leave_area(reading: _Reading) -> None:
    """A heading without a verdict above a table of goals names their area: what the text below judges is another."""
    above = reading.current
    if above and above.form == "heading" and not (above.is_assessed or above.is_named):
        reading.current = None


def _enter(reading: _Reading, depth: int, name: str = "") -> None:
    """Leave the headings that one of a depth ends, and remember it; that of a year or of all goals is no area.

    Where depths are unknown, what says what is to be stands under the heading above.
    """
    if name and (ends_sentence(name) or (not depth and words_of_goals.is_worded_as_goal(name))):
        return
    reading.headings = [heading for heading in reading.headings if 0 < heading[0] < depth]
    reading.headings.append((depth, "" if years_in(name) else name))


def _depth(line: TextLine) -> int:
    return line.block.level or chapter_depth(line.text)


def _judge(goal: _Goal, line: TextLine, reading: _Reading, *, is_labelled: bool) -> bool:
    """Find the verdict of a line on the goal above it; return whether it has one."""
    if goal.is_named:
        opening = goal.is_assessed or line.block.kind != "paragraph"
        found = next(find_assessments(" ".join(line.text[:ASSESSED_WITHIN].split())), None)
        if found and (not opening or not found.start):
            return _assess(goal, line, found.text, reading)
    label = words_of_goals.split_verdict_label(line.text)
    alone = verdict_alone(label[1] if label else line.text)
    if label and words_of_goals.is_degree(*label):
        alone = label[1].rstrip(".")
    is_expected = goal.is_named or goal.is_announced
    is_worded = words_of_goals.is_worded_as_goal(goal.row.committee_goal)
    if alone and (is_expected or (is_worded and (label or is_labelled))):
        return goal.is_assessed or _assess(goal, line, alone, reading)
    is_worded = is_worded and goal.form != "line"
    for verdict in find_verdicts(line.text):
        echoes = bool(verdict.about) and share_of_words(verdict.about, goal.row.committee_goal) >= ECHOED
        if echoes or (not verdict.about and (is_expected or is_worded)):
            doubts = () if echoes or is_expected or is_labelled or label else ("unannounced_goal",)
            return goal.is_assessed or _assess(goal, line, verdict.text, reading, doubts)
    if label and not label[1]:
        reading.is_labelled = True
    return False


def _assess(goal: _Goal, line: TextLine, verdict: str, reading: _Reading, doubts: tuple[str, ...] = ()) -> bool:
    reading.add(replace(goal.row, assessment=verdict, page=line.block.page, box=line.block.box, doubts=doubts))
    goal.is_assessed = True
    return True

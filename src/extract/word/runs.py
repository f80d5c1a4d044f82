"""What a paragraph of a Word file prints: its letters with their look, footnote marks, symbols and line breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract.page.chars import symbol_glyphs
from extract.page.symbols import colour_word
from extract.word.styles import Look, Styles
from extract.word.xml import ALTERNATE, Element, M, W, chosen, printed
from schema.layout import Box, Image
from schema.lexicon.signs.marks import marks_in, takes_power

LONGEST_MARK = 5
"""Characters of raised text that refers to footnotes: `1`, `*`, `1,2`, `a)`; longer raised text is none."""
PLAIN_COLOURS = ("black", "grey")
NEEDS_NO_COLOUR = ("tick", "cross", "smiley")
"""Shapes that say something in any colour; a black dot is a bullet."""
BREAK = "\n"
SIGNS = {"tab": "\t", "br": BREAK, "cr": BREAK, "noBreakHyphen": "-", "ptab": "\t"}
RAISED_FIGURES = {plain: raised for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)

NoteMark = Callable[[Element], str]
"""Numbers the footnote that an element refers to, and returns its mark."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one look."""

    text: str
    look: Look
    is_mark: bool = False
    """They refer to a footnote."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paragraph, or the paragraphs of a cell, print."""

    lines: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    bold: bool = False
    italic: bool = False
    italic_tail: str = ""
    bold_head: str = ""
    size: float = 0.0
    indent: float = 0.0
    opens_with_mark: bool = False
    symbol: Image | None = None

    @property
    def text(self) -> str:
        """The lines as one text."""
        return " ".join(self.lines)


def runs_of(paragraph: Element, styles: Styles, mark_of: NoteMark) -> list[Run]:
    """Return what a paragraph prints, run by run; footnotes are numbered as they come."""
    look = styles.paragraph(paragraph)
    runs: list[Run] = []
    for element in printed(paragraph):
        if element.tag == f"{W}r":
            runs += _read_run(element, styles.run(element, look), mark_of)
        elif element.tag in (f"{M}oMath", f"{M}oMathPara"):
            runs.append(Run("".join(part.text or "" for part in element.iter(f"{M}t")), look))
    return _with_marks(runs)


def _read_run(run: Element, look: Look, mark_of: NoteMark) -> Iterator[Run]:
    if look.hidden:
        return
    for part in run:
        name = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        if name == "t":
            yield Run(part.text or "", look)
        elif name == "sym":
            yield Run(chr(int(part.get(f"{W}char", "20"), 16)), look)
        elif name in SIGNS:
            yield Run(SIGNS[name], look)
        elif name in ("footnoteReference", "endnoteReference"):
            yield Run(mark_of(part), look, is_mark=True)
        elif part.tag == ALTERNATE:
            yield from _read_run(chosen(part), look, mark_of)


def _with_marks(runs: Sequence[Run]) -> list[Run]:
    """Tell raised text that refers to a footnote from raised powers, which become letters of their own."""
    told: list[Run] = []
    for run in runs:
        text = run.text.strip()
        if run.is_mark or not run.look.raised or not text or len(text) > LONGEST_MARK:
            told.append(run)
        elif takes_power(_last_word(told)) and text.isdecimal():
            told.append(Run("".join(RAISED_FIGURES[figure] for figure in text), run.look))
        else:
            told.append(Run(text, run.look, is_mark=True))
    return told


def _last_word(runs: Sequence[Run]) -> str:
    """Return the word that the runs so far end with."""
    before = "".join(run.text for run in runs if not run.is_mark)
    return before.split()[-1] if before.split() and not before[-1].isspace() else ""


def printed_by(paragraphs: Sequence[Sequence[Run]], indent: float = 0.0) -> Printed:
    """Return what paragraphs print together, each on lines of its own."""
    runs = [run for one in paragraphs for run in (*one, Run(BREAK, Look()))]
    symbols = [(run, image) for run in runs for image in _symbols(run)]
    letters = [run for run in runs if run.text.strip() and not run.is_mark and not _is_symbol(run)]
    shown = [run for run in runs if not run.is_mark and not _is_symbol(run)]
    first = next((run for run in runs if run.text.strip()), None)
    italic = bool(letters) and all(run.look.italic for run in letters)
    return Printed(
        lines=tuple(line for text in _text(shown).split(BREAK) if (line := squeezed(text))),
        markers=tuple(mark for run in runs if run.is_mark for mark in marks_in(run.text)),
        bold=bool(letters) and all(run.look.bold for run in letters),
        italic=italic,
        italic_tail="" if italic else _italic_tail(letters),
        bold_head=_bold_head(shown),
        size=letters[0].look.size or 0.0 if letters else 0.0,
        indent=indent,
        opens_with_mark=first is not None and first.is_mark,
        symbol=symbols[0][1] if symbols else None,
    )


def squeezed(text: str) -> str:
    """Return a text with single spaces; a no-break space inside a number stays."""
    return " ".join(part for part in text.replace("\t", " ").split(" ") if part).strip()


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text.replace("\u00ad", "") for run in runs)


def _italic_tail(letters: Sequence[Run]) -> str:
    """Return the italic text that ends an upright one."""
    upright = [place for place, run in enumerate(letters) if not run.look.italic]
    return squeezed(_text(letters[upright[-1] + 1 :]).replace(BREAK, " ")) if upright else ""


def _bold_head(shown: Sequence[Run]) -> str:
    """Return the lines in bold that begin a text which goes on in plain ones."""
    looks = "".join("b" if run.look.bold else "p" for run in shown for _ in run.text.replace("\u00ad", ""))
    text, start, head, plain = _text(shown), 0, list[str](), False
    for line in text.split(BREAK):
        letters = {look for look, sign in zip(looks[start:], line, strict=False) if not sign.isspace()}
        start += len(line) + len(BREAK)
        if "b" in letters and (plain or "p" in letters):
            return ""
        head += [line] if letters == {"b"} else []
        plain = plain or letters == {"p"}
    return squeezed(" ".join(head)) if plain else ""


def _is_symbol(run: Run) -> bool:
    return any(True for _ in _symbols(run))


def _symbols(run: Run) -> Iterator[Image]:
    """Yield the status symbols of a run that is nothing else."""
    text = run.text.strip()
    if run.is_mark or not text or any(ord(letter) not in symbol_glyphs() for letter in text):
        return
    for letter in text:
        shape, own = symbol_glyphs()[ord(letter)]
        colour = own or colour_word(rgb(run.look.colour))
        if own or colour not in PLAIN_COLOURS or shape in NEEDS_NO_COLOUR:
            yield Image(NOWHERE, colour, shape)


def rgb(colour: str | None) -> tuple[int, int, int]:
    """Return the red, green and blue of a colour in hexadecimal figures; black where it is none."""
    try:
        red, green, blue = bytes.fromhex(colour or "000000")
    except ValueError:
        return 0, 0, 0
    return red, green, blue

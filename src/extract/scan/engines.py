"""Engines that read the picture of one line of text: PP-OCR from a wheel, or Tesseract where it is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.level import Pixels
from extract.scan.network import cut_to, quantised

MODEL = "models/PP-OCRv6_rec_small.onnx"
"""The line reader inside the rapidocr wheel."""
MODEL_HEIGHT = 48
"""Pixels that the model wants a line to be high."""
NARROWEST = 48
LANGUAGE = "swe"
BORDER = 10
"""White pixels around a line for Tesseract, which misses letters at the very edge."""
LETTERS = "–—•·”“’‘≥≤−…€→←↑↓√№"
"""Characters beyond Latin letters that Swedish reports print."""
FOREIGN = "ÀÁÂÃàáâãāă"
"""Letters that Swedish print does not hold and that a small Å or å is taken for."""
LAST_LATIN = 0x17F
LEAST = 1e-6
"""Keeps a step at which no permitted character is likely at all from a division by zero."""
TIMEOUT = 300
"""Seconds for one page."""
THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Documents are read side by side, one process each."""


@dataclass(frozen=True, slots=True)
class Read:
    """A word in the picture of a line."""

    text: str
    left: float
    right: float
    """Pixels from the left edge of the picture."""
    confidence: float
    raised: bool = False
    """A small mark set higher than the line, read by itself."""


Reader = Callable[[Sequence[Pixels]], list[list[Read]]]


def available_engine() -> str | None:
    """The name of the best engine on this machine, or None."""
    return next((name for name, found in ENGINES.items() if found[0]()), None)


def reader_of(engine: str) -> Reader:
    """The function of an engine that reads lines."""
    return ENGINES[engine][1]


def _has_model() -> bool:
    return find_spec("onnxruntime") is not None and _model_path() is not None


def _model_path() -> Path | None:
    """The model file in the installed wheel; finding it imports nothing and downloads nothing."""
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / MODEL if folders else None
    return path if path and path.is_file() else None


@dataclass(frozen=True, slots=True)
class _Model:
    """The line reader and the characters that it may answer with."""

    run: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
    places: npt.NDArray[np.int64]
    """Where the permitted characters stand in the model's answer; the first is the blank."""
    characters: tuple[str, ...]


@cache
def _model() -> _Model:
    import onnxruntime

    path = _model_path()
    if path is None:
        raise RuntimeError("the model that reads lines is not installed")
    model, characters, places = cut_to(path, _is_permitted)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(quantised(model), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def run(picture: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        lines = np.asarray(session.run(None, {name: picture})[0], dtype=np.float32)
        first: npt.NDArray[np.float32] = lines[0]
        return first

    return _Model(run, np.array(places), characters)


def _is_permitted(character: str) -> bool:
    """Whether Swedish print may hold a character; the model knows Chinese too."""
    latin = ord(character) <= LAST_LATIN and character.isprintable() and character not in FOREIGN
    return latin or character in LETTERS


def read_with_model(lines: Sequence[Pixels]) -> list[list[Read]]:
    """Read lines with PP-OCR, in Latin letters only."""
    return [_read_line(_model(), line) for line in lines]


def _read_line(model: _Model, line: Pixels) -> list[Read]:
    width = max(NARROWEST, round(line.shape[1] * MODEL_HEIGHT / line.shape[0]))
    scaled = np.asarray(cv2.resize(line, (width, MODEL_HEIGHT), interpolation=cv2.INTER_CUBIC), np.float32)
    picture = np.repeat((scaled / 127.5 - 1)[None, None], 3, axis=1)
    scores = model.run(picture)[:, model.places]
    scores /= np.maximum(scores.sum(axis=1, keepdims=True), LEAST)
    return _decoded(scores, model.characters, line.shape[1] / len(scores))


def _decoded(scores: npt.NDArray[np.float32], characters: Sequence[str], step: float) -> list[Read]:
    """Words of a line from the most likely character at each step; equal neighbours are one character."""
    best = scores.argmax(axis=1)
    words: list[Read] = []
    open_word = False
    for i, place in enumerate(best):
        if not place or i and best[i - 1] == place:
            continue
        character, left, right = characters[place], i * step, (i + 1) * step
        sure = float(min(scores[i, place], 1.0))
        if character == " ":
            open_word = False
        elif open_word:
            last = words[-1]
            words[-1] = Read(last.text + character, last.left, right, min(last.confidence, sure))
        else:
            words.append(Read(character, left, right, sure))
            open_word = True
    return words


@cache
def _has_tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=TIMEOUT)
    return LANGUAGE in listed.stdout.split()


def read_with_tesseract(lines: Sequence[Pixels]) -> list[list[Read]]:
    """Read lines with Tesseract's Swedish model, all in one call: starting it costs as much as ten lines."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i}.png" for i in range(len(lines))]
        for path, line in zip(paths, lines, strict=True):
            framed = cv2.copyMakeBorder(line, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=(255,))
            cv2.imwrite(str(path), framed)
        listing = Path(folder) / "lines.txt"
        listing.write_text("".join(f"{path}\n" for path in paths))
        command = ["tesseract", str(listing), "stdout", "-l", LANGUAGE, "--psm", "7", "--dpi", "200", "tsv"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=TIMEOUT, env={**os.environ, **THREAD}
        )
    return _from_tsv(done.stdout, len(lines))


def _from_tsv(text: str, count: int) -> list[list[Read]]:
    """Words by line from Tesseract's table; each line was a page of its own."""
    found: list[list[Read]] = [[] for _ in range(count)]
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            left = float(row["left"]) - BORDER
            word = Read(row["text"].strip(), left, left + float(row["width"]), float(row["conf"]) / 100)
            found[int(row["page_num"]) - 1].append(word)
    return found


ENGINES: dict[str, tuple[Callable[[], bool], Reader]] = {
    "pp-ocr": (_has_model, read_with_model),
    "tesseract": (_has_tesseract, read_with_tesseract),
}
"""Engines, the best first: whether a machine has one, and its reader."""

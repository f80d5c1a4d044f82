"""What a stage's result depends on: its code, the word lists it reads, and the libraries under it."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from schema.vocabulary import own_lists

SOURCE_FOLDER = Path(__file__).parents[2]
OUR_PACKAGES = frozenset({"schema", "extract", "normalize", "namndata"})
VOCABULARY = SOURCE_FOLDER / "schema" / "vocabulary"
LIBRARIES: dict[str, tuple[str, ...]] = {
    "camelot": ("camelot-py", "pandas"),
    "cv2": ("opencv-python-headless",),
    "docx": ("python-docx", "lxml"),
    "google": ("protobuf",),
    "numpy": ("numpy",),
    "onnxruntime": ("onnxruntime", "rapidocr"),
    "pdfplumber": ("pdfplumber", "pdfminer.six"),
    "playa": ("playa-pdf",),
    "pydantic": ("pydantic",),
    "pypdfium2": ("pypdfium2",),
    "rapidfuzz": ("rapidfuzz",),
    "simplemma": ("simplemma",),
    "spacy": ("spacy",),
}
"""What is imported → the packages whose next version may read a report otherwise.

The model that reads scans is a part of rapidocr.
"""
COMMENT = re.compile(r"#[^\n\"']*$", re.MULTILINE)
IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<package>[\w.]+)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*)"
    r"|import[ \t]+(?P<modules>[^\n]+))",
    re.MULTILINE,
)
NAME = re.compile(r"[\w.]+")
STRING = re.compile(r'(?<=")[\w.-]+(?=")')
"""What a string holds that may name a file; also what stands between two strings, which names none."""


@cache
def fingerprint(*modules: str) -> str:
    """Return a hash of the modules, of ours that they import, directly or not, and of the libraries under them."""
    digest = hashlib.sha256(sys.version.encode())
    for library in sorted(libraries(modules)):
        digest.update(f"{library}={version(library)}\n".encode())
    for path in sorted(source_files(modules)):
        digest.update(name_of(path).encode() + path.read_bytes())
    return digest.hexdigest()


def name_of(path: Path) -> str:
    """Return what a file is called wherever it lies: a municipality's own words by their list."""
    is_ours = path.is_relative_to(SOURCE_FOLDER)
    return path.relative_to(SOURCE_FOLDER).as_posix() if is_ours else f"own/{path.name}"


def source_files(modules: tuple[str, ...]) -> set[Path]:
    """Return the files of the modules and of all that they import from our packages, with their word lists."""
    return {file for module in all_modules(modules) for file in (module_file(module), *data_files(module))}


def libraries(modules: tuple[str, ...]) -> set[str]:
    """Return the packages of others that the modules, and ours that they import, depend on."""
    names = {name.split(".")[0] for module in all_modules(modules) for name in names_in_imports(module)}
    return {package for name in names for package in LIBRARIES.get(name, ())}


@cache
def all_modules(modules: tuple[str, ...]) -> frozenset[str]:
    """Return the modules and all of ours that they import, directly or not."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(imported_modules(module))
    return frozenset(found)


@cache
def data_files(module: str) -> tuple[Path, ...]:
    """Return the word lists and statements that a module names: a string equal to a file's name or stem."""
    named = set(STRING.findall(text_of(module)))
    places = (*lists_of_words(), *lists_in(module_file(module).parent))
    return tuple(path for path, stem, name in places if stem in named or name in named)


@cache
def lists_of_words() -> tuple[tuple[Path, str, str], ...]:
    """Return all word lists, ours and a municipality's own, each with its stem and name."""
    return tuple((path, path.stem, path.name) for path in (*VOCABULARY.glob("*.csv"), *own_lists()))


@cache
def lists_in(folder: Path) -> tuple[tuple[Path, str, str], ...]:
    """Return the lists and statements beside a module, each with its stem and name."""
    found = (*folder.glob("*.csv"), *folder.glob("*.sql"), *folder.glob("*/*.sql"))
    return tuple((path, path.stem, path.name) for path in found)


@cache
def module_file(module: str) -> Path:
    """Return the file of one of our modules."""
    path = SOURCE_FOLDER.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def text_of(module: str) -> str:
    """Return a module's text without comments."""
    return COMMENT.sub("", module_file(module).read_text(encoding="utf-8"))


@cache
def imported_modules(module: str) -> tuple[str, ...]:
    """Return our modules that a module imports anywhere in its file."""
    ours = (name for name in names_in_imports(module) if name.split(".")[0] in OUR_PACKAGES)
    return tuple(sorted(name for name in ours if module_file(name).is_file()))


@cache
def names_in_imports(module: str) -> frozenset[str]:
    """Return every name in the import statements of a module.

    Found by pattern: to parse the syntax of every module would double the time of a run without changes.
    """
    return frozenset(name for found in IMPORT.finditer(text_of(module)) for name in imported_names(found))


def imported_names(found: re.Match[str]) -> Iterator[str]:
    """Return the modules that a statement may import; `from a import b` may name a module `a.b`."""
    if found["package"]:
        yield found["package"]
        yield from (f"{found['package']}.{name}" for name in NAME.findall(found["names"]))
    else:
        yield from NAME.findall(found["modules"])

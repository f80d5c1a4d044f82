"""What a stage's result depends on: its code, the word lists it reads, and the libraries under it."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extract.recognise import available_engine

SOURCE_FOLDER = Path(__file__).parent.parent
OUR_PACKAGES = frozenset({"schema", "extract", "normalize", "namndata"})
VOCABULARY = SOURCE_FOLDER / "schema" / "vocabulary"
LIBRARIES = (
    "camelot-py",
    "onnxruntime",
    "opencv-python-headless",
    "pdfplumber",
    "pydantic",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "simplemma",
    "spacy",
)
"""Those whose next version may read a report otherwise."""


@cache
def fingerprint(*modules: str) -> str:
    """Return a hash of the modules, of ours that they import, of the libraries' versions and of the engine for scans."""
    digest = hashlib.sha256(sys.version.encode())
    for library in LIBRARIES:
        digest.update(f"{library}={version(library)}\n".encode())
    digest.update(f"engine={available_engine()}\n".encode())
    for path in sorted(source_files(modules)):
        digest.update(path.relative_to(SOURCE_FOLDER).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def source_files(modules: tuple[str, ...]) -> set[Path]:
    """Return the files of the modules and of all that they import from our packages."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(imported_modules(module))
    return {file for module in found for file in (module_file(module), *data_files(module))}


@cache
def data_files(module: str) -> tuple[Path, ...]:
    """Return the word lists and statements that a module names: a string equal to a file's name or stem."""
    folder = module_file(module).parent
    texts = {node.value for node in ast.walk(syntax_of(module)) if isinstance(node, ast.Constant)}
    places = (*VOCABULARY.glob("*.csv"), *folder.glob("*.csv"), *folder.glob("*.sql"))
    return tuple(path for path in places if path.stem in texts or path.name in texts)


@cache
def module_file(module: str) -> Path:
    """Return the file of one of our modules."""
    path = SOURCE_FOLDER.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def syntax_of(module: str) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(module_file(module).read_bytes())


@cache
def imported_modules(module: str) -> tuple[str, ...]:
    """Return our modules that a module imports anywhere in its file."""
    names = (name for node in ast.walk(syntax_of(module)) for name in imported_names(node))
    return tuple(name for name in names if name.split(".")[0] in OUR_PACKAGES and module_file(name).is_file())


def imported_names(node: ast.AST) -> Iterator[str]:
    """Return the modules that a statement may import; `from a import b` may name a module `a.b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)

"""Our packages are ours, and small enough to be known; import-linter holds which may import which."""

import ast
import importlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
PACKAGES = ("schema", "extract", "normalize", "namndata")

MOST_MODULES, MOST_LINES = 16, 350
"""Of a folder, its `__init__` apart, and of a module."""
TOO_LONG = {
    "extract/grid/aligned.py": 520,
}
"""Modules that are still too long, with how long each may be: a line goes or its number falls, none is added."""


def test_the_source_folder_holds_these_packages_and_no_other():
    assert {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_our_packages_are_ours(package):
    assert Path(importlib.import_module(package).__file__).is_relative_to(SOURCE)
    assert set(packages_distributions().get(package, ())) <= {"namndata"}


def test_only_the_command_line_prints():
    printing = {
        path.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"cli.py"}


def test_no_folder_holds_more_modules_than_can_be_kept_in_mind():
    names = [path.parent.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if path.name != "__init__.py"]
    assert {str(name): names.count(name) for name in set(names) if names.count(name) > MOST_MODULES} == {}


def test_no_module_is_longer_than_can_be_read_at_once():
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
    }
    long = {name: length for name, length in lengths.items() if length > MOST_LINES}
    assert {name: length for name, length in long.items() if length > TOO_LONG.get(name, MOST_LINES)} == {}
    assert [name for name in TOO_LONG if name not in long] == [], "take these off TOO_LONG: they are short now"

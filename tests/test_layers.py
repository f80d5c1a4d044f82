"""Imports point one way, and our packages are ours."""

import ast
import importlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
MAY_IMPORT = {
    "schema": {"schema"},
    "extract": {"extract", "schema"},
    "normalize": {"normalize", "schema"},
    "namndata": {"namndata", "extract", "normalize", "schema"},
}


def imported_packages(path: Path) -> set[str]:
    tree = ast.parse(path.read_bytes())
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package):
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[package]
    modules = list((SOURCE / package).rglob("*.py"))
    assert modules
    assert {path.name: imported_packages(path) & forbidden for path in modules} == {
        path.name: set() for path in modules
    }


def test_no_relative_imports_hide_from_the_test_above():
    nodes = [node for path in SOURCE.rglob("*.py") for node in ast.walk(ast.parse(path.read_bytes()))]
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level]


def test_the_source_folder_holds_these_packages_and_no_other():
    assert {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()} == set(MAY_IMPORT)


@pytest.mark.parametrize("package", MAY_IMPORT)
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

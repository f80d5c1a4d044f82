"""What this machine and an output folder lack, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from namndata.run.build import CACHE, code_of_corpus
from namndata.store.access import DATABASE, open_corpus

FINE, LACKING, WRONG = "fine", "lacking", "wrong"
"""What is as it should be; what some commands or reports need; what every run needs."""
OLDEST_PYTHON = (3, 11)
SWEDISH = "swe"
LEAST_SPACE = 2**30
"""Bytes: the cache of a few hundred reports takes as much."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how it is."""

    about: str
    state: str
    said: str
    remedy: str = ""


def examine(out: Path) -> tuple[Finding, ...]:
    """Return what was found of Python, the libraries, Tesseract, SQLite, and the output folder with its corpus."""
    return (python(), *libraries(), tesseract(), sqlite(), folder(out), space(out), cache(out), corpus(out))


def python() -> Finding:
    """Return whether Python is new enough."""
    said = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return Finding("Python", FINE, said)
    return Finding("Python", WRONG, said, "Install Python 3.11 or later and make the environment anew.")


def libraries() -> Iterator[Finding]:
    """Return the libraries that are missing or too old, or that all are there."""
    faults = [fault for line in requires("namndata") or () if (fault := fault_of(Requirement(line)))]
    yield from faults
    if not any(fault.state == WRONG for fault in faults):
        yield Finding("Libraries", FINE, "all that reading needs are there")


def fault_of(requirement: Requirement) -> Finding | None:
    """Return what is wrong with a library; one of an extra may be missing."""
    extra = str(requirement.marker or "").partition("extra ==")[2].strip(" \"'")
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        found = ""
    if found and requirement.specifier.contains(found, prereleases=True):
        return None
    said = f"{requirement.name} {found or 'is not installed'}, needed is {requirement.specifier}"
    if extra:
        return (
            None if found else Finding("Libraries", LACKING, said, f"pip install 'namndata[{extra}]', if you want it.")
        )
    return Finding("Libraries", WRONG, said, "Delete .venv and run make again.")


def tesseract() -> Finding:
    """Return whether Tesseract is there with Swedish; scans are read without it too."""
    program = shutil.which("tesseract")
    if program is None:
        return Finding("Tesseract", LACKING, "not installed; scans are read with the built-in model alone", "Nothing.")
    listed = ""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
        listed = done.stdout + done.stderr
    if SWEDISH in listed.split():
        return Finding("Tesseract", FINE, "with Swedish")
    return Finding("Tesseract", LACKING, "without Swedish", "Install its language file: tesseract-ocr-swe.")


def sqlite() -> Finding:
    """Return whether SQLite can search in full text."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("create virtual table t using fts5(x)")
        except sqlite3.Error:
            return Finding("SQLite", WRONG, f"{sqlite3.sqlite_version} without FTS5", "Use a Python with FTS5.")
    return Finding("SQLite", FINE, f"{sqlite3.sqlite_version} with FTS5")


def folder(out: Path) -> Finding:
    """Return whether the output folder, or the one it is to be made in, can be written to."""
    there = nearest(out)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding("Folder", FINE, f"{out} can be written to")
    return Finding(
        "Folder", WRONG, f"{out} cannot be written to", "Check its permissions, or give another: OUT=folder."
    )


def nearest(out: Path) -> Path:
    """Return a folder, or of those that it is to be made in the first that is there."""
    return next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())


def space(out: Path) -> Finding:
    """Return how much is free on the disk."""
    free = shutil.disk_usage(nearest(out)).free
    said = f"{free / 2**30:.1f} GiB are free"
    return (
        Finding("Disk", FINE, said) if free >= LEAST_SPACE else Finding("Disk", WRONG, said, "Make room on the disk.")
    )


def cache(out: Path) -> Finding:
    """Return how much is kept between runs."""
    files = [path for path in (out / CACHE).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return Finding(
        "Cache", FINE, f"{len(files)} entries, {size / 2**20:.0f} MiB; `rm -r {out / CACHE}` loses only time"
    )


def corpus(out: Path) -> Finding:
    """Return whether the corpus is whole, and was written by this version of the code."""
    path = out / DATABASE
    if not path.is_file():
        return Finding("Corpus", LACKING, f"there is none at {path}", "Run make extract.")
    try:
        with closing(open_corpus(path)) as db:
            [(whole,)] = db.execute("pragma quick_check(1)").fetchall()
            [(code, documents)] = db.execute("select code, documents from runs").fetchall()
    except (sqlite3.Error, ValueError):
        return Finding("Corpus", WRONG, f"{path} is no whole corpus", "Delete it and run make extract.")
    if whole != "ok":
        return Finding("Corpus", WRONG, f"{path} is damaged", "Delete it and run make extract.")
    if code != code_of_corpus():
        return Finding(
            "Corpus", LACKING, "written by another version of the code", "Run make extract: it is written anew."
        )
    return Finding("Corpus", FINE, f"{documents} reports, written by this version of the code")

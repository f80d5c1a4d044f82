"""Read damaged copies of the example reports: none may bring the program down.

    python bench/fuzz.py [N] [--seed S] [--small] [--keep FOLDER]

Prints how many documents ended in each way. One that ends in an error of the program's own, a crash or a timeout is
kept in FOLDER, and the exit code is then 1; one with a number that nothing accounts for is kept too. With `--small`
only reports of up to 60 KB are damaged: many more an hour.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from mutations import write_damaged  # noqa: E402

from namndata.pipeline import process_document  # noqa: E402
from namndata.run.archive import Entry, hash_and_size  # noqa: E402
from namndata.run.batch import Outcome, run_batch  # noqa: E402
from namndata.run.cache import Cache  # noqa: E402
from namndata.run.kept import without_page  # noqa: E402
from schema.result import DocumentResult  # noqa: E402

AT_ONCE = 200
"""Damaged copies that lie on the disk at a time."""
SMALL = 60_000
"""Bytes of a small report: of one to four pages."""
BAD = frozenset(("internal_error", "tables_not_found", "crash", "timeout", "killed", "out_of_memory"))
LOOKED_INTO = frozenset(("unaccounted_number",))
"""Ends that are no fault by themselves, kept too: a person tells whether a number was lost or never was one."""


def entry_of(path: Path) -> Entry:
    """Return a file as an entry of an archive."""
    sha256, size = hash_and_size(path)
    return Entry(path.stem, path, path.name, sha256, size)


def end_of(outcome: Outcome[Entry, DocumentResult]) -> str:
    """Return how a document ended: its status, the code of what stopped it, or what is told of tables and numbers."""
    result = outcome.value
    if result is None:
        return outcome.code
    codes = {problem.code for problem in result.problems}
    for told in ("tables_not_found", "timeout", "crash", "unaccounted_number"):
        if told in codes:
            return told
    return result.problems[0].code if result.status == "failed" and result.problems else result.status


def read_all(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Read documents as a run does, and return how each ended."""
    work = partial(process_document, cache=Cache(None))
    for outcome in run_batch(work, [entry_of(path) for path in paths], jobs=2, spare=without_page):
        yield outcome.task.path, end_of(outcome)


def main() -> int:
    """Read so many damaged copies and print how they ended."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    options = parser.parse_args()
    wholes = sorted(p for p in (HERE.parent / "corpus").iterdir() if p.suffix in (".pdf", ".txt", ".md", ".docx"))
    wholes = [path for path in wholes if path.name != "README.md"]
    wholes = [path for path in wholes if not options.small or path.stat().st_size <= SMALL]
    ends: Counter[str] = Counter()
    started = time.monotonic()
    for first in range(0, options.number, AT_ONCE):
        with tempfile.TemporaryDirectory() as folder:
            number = min(AT_ONCE, options.number - first)
            for path, end in read_all(
                write_damaged(Path(folder), wholes, number, options.seed * 1000 + first // AT_ONCE)
            ):
                ends[end] += 1
                if end in BAD | LOOKED_INTO:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, options.keep / f"{end}-{options.seed}-{first}-{path.name}")
        print(
            f"{sum(ends.values())} read in {time.monotonic() - started:.0f} s: {dict(ends.most_common())}", flush=True
        )
    bad = sum(number for end, number in ends.items() if end in BAD)
    print(f"{bad} of {options.number} brought the program down or took too long.")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())

"""Kill runs at random moments: the corpus stays whole, and the next run completes and leaves nothing behind.

    python bench/kills.py [N] [--seed S]

Prints how many kills there were, how many ended a run that was under way, and each fault; exits 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from reports import write_report  # noqa: E402

KEPT = {".cache", "corpus.sqlite", "run.log"}
"""What a folder holds after a run."""
REPORTS = 12


def start(corpus: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own, so that its workers can be killed with it."""
    command = [sys.executable, "-m", "namndata", "extract", str(corpus), "--out", str(out), "--jobs", "2", "--quiet"]
    return subprocess.Popen(command, start_new_session=True)


def fault_of(database: Path) -> str:
    """Return what is wrong with a corpus; nothing where it is whole and holds every report."""
    try:
        with sqlite3.connect(database) as db:
            said = db.execute("pragma integrity_check").fetchone()[0]
            held = db.execute("select count(*) from documents").fetchone()[0]
    except sqlite3.Error as error:
        return str(error)
    return "" if (said, held) == ("ok", REPORTS) else f"{said}, {held} documents"


def main() -> int:
    """Kill so many runs, each after a change to a report, and complete the run after each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, faults, under_way = random.Random(options.seed), [], 0
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "in", Path(folder) / "out"
        for number in range(REPORTS):
            write_report(corpus / f"budget {number}.txt", year=2005 + number)
        started = time.monotonic()
        start(corpus, out).wait()
        took = time.monotonic() - started
        for number in range(options.number):
            write_report(corpus / f"budget {number % REPORTS}.txt", year=2005 + number % REPORTS, share=str(number))
            run = start(corpus, out)
            time.sleep(chance.uniform(0, took))
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                under_way += 1
            run.wait()
            faults += [f"kill {number}: {fault}"] if (fault := fault_of(out / "corpus.sqlite")) else []
            if start(corpus, out).wait():
                faults.append(f"kill {number}: the next run failed")
            if left := {path.name for path in out.iterdir()} - KEPT:
                faults.append(f"kill {number}: left {sorted(left)}")
    print(f"{options.number} kills, {under_way} of them of runs under way, {len(faults)} faults")
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())

"""How well names of different reports become one indicator, by pairs of printed labels that a person judged.

    python bench/identity.py out/corpus.sqlite [bench/identity_other.tsv]

The corpus is that of the reports that the pairs were made from: `identity_pairs.tsv`, which the rules were set on, or
those of a body that they were not set on. Joined is what has one indicator without a
person; found is that, and what is proposed. Labels that the corpus does not hold are counted apart.
"""

import csv
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

PAIRS = Path(__file__).with_name("identity_pairs.tsv")
PROPOSED = "select indicator_id, candidate_indicator_id from indicator_proposals"


def read_pairs(path: Path = PAIRS) -> list[dict[str, str]]:
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main() -> None:
    db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    ids = defaultdict(set)
    for name, indicator in db.execute("select name, indicator_id from indicator_names"):
        ids[name].add(indicator)
    proposed = {frozenset(pair) for pair in db.execute(PROPOSED)}
    counts = defaultdict(int)
    for pair in read_pairs(*map(Path, sys.argv[2:3])):
        one, other, is_same = ids[pair["one"]], ids[pair["other"]], pair["same"] == "1"
        joined = bool(one & other)
        found = joined or any(frozenset((a, b)) in proposed for a in one for b in other)
        counts["pairs", is_same] += 1
        counts["joined", is_same] += joined
        counts["found", is_same] += found
        counts["unread", is_same] += not (one and other)
        if joined != is_same:
            print(
                f"{'apart' if is_same else 'JOINED':7} {'proposed' if found else '':9} {pair['one']} | {pair['other']}"
            )
    joined = counts["joined", True] + counts["joined", False]
    print(f"pairs that are one {counts['pairs', True]}, look-alikes {counts['pairs', False]}, not in the corpus "
          f"{counts['unread', True] + counts['unread', False]}")  # fmt: skip
    print(f"joined: precision {counts['joined', True] / max(1, joined):.3f}, recall "
          f"{counts['joined', True] / max(1, counts['pairs', True]):.3f}; joined or proposed: recall "
          f"{counts['found', True] / max(1, counts['pairs', True]):.3f}; look-alikes joined {counts['joined', False]}, "
          f"proposed {counts['found', False] - counts['joined', False]}")  # fmt: skip


if __name__ == "__main__":
    main()

from pathlib import Path

import pytest
from drawing import draw_table

from extract.records.table_kinds import classify_table

PRINTED = Path(__file__).parent / "printed_tables.txt"


def printed_tables():
    blocks = PRINTED.read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        head, *rows = [line for line in block.strip().splitlines() if not line.startswith("#")]
        kind, title, heading = (part.strip() for part in head.split("|"))
        yield pytest.param(kind, (title, heading), "\n".join(rows), id=f"{kind}-{title}")


@pytest.mark.parametrize(("kind", "titles", "drawing"), list(printed_tables()))
def test_a_table_is_what_all_its_signs_together_say(kind, titles, drawing):
    assert classify_table(draw_table(drawing), titles[0]).kind == kind

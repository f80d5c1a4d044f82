"""What measures still runs: a bench that no longer imports what it measures would tell nothing."""

import importlib
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"


@pytest.fixture
def bench(monkeypatch):
    """Return a bench by its name, as it is imported when it runs by itself."""
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module


@pytest.mark.parametrize("name", sorted(path.stem for path in BENCH.glob("*.py")))
def test_every_bench_imports_what_it_measures(bench, name):
    bench(name)


def test_the_time_that_answers_take_is_measured(bench, example, capsys):
    answers = bench("answers")
    assert answers.measure(example, 3) == []
    shown = capsys.readouterr().out
    assert " 200 page  /grown/target_attainment" in shown and " 500 page" not in shown
    assert all(f"rows  {table}\n" in shown for table in answers.ANSWERS)
    assert "   0 rows  target_attainment" not in shown

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from reports import build

from namndata.run.provenance import Provenance
from namndata.store.write import write_corpus

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
"""A busy machine is no fault of the code; CI draws the same examples every time."""

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """Build the example corpus once."""
    return build(CORPUS, tmp_path_factory.mktemp("example"), jobs=2).database


@pytest.fixture
def query(tmp_path):
    """Store results, and return what a query of the corpus gives."""

    def run(results, sql):
        write_corpus(tmp_path / "corpus.sqlite", results, Provenance("", ""))
        with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
            return db.execute(sql).fetchall()

    return run

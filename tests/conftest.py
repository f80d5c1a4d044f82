from pathlib import Path

import pytest
from reports import build

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """Build the example corpus once."""
    return build(CORPUS, tmp_path_factory.mktemp("example"), jobs=2).database

"""The study's notebooks, run once for all tests of this folder."""

import pytest

from corpus_lib.site.build import read_documents
from corpus_lib.site.notebooks import list_notebooks, run_notebooks
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def runs():
    """Every notebook as it runs now, and its stale claims; those of the README and the abstract with them."""
    return run_notebooks(list_notebooks(ROOT / "notebooks"), lambda line: None, read_documents(ROOT))

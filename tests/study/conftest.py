"""The study's notebooks, run once for all tests of this folder."""

import pytest

from corpus_lib.site.binding import read_documents
from corpus_lib.site.notebooks import list_notebooks, run_notebooks
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def runs():
    """Every notebook as it runs now, with what its prose and the texts beside it bind."""
    return run_notebooks(list_notebooks(ROOT / "notebooks"), lambda line: None, read_documents(ROOT))

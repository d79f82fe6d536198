"""The study's notebooks, run once for all tests of this folder, whichever processor asks first."""

import pickle
import time
from pathlib import Path

import pytest

from corpus_lib.site.binding import read_documents
from corpus_lib.site.notebooks import list_notebooks, run_notebooks
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def runs(tmp_path_factory, worker_id):
    """Every notebook as it runs now, with what its prose and the texts beside it bind."""
    if worker_id == "master":
        return run_all()
    return run_once(tmp_path_factory.getbasetemp().parent)


def run_all():
    return run_notebooks(list_notebooks(ROOT / "notebooks"), lambda line: None, read_documents(ROOT))


def run_once(shared: Path):
    """Run the notebooks, or wait for the processor that does: the first one to make the lock."""
    done = shared / "runs.pickle"
    try:
        (shared / "runs.lock").touch(exist_ok=False)
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
        return load(done)
    try:
        result = run_all()
    except Exception as error:  # the others must not wait for ever: they fail alike
        result = error
    done.with_suffix(".new").write_bytes(pickle.dumps(result))
    done.with_suffix(".new").rename(done)
    return load(done)


def load(done: Path):
    result = pickle.loads(done.read_bytes())
    if isinstance(result, Exception):
        raise result
    return result

"""No number in the study's prose is stale or loose, and a wrong one would be seen."""

import nbformat
import pytest

from corpus_lib.site.binding import fix_numbers, list_loose, list_stale, read_documents
from corpus_lib.site.claims import find_claims
from corpus_lib.site.notebooks import list_notebooks, prose, run_notebooks
from tests.conftest import ROOT, write_corpus, write_notebook


def test_no_number_is_stale(runs):
    assert list_stale(ROOT, runs) == []


def test_no_number_is_loose(runs):
    assert list_loose(ROOT, runs) == []


def test_every_text_binds_its_numbers(runs):
    for path, run in runs.items():
        least = 0 if path.stem == "07_your_corpus" else 15  # its prose is about any corpus
        assert sum(len(find_claims(text)) for text in prose(run.notebook)) >= least, path
    for name, text in read_documents(ROOT).items():
        assert len(find_claims(text)) >= 15, name


@pytest.fixture
def small(tmp_path):
    """A study whose prose says three wrong numbers and leaves one loose."""
    sources = [
        "Of 3 words, two stay. <!-- 3 = n; two = m -->",
        "n, m = 4, 2",
        "And 7 more; One is new. <!-- One = m -->",
    ]
    write_notebook(tmp_path / "notebooks", "01_small", sources)
    write_corpus(tmp_path / "seeds", {"004": "标题\n公安局。"})
    readme = "Of 5 words; 004:41, notebook 01. <!-- 5 = 01: n -->\n"
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    return tmp_path


def run(root):
    return run_notebooks(list_notebooks(root / "notebooks"), lambda line: None, read_documents(root))


def test_stale_and_loose_numbers_are_listed_with_their_sentences(small):
    runs = run(small)
    assert list_stale(small, runs) == [
        "01_small: “Of 3 words, two stay.” says 3, but the cells compute n = 4.0.",
        "01_small: “And 7 more; One is new.” says One, but the cells compute m = 2.0.",
        "README.md: “Of 5 words; 004:41, notebook 01.” says 5, but the cells compute 01: n = 4.0.",
    ]
    assert list_loose(small, runs) == ["01_small: no cell computes 7 in “And 7 more; One is new.”."]


def test_stale_numbers_are_written_and_the_rest_is_listed(small):
    left = fix_numbers(small, run(small))
    assert left == ["01_small: “And 7 more; One is new.” says One, but the cells compute m = 2.0."]
    assert (small / "README.md").read_text(encoding="utf-8").startswith("Of 4 words; 004:41")
    notebook = (small / "notebooks" / "01_small.ipynb").read_text(encoding="utf-8")
    assert "Of 4 words, two stay. <!-- 4 = n; two = m -->" in notebook
    before = (small / "README.md").read_bytes()
    assert fix_numbers(small, run(small)) == left
    assert (small / "README.md").read_bytes() == before


def test_bindings_are_computed_before_the_first_answer(tmp_path):
    path = write_notebook(tmp_path, "01_a", ["It is 2. <!-- 2 = n -->", "n = 2", "An exercise.", "n = 3"])
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].metadata["tags"] = ["answer"]
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    (only,) = run_notebooks([path], lambda line: None).values()
    assert only.values == {"n": 2.0}
    assert [cell.execution_count for cell in only.notebook.cells if cell.cell_type == "code"] == [1, 2]

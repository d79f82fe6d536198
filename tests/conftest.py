"""What several test files share: the study's corpus, read once, and makers of small corpora and studies."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import settings

from corpus_lib import Corpus, load_corpus

ROOT = Path(__file__).parent.parent
# The same examples at every run, however long the first takes to compile its rules.
settings.register_profile("study", derandomize=True, deadline=None)
settings.load_profile("study")

HEADER = ["doc_id", "file", "sha256", "date", "date_basis", "outlet", "title", "year"]


@pytest.fixture(scope="session")
def study() -> Corpus:
    return load_corpus(ROOT / "seeds")


def write_corpus(
    folder: Path,
    texts: dict[str, str | bytes],
    titles: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
) -> Path:
    """Write a corpus folder: texts by doc_id, frozen, with titles and names of files; give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["\t".join(HEADER)]
    for doc_id, text in texts.items():
        data = text.encode() if isinstance(text, str) else text
        name = (names or {}).get(doc_id, f"{doc_id}.txt")
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        title = (titles or {}).get(doc_id, "")
        rows.append("\t".join([doc_id, name, digest, "", "unknown", "", title, doc_id[:4]]))
    (folder / "articles.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    return folder


def write_notebook(folder: Path, name: str, sources: list[str]) -> Path:
    """Write a notebook whose even cells are prose and whose odd cells are code; give its path."""
    make = (nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell)
    cells = [make[i % 2](source, id=f"c{i}") for i, source in enumerate(sources)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    return path


@pytest.fixture
def make_corpus(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write a corpus into the test's own folder."""
    return lambda texts: write_corpus(tmp_path, texts)

"""What several test files share: the study's corpus, read once, and a maker of small corpora."""

import hashlib
from pathlib import Path

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


@pytest.fixture
def make_corpus(tmp_path: Path):
    """Write a corpus folder: texts by doc_id, frozen; give its path."""

    def make(texts: dict[str, str | bytes]) -> Path:
        rows = ["\t".join(HEADER)]
        for doc_id, text in texts.items():
            data = text.encode() if isinstance(text, str) else text
            (tmp_path / f"{doc_id}.txt").write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            rows.append("\t".join([doc_id, f"{doc_id}.txt", digest, "", "unknown", "", "", doc_id[:4]]))
        (tmp_path / "articles.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
        return tmp_path

    return make

"""The five articles as shards of three kinds, and the tables that they give in memory."""

import json
from pathlib import Path

import pandas as pd
import pytest

from corpus_lib import compound_terms, count_terms, counted, label_lines, segment_lines, words
from corpus_lib.articles import ARTICLE_COLUMNS
from tests.conftest import ROOT

OWN = ["doc_id", "date", "date_basis", "outlet", "city"]
LEXICON = ROOT / "seeds" / "lexicon.tsv"


def write_shards(folder: Path, articles: pd.DataFrame) -> Path:
    """Write two files of JSON Lines and a corpus folder, with one lexicon for all."""
    folder.mkdir()
    (folder / "lexicon.tsv").write_bytes(LEXICON.read_bytes())
    rows = articles[[*OWN, "text"]].to_dict("records")
    for name, part in {"one.jsonl": rows[:2], "two.jsonl": rows[2:4]}.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in part]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    last = articles.iloc[[4]]
    (folder / "last").mkdir()
    (folder / "last" / last["file"].item()).write_text(last["text"].item(), encoding="utf-8", newline="")
    listed = last.drop(columns="text").assign(sha256="")
    listed = listed[[*ARTICLE_COLUMNS, "city"]]
    listed.to_csv(folder / "last" / "articles.tsv", sep="\t", index=False)
    return folder


@pytest.fixture
def shards(study, tmp_path) -> Path:
    return write_shards(tmp_path / "shards", study.articles)


@pytest.fixture(scope="session")
def in_memory(study) -> pd.DataFrame:
    """The counts of the same articles, by the functions that take a whole corpus."""
    lexicon = pd.read_csv(LEXICON, sep="\t", dtype="str", keep_default_na=False)
    tokens = segment_lines(label_lines(study.articles[[*OWN, "text"]]), lexicon)
    tokens = compound_terms(tokens, lexicon)
    return count_terms(words(counted(tokens)))

"""What the extras add: the same words from another segmenter, Parquet, and the workers of a Dask cluster.

These tests run where the extras are installed (`make test-extras`).
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import find_figures, label_lines, read_notes, segment_lines
from corpus_lib.scale import count_each, count_shards, finish, read_counts, read_kept, workers
from tests.conftest import ROOT

same = pd.testing.assert_frame_equal
LEXICON = read_notes(ROOT / "seeds", "lexicon")
TERMS = LEXICON.loc[LEXICON["type"] != "compound", "term"].tolist()


@pytest.fixture(autouse=True, scope="module")
def extras() -> None:
    for name in ("rjieba", "pyarrow", "distributed"):
        pytest.importorskip(name)


def both(texts: list[str], lexicon: pd.DataFrame | None = None, hmm: bool = True) -> None:
    """Segment texts with each engine, and compare."""
    lines = pd.DataFrame({"start": 0, "text": pd.Series(texts, dtype="str")})
    same(segment_lines(lines, lexicon, hmm), segment_lines(lines, lexicon, hmm, engine="rjieba"))


@pytest.mark.parametrize("hmm", [True, False])
@pytest.mark.parametrize("lexicon", [None, LEXICON], ids=["no lexicon", "lexicon"])
def test_both_engines_find_the_same_words_in_the_five_articles(study, lexicon, hmm):
    both(study.lines["text"].tolist(), lexicon, hmm)


@pytest.mark.parametrize("hmm", [True, False])
def test_both_engines_find_the_same_words_in_idioms_and_phrases(hmm):
    """100,000 characters of the phrases whose readings pypinyin lists."""
    from pypinyin.phrases_dict import phrases_dict

    text = "".join(random.Random(1).sample(sorted(phrases_dict), 40_000))[:100_000]
    assert len(text) == 100_000
    both([text[i : i + 500] for i in range(0, len(text), 500)], LEXICON, hmm)


KNOWN = ["公安", "警情", "下降62.46%", "1,300名", "T恤", "B超", "AA制", "K歌", "c#", "3.15"]
ODD = "0123456789abcXYZT+#&._%-,:/０９．％‰，。😀𠮷㐀龦é \r\n\u200b"


@given(
    pieces=st.lists(
        st.one_of(
            st.text(st.sampled_from(ODD), max_size=9),
            st.sampled_from([*TERMS, *KNOWN]),
            st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=5),
        ),
        max_size=9,
    ),
    hmm=st.booleans(),
)
def test_both_engines_find_the_same_words_in_any_text(pieces, hmm):
    both(["".join(pieces)], LEXICON, hmm)


def test_the_fast_engine_gives_the_same_counts(shards, tmp_path, in_memory):
    count_shards(shards, tmp_path / "out", engine="rjieba")
    same(read_counts(tmp_path / "out"), in_memory)


def test_a_parquet_file_is_a_shard(study, tmp_path, in_memory):
    own = [column for column in in_memory if column not in ("term", "n")]
    (tmp_path / "shards").mkdir()
    study.articles[[*own, "text"]].to_parquet(tmp_path / "shards" / "all.parquet")
    (tmp_path / "shards" / "lexicon.tsv").write_bytes((ROOT / "seeds" / "lexicon.tsv").read_bytes())
    count_shards(tmp_path / "shards", tmp_path / "out")
    same(read_counts(tmp_path / "out"), in_memory)


def test_a_year_that_is_a_number_in_parquet_stays_whole(tmp_path):
    years = pd.DataFrame(
        {"doc_id": ["a", "b"], "year": pd.array([2021, None], "Int64"), "text": ["标题", "正文"]}
    )
    years.to_parquet(tmp_path / "x.parquet")
    count_shards(tmp_path, tmp_path / "out")
    assert read_counts(tmp_path / "out")["year"].tolist() == ["2021", ""]


def test_a_broken_parquet_file_is_named(tmp_path):
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(ValueError, match=r"x.parquet cannot be read as Parquet"):
        count_shards(tmp_path, tmp_path / "out")


def test_tokens_and_figures_are_kept_if_asked_for(study, shards, tmp_path):
    count_shards(shards, tmp_path / "out")
    with pytest.raises(FileNotFoundError, match=r"tokens.parquet does not exist: count again"):
        next(read_kept(tmp_path / "out", "tokens"))
    count_shards(shards, tmp_path / "out", keep=["tokens", "figures"])
    figures = pd.concat(read_kept(tmp_path / "out", "figures")).sort_values(["doc_id", "start"])
    expected = find_figures(label_lines(study.articles[["doc_id", "text"]]))
    same(
        figures[expected.columns].reset_index(drop=True),
        expected.sort_values(["doc_id", "start"], ignore_index=True),
        check_dtype=False,
    )
    tokens = pd.concat(read_kept(tmp_path / "out", "tokens"))
    joined = tokens.groupby("doc_id", observed=True)["term"].agg("".join)
    lines = label_lines(study.articles[["doc_id", "text"]])
    assert joined.to_dict() == lines.groupby("doc_id")["text"].agg("".join).to_dict()


@pytest.fixture
def cluster(tmp_path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, started with Dask's own commands on the loopback address."""
    here, log = {**os.environ, "PYTHONPATH": str(ROOT)}, (tmp_path / "log").open("w")
    address = tmp_path / "scheduler.json"

    def start(*command: str) -> subprocess.Popen[bytes]:
        whole = [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]]
        return subprocess.Popen(whole, env=here, stdout=log, stderr=log, cwd=tmp_path, start_new_session=True)

    plain = ("--host", "127.0.0.1", "--no-dashboard")
    running = [start("scheduler", *plain, "--port", "0", "--scheduler-file", str(address))]
    until(address.exists)
    uri = re.search(r'"address": "([^"]+)"', address.read_text()).group(1)
    running += [start("worker", uri, *plain, "--nthreads", "1", "--death-timeout", "60") for _ in range(2)]
    yield uri, running
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    log.close()


def until(is_so) -> None:
    """Wait until something is so, a minute at most."""
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("waited a minute in vain")


def many(shards: Path, n: int) -> Path:
    """Add shards, so that a worker is still at work when another is killed."""
    line = (shards / "one.jsonl").read_text(encoding="utf-8").split("\n")[0]
    for i in range(n):
        again = line.replace('"doc_id": "000"', f'"doc_id": "m{i}"')
        (shards / f"more{i:02}.jsonl").write_text(again, encoding="utf-8")
    return shards


def test_a_cluster_gives_the_same_and_a_killed_worker_changes_no_count(shards, tmp_path, cluster):
    uri, (_, first, _) = cluster
    folder = many(shards, 30)
    count_shards(folder, tmp_path / "one")
    with workers(cluster=uri):
        rows = count_each(folder, tmp_path / "dask")
        done = list(islice(rows, 3))
        os.killpg(first.pid, signal.SIGKILL)
        finish(tmp_path / "dask", [*done, *rows])
    same(read_counts(tmp_path / "dask"), read_counts(tmp_path / "one"))


def stop_after(rows: Iterator[dict], running: list[subprocess.Popen[bytes]]) -> None:
    """Stop the whole cluster when three shards are counted."""
    list(islice(rows, 3))
    for process in running:
        os.killpg(process.pid, signal.SIGKILL)
    list(rows)


def test_a_scheduler_that_goes_away_is_one_sentence_and_keeps_what_is_finished(shards, tmp_path, cluster):
    uri, running = cluster
    folder = many(shards, 30)
    with pytest.raises(RuntimeError, match="Finished shards are kept"), workers(cluster=uri):
        stop_after(count_each(folder, tmp_path / "out"), running)
    assert len(list((tmp_path / "out").glob("*.*/counts.tsv"))) >= 3
    count_shards(folder, tmp_path / "out")
    assert len(read_counts(tmp_path / "out")["doc_id"].unique()) == 35


def test_an_address_where_no_scheduler_answers_is_said():
    said = r"No scheduler answers at tcp://127\.0\.0\.1:9"
    with pytest.raises(RuntimeError, match=said), workers(cluster="tcp://127.0.0.1:9"):
        pass

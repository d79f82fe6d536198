"""A corpus counted shard by shard gives the tables that it gives in memory, whatever happens on the way."""

import json
import os
import random
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest

from corpus_lib import (
    add_rates,
    count_terms,
    counted,
    dispersion,
    keyness,
    label_lines,
    segment_lines,
    tf_idf,
    words,
)
from corpus_lib.phrases import concordance
from corpus_lib.robustness import leave_one_out
from corpus_lib.scale import (
    count_each,
    count_shards,
    counting,
    find_contexts,
    list_shards,
    read_counts,
    workers,
)
from corpus_lib.segmentation import _fast_tokenizer
from tests.conftest import ROOT

same = pd.testing.assert_frame_equal


def times(out: Path) -> dict[str, int]:
    """When each result was written."""
    return {
        path.name: path.stat().st_mtime_ns for path in out.glob("*.*/counts.tsv") for path in [path.parent]
    }


def test_counts_by_article_are_those_in_memory(shards, tmp_path, in_memory):
    table = count_shards(shards, tmp_path / "out")
    assert table["shard"].tolist() == ["last", "one.jsonl", "two.jsonl"]
    assert table["n_articles"].tolist() == [1, 2, 2]
    assert table["fault"].tolist() == [""] * 3
    same(read_counts(tmp_path / "out"), in_memory)


def test_a_corpus_folder_is_a_shard_of_its_own(study, tmp_path):
    count_shards(ROOT / "seeds", tmp_path)
    same(read_counts(tmp_path), count_terms(words(counted(study.tokens))))


@pytest.mark.parametrize("verb", [add_rates, keyness, tf_idf])
def test_sums_by_group_give_the_tables_of_the_study(shards, tmp_path, in_memory, verb):
    count_shards(shards, tmp_path / "out")
    same(verb(read_counts(tmp_path / "out", by="city"), by="city"), verb(in_memory, by="city"))


@pytest.mark.parametrize("verb", [dispersion, lambda counts: leave_one_out(counts, "city")])
def test_verbs_that_need_articles_take_the_counts_by_article(shards, tmp_path, in_memory, verb):
    count_shards(shards, tmp_path / "out")
    same(verb(read_counts(tmp_path / "out")), verb(in_memory))


def test_a_group_can_be_the_part_that_dispersion_asks_for(shards, tmp_path, in_memory):
    count_shards(shards, tmp_path / "out")
    groups = read_counts(tmp_path / "out", by="city")[["city", "term", "n"]]
    whole = in_memory.groupby(["city", "term"], as_index=False)["n"].sum()
    same(
        dispersion(groups.rename(columns={"city": "doc_id"})),
        dispersion(whole.rename(columns={"city": "doc_id"})),
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_shards_does_not_matter(shards, tmp_path, in_memory, seed, monkeypatch):
    def shuffled(folder: Path) -> list[Path]:
        return random.Random(seed).sample(list_shards(folder), 3)

    monkeypatch.setattr(counting, "list_shards", shuffled)
    count_shards(shards, tmp_path / "out")
    same(read_counts(tmp_path / "out"), in_memory)


def test_two_processes_give_the_same(shards, tmp_path, in_memory):
    with workers(2):
        count_shards(shards, tmp_path / "out")
    same(read_counts(tmp_path / "out"), in_memory)


def test_what_is_finished_is_not_counted_again_and_what_has_changed_is(shards, tmp_path):
    out = tmp_path / "out"
    count_shards(shards, out)
    before = times(out)
    count_shards(shards, out)
    assert times(out) == before
    with (shards / "two.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("\n" + json.dumps({"doc_id": "new", "city": "", "text": "\u6807\u9898"}))
    count_shards(shards, out)
    kept = set(times(out)) & set(before)
    assert {name.rpartition(".")[0] for name in kept} == {"one.jsonl", "last"}
    assert "new" in set(read_counts(out)["doc_id"])
    assert len(times(out)) == 3  # the old result of two.jsonl is gone


def test_another_lexicon_counts_all_again(shards, tmp_path):
    count_shards(shards, tmp_path / "out")
    before = times(tmp_path / "out")
    (shards / "lexicon.tsv").unlink()
    count_shards(shards, tmp_path / "out")
    assert not set(times(tmp_path / "out")) & set(before)


def test_a_result_that_is_half_written_is_not_taken_for_whole(shards, tmp_path, monkeypatch, in_memory):
    out, written = tmp_path / "out", pd.DataFrame.to_csv

    def full(frame: pd.DataFrame, path: Path, **options: object) -> None:
        if "term" in frame and "002" in set(frame["doc_id"]):
            raise OSError(28, "No space left on device")
        written(frame, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(RuntimeError, match="cannot be written: No space left on device"):
        count_shards(shards, out)
    assert {name.rpartition(".")[0] for name in times(out)} == {"last", "one.jsonl"}
    with pytest.raises(FileNotFoundError, match="has no finished run"):
        read_counts(out)
    monkeypatch.undo()
    before = times(out)
    count_shards(shards, out)
    assert before.items() <= times(out).items()
    same(read_counts(out), in_memory)


def test_an_interrupt_keeps_what_is_finished(shards, tmp_path):
    rows = count_each(shards, tmp_path / "out")
    first = next(rows)
    rows.close()
    before = times(tmp_path / "out")
    assert first["result"] in before
    count_shards(shards, tmp_path / "out")
    assert before.items() <= times(tmp_path / "out").items()


def test_what_a_killed_worker_left_behind_is_taken_away(shards, tmp_path):
    left = tmp_path / "out" / f".{'0' * 16}.{'a' * 32}"
    left.mkdir(parents=True)
    (tmp_path / "out" / "notes.txt").touch()  # a file that is not ours
    count_shards(shards, tmp_path / "out")
    assert not left.exists()
    assert (tmp_path / "out" / "notes.txt").exists()


@pytest.mark.parametrize("name", ["lexicon", "engine", "corpus_lib"])
def test_a_worker_that_differs_stops_the_run(shards, tmp_path, name, monkeypatch):
    setting = counting._setting(shards, "jieba", ())
    job = counting.Job(shards, tmp_path, "jieba", (), setting | {name: "another"})
    with pytest.raises(RuntimeError, match=f"The {name} of a worker differs from the one here"):
        counting.count_shard(job, shards / "one.jsonl")


FAULTS = {
    "no JSON": (b'{"text": ', "line 1 is not JSON"),
    "no text": (b'{"doc_id": "1"}', "line 1 is not an article"),
    "text is a number": (b'{"text": 3}', "line 1 is not an article"),
    "a list": (b"[1]", "line 1 is not an article"),
    "half a character": (b'{"text": "\\ud800"}', "line 1 is not JSON"),
    "empty": (b"", "has no article"),
    "another encoding": ('{"text": "公安机关打击犯罪"}'.encode("gb18030"), "gb18030|GB18030"),
    "twice": (b'{"doc_id": 1, "text": "a"}\n{"doc_id": "1", "text": "b"}', "the doc_id '1' is on 2 articles"),
    "a column of ours": (b'{"n_characters": 1, "text": "a"}', "n_characters"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_a_shard_that_cannot_be_read_is_named_and_skipped_only_when_asked(
    shards, tmp_path, in_memory, data, said
):
    out = tmp_path / "out"
    (shards / "bad.jsonl").write_bytes(data)
    with pytest.raises(ValueError, match=f"1 of 4 shards cannot be read(.|\n)*bad.jsonl(.|\n)*({said})"):
        count_shards(shards, out)
    table = count_shards(shards, out, skip=True)
    assert table["fault"].str.contains("bad.jsonl").tolist() == [True, False, False, False]
    same(read_counts(out), in_memory)


def test_only_faults_are_an_error_even_if_faults_are_skipped(tmp_path):
    (tmp_path / "a.jsonl").touch()
    with pytest.raises(ValueError, match="1 of 1 shards cannot be read"):
        count_shards(tmp_path, tmp_path / "out", skip=True)


def test_a_shard_without_the_column_to_sum_by_is_named(shards, tmp_path, in_memory):
    (shards / "plain").mkdir()
    (shards / "plain" / "new.txt").write_text("标题", encoding="utf-8")
    count_shards(shards, tmp_path / "out")
    with pytest.raises(ValueError, match=r"plain: .*'city'"):
        read_counts(tmp_path / "out", "city")
    counts = read_counts(tmp_path / "out").query("doc_id == 'plain/new'")
    assert counts.to_numpy().tolist() == [["plain/new", "", "", "", "", "标题", 1]]


def test_an_article_in_two_shards_is_an_error(shards, tmp_path):
    shutil.copy(shards / "one.jsonl", shards / "copy.jsonl")
    with pytest.raises(ValueError, match=r"The doc_id '000' is in copy.jsonl and one.jsonl"):
        count_shards(shards, tmp_path / "out")


def test_a_folder_without_shards_or_with_two_lexicons_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no folder"):
        list_shards(tmp_path / "none")
    with pytest.raises(ValueError, match="has no shard"):
        list_shards(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").touch()
    (tmp_path / "a" / "lexicon.tsv").touch()
    with pytest.raises(ValueError, match="is in one shard"):
        list_shards(tmp_path)


def test_what_cannot_be_asked_for_is_said_before_any_shard_is_read(shards, tmp_path):
    with pytest.raises(ValueError, match="the engines are 'jieba' and 'rjieba'"):
        count_shards(shards, tmp_path / "out", engine="other")
    with pytest.raises(ValueError, match="choose tokens or figures"):
        count_shards(shards, tmp_path / "out", keep=["lines"])


def test_an_extra_that_is_not_installed_is_named(shards, tmp_path, monkeypatch):
    for name in ("distributed", "rjieba"):
        monkeypatch.setitem(sys.modules, name, None)
    _fast_tokenizer.cache_clear()
    with (
        pytest.raises(ModuleNotFoundError, match=r"\.\[scale\]"),
        workers(cluster="tcp://127.0.0.1:1"),
    ):
        pass
    with pytest.raises(ModuleNotFoundError, match=r"\.\[fast\]"):
        count_shards(shards, tmp_path / "out", engine="rjieba")


def test_a_file_in_the_place_of_the_results_is_said_at_once(shards, tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(RuntimeError, match="out cannot be written"):
        count_shards(shards, tmp_path / "out")


def test_contexts_are_those_in_memory_and_only_shards_with_the_term_are_opened(study, tmp_path, monkeypatch):
    folder = tmp_path / "shards"
    folder.mkdir()
    for doc_id, text in zip(study.articles["doc_id"], study.articles["text"], strict=True):
        line = json.dumps({"doc_id": doc_id, "text": text}, ensure_ascii=False)
        (folder / f"{doc_id}.jsonl").write_text(line, encoding="utf-8")
    count_shards(folder, tmp_path / "out")
    opened = []
    read = counting.read_shard
    monkeypatch.setattr(
        "corpus_lib.scale.results.read_shard", lambda path: opened.append(path.stem) or read(path)
    )
    in_articles = read_counts(tmp_path / "out").groupby("term")["doc_id"].nunique()
    term = in_articles.index[(in_articles == 2) & (in_articles.index.str.len() > 2)][0]
    found = find_contexts(folder, tmp_path / "out", term)
    assert opened == sorted(set(found["doc_id"]))
    assert 0 < len(opened) < 5
    tokens = counted(segment_lines(label_lines(study.articles[["doc_id", "text"]])))
    whole = concordance(tokens, term).sort_values(["doc_id", "start"], ignore_index=True)
    same(found.sort_values(["doc_id", "start"], ignore_index=True)[whole.columns], whole, check_dtype=False)
    assert find_contexts(folder, tmp_path / "out", "没有此词").empty
    assert find_contexts(folder, tmp_path / "out", "没有此词").columns.tolist() == found.columns.tolist()


def lines_of(*articles: dict[str, object]) -> str:
    return "\n".join(json.dumps(article, ensure_ascii=False) for article in articles)


@pytest.fixture
def small(tmp_path) -> Path:
    """Two shards of one article each."""
    (tmp_path / "small").mkdir()
    for name, year in {"a": "2020", "b": "2021"}.items():
        row = {"doc_id": name, "year": year, "text": "公安机关\n公安机关打击犯罪。"}
        (tmp_path / "small" / f"{name}.jsonl").write_text(lines_of(row), encoding="utf-8")
    return tmp_path / "small"


def test_nothing_of_the_user_is_taken_away(small, tmp_path):
    out = tmp_path / "out"
    theirs = [out / f"backup.{'1' * 16}" / "x", out / "shards.tsv", out / ".try", out / f"f.{'2' * 16}"]
    theirs[0].parent.mkdir(parents=True)
    for path in theirs:
        path.write_text("mine")
    for _ in range(2):
        count_shards(small, out)
    assert [path.read_text() for path in theirs] == ["mine"] * 4


def test_a_result_that_lost_a_table_is_counted_again(small, tmp_path):
    out = tmp_path / "out"
    count_shards(small, out)
    result = next(out.glob("a.jsonl.*"))
    for path in (result / "counts.tsv", result / "counted"):
        path.unlink()
    count_shards(small, out)
    assert read_counts(out)["doc_id"].unique().tolist() == ["a", "b"]


@pytest.mark.parametrize("where", ["", "inner"])
def test_the_counts_never_lie_among_the_texts(small, where):
    (small / "inner").mkdir()
    (small / "inner" / "c.txt").write_text("标题", encoding="utf-8")
    with pytest.raises(ValueError, match="holds the texts: choose another folder"):
        count_shards(small, small / where)


def test_a_text_beside_shards_and_what_is_no_shard_is_said(small, tmp_path):
    (small / "2020.ndjson").touch()
    with pytest.warns(UserWarning, match=r"not read: 2020.ndjson"):
        count_shards(small, tmp_path / "out")
    (small / "README.txt").write_text("说明", encoding="utf-8")
    with pytest.raises(ValueError, match=r"holds texts and the shard a.jsonl"):
        count_shards(small, tmp_path / "out")


def test_a_text_that_moved_into_an_inner_folder_is_noticed(tmp_path):
    (tmp_path / "s" / "k" / "old").mkdir(parents=True)
    for name in "ab":
        (tmp_path / "s" / "k" / f"{name}.txt").write_text("标题", encoding="utf-8")
    assert count_shards(tmp_path / "s", tmp_path / "out")["n_articles"].tolist() == [2]
    (tmp_path / "s" / "k" / "b.txt").rename(tmp_path / "s" / "k" / "old" / "b.txt")
    assert count_shards(tmp_path / "s", tmp_path / "out")["n_articles"].tolist() == [1]


def test_rows_without_a_doc_id_are_named_by_shard_and_row(small, tmp_path):
    rows = [{"doc_id": "x", "text": "标题"}, {"text": "标题"}]
    (small / "news.jsonl").write_text(lines_of(*rows), encoding="utf-8")
    count_shards(small, tmp_path / "out")
    assert read_counts(tmp_path / "out")["doc_id"].unique().tolist() == ["a", "b", "news-2", "x"]


@pytest.mark.parametrize("by", ["n", "term", "n_articles", "n_characters"])
def test_a_column_of_ours_is_no_group(small, tmp_path, by):
    count_shards(small, tmp_path / "out")
    with pytest.raises(ValueError, match=by):
        read_counts(tmp_path / "out", by)


def test_odd_names_of_shards_are_faults_of_these_alone(small, tmp_path):
    text = lines_of({"text": "标题"})
    names = ["长" * 83 + ".jsonl", "a\rb.jsonl"]
    for name in names:
        (small / name).write_text(text, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(small) + b"/x\xff.jsonl")).write_text(text, encoding="utf-8")
    os.mkfifo(small / "p.jsonl")
    table = count_shards(small, tmp_path / "out", skip=True)
    assert table.loc[table["fault"] != "", "shard"].tolist() == ["p.jsonl", "x\\udcff.jsonl", names[0]]
    assert len(read_counts(tmp_path / "out")["doc_id"].unique()) == 3


def test_json_that_goes_too_deep_is_a_fault_of_its_shard(small, tmp_path):
    (small / "deep.jsonl").write_text('{"text": "a", "m": ' + "[" * 99_999 + "]" * 99_999 + "}")
    table = count_shards(small, tmp_path / "out", skip=True)
    assert table["fault"].str.contains("line 1 is not JSON").sum() == 1


def test_only_whole_words_are_contexts_and_odd_forms_are_found(small, tmp_path):
    (small / "c.jsonl").write_text(lines_of({"text": "标题\n公安来了，公安局来了。"}), encoding="utf-8")
    count_shards(small, tmp_path / "out")
    found = find_contexts(small, tmp_path / "out", "公\u200b安")
    assert found["doc_id"].tolist() == ["c-1"]
    assert found["whole"].all()


def test_no_process_is_refused():
    with pytest.raises(ValueError, match="0 processes cannot count"), workers(0):
        pass

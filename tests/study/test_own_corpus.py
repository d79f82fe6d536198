"""Notebook 07 runs on any folder that the check accepts, and its lesson does what it says."""

import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from IPython.display import HTML

from corpus_lib.ingest import check_folder
from corpus_lib.scale import count_shards
from tests.conftest import ROOT, write_corpus

NOTEBOOK = ROOT / "notebooks" / "07_your_corpus.ipynb"
LATIN = "Rain in Linden\nThe river rose by 3 metres and the bridge was closed for 2 days."
RICE = "早稻开镰\n柳岸镇的1200亩早稻开镰收割，农民说亩产增加5%。农民很忙。"
BUS = "夜班公交\n云桥市开通2条夜班公交线路，乘客说下班晚也能坐车回家。乘客很多。"


def cells(*without):
    """The code of the notebook, cell by cell, without the cells that have one of these tags."""
    found = nbformat.read(NOTEBOOK, as_version=4).cells
    tagged = [(cell.source, set(cell.metadata.get("tags", []))) for cell in found if cell.cell_type == "code"]
    return [(source, tags) for source, tags in tagged if not tags & set(without)]


def run(monkeypatch, **parameters):
    """Run the analysis in this process, as a page of its own would; give its names and what it displays."""
    shown = []
    monkeypatch.setattr("corpus_lib.charts.tables.display", shown.append)
    monkeypatch.chdir(NOTEBOOK.parent)
    names = {"display": shown.append}
    for source, tags in cells("lesson", "answer"):
        exec(compile(source, NOTEBOOK.name, "exec"), names)
        if "parameters" in tags:
            names |= parameters
    return names, [item.data if isinstance(item, HTML) else item.alt for item in shown]


def group(folder: Path, column: str, values: list[str]) -> Path:
    """Add a grouping column to the articles of a corpus."""
    table = folder / "articles.tsv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    lines = [f"{head}\t{column}", *(f"{r}\t{v}" for r, v in zip(rows, values, strict=True))]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


# Texts, their groups, and other parameters.
CORPORA = {
    "two groups": ([RICE, BUS, RICE + "晴。", BUS + "雨。"], ["a", "b", "a", "b"], {}),
    "Latin only": ([LATIN, LATIN.replace("river", "lake")], ["a", "b"], {}),
    "one article": ([RICE], ["a"], {}),
    "one group": ([RICE, BUS], ["a", "a"], {}),
    "an article without words": ([RICE, "110\n119。", BUS], ["a", "b", "c"], {}),
    "no words at all": (["110\n119。", "1\n2。"], ["a", "b"], {}),
    "empty cells": ([RICE, BUS, BUS + "雨。"], ["a", "", ""], {}),
    "all cells empty": ([RICE, BUS], ["", ""], {}),
    "no such term": ([RICE, BUS], ["a", "b"], {"TERM": "鲸鱼"}),
    "no numerals": (["春天\n天气很好，农民很忙。", "夏天\n天气很热，乘客很多。"], ["a", "b"], {}),
    "a group named rest": ([RICE, BUS], ["rest", "b"], {}),
    "thirty groups of one": (
        [f"{RICE}第{i}村的农民在田里。" for i in range(30)],
        [f"g{i}" for i in range(30)],
        {},
    ),
    "ten groups": (
        [f"{(RICE, BUS)[i % 2]}{'晴雨风雪云'[i % 5]}天。" for i in range(20)],
        [f"g{i % 10}" for i in range(20)],
        {},
    ),
    "emoji": ([RICE + "😀", BUS], ["a", "b"], {"TERM": "😀"}),
    "letters that the font lacks": (["한국\n서울 경찰 경찰 𠮷野家。", BUS], ["a", "b"], {}),
    "few words listed": ([RICE, BUS], ["a", "b"], {"ENOUGH": 9, "TOP": 1}),
}


@pytest.mark.parametrize("name", CORPORA)
def test_the_analysis_runs_on_a_corpus_with(name, tmp_path, monkeypatch, capfd):
    texts, groups, others = CORPORA[name]
    ids = {f"{i:03}": text for i, text in enumerate(texts)}
    folder = group(write_corpus(tmp_path / "c", ids), "team", groups)
    assert "fault" not in set(check_folder(folder)["kind"])
    names, shown = run(monkeypatch, CORPUS=str(folder), BY="team", **others)
    assert names["groups"]["articles"].sum() == len(texts)
    assert names["groups"]["words"].sum() == names["counts"]["n"].sum()
    assert ("(not given)" in set(names["groups"]["group"])) == ("" in groups)
    assert len(shown) >= 4
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("by", ["doc_id", "title"])
def test_any_column_of_the_table_makes_groups(by, tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "c", {"2019-a": RICE, "2020-b": BUS}, {"2019-a": "早稻开镰"})
    names, _ = run(monkeypatch, CORPUS=str(folder), BY=by)
    assert names["groups"]["articles"].sum() == 2


def test_a_column_that_is_not_there_is_named(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "c", {"2019-a": RICE, "2020-b": BUS})
    with pytest.raises(ValueError, match=r"There is no column 'city'\. The columns are: doc_id"):
        run(monkeypatch, CORPUS=str(folder), BY="city")


def test_the_page_says_why_one_group_has_no_contrasts(tmp_path, monkeypatch):
    _, shown = run(monkeypatch, CORPUS=str(write_corpus(tmp_path / "c", {"2019": RICE})), BY="year")
    refused = [said for said in shown if said.startswith("<p>Not shown: ")]
    assert len(refused) == 3  # dispersion, TF-IDF, keyness
    assert all("2019" in said for said in refused)


def test_the_lesson_breaks_its_folder_three_times_and_mends_it(monkeypatch):
    monkeypatch.chdir(NOTEBOOK.parent)
    names = {}
    kinds, advice = [], []
    for source, _ in cells("answer", "parameters", "narrative", "hermeneutics")[:8]:
        exec(compile(source, NOTEBOOK.name, "exec"), names)
        if "check_folder(lesson)" in source:
            found = check_folder(names["lesson"])
            kinds.append([*found["kind"]])
            advice.append(" ".join(found["said"]))
    assert kinds == [["there"], ["fault"], ["there", "doubt"], ["fault"], ["there"]]
    for said, word in zip(advice[1:4], ["GB18030", "the same text", "no column outlet"], strict=True):
        assert word in said
    names, _ = run(monkeypatch, CORPUS=str(names["lesson"]), BY="topic")
    assert names["groups"]["articles"].tolist() == [4, 4]
    assert {"农民", "合作社"} <= set(names["leading"]["term"])


def test_the_texts_of_the_lesson_are_short_and_have_their_english():
    texts = pd.read_csv(NOTEBOOK.parent / "data" / "lesson_texts.tsv", sep="\t", quoting=3)
    assert texts.columns.tolist() == ["file", "text", "english", "topic"]
    assert texts["topic"].value_counts().tolist() == [4, 4]
    assert texts["text"].str.len().between(60, 150).all()
    assert texts["english"].str.fullmatch(r"[ -~]{40,}").all()


def test_no_output_names_a_folder_of_the_machine():
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"/tmp|/home|/Users|\\\\Temp|/work", re.sub(r'"image/png": "[^"]+"', "", text))


def test_a_counted_corpus_gives_the_words_of_all_shards_and_the_lines_of_one(tmp_path, monkeypatch):
    folder, names = (
        tmp_path / "shards",
        {"a": (RICE, "farm"), "b": (BUS, "town"), "c": (BUS + "雨。", "town")},
    )
    folder.mkdir()
    for name, (text, topic) in names.items():
        row = {"doc_id": name, "topic": topic, "text": text}
        (folder / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (folder / "0bad.jsonl").write_text("{", encoding="utf-8")
    count_shards(folder, tmp_path / "counts", skip=True)
    found, _ = run(monkeypatch, CORPUS=folder, COUNTS=tmp_path / "counts", BY="topic")
    assert found["counts"]["doc_id"].unique().tolist() == ["a", "b", "c"]
    assert found["corpus"].lines["doc_id"].unique().tolist() == ["a"]
    assert found["groups"]["articles"].tolist() == [1, 2]
    assert "0bad.jsonl" in found["doubts"].iloc[0, 1]

"""Every system of the register is mentioned where it says, and nowhere else."""

import pandas as pd
import pytest

from corpus_lib import counted, find_systems, join_figures, read_notes
from tests.conftest import ROOT

TYPES = {
    *("system", "platform", "mechanism", "method", "model", "centre", "campaign", "scheme"),
    *("brand", "body", "service", "alliance"),
}
LINE = {"doc_id": "a", "line": 1, "zone": "body", "start": 10}


@pytest.fixture(scope="module")
def register():
    return read_notes(ROOT / "seeds", "systems")


@pytest.fixture(scope="module")
def mentions(study, register):
    return find_systems(counted(study.lines), register)


def test_the_register_is_whole(register):
    assert len(register) > 100
    assert not register["system"].duplicated().any()
    assert set(register["type"]) <= TYPES
    for column in ("doc_ids", "place", "english", "what"):
        assert (register[column].str.strip() != "").all(), column
    assert register["what"].str.fullmatch(r"[A-Z].+\.").all()


def test_each_system_is_mentioned_in_the_articles_it_names_and_in_no_other(register, mentions):
    found = mentions.groupby("system")["doc_id"].agg(lambda ids: " | ".join(sorted(set(ids))))
    assert found.reindex(register["system"]).tolist() == register["doc_ids"].tolist()


def test_each_alias_is_needed(register, mentions):
    aliases = [a for cell in register["aliases"] for a in cell.split(" | ") if a]
    assert [alias for alias in aliases if alias not in set(mentions["text"])] == []


def test_a_mention_is_what_stands_there(study, mentions):
    texts = study.articles.set_index("doc_id")["text"]
    assert all(texts[row.doc_id][row.start : row.end] == row.text for row in mentions.itertuples())


def test_no_person_is_a_system(register):
    persons = read_notes(ROOT / "seeds", "lexicon").query("type == 'person'")["term"]
    assert [p for p in persons if register["system"].str.contains(p).any()] == []


def test_every_formula_of_the_articles_is_listed_and_explained_only_by_the_article(study):
    formulas = read_notes(ROOT / "seeds", "formulas").set_index("formula")
    found = counted(study.figures).query("kind == 'formula'")
    articles = found.groupby("text")["doc_id"].agg(lambda ids: " | ".join(sorted(set(ids))))
    assert formulas["doc_ids"].to_dict() == articles.to_dict()
    lines = study.lines.groupby(["doc_id", "line"])["text"].agg("".join)
    for row in formulas.itertuples():
        assert (row.explained == "not explained in the corpus") == (row.words == ""), row.Index
        if row.words:
            doc_id, line = row.place.split(":")
            assert row.words in lines[doc_id, int(line)]


def test_the_longer_name_wins_and_marks_are_taken_as_they_are():
    lines = pd.DataFrame([{**LINE, "end": 30, "text": "建设2+N模式和1+2+N模式。"}])
    register = pd.DataFrame({"system": ["2+N模式", "1+2+N模式"], "aliases": ["", ""]})
    found = find_systems(lines, register)
    assert found[["start", "system"]].to_numpy().tolist() == [[12, "2+N模式"], [18, "1+2+N模式"]]


def test_a_register_that_cannot_be_is_refused_and_one_without_mentions_is_empty():
    lines = pd.DataFrame([{**LINE, "end": 12, "text": "公安"}])
    twice = pd.DataFrame({"system": ["甲", "乙"], "aliases": ["丙", "丙"]})
    with pytest.raises(ValueError, match="'丙' stands for both '甲' and '乙'"):
        find_systems(lines, twice)
    with pytest.raises(ValueError, match="register has no row"):
        find_systems(lines, twice.head(0))
    assert find_systems(lines, pd.DataFrame({"system": [""], "aliases": ["公安"]}))["text"].tolist() == [
        "公安"
    ]
    none = find_systems(lines, twice.head(1))
    assert none.empty
    assert none.columns.tolist() == [*lines.columns, "system"]


def test_each_figure_of_the_register_is_in_the_ledger_and_near_a_mention(study, register, mentions):
    joined = join_figures(register, counted(study.figures))
    assert len(joined) > 40
    assert joined["value"].notna().all()
    paragraphs = mentions["doc_id"] + ":" + mentions["paragraph"].astype(str)
    near = paragraphs.groupby(mentions["system"]).agg(set)
    lost = [
        (row.system, row.text)
        for row in joined.itertuples()
        if f"{row.doc_id}:{row.paragraph}" not in near[row.system]
    ]
    assert lost == []


def test_a_figure_that_does_not_stand_there_is_named_with_its_system():
    systems = pd.DataFrame({"system": ["甲队"], "figures": ["a:4 5人 | a:9 6人"]})
    figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"]})
    with pytest.raises(ValueError, match="'甲队' cites 'a:9 6人'"):
        join_figures(systems, figures)
    assert join_figures(systems.assign(figures=""), figures).empty

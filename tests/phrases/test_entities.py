"""Every system of the register is mentioned where it says, and nowhere else."""

import pandas as pd
import pytest

from corpus_lib import counted, read_notes
from corpus_lib.phrases import entity_figures, find_entities
from tests.conftest import ROOT

TYPES = {
    *("system", "platform", "mechanism", "method", "model", "centre", "campaign", "scheme"),
    *("brand", "body", "service", "alliance"),
    *("slogan or campaign name", "title", "office", "doctrine", "event"),
}
LINE = {"doc_id": "a", "line": 1, "zone": "body", "start": 10}


@pytest.fixture(scope="module")
def register():
    return read_notes(ROOT / "seeds", "systems")


@pytest.fixture(scope="module")
def mentions(study, register):
    """Find every mention in all that belongs to an article, captions and bylines too."""
    return find_entities(study.lines[study.lines["zone"] != "boilerplate"], register)


def test_the_register_is_whole(register):
    assert len(register) > 100
    assert not register["system"].duplicated().any()
    assert set(register["type"]) <= TYPES
    for column in ("doc_ids", "place", "english", "what"):
        assert (register[column].str.strip() != "").all(), column
    assert register["what"].str.fullmatch(r"[A-Z].+\.").all()
    assert set(register["told"]) == {"yes", "in part", "no"}


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
    """The name of a person stands in the register only within the name of a doctrine or of its campaign."""
    persons = read_notes(ROOT / "seeds", "lexicon").query("type == 'person'")["term"]
    named = register[register["system"].str.contains("|".join(persons))]
    assert set(named["type"]) == {"doctrine", "slogan or campaign name"}
    assert set(named["system"].str.extract("(" + "|".join(persons) + ")")[0]) == {"习近平"}
    assert not register["system"].isin(persons).any()


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
    found = find_entities(lines, register)
    assert found[["start", "system"]].to_numpy().tolist() == [[12, "2+N模式"], [18, "1+2+N模式"]]
    longer = pd.DataFrame({"system": ["2+N", "2+N模式"], "aliases": ["", ""]})
    assert find_entities(lines, longer)["system"].tolist() == ["2+N模式", "2+N模式"]


def test_a_name_of_two_systems_is_refused():
    lines = pd.DataFrame([{**LINE, "end": 12, "text": "公安"}])
    twice = pd.DataFrame({"system": ["甲", "乙"], "aliases": ["丙", "丙"]})
    with pytest.raises(ValueError, match="'丙' for both '甲' and '乙'"):
        find_entities(lines, twice)


def test_a_system_without_a_name_is_found_by_its_alias():
    lines = pd.DataFrame([{**LINE, "end": 12, "text": "公安"}])
    register = pd.DataFrame({"system": [""], "aliases": ["公安"]})
    assert find_entities(lines, register)["text"].tolist() == ["公安"]


@pytest.mark.parametrize("names", [[], ["甲"], [""]], ids=["empty register", "not mentioned", "no name"])
def test_no_mention_is_an_empty_frame_with_its_columns(names):
    lines = pd.DataFrame([{**LINE, "end": 12, "text": "公安"}])
    register = pd.DataFrame({"system": names, "aliases": [""] * len(names)}, dtype="str")
    full = find_entities(lines, pd.DataFrame({"system": ["公安"], "aliases": [""]}))
    none = find_entities(lines, register)
    assert none.empty
    assert none.dtypes.to_dict() == full.dtypes.to_dict()
    assert none.columns.tolist() == [*lines.columns, "system"]


def test_mentions_keep_the_columns_of_their_line_and_the_order_of_the_text():
    rows = [("b", "Y", 0, 2, "甲队"), ("a", "X", 9, 13, "乙和甲队"), ("a", "X", 0, 5, "甲队和甲队")]
    lines = pd.DataFrame(rows, columns=["doc_id", "city", "start", "end", "text"], index=[7, 7, 7])
    found = find_entities(lines, pd.DataFrame({"system": ["甲队"], "aliases": ["乙"]}))
    assert found.to_numpy().tolist() == [
        ["a", "X", 0, 2, "甲队", "甲队"], ["a", "X", 3, 5, "甲队", "甲队"], ["a", "X", 9, 10, "乙", "甲队"],
        ["a", "X", 11, 13, "甲队", "甲队"], ["b", "Y", 0, 2, "甲队", "甲队"]]  # fmt: skip


def test_each_figure_of_the_register_is_in_the_ledger_and_near_a_mention(study, register, mentions):
    joined = entity_figures(register, counted(study.figures))
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


def test_a_figure_that_is_not_there_is_named_with_its_system():
    systems = pd.DataFrame({"system": ["甲队"], "figures": ["a:4 5人 | a:9 6人"]})
    figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"]})
    with pytest.raises(ValueError, match="'a:9 6人' for '甲队'"):
        entity_figures(systems, figures)


@pytest.mark.parametrize("cells", [[], [""]], ids=["no system", "no figure"])
def test_systems_without_figures_give_an_empty_frame_with_its_columns(cells):
    figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"], "value": [5.0]})
    full = entity_figures(pd.DataFrame({"system": ["甲队"], "figures": ["a:4 5人"]}), figures)
    systems = pd.DataFrame({"system": ["甲队"] * len(cells), "figures": cells})
    none = entity_figures(systems, figures)
    assert none.empty
    assert none.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(none) == ["system", *figures.columns]
    pd.testing.assert_frame_equal(entity_figures(systems, figures.head(0)), none)


def test_a_figure_that_two_systems_cite_has_two_rows():
    systems = pd.DataFrame({"system": ["甲", "乙"], "figures": ["a:9 6人 | a:4 5人", "a:4 5人"]})
    figures = pd.DataFrame({"doc_id": "a", "start": [4, 9], "text": ["5人", "6人"]})
    joined = entity_figures(systems, figures)
    assert joined[["system", "text"]].to_numpy().tolist() == [["甲", "6人"], ["甲", "5人"], ["乙", "5人"]]

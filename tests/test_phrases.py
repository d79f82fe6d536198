"""A term is found wherever it stands, in the article's own characters; its company can be counted."""

from math import log2

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import collocates, concordance, count_ngrams, counted, label_lines, segment_lines, words
from corpus_lib.articles import read_articles

TEXT = "调解纠纷,调解员调解。"
TOKENS = pd.DataFrame(
    {
        "doc_id": "a",
        "city": "X",
        "line": 1,
        "paragraph": 1,
        "zone": "body",
        "start": [0, 2, 4, 5, 8, 10],
        "end": [2, 4, 5, 8, 10, 11],
        "term": ["调解", "纠纷", ",", "调解员", "调解", "。"],
    }
)


@pytest.fixture(scope="module")
def tokens(study):
    return counted(study.tokens)


@pytest.fixture(scope="module")
def texts(study):
    return study.articles.set_index("doc_id")["text"]


def test_contexts_and_whole_words_by_hand():
    rows = concordance(TOKENS, "调解", width=3, sort="text")
    assert rows[["start", "left", "right", "whole"]].to_numpy().tolist() == [
        [0, "", "纠纷,", True], [5, "解纠纷,"[-3:], "员调解", False], [8, "调解员", "。", True]]  # fmt: skip
    assert rows.columns.tolist() == [
        "doc_id", "city", "line", "paragraph", "zone", "start", "end",
        "left", "term", "right", "whole"]  # fmt: skip


def test_it_is_sorted_by_either_side_and_by_group():
    assert concordance(TOKENS, "调解", sort="right")["right"].tolist() == sorted(
        concordance(TOKENS, "调解")["right"]
    )
    left = concordance(TOKENS, "调解", sort="left")["left"].tolist()
    assert [text[::-1] for text in left] == sorted(text[::-1] for text in left)
    two = pd.concat([TOKENS, TOKENS.assign(doc_id="b", city="W")])
    assert concordance(two, "调解", by="city")["city"].tolist() == ["W"] * 3 + ["X"] * 3


@pytest.mark.parametrize("term", ["2+N", "1+2+N", "e体+", "(乡村)", "。", "派出所"])
def test_a_term_is_taken_as_it_is_and_its_row_is_what_the_article_has(tokens, texts, term):
    rows = concordance(tokens, term)
    lines = tokens.groupby(["doc_id", "paragraph"])["term"].agg("".join)
    assert len(rows) == sum(text.count(term) for text in lines)
    for row in rows.itertuples():
        assert texts[row.doc_id][row.start : row.end].replace("\n", "") == term


def test_a_term_broken_over_two_lines_is_found_with_its_break(tokens, texts):
    # 000, lines 34 and 36: 43名民警 / 因公负伤, one paragraph.
    (row,) = concordance(tokens, "民警因公负伤").itertuples()
    assert row.line == 34
    printed = texts["000"][row.start : row.end]
    assert printed != "民警因公负伤"
    assert "".join(printed.split()) == "民警因公负伤"
    assert row.left.endswith("43名")


def test_the_first_and_the_last_characters_of_an_article_have_no_context_on_that_side(tokens):
    for doc_id, part in tokens.groupby("doc_id"):
        text = part.sort_values("start")["term"]
        first, last = concordance(part, text.iloc[0]), concordance(part, text.iloc[-1])
        assert first.loc[first["start"].idxmin(), "left"] == "", doc_id
        assert last.loc[last["start"].idxmax(), "right"] == "", doc_id


@pytest.mark.parametrize(
    ("term", "how", "message"),
    [
        ("茶叶", {}, "'茶叶' stands nowhere in these tokens .of a"),
        ("", {}, "no term to look for"),
        ("调解", {"sort": "up"}, "sort by right, left, text"),
    ],
)
def test_what_cannot_be_found_is_said(term, how, message):
    with pytest.raises(ValueError, match=message):
        concordance(TOKENS, term, **how)
    with pytest.raises(ValueError, match=r"stands nowhere .* \(of no article"):
        concordance(TOKENS.head(0), "调解")


def test_company_by_hand():
    rows = (
        [("a", 1, t) for t in "甲乙丙乙丁甲"]
        + [("a", 2, t) for t in "乙甲"]
        + [("b", 1, t) for t in "丙丁丁"]
    )
    company = collocates(pd.DataFrame(rows, columns=["doc_id", "paragraph", "term"]), "甲", window=1)
    near = company.set_index("term")
    # 乙 stands next to 甲 twice (once in each paragraph of a), in three uses; 丁 once, in three.
    assert near["n"].to_dict() == {"乙": 2, "丁": 1}
    assert near.loc["乙", "log_dice"] == pytest.approx(14 + log2(2 * 2 / (3 + 3)))
    assert near.loc["乙", "log_likelihood"] > 0
    assert near["n_articles"].tolist() == [1, 1]


def test_a_token_between_two_uses_counts_once():
    between = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": list("甲乙甲丙丙丙")})
    assert collocates(between, "甲", window=1).set_index("term").loc["乙", "n"] == 1


def test_company_of_what_is_no_token_is_refused(tokens):
    with pytest.raises(ValueError, match="'茶叶' is no token here"):
        collocates(words(tokens), "茶叶")


def test_company_in_the_study_never_exceeds_what_there_is(tokens):
    company = collocates(words(tokens), "纠纷")
    assert (company["n"] <= company["n_term"]).all()
    assert company["log_dice"].max() <= 14
    assert company["log_likelihood"].notna().all()


def test_company_at_the_edges():
    alone = pd.DataFrame({"doc_id": "a", "paragraph": [1, 2], "term": ["调解", "的"]})
    with pytest.raises(ValueError, match="Nothing stands within 4 tokens of '调解'"):
        collocates(alone, "调解")
    with pytest.raises(ValueError, match="window=0"):
        collocates(alone, "调解", window=0)
    all_near = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["调解", "纠纷", "的"]})
    assert collocates(all_near, "调解")["log_likelihood"].tolist() == [0, 0]


def test_tokens_without_paragraphs_are_refused_and_the_text_order_goes_article_by_article():
    with pytest.raises(ValueError, match="have no paragraph"):
        concordance(TOKENS.drop(columns="paragraph"), "调解")
    two = pd.concat([TOKENS, TOKENS.assign(doc_id="b")])
    assert concordance(two, "调解", sort="text")["doc_id"].tolist() == ["a"] * 3 + ["b"] * 3


def test_runs_end_at_marks_and_numerals():
    rows = pd.DataFrame(
        {"doc_id": "a", "paragraph": 1, "term": ["平安", "建设", "5名", "平安", "建设", ",", "好"]}
    )
    assert count_ngrams(rows, 2).to_numpy().tolist() == [["a", "平安建设", 2]]
    assert count_ngrams(rows, 3, of="characters")["term"].tolist() == ["安建设", "平安建"]


@pytest.mark.parametrize(("n", "of"), [(0, "words"), (2, "letters"), (99, "words")])
def test_runs_that_cannot_be_are_refused(n, of):
    with pytest.raises(ValueError, match=r"runs are of|No run of 99 words"):
        count_ngrams(TOKENS, n, of)


@given(st.lists(st.sampled_from(["警", "民警", ",", "人"]), min_size=3, max_size=12), st.integers(1, 3))
def test_runs_are_as_many_as_one_counts(terms, n):
    rows = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": terms})
    stretches = "".join("|" if term == "," else "w" for term in terms).split("|")
    expected = sum(max(0, len(stretch) - n + 1) for stretch in stretches)
    if expected:
        assert count_ngrams(rows, n)["n"].sum() == expected


def test_a_folder_of_ones_own_has_a_concordance_too(make_corpus):
    lines = label_lines(read_articles(make_corpus({"2019a": "水稻增产。", "2020b": "种水稻"})))
    assert concordance(segment_lines(lines), "水稻")["year"].tolist() == ["2020", "2019"]

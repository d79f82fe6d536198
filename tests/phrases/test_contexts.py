"""A term is found wherever it stands, in the article's own characters; its company can be counted."""

from collections import Counter
from itertools import pairwise
from math import log2

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import counted, label_lines, segment_lines, words
from corpus_lib.articles import read_articles
from corpus_lib.phrases.contexts import collocates, concordance, count_ngrams

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
    assert concordance(TOKENS, "解员")["whole"].tolist() == [False]


def test_it_is_sorted_by_either_side():
    right = concordance(TOKENS, "调解")
    assert right["right"].tolist() == ["。", "员调解。", "纠纷,调解员调解。"]
    backwards = concordance(in_lines("甲乙警,乙甲警,乙乙警"), "警", width=2, sort="left")["left"].tolist()
    assert backwards == ["乙乙", "甲乙", "乙甲"]  # 乙 comes before 甲
    two = pd.concat([TOKENS, TOKENS.assign(doc_id="b", city="W")])
    assert concordance(two, "调解")["city"].tolist() == ["X", "W"] * 3


def test_matches_may_overlap():
    assert concordance(in_lines("警警警"), "警警", sort="text")["start"].tolist() == [0, 1]


def test_the_order_of_the_rows_does_not_matter(tokens):
    shuffled = tokens.sample(frac=1, random_state=1)
    for verb in (concordance, collocates):
        pd.testing.assert_frame_equal(verb(shuffled, "公安"), verb(tokens, "公安"))
    pd.testing.assert_frame_equal(count_ngrams(shuffled, 2), count_ngrams(tokens, 2))


def missing(tokens: pd.DataFrame, *terms: str) -> pd.DataFrame:
    """Leave out the tokens that are one of these terms."""
    return tokens[~tokens["term"].isin(terms)]


def in_lines(*lines: str) -> pd.DataFrame:
    """Make the tokens of one paragraph, a character each, with a line end between its lines."""
    text = "\n".join(lines)
    rows = [(1 + text[:i].count("\n"), i, i + 1, c) for i, c in enumerate(text) if c != "\n"]
    return pd.DataFrame(rows, columns=["line", "start", "end", "term"]).assign(doc_id="a", paragraph=1)


def test_a_match_and_its_context_never_run_over_what_was_left_out():
    tokens = missing(in_lines("治安公安,民警出动。"), ",", "。")
    assert concordance(tokens, "公安民警").empty
    (row,) = concordance(tokens, "民警").itertuples()
    assert (row.left, row.right) == ("", "出动")
    (row,) = concordance(tokens, "公安").itertuples()
    assert (row.left, row.right, row.start, row.end) == ("治安", "", 2, 4)


def test_lines_are_read_on_only_where_no_line_lacks_a_token():
    whole = in_lines("在公安", "民警,中")
    assert concordance(whole, "公安民警")[["start", "end", "left", "right"]].to_numpy().tolist() == [
        [1, 6, "在", ",中"]]  # fmt: skip
    assert concordance(missing(whole, ","), "公安民警").empty
    assert concordance(missing(whole, ","), "公安")["right"].tolist() == [""]
    # A mark left out at the end of a line cannot be seen there, but another one in a line can.
    ended = in_lines("在公安。", "民警,中")
    assert concordance(missing(ended, "。", ","), "公安民警").empty


def read_plainly(tokens: pd.DataFrame, term: str, width: int) -> list[tuple[int, str, str]]:
    """Find a term character by character: where each match begins, and its contexts."""
    rows = list(tokens.sort_values(["doc_id", "start"]).itertuples())
    pairs = list(pairwise(rows))
    has_gap = any(b.line == a.line and b.start != a.end for a, b in pairs)
    pieces = [[rows[0]]] if rows else []
    for a, b in pairs:
        same_line = a.line == b.line
        joined = a.paragraph == b.paragraph and (b.start == a.end if same_line else not has_gap)
        pieces = [*pieces[:-1], [*pieces[-1], b]] if joined else [*pieces, [b]]
    found = []
    for piece in pieces:
        text = "".join(row.term for row in piece)
        offsets = [i for row in piece for i in range(row.start, row.end)]
        for i in range(len(text) - len(term) + 1):
            if text.startswith(term, i):
                found.append((offsets[i], text[max(0, i - width) : i], text[i + len(term) :][:width]))
    return sorted(found)


@given(
    st.lists(st.sampled_from(["警", "民警", "民", ",", "\n", "\n\n"]), min_size=1, max_size=20),
    st.sets(st.integers(0, 19)),
    st.sampled_from(["警", "民警", "警民", "警警", "警民警"]),
    st.integers(0, 3),
)
def test_it_finds_what_plain_reading_finds(terms, left_out, term, width):
    rows, line, paragraph, start = [], 1, 1, 0
    for i, piece in enumerate(terms):
        if piece.startswith("\n"):
            line += len(piece)
            paragraph = line if len(piece) > 1 else paragraph
        elif i not in left_out:
            rows.append(("a", line, paragraph, start, start + len(piece), piece))
        start += len(piece)
    tokens = pd.DataFrame(rows, columns=["doc_id", "line", "paragraph", "start", "end", "term"])
    tokens = tokens.astype({"line": int, "paragraph": int, "start": int, "end": int})
    found = concordance(tokens, term, width, sort="text")
    read = found[["start", "left", "right"]].itertuples(index=False, name=None)
    assert list(read) == read_plainly(tokens, term, width)


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
        ("", {}, "The term is empty"),
        ("调解", {"sort": "up"}, "sort by right, left, text"),
        ("调解", {"width": -1}, "width is 0 or more"),
    ],
)
def test_what_cannot_be_looked_for_is_said(term, how, message):
    with pytest.raises(ValueError, match=message):
        concordance(TOKENS, term, **how)


@pytest.mark.parametrize("how", [{}, {"sort": "left"}, {"width": 0}])
@pytest.mark.parametrize(("rows", "term"), [(6, "茶叶"), (0, "调解")])
def test_a_term_that_does_not_occur_has_an_empty_concordance(rows, term, how):
    none = concordance(TOKENS.head(rows), term, **how)
    assert none.empty
    assert none.dtypes.to_dict() == concordance(TOKENS, "调解", **how).dtypes.to_dict()


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


def test_the_closest_company_comes_first_then_the_more_frequent():
    # 甲 is used twice. 乙 is next to it in 2 of its 4 uses and 丁 in its only one: 2 * 2 / (4 + 2) is
    # 2 * 1 / (1 + 2). 丙 is next to it in 1 of 2.
    paragraphs = ["丁甲乙", "乙甲丙", "乙乙", "丙"]
    rows = [(n, term) for n, paragraph in enumerate(paragraphs) for term in paragraph]
    tokens = pd.DataFrame(rows, columns=["paragraph", "term"]).assign(doc_id="a")
    company = collocates(tokens, "甲", window=1)
    assert company[["term", "n"]].to_numpy().tolist() == [["乙", 2], ["丁", 1], ["丙", 1]]


def test_a_token_between_two_uses_counts_once():
    between = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": list("甲乙甲丙丙丙")})
    assert collocates(between, "甲", window=1).set_index("term").loc["乙", "n"] == 1


def test_company_in_the_study_never_exceeds_what_there_is(tokens):
    company = collocates(words(tokens), "纠纷")
    assert (company["n"] <= company["n_term"]).all()
    assert company["log_dice"].max() <= 14
    assert company["log_likelihood"].notna().all()


@pytest.mark.parametrize(("rows", "term"), [(6, "茶叶"), (1, "调解"), (0, "调解"), (6, "解")])
def test_what_has_no_company_gives_an_empty_frame(rows, term):
    none = collocates(TOKENS.head(rows), term)
    assert none.empty
    assert none.dtypes.to_dict() == collocates(TOKENS, "调解").dtypes.to_dict()


def test_a_term_alone_in_its_paragraphs_has_no_company():
    alone = pd.DataFrame({"doc_id": "a", "paragraph": [1, 2], "term": ["调解", "的"]})
    assert collocates(alone, "调解").empty


@pytest.mark.parametrize(("term", "window", "message"), [("调解", 0, "window=0"), ("", 4, "term is empty")])
def test_company_that_cannot_be_looked_for_is_refused(term, window, message):
    with pytest.raises(ValueError, match=message):
        collocates(TOKENS, term, window)


def test_company_that_is_nowhere_else_has_no_likelihood():
    all_near = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["调解", "纠纷", "的"]})
    assert collocates(all_near, "调解")["log_likelihood"].tolist() == [0, 0]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.sampled_from("甲乙丙")), max_size=14),
    st.integers(1, 3),
)
def test_company_is_as_many_as_one_counts(rows, window):
    tokens = pd.DataFrame(rows, columns=["doc_id", "paragraph", "term"]).astype({"paragraph": int})
    near = Counter()
    for _, part in tokens.groupby(["doc_id", "paragraph"]):
        terms = part["term"].tolist()
        near.update(
            term
            for i, term in enumerate(terms)
            if term != "甲" and "甲" in terms[max(0, i - window) : i + window + 1]
        )
    assert collocates(tokens, "甲", window).set_index("term")["n"].to_dict() == dict(near)


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


def test_runs_of_characters_run_over_words_and_keep_the_columns_of_their_article():
    rows = TOKENS.assign(term=["调解", "纠纷", "的", "5名", "调解", "。"])
    assert count_ngrams(rows, 3, "characters").to_numpy().tolist() == [
        ["a", "X", "纠纷的", 1], ["a", "X", "解纠纷", 1], ["a", "X", "调解纠", 1]]  # fmt: skip


@pytest.mark.parametrize(("n", "of"), [(0, "words"), (2, "letters")])
def test_runs_that_cannot_be_are_refused(n, of):
    with pytest.raises(ValueError, match="count runs of one or more 'words' or 'characters'"):
        count_ngrams(TOKENS, n, of)


@pytest.mark.parametrize("of", ["words", "characters"])
@pytest.mark.parametrize(("rows", "n"), [(6, 99), (0, 1)])
def test_where_no_run_is_that_long_the_frame_is_empty(rows, n, of):
    none = count_ngrams(TOKENS.head(rows), n, of)
    assert none.empty
    assert none.dtypes.to_dict() == count_ngrams(TOKENS, 1).dtypes.to_dict()


def test_a_run_has_the_columns_of_its_first_word():
    rows = pd.DataFrame({"doc_id": "a", "paragraph": 1, "tag": ["x", "y"], "term": ["平安", "建设"]})
    assert count_ngrams(rows, 2).to_numpy().tolist() == [["a", "x", "平安建设", 1]]


@given(
    st.lists(st.sampled_from(["警", "民警", ",", "人", "\n"]), max_size=12),
    st.integers(1, 3),
    st.sampled_from(["words", "characters"]),
)
def test_runs_are_as_many_as_one_counts(terms, n, of):
    rows = pd.DataFrame({"doc_id": "a", "term": pd.Series(terms, dtype="str")})
    rows = rows.assign(paragraph=rows["term"].eq("\n").cumsum())[lambda frame: frame["term"] != "\n"]
    pieces = "".join(", " if term == "\n" else f"{term} " for term in terms).split(", ")
    stretches = [piece.split() if of == "words" else list(piece.replace(" ", "")) for piece in pieces]
    expected = Counter("".join(units[i : i + n]) for units in stretches for i in range(len(units) - n + 1))
    assert count_ngrams(rows, n, of).set_index("term")["n"].to_dict() == dict(expected)


def test_a_folder_of_ones_own_has_a_concordance_too(make_corpus):
    lines = label_lines(read_articles(make_corpus({"2019a": "水稻增产。", "2020b": "种水稻"})))
    assert concordance(segment_lines(lines), "水稻")["year"].tolist() == ["2020", "2019"]


def test_a_run_of_words_does_not_cross_a_token_that_was_left_out():
    tokens = pd.DataFrame({"doc_id": "a", "line": 1, "paragraph": 1, "start": [0, 2, 3], "end": [2, 3, 5]})
    tokens = tokens.assign(term=["公安", ",", "民警"])
    for of in ("words", "characters"):
        assert "公安民警" not in set(count_ngrams(tokens[[True, False, True]], 2, of)["term"])
        assert "安民" not in set(count_ngrams(tokens[[True, False, True]], 2, of)["term"])


@pytest.mark.parametrize(
    ("text", "term", "shown"),
    [
        ("\uf9e1某被抓获", "李某", "\uf9e1某"),
        ("公\u200b安局", "公安", "公\u200b安"),
        ("用ＡＰＰ", "APP", "ＡＰＰ"),
    ],
)
def test_a_term_is_found_in_any_form_of_its_characters(text, term, shown):
    lines = pd.DataFrame({"doc_id": ["a"], "line": 1, "paragraph": 1, "start": 0, "text": [text]})
    found = concordance(segment_lines(lines), term)
    assert found["term"].tolist() == [shown]
    assert text[found["start"].iloc[0] : found["end"].iloc[0]] == shown

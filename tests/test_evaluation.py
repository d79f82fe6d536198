"""Scores by hand: three found, four labelled, two in common, one of them right in full."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import counted, read_notes, segment_lines
from corpus_lib.evaluation import gold_tokens, score_figures, score_segmentation
from corpus_lib.segmentation import _tokenizer
from tests.conftest import ROOT
from tests.draw_sentences import draw_sentences
from tests.figures.test_find import read_table

COLUMNS = ["doc_id", "start", "text", "kind", "value", "value_to", "unit", "qualifier"]
FOUND = pd.DataFrame(
    [
        ("a", 0, "3名", "quantity", 3.0, None, "名", "exact"),
        ("a", 9, "三分之一", "quantity", 100 / 3, None, "%", "exact"),
        ("b", 0, "一起", "lexical", None, None, "", ""),
    ],
    columns=COLUMNS,
)
LABELLED = pd.DataFrame(
    [
        ("a", "0", "3名", "quantity", "3", "", "名", "at_least"),
        ("a", "9", "三分之一", "quantity", "33.3333", "", "%", "exact"),
        ("b", "0", "一起", "quantity", "1", "", "起", "exact"),
        ("c", "5", "2021年", "date", "", "", "", ""),
        ("d", "", "", "", "", "", "", ""),
    ],
    columns=COLUMNS,
)


def test_a_score_is_what_one_counts_by_hand():
    score = score_figures(FOUND, LABELLED).set_index("kind")
    assert score.loc["quantity", ["labelled", "found", "agree", "in_full"]].tolist() == [3, 2, 2, 1]
    assert score.loc["quantity", "precision"] == 100
    assert score.loc["quantity", "recall"] == pytest.approx(200 / 3)
    assert score.loc["all", ["labelled", "found", "agree", "in_full"]].tolist() == [4, 3, 2, 1]
    assert score.index[-1] == "all"


def test_a_kind_that_one_list_lacks_has_no_precision_or_no_recall():
    score = score_figures(FOUND, LABELLED).set_index("kind")
    assert pd.isna(score.loc["date", "precision"])
    assert score.loc["date", "recall"] == 0
    assert pd.isna(score.loc["lexical", "recall"])


def test_a_list_agrees_with_itself_in_full():
    score = score_figures(FOUND, FOUND)
    assert (score["in_full"] == score["labelled"]).all()
    assert score["precision"].eq(100).all()


def test_a_figure_that_a_list_has_twice_counts_once():
    twice = pd.concat([FOUND, FOUND])
    pd.testing.assert_frame_equal(score_figures(twice, twice), score_figures(FOUND, FOUND))


def test_whole_numbers_written_without_a_point_are_the_same_values():
    labelled = FOUND.head(1).assign(value="3", value_to="", qualifier="exact")
    assert score_figures(FOUND.head(1), labelled)["in_full"].tolist() == [1, 1]


def test_nothing_found_and_nothing_labelled_are_nought():
    score = score_figures(FOUND.head(0), LABELLED).set_index("kind")
    assert score.loc["all", ["labelled", "found", "agree"]].tolist() == [4, 0, 0]
    assert score_figures(FOUND.head(0), LABELLED.head(0))["agree"].tolist() == [0]


CUTS = read_table(ROOT / "tests" / "cases" / "cuts.tsv")
SECOND = read_table(ROOT / "tests" / "cases" / "cuts_second.tsv")
LEXICON = read_notes(ROOT / "seeds", "lexicon")


def test_cuts_are_scored_as_by_hand():
    # Annotated 公安 民警 抓获 1 名 。; the tokens join 1名: 3 of 5 words agree, and 3 of 4 tokens.
    tokens = pd.DataFrame({"doc_id": "a", "start": [10, 12, 14, 16, 18], "end": [12, 14, 16, 18, 19]})
    cuts = pd.DataFrame({"doc_id": ["a"], "start": ["10"], "cut": ["公安 民警 抓获 1 名 。"]})
    score = score_segmentation(tokens, cuts).iloc[0]
    assert score[["words", "tokens", "agree"]].tolist() == [5, 4, 3]
    assert score[["precision", "recall", "f1"]].tolist() == pytest.approx([75, 60, 200 * 3 / 9])


def test_a_blank_of_the_text_is_a_mark_and_is_shown_as_it_is():
    cuts = pd.DataFrame({"doc_id": ["a"], "start": [3], "cut": ["公安 ␣ 民警"]})
    assert gold_tokens(cuts)[["start", "end", "term", "mark"]].to_numpy().tolist() == [
        [3, 5, "公安", False], [5, 6, " ", True], [6, 8, "民警", False]]  # fmt: skip


def test_tokens_outside_the_sentences_do_not_count():
    tokens = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [0, 2, 0], "end": [2, 4, 2]})
    cuts = pd.DataFrame({"doc_id": ["a"], "start": [2], "cut": ["公安"]})
    assert score_segmentation(tokens, cuts)[["words", "tokens", "agree"]].to_numpy().tolist() == [[1, 1, 1]]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12), st.integers(1, 6)), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 18), st.integers(1, 3)), max_size=12),
)
def test_the_tokens_that_count_are_those_within_any_one_sentence(sentences, tokens):
    cuts = pd.DataFrame(
        [(d, start, " ".join("警" * n)) for d, start, n in sentences], columns=["doc_id", "start", "cut"]
    )
    spans = pd.DataFrame([(d, a, a + n) for d, a, n in tokens], columns=["doc_id", "start", "end"])
    within = {
        (d, a, a + n)
        for d, a, n in tokens
        if any(d == other and start <= a and a + n <= start + size for other, start, size in sentences)
    }
    words = {(d, start + i, start + i + 1) for d, start, size in sentences for i in range(size)}
    if within:
        score = score_segmentation(spans, cuts).iloc[0]
        expected = [len(words), len(within), len(words & within)]
        assert score[["words", "tokens", "agree"]].tolist() == expected
    else:
        with pytest.raises(ValueError, match="0 tokens"):
            score_segmentation(spans, cuts)


@pytest.mark.parametrize(
    "sentences",
    [
        ["今天天气很好\uff01", "明天也会下雨吗\uff1f", "后天会不会冷"],
        ["今天天气很好\uff1b", "明天也会下雨"],
        ["今天天气很好!", "明天也会下雨吗?", "后天会不会冷"],
        ["今天天气很好;", "明天也会下雨。"],
        ["“今天天气很好\uff01”", "明天也会下雨"],
        ["\uff08今天天气很好。\uff09", "明天也会下雨"],
        ["今天天气很好\uff1f\uff01", "明天也会下雨"],
    ],
)
def test_a_sentence_ends_at_a_mark_of_either_width(sentences):
    lines = pd.DataFrame({"doc_id": ["a"], "line": 1, "start": 0, "text": "".join(sentences)})
    assert draw_sentences(lines, len(sentences), seed=1)["text"].tolist() == sentences


def test_the_sentences_cut_by_hand_are_the_ones_drawn_and_nothing_is_lost(study):
    cuts = pd.DataFrame(CUTS)
    drawn = draw_sentences(counted(study.lines), 70, seed=20)
    for _, part in cuts.groupby("annotator"):
        joined = part["cut"].str.replace(" ", "").str.replace("␣", " ")
        assert joined.tolist() == drawn["text"].tolist()
        assert part["start"].astype(int).tolist() == drawn["start"].tolist()


def test_annotators_agree_and_the_segmenter_nearly_does(study):
    cuts = pd.DataFrame(CUTS)
    first, second = (cuts[cuts["annotator"] == name] for name in "AB")
    assert score_segmentation(gold_tokens(second), first)["f1"].item() > 97
    lines = counted(study.lines)
    assert score_segmentation(segment_lines(lines, LEXICON), first)["f1"].item() > 88


@pytest.mark.parametrize("annotator", "AB")
def test_words_are_three_points_above_bare_jieba_on_sentences_not_used_for_the_lexicon(study, annotator):
    """The sentences of cuts_second.tsv were annotated before the lexicon was revised, and not looked at."""
    cuts = pd.DataFrame(SECOND)
    cuts = cuts[cuts["annotator"] == annotator]
    lines = counted(study.lines)
    bare = lines.loc[lines.index.repeat([len(list(_tokenizer(()).cut(text))) for text in lines["text"]])]
    pieces = [piece for text in lines["text"] for piece in _tokenizer(()).tokenize(text)]
    bare = bare.assign(
        end=bare["start"] + [e for *_, e in pieces], start=bare["start"] + [s for _, s, _ in pieces]
    )
    jieba, ours = (
        score_segmentation(tokens, cuts)["f1"].item() for tokens in (bare, segment_lines(lines, LEXICON))
    )
    assert ours > jieba + 3


def test_the_second_annotators_agree():
    cuts = pd.DataFrame(SECOND)
    first, second = (cuts[cuts["annotator"] == name] for name in "AB")
    assert score_segmentation(gold_tokens(second), first)["f1"].item() > 90


def test_a_draw_is_the_same_for_the_same_seed_and_refuses_to_run_short(study):
    lines = counted(study.lines)
    first, again, other = (draw_sentences(lines, 20, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first["start"].tolist() != other["start"].tolist()
    with pytest.raises(ValueError, match="9999 were asked for"):
        draw_sentences(lines, 9999, 1)
    with pytest.raises(ValueError, match="have 0 sentences"):
        draw_sentences(lines.head(0), 1, 1)


def test_nothing_to_compare_is_said():
    cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公安"]})
    tokens = pd.DataFrame({"doc_id": ["b"], "start": [0], "end": [2]})
    with pytest.raises(ValueError, match="1 annotated words and 0 tokens"):
        score_segmentation(tokens, cuts)

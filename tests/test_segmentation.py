"""Tokens rebuild their lines, and what must stay whole stays whole."""

import os
import re
import subprocess
import sys
from itertools import accumulate, pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lib import counted, read_notes, segment_lines, words
from corpus_lib.characters import ODD, fold
from corpus_lib.numerals import ARABIC_NUMERAL
from corpus_lib.segmentation import LATIN, _tokenizer
from corpus_lib.vocabulary import split_amount
from tests.conftest import ROOT

LEXICON = read_notes(ROOT / "seeds", "lexicon")


def line(text: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["a"], "line": [1], "start": [5], "end": [5 + len(text)], "text": [text]})


@pytest.mark.parametrize("hmm", [True, False])
def test_tokens_joined_are_the_line(study, hmm):
    tokens = segment_lines(study.lines, LEXICON, hmm=hmm)
    keys = ["doc_id", "line", "zone"]
    rebuilt = tokens.groupby(keys)["term"].agg("".join)
    assert rebuilt.to_dict() == study.lines.groupby(keys)["text"].agg("".join).to_dict()


def cut_whole(text: str, hmm: bool) -> list[str]:
    """Segment a line as a whole, with its numerals kept: slow and plain."""
    written, (text, places) = text, (text, range(len(text) + 1)) if ODD.isdisjoint(text) else fold(text)
    pieces = [part for term in _tokenizer(()).cut(text, HMM=hmm) for part in split_amount(term)]
    cuts = {0, *accumulate(map(len, pieces))}
    for whole in (ARABIC_NUMERAL, LATIN):
        cuts -= {i for m in whole.finditer(text) for i in range(m.start() + 1, m.end())}
    ends = [0, *(places[cut] for cut in sorted(cuts)[1:-1]), len(written)]
    return [written[a:b] for a, b in pairwise(ends) if a < b]


@pytest.mark.parametrize("hmm", [True, False])
def test_a_clause_by_itself_is_segmented_as_in_its_line(study, hmm):
    cases = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cases").glob("*.tsv")]
    texts = study.lines["text"].tolist() + [row for table in cases for row in table.splitlines()]
    lines = pd.concat([line(text) for text in texts], ignore_index=True)
    whole = [term for text in texts for term in cut_whole(text, hmm)]
    assert segment_lines(lines, hmm=hmm)["term"].tolist() == whole


@given(
    text=st.text(
        alphabet="公安警情降低诉源的3１.．,,%\uff05‰+#&-_ eZ体。、“\u3000\r\n\u9fd6\u3400\U00020000",
        max_size=60,
    ),
    hmm=st.booleans(),
)
def test_any_clause_by_itself_is_segmented_as_in_its_line(text, hmm):
    assert segment_lines(line(text), hmm=hmm)["term"].tolist() == cut_whole(text, hmm)


def test_what_repeats_is_a_category_and_terms_are_text():
    lines = pd.concat([line("民警。"), line("").assign(doc_id="b"), line("3.5%")]).assign(year=2021, city="X")
    tokens = segment_lines(lines.iloc[[2, 1, 0]].assign(doc_id=["c", "b", "a"]))
    assert tokens.dtypes.astype(str).to_dict() == {
        **{"doc_id": "category", "line": "int64", "year": "int64", "city": "category"},
        **{"start": "int64", "end": "int64", "term": "str"},
    }
    assert tokens["doc_id"].cat.categories.tolist() == ["a", "c"]
    assert words(tokens)["doc_id"].cat.categories.tolist() == ["a"]


def test_a_token_takes_little_memory(study):
    assert study.tokens.memory_usage(deep=True).sum() / len(study.tokens) < 150


WAYS = {
    "guess": lambda lines, lexicon=None: segment_lines(lines, lexicon),
    "no guess": lambda lines, lexicon=None: segment_lines(lines, lexicon, hmm=False),
}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@each_way
@settings(deadline=None)  # the first example reads the dictionary
@given(text=st.text(alphabet="公安警情下降3.,%  e体+“”\u3000\U00020000", max_size=40))
def test_nothing_is_dropped_from_any_text(way, text):
    tokens = way(line(text))
    assert "".join(tokens["term"]) == text
    assert [5, *tokens["end"]] == [*tokens["start"], 5 + len(text)]


@each_way
def test_an_empty_line_has_no_token_and_an_empty_frame_keeps_its_columns(way):
    full = way(line("公安"))
    for lines in (line(""), line("公安").head(0)):
        tokens = way(lines)
        assert tokens.empty
        assert tokens.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()
    three = pd.concat([line("公安"), line(""), line("民警")])
    assert way(three)["term"].tolist() == ["公安", "民警"]


@each_way
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("下降了62.46%,", "62.46%"),  # fell by 62.46 per cent
        ("毒品3.77公斤", "3.77"),  # 3.77 kg of drugs
        ("共1,300余个", "1,300"),  # 1,300 odd
        ("占３５．６\uff05", "３５．６\uff05"),  # full-width 35.6 per cent
    ],
)
def test_numerals_stay_whole(text, whole, way):
    assert whole in way(line(text))["term"].tolist()


@each_way
def test_a_listed_word_does_not_cut_through_a_numeral(way):
    lexicon = pd.DataFrame({"term": ["漳州11"]})
    assert way(line("漳州110"), lexicon)["term"].tolist()[-1] in ("110", "漳州110")


def test_a_list_of_numbers_is_not_one_number():
    assert segment_lines(line("8名,43名"))["term"].tolist() == ["8", "名", ",", "43", "名"]


def test_a_lexicon_keeps_its_words_whole_and_stays_private():
    text = line("推进诉源治理工作")  # carry forward governance at the source of litigation
    lexicon = pd.DataFrame({"term": ["诉源治理"]})
    assert "诉源治理" in segment_lines(text, lexicon)["term"].tolist()
    assert "诉源治理" not in segment_lines(text)["term"].tolist()


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("沿纽约Ⅰ线行驶。", "纽约Ⅰ线"),
        ("点赞[捂脸]。", "[捂脸]"),
        ("连接Edu Trust认证平台。", "Edu Trust认证"),
        ("某市公安 局破案", "公安 局"),
    ],
)
def test_a_listed_word_is_whole_though_it_has_a_mark_or_a_blank(text, listed):
    assert listed in segment_lines(line(text), pd.DataFrame({"term": [listed]}))["term"].tolist()


@pytest.mark.parametrize("term", [" 公安", "公安 ", "公\u200b安", "公\t安", "\u2f00线"])
def test_a_listed_word_that_no_text_can_have_is_an_error_with_its_row(term):
    with pytest.raises(ValueError, match=r"lexicon.tsv, row 2: .*write"):
        segment_lines(line("公安"), pd.DataFrame({"term": ["民警", term]}))


@pytest.mark.parametrize("text", ["使用Apple手机", "缴获AK47手枪", "型号X-900的车"])
def test_a_listed_word_does_not_cut_through_a_latin_word(text):
    whole = re.search("[A-Za-z0-9-]+", text)[0]
    lexicon = pd.DataFrame({"term": ["App", "AK", "X"]})
    assert whole in segment_lines(line(text), lexicon)["term"].tolist()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("公\u200b安局", ["公\u200b安局"]),
        ("派出\u00ad所民\ufeff警", ["派出\u00ad所", "民\ufeff警"]),
        ("\u2ed8年民警", ["\u2ed8年", "民警"]),
        ("ＡＰＰ", ["ＡＰＰ"]),
        ("\u200b", ["\u200b"]),
    ],
)
def test_odd_forms_change_no_boundary_and_stay_in_the_token(text, terms):
    assert segment_lines(line(text))["term"].tolist() == terms


def test_words_of_the_lexicon_that_occur_are_kept_whole_somewhere(study):
    text = "\n".join(counted(study.lines)["text"])
    occurring = [term for term in LEXICON.loc[LEXICON["type"] != "compound", "term"] if term in text]
    never = sorted(set(occurring) - set(segment_lines(study.lines, LEXICON)["term"]))
    assert len(occurring) > 150
    assert never == []


def test_an_empty_term_in_a_lexicon_changes_nothing(study):
    without, empty = (
        segment_lines(study.lines, pd.DataFrame({"term": terms}, dtype="str")) for terms in ([], [""])
    )
    pd.testing.assert_frame_equal(without, empty)


def test_words_keeps_its_columns_and_says_nothing_of_an_empty_frame(study):
    assert words(study.tokens).columns.tolist() == study.tokens.columns.tolist()
    assert words(study.tokens.head(0)).empty


def test_nothing_on_stderr_and_no_cache_in_the_shared_folder(tmp_path):
    code = "from corpus_lib import load_corpus; load_corpus('seeds')"
    here = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
    assert list(tmp_path.glob("jieba*")) == []


@pytest.mark.parametrize("term", ["全棉％布", "甲,乙路", "纽约Ⅰ线"])
def test_a_listed_word_with_a_mark_that_jieba_splits_at_is_kept_whole(term):
    assert term in segment_lines(line(f"他在{term}买东西。"), pd.DataFrame({"term": [term]}))["term"].tolist()

"""What is a word, what is not, and which words make a compound."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lib import compound_terms, counted, label_lines, read_notes, segment_lines, words
from corpus_lib.vocabulary import is_word, split_amount
from tests.conftest import ROOT

LEXICON = read_notes(ROOT / "seeds", "lexicon")


def line(text: str) -> pd.DataFrame:
    """Make lines of one text, which begins at 5."""
    return pd.DataFrame({"doc_id": ["x"], "start": [5], "text": [text]})


def kept(text: str) -> list[str]:
    """Give the words of a text."""
    return words(segment_lines(line(text)))["term"].tolist()


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("公安", True),  # public security
        ("App", True),
        ("e体+", True),  # a system's name
        ("一线", True),  # front line
        ("一起", True),  # together; one case
        ("十分", True),  # very
        ("多元", True),  # plural, diverse
        ("一站式", True),  # one-stop
        ("二十大", True),  # a congress
        ("数字", True),  # number, digital
        ("一面", False),  # one (flag)
        ("二级", False),  # grade two, as 2级
        ("①", False),
        ("𬎆", True),  # a rare character of names
        ("Ａ", True),
        ("五年", False),  # five years
        ("一个", False),  # one (thing)
        ("三名", False),  # three (persons)
        ("第五个", False),  # the fifth
        ("五分钟", False),  # five minutes
        ("110", False),
        ("62.46%", False),
        ("。", False),
        ("—", False),
        (" ", False),
    ],
)
def test_what_a_word_is(term, expected):
    assert is_word(term) == expected


@pytest.mark.xfail(
    strict=True, reason="a token alone does not tell that 三三 is a mechanism's name and no numeral"
)
def test_known_failure_a_name_made_of_numerals():
    assert is_word("三三")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民警5名出警3次、缴获车辆12辆", ["民警", "出警", "缴获", "车辆"]),
        ("民警五名出警三次、缴获车辆十二辆", ["民警", "出警", "缴获", "车辆"]),
        ("2023年4月5日抓获", ["抓获"]),
        ("四月五日抓获", ["抓获"]),
        ("7个小时,两个多月,十几年", []),
        ("每日把更多的警力", ["每日", "把", "更", "的", "警力"]),  # a unit without a numeral is a word
        ("近日,市公安局", ["近日", "市", "公安局"]),  # a mark is not a numeral
        ("推广ＡＰＰ和APP", ["推广", "APP", "和", "APP"]),
        ("\u2f00线民警", ["一线", "民警"]),
        ("公\u200b安局与民\ufeff警", ["公安局", "与", "民警"]),
        ("缴获AK47、N95、X-900", ["缴获", "AK47", "N95", "X-900"]),
    ],
)
def test_which_tokens_of_a_text_are_words(text, expected):
    assert kept(text) == expected


# Inputs whose words were wrong once. Traditional script stays in pieces: check_articles warns of it.
FAILING = (ROOT / "tests" / "cases" / "words_failing.tsv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize(("case", "text", "listed", "expected"), [row.split("\t") for row in FAILING])
def test_the_words_of_inputs_that_once_failed(case, text, listed, expected):
    written = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    lexicon = pd.DataFrame({"term": [listed] if listed else []}, dtype="str")
    found = words(segment_lines(line(written), lexicon))["term"]
    assert " ".join(found) == expected


@pytest.mark.parametrize("unit", ["名", "起", "次", "个", "年", "小时", "公里", "万元"])
@pytest.mark.parametrize(("arabic", "chinese"), [("5", "五"), ("12", "十二"), ("30余", "三十余")])
def test_a_unit_leaves_the_words_however_its_numeral_is_written(arabic, chinese, unit):
    assert kept(f"出警{arabic}{unit}。") == kept(f"出警{chinese}{unit}。") == ["出警"]


@pytest.mark.parametrize(
    ("term", "parts"),
    [
        ("五年", ("五", "年")),
        ("一起", ("一起",)),
        ("多名", ("多名",)),
        ("5名", ("5", "名")),
        ("公安", ("公安",)),
    ],
)
def test_an_amount_is_two_tokens_and_a_word_is_one(term, parts):
    assert split_amount(term) == parts


def compounds(*terms: str) -> pd.DataFrame:
    """Make a lexicon of compounds."""
    return pd.DataFrame({"term": terms, "type": "compound"})


def tokens(*terms: str) -> pd.DataFrame:
    """Make tokens that follow each other; a blank is a gap of one character."""
    ends = pd.Series([len(term) for term in terms]).cumsum()
    table = pd.DataFrame({"doc_id": "x", "start": [0, *ends[:-1]], "end": ends, "term": terms})
    return table[table["term"] != " "].reset_index(drop=True)


@pytest.mark.parametrize(
    ("terms", "listed", "expected"),
    [
        (["化解", "矛盾", "纠纷"], ["矛盾纠纷"], ["化解", "矛盾纠纷"]),
        (["电信", "网络", "诈骗"], ["网络诈骗", "电信网络诈骗"], ["电信网络诈骗"]),  # the longest wins
        (["矛盾", " ", "纠纷"], ["矛盾纠纷"], ["矛盾", "纠纷"]),  # they do not follow each other
        (["社会", "矛盾纠", "纷"], ["矛盾纠纷"], ["社会", "矛盾纠纷"]),  # only its edges matter
        (["化解矛盾", "纠纷"], ["矛盾纠纷"], ["化解矛盾", "纠纷"]),  # a boundary is missing
        (["人", "民", "人", "民"], ["人民"], ["人民", "人民"]),
        (["公安"], ["矛盾纠纷"], ["公安"]),
        (["矛\u200b盾", "纠纷"], ["矛盾纠纷"], ["矛\u200b盾纠纷"]),
    ],
)
def test_compounds_are_joined(terms, listed, expected):
    before = tokens(*terms)
    joined = compound_terms(before, compounds(*listed))
    assert joined["term"].tolist() == expected
    assert joined["start"].iloc[0] == 0
    assert joined["end"].iloc[-1] == before["end"].iloc[-1]
    assert before["term"].tolist() == [term for term in terms if term != " "]  # nothing is mutated


def test_neither_a_compound_nor_an_amount_crosses_two_articles():
    """The second article begins, after a filter, at the offset at which the first one ends."""
    both = pd.DataFrame({"doc_id": ["a", "b"], "start": [0, 2], "end": [2, 4], "term": ["矛盾", "纠纷"]})
    assert compound_terms(both, compounds("矛盾纠纷"))["term"].tolist() == ["矛盾", "纠纷"]
    amount = pd.DataFrame({"doc_id": ["a", "b"], "start": [0, 1], "end": [1, 2], "term": ["5", "名"]})
    assert words(amount)["term"].tolist() == ["名"]


@pytest.mark.parametrize("lexicon", [compounds(), pd.DataFrame({"term": ["矛盾"], "type": ["set"]})])
def test_without_compounds_nothing_changes(lexicon):
    before = tokens("矛盾", "纠纷")
    pd.testing.assert_frame_equal(compound_terms(before, lexicon), before)
    assert compound_terms(before.head(0), compounds("矛盾纠纷")).columns.tolist() == before.columns.tolist()


@settings(deadline=None)
@given(st.text(alphabet="矛盾纠纷化解a。 \u200b", max_size=20))
def test_joined_tokens_still_rebuild_the_line(text):
    joined = compound_terms(segment_lines(line(text)), compounds("矛盾纠纷", "化解矛盾"))
    assert "".join(joined["term"]) == text


def test_nearly_all_compounds_of_the_articles_are_whole(study):
    lines = counted(study.lines)
    listed = LEXICON.loc[LEXICON["type"] == "compound", "term"].sort_values(key=lambda t: -t.str.len())
    found = lines["text"].str.count("|".join(listed.map(lambda term: term.replace("+", r"\+")))).sum()
    joined = compound_terms(segment_lines(lines, LEXICON), LEXICON)["term"].isin(set(listed)).sum()
    assert found > 250
    assert joined / found > 0.97


def test_label_lines_and_load_corpus_take_the_same_path(study):
    lines = label_lines(study.articles, read_notes(ROOT / "seeds", "zones"))
    pd.testing.assert_frame_equal(compound_terms(segment_lines(lines, LEXICON), LEXICON), study.tokens)

"""A text that is not what it seems is reported, an ordinary one is not, and neither is changed."""

import json
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import label_lines, load_corpus, read_articles
from corpus_lib.characters import ENCODINGS, guess_encoding
from corpus_lib.quality import OF_A_LINE, OF_AN_ARTICLE, WARNINGS, check_articles
from tests.conftest import ROOT

CASES = pd.read_csv(Path(__file__).parent / "cases" / "quality.tsv", sep="\t", quoting=3, na_filter=False)
# The texts are written as in JSON, so that invisible characters can be seen.
CASES["text"] = [json.loads(f'"{text}"') for text in CASES["text"]]


def frames(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = pd.DataFrame({"doc_id": list("abcdefgh"[: len(texts)]), "text": list(texts)})
    return articles, label_lines(articles)


@pytest.mark.parametrize(("found", "text"), CASES[["found", "text"]].to_numpy().tolist(), ids=CASES["gloss"])
def test_each_kind_is_found_and_ordinary_text_is_not(found, text):
    table = check_articles(*frames(text))
    if found:
        assert table["found"].str.contains(found, regex=False).any()
    else:
        assert table["found"].tolist() == []


def test_the_five_articles_have_no_warning(study):
    table = check_articles(study.articles, study.lines)
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == WARNINGS


def test_warnings_are_sorted_by_article_and_line_and_name_the_line(study):
    good = "标题\n公安局破案3起。"
    articles, lines = frames(
        "标题\n\n正文\ufffd。<br>\n**来源**：某", good, "。", good.replace("\n", "\r\n\r\n ")
    )
    table = check_articles(articles, lines)
    rows = [["a", 3], ["a", 3], ["a", 4], ["c", 0], ["d", 0]]
    assert table[["doc_id", "line"]].to_numpy().tolist() == rows
    assert table["found"].iloc[-1] == "the same text as article b"
    assert (table["advice"] != "").all()


def test_frames_stay_as_they_were_and_may_be_categories():
    articles, lines = frames("标题\n\ufffd", "标题\n\ufffd")
    kinds = articles.astype({"doc_id": "category"}), lines.astype({"doc_id": "category"})
    before = [frame.copy() for frame in (articles, lines)]
    pd.testing.assert_frame_equal(check_articles(*kinds), check_articles(articles, lines))
    for frame, copy in zip((articles, lines), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_a_line_of_two_zones_has_one_warning_of_a_kind():
    articles, lines = frames("标题\n破案\ufffd。(记者 某\ufffd某)")
    assert len(lines) == 3
    assert check_articles(articles, lines)["line"].tolist() == [2]


def test_no_articles_and_a_missing_column():
    articles, lines = frames("标题")
    assert check_articles(articles.head(0), lines.head(0)).empty
    with pytest.raises(ValueError, match="no column 'line'"):
        check_articles(articles, articles)


def test_loading_gives_one_warning_with_the_count(make_corpus):
    folder = make_corpus({"a": "标题\n平安&nbsp;建设", "b": "标题\n\ufffd<br>", "c": "标题\n公安局。"})
    with pytest.warns(UserWarning, match=r"2 of 3 articles .*warnings: 3.*check_articles\(") as caught:
        corpus = load_corpus(folder)
    assert [Path(warning.filename).name for warning in caught] == [Path(__file__).name]
    assert len(check_articles(corpus.articles, corpus.lines)) == 3
    assert corpus.articles["text"].equals(read_articles(folder)["text"])


def test_loading_the_five_articles_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_corpus(ROOT / "seeds")


@pytest.mark.parametrize(
    "sign", ["<p>", "[", "{{", "&a", "<p ", "# ", "|a", "é·", "警 ", "**", "å…¬", "。 ", " "]
)
def test_a_line_is_read_once_however_it_is_made(sign):
    """Each takes milliseconds; a pattern that goes back takes minutes."""
    for find, _ in (*OF_A_LINE, *OF_AN_ARTICLE):
        find(sign * 100_000 + "#")


@given(st.text())
def test_any_text_is_judged(text):
    assert all(isinstance(find(text), str) for find, _ in (*OF_A_LINE, *OF_AN_ARTICLE))


@pytest.mark.parametrize(("codec", "name"), ENCODINGS)
def test_the_encoding_of_each_line_of_the_articles_is_known(study, codec, name):
    # A byte has no order in a short line of digits; Big5 has no simplified characters.
    lines = [line for line in study.lines["text"] if not line.isascii() and len(line) > 3]
    if name == "Big5":
        lines = ["公安局破案3起。", "警方偵破電信詐騙案件，公安機關抓獲嫌疑人。", "我們應該認真對待這個問題"]
    assert {guess_encoding(line.encode(codec)) for line in lines} == {(name, line) for line in lines}


@given(st.binary())
def test_any_bytes_are_guessed_or_not(data):
    name, text = guess_encoding(data)
    assert name in {"", *dict(ENCODINGS).values()}
    assert bool(text) <= bool(name)

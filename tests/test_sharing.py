"""What articles share is found through quotation marks, breaks and widths, once, with all its places."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import counted, read_notes, shared_phrases
from tests.conftest import ROOT


def corpus(*texts: str) -> pd.DataFrame:
    """Make lines of articles a, b, c ...; a blank line parts paragraphs, a line break does not."""
    rows = []
    for doc_id, text in zip("abcdef", texts, strict=False):
        start = 0
        for number, line in enumerate(text.split("\n"), 1):
            if line:
                paragraph = (
                    number if not rows or rows[-1][0] != doc_id or rows[-1][1] < number - 1 else rows[-1][2]
                )
                rows.append((doc_id, number, paragraph, start, start + len(line), line))
            start += len(line) + 1
    return pd.DataFrame(rows, columns=["doc_id", "line", "paragraph", "start", "end", "text"])


def found(lines: pd.DataFrame, **how: object) -> dict[str, str]:
    """Give each shared phrase with its articles."""
    table = shared_phrases(lines, **how)
    return table.groupby("phrase", sort=False)["doc_id"].agg("".join).to_dict()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("创新“枫桥式公安派出所”建设", "评为枫桥式公安派出所三家"),
        ("创新枫桥式公\n安派出所建设", "评为枫桥式公安派出所三家"),
        ("创新枫桥 式公安派出所建设", "评为「枫桥式公安派出所」三家"),
        ("创新枫桥式公安派出所,建设", "。枫桥式公安派出所,三家"),
    ],
)
def test_marks_blanks_and_breaks_hide_no_match(one, other):
    assert found(corpus(one, other)) == {"枫桥式公安派出所": "ab"}


def test_full_width_forms_are_the_same():
    assert found(corpus("推广ｅ体＋平台系统了", "建成e体+平台系统好"), shortest=5) == {"e体+平台系统": "ab"}


def test_paragraphs_are_not_run_together():
    with pytest.raises(ValueError, match="No passage of 6 characters"):
        shared_phrases(corpus("推进平安\n\n建设工作", "推进平安建设工作"))


def test_numerals_and_places_are_masked_when_asked():
    lines = corpus("抓获犯罪嫌疑人12名。在福州市", "抓获犯罪嫌疑人近百名。在漳州市")
    figures = pd.DataFrame(
        [("a", 7, "12名", "quantity"), ("b", 7, "近百名", "quantity")],
        columns=["doc_id", "start", "text", "kind"],
    )
    assert found(lines) == {"抓获犯罪嫌疑人": "ab"}
    assert found(corpus("抓获嫌疑人12名在逃", "抓获嫌疑人9名在逃"), figures=pd.DataFrame(
        [("a", 5, "12名", "quantity"), ("b", 5, "9名", "quantity")], columns=figures.columns
    )) == {"抓获嫌疑人<N>名在逃": "ab"}  # fmt: skip
    places = pd.DataFrame({"term": ["福州", "福州市", "漳州市"], "type": "place"})
    assert "名。在<PLACE>"[3:] not in found(lines)
    assert found(corpus("建设平安福州市的路", "建设平安漳州市的路"), lexicon=places, shortest=5) == {
        "建设平安<PLACE>的路": "ab"
    }


def test_a_nested_phrase_is_kept_only_for_another_article():
    assert found(corpus("全国优秀公安基层单位", "是全国优秀公安基层单位吗", "成全国优秀公安者")) == {
        "全国优秀公安基层单位": "ab",
        "全国优秀公安": "abc",
    }
    assert found(corpus("全国优秀公安局和全国优秀公安", "全国优秀公安局")) == {"全国优秀公安局": "ab"}


def test_each_place_is_a_row_and_its_span_is_what_stands_there(study):
    lines = counted(study.lines)
    rows = shared_phrases(lines, counted(study.figures), read_notes(ROOT / "seeds", "lexicon"))
    texts = study.articles.set_index("doc_id")["text"]
    for row in rows.itertuples():
        printed = texts[row.doc_id][row.start : row.end]
        assert "".join(printed.split()) == "".join(row.text.split())
    assert (rows.groupby("phrase")["doc_id"].nunique() >= 2).all()


def test_the_formula_of_minutes_shows_only_once_numerals_are_masked(study):
    lines = counted(study.lines)
    formula = "<N>分钟自救、<N>分钟互救、<N>分钟"
    assert not any("分钟" in phrase for phrase in found(lines))
    masked = shared_phrases(lines, counted(study.figures))
    texts = masked.loc[masked["phrase"] == formula].set_index("doc_id")["text"].to_dict()
    assert texts == {"000": "1分钟自救、3分钟互救、5分钟", "004": "一分钟自救、三分钟互救、五分钟"}


def test_one_article_or_nothing_in_common_is_said():
    with pytest.raises(ValueError, match="one article, or none"):
        shared_phrases(corpus("全国优秀公安局"))
    with pytest.raises(ValueError, match="No passage of 6 characters or more"):
        shared_phrases(corpus("全国优秀公安局", "今天天气很好吗"))


@given(st.lists(st.text(alphabet="警民党安", min_size=6, max_size=40), min_size=2, max_size=3))
def test_what_is_found_is_shared_and_could_be_no_longer(texts):
    lines = corpus(*texts)
    try:
        phrases = found(lines)
    except ValueError:
        phrases = {}
    for phrase, articles in phrases.items():
        assert all(phrase in text for text, doc_id in zip(texts, "abc", strict=False) if doc_id in articles)
    for i in range(len(texts[0]) - 5):
        common = texts[0][i : i + 6]
        assert (common in texts[1]) <= any(common in phrase for phrase in phrases)

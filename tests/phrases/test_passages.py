"""What articles share is found through quotation marks, breaks and widths, once, with all its places."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import counted, read_notes
from corpus_lib.characters import fold
from corpus_lib.phrases import shared_passages
from corpus_lib.phrases.passages import SLOTS, shared_runs
from corpus_lib.site.content import collect_content
from tests.conftest import ROOT

SLOT = next(iter(SLOTS))


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
    table = shared_passages(lines, **how)
    return table.groupby("passage", sort=False)["doc_id"].agg("".join).to_dict()


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
    assert found(corpus("推进平安\n建设工作", "推进平安建设工作")) == {"推进平安建设工作": "ab"}
    assert found(corpus("推进平安\n\n建设工作", "推进平安建设工作")) == {}


def in_figures(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "start", "text", "kind"])


def test_numerals_are_masked_only_when_asked_and_only_where_they_count():
    lines = corpus("抓获嫌疑人12名在逃", "抓获嫌疑人9名在逃")
    assert found(lines, shortest=5) == {"抓获嫌疑人": "ab"}
    quantities = in_figures(("a", 5, "12名", "quantity"), ("b", 5, "9名", "quantity"))
    assert found(lines, figures=quantities, shortest=5) == {"抓获嫌疑人<N>名在逃": "ab"}
    assert found(lines, figures=quantities.assign(kind="name"), shortest=5) == {"抓获嫌疑人": "ab"}
    elsewhere = quantities.assign(start=50)  # in a line that is not compared
    assert found(lines, figures=elsewhere, shortest=5) == {"抓获嫌疑人": "ab"}


def test_places_are_masked_only_when_asked_and_the_longest_name_wins():
    lines = corpus("建设平安福州市路", "建设平安漳州市路")
    assert found(lines, shortest=4) == {"建设平安": "ab"}
    places = pd.DataFrame({"term": ["福州", "福州市", "漳州市"], "type": "place"})
    assert found(lines, lexicon=places, shortest=4) == {"建设平安<PLACE>路": "ab"}
    assert found(lines, lexicon=places.assign(type="agency"), shortest=4) == {"建设平安": "ab"}


def test_the_place_of_a_passage_is_where_its_own_characters_are():
    places = pd.DataFrame({"term": ["福州", "漳州市"], "type": "place"})
    lines = corpus("在建设“平安\n福州”的路上", "建设平安漳州市的路")
    rows = shared_passages(lines, lexicon=places, shortest=4)
    columns = ["passage", "length", "n_articles", "doc_id", "line", "start", "end", "text"]
    assert rows.columns.tolist() == columns
    assert rows.to_numpy().tolist() == [
        ["建设平安<PLACE>的路", 7, 2, "a", 1, 1, 12, "建设“平安福州”的路"],
        ["建设平安<PLACE>的路", 7, 2, "b", 1, 0, 9, "建设平安漳州市的路"],
    ]  # fmt: skip


def test_a_numeral_in_the_name_of_a_place_is_part_of_it():
    lines = corpus("建设平安福州五区路", "建设平安漳州市路")
    places = pd.DataFrame({"term": ["福州五区", "漳州市"], "type": "place"})
    figures = in_figures(("a", 6, "五区", "quantity"))
    assert found(lines, figures=figures, lexicon=places, shortest=4) == {"建设平安<PLACE>路": "ab"}


def test_slots_are_less_than_half_of_a_phrase():
    lines = corpus("在5到6之间", "在7到8之间")
    figures = in_figures(
        *((d, i, str(n), "quantity") for d, i, n in [("a", 1, 5), ("a", 3, 6), ("b", 1, 7), ("b", 3, 8)])
    )
    assert found(lines, figures=figures, shortest=5) == {"在<N>到<N>之间": "ab"}
    none = corpus("5到6", "7到8")
    assert found(none, figures=figures.assign(start=[0, 2, 0, 2]), shortest=3) == {}


def test_a_nested_phrase_is_kept_only_for_another_article():
    assert found(corpus("全国优秀公安基层单位", "是全国优秀公安基层单位吗", "成全国优秀公安者")) == {
        "全国优秀公安基层单位": "ab",
        "全国优秀公安": "abc",
    }
    assert found(corpus("全国优秀公安局和全国优秀公安", "全国优秀公安局")) == {"全国优秀公安局": "ab"}


def test_the_longest_phrase_comes_first_and_the_order_of_the_lines_does_not_matter():
    texts = "全国优秀公安基层单位。今天\n天气很好", "今天天气很好。全国优秀公安基层单位"
    rows = shared_passages(corpus(*texts))
    assert rows["passage"].tolist() == ["全国优秀公安基层单位"] * 2 + ["今天天气很好"] * 2
    assert rows["doc_id"].tolist() == ["a", "b", "a", "b"]
    pd.testing.assert_frame_equal(shared_passages(corpus(*texts).iloc[::-1]), rows)


def test_each_place_is_a_row_and_its_span_is_what_stands_there(study):
    lines = counted(study.lines)
    rows = shared_passages(lines, counted(study.figures), read_notes(ROOT / "seeds", "lexicon"))
    texts = study.articles.set_index("doc_id")["text"]
    for row in rows.itertuples():
        printed = texts[row.doc_id][row.start : row.end]
        assert "".join(printed.split()) == "".join(row.text.split())
    assert (
        rows.groupby("passage")["doc_id"].nunique() == rows.groupby("passage")["n_articles"].first()
    ).all()
    assert rows["n_articles"].min() == 2


def test_the_formula_of_minutes_shows_only_once_numerals_are_masked(study):
    lines = counted(study.lines)
    formula = "<N>分钟自救、<N>分钟互救、<N>分钟"
    assert not any("分钟" in phrase for phrase in found(lines))
    masked = shared_passages(lines, counted(study.figures))
    texts = masked.loc[masked["passage"] == formula].set_index("doc_id")["text"].to_dict()
    assert texts == {"000": "1分钟自救、3分钟互救、5分钟", "004": "一分钟自救、三分钟互救、五分钟"}


@pytest.mark.parametrize("texts", [[], ["全国优秀公安局"]])
def test_fewer_than_two_articles_cannot_share(texts):
    with pytest.raises(ValueError, match="one article, or none"):
        shared_passages(corpus(*texts))


def test_a_passage_has_a_length():
    with pytest.raises(ValueError, match="shortest=0"):
        shared_passages(corpus("全国优秀公安局", "全国优秀公安局"), shortest=0)


@pytest.mark.parametrize(
    "texts",
    [
        ("全国优秀公安局", "今天天气很好吗"),
        ("公安", "公安"),
        (" ", "“"),
        ("。。。。。。。", "。。。。。。。"),
    ],
)
def test_where_nothing_is_shared_the_frame_is_empty(texts):
    none = shared_passages(corpus(*texts))
    assert none.empty
    assert (
        none.dtypes.to_dict() == shared_passages(corpus("全国优秀公安局", "全国优秀公安局")).dtypes.to_dict()
    )


def contexts(parts: list[tuple[int, str]], phrase: str, offset: int) -> set[str | tuple[int, int]]:
    """Give the symbols at this side of a phrase's places; an end differs from all others."""
    return {
        text[i + offset] if 0 <= i + offset < len(text) else (n, i)
        for n, (_, text) in enumerate(parts)
        for i in range(len(text))
        if text.startswith(phrase, i)
    }


def found_plainly(parts: list[tuple[int, str]], shortest: int) -> dict[str, set[int]]:
    """Find what parts of articles share by trying every string: ',' is a mark, SLOT a slot."""

    def articles(phrase: str) -> set[int]:
        return {article for article, text in parts if phrase in text}

    strings = {t[i:j] for _, t in parts for i in range(len(t)) for j in range(i + shortest, len(t) + 1)}
    longest = [
        s
        for s in strings
        if len(articles(s)) > 1 and len(contexts(parts, s, -1)) > 1 and len(contexts(parts, s, len(s))) > 1
    ]
    trimmed = {s.strip(",") for s in longest}
    valid = {s: articles(s) for s in trimmed if len(s) >= shortest and 2 * s.count(SLOT) < len(s)}
    return {s: a for s, a in valid.items() if not any(s != t and s in t and a == valid[t] for t in valid)}


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.text(alphabet=f"警民,{SLOT}", min_size=1, max_size=14)),
        min_size=2,
        max_size=5,
    ),
    st.integers(1, 4),
)
def test_it_finds_what_one_finds_by_trying_every_string(parts, shortest):
    parts = sorted(parts)
    rows = [(article, n) for n, (article, text) in enumerate(parts) for _ in text]
    text = "".join(text for _, text in parts)
    runs = shared_runs(text, *np.array(rows).T, shortest)
    places: dict[str, set[int]] = {}
    for place, length, n_articles in runs.to_numpy().tolist():
        phrase = text[place : place + length]
        places.setdefault(phrase, set()).add(place)
        assert n_articles == sum(
            phrase in "|".join(t for a, t in parts if a == article) for article in range(3)
        )
    expected = found_plainly(parts, shortest)
    assert set(places) == set(expected)
    starts = [sum(len(t) for _, t in parts[:n]) for n in range(len(parts))]
    for phrase, at in places.items():
        assert at == {
            start + i
            for start, (_, t) in zip(starts, parts, strict=True)
            for i in range(len(t))
            if t.startswith(phrase, i)
        }
    assert len(runs) == sum(map(len, places.values()))


def test_one_character_five_thousand_times_is_one_passage():
    lines = corpus("啊" * 5_000, "啊" * 5_002)
    rows = shared_passages(lines)
    assert rows["length"].tolist() == [5_000] * 4
    assert rows["start"].tolist() == [0, 0, 1, 2]


def write(make_corpus, *texts: str):
    return make_corpus({f"{2019 + i}": text for i, text in enumerate(texts)})


@pytest.mark.parametrize(
    ("texts", "shared"),
    [
        (["今年全国优秀公安基层单位。", "是全国优秀公安基层单位吗。"], True),
        (["今年全国优秀公安基层单位。", "明天的天气不会太冷。"], False),
        (["今年全国优秀公安基层单位。"], False),
    ],
    ids=["shared", "nothing shared", "one article"],
)
def test_a_site_shows_phrases_where_there_are_any(make_corpus, texts, shared):
    shown = collect_content(write(make_corpus, *texts), "year")
    assert ("passages" in shown.tables) == shared
    assert ("passage" in set(shown.marks["kind"])) == shared


def test_a_site_hides_no_error_of_the_search(make_corpus, monkeypatch):
    def fail(lines):
        raise ValueError("a fault")

    monkeypatch.setattr("corpus_lib.site.content.shared_passages", fail)
    with pytest.raises(ValueError, match="a fault"):
        collect_content(write(make_corpus, "今年全国优秀公安。", "是全国优秀公安吗。"), "year")


@pytest.mark.parametrize("odd", ["电\u200b信", "\u2f8f动", "ＤＮＡ", "民\ufeff警"])
def test_an_odd_form_of_a_character_hides_no_shared_passage(odd):
    usual = fold(odd)[0]
    texts = [f"警方开展打击{usual}专项工作成效显著。", f"警方开展打击{odd}专项工作成效显著。"]
    lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "start": 0, "text": texts})
    found = shared_passages(lines.assign(end=lines["text"].str.len()), shortest=6)
    assert found["passage"].unique().tolist() == [f"警方开展打击{usual}专项工作成效显著"]
    assert found["text"].tolist()[1] == texts[1].removesuffix("。")

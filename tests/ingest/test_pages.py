"""The article is found inside its page, and a text that is no page stays whole."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import label_lines
from corpus_lib.ingest.pages import article_lines, draft_zones, heaviest_run, page_text, weigh_line
from corpus_lib.zones import LINE_END

BODY = "某市公安局今年以来共破获盗窃案件三百五十起。"
NAVIGATION = ["首页", "新闻中心", "登录 注册", "今日热点排行"]
FOOTER = ["责任编辑：某某", "网友评论", "说得好。", "版权所有 某某网 许可证0001"]
PAGE = [*NAVIGATION, "某市公安局破案三百五十起", "2023-04-05 来源：某报", BODY, "从等到走", BODY, *FOOTER]

# The lines, and the numbers of those that are the article (from 0), or all of them; whether it is in doubt.
CASES = {
    "a page": (PAGE, [4, 6, 7, 8], False),
    "a list of other news above": (["相关新闻", "某地樱花盛开。", *PAGE], [6, 8, 9, 10], False),
    "no page": (["标题", BODY, "小标题", BODY], None, False),
    "short lines, no site": (["标题", "下周一，", "什么？", "你还不知道？"], None, False),
    "nothing": ([""], None, False),
    "only links": (["首页", "登录"], None, False),
    "one width": (["某市公安局近日破获一起特大电信"] * 4 + ["责任编辑：某某"], None, False),
    "comments as long as the article": (["标题", BODY, "网友评论", BODY + BODY], [0, 1, 3], True),
    "a post": (
        ["某市公安局提醒广大市民", *["下雪了，慢点开。", "路滑，", "别急，"] * 2, "关注我们", BODY],
        [0, 1, 2, 3, 4, 5, 6, 8],
        True,
    ),
    "a live feed as long as the article": (["标题", BODY, "责任编辑：某某", BODY, "版权所有"], None, True),
    "a list of other news inside a page in doubt": (
        ["登录", "某市公安局破案三百五十起", *["路滑，慢行，"] * 3, "相关新闻", BODY, BODY],
        [1, 2, 3, 4, 6, 7],
        True,
    ),
    "a sentence with a word of a site": (
        ["标题", BODY, f"有人评论：“{BODY}”", BODY, "版权所有"],
        [1, 2, 3],
        False,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_article_is_found(name):
    lines, kept, doubt = CASES[name]
    assert article_lines(lines) == (list(range(len(lines))) if kept is None else kept, doubt)


def test_the_title_of_the_page_helps():
    lines = ["某市公安局破案三百五十起", "警方提示各位市民朋友们", BODY, "版权所有"]
    assert article_lines(lines)[0] == [1, 2]
    assert article_lines(lines, "某市公安局破案三百五十起_某网")[0] == [0, 2]


def test_drafted_zones_are_taken_as_corrections(make_corpus):
    text = "\n".join(["相关新闻", "某地樱花盛开。", "\t".join(NAVIGATION), *PAGE[4:]])
    rows = [("a", str(n), words, zone) for n, words, zone in draft_zones(text)]
    lines = label(text, rows)
    assert lines.query("zone == 'title'")["text"].tolist() == [PAGE[4]]
    assert lines.query("zone == 'body'")["text"].tolist() == [BODY, BODY]
    assert lines.query("zone == 'heading'")["text"].tolist() == ["从等到走"]


def label(text, rows):
    zones = pd.DataFrame(rows, columns=["doc_id", "line", "text", "zone"], dtype="str")
    return label_lines(pd.DataFrame({"doc_id": ["a"], "text": [text]}), zones)


@given(st.lists(st.sampled_from([*PAGE, "", "a\tb\ta", '"甲""乙""丙"', "\u3000 "])))
def test_any_lines_give_corrections_that_fit(lines):
    text = "\n".join(lines)
    label(text, [("a", str(n), words, zone) for n, words, zone in draft_zones(text)])


def test_the_five_articles_lose_no_line_of_theirs(study):
    counted = study.lines.query("zone in ['title', 'subtitle', 'heading', 'body']")
    lines_of = counted.groupby("doc_id")["line"].agg(set)
    for doc_id, text in study.articles[["doc_id", "text"]].to_numpy().tolist():
        lines = LINE_END.split(text)[::2]
        kept, doubt = article_lines(lines)
        assert not doubt
        assert lines_of[doc_id] - {1, 2} <= {i + 1 for i in kept}


def test_what_is_drafted_for_the_five_articles_is_what_annotators_say(study):
    right = study.lines.groupby(["doc_id", "line"], observed=True)["zone"].agg(set).to_dict()
    texts = study.articles[["doc_id", "text"]].to_numpy().tolist()
    drafted = [(doc_id, n, zone) for doc_id, text in texts for n, _, zone in draft_zones(text)]
    assert len(drafted) == 5
    assert all(zone in right[doc_id, n] for doc_id, n, zone in drafted)


@given(st.lists(st.integers(-100, 100), max_size=12))
def test_the_heaviest_run_is_the_heaviest_of_all(weights):
    start, end, total = heaviest_run(weights)
    assert sum(weights[start:end]) == total
    assert total == max(sum(weights[i:j]) for i in range(13) for j in range(i, 14))


@pytest.mark.parametrize("sign", ["评", "a", "首页 ", "未经", "责编", "。"])
def test_a_line_is_weighed_once_however_long(sign):
    assert isinstance(weigh_line(sign * 100_000), int)


# HTML and the text of it.
HTML = {
    "<p>甲<b>乙</b>\n丙</p><p>丁": "甲乙 丙\n丁\n",
    "甲<br>乙<br/>丙": "甲\n乙\n丙\n",
    "<script>x='<p>'</script><style>p{}</style><!-- x -->甲": "甲\n",
    "<table><tr><td>甲<td>乙</table>": "甲\n乙\n",
    "平安&nbsp;建设&mdash;&#x4e00;": "平安 建设—一\n",
    "a < b 且 c > d": "a < b 且 c > d\n",
    "<![if !a]>甲<![endif]><![;>乙<![CDATA[丙]]>": "甲乙\n",
    "": "",
}


@pytest.mark.parametrize("html", HTML)
def test_tags_are_no_text(html):
    assert page_text(html)[0] == HTML[html]


def test_deep_and_long_pages_are_read():
    assert page_text("<div>" * 3000 + "甲") == ("甲\n", "")


@given(st.text(alphabet="<>/!-&;[]#x0pbr甲 \n=\"'?", max_size=40))
def test_any_page_is_read(html):
    assert isinstance(page_text(html)[0], str)

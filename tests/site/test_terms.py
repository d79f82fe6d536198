"""A term says its English, its reading and its uses, and leads to its first place; nothing else does."""

import pytest
from bs4 import BeautifulSoup

from corpus_lib.site.terms import Term, link_terms, pinyin_of

TERMS = {"名": Term("name", "míng", "name\nmíng\nuses: 2; articles: 1 of 5", ("000", 1))}


def linked(html: str, texts: bool = True) -> BeautifulSoup:
    """Link the terms of a text in which 名 stands for its span."""
    soup = BeautifulSoup(html.replace("名", '<span lang="zh">名</span>'), "html.parser")
    link_terms(soup, TERMS, texts)
    return soup


def test_a_term_is_linked_by_itself_and_not_in_a_quotation_or_a_longer_word():
    soup = linked("<p>名 (x), 5名, e名+</p><blockquote>名</blockquote><h2>名</h2>")
    terms = [(a.parent.name, a["href"]) for a in soup.select("a.term")]
    assert terms == [("p", "article-000.html#w-000-1")]


def test_a_term_at_the_start_of_a_source_line_is_linked():
    soup = linked("<p>the widest gap is for\n名 (x)</p>")
    assert soup.select_one("a.term")["href"] == "article-000.html#w-000-1"


def test_without_texts_a_term_keeps_its_note_and_can_be_walked_to():
    (term,) = linked("<p>名 (x)</p>", texts=False).select(".term")
    assert (term.name, term["tabindex"], term["data-en"]) == ("span", "0", "name")
    assert term["data-note"] == TERMS["名"].note


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>名 and 名</p><p>名</p>", "名 míng and 名名"),
        ("<table><tr><td>名</td></tr></table><ul><li>名 (x)</li></ul>", "名名 míng (x)"),
        ("<p>名 (míng, a name), 名.</p>", "名 (míng, a name), 名 míng."),
        ("<p>“名”, 名</p>", "“名”, 名 míng"),
        ("<h2>名</h2><blockquote><p>名</p></blockquote><figcaption>名</figcaption>", "名名名"),
    ],
)
def test_a_term_gets_its_reading_once_in_running_text(html, expected):
    assert linked(html).get_text() == expected


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("重庆", "chóngqìng"),
        ("重点", "zhòngdiǎn"),
        ("银行", "yínháng"),
        ("行动", "xíngdòng"),
        ("长安", "cháng'ān"),
        ("校长", "xiàozhǎng"),
        ("效率", "xiàolǜ"),
        ("率先", "shuàixiān"),
        ("调解", "tiáojiě"),
        ("调研", "diàoyán"),
        ("派出所", "pàichūsuǒ"),
        ("e体+", "e tǐ +"),
        ("APP", ""),
    ],
)
def test_a_word_decides_how_its_characters_are_read(word, read):
    assert pinyin_of(word) == read

"""A place that a page names leads to its line, and to no other."""

import re

import pytest

from corpus_lib.site.links import address, link_places
from corpus_lib.site.pages import read_page

PLACES = {f"{doc_id}:{line}" for doc_id in ("000", "12") for line in (1, 34, 1234)}


def links(html: str) -> list[tuple[str, str]]:
    """The links that a text gets: their words, and where they lead."""
    page = read_page("a", f"<h1>A</h1>{html}")
    citations = link_places(page, PLACES)
    found = page.soup.select("a.place")
    assert [f"a.html#{link['id']}" for link in found] == [citation.href for citation in citations]
    return [(link.get_text(), link["href"].partition("#")[2]) for link in found]


def table(head: str, cell: str) -> str:
    row = f"<tbody><tr><td>000</td><td>{cell}</td></tr></tbody>"
    return f"<table><thead><tr><th>doc_id</th><th>{head}</th></tr></thead>{row}</table>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>as in 000:34, 000:1.</p>", [("000:34", "000-34"), ("000:1", "000-1")]),
        ("<p>at 12:30, and 12:34</p>", [("12:34", "12-34")]),
        ("<p>not 1000:34, nor 000:34:1000</p>", [("000:34", "000-34")]),
        ("<p><code>000:34</code> <a href='#'>000:34</a></p><pre>000:1</pre>", []),
        (table("line", "34"), [("34", "000-34")]),
        (table("line", "1,234"), [("1,234", "000-1234")]),
        (table("lines", "1, 34"), [("1", "000-1"), ("34", "000-34")]),
        (table("n", "34"), []),
    ],
)
def test_places_are_linked_and_nothing_else(html, expected):
    assert links(html) == expected


def test_a_place_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="a names 000:35, but there is no such line"):
        links("<p>as in 000:35</p>")


def test_each_article_has_a_page_whose_name_any_system_can_write():
    assert links("<p>as in 000:34, 12:1</p>") == [("000:34", "000-34"), ("12:1", "12-1")]
    assert address("000", "000-34") == "article-000.html#000-34"
    assert re.fullmatch(r"article-\w+\.html#1", address('a/b "公安" <i>..', "1"))

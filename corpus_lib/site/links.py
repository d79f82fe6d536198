"""HTML -> HTML in which every place that a page names leads to its line in the articles, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

# Where a place may be named without being linked: code, and what is a link already.
LEFT = ["a", "code", "pre", "summary", "style", "script", "h1", "h2", "h3"]


# The number of a line as a table prints it: 1,234 is one number, "12, 34" are two.
LINE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


class Citation(NamedTuple):
    """One naming of a place: the place, the page and the heading it stands under, the way back to it."""

    place: str
    page: str
    heading: str
    href: str


def line_id(doc_id: str, line: int) -> str:
    """Make the anchor of a line; any doc_id will do, whatever its characters.

    >>> line_id("000", 34), line_id('a"b c', 1)
    ('000-34', 'a_22_b_20_c-1')
    """
    return f"{article_id(doc_id)}-{line}"


def article_id(doc_id: str) -> str:
    """Make the anchor of an article: letters and digits stay, other characters become their codes."""
    return re.sub(r"[^a-zA-Z0-9]", lambda found: f"_{ord(found[0]):x}_", doc_id)


def link_places(soup: BeautifulSoup, name: str, short: str, places: Mapping[str, str]) -> list[Citation]:
    """Link every place that a page names, in its prose and in its tables; list them, with the ways back.

    `name` is that of the page's file, `short` what the page is called; `places` maps each place, as
    000:34, to its address. In prose and in a cell a place is written so; a row of a table with columns
    headed `doc_id` and `line` (or `lines`) names one, or several. What looks like a place and is none
    (12:30) is left alone. The page is changed in place. Raises ValueError for a place of a known article
    that is not there.

    >>> soup = BeautifulSoup("<h2>A</h2><p>as in a:3, at 12:30</p>", "html.parser")
    >>> link_places(soup, "01_corpus", "The corpus", {"a:3": "reader.html#a-3"})
    [Citation(place='a:3', page='The corpus', heading='A', href='01_corpus.html#at-1')]
    >>> soup.p.a["href"]
    'reader.html#a-3'
    """
    uses: list[Citation] = []
    doc_ids = sorted({place.rpartition(":")[0] for place in places}, key=len, reverse=True)
    written = re.compile(rf"(?<![\w:])(?:{'|'.join(map(re.escape, doc_ids)) or '(?!)'}):\d+(?!\d)")
    for cell, doc_id in list(_line_cells(soup)):
        lines = {n: places.get(f"{doc_id}:{n.replace(',', '')}", "") for n in LINE.findall(cell)}
        _link(cell, LINE, lines, doc_id)
    for text in soup.find_all(string=written):
        if text.find_parent(LEFT) is None:
            _refuse_absent(name, written.findall(text), places)
            _link(text, written, places)
    for number, link in enumerate(soup.select("a.place"), 1):
        link["id"] = f"at-{number}"
        above = link.find_previous(["h1", "h2", "h3"])
        heading = above.get_text(" ", strip=True) if above else ""
        uses.append(Citation(str(link.attrs.pop("data-place")), short, heading, f"{name}.html#at-{number}"))
    return uses


def link_terms(soup: BeautifulSoup, words: Mapping[str, str]) -> None:
    """Link every Chinese term that a page shows by itself to its first place in the articles.

    >>> soup = BeautifulSoup('<p><span lang="zh">名</span> and 5<span lang="zh">名</span></p>', "html.parser")
    >>> link_terms(soup, {"名": "reader.html#w-a-1"})
    >>> len(soup.select("a.term"))
    1

    `words` maps a term, as the segmenter cut it, to its address. A term within a longer run of Chinese
    is not linked, nor one in a quotation. Call after the Chinese is marked. The page is changed in place.
    """
    for span in soup.select("span[lang|=zh]"):
        address = words.get(span.get_text())
        if address and not _goes_on(span) and span.find_parent([*LEFT, "blockquote"]) is None:
            span.wrap(soup.new_tag("a", attrs={"class": "term", "href": address}))


def _goes_on(span: Tag) -> bool:
    """Say whether a run of Chinese is part of a longer word: 名 of 5名, 体 of e体+."""
    before, after = (str(near or "") for near in (span.previous_sibling, span.next_sibling))
    return bool(re.search(r"[\w+%]$", before) or re.match(r"[\w+%]", after))


def _line_cells(soup: BeautifulSoup) -> Iterator[tuple[NavigableString, str]]:
    """Find the cells that hold line numbers, each with the article of its row."""
    for table in soup.find_all("table"):
        heads = [cell.get_text(strip=True) for cell in table.select("thead th")]
        lines = next((heads.index(head) for head in ("line", "lines") if head in heads), None)
        if lines is None or "doc_id" not in heads:
            continue
        for row in table.select("tbody tr"):
            cells = row.find_all(["td", "th"], recursive=False)
            for text in list(cells[lines].find_all(string=True)):
                yield text, cells[heads.index("doc_id")].get_text(strip=True)


def _refuse_absent(page: str, named: list[str], places: Mapping[str, str]) -> None:
    """Refuse a place that is not there; but where articles are called as hours are, it may be a time."""
    absent = [place for place in named if place not in places and not re.match(r"\d{1,2}:", place)]
    if absent:
        raise ValueError(f"{page} names {absent[0]}, and there is no such line, or it is blank.")


def _link(
    text: NavigableString, pattern: re.Pattern[str], places: Mapping[str, str], doc_id: str = ""
) -> None:
    """Put links in a text where the pattern finds a known place; the rest stays as it is."""
    pieces: list[NavigableString | Tag] = []
    at = 0
    for found in pattern.finditer(text):
        if not places.get(found[0]):
            continue
        link = Tag(name="a", attrs={"class": "place", "href": places[found[0]]})
        link["data-place"] = f"{doc_id}:{found[0].replace(',', '')}" if doc_id else found[0]
        link.string = found[0]
        pieces += [NavigableString(text[at : found.start()]), link]
        at = found.end()
    if pieces:
        text.replace_with(*pieces, NavigableString(text[at:]))

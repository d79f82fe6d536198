"""Link every place that a page names to its line in the page of its article, and back."""

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from corpus_lib.site.pages import Page, wrap_matches

# Elements in which nothing is linked: code, headings, and what is a link already.
LEFT = ["a", "code", "pre", "summary", "style", "script", "h1", "h2", "h3"]
# The number of a line as a table prints it: 1,234 is one number, "12, 34" are two.
LINE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


class Citation(NamedTuple):
    """One mention of a place: the place, the page and heading of the mention, and a link to it."""

    place: str
    page: str
    heading: str
    href: str


def anchor(*parts: str | int) -> str:
    """Make an anchor of words and numbers; characters other than Latin letters and digits become codes.

    >>> anchor("000", 34), anchor("w", 'a"b c', 1)
    ('000-34', 'w-a_22_b_20_c-1')
    """
    return "-".join(re.sub(r"[^a-zA-Z0-9]", lambda found: f"_{ord(found[0]):x}_", str(p)) for p in parts)


def address(doc_id: str, part: str) -> str:
    """Give the address of a part of an article's page: article-a_20_b.html#a-3 for the article "a b"."""
    return f"{anchor('article', doc_id)}.html#{part}"


def link_places(page: Page, places: Collection[str]) -> list[Citation]:
    """Link every place that a page names, in text and in tables; list the citations in order.

    In: `places`, all lines, as 000:34. In a table with the columns `doc_id` and `line` (or `lines`), each
    row names one place or several. Text that only looks like a place (12:30) does not change. Changes the
    page in place. Raises ValueError for a place of a known article that does not exist.

    >>> soup = BeautifulSoup("<h2>A</h2><p>as in a:3, at 12:30</p>", "html.parser")
    >>> link_places(Page("01_corpus", "A", "The corpus", soup), ["a:3"])
    [Citation(place='a:3', page='The corpus', heading='A', href='01_corpus.html#at-1')]
    >>> soup.p.a["href"]
    'article-a.html#a-3'
    """

    def link(doc_id: str, text: str) -> Tag | None:
        place = f"{doc_id}:{text.replace(',', '')}" if doc_id else text
        if place in places:
            href = address(place.rpartition(":")[0], anchor(*place.rsplit(":", 1)))
            return page.soup.new_tag("a", string=text, attrs={"class": "place", "href": href, "id": place})
        if not doc_id and not re.match(r"\d{1,2}:", place):  # an article's name may look like an hour
            raise ValueError(f"{page.name} names {place}, but there is no such line, or the line is blank.")
        return None

    for row in [row for row in table_rows(page.soup) if "doc_id" in row]:
        doc_id = row["doc_id"].get_text(strip=True)
        cells = [row[head] for head in ("line", "lines") if head in row]
        for text in [text for cell in cells for text in cell.find_all(string=True)]:
            wrap_matches(text, LINE, partial(link, doc_id))
    doc_ids = sorted({place.rpartition(":")[0] for place in places}, key=len, reverse=True)
    written = re.compile(rf"(?<![\w:])(?:{'|'.join(map(re.escape, doc_ids)) or '(?!)'}):\d+(?!\d)")
    for text in [text for text in page.soup.find_all(string=written) if text.find_parent(LEFT) is None]:
        wrap_matches(text, written, partial(link, ""))
    citations = []
    for i, tag in enumerate(page.soup.select("a.place"), 1):
        above = tag.find_previous(["h1", "h2", "h3"])
        heading = above.get_text(" ", strip=True) if above else ""
        citations.append(Citation(str(tag["id"]), page.label, heading, f"{page.name}.html#at-{i}"))
        tag["id"] = f"at-{i}"
    return citations


def table_rows(soup: BeautifulSoup) -> Iterator[dict[str, Tag]]:
    """Yield each row of the tables of a page: its cells by the heads of their columns."""
    for table in soup.find_all("table"):
        heads = [cell.get_text(strip=True) for cell in table.select("thead th")]
        for row in table.select("tbody tr"):
            yield dict(zip(heads, row.find_all(["td", "th"], recursive=False), strict=False))

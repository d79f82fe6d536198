"""Find the study's own translations of what it quotes, for the lines that they translate."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import Match, SequenceMatcher

from bs4 import BeautifulSoup

from corpus_lib.site.links import table_rows
from corpus_lib.site.pages import Page

# A translation, and a place, as prose writes them.
SAID = re.compile(r"Our translation:\s*[\"“]([^\"“”]+)[\"”]")
PLACE = re.compile(r"[^\s()]+:\d+")
# Blocks of prose, each once: a quotation whole, an item without items of its own, a paragraph by itself.
BLOCKS = "blockquote, li:not(:has(li)), p:not(blockquote p, li p)"
# The columns of tables that quote a line. Others hold names and phrases, whose English their notes give.
QUOTING = ["sentence", "claim"]

Texts = Mapping[str, str]


def find_translations(pages: list[Page], lines: Texts, titles: Texts) -> dict[str, list[tuple[str, str]]]:
    """List what the pages translate of each line: the words, empty for the whole line, and their English.

    In: `pages` after their places have been linked; `lines`, their texts by place; `titles` in English.
    """
    found = defaultdict[str, dict[str, tuple[str, str]]](dict)
    headlines = [(p, title, titles[title]) for p, text in lines.items() for title in titles if title in text]
    quoted = (quoted for page in pages for quoted in _quoted(page.soup, lines))
    for place, words, english in (*headlines, *quoted):
        part = "" if words.strip("。 ") == lines[place].strip("。 ") else words
        inner = english.translate({ord("“"): "‘", ord("”"): "’"})  # it is shown between quotation marks
        found[place].setdefault(english.strip(" .…").lower(), (part, inner))
    return {place: list(said.values()) for place, said in found.items()}


def _quoted(soup: BeautifulSoup, lines: Texts) -> Iterator[tuple[str, str, str]]:
    """Yield each translated quotation of a page: those of its prose, then those of its tables."""
    for block in soup.select(BLOCKS):
        yield from quotations(block.get_text(), lines)
    for row in table_rows(soup):
        for head in [name for name in QUOTING if name in row and "english" in row]:
            words, english = row[head].get_text(strip=True), row["english"].get_text(strip=True)
            places = (link.get_text() for cell in row.values() for link in cell.select("a.place"))
            yield from ((p, words, english) for p in places if words in lines.get(p, ""))


def quotations(text: str, lines: Texts) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the words and the English of each translated quotation in a text.

    Of the places that the text names, it is the one whose line shares most with the words before.

    >>> list(quotations('警情下降 (a:2). Our translation: "Incidents fell."', {"a:2": "今年警情下降。"}))
    [('a:2', '警情下降', 'Incidents fell.')]
    """
    places, start = [place for place in PLACE.findall(text) if place in lines], 0
    for said in SAID.finditer(text):
        before = text[start : said.start()]
        same = ((SequenceMatcher(None, before, lines[p], False).find_longest_match(), p) for p in places)
        at, place = max(same, key=lambda pair: pair[0].size, default=(Match(0, 0, 0), ""))
        if words := before[at.a : at.a + at.size].strip():
            yield place, words, said[1]
        start = said.end()

"""A saved page -> its text; the lines of a text -> the run of lines that is the article.

A page has navigation, rankings and comments around its article, in words that no list of rules knows. Where
many sentences follow each other is the article. `draft_zones` lists what the rules would read differently.
"""

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup

from corpus_lib.characters import HAN
from corpus_lib.zone_rules import RULES, is_wrapped, split_line, zone_of, zones_of
from corpus_lib.zones import COUNTED, LINE_END

# Elements whose words no reader sees, and those that begin a line of their own.
UNSEEN = re.compile("^(?:script|style|noscript|template|head|title|textarea|select|button|svg|iframe)$")
BLOCKS = re.compile(
    "^(?:address|article|aside|blockquote|br|center|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header|li"
    "|main|nav|[ou]l|option|p|pre|section|t(?:able|[dhr]))$"
)
# The weights of lines, tried on pages that nobody here wrote rules for. A sentence counts its Chinese
# characters, up to SENTENCE_MOST, so that one long notice does not outweigh an article. A short line with a
# word of the site ends a run; any other line costs a little, so that headings stay inside. A line that is
# shorter than HEADLINE_MOST and has no full stop may be a headline of a ranking: it is no sentence.
SENTENCE_MOST, HEADLINE_MOST, SITE_LINE, OTHER_LINE = 100, 32, -100, -15
# A long novel has a million characters: a longer text is several articles, and is not looked at by line.
TEXT_MOST = 1_000_000
# The reason of each row of zones.tsv that is drafted from weights.
GUESSED = "guessed from the weight of the lines"
# A title has six Chinese characters at least, which few links of a navigation have, and no title has 60.
TITLE_LEAST, TITLE_MOST = 6, 60
# A page is in doubt where another run weighs half as much as the article, or where this many sentences lie
# between the title and the article: a picture has one or two.
DOUBT_SHARE, DOUBT_LINES = 0.5, 3


def page_text(html: str) -> tuple[str, str]:
    r"""Give the text of an HTML page, one line per block, and the title that the page gives itself.

    >>> page_text("<title>平安_某网</title><p>破案<b>3</b>起。<p>第二段。<script>x</script>")
    ('破案3起。\n第二段。\n', '平安_某网')
    """
    # The parser stops at some pages with <![, and reads <! [ as a comment.
    soup = BeautifulSoup(re.sub(r"\s+|(?<=<!)(?=\[)", " ", html), "html.parser")
    title = soup.title.get_text() if soup.title else ""
    for element in soup(UNSEEN):
        element.decompose()
    for element in soup(BLOCKS):
        element.insert_before("\n")
        element.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return "".join(f"{line}\n" for line in lines if line), " ".join(title.split())


def weigh_line(line: str) -> int:
    """Weigh a line: what it adds to a run of lines that may be the article.

    >>> [weigh_line(line) for line in ("公安局破案3起。", "首页", "热门评论", "")]
    [6, -15, -100, 0]
    """
    if not line.strip():
        return 0
    if any(pattern.match(line) for _, pattern in RULES["site"]):
        return SITE_LINE
    n = len(HAN.findall(line))
    sentence = zone_of(line) == "body" and ("。" in line or n > HEADLINE_MOST)
    return min(n, SENTENCE_MOST) if sentence else OTHER_LINE


def heaviest_run(weights: Sequence[int]) -> tuple[int, int, int]:
    """Find the run with the greatest sum: its start, its end (exclusive) and the sum; the first of equals."""
    best, start, total = (0, 0, 0), 0, 0
    for i, weight in enumerate(weights):
        start, total = (start, total + weight) if total > 0 else (i, weight)
        best = (start, i + 1, total) if total > best[2] else best
    return best


def article_lines(lines: list[str], hint: str = "") -> tuple[list[int], bool]:
    """Find the lines that are the article, by number from 0, and say whether that is in doubt.

    The article is its title, then the run with the greatest weight. `hint` is what a page gives as its title;
    without it the nearest line above that may be a title is taken. A text without a line of a site, and one
    cut to one width, is all article. In doubt is a page with another run of half the weight (comments, live
    news), or with sentences between title and run (a post of short lines): then it is all from its title on.

    >>> article_lines(["首页", "某市公安局破案三起", "来源:某报", "今天破案3起。", "版权所有"])
    ([1, 3], False)
    """
    weights = [weigh_line(line) for line in lines]
    start, end, total = heaviest_run(weights)
    if not total or (SITE_LINE not in weights and not hint) or is_wrapped(lines):
        return list(range(len(lines))), False
    above = [i for i in range(start, -1, -1) if _may_be_title(lines[i])]
    hinted = [i for i in above if lines[i].strip() in hint]
    title = next(iter(hinted or above), start)
    other = max(heaviest_run(weights[:start])[2], heaviest_run(weights[end:])[2])
    between = sum(zone_of(line) == "body" for line in lines[title + 1 : start])
    if other < DOUBT_SHARE * total and between < DOUBT_LINES:
        return sorted({title, *range(start, end)}), False
    kept = range(hinted[-1] if hinted else 0, len(lines))
    return [i for i in kept if i >= start or weights[i] > SITE_LINE], True


def _may_be_title(line: str) -> bool:
    """Say whether a line above an article may be its title."""
    fits = TITLE_LEAST <= len(HAN.findall(line)) <= TITLE_MOST and not line.rstrip().endswith("。")
    return fits and zone_of(line) in COUNTED and weigh_line(line) > SITE_LINE


def zone_lines(lines: list[str], hint: str = "") -> list[list[tuple[str, str]]]:
    """Give the parts of each line and their zones, as the rules see them inside the article and outside."""
    inside, _ = article_lines(lines, hint)
    zones = [zone if zone in ("byline", "caption", "blank") else "boilerplate" for zone in zones_of(lines)]
    for i, zone in zip(inside, zones_of([lines[i] for i in inside]), strict=True):
        zones[i] = zone
    return [split_line(zone, line) for zone, line in zip(zones, lines, strict=True)]


def draft_zones(text: str, hint: str = "") -> Iterator[tuple[int, str, str]]:
    r"""List the corrections that make the rules see the article inside its page: line, words, zone.

    >>> list(draft_zones("首页新闻\n某市公安局破案三起\n今天破案3起。\n版权所有"))[:2]
    [(1, '首页新闻', 'boilerplate'), (2, '某市公安局破案三起', 'title')]
    """
    lines = LINE_END.split(text)[::2] if len(text) <= TEXT_MOST else []
    rows = zip(lines, zones_of(lines), zone_lines(lines, hint), strict=True)
    for n, (line, zone, new) in enumerate(rows, 1):
        now = split_line(zone, line)
        if now != new and any(zone in COUNTED for zone, _ in now + new):
            pieces = [(words, zone) for zone, part in new for words in part.split("\t") if words.strip()]
            yield from ((n, words, z) for words, z in pieces if line.count(words) == 1 and '""' not in words)

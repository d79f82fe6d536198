"""Articles -> lines: what each line of a saved page is, and which lines the analysis includes.

A saved page has more than its article: navigation, bylines, photo captions and
lists of other news. `zone_of` tells them apart by rules for Chinese news pages in
general. Where the rules are wrong in one corpus, its `zones.tsv` corrects them,
line by line, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, pairwise

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import HALF_WIDTH

ZONES = ["title", "subtitle", "byline", "heading", "body", "caption", "boilerplate"]

# The zones that are included: what the article itself says. Captions repeat the body or
# belong to a picture that we do not have; bylines and boilerplate are not the article.
COUNTED = ["title", "subtitle", "heading", "body"]

# Columns of `articles` that lines do not carry: where a text comes from, and the text itself.
STAY_BEHIND = ["file", "sha256", "title", "text"]

# The columns that label_lines makes, and their types, in the order of its output.
LINES = {
    "line": "int64",
    "paragraph": "int64",
    "zone": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
}

# A correction of a line: the words, and the zone that they have.
Corrections = dict[tuple[str, int], list[tuple[str, str]]]

# From such a line on, a page has other contents: related news, rankings, copyright.
PAGE_END = re.compile(r"(相关新闻|相关阅读|延伸阅读|推荐阅读|热门推荐|日新闻排行榜)[^,。]{0,20}$")

# One rule per row, tried in order at the beginning of a line: the first that matches gives the
# zone. The rules have half-width marks, so a line is folded to half width before they are tried.
RULES = [
    ("boilerplate", re.compile(r"返回首页|分享到|责任声明|免责声明|Copyright|版权所有")),
    ("boilerplate", re.compile(r".*\s(>>|»)\s|.*点赞.{0,6}在看[^。]*$")),
    # A credit ends a caption, which is short. At the end of a long line it belongs to the reporters.
    ("caption", re.compile(r"资料图|图[:为]|.{0,60}[\s。(:](.{0,12}摄|.{0,12}供图)[)]?$")),
    ("byline", re.compile(r"[【\[(]?(来源|编辑|审核|作者|记者|责任编辑|责编|发布时间|发布日期)[:][^。]*$")),
    ("byline", re.compile(r"■?\s*(本报|本网|\S{2,4})?(记者|通讯员)\s[^。]*$")),
    ("byline", re.compile(r".*\d{4}-\d\d-\d\d.{0,24}来源[:]|https?://")),
    ("byline", re.compile(r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s?[\d:]*$")),
    ("byline", re.compile(r"\S{2,14}(报道|讯|电)\s*[(].{0,30}(记者|通讯员).{0,30}[)]$")),
]

# The reporters' names in brackets at the end of the last body line: (记者 … 通讯员 …).
BYLINE_TAIL = re.compile(r"[(\uff08](本报|本网)?(记者|通讯员)\s[^()\uff08\uff09]{2,60}[)\uff09]\s*$")

# A heading inside an article is short and has no mark that ends or joins clauses. 30 is
# the width of a headline in two lines; longer lines without a mark are rare, and body.
HEADING = re.compile(r"[^,。;:、!?…]{1,30}$")

# A body line ends its paragraph with one of these marks; closing quotation marks or brackets may follow.
SENTENCE_END = ("。", "!", "?", "…", "\uff01", "\uff1f")
CLOSING = "”’」』\"')\uff02\uff07\uff09"

# What ends a physical line. It belongs to no line.
LINE_END = re.compile(r"(\r\n|\n|\r)")


def label_lines(articles: pd.DataFrame, zones: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Split articles into their non-blank lines and say what each one is.

    In: `articles` with `doc_id, text`; `zones`, the corrections, with
    `doc_id, line, text, zone` (and `reason`). The `text` of a correction gives the words
    of another zone: a whole line, or a part of it.

    Columns out: the articles' own columns (without file, sha256, title, text), then
    `line` (physical, from 1, blank lines counted), `paragraph` (the number of its
    first line), `zone`, `start`, `end`, `text`. Every non-blank character is in
    exactly one row; the parts of a line, joined, are the line.

    Raises ValueError for a correction whose words are not on its line, occur there
    twice, overlap those of another, or whose zone does not exist.

    It misleads where a page has a layout that the rules do not know: look at
    what is *not* counted before you trust what is.

    >>> text = "标题\n\n今天下雨,\n明天晴。(记者 某某)\n来源:某报"
    >>> lines = label_lines(pd.DataFrame({"doc_id": ["x"], "text": [text]}))
    >>> for row in lines[["line", "paragraph", "zone", "text"]].itertuples(index=False):
    ...     print(*row)
    1 1 title 标题
    3 3 body 今天下雨,
    4 3 body 明天晴。
    4 4 byline (记者 某某)
    5 5 byline 来源:某报
    """
    require(articles, "doc_id", "text")
    own = articles[[column for column in articles.columns if column not in STAY_BEHIND]]
    refuse_taken(own.columns, LINES, "label_lines")
    corrections = _check_corrections(articles, zones)
    texts = zip(articles["doc_id"], articles["text"], strict=True)
    parts = [list(_label_article(doc_id, text, corrections)) for doc_id, text in texts]
    lines = pd.DataFrame(list(chain.from_iterable(parts)), columns=list(LINES)).astype(LINES)
    carried = own.iloc[np.repeat(np.arange(len(own)), [len(rows) for rows in parts])]
    return pd.concat([carried.reset_index(drop=True), lines], axis=1)


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the included zones: title, subtitle, heading and body.

    In and out: a frame with `zone`.

    >>> counted(pd.DataFrame({"zone": ["title", "caption"]}))["zone"].tolist()
    ['title']
    """
    require(frame, "zone")
    rows = frame[frame["zone"].isin(COUNTED)].reset_index(drop=True)
    for name in rows.select_dtypes("category"):
        rows[name] = rows[name].cat.remove_unused_categories()
    return rows


def zone_of(line: str) -> str:
    """Say what a line is, from its own words only.

    >>> [zone_of(s) for s in ("责任编辑:某某", "资料图", "重塑机制", "今天下雨。")]
    ['byline', 'caption', 'heading', 'body']
    """
    line = line.strip().translate(HALF_WIDTH)
    for zone, pattern in RULES:
        if pattern.match(line):
            return zone
    return "heading" if HEADING.match(line) else "body"


def zones_of(lines: list[str]) -> list[str]:
    """Say what each line of one page is: as `zone_of`, and by its place on the page.

    The first line that could be a heading is the title; after a line that ends the
    article (related news, rankings) every line is boilerplate.

    >>> zones_of(["返回首页", "标题", "今天下雨。", "相关新闻", "明天晴。"])
    ['boilerplate', 'title', 'body', 'boilerplate', 'boilerplate']
    """
    found = [zone_of(line) for line in lines]
    if {"heading", "body"} & set(found):
        found[next(i for i, zone in enumerate(found) if zone in ("heading", "body"))] = "title"
    ends = next((i for i, line in enumerate(lines) if PAGE_END.match(line.strip())), len(lines))
    return found[:ends] + ["boilerplate"] * (len(lines) - ends)


def split_tail(zone: str, line: str) -> list[tuple[str, str]]:
    """Cut the reporters' names off the end of a body line.

    >>> split_tail("body", "明天晴。(记者 某某)")
    [('body', '明天晴。'), ('byline', '(记者 某某)')]
    """
    tail = BYLINE_TAIL.search(line) if zone == "body" else None
    if tail is None or not line[: tail.start()].strip():
        return [(zone, line)]
    return [(zone, line[: tail.start()]), ("byline", line[tail.start() :])]


def correct(parts: list[tuple[str, str]], text: str, zone: str) -> list[tuple[str, str]]:
    """Give the words `text` of a line another zone; the rest keeps its own.

    A blank belongs to the part before it.

    >>> correct([("body", "某报 报道 标题")], "标题", "subtitle")
    [('body', '某报 报道 '), ('subtitle', '标题')]
    """
    line = "".join(part for _, part in parts)
    at = line.index(text)
    zones = [here for here, part in parts for _ in part]
    zones[at : at + len(text)] = [zone] * len(text)
    for i in range(1, len(line)):
        zones[i] = zones[i - 1] if line[i].isspace() else zones[i]
    cuts = [0, *(i for i in range(1, len(line)) if zones[i] != zones[i - 1]), len(line)]
    return [(zones[a], line[a:b]) for a, b in pairwise(cuts)]


def _label_article(doc_id: str, text: str, corrections: Corrections) -> Iterator[tuple[int | str, ...]]:
    """Give the parts of one article's lines, in order, as rows of the table."""
    pieces = LINE_END.split(text)
    starts = [0, *accumulate(map(len, pieces))]
    lines = [(n, starts[2 * n - 2], line) for n, line in enumerate(pieces[::2], 1) if line.strip()]
    paragraph = 0  # the open paragraph, or 0 where the next line opens one
    for (n, start, line), zone in zip(lines, zones_of([line for *_, line in lines]), strict=True):
        parts = split_tail(zone, line)
        for words, right_zone in corrections.get((doc_id, n), []):
            parts = correct(parts, words, right_zone)
        for zone_here, part in parts:
            here = (paragraph or n) if zone_here == "body" else n
            yield n, here, zone_here, start, start + len(part), part
            start += len(part)
            if zone_here != "caption":
                ends = part.rstrip().rstrip(CLOSING).endswith(SENTENCE_END)
                paragraph = here if zone_here == "body" and not ends else 0


def _check_corrections(articles: pd.DataFrame, zones: pd.DataFrame | None) -> Corrections:
    """Sort the corrections by article and line, and refuse those that do not fit the text."""
    found: Corrections = {}
    if zones is None:
        return found
    require(zones, "doc_id", "line", "text", "zone")
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    rows = zones[["doc_id", "line", "text", "zone"]].to_numpy().tolist()
    for i, (doc_id, number, words, zone) in enumerate(rows, 1):
        where = f"zones.tsv, row {i} ({doc_id}, line {number})"
        if doc_id not in texts:
            there = ", ".join(texts) or "none"
            raise ValueError(f"{where}: there is no article {doc_id}; there are {there}.")
        if zone not in ZONES:
            raise ValueError(f"{where}: {zone!r} is not a zone; choose one of {', '.join(ZONES)}.")
        line = _line_with(where, texts[doc_id], str(number), words)
        here = found.setdefault((doc_id, int(number)), [])
        spans = [(line.index(other), line.index(other) + len(other)) for other in (words, *dict(here))]
        if any(start < spans[0][1] and spans[0][0] < end for start, end in spans[1:]):
            raise ValueError(f"{where}: another row has these words, or some of them; keep one row.")
        here.append((words, zone))
    return found


def _line_with(where: str, text: str, number: str, words: str) -> str:
    """Give the line that a correction names; refuse words that do not occur there exactly once."""
    lines = LINE_END.split(text)[::2]
    line = lines[int(number) - 1] if re.fullmatch("[0-9]+", number) and 0 < int(number) <= len(lines) else ""
    if not words.strip() or line.count(words) != 1:
        there = f"the line reads {line[:40]!r}" if line else "there is no such line, or it is blank"
        times = line.count(words) if words else 0
        raise ValueError(
            f"{where}: {words[:40]!r} occurs there {times} times; {there}. Copy the words of the line."
        )
    return line

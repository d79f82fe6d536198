"""Articles -> lines: what each line of a saved page is, and which lines the analysis includes.

A saved page has more than its article: navigation, bylines, photo captions and
lists of other news. `zone_rules` tells them apart, for Chinese news pages in general.
Where it is wrong in one corpus, its `zones.tsv` corrects it, line by line, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, pairwise

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.zone_rules import split_line, zones_of

ZONES = ["title", "subtitle", "byline", "heading", "body", "caption", "boilerplate"]

# The zones that are included: what the article itself says. Captions repeat the body or
# belong to a picture that we do not have; bylines and boilerplate are not the article.
COUNTED = ["title", "subtitle", "heading", "body"]

# Columns of `articles` that lines do not carry: where a text comes from, and the text itself.
STAY_BEHIND = ["file", "sha256", "title", "text", "encoding", "guessed"]

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

# A body line ends its paragraph with one of these marks; closing quotation marks or brackets may follow.
SENTENCE_END = ("。", "!", "?", "…", "\uff01", "\uff1f")
CLOSING = "”’」』\"')\uff02\uff07\uff09"

# What ends a physical line. It belongs to no line.
LINE_END = re.compile(r"(\r\n|[\n\r\v\f\x85\u2028\u2029])")


def label_lines(articles: pd.DataFrame, zones: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Split articles into their non-blank lines and say what each one is.

    In: `articles` with `doc_id, text`; `zones`, the corrections, with
    `doc_id, line, text, zone` (and `reason`). The `text` of a correction gives the words
    of another zone: a whole line, or a part of it.

    Columns out: the articles' own (without those of STAY_BEHIND), then `line`
    (physical, from 1, blank lines counted), `paragraph` (the number of its first line),
    `zone`, `start`, `end`, `text`. Every non-blank character is in exactly one row; the
    parts of a line, joined, are the line.

    Raises ValueError for a correction whose words are not on its line, occur there
    twice, overlap those of another, or whose zone does not exist.

    It misleads where a page has a layout that the rules do not know: look at what is
    *not* counted before you trust what is.

    >>> text = "标题\n\n今天下雨,\n明天晴。(记者 某某)"
    >>> lines = label_lines(pd.DataFrame({"doc_id": ["x"], "text": [text]}))
    >>> for row in lines[["line", "paragraph", "zone", "text"]].itertuples(index=False):
    ...     print(*row)
    1 1 title 标题
    3 3 body 今天下雨,
    4 3 body 明天晴。
    4 4 byline (记者 某某)
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


def add_citations(frame: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    r"""Add to each row the place that one may cite, such as 004:41, and the text of that line.

    In: `frame` with `doc_id, line` (tokens, figures, lines); `lines` as `label_lines` gives them. Columns
    out: those of the frame, `cite`, and `line_text`, the whole line, also where its parts have several zones.
    A row whose line is not among `lines` raises ValueError, because it could not be looked up.

    >>> lines = label_lines(pd.DataFrame({"doc_id": ["a"], "text": ["标题\n今天下雨。"]}))
    >>> add_citations(pd.DataFrame({"doc_id": ["a"], "line": [2]}), lines)["cite"].tolist()
    ['a:2']
    """
    require(frame, "doc_id", "line")
    require(lines, "doc_id", "line", "text")
    refuse_taken(frame.columns, ["cite", "line_text"], "add_citations")
    texts = lines.groupby(["doc_id", "line"], observed=True)["text"].agg("".join).to_dict()
    places = list(zip(frame["doc_id"].astype("str"), frame["line"], strict=True))
    if missing := [place for place in places if place not in texts]:
        where = ":".join(map(str, missing[0]))
        raise ValueError(f"{where} is not among the lines: pass the lines of the same corpus.")
    found = {
        "cite": [f"{doc}:{line}" for doc, line in places],
        "line_text": [texts[place] for place in places],
    }
    return pd.concat([frame.reset_index(drop=True), pd.DataFrame(found, dtype="str")], axis=1)


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
    paragraph = 0  # the open paragraph, or 0 where the next line opens one
    for n, (line, zone) in enumerate(zip(pieces[::2], zones_of(pieces[::2]), strict=True), 1):
        if not line.strip():
            continue
        parts, start = split_line(zone, line), starts[2 * n - 2]
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

"""Articles, tokens, marks, uses -> the articles as a page shows them, line by line, as received."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from corpus_lib.site.links import Citation, article_id, line_id
from corpus_lib.zones import COUNTED, STAY_BEHIND

# What each kind of mark is called in the style sheet of the page, in the order in which it is told.
LOOKS = {"word": "", "figure": "f", "numeral": "n", "system": "s", "passage": "p"}


class SiteContent(NamedTuple):
    """What a site shows of a corpus: articles, tokens, marks, English titles, tables to take away."""

    articles: pd.DataFrame
    tokens: pd.DataFrame
    marks: pd.DataFrame
    titles: dict[str, str]
    tables: dict[str, tuple[str, pd.DataFrame]]


Row = dict[Hashable, Any]
# At each character of an article: the marks that cover it, as (kind, english).
Cover = Mapping[int, list[tuple[str, str]]]


def lay_out(shown: SiteContent, uses: Sequence[Citation]) -> list[Row]:
    """Lay the articles out for the page that shows them: plain values, which the page escapes.

    In: `shown`, and `uses`: where the study names a line. Out: a dictionary an article. Its lines hold
    their parts (a part has one zone), its parts their tokens; joined, the tokens are the line as
    received. Runs of blank lines are told by their numbers.
    """
    used: dict[str, list[Citation]] = defaultdict(list)
    for use in uses:
        used[use.place].append(use)
    first = set(first_places(shown.tokens, shown.marks).values())
    by_doc = dict(list(shown.tokens.groupby("doc_id", sort=False)))
    articles, covers = shown.articles, _covers(shown.marks)
    own = [column for column in articles.columns if column not in ["doc_id", *STAY_BEHIND]]
    return [
        {
            **row,
            "id": article_id(row["doc_id"]),
            "english": shown.titles.get(row["title"], ""),
            "about": "; ".join(f"{c}: {row[c]}" for c in own if row[c]),
        }
        | {
            "lines": list(
                _lines(row, by_doc.get(row["doc_id"], shown.tokens[:0]), covers[row["doc_id"]], used, first)
            )
        }
        for row in articles.to_dict("records")
    ]


def first_places(tokens: pd.DataFrame, marks: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Say where each word first stands, as (doc_id, start): in a counted line, or else in any.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2], "term": "警情", "zone": ["caption", "body"]})
    >>> first_places(tokens, pd.DataFrame({"doc_id": "a", "start": [0, 2], "kind": "word"}))
    {'警情': ('a', 2)}
    """
    words = tokens.merge(marks.loc[marks["kind"] == "word", ["doc_id", "start"]], on=["doc_id", "start"])
    order = words.assign(out=~words["zone"].isin(COUNTED)).sort_values(["out", "doc_id", "start"])
    first = order.drop_duplicates("term")
    places = zip(first["doc_id"], map(int, first["start"]), strict=True)
    return dict(zip(first["term"], places, strict=True))


def word_id(doc_id: str, start: int) -> str:
    """Make the anchor of a word from its place.

    >>> word_id("000", 12)
    'w-000-12'
    """
    return f"w-{article_id(doc_id)}-{start}"


def _covers(marks: pd.DataFrame) -> dict[str, Cover]:
    """Say for each article which marks cover each of its characters."""
    covers: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    ordered = marks.assign(order=marks["kind"].map(list(LOOKS).index)).sort_values("order", kind="stable")
    columns = (ordered[column] for column in ("doc_id", "start", "end", "kind", "english"))
    for doc_id, start, end, kind, english in zip(*columns, strict=True):
        for at in range(int(start), int(end)):
            covers[doc_id][at].append((kind, english))
    return covers  # type: ignore[return-value]


def _lines(
    article: Row,
    tokens: pd.DataFrame,
    cover: Cover,
    used: Mapping[str, list[Citation]],
    first: set[tuple[str, int]],
) -> Iterator[Row]:
    """Give the lines of an article in their order, and what stands between them: blank lines."""
    doc_id, last = article["doc_id"], 0
    for number, part in tokens.sort_values("start").groupby("line"):
        line = int(str(number))
        if line > last + 1:
            yield _blank(last + 1, line - 1)
        zones = list(dict.fromkeys(part["zone"]))
        counted = [zone in COUNTED for zone in zones]
        yield {
            "id": line_id(doc_id, line),
            "line": line,
            "zones": " + ".join(zones),
            "counted": "counted" if any(counted) else "not",
            "said": "counted" if all(counted) else "counted in part" if any(counted) else "not counted",
            "parts": [_part(doc_id, zone, rows, cover, first) for zone, rows in _by_zone(part)],
            **_uses(used.get(f"{doc_id}:{line}", [])),
        }
        last = line
    breaks = len(re.findall(r"\r\n|\r|\n", article["text"]))
    end = breaks + (not article["text"].endswith(("\r", "\n")))
    if end > last:
        yield _blank(last + 1, end)


def _blank(first: int, last: int) -> Row:
    """Tell of blank lines."""
    return {"blank": f"line {first} is blank" if first == last else f"lines {first} to {last} are blank"}


def _by_zone(line: pd.DataFrame) -> Iterator[tuple[str, list[Row]]]:
    """Give the parts of a line, each with its zone and its tokens."""
    for zone, rows in groupby(line.to_dict("records"), key=lambda row: row["zone"]):
        yield str(zone), list(rows)


def _part(doc_id: str, zone: str, rows: list[Row], cover: Cover, first: set[tuple[str, int]]) -> Row:
    """Lay out the part of a line that has one zone."""
    tokens = [_token(row, cover) for row in rows]
    for row, token in zip(rows, tokens, strict=True):
        token["id"] = word_id(doc_id, row["start"]) if (doc_id, row["start"]) in first else ""
    return {"counted": "in" if zone in COUNTED else "not", "tokens": tokens}


def _token(row: Row, cover: Cover) -> Row:
    """Lay out a token: what is said of it, and the pieces that its marks cut it into."""
    marks = [cover.get(at, []) for at in range(row["start"], row["end"])]
    said = list(dict.fromkeys(mark for here in marks for mark in here))
    looks = [" ".join(dict.fromkeys(LOOKS[kind] for kind, _ in here if LOOKS[kind])) for here in marks]
    pieces = [
        {"marks": look, "text": "".join(character for _, character in group)}
        for look, group in groupby(zip(looks, row["term"], strict=True), key=lambda pair: pair[0])
    ]
    return {
        "text": row["term"],
        "title": "; ".join(english for _, english in said),
        "gloss": "; ".join(english for kind, english in said if kind == "word"),
        "marks": looks[0] if len(pieces) == 1 else "",
        "pieces": pieces,
    }


def _uses(uses: list[Citation]) -> Row:
    """Sort the uses of a line by the heading under which they stand, each with its links back."""
    headings = dict.fromkeys((use.page, use.heading) for use in uses)
    cited = [
        {
            "page": page,
            "heading": heading,
            "links": [u.href for u in uses if (u.page, u.heading) == (page, heading)],
        }
        for page, heading in headings
    ]
    return {"cited": cited, "n_cited": len(uses)}

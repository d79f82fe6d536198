"""Lay out the articles for the page that shows them line by line, as received."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from corpus_lib.site.content import SiteContent
from corpus_lib.site.links import Citation, anchor
from corpus_lib.zones import COUNTED, STAY_BEHIND

# The class of each kind of mark in the style sheet, in the order in which a title lists them.
STYLES = {"word": "", "figure": "f", "numeral": "n", "system": "s", "passage": "p"}

Row = dict[Hashable, Any]
# The marks on each character, as (kind, english), by doc_id and offset.
Cover = Mapping[tuple[str, int], list[tuple[str, str]]]


def lay_out(content: SiteContent, citations: Sequence[Citation]) -> list[Row]:
    """Lay out the articles as plain values, which the template escapes: one dictionary per article.

    In: `citations`, where the study names a line. Out: each article has its lines, a line has parts of one
    zone each, and a part has tokens. Joined, the tokens are the line as received.
    """
    cover, uses = _cover(content.marks), _uses(content)
    cited: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        cited[citation.place].append(citation)
    lines: dict[str, dict[int, Row]] = defaultdict(dict)
    rows = content.tokens.sort_values(["doc_id", "start"]).to_dict("records")
    for (doc_id, number), found in groupby(rows, key=itemgetter("doc_id", "line")):
        laid = _line([_token(row, cover, uses) for row in found], cited[f"{doc_id}:{number}"])
        lines[doc_id][number] = {"number": number, "id": anchor(doc_id, number), **laid}
    own = content.articles.columns.drop(["doc_id", *STAY_BEHIND], errors="ignore")
    return [
        {
            **article,
            "id": anchor("article", article["doc_id"]),
            "english": content.titles.get(article["title"], ""),
            "about": "; ".join(f"{column}: {article[column]}" for column in own if article[column]),
            "lines": list(_with_blanks(article["text"], lines[article["doc_id"]])),
        }
        for article in content.articles.to_dict("records")
    ]


def first_places(tokens: pd.DataFrame, marks: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Find the first occurrence of each word, as (doc_id, start): in an included line if there is one.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2], "term": "警情", "zone": ["caption", "body"]})
    >>> first_places(tokens, pd.DataFrame({"doc_id": "a", "start": [0, 2], "kind": "word"}))
    {'警情': ('a', 2)}
    """
    words = tokens.merge(marks.loc[marks["kind"] == "word", ["doc_id", "start"]], on=["doc_id", "start"])
    order = words.assign(out=~words["zone"].isin(COUNTED)).sort_values(["out", "doc_id", "start"])
    first = order.drop_duplicates("term")[["term", "doc_id", "start"]]
    return {term: (doc_id, int(start)) for term, doc_id, start in first.itertuples(index=False)}


def _cover(marks: pd.DataFrame) -> Cover:
    """List the marks on each character of the articles."""
    cover: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    ordered = marks.sort_values("kind", key=lambda kinds: kinds.map(list(STYLES).index), kind="stable")
    columns = ["doc_id", "start", "end", "kind", "english"]
    for doc_id, start, end, kind, english in ordered[columns].itertuples(index=False):
        for at in range(start, end):
            cover[doc_id, at].append((kind, english))
    return cover


def _line(tokens: list[Row], citations: list[Citation]) -> Row:
    """Lay out a line: its zones, its parts, and the citations under each heading."""
    parts = [(zone, list(part)) for zone, part in groupby(tokens, key=itemgetter("zone"))]
    counted = [zone in COUNTED for zone, _ in parts]
    state = "counted" if all(counted) else "counted in part" if any(counted) else "not counted"
    return {
        "zones": list(dict.fromkeys(zone for zone, _ in parts)),
        "state": state,
        "parts": [("in" if zone in COUNTED else "not", part) for zone, part in parts],
        "cited": [(*at, list(group)) for at, group in groupby(citations, key=itemgetter(1, 2))],
    }


def _with_blanks(text: str, lines: Mapping[int, Row]) -> Iterator[Row]:
    """Yield the lines of an article in order, and the numbers of the blank lines between them."""
    end = sum(1 for _ in StringIO(text, newline=None)) + 1
    for before, number in pairwise([0, *lines, end]):
        if number > before + 1:
            yield {"blank": (before + 1, number - 1)}
        if number in lines:
            yield lines[number]


def _uses(content: SiteContent) -> dict[tuple[str, int], str]:
    """Say at the first place of each term how often the articles use it; of a person, nothing."""
    counts = content.tables["counts"][1].groupby("term")["n"].agg(["sum", "count"])
    said = {t: f"uses: {n}; articles: {k} of {len(content.articles)}" for t, n, k in counts.itertuples()}
    return {place: said.get(term, "") for term, place in first_places(content.tokens, content.marks).items()}


def _token(row: Row, cover: Cover, uses: Mapping[tuple[str, int], str]) -> Row:
    """Lay out a token: its description, and its pieces where a mark covers only part of it."""
    doc_id, start = row["doc_id"], row["start"]
    marks = [cover.get((doc_id, at), []) for at in range(start, row["end"])]
    described = list(dict.fromkeys(mark for here in marks for mark in here))
    styles = [" ".join(dict.fromkeys(STYLES[kind] for kind, _ in here if STYLES[kind])) for here in marks]
    pieces = groupby(zip(styles, row["term"], strict=True), key=itemgetter(0))
    return {
        "zone": row["zone"],
        "id": anchor("w", doc_id, start) if (doc_id, start) in uses else "",
        "uses": uses.get((doc_id, start), ""),
        "title": "; ".join(english for _, english in described),
        "gloss": "; ".join(english for kind, english in described if kind == "word"),
        "pieces": [(style, "".join(character for _, character in piece)) for style, piece in pieces],
    }

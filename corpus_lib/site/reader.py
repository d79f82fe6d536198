"""Lay out the articles for the pages that show them line by line, as received."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from corpus_lib.site.content import SiteContent
from corpus_lib.site.links import anchor
from corpus_lib.site.terms import Term
from corpus_lib.zones import COUNTED

# The class of each kind of mark in the style sheet, in the order in which a note lists them.
STYLES = {"word": "", "figure": "f", "numeral": "n", "system": "s", "passage": "p"}

Row = Mapping[Any, Any]
# The marks on each character, as (kind, english), by doc_id and offset.
Cover = Mapping[tuple[str, int], list[tuple[str, str]]]


def lay_out(content: SiteContent, terms: Mapping[str, Term]) -> list[Row]:
    """Lay out the articles as plain values, which the template escapes: one dictionary per article.

    Out: each article has its lines, a line has parts of one zone each, and a part has tokens. Joined, the
    tokens are the line as received.
    """
    cover, lines = _cover(content.marks), defaultdict[str, list[Row]](list)
    rows = content.tokens.sort_values(["doc_id", "start"]).to_dict("records")
    for (doc_id, number), found in groupby(rows, key=itemgetter("doc_id", "line")):
        tokens = list(found)
        zones = groupby(tokens, key=itemgetter("zone"))
        parts = [(zone, zone in COUNTED, [_token(row, cover, terms) for row in part]) for zone, part in zones]
        line = {"number": number, "place": f"{doc_id}:{number}", "id": anchor(doc_id, number), "parts": parts}
        lines[doc_id].append({**line, "text": "".join(token["term"] for token in tokens)})
    articles = content.articles.to_dict("records")
    return [{**a, "name": anchor("article", a["doc_id"]), "lines": lines[a["doc_id"]]} for a in articles]


def _cover(marks: pd.DataFrame) -> Cover:
    """List the marks on each character of the articles."""
    cover = defaultdict[tuple[str, int], list[tuple[str, str]]](list)
    ordered = marks.sort_values("kind", key=lambda kinds: kinds.map(list(STYLES).index), kind="stable")
    columns = ["doc_id", "start", "end", "kind", "english"]
    for doc_id, start, end, kind, english in ordered[columns].itertuples(index=False):
        for at in range(start, end):
            cover[doc_id, at].append((kind, english))
    return cover


def _token(row: Row, cover: Cover, terms: Mapping[str, Term]) -> Row:
    """Lay out a token: what its box says, and its pieces where a mark covers only part of it."""
    doc_id, start, text = row["doc_id"], row["start"], row["term"]
    marks = [cover.get((doc_id, at), []) for at in range(start, row["end"])]
    described = list(dict.fromkeys(mark for here in marks for mark in here))
    styles = [" ".join(dict.fromkeys(STYLES[kind] for kind, _ in here if STYLES[kind])) for here in marks]
    pieces = groupby(zip(styles, text, strict=True), key=itemgetter(0))
    term = terms[text] if any(kind == "word" for kind, _ in described) else None
    says = [term.note if term else "", *(english for kind, english in described if kind != "word")]
    return {
        "id": anchor("w", doc_id, start) if term and term.place == (doc_id, start) else "",
        "gloss": term.english if term else "",
        "note": "\n".join(filter(None, says)),
        "pieces": [(style, "".join(character for _, character in piece)) for style, piece in pieces],
    }

"""Collect from a corpus folder what a site shows: articles, marks on their text, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import corpus_lib as lib
from corpus_lib.articles import ARTICLE_COLUMNS
from corpus_lib.columns import require
from corpus_lib.phrases import find_entities, shared_passages
from corpus_lib.segmentation import words

# How a qualifier is worded. The rules do not distinguish 不到 (less than) from 以下 (at most).
QUALIFIERS = {
    "at_least": "at least, or more than, ",
    "at_most": "at most, or less than, ",
    "approx": "about ",
}


class SiteContent(NamedTuple):
    """What a site shows of a corpus: articles, tokens, marks, English titles, tables to download."""

    articles: pd.DataFrame
    tokens: pd.DataFrame
    marks: pd.DataFrame
    titles: dict[str, str]
    tables: dict[str, tuple[str, pd.DataFrame]]


def collect_content(folder: str | Path, by: str | None = None) -> SiteContent:
    """Read a corpus folder and compute all that a site shows of it.

    In: `by`, the column of the articles for the contrasts; None means the result of `grouping_column`.
    Words that name persons stay out of all tables, because nobody is ranked; totals include them.
    A table that the corpus has no data for is left out, such as contrasts without two groups.

    Raises ValueError for a column that the articles lack, and what `load_corpus` and `read_notes` raise.
    """
    corpus = lib.load_corpus(folder)
    notes = {n: lib.read_notes(folder, n) for n in ("glosses", "measures", "systems", "lexicon")}
    glosses, lexicon = notes["glosses"], notes["lexicon"]
    corpus = corpus._replace(figures=lib.add_readings(corpus.figures, notes["measures"]))
    by = grouping_column(corpus.articles) if by is None else by
    require(corpus.articles, *([by] if by else []))
    lines, persons = lib.counted(corpus.lines), lexicon.loc[lexicon["type"] == "person", "term"].tolist()
    mentions, shared = find_entities(lines, notes["systems"]), _shared(lines, persons)
    english = dict(zip(glosses["term"], glosses["english"], strict=True))
    marks = [mark_words(corpus.tokens, english), mark_figures(corpus.figures, english)]
    marks += [mark_systems(mentions, notes["systems"]), mark_passages(shared, english)]
    tables = {
        name: (holds, frame[~frame["term"].isin(persons)] if "term" in frame else frame)
        for name, holds, frame in _tables(corpus, glosses, by)
    }
    found = [
        ("systems", "every named system, and what the articles say that it does", notes["systems"]),
        ("mentions", "every mention of a named system, with its position", mentions.drop(columns="text")),
        ("passages", "every shared passage, at each of its positions", shared),
    ]
    tables |= {name: (holds, frame) for name, holds, frame in found if len(frame)}
    titles = {title: english[title] for title in corpus.articles["title"] if title in english}
    return SiteContent(corpus.articles, corpus.tokens, pd.concat(marks, ignore_index=True), titles, tables)


def grouping_column(articles: pd.DataFrame) -> str | None:
    """Choose the column to compare articles by: the first of their own columns with two groups or more.

    A column with a different value for every article is chosen only if there is no other.

    >>> articles = pd.DataFrame({"doc_id": list("abc"), "title": list("abc"), "year": ["1", "2", "2"]})
    >>> grouping_column(articles)
    'year'
    """
    sizes = articles.drop(columns=[*ARTICLE_COLUMNS, "text"], errors="ignore").nunique()
    groups = [*sizes.index[(sizes > 1) & (sizes < len(articles))], *sizes.index[sizes > 1]]
    return groups[0] if groups else None


def mark_words(tokens: pd.DataFrame, english: Mapping[str, str]) -> pd.DataFrame:
    """Mark each word with its gloss, or with "(no gloss)".

    In: `english`, the gloss of each term. It belongs to the word and not to the place: 平安 is "safe,
    peaceful" in the name of a village too. Columns out: `doc_id, start, end, kind, english`.

    >>> tokens = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [2], "term": ["警情"]})
    >>> mark_words(tokens, {"警情": "incident"})["english"].item()
    'incident'
    """
    found = words(tokens)
    return _marks(found, "word", [english.get(term, "(no gloss)") for term in found["term"]])


def mark_figures(figures: pd.DataFrame, english: Mapping[str, str]) -> pd.DataFrame:
    """Mark each numeral with its kind, its value and its annotation; a quantity is of kind "figure".

    >>> figure = {"doc_id": "a", "start": 0, "end": 2, "text": "5人", "kind": "quantity", "value": 5.0}
    >>> figure |= {"unit": "人", "qualifier": "exact", "measure": "officers", "area": "Fuzhou"}
    >>> mark_figures(pd.DataFrame([figure]), {"人": "person"})["english"].item()
    'quantity, as reported: 5 person; officers; Fuzhou'
    """
    kinds = figures["kind"].eq("quantity").map({True: "figure", False: "numeral"})
    return _marks(figures, kinds, [_describe(row, english) for row in figures.to_dict("records")])


def mark_systems(mentions: pd.DataFrame, systems: pd.DataFrame) -> pd.DataFrame:
    """Mark each mention of a named system (`find_entities`) with the system's English name and type."""
    named = systems.set_index("system")
    described = "named system: " + named["english"] + " (" + named["type"] + ")"
    return _marks(mentions, "system", mentions["system"].map(described))


def mark_passages(shared: pd.DataFrame, english: Mapping[str, str]) -> pd.DataFrame:
    """Mark each shared passage (`shared_passages`) with the first five other places where it occurs.

    >>> shared = pd.DataFrame({"passage": "打击犯罪", "doc_id": ["a", "b"], "line": [1, 2], "start": 0})
    >>> mark_passages(shared.assign(end=4), {})["english"].tolist()
    ['shared passage, also b:2', 'shared passage, also a:1']
    """
    place = shared["doc_id"] + ":" + shared["line"].astype(str)
    everywhere = place.groupby(shared["passage"]).unique()
    described = []
    for passage, here in zip(shared["passage"], place, strict=True):
        others = sorted(other for other in everywhere[passage] if other != here)
        gloss = f" ({english[passage]})" if passage in english else ""
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        described.append(f"shared passage{gloss}, also {' '.join(others[:5])}{more}")
    return _marks(shared, "passage", described)


def _marks(frame: pd.DataFrame, kind: Any, english: Any) -> pd.DataFrame:
    """Give positions in the articles a kind and a description."""
    return frame[["doc_id", "start", "end"]].assign(kind=kind, english=english)


def _describe(row: Mapping[Any, Any], english: Mapping[str, str]) -> str:
    """Describe a numeral: its kind, its amount, and its annotation, except for the default values."""
    if row["kind"] != "quantity":
        return f"{row['kind']}: {english[row['text']]}" if row["text"] in english else str(row["kind"])
    amount = (
        f"{QUALIFIERS.get(row['qualifier'], '')}{row['value']:,.10g} {english.get(row['unit'], row['unit'])}"
    )
    columns = ("measure", "direction", "population", "area", "status")
    parts = [part for part in map(row.get, columns) if part not in (None, "", "none", "result")]
    start, end = row.get("period_start"), row.get("period_end")
    if start and end:
        parts.append("period unknown" if start == end == "unknown" else f"period {start} to {end}")
    return "; ".join([f"quantity, as reported: {amount.strip()}", *parts])


def _tables(
    corpus: lib.Corpus, glosses: pd.DataFrame, by: str | None
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the name, the content and the rows of each table; no table reproduces the text of an article."""
    counts = lib.count_terms(lib.words(lib.counted(corpus.tokens)))
    yield "articles", "the articles, without their text", corpus.articles.drop(columns="text")
    yield "lines", "every line: its zone and its position", corpus.lines.drop(columns="text")
    holds = "every numeral, with its annotation (columns.txt describes the columns)"
    yield "figures", holds, corpus.figures
    yield "counts", "uses of each word in each article", lib.add_glosses(counts, glosses)
    if counts["doc_id"].nunique() > 1:
        yield "dispersion", "how evenly the articles use each word", lib.dispersion(counts)
    if by is not None and counts[by].nunique() > 1:
        yield "contrasts", f"each word of a {by} against the rest", lib.keyness(counts, by=by)


def _shared(lines: pd.DataFrame, persons: list[str]) -> pd.DataFrame:
    """Find the passages that two articles share, except those that name a person."""
    if lines["doc_id"].nunique() < 2:
        return lines.head(0).assign(passage="")
    shared = shared_passages(lines)
    named = [any(person in passage for person in persons) for passage in shared["passage"]]
    return shared[~pd.Series(named, index=shared.index, dtype="bool")].reset_index(drop=True)

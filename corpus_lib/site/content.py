"""Collect from a corpus folder what a site shows: articles, marks on their text, and tables."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import corpus_lib as lib
from corpus_lib.columns import require
from corpus_lib.corpus import grouping_column
from corpus_lib.figures import describe_figure
from corpus_lib.phrases import describe_passages, find_entities, shared_passages
from corpus_lib.terms import NO_GLOSS

# The notes of a corpus, its mentions of systems and its shared passages, by their names.
Frames = Mapping[str, pd.DataFrame]


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
    frames = {n: lib.read_notes(folder, n) for n in ("glosses", "measures", "systems", "lexicon")}
    corpus = corpus._replace(figures=lib.add_readings(corpus.figures, frames["measures"]))
    by = grouping_column(corpus.articles) if by is None else by
    require(corpus.articles, *([by] if by else []))
    english = dict(zip(frames["glosses"]["term"], frames["glosses"]["english"], strict=True))
    persons = frames["lexicon"].query("type == 'person'")["term"].tolist()
    lines = lib.counted(corpus.lines)
    frames["mentions"] = find_entities(lines, frames["systems"]).drop(columns="text")
    frames["passages"] = _shared(lines, persons)
    tables = {}
    for name, holds, frame in _tables(corpus, frames, by):
        if name not in frames or len(frame):
            tables[name] = holds, frame[~frame["term"].isin(persons)] if "term" in frame else frame
    marks = pd.concat(_mark(corpus, frames, english), ignore_index=True)
    titles = {title: english[title] for title in corpus.articles["title"] if title in english}
    return SiteContent(corpus.articles, corpus.tokens, marks, titles, tables)


def _mark(corpus: lib.Corpus, frames: Frames, english: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """Mark the words, the numerals, the named systems and the shared passages: one frame for each.

    In: `english`, the gloss of each term. It belongs to the word and not to the place: 平安 is "safe,
    peaceful" in the name of a village too. Columns out: `doc_id, start, end, kind, english`.
    """
    found, figures, mentions = lib.words(corpus.tokens), corpus.figures, frames["mentions"]
    kinds = figures["kind"].eq("quantity").map({True: "figure", False: "numeral"})
    systems = frames["systems"].set_index("system")
    described = "named system: " + systems["english"] + " (" + systems["type"] + ")"
    marks: list[tuple[pd.DataFrame, Any, Any]] = [
        (found, "word", [english.get(term, "(no gloss)") for term in found["term"]]),
        (figures, kinds, [describe_figure(row, english) for row in figures.to_dict("records")]),
        (mentions, "system", mentions["system"].map(described)),
        (frames["passages"], "passage", describe_passages(frames["passages"], english)),
    ]
    yield from (f[["doc_id", "start", "end"]].assign(kind=kind, english=says) for f, kind, says in marks)


def _tables(corpus: lib.Corpus, frames: Frames, by: str | None) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield the name, the content and the rows of each table; no table reproduces the text of an article."""
    counts = lib.count_terms(lib.words(lib.counted(corpus.tokens)))
    yield "articles", "the articles, without their text", corpus.articles.drop(columns="text")
    yield "lines", "every line: its zone and its position", corpus.lines.drop(columns="text")
    yield "figures", "every numeral, with its annotation (columns.txt describes the columns)", corpus.figures
    plain = counts.drop(columns=list(NO_GLOSS), errors="ignore")  # a corpus may group by its own topic
    yield "counts", "uses of each word in each article", lib.add_glosses(plain, frames["glosses"])
    if counts["doc_id"].nunique() > 1:
        yield "dispersion", "how evenly the articles use each word", lib.dispersion(counts)
    if by is not None:
        groups = corpus.articles.set_index("doc_id", drop=False)[by].replace("", "(not given)")
        grouped = counts.assign(**{by: counts["doc_id"].map(groups)})
        if grouped[by].nunique() > 1:
            yield "contrasts", f"each word of a {by} against the rest", lib.keyness(grouped, by=by)
    yield "systems", "every named system, and what the articles say that it does", frames["systems"]
    yield "mentions", "every mention of a named system, with its position", frames["mentions"]
    yield "passages", "every shared passage, at each of its positions", frames["passages"]


def _shared(lines: pd.DataFrame, persons: list[str]) -> pd.DataFrame:
    """Find the passages that two articles share, except those that name a person."""
    if lines["doc_id"].nunique() < 2:
        return lines.head(0).assign(passage="")
    shared = shared_passages(lines)
    named = shared["passage"].str.contains("|".join(map(re.escape, persons)) or "(?!)")
    return shared[~named].reset_index(drop=True)

"""A corpus folder -> what a site shows of it: marks on its articles, and tables to take away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import corpus_lib as lib
from corpus_lib.articles import ARTICLE_COLUMNS
from corpus_lib.columns import require
from corpus_lib.phrases import find_entities, shared_passages
from corpus_lib.site.marks import mark_figures, mark_passages, mark_systems, mark_words
from corpus_lib.site.reader import SiteContent

# A table to take away: its name, what it holds, and its rows.
Named = tuple[str, tuple[str, pd.DataFrame]]


def collect_content(folder: str | Path, by: str | None = None) -> SiteContent:
    """Read a corpus folder and make all that a site shows of it.

    In: `by`, the column of the articles that contrasts are made by, or None for the one that
    `grouping_column` finds. A table is left out where the corpus has nothing for it: contrasts without
    two groups, named systems without a register, passages where nothing is shared.
    Raises ValueError for a column that the articles lack, and what `load_corpus` and `read_notes` raise.
    """
    corpus = lib.load_corpus(folder)
    glosses, measures, systems, lexicon = (
        lib.read_notes(folder, name) for name in ("glosses", "measures", "systems", "lexicon")
    )
    corpus = corpus._replace(figures=lib.add_readings(corpus.figures, measures))
    by = grouping_column(corpus.articles) if by is None else by
    require(corpus.articles, *([by] if by else []))
    lines = lib.counted(corpus.lines)
    persons = lexicon.loc[lexicon["type"] == "person", "term"].tolist()
    mentions = find_entities(lines, systems) if len(systems) else None
    shared = _shared(lines, persons)
    marks = [mark_words(corpus.tokens, glosses), mark_figures(corpus.figures, glosses)]
    marks += [mark_systems(mentions, systems)] if mentions is not None else []
    marks += [mark_passages(shared, glosses)] if shared is not None else []
    ranked = (
        (name, (holds, _without(frame, persons))) for name, (holds, frame) in _tables(corpus, glosses, by)
    )
    tables = dict([*ranked, *_found_tables(systems, mentions, shared)])
    return SiteContent(
        corpus.articles, corpus.tokens, pd.concat(marks, ignore_index=True), _titles(corpus, glosses), tables
    )


def grouping_column(articles: pd.DataFrame) -> str | None:
    """Find the column that articles are compared by: the first of their own with two groups or more.

    A column that has another value for every article groups nothing, and is taken only if no other is there.

    >>> articles = pd.DataFrame({"doc_id": list("abc"), "title": list("abc"), "year": ["1", "2", "2"]})
    >>> grouping_column(articles)
    'year'
    """
    own = [column for column in articles.columns if column not in {*ARTICLE_COLUMNS, "text"}]
    sizes = articles[own].nunique()
    groups = [*sizes.index[(sizes > 1) & (sizes < len(articles))], *sizes.index[sizes > 1]]
    return groups[0] if groups else None


def _titles(corpus: lib.Corpus, glosses: pd.DataFrame) -> dict[str, str]:
    """Give the English of the titles that have a gloss."""
    titled = glosses[glosses["term"].isin(corpus.articles["title"])]
    return dict(zip(titled["term"], titled["english"], strict=True))


def _tables(corpus: lib.Corpus, glosses: pd.DataFrame, by: str | None) -> Iterator[Named]:
    """Make the tables that every corpus has; none of them gives an article's text back."""
    counts = lib.count_terms(lib.words(lib.counted(corpus.tokens)))
    yield "articles", ("the articles, without their text", corpus.articles.drop(columns="text"))
    yield "lines", ("every line: its zone and where it stands", corpus.lines.drop(columns="text"))
    yield (
        "figures",
        (
            "the ledger: every numeral, with its reading (figures.md says what the columns mean)",
            corpus.figures,
        ),
    )
    yield "counts", ("uses of each word in each article", lib.add_glosses(counts, glosses))
    if counts["doc_id"].nunique() > 1:
        yield "dispersion", ("how evenly the articles use each word", lib.dispersion(counts))
    if by is not None and counts[by].nunique() > 1:
        yield "contrasts", (f"each word of a {by} against the rest", lib.keyness(counts, by=by))


def _found_tables(
    systems: pd.DataFrame, mentions: pd.DataFrame | None, shared: pd.DataFrame | None
) -> Iterator[Named]:
    """Make the tables of what some corpora have: a register of systems, and shared passages."""
    if mentions is not None:
        yield "systems", ("the register: every named system, and what the articles say it does", systems)
        yield "mentions", ("every mention of a system, where it stands", mentions.drop(columns="text"))
    if shared is not None:
        yield "passages", ("every shared passage, in each of its places", shared)


def _without(frame: pd.DataFrame, persons: list[str]) -> pd.DataFrame:
    """Leave out the rows of words that name persons: nobody is ranked. Totals count them still."""
    return frame[~frame["term"].isin(persons)] if "term" in frame else frame


def _shared(lines: pd.DataFrame, persons: list[str]) -> pd.DataFrame | None:
    """Find the shared passages, if two articles have any; those that name a person are left out."""
    if lines["doc_id"].nunique() < 2:
        return None
    shared = shared_passages(lines)
    named = [any(person in phrase for person in persons) for phrase in shared["passage"]]
    kept = shared[~pd.Series(named, index=shared.index, dtype="bool")].reset_index(drop=True)
    return kept if len(kept) else None

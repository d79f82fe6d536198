"""A corpus folder -> what a site shows of it: marks on its articles, and tables to take away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import corpus_lib as lib
from corpus_lib.phrases import find_entities, shared_passages
from corpus_lib.site.marks import mark_figures, mark_passages, mark_systems, mark_words
from corpus_lib.site.reader import SiteContent

# A table to take away: its name, what it holds, and its rows.
Named = tuple[str, tuple[str, pd.DataFrame]]


def collect_content(folder: str | Path, by: str) -> SiteContent:
    """Read a corpus folder and make all that a site shows of it.

    `by` is the column of the articles that contrasts are made by. Without such a column, or with one
    group only, the table of contrasts is left out. So are the systems where the corpus has no register
    of them, and the shared phrases where nothing is shared. Raises what `load_corpus` and
    `read_notes` raise.
    """
    corpus = lib.load_corpus(folder)
    glosses, measures, systems, lexicon = (
        lib.read_notes(folder, name) for name in ("glosses", "measures", "systems", "lexicon")
    )
    corpus = corpus._replace(figures=lib.add_readings(corpus.figures, measures))
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


def _titles(corpus: lib.Corpus, glosses: pd.DataFrame) -> dict[str, str]:
    """Give the English of the titles that have a gloss."""
    titled = glosses[glosses["term"].isin(corpus.articles["title"])]
    return dict(zip(titled["term"], titled["english"], strict=True))


def _tables(corpus: lib.Corpus, glosses: pd.DataFrame, by: str) -> Iterator[Named]:
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
    if by in counts and counts[by].nunique() > 1:
        yield "contrasts", (f"each word of a {by} against the rest", lib.keyness(counts, by=by))


def _found_tables(
    systems: pd.DataFrame, mentions: pd.DataFrame | None, shared: pd.DataFrame | None
) -> Iterator[Named]:
    """Make the tables of what some corpora have: a register of systems, and shared phrases."""
    if mentions is not None:
        yield "systems", ("the register: every named system, and what the articles say it does", systems)
        yield "mentions", ("every mention of a system, where it stands", mentions.drop(columns="text"))
    if shared is not None:
        yield "passages", ("every shared passage, in each of its places", shared)


def _without(frame: pd.DataFrame, persons: list[str]) -> pd.DataFrame:
    """Leave out the rows of words that name persons: nobody is ranked. Totals count them still."""
    return frame[~frame["term"].isin(persons)] if "term" in frame else frame


def _shared(lines: pd.DataFrame, persons: list[str]) -> pd.DataFrame | None:
    """Find the shared phrases, if two articles have any; those that name a person are left out."""
    if lines["doc_id"].nunique() < 2:
        return None
    shared = shared_passages(lines)
    named = [any(person in phrase for person in persons) for phrase in shared["passage"]]
    kept = shared[~pd.Series(named, index=shared.index, dtype="bool")].reset_index(drop=True)
    return kept if len(kept) else None

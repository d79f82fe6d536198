r"""Read a small corpus of Chinese news closely; every number and term walks back to its sentence.

The path goes one way, a module a step, pandas frames between them:

    a folder -> articles -> lines -> tokens -> counts -> weights, contrasts
                                 \-> figures -> axes, verdicts, files

`start` and `end` are offsets into the article's text (code points, end exclusive),
so `text[start:end]` is what a row of lines, tokens or figures is about.

=========  =====================  ==========================================================
table      one row is             columns
=========  =====================  ==========================================================
articles   an article             doc_id, ..., file, sha256, title, text
lines      a line, or its part    doc_id, ..., line, paragraph, zone, start, end, text
tokens     a word in its place    doc_id, ..., line, paragraph, zone, start, end, term
figures    a numeral in its place the same, then text, kind, value, value_to, unit, qualifier, rule
counts     a term in a part       doc_id, (paragraph), ..., term, n
weights    a term in a group      <by>, term, n, tf, df, idf, tf_idf
contrasts  a term against others  <by>, term, n, n_rest, log_ratio, lower, log_likelihood, log_odds_z, ...
evidence   a term in a group      <by>, term, n, articles, badge, rank, best, worst, runs
sides      a term in a group      <by>, term, low, high, rest_low, rest_high, side (set_apart)
runs       a term, a choice made  <by>, term, run, rank, more; then holds (vary_choices, hold_in_runs)
readings   a figure, as read      figures, then measure, population, area, period_start ... (figures.READING)
axes       the same               readings, then counted_in, period_length, axis: what may be compared
phrases    a passage, a place     phrase, length, n_articles, doc_id, ..., line, start, end, text
contexts   a term in its place    doc_id, ..., line, start, end, left, term, right, whole (concordance)
mentions   a system in its place  as lines, then system (find_systems)
verdicts   a sum worth doing      check, articles, sum, hedged, verdict, note
=========  =====================  ==========================================================

"..." stands for the corpus's own columns of articles.tsv (here date, outlet, city, place,
level, signed, occasion); every verb carries the columns that it does not know.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_lib.articles import read_articles, read_notes
from corpus_lib.audit import check_figures
from corpus_lib.choices import count_strings, vary_counts
from corpus_lib.comparing import add_axes, count_pairs, why_apart
from corpus_lib.contrasts import contrast_terms
from corpus_lib.evidence import deal_articles, weigh_evidence
from corpus_lib.figures import add_measures, find_figures
from corpus_lib.ledger import write_ledger
from corpus_lib.phrases import collocates, concordance, count_ngrams
from corpus_lib.scoring import cut_errors, cut_spans, draw_sentences, score_cuts, score_figures
from corpus_lib.segmenting import segment_lines, segment_longest, words
from corpus_lib.sensitivity import hold_in_runs, rank_runs, rank_ways, sum_runs, vary_choices, weigh_ways
from corpus_lib.separation import articles_needed, deal_apart, set_apart
from corpus_lib.sharing import shared_phrases
from corpus_lib.systems import find_systems, join_figures
from corpus_lib.terms import add_glosses, add_rates, count_terms, count_topics, dispersion, weigh_terms
from corpus_lib.zones import counted, label_lines

__all__ = [
    "Corpus",
    "add_axes",
    "add_glosses",
    "add_measures",
    "add_rates",
    "articles_needed",
    "check_figures",
    "collocates",
    "concordance",
    "contrast_terms",
    "count_ngrams",
    "count_pairs",
    "count_strings",
    "count_terms",
    "count_topics",
    "counted",
    "cut_errors",
    "cut_spans",
    "deal_apart",
    "deal_articles",
    "dispersion",
    "draw_sentences",
    "find_figures",
    "find_systems",
    "hold_in_runs",
    "join_figures",
    "label_lines",
    "load_corpus",
    "rank_runs",
    "rank_ways",
    "read_articles",
    "read_notes",
    "score_cuts",
    "score_figures",
    "segment_lines",
    "segment_longest",
    "set_apart",
    "shared_phrases",
    "sum_runs",
    "vary_choices",
    "vary_counts",
    "weigh_evidence",
    "weigh_terms",
    "weigh_ways",
    "why_apart",
    "words",
    "write_ledger",
]


class Corpus(NamedTuple):
    """The four tables that all others are made from."""

    articles: pd.DataFrame
    lines: pd.DataFrame
    tokens: pd.DataFrame
    figures: pd.DataFrame


def load_corpus(folder: str | Path) -> Corpus:
    """Read a corpus folder and take the whole path: articles, lines, tokens, figures.

    Nothing is filtered: `tokens` holds every zone and every mark, so pass
    `words(counted(corpus.tokens))` on where words of the articles are meant.
    Raises what `read_articles`, `read_notes` and `label_lines` raise.

    >>> len(load_corpus("seeds").articles)
    5
    """
    articles = read_articles(folder)
    lines = label_lines(articles, read_notes(folder, "zones"))
    return Corpus(articles, lines, segment_lines(lines, read_notes(folder, "lexicon")), find_figures(lines))

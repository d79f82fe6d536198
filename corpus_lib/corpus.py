"""A corpus folder -> the four tables that all others are made from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_lib.articles import read_articles, read_notes
from corpus_lib.figures import find_figures
from corpus_lib.segmentation import segment_lines
from corpus_lib.zones import label_lines


class Corpus(NamedTuple):
    """The four tables of a corpus: articles, lines, tokens and figures."""

    articles: pd.DataFrame
    lines: pd.DataFrame
    tokens: pd.DataFrame
    figures: pd.DataFrame


def load_corpus(folder: str | Path) -> Corpus:
    """Read a corpus folder and make its four tables.

    Nothing is filtered: `tokens` holds every zone and every punctuation mark. Pass
    `words(counted(corpus.tokens))` on where you mean the words of the articles.
    Raises what `read_articles`, `read_notes` and `label_lines` raise.

    >>> len(load_corpus("seeds").articles)
    5
    """
    articles = read_articles(folder)
    lines = label_lines(articles, read_notes(folder, "zones"))
    tokens = segment_lines(lines, read_notes(folder, "lexicon"))
    return Corpus(articles, lines, tokens, find_figures(lines))

"""Tokens and lines -> phrases: a term in its contexts, its collocates, shared passages, named systems."""

from corpus_lib.phrases.contexts import collocates, concordance, count_ngrams
from corpus_lib.phrases.entities import find_systems, join_figures
from corpus_lib.phrases.passages import shared_phrases

__all__ = [
    "collocates",
    "concordance",
    "count_ngrams",
    "find_systems",
    "join_figures",
    "shared_phrases",
]

"""Tokens and lines -> phrases: a term in its contexts, its collocates, shared passages, named systems."""

from corpus_lib.phrases.contexts import collocates, concordance, count_ngrams
from corpus_lib.phrases.entities import entity_figures, find_entities
from corpus_lib.phrases.passages import describe_passages, shared_passages

__all__ = [
    "collocates", "concordance", "count_ngrams", "describe_passages",
    "entity_figures", "find_entities", "shared_passages",
]  # fmt: skip

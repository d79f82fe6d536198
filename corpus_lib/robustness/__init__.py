"""Would other choices, or chance, have given the same? Variants, leave-one-out, permutation, power."""

from corpus_lib.robustness.power import articles_needed
from corpus_lib.robustness.ranking import (
    hold_in_runs,
    rank_runs,
    rank_ways,
    sum_runs,
    vary_choices,
    weigh_ways,
)
from corpus_lib.robustness.resampling import deal_articles, weigh_evidence
from corpus_lib.robustness.separation import deal_apart, set_apart
from corpus_lib.robustness.variants import count_strings, vary_counts

__all__ = [
    "articles_needed",
    "count_strings",
    "deal_apart",
    "deal_articles",
    "hold_in_runs",
    "rank_runs",
    "rank_ways",
    "set_apart",
    "sum_runs",
    "vary_choices",
    "vary_counts",
    "weigh_evidence",
    "weigh_ways",
]

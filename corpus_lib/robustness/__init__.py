"""Would other choices, or chance, give the same result? Variants, leave-one-out, permutation, power."""

from corpus_lib.robustness.power import articles_needed
from corpus_lib.robustness.resampling import leave_one_out, permutation_test, separated_terms
from corpus_lib.robustness.variants import (
    count_variants,
    flag_robust,
    rank_counts,
    rank_weightings,
    summarize_robustness,
)

__all__ = [
    "articles_needed", "count_variants", "flag_robust", "leave_one_out", "permutation_test",
    "rank_counts", "rank_weightings", "separated_terms", "summarize_robustness",
]  # fmt: skip

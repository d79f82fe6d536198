"""Lines -> figures: each numeral where it stands, with its kind; what is comparable; sums that must agree."""

from corpus_lib.figures.comparable import add_axes, count_pairs, why_apart
from corpus_lib.figures.find import find_figures
from corpus_lib.figures.readings import add_measures
from corpus_lib.figures.sums import check_figures

__all__ = [
    "add_axes",
    "add_measures",
    "check_figures",
    "count_pairs",
    "find_figures",
    "why_apart",
]

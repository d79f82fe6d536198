"""Lines -> figures: each numeral where it stands, with its kind; what is comparable; sums that must agree."""

from corpus_lib.figures.comparable import count_comparable_pairs, explain_pairs, group_comparable
from corpus_lib.figures.find import find_figures
from corpus_lib.figures.readings import add_readings
from corpus_lib.figures.sums import check_sums

__all__ = [
    "add_readings",
    "check_sums",
    "count_comparable_pairs",
    "explain_pairs",
    "find_figures",
    "group_comparable",
]

"""Lines -> figures: every numeral with its place and kind; which are comparable; sums that must agree."""

from corpus_lib.figures.comparable import count_comparable_pairs, explain_pairs, group_comparable
from corpus_lib.figures.find import find_figures
from corpus_lib.figures.readings import add_readings, describe_figure
from corpus_lib.figures.sums import check_sums

__all__ = [
    "add_readings", "check_sums", "count_comparable_pairs",
    "describe_figure", "explain_pairs", "find_figures", "group_comparable",
]  # fmt: skip

"""Frame -> chart, frame -> table. The only folder that imports matplotlib or wordcloud."""

from corpus_lib.charts.basic import bar_chart, dot_chart, heat_map, word_cloud, zipf_chart
from corpus_lib.charts.canvas import group_colours
from corpus_lib.charts.comparison import scatter_chart, term_chart
from corpus_lib.charts.periods import period_chart
from corpus_lib.charts.tables import pips, say_why, show_figures, show_table

__all__ = [
    "bar_chart", "dot_chart", "group_colours", "heat_map", "period_chart", "pips", "say_why",
    "scatter_chart", "show_figures", "show_table", "term_chart", "word_cloud", "zipf_chart",
]  # fmt: skip

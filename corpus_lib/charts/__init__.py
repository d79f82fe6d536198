"""Frame -> chart, frame -> table. The only folder that imports matplotlib or wordcloud."""

from corpus_lib.charts.basic import bar_chart, dot_chart, heat_map, rank_chart, word_cloud
from corpus_lib.charts.colours import group_colours
from corpus_lib.charts.comparison import article_chart, move_chart, scatter_chart
from corpus_lib.charts.figures import axis_chart, figure_wall, period_chart
from corpus_lib.charts.tables import table

__all__ = [
    "article_chart",
    "axis_chart",
    "bar_chart",
    "dot_chart",
    "figure_wall",
    "group_colours",
    "heat_map",
    "move_chart",
    "period_chart",
    "rank_chart",
    "scatter_chart",
    "table",
    "word_cloud",
]

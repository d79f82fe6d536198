"""Names beside a scatter stand apart from each other, and lead to their points."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from corpus_lib.charts import comparison as term_charts
from corpus_lib.charts import group_colours
from corpus_lib.charts.comparison import NAMES, article_chart, scatter_chart, slope_chart

FRAME = pd.DataFrame(
    {
        "term": ["公安", "派出所", "群众"],
        "english": ["public security", "police station", "the masses"],
        "n": [63, 58, 36],
        "dp_norm": [0.37, 0.45, 0.32],
        "named": [True, True, False],
    }
)


def test_it_says_its_axes_and_the_named_points_and_is_drawn_alike_twice():
    first, second = (scatter_chart(FRAME, "n", "dp_norm", "A title", "named") for _ in range(2))
    assert first.data == second.data
    assert "Scatter of 3 points: A title. occurrences (count)" in first.alt
    assert "公安, public security: 63 and 0.37" in first.alt
    assert "群众" not in first.alt


def test_no_name_and_one_name_can_be_drawn():
    none, one = (
        scatter_chart(FRAME.assign(named=named), "n", "dp_norm", "t", "named").alt
        for named in ([False] * 3, [False, True, False])
    )
    assert "Scatter of 3 points" in none
    assert "police station" not in none
    assert one.endswith("派出所, police station: 58 and 0.45.")


def test_what_cannot_be_read_or_drawn_is_refused():
    many = pd.concat([FRAME.head(1)] * (NAMES + 1), ignore_index=True)
    with pytest.raises(ValueError, match="25 names do not fit beside one chart"):
        scatter_chart(many, "n", "dp_norm", "t", "named")
    with pytest.raises(ValueError, match="n is zero or less in 1 of 3 rows"):
        scatter_chart(FRAME.assign(n=[0, 1, 2]), "n", "dp_norm", "t", "named")
    with pytest.raises(ValueError, match="nothing to draw"):
        scatter_chart(FRAME.head(0), "n", "dp_norm", "t", "named")


COLOURS = group_colours(["X", "Y"])
ARTICLES = pd.DataFrame(
    {
        "term": "公安",
        "english": "public security",
        "city": "X",
        "home": ["X", "X", "Y"],
        "doc_id": ["a", "b", "c"],
        "rate": [4.0, 0.0, 1.5],
    }
)
MOVES = pd.DataFrame(
    {
        "term": ["公安", "群众"],
        "english": ["public security", "the masses"],
        "city": "X",
        "by cities": [1, 9],
        "by articles": [7, 2],
    }
)


def test_every_article_is_a_point_and_is_said():
    charts = [article_chart(ARTICLES, "rate", "t", ("city", "home"), COLOURS) for _ in range(2)]
    assert charts[0].data == charts[1].data
    assert "X 公安, public security: a 4, b 0, c 1.5" in charts[0].alt


def test_own_articles_are_filled_others_hollow_and_the_bar_joins_the_means(monkeypatch):
    drawn = []
    monkeypatch.setattr(term_charts, "to_image", lambda figure, alt: drawn.append(figure))
    article_chart(ARTICLES, "rate", "t", ("city", "home"), COLOURS)
    bars, own, others, *_ = drawn[0].axes[0].collections
    assert own.get_offsets()[:, 0].tolist() == [4.0, 0.0]
    assert others.get_offsets()[:, 0].tolist() == [1.5]
    assert to_hex(own.get_facecolor()[0]) == COLOURS["X"].lower()
    assert to_hex(others.get_facecolor()[0]) == "#ffffff"
    # The others' mean is 1.5; the mean of X's own, 4 and zero, is 2.
    assert bars.get_segments()[0][:, 0].tolist() == [1.5, 2.0]


def test_each_side_lists_the_terms_by_its_own_ranks(monkeypatch):
    drawn = []
    monkeypatch.setattr(term_charts, "to_image", lambda figure, alt: drawn.append((figure, alt)))
    slope_chart(MOVES, ("by cities", "by articles"), "t", "city", COLOURS)
    figure, alt = drawn[0]
    labels = [[label.get_text() for label in ax.get_yticklabels()] for ax in figure.axes]
    assert labels[0] == ["1  公安  public security", "9  群众  the masses"]
    assert labels[1] == ["2  群众  the masses", "7  公安  public security"]
    assert [line.get_ydata().tolist() for line in figure.axes[0].lines] == [[0, 1], [1, 0]]
    assert "X 公安, public security: 1 to 7; X 群众, the masses: 9 to 2" in alt


def test_a_group_without_a_colour_nothing_and_no_number_are_refused():
    with pytest.raises(ValueError, match="'Y' has no colour"):
        article_chart(ARTICLES, "rate", "t", ("city", "home"), group_colours(["X"]))
    with pytest.raises(ValueError, match="nothing to draw"):
        article_chart(ARTICLES.head(0), "rate", "t", ("city", "home"), COLOURS)
    with pytest.raises(ValueError, match="rate has no finite number in 1 of 3 rows"):
        article_chart(ARTICLES.assign(rate=[1, 2, float("nan")]), "rate", "t", ("city", "home"), COLOURS)
    with pytest.raises(ValueError, match="by cities has no finite number in 1 of 2 rows"):
        slope_chart(MOVES.assign(**{"by cities": pd.array([1, None], "Int64")}),
                   ("by cities", "by articles"), "t", "city", COLOURS)  # fmt: skip
    with pytest.raises(ValueError, match="8 colours, but only 7 markers"):
        article_chart(ARTICLES, "rate", "t", ("city", "home"), dict.fromkeys("XYZabcde", "#000000"))
    with pytest.raises(ValueError, match="'Q' has no colour"):
        article_chart(ARTICLES.assign(city="Q"), "rate", "t", ("city", "home"), COLOURS)
    with pytest.raises(ValueError, match="nothing to draw"):
        slope_chart(MOVES.head(0), ("by cities", "by articles"), "t", "city", COLOURS)

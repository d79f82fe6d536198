"""Names in a scatter cover nothing, and the data of a chart has what the picture cannot name."""

import pandas as pd
import pytest

from corpus_lib.charts import canvas, group_colours
from corpus_lib.charts.comparison import NAMES, scatter_chart, term_chart

FRAME = pd.DataFrame(
    {
        "term": ["公安", "派出所", "群众"],
        "english": ["public security", "police station", "the masses"],
        "n": [63, 58, 36],
        "dp_norm": [0.37, 0.45, 0.32],
        "named": [True, True, False],
    }
)


@pytest.fixture
def figures(monkeypatch):
    """The figures that charts draw, instead of pictures."""
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    return drawn


def names(figure):
    return [text for text in figure.axes[0].texts if text.get_text()]


def test_it_says_its_extremes_has_all_points_as_data_and_is_drawn_alike_twice():
    first, second = (scatter_chart(FRAME, "n", "dp_norm", "A title", "named") for _ in range(2))
    assert first.data == second.data
    assert first.alt.startswith("Scatter of 3 points: A title. Highest: 派出所 police station, 58, 0.45.")
    assert first.metadata["table"].count("<tr>") == 3
    assert "群众 the masses" in first.metadata["table"]


def test_named_points_have_their_names_beside_them_and_no_others(figures):
    for named in ([False] * 3, [False, True, False], [True, True, False]):
        scatter_chart(FRAME.assign(named=named), "n", "dp_norm", "t", "named")
    assert [len(names(figure)) for figure in figures] == [0, 1, 2]
    assert names(figures[1])[0].get_text() == "派出所  police station"


def test_names_are_few_and_cover_neither_each_other_nor_a_point(figures):
    many = pd.concat([FRAME.head(1)] * 40, ignore_index=True)
    many["n"], many["dp_norm"] = range(5, 45), [(7 * i % 40) / 40 for i in range(40)]
    scatter_chart(many, "n", "dp_norm", "t", "named")
    figures[0].draw_without_rendering()
    boxes = [name.get_window_extent() for name in names(figures[0])]
    assert 2 <= len(boxes) <= NAMES
    assert all(box.count_overlaps(boxes) == 1 for box in boxes)
    points = figures[0].axes[0].transData.transform(many[["n", "dp_norm"]])
    assert not any(box.contains(x, y) for box in boxes for x, y in points)


def test_the_ends_of_dispersion_are_words(figures):
    scatter_chart(FRAME, "n", "dp_norm", "t", "named")
    ticks = [tick.get_text() for tick in figures[0].axes[0].get_yticklabels()]
    assert ticks[0] == "even  0"
    assert ticks[-1] == "in one article  1"


def test_what_cannot_be_read_or_drawn_is_refused():
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
        "doc_id": ["a", "b", "c"],
        "rate": [4.0, 0.0, 1.5],
    }
)


def test_a_bar_has_its_number_and_its_note_and_its_kind_is_in_the_data(figures, monkeypatch):
    terms = ARTICLES.head(2).assign(topic="order", articles=["●○", "○○"])
    by, colours = ("city", "topic", "articles"), {"order": "#0072B2"}
    term_chart(terms, "rate", "t", by, colours)
    texts = [text.get_text().split() for text in figures[0].axes[0].texts]
    assert texts == [["4", "●○"], ["0", "○○"], ["X"]]
    monkeypatch.undo()
    table = term_chart(terms, "rate", "t", by, colours).metadata["table"]
    assert "<td>order</td>" in table

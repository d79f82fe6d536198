"""Names beside a scatter stand apart from each other, and lead to their points."""

import pandas as pd
import pytest

from corpus_lib.term_charts import NAMES, scatter_chart

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
    for named in ([False] * 3, [False, True, False]):
        assert scatter_chart(FRAME.assign(named=named), "n", "dp_norm", "t", "named").alt


def test_what_cannot_be_read_or_drawn_is_refused():
    many = pd.concat([FRAME.head(1)] * (NAMES + 1), ignore_index=True)
    with pytest.raises(ValueError, match="25 names beside one chart"):
        scatter_chart(many, "n", "dp_norm", "t", "named")
    with pytest.raises(ValueError, match="n is nought or less for 1 terms"):
        scatter_chart(FRAME.assign(n=[0, 1, 2]), "n", "dp_norm", "t", "named")
    with pytest.raises(ValueError, match="nothing to draw"):
        scatter_chart(FRAME.head(0), "n", "dp_norm", "t", "named")

"""A chart of figures puts on one axis what may be compared, and nothing else."""

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image as Picture

from corpus_lib import add_glosses, add_readings, counted, read_notes
from corpus_lib.charts import bar_chart, canvas, group_colours, period_chart
from corpus_lib.charts.periods import period_words
from corpus_lib.figures import group_comparable
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def read(study):
    """Every counted quantity of the study, read, with its axis and its unit in English."""
    quantities = counted(study.figures).query("kind == 'quantity'")
    figures = group_comparable(add_readings(quantities, read_notes(ROOT / "seeds", "measures")))
    glosses = read_notes(ROOT / "seeds", "glosses")
    return add_glosses(figures.rename(columns={"unit": "term"}), glosses).rename(columns={"term": "unit"})


@pytest.fixture(scope="module")
def colours(read):
    return group_colours(read["city"])


@pytest.fixture(scope="module")
def draw(read, colours):
    return lambda: period_chart(read, "A title", "city", colours)


def test_a_chart_has_a_title_fills_its_picture_and_is_drawn_alike_twice(draw):
    first, second = draw(), draw()
    assert first.data == second.data
    assert "A title" in first.alt
    across = np.asarray(Picture.open(BytesIO(first.data)).convert("L")).min(axis=0)
    assert len(across) == 1440
    # Something is drawn in each third, so more than the title at the left.
    assert [third.min() < 150 for third in np.array_split(across, 3)] == [True] * 3


def test_the_data_of_a_chart_are_its_figures(draw):
    chart = draw()
    assert re.search(r"<td>Fu'an</td>\s*<td>2021-10-10</td>\s*<td>4</td>", chart.metadata["table"])
    assert len(chart.alt) <= canvas.ALT


def test_the_periods_are_counted_by_their_known_ends(draw, read):
    both, one, none = map(int, re.findall(r": (\d+)", draw().alt.partition("Figures")[2]))
    assert both + one + none == len(read)
    assert none == (read[["period_start", "period_end"]] == "unknown").all(axis=1).sum()


def test_other_charts_refuse_figures_that_share_no_axis(read, colours):
    labelled = read.assign(label=read["measure"]).rename(columns={"value": "amount (as printed)"})
    with pytest.raises(ValueError, match="may not share an axis"):
        bar_chart(labelled, "amount (as printed)", "t")
    assert bar_chart(labelled[labelled["measure"] == "strength of the squad"], "amount (as printed)", "t").alt


def test_nothing_and_a_group_without_colour_are_refused(read, colours):
    with pytest.raises(ValueError, match="nothing to draw"):
        period_chart(read.head(0), "t", "city", colours)
    with pytest.raises(ValueError, match="has no colour"):
        period_chart(read, "t", "city", {"Fuzhou": "#000000"})


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("unknown", "unknown", "period unknown"), ("", "", "period unknown"),
        ("unknown", "2023", "to 2023, from when unknown"), ("2020", "unknown", "from 2020, to when unknown"),
        ("2020", "2020", "2020"), ("2019", "2024-08-06", "2019 to 2024-08-06"),
    ],
)  # fmt: skip
def test_a_period_is_put_into_words(start, end, words):
    assert period_words(start, end) == words

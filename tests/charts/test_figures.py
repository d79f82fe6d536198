"""A chart of figures sets on one axis what may stand there, and nothing else."""

import re
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from PIL import Image as Picture

from corpus_lib import add_glosses, add_readings, counted, read_notes
from corpus_lib.charts import bar_chart, canvas, comparable_chart, figure_grid, group_colours, period_chart
from corpus_lib.charts.tables import LABEL, figure_labels
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
def drawn(read, colours):
    percent = read[read["unit"] == "%"]
    return {
        "axes": lambda: comparable_chart(percent, "A title", "city", colours),
        "periods": lambda: period_chart(read, "A title", "city", colours),
        "wall": lambda: figure_grid(read, "A title", "subject", "doc_id"),
    }


@pytest.mark.parametrize("name", ["axes", "periods", "wall"])
def test_a_chart_has_a_title_fills_its_picture_and_is_drawn_alike_twice(name, drawn):
    first, second = drawn[name](), drawn[name]()
    assert first.data == second.data
    assert "A title" in first.alt
    across = np.asarray(Picture.open(BytesIO(first.data)).convert("L")).min(axis=0)
    assert len(across) == 1440
    # Something is drawn in each third, so more than the title at the left.
    assert [third.min() < 150 for third in np.array_split(across, 3)] == [True] * 3


def test_the_data_of_a_chart_are_its_figures(drawn):
    charts = {name: draw() for name, draw in drawn.items()}
    tables = {name: chart.metadata["table"] for name, chart in charts.items()}
    assert "Scales: 9, figures: 9" in charts["axes"].alt
    assert "<td>62.46%↓</td>" in tables["axes"]
    assert re.search(r"<td>Fu'an</td>\s*<td>2021-10-10</td>\s*<td>4</td>", tables["periods"])
    assert "<td>≥30,000</td>" in tables["wall"]
    assert all(len(chart.alt) <= canvas.ALT for chart in charts.values())


def test_the_periods_are_counted_by_their_known_ends(drawn, read):
    both, one, none = map(int, re.findall(r": (\d+)", drawn["periods"]().alt.partition("Figures")[2]))
    assert both + one + none == len(read)
    assert none == (read[["period_start", "period_end"]] == "unknown").all(axis=1).sum()


def test_the_squad_s_strength_stands_on_one_scale(read, colours):
    squad = read[read["measure"] == "strength of the squad"]
    assert "Scales: 1, figures: 2" in comparable_chart(squad, "t", "city", colours).alt


def test_other_charts_refuse_figures_that_share_no_axis(read, colours):
    labelled = read.assign(label=read["measure"]).rename(columns={"value": "amount (as printed)"})
    with pytest.raises(ValueError, match="may not share an axis"):
        bar_chart(labelled, "amount (as printed)", "t")
    assert bar_chart(labelled[labelled["measure"] == "strength of the squad"], "amount (as printed)", "t").alt


@pytest.mark.parametrize(
    ("change", "amount", "limits"),
    [
        ({"value": 0.0}, "0", (0, 1e-9)), ({"value": -15.0}, "-15", (-15, 1e-9)),
        ({"value": 10.0}, "10", (0, 10)),
        ({"value": 3.0, "value_to": 5.0}, "3 to 5", (0, 5)), ({"qualifier": "approx"}, "≈7", (0, 7)),
        ({"value": 130.0, "unit": "%"}, "130%", (0, 130)),
        ({"value": 0.4, "unit": "%", "population": "unknown"}, "0.4%", (0, 100)),
    ],
)  # fmt: skip
def test_any_figure_has_its_amount_and_its_point_on_its_scale(
    change, amount, limits, read, colours, monkeypatch
):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    plain = {"value": 7.0, "value_to": np.nan, "unit": "名", "qualifier": "exact", "direction": "none"}
    figure = read.head(1).assign(**plain | change)
    comparable_chart(figure, "t", "city", colours)
    (ax,) = drawn[0].axes
    assert [text.get_text().strip() for text in ax.texts] == [amount]
    assert ax.get_xlim() == limits
    ends = [figure["value"].item(), change.get("value_to", figure["value"].item())]
    assert [line.get_xdata().tolist() for line in ax.lines] == [ends]


def test_a_long_measure_is_broken_into_lines(read):
    (label,) = figure_labels(read.head(1).assign(measure="a long measure " * 12))
    assert max(map(len, label.splitlines())) <= LABEL


def test_a_range_is_written_with_both_ends(read, colours):
    figure = read.head(1).assign(value=3.0, value_to=5.0, qualifier="exact")
    assert comparable_chart(figure, "t", "city", colours).metadata["table"].count("<td>3 to 5</td>") == 1


@pytest.mark.parametrize("draw", [comparable_chart, period_chart])
def test_nothing_and_a_group_without_colour_are_refused(draw, read, colours):
    with pytest.raises(ValueError, match="nothing to draw"):
        draw(read.head(0), "t", "city", colours)
    with pytest.raises(ValueError, match="has no colour"):
        draw(read, "t", "city", {"Fuzhou": "#000000"})


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("unknown", "unknown", "period unknown"), ("", "", "period unknown"),
        ("unknown", "2023", "to 2023, from when unknown"), ("2020", "unknown", "from 2020, to when unknown"),
        ("2020", "2020", "2020"), ("2019", "2024-08-06", "2019 to 2024-08-06"),
    ],
)  # fmt: skip
def test_a_label_says_what_where_and_when(start, end, words):
    row = {"doc_id": "a", "measure": "officers", "area": "X", "period_start": start, "period_end": end}
    assert figure_labels(pd.DataFrame([row])) == [f"officers\na: X, {words}"]

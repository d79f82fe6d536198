"""A chart says its finding in few words, carries its data, and is the same at every run."""

import re
from io import BytesIO
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib.text import Text
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib import charts, read_notes
from corpus_lib.charts import basic, canvas
from corpus_lib.charts.tables import short, show_table
from tests.conftest import ROOT

COLOURS = charts.group_colours(["Fuzhou", "Fu'an", "Zhangzhou"])
FRAME = pd.DataFrame(
    {
        "term": ["公安", "派出所", "群众"] * 2,
        "english": ["public security", "police station", "the masses"] * 2,
        "city": ["Fuzhou"] * 3 + ["Fu'an"] * 3,
        "rate": [30.0, 20.5, 5.25, 10.0, 44.0, 3.0],
    }
)
DRAWN = {
    "bars": lambda: charts.bar_chart(FRAME.head(3), "rate", "A title"),
    "panels": lambda: charts.bar_chart(FRAME, "rate", "A title", "city", COLOURS),
    "dots": lambda: charts.dot_chart(FRAME, "rate", "A title", "city", COLOURS),
    "ranks": lambda: charts.zipf_chart(FRAME, "rate", "A title", "city", COLOURS),
    "grid": lambda: charts.heat_map(FRAME, "rate", "A title", "city", "english"),
    "cloud": lambda: charts.word_cloud(FRAME.head(3), "rate", "A title"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_says_its_title_and_an_extreme_in_few_words(name):
    alt = DRAWN[name]().alt
    assert len(alt) <= canvas.ALT == 150
    assert ": A title. Highest: " in alt
    assert re.search(r"\b(30|44)\b", alt)


@pytest.mark.parametrize("name", DRAWN)
def test_the_data_of_a_chart_are_a_table_with_every_row_and_the_unit(name):
    table = DRAWN[name]().metadata["table"]
    assert "<caption>A title.</caption>" in table
    assert "per 1,000 counted words" in table or name == "grid"
    shown = re.findall(r"<td>([\d.]+)</td>", table)
    assert {"30.0", "20.5"} <= set(shown), "the numbers of a column have the same decimals"


def test_title_and_grey_line_stand_above_the_chart_and_a_legend_covers_neither(monkeypatch):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    charts.dot_chart(FRAME, "rate", "A title " * 12, "city", COLOURS)
    (figure,) = drawn
    figure.draw_without_rendering()
    (ax,), (legend,), texts = figure.axes, figure.legends, figure.texts
    assert texts[0].get_text().count("\n") == 1
    assert texts[1].get_text() == "Uses per 1,000 counted words"
    boxes = [part.get_window_extent() for part in (*texts, legend, ax)]
    assert all(above.y0 >= below.y1 for above, below in pairwise(boxes))


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_of_a_chart_is_smaller_than_nine_points_on_paper(name, monkeypatch):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    DRAWN[name]()
    sizes = [text.get_fontsize() for text in drawn[0].findobj(Text) if text.get_text()]
    assert min(sizes) * 174 / 25.4 / canvas.WIDTH >= 9


def test_a_cell_twice_the_next_of_its_row_is_outlined_and_zeros_are_printed(monkeypatch):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    cells = [
        ("a", "x", 4.0),
        ("a", "y", 2.0),
        ("a", "z", 0.0),
        ("b", "x", 3.9),
        ("b", "y", 2.0),
        ("c", "y", 1.0),
        ("c", "z", 9.0),
    ]
    frame = pd.DataFrame(cells, columns=["row", "column", "rate"])
    charts.heat_map(frame, "rate", "t", "row", "column")
    (ax,) = drawn[0].axes
    assert [(round(patch.get_x()), round(patch.get_y())) for patch in ax.patches] == [(0, 0), (2, 2)]
    assert [text.get_text() for text in ax.texts] == ["4.0", "2.0", "0", "3.9", "2.0", "", "", "1.0", "9.0"]


def test_a_range_over_a_hundred_is_drawn_on_plain_logarithmic_ticks(monkeypatch):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    for values in ([1, 9, 300], [0, 9, 300], [3, 9, 300]):
        frame = FRAME.head(3).assign(rate=values)
        charts.dot_chart(frame, "rate", "t", "city", COLOURS)
    assert [figure.axes[0].get_xscale() for figure in drawn] == ["log", "linear", "linear"]
    assert [tick.get_text() for tick in drawn[0].axes[0].get_xticklabels()] == ["1", "10", "100"]


def test_a_cloud_glosses_its_largest_words_under_it(monkeypatch):
    drawn = []
    monkeypatch.setattr(canvas, "to_image", lambda figure, *_: drawn.append(figure))
    monkeypatch.setattr(basic, "GLOSSED", 2)
    charts.word_cloud(FRAME.head(3), "rate", "t")
    (text,) = drawn[0].axes[0].texts
    assert "police\u00a0station" in text.get_text()
    assert "群众" not in text.get_text()


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_drawn_alike_twice(name):
    assert DRAWN[name]().data == DRAWN[name]().data


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_fills_its_picture(name):
    picture = Picture.open(BytesIO(DRAWN[name]().data)).convert("L")
    across = np.asarray(picture).min(axis=0)
    assert picture.width == 1440
    # Something is drawn in each third, so more than the title at the left.
    assert [third.min() < 150 for third in np.array_split(across, 3)] == [True] * 3


def test_a_chinese_label_stands_with_its_gloss():
    assert "公安 public security, 30" in charts.bar_chart(FRAME.head(3), "rate", "t").alt
    with pytest.raises(ValueError, match=r"lack a gloss \(公安"):
        charts.bar_chart(FRAME.drop(columns="english"), "rate", "t")


def test_an_axis_without_a_unit_is_refused():
    with pytest.raises(ValueError, match="no unit for 'speed'"):
        charts.bar_chart(FRAME.rename(columns={"rate": "speed"}), "speed", "t")
    named = FRAME.head(3).rename(columns={"rate": "speed (km/h)"})
    assert "speed (km/h)" in charts.bar_chart(named, "speed (km/h)", "t").metadata["table"]


def test_a_group_has_one_colour_everywhere_and_no_eighth_exists():
    assert charts.group_colours(["Zhangzhou", "Fuzhou", "Fu'an", "Fuzhou"]) == COLOURS
    with pytest.raises(ValueError, match="8 groups, but only 7 distinct colours"):
        charts.group_colours("abcdefgh")


def test_the_font_has_every_character_that_can_be_shown(study):
    with TTFont(sans_path()) as font:
        cmap = set(font.getBestCmap())
    text = "".join([*study.articles["text"], *read_notes(ROOT / "seeds", "glosses")["english"]])
    assert sorted(c for c in set(text) if ord(c) not in cmap and not c.isspace()) == []


def test_a_table_is_escaped_and_says_its_basis():
    frame = pd.DataFrame({"<b>": ["<script>alert(1)</script>"], "value": [1234.5]})
    html = show_table(frame, 'five & "more" <i>').data
    assert not re.search(r"<(script|i|b)>", html)
    assert "<caption>five &amp; &quot;more&quot; &lt;i&gt;</caption>" in html
    assert "1,234.5" in html
    assert html.count('<th scope="col">') == 2


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (-2.5, "-2.5"), (1234, "1,234"), (0.046, "0.046"), (float("nan"), "")]
)
def test_numbers_are_short(number, text):
    assert short(number) == text


@pytest.mark.parametrize("draw", [charts.bar_chart, charts.word_cloud])
def test_a_character_that_the_font_lacks_is_drawn_as_its_code_point(draw):
    frame = pd.DataFrame({"term": ["公安", "\U0001f44d"], "english": ["police", "x"], "uses (count)": [1, 3]})
    assert draw(frame, "uses (count)", "Odd").alt.count("[U+1F44D]") == 1

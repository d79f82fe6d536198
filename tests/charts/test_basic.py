"""A chart speaks without its page, the same at every run, with no glyph missing."""

import re
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib import charts, read_notes
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
def test_a_chart_has_a_title_a_unit_and_its_numbers_in_words(name):
    alt = DRAWN[name]().alt
    assert "A title" in alt
    assert "per 1,000 counted words" in alt
    assert "30" in alt


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
    assert "公安, public security 30" in charts.bar_chart(FRAME.head(3), "rate", "t").alt
    with pytest.raises(ValueError, match=r"lack a gloss \(公安"):
        charts.bar_chart(FRAME.drop(columns="english"), "rate", "t")


def test_an_axis_without_a_unit_is_refused():
    with pytest.raises(ValueError, match="no unit for 'speed'"):
        charts.bar_chart(FRAME.rename(columns={"rate": "speed"}), "speed", "t")
    assert (
        "speed (km/h)"
        in charts.bar_chart(FRAME.head(3).rename(columns={"rate": "speed (km/h)"}), "speed (km/h)", "t").alt
    )


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

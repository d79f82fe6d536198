"""A chart and its data come from one table: what is drawn is in the data, and nothing is left out."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from corpus_lib.charts import (
    bar_chart,
    canvas,
    dot_chart,
    group_colours,
    heat_map,
    period_chart,
    scatter_chart,
    show_figures,
    word_cloud,
    zipf_chart,
)
from corpus_lib.charts import basic as charts

COLOURS = group_colours(["X", "Y"])
TERMS = pd.DataFrame(
    {
        "term": ["公安", "派出所", "群众"],
        "english": ["public security", "police station", "the public"],
        "city": ["X", "X", "Y"],
        "doc_id": ["a", "b", "c"],
        "rate": [30.0, 20.5, 5.25],
        "left": [1, 2, 1],
        "right": [2, 1, 1],
        "named": [True, False, True],
    }
)
FIGURE = {
    **{"doc_id": "a", "text": "5名", "value": 5.0, "value_to": np.nan, "unit": "名", "qualifier": "exact"},
    **{"measure": "officers", "population": "police", "area": "X", "period_start": "2019"},
    **{"period_end": "2020", "status": "result", "direction": "none", "comparison": "none"},
    **{"city": "X", "comparable_set": 1, "english": "person", "subject": "people"},
}
FIGURES = pd.DataFrame(
    [FIGURE, FIGURE | {"value": 7.0}, FIGURE | {"city": "Y", "comparable_set": 2, "doc_id": "b"}]
)

TERMS["left (rank)"] = TERMS["left"]

# Each chart: a frame, how it is drawn, the columns that name its groups or places, its column of numbers.
CHARTS = {
    "bar": (TERMS, lambda f, c: bar_chart(f, "rate", "t", "city", c), ["city"], "rate"),
    "dot": (TERMS, lambda f, c: dot_chart(f, "rate", "t", "city", c), ["city"], "rate"),
    "rank": (TERMS, lambda f, c: zipf_chart(f, "rate", "t", "city", c), ["city"], "rate"),
    "heat": (TERMS, lambda f, c: heat_map(f, "rate", "t", "city", "doc_id"), ["city", "doc_id"], "rate"),
    "cloud": (TERMS, lambda f, c: word_cloud(f, "rate", "t"), ["term"], "rate"),
    "scatter": (TERMS, lambda f, c: scatter_chart(f, "rate", "left (rank)", "t", "named"), ["named"], "rate"),
    "period": (FIGURES, lambda f, c: period_chart(f, "t", "city", c), ["city", "period_start"], None),
}
each_chart = pytest.mark.parametrize("name", CHARTS)
COLOURED = ["bar", "dot", "rank", "period"]
LABELLED = ["bar", "dot", "scatter"]


@pytest.fixture
def draw(monkeypatch):
    """Draw a chart by name and give its figure, still to be looked into, and the rows of its data."""
    monkeypatch.setattr(canvas, "to_image", lambda figure, _, data, *said: (figure, data.to_numpy().tolist()))

    def drawn(name, frame=None):
        example, chart, *_ = CHARTS[name]
        return chart(example if frame is None else frame, COLOURS)

    return drawn


# What cannot be drawn is refused in the library's own words.


@each_chart
def test_an_empty_frame_is_refused(name, draw):
    with pytest.raises(ValueError, match="nothing to draw"):
        draw(name, CHARTS[name][0].head(0))


@pytest.mark.parametrize(("name", "column"), [(n, c) for n in CHARTS for c in CHARTS[n][2]])
def test_a_row_without_its_group_or_place_is_refused_by_column_and_number(name, column, draw):
    frame = CHARTS[name][0]
    missing = frame.assign(**{column: frame[column].astype("object").where([False, False, True], None)})
    with pytest.raises(ValueError, match=f"^{column} is missing in 2 of 3 rows"):
        draw(name, missing)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("name", [name for name in CHARTS if CHARTS[name][3]])
def test_a_number_that_is_none_is_refused_by_column_and_number(name, bad, draw):
    frame, _, _, column = CHARTS[name]
    values = frame[column].astype("float64").where([False, True, True], bad)
    with pytest.raises(ValueError, match=f"^{column} has no finite number in 1 of 3 rows"):
        draw(name, frame.assign(**{column: values}))


@pytest.mark.parametrize("name", [name for name in CHARTS if CHARTS[name][3]])
def test_text_where_a_number_belongs_is_refused(name, draw):
    frame, _, _, column = CHARTS[name]
    with pytest.raises(ValueError, match=f"^{column} has no finite number in 3 of 3 rows"):
        draw(name, frame.assign(**{column: "many"}))


@pytest.mark.parametrize(
    ("name", "column"), [(n, c) for n, (_, _, cs, value) in CHARTS.items() for c in [*cs, value] if c]
)
def test_an_unknown_column_is_named_and_the_columns_are_listed(name, column, draw):
    frame = CHARTS[name][0].drop(columns=column)
    message = f"There is no column {column!r}. The columns are: {', '.join(frame)}."
    with pytest.raises(ValueError, match=re.escape(message)):
        draw(name, frame)


@pytest.mark.parametrize("name", COLOURED)
def test_a_group_without_a_colour_is_named(name, draw):
    with pytest.raises(ValueError, match="city 'Q' has no colour"):
        draw(name, CHARTS[name][0].assign(city=["X", "X", "Q"]))


@pytest.mark.parametrize("name", LABELLED)
@pytest.mark.parametrize("column", ["term", "english"])
def test_a_missing_label_is_refused(name, column, draw):
    with pytest.raises(ValueError, match=f"^{column} is missing in [12] of [23] rows"):
        draw(name, TERMS.assign(**{column: TERMS[column].where([False, True, True])}))


@pytest.mark.parametrize("name", ["rank", "scatter", "cloud"])
@pytest.mark.parametrize(("values", "low"), [([0, 0, 0], 3), ([1, -2, 3], 1)])
def test_zero_and_less_have_no_logarithm_and_no_size(name, values, low, draw):
    with pytest.raises(ValueError, match=f"^rate is zero or less in {low} of 3 rows"):
        draw(name, TERMS.assign(rate=values))


def test_colours_of_missing_groups_are_refused():
    with pytest.raises(ValueError, match="missing in 1 of 2 rows"):
        group_colours(pd.Series(["X", None]))


# A place that two rows want: two bars, two points and two lines; a cell and a word are refused by name.


def test_two_rows_of_one_term_are_two_bars(draw):
    figure, data = draw("bar", pd.concat([TERMS.head(2), TERMS.head(1).assign(rate=8.0)]))
    (ax,) = figure.axes
    assert [bar.get_width() for bar in ax.patches] == [30.0, 20.5, 8.0]
    assert np.diff([bar.get_y() for bar in ax.patches]) == pytest.approx([1, 1])
    assert [label.get_text()[:2] for label in ax.get_yticklabels()] == ["公安", "派出", "公安"]
    police, station = "公安 public security", "派出所 police station"
    assert data == [[police, 30.0], [station, 20.5], [police, 8.0]], "one group is no column"


def test_two_points_of_a_group_in_one_row_are_both_drawn(draw):
    figure, data = draw("dot", pd.concat([TERMS, TERMS.head(1).assign(rate=8.0)]))
    points = [row for points in figure.axes[0].collections for row in points.get_offsets().tolist()]
    assert sorted(points) == [[5.25, 2.0], [8.0, 0.0], [20.5, 1.0], [30.0, 0.0]]
    assert data[-1] == ["X", "公安 public security", 8.0]


def test_two_points_of_one_term_are_two_names(draw):
    figure, data = draw("scatter", pd.concat([TERMS.head(1), TERMS.head(1).assign(rate=8.0)]))
    assert sorted(text.xy[0] for text in figure.axes[0].texts) == [8.0, 30.0]
    assert data == [["公安 public security", 30.0, 1.0], ["公安 public security", 8.0, 1.0]]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("heat", r"Two rows are for one cell \(X, a\)"),
        ("cloud", r"Two rows are for one term \(公安\)"),
    ],
)
def test_a_cell_a_word_and_a_point_of_two_rows_are_refused_by_name(name, message, draw):
    with pytest.raises(ValueError, match=message):
        draw(name, pd.concat([TERMS, TERMS.head(1)]))


def test_a_word_that_finds_no_room_is_refused():
    steep = pd.DataFrame({"term": list("公安派出所群众警务站"), "rate": [10.0**-i for i in range(10)]})
    with pytest.raises(ValueError, match=r"[1-5] of 10 terms do not fit in the word cloud"):
        word_cloud(steep, "rate", "t")
    with pytest.raises(ValueError, match="The first terms are too long for the word cloud"):
        word_cloud(TERMS.assign(term=TERMS["term"] * 300), "rate", "t")


def test_a_cloud_draws_more_than_200_words(monkeypatch):
    drawn = []
    make = charts.WordCloud.to_array
    monkeypatch.setattr(charts.WordCloud, "to_array", lambda cloud: drawn.append(cloud) or make(cloud))
    many = pd.DataFrame({"term": [f"w{i}" for i in range(250)], "n": range(500, 250, -1)})
    assert word_cloud(many, "n", "t").metadata["table"].count("<tr>") == 250
    assert [placed[0][0] for placed in drawn[0].layout_] == many["term"].tolist()


# What is drawn is what the data have.


def test_the_bars_of_each_panel_are_the_rows_of_its_group(draw):
    figure, data = draw("bar")
    (ax,) = figure.axes
    assert [bar.get_width() for bar in ax.patches] == [row[-1] for row in data] == [30.0, 20.5, 5.25]
    assert [to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [COLOURS[name] for name in "XXY"]
    heads = {
        text.get_text().strip(): text.get_position()[1] for text in ax.texts if text.get_text()[0] == " "
    }
    places = [bar.get_y() for bar in ax.patches]
    assert heads["X"] < places[0] < places[1] < heads["Y"] < places[2]


def test_the_cells_of_a_grid_are_its_rows_and_the_others_are_blank(draw):
    figure, data = draw("heat")
    texts = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    assert texts == {(0, 0): "30.0", (1, 0): "20.5", (2, 0): "", (0, 1): "", (1, 1): "", (2, 1): "5.2"}
    assert [row[0] for row in data] == ["X", "Y"]
    assert [row[1:] for row in data] == [["30.0", "20.5", ""], ["", "", "5.2"]]


def test_a_curve_falls_through_the_values_of_its_group(draw):
    figure, data = draw("rank", TERMS.sort_values("rate"))
    lines = {line.get_color(): line.get_xydata().tolist() for line in figure.axes[0].lines}
    assert lines == {COLOURS["X"]: [[1.0, 30.0], [2.0, 20.5]], COLOURS["Y"]: [[1.0, 5.25]]}
    assert data == [["X", 1, 30.0], ["X", 2, 20.5], ["Y", 1, 5.25]]
    ends = {text.get_text() for text in figure.axes[0].texts}
    assert ends == {"X: 2 different words", "Y: 1 different words"}


def test_no_chart_has_a_formula_for_a_label(draw):
    for name in CHARTS:
        figure, _ = draw(name, CHARTS[name][0])
        figure.canvas.draw()
        labels = [
            label.get_text() for ax in figure.axes for label in (*ax.get_xticklabels(), *ax.get_yticklabels())
        ]
        assert not [label for label in labels if "$" in label], name


def test_a_period_says_how_many_figures_it_has(draw):
    figure, data = draw("period")
    said = ["2019 to 2020  (2)", "2019 to 2020  (1)"]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == said
    assert [text.get_text().strip() for text in figure.axes[0].texts] == ["X", "Y"]
    assert data == [["X", "2019 to 2020", 2], ["Y", "2019 to 2020", 1]]


def test_periods_without_any_known_end_are_counted(draw):
    _, data = draw("period", FIGURES.assign(period_start="unknown", period_end=""))
    assert data == [["X", "period unknown", 2], ["Y", "period unknown", 1]]


def test_a_period_of_long_ago_leaves_the_chart_with_an_arrow(draw):
    long_ago = FIGURES.assign(period_start=["1949", "2019", "1949"], period_end=["1950", "2020", "2020"])
    figure, data = draw("period", long_ago)
    (ax,) = figure.axes
    assert ax.get_xlim()[0] > 2000
    assert [line.get_marker() for line in ax.lines] == ["<", "<"]
    assert len(ax.patches) == len(data) - 1 == 2


# Groups need not be text, and columns of the corpus's own do not come between.


@pytest.mark.parametrize("name", COLOURED)
def test_groups_that_are_numbers_are_drawn_as_their_names_are(name):
    frame, chart, *_ = CHARTS[name]
    numbers = frame.replace({"X": 1, "Y": 2}).infer_objects()
    assert numbers["city"].dtype.kind == "i"
    words = frame.replace({"X": "1", "Y": "2"})
    image, other = (chart(groups, group_colours(groups["city"])) for groups in (numbers, words))
    assert (image.data, image.alt, image.metadata) == (other.data, other.alt, other.metadata)


FOREIGN = [
    *(
        "height",
        "row",
        "amount",
        "value",
        "group",
        "column",
        "x",
        "y",
        "left",
        "right",
        "last",
        "start",
        "end",
    ),
    *("article", "home", "kind", "rule", "length", "index", "level_0", "size", "n", "_key", 0),
]


@each_chart
def test_a_foreign_column_changes_nothing(name):
    frame, chart, *_ = CHARTS[name]
    foreign = {column: "foreign" for column in FOREIGN if column not in frame}
    carried = pd.concat([frame, pd.DataFrame(foreign, index=frame.index)], axis=1)
    image, other = chart(frame, COLOURS), chart(carried, COLOURS)
    assert (image.data, image.alt, image.metadata) == (other.data, other.alt, other.metadata)


@pytest.mark.parametrize("group", ["row", "group", "label_of", "value"])
def test_a_column_to_group_by_may_have_any_name(group):
    renamed = TERMS.rename(columns={"city": group})
    plain, other = (
        dot_chart(TERMS, "rate", "t", "city", COLOURS),
        dot_chart(renamed, "rate", "t", group, COLOURS),
    )
    assert plain.data == other.data
    assert plain.metadata["table"].replace(">city<", f">{group}<") == other.metadata["table"]


def test_more_groups_than_markers_are_refused():
    with pytest.raises(ValueError, match="8 colours, but only 7 markers"):
        dot_chart(TERMS, "rate", "t", "city", dict.fromkeys("XYZabcde", "#000000"))


def test_a_heat_map_may_have_rows_named_as_its_table_is(draw):
    renamed = TERMS.rename(columns={"city": "column", "doc_id": "row"})
    _, data = heat_map(renamed, "rate", "t", "column", "row")
    assert [row[0] for row in data] == ["X", "Y"]


def test_an_axis_column_of_another_meaning_is_refused_by_name():
    with pytest.raises(ValueError, match=r"more than one comparable_set.*rename it"):
        bar_chart(TERMS.assign(comparable_set=["north", "south", "south"]), "rate", "t")


def test_figures_set_large_keep_their_order_and_escape_the_corpus():
    frame = pd.DataFrame({"number": ["≥ 8", "<5"], "label": ["b", "a"], "note": "a:1", "city": ["Y", "X"]})
    html = show_figures(frame, "Two figures.", "city").data
    assert html.index(">≥ 8<") < html.index(">&lt;5<")
    with pytest.raises(ValueError, match="note is missing in 1 of 2 rows"):
        show_figures(frame.assign(note=["a:1", None]), "Two figures.", "city")

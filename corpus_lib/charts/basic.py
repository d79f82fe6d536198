"""Frame -> charts of one measure: bars, dots, Zipf's curve, a heat map, a word cloud."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from IPython.display import Image
from pylopdf_fonts_zh_cn import sans_path
from wordcloud import WordCloud

from corpus_lib.charts.canvas import canvas, to_image
from corpus_lib.charts.colours import GREY, PALETTE, marked
from corpus_lib.charts.labels import alt_text, axis_name, chart_table, groups_of, listed, row_labels
from corpus_lib.charts.refusals import refuse_colourless, refuse_low, refuse_repeated
from corpus_lib.charts.tables import short

# The colour scale ends above the largest number, so that black digits stay legible in the darkest cell.
PALER = 1.6

# The look of a point; the white edge separates points that overlap.
POINT: dict[str, Any] = {"s": 50, "edgecolors": "white", "linewidths": 0.8, "zorder": 3}


def bar_chart(
    frame: pd.DataFrame, value: str, title: str, by: str | None = None, colours: dict[str, str] | None = None
) -> Image:
    """Draw one bar per row, in the order given; with `by`, one panel per group, all on one scale.

    In: `frame` with `term, english` (or `label`), the column `value`, and `by` if given. Bars start at zero
    and show their number. Two rows give two bars, even with equal labels. More than about twenty bars are
    hard to read. Raises ValueError for a missing number, label or unit, and for a group without a colour.

    >>> bar_chart(pd.DataFrame({"label": ["police"], "n": [2]}), "n", "Police leads").alt
    'Bar chart: Police leads. occurrences (count). police 2.'
    """
    drawn = chart_table(frame, {"value": value}, {} if by is None else {"group": by})
    drawn, axis = drawn.assign(label=row_labels(frame)), axis_name(frame, value)
    if by is not None and colours is not None:
        refuse_colourless(drawn["group"], by, colours)
    panels = groups_of(drawn)
    height, sizes = 0.9 + 0.55 * len(panels) + 0.27 * len(drawn), [len(part) for _, part in panels]
    with canvas(title, axis, height, sizes) as (figure, axes):
        for ax, (name, part) in zip(axes, panels, strict=True):
            bars = ax.barh(part.index, part["value"], color=(colours or {}).get(name, PALETTE[0]), height=0.7)
            ax.bar_label(bars, [short(value) for value in part["value"]], padding=3, color=GREY, fontsize=8.5)
            ax.set_yticks(part.index, part["label"])
            ax.invert_yaxis()
            ax.set_title(name, loc="left", fontsize=10, color=GREY)
            ax.set_xlim(min(0.0, 1.12 * drawn["value"].min()), max(1.12 * drawn["value"].max(), 1e-9))
        return to_image(figure, alt_text("Bar chart", title, axis, listed(drawn, "group", "label")))


def dot_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw one row per label with the points of each group, to compare groups term by term.

    In: `frame` with `term, english` (or `label`), the group column `by` and `value`. A group may have several
    points in a row, such as one per article. A term that a group lacks needs a row with zero; without that
    row its point is missing, which looks like no data. Raises ValueError as `bar_chart` does, and for more
    groups than markers.

    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "city": ["X"]})
    >>> dot_chart(frame, "n", "One city", "city", {"X": "#0072B2"}).alt
    'Dot chart: One city. occurrences (count). X police 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"group": by}).assign(label=row_labels(frame))
    refuse_colourless(drawn["group"], by, colours)
    axis, labels = axis_name(frame, value), list(dict.fromkeys(drawn["label"]))
    drawn = drawn.assign(row=drawn["label"].map(labels.index), group=drawn["group"].map(str))
    with canvas(title, axis, 1.4 + 0.3 * len(labels)) as (figure, (ax,)):
        for name, colour, marker in marked(colours):
            part = drawn[drawn["group"] == name]
            ax.scatter(part["value"], part["row"], color=colour, marker=marker, label=name, **POINT)
        ax.grid(axis="y", color="#e6e6e6")
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(len(labels) - 0.4, -0.6)
        ax.set_xlim(left=min(0.0, 1.05 * drawn["value"].min()) - 0.02 * drawn["value"].abs().max())
        figure.legend(loc="outside upper right", ncols=len(colours), frameon=False)
        return to_image(figure, alt_text("Dot chart", title, axis, listed(drawn, "group", "label")))


def zipf_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw Zipf's curve: each group's terms from the most to the least used, on logarithmic axes.

    In: `frame` with the group column `by` and `value`, a count or a rate above zero. Source: Zipf (1949),
    "Human Behavior and the Principle of Least Effort". Counts from texts of different lengths give curves of
    different heights: use rates to compare groups. Raises ValueError for a value of zero or less, and for a
    group without a colour.

    >>> frame = pd.DataFrame({"n": [9, 3], "city": "X"})
    >>> zipf_chart(frame, "n", "Zipf", "city", {"X": "#0072B2"}).alt[-24:]
    'X: first 9, hundredth 3.'
    """
    drawn = chart_table(frame, {"value": value}, {"group": by}).sort_values("value", ascending=False)
    refuse_colourless(drawn["group"], by, colours)
    refuse_low(drawn["value"], value, "logarithm")
    axis, tops = axis_name(frame, value), []
    with canvas(title, "rank of the word (1 = most used)", 4.6) as (figure, (ax,)):
        for name, part in groups_of(drawn):
            first, hundredth = (short(part["value"].iloc[i]) for i in (0, min(99, len(part) - 1)))
            tops.append(f"{name}: first {first}, hundredth {hundredth}")
            label = f"{name} ({len(part):,} types)"
            ax.loglog(part.index + 1, part["value"], color=colours[name], label=label)
        for scale in (ax.xaxis, ax.yaxis):  # the default labels are formulas, which this style does not set
            scale.set_major_formatter("{x:,g}")
            scale.set_minor_formatter("")
        ax.legend(frameon=False)
        ax.set_ylabel(axis)
        return to_image(figure, alt_text("Line chart, both axes logarithmic", title, axis, tops))


def heat_map(frame: pd.DataFrame, value: str, title: str, rows: str, columns: str) -> Image:
    """Draw a heat map with the number in each cell; a cell without a row is blank.

    In: `frame` with the columns `rows`, `columns` and `value`, one row per cell. Rows and columns keep the
    order of the frame. Cells in different units must not be compared, because one scale colours all. Raises
    ValueError for a cell with two rows, and for a missing number, name or unit.

    >>> frame = pd.DataFrame({"city": ["X"], "topic": ["party"], "n": [2]})
    >>> heat_map(frame, "n", "One cell", "city", "topic").alt
    'Grid: One cell. occurrences (count). X party 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"row": rows, "column": columns})
    refuse_repeated(drawn, "cell", "row", "column")
    down, across = (list(dict.fromkeys(drawn[name])) for name in ("row", "column"))
    grid = drawn.pivot(index="row", columns="column", values="value").reindex(index=down, columns=across)
    axis = axis_name(frame, value)
    with canvas(title, f"{columns}; in the cells: {axis}", 1.6 + 0.36 * len(grid)) as (figure, (ax,)):
        darkest = PALER * max(drawn["value"].max(), 1e-9)
        ax.imshow(grid.to_numpy(dtype=float), cmap="Blues", vmin=0, vmax=darkest, aspect="auto")
        ax.grid(visible=False)
        for (i, j), number in np.ndenumerate(grid):
            ax.text(j, i, short(number), ha="center", va="center", fontsize=8.5)
        slope = 30 if len(across) <= 8 else 60  # steeper where columns are too narrow for their names
        ax.set_xticks(range(len(across)), across, rotation=slope, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(len(down)), down)
        ax.set_ylabel(rows)
        return to_image(figure, alt_text("Grid", title, axis, listed(drawn, "row", "column")))


def word_cloud(frame: pd.DataFrame, value: str, title: str) -> Image:
    """Draw a word cloud, in which the size of a word shows its value.

    In: `frame` with `term` and `value`, above zero, one row per term. A cloud exaggerates long words, has no
    axes, and its positions mean nothing: put a bar chart beside it. Raises ValueError for a repeated term,
    for a value of zero or less, and where terms do not fit.

    >>> word_cloud(pd.DataFrame({"term": ["police"], "n": [2]}), "n", "One word").alt
    'Word cloud: One word. size: occurrences (count). police 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"term": "term"})
    refuse_repeated(drawn, "term", "term")
    refuse_low(drawn["value"], value, "size in a word cloud")
    glossed = "english" in frame or "label" in frame
    drawn = drawn.assign(label=row_labels(frame) if glossed else drawn["term"])
    with canvas(title, "", 4.2) as (figure, (ax,)):
        ax.imshow(_place_terms(drawn), interpolation="bilinear")
        ax.set_axis_off()
        items = listed(drawn, "label")
        return to_image(figure, alt_text("Word cloud", title, f"size: {axis_name(frame, value)}", items))


def _place_terms(drawn: pd.DataFrame) -> Any:
    """Place the terms of a word cloud in its picture; raise ValueError where one does not fit."""
    room = {"width": 1440, "height": 720, "max_words": len(drawn), "prefer_horizontal": 1.0}
    look = {"background_color": "white", "color_func": lambda *_, **__: PALETTE[0], "random_state": 0}
    cloud = WordCloud(font_path=str(sans_path()), **room, **look)
    try:
        cloud.generate_from_frequencies(dict(zip(drawn["term"].map(str), drawn["value"], strict=True)))
    except ValueError as error:
        raise ValueError("The first terms are too long for the word cloud: leave them out.") from error
    if left := len(drawn) - len(cloud.layout_):
        raise ValueError(f"{left} of {len(drawn)} terms do not fit in the word cloud: pass fewer terms.")
    return cloud.to_array()

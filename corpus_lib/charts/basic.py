"""Frame -> charts of one measure: bars, dots, Zipf's curve, a heat map, a word cloud."""

import numpy as np
import pandas as pd
from IPython.display import Image
from pylopdf_fonts_zh_cn import sans_path
from wordcloud import WordCloud

from corpus_lib.charts.canvas import GREY, PALETTE, alt_text, axis_name, canvas, listed, marked, to_image
from corpus_lib.charts.tables import chart_table, groups_of, refuse_repeated, refuse_rows, row_labels, short


def bar_chart(
    frame: pd.DataFrame, value: str, title: str, by: str | None = None, colours: dict[str, str] | None = None
) -> Image:
    """Draw one bar per row, in the order given; with `by`, one panel per group, all on one scale.

    In: `frame` with `term, english` (or `label`), the column `value`, and `by` if given. More than about
    twenty bars are hard to read. Raises ValueError for a missing number, label, unit or colour.
    >>> bar_chart(pd.DataFrame({"label": ["police"], "n": [2]}), "n", "Police leads").alt
    'Bar chart: Police leads. occurrences (count). police 2.'
    """
    drawn = chart_table(frame, {"value": value}, {} if by is None else {"group": by}, colours)
    drawn, axis = drawn.assign(label=row_labels(frame)), axis_name(frame, value)
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

    In: as in `bar_chart`; a group may have several points in a row. A term that a group lacks needs a row
    with zero, or it looks like no data. Raises ValueError also for more groups than markers.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "city": ["X"]})
    >>> dot_chart(frame, "n", "One city", "city", {"X": "#0072B2"}).alt
    'Dot chart: One city. occurrences (count). X police 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"group": by}, colours).assign(label=row_labels(frame))
    drawn["row"], labels = pd.factorize(drawn["label"])
    axis = axis_name(frame, value)
    with canvas(title, axis, 1.4 + 0.3 * len(labels)) as (figure, (ax,)):
        for name, colour, marker in marked(colours):
            part = drawn[drawn["group"].map(str) == name]
            x, y = part["value"], part["row"]  # a white edge separates points that overlap
            ax.scatter(x, y, s=50, color=colour, marker=marker, label=name, ec="white", lw=0.8, zorder=3)
        ax.grid(axis="y", color="#e6e6e6")
        ax.set(yticks=range(len(labels)), yticklabels=labels, ylim=(len(labels) - 0.4, -0.6))
        ax.set_xlim(left=min(0.0, 1.05 * drawn["value"].min()) - 0.02 * drawn["value"].abs().max())
        figure.legend(loc="outside upper right", ncols=len(colours), frameon=False)
        return to_image(figure, alt_text("Dot chart", title, axis, listed(drawn, "group", "label")))


def zipf_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw Zipf's curve: each group's terms from the most to the least used, on logarithmic axes.

    In: the group column `by` and `value`, above zero; counts of a longer text are higher, rates need not be.
    Source: Zipf (1949), "Human Behavior and the Principle of Least Effort". Raises ValueError for 0 or less.
    >>> zipf_chart(pd.DataFrame({"n": [9, 3], "city": "X"}), "n", "Zipf", "city", {"X": "#0072B2"}).alt[-24:]
    'X: first 9, hundredth 3.'
    """
    drawn = chart_table(frame, {"value": value}, {"group": by}, colours)
    refuse_rows(drawn["value"] <= 0, f"{value} is zero or less", "they have no logarithm, so drop them")
    axis, tops = axis_name(frame, value), []
    with canvas(title, "rank of the word (1 = most used)", 4.6) as (figure, (ax,)):
        for name, part in groups_of(drawn.sort_values("value", ascending=False)):
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

    In: `rows`, `columns` (both keep their order) and `value`, one row per cell, all in one unit, because one
    scale colours all. Raises ValueError for a cell with two rows, and for a missing number, name or unit.
    >>> frame = pd.DataFrame({"city": ["X"], "topic": ["party"], "n": [2]})
    >>> heat_map(frame, "n", "One cell", "city", "topic").alt
    'Grid: One cell. occurrences (count). X party 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"row": rows, "column": columns})
    axis = axis_name(frame, value)
    refuse_repeated(drawn, "cell", "row", "column")
    grid = drawn.pivot(index="row", columns="column", values="value")
    grid = grid.reindex(index=drawn["row"].unique(), columns=drawn["column"].unique())
    with canvas(title, f"{columns}; in the cells: {axis}", 1.6 + 0.36 * len(grid)) as (figure, (ax,)):
        # The scale ends above the largest number, so that black digits stay legible in the darkest cell.
        darkest = 1.6 * max(drawn["value"].max(), 1e-9)
        ax.imshow(grid.to_numpy(), cmap="Blues", vmin=0, vmax=darkest, aspect="auto")
        ax.grid(visible=False)
        for (i, j), number in np.ndenumerate(grid):
            ax.text(j, i, short(number), ha="center", va="center", fontsize=8.5)
        ax.xaxis.tick_top()  # heads on top, as in a table; slanted where columns are too narrow for them
        angle, side = (0, "center") if grid.shape[1] <= 6 else (45, "left")
        ax.set_xticks(range(grid.shape[1]), grid.columns, rotation=angle, ha=side, rotation_mode="anchor")
        ax.set(yticks=range(len(grid)), yticklabels=grid.index, ylabel=rows)
        return to_image(figure, alt_text("Grid", title, axis, listed(drawn, "row", "column")))


def word_cloud(frame: pd.DataFrame, value: str, title: str) -> Image:
    """Draw a word cloud, in which the size of a word shows its value.

    In: `term` and `value`, above zero. A cloud exaggerates long words, and its positions mean nothing: put a
    bar chart beside it. Raises ValueError for a repeated term, for zero or less, and where terms do not fit.
    >>> word_cloud(pd.DataFrame({"term": ["police"], "n": [2]}), "n", "One word").alt
    'Word cloud: One word. size: occurrences (count). police 2.'
    """
    drawn, axis = chart_table(frame, {"value": value}, {"label": "term"}), axis_name(frame, value)
    refuse_repeated(drawn, "term", "label")
    refuse_rows(drawn["value"] <= 0, f"{value} is zero or less", "they have no size in a cloud, so drop them")
    with canvas(title, "", 4.2) as (figure, (ax,)):
        ax.imshow(_place_terms(drawn.set_index("label")["value"]), interpolation="bilinear")
        ax.set_axis_off()
        said = drawn.assign(label=row_labels(frame)) if {"english", "label"} & set(frame) else drawn
        return to_image(figure, alt_text("Word cloud", title, f"size: {axis}", listed(said, "label")))


def _place_terms(values: "pd.Series[float]") -> np.ndarray:
    """Place the terms of a word cloud in its picture; raise ValueError where one does not fit."""
    room = {"width": 1440, "height": 720, "max_words": len(values), "prefer_horizontal": 1.0}
    look = {"background_color": "white", "color_func": lambda *_, **__: PALETTE[0], "random_state": 0}
    cloud = WordCloud(font_path=str(sans_path()), **room, **look)
    try:
        cloud.generate_from_frequencies(values.rename(str).to_dict())
    except ValueError as error:
        raise ValueError("The first terms are too long for the word cloud: leave them out.") from error
    if left := len(values) - len(cloud.layout_):
        raise ValueError(f"{left} of {len(values)} terms do not fit in the word cloud: pass fewer terms.")
    return np.asarray(cloud.to_array())

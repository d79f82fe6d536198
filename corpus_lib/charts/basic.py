"""Frame -> charts of one measure: bars, dots, Zipf's curve, a heat map, a word cloud."""

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from pylopdf_fonts_zh_cn import sans_path
from wordcloud import WordCloud

from corpus_lib.charts import canvas as c
from corpus_lib.charts import tables as t

# A cell of a heat map is outlined if it is at least this many times the next of its row.
OUTLIER = 2
# The number of words of a cloud, its largest ones, that have their gloss under it.
GLOSSED = 10


def bar_chart(
    frame: pd.DataFrame, value: str, title: str, by: str | None = None, colours: dict[str, str] | None = None
) -> Image:
    """Draw one bar per row, in the order given; with `by`, one block per group, all on one scale.

    In: `frame` with `term, english` (or `label`), the column `value`, and `by` if given. The numbers at the
    bars replace an axis. More than about twenty bars are hard to read. Raises ValueError for a missing
    number, label, unit or colour.
    >>> bar_chart(pd.DataFrame({"label": ["police"], "n": [2]}), "n", "Police leads").alt
    'Bar chart: Police leads. Highest: police, 2.'
    """
    drawn = t.chart_table(frame, {"value": value}, {} if by is None else {"group": by}, colours)
    drawn, axis = drawn.assign(label=t.row_labels(frame)), c.axis_name(frame, value)
    data, (drawn, heads) = t.data_table(drawn, group=by, label="item", value=axis), t.stack_rows(drawn)
    shades = [(colours or {}).get(name, c.PALETTE[0]) for name in drawn.get("group", drawn["label"])]
    with c.canvas(title, axis, 0.25 + c.ROW * (drawn["y"].max() + 1)) as (figure, ax):
        bars = ax.barh(drawn["y"], drawn["value"], color=shades, height=0.72)
        ax.bar_label(bars, t.alike(drawn["value"]), padding=4)
        c.place_rows(ax, drawn, heads)
        ax.set(xticks=[], xlim=(min(0.0, 1.1 * drawn["value"].min()), max(1.1 * drawn["value"].max(), 1e-9)))
        ax.spines["bottom"].set_visible(False)
        return c.to_image(figure, "Bar chart", data)


def dot_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw one row per label with the points of each group, to compare groups term by term.

    In: as in `bar_chart`; a group may have several points in a row, and a group whose colour is "white" is
    hollow. A term that a group lacks needs a row with zero, or it looks like no data. Values above zero of
    which the largest is more than 100 times the smallest are drawn on a logarithmic axis. Raises ValueError
    also for more groups than markers.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "city": ["X"]})
    >>> dot_chart(frame, "n", "One city", "city", {"X": "#0072B2"}).alt
    'Dot chart: One city. Highest: X, police, 2.'
    """
    drawn = t.chart_table(frame, {"value": value}, {"group": by}, colours).assign(label=t.row_labels(frame))
    if len(colours) > len(c.MARKERS):
        raise ValueError(f"There are {len(colours)} colours, but only 7 markers: draw fewer groups.")
    drawn["y"], labels = pd.factorize(drawn["label"])
    low, high, axis = drawn["value"].min(), drawn["value"].max(), c.axis_name(frame, value)
    wide, height = 0 < c.WIDE * low < high, 0.75 + sum(0.24 + 0.13 * label.count("\n") for label in labels)
    with c.canvas(title, f"{axis}, on a logarithmic scale" if wide else axis, height) as (figure, ax):
        for (name, colour), marker in zip(colours.items(), c.MARKERS, strict=False):
            part = drawn[drawn["group"] == name]  # a white edge separates points that overlap
            fill, edge, lw = (colour, "black", 1.8) if colour == "white" else (colour, "white", 0.8)
            x, y = part["value"], part["y"]
            ax.scatter(x, y, s=60, marker=marker, label=name, zorder=3, c=fill, edgecolors=edge, lw=lw)
        ax.grid(axis="y", color="#e6e6e6")
        c.place_rows(ax, drawn.drop_duplicates("label"), {})
        ax.set(xlim=(min(0.0, 1.05 * low) - 0.02 * max(abs(low), abs(high)), None))
        if wide:
            ax.set(xscale="log", xlim=(0.7 * low, 1.4 * high))
            c.plain_ticks(ax.xaxis, drawn["value"])
        c.add_legend(figure, ax)
        return c.to_image(figure, "Dot chart", t.data_table(drawn, group=by, label="item", value=axis))


def zipf_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw Zipf's curve: each group's terms from the most to the least used, on logarithmic axes.

    In: the group column `by` and `value`, above zero; counts of a longer text are higher, rates need not be.
    Its data are the values at ranks 1, 2, 5, 10, 20 and so on. Raises ValueError for 0 or less.
    Source: Zipf (1949), "Human Behavior and the Principle of Least Effort".
    >>> zipf_chart(pd.DataFrame({"n": [9, 3], "city": "X"}), "n", "Zipf", "city", {"X": "#0072B2"}).alt
    'Line chart: Zipf. Highest: 1, 9. Lowest: 2, 3.'
    """
    drawn = t.chart_table(frame, {"value": value}, {"group": by}, colours)
    t.refuse_rows(drawn["value"] <= 0, f"{value} is zero or less", "they have no logarithm, so drop them")
    drawn = drawn.sort_values(["group", "value"], ascending=[True, False])
    drawn["rank"] = drawn.groupby("group").cumcount() + 1
    axis, rank = c.axis_name(frame, value), "rank of the word (1 = most used)"
    some = drawn[drawn["rank"].isin([step * 10**power for power in range(7) for step in (1, 2, 5)])]
    with c.canvas(title, f"Up: {axis}. Across: {rank}. Both scales are logarithmic", 4.0) as (figure, ax):
        ax.set(xscale="log", yscale="log")
        ax.grid(axis="y", color="#e6e6e6")
        ends = drawn.groupby("group").tail(1).sort_values(["value", "rank"], ascending=[True, False])
        for i, (end, size, name) in enumerate(ends[["value", "rank", "group"]].to_numpy()):
            ax.plot("rank", "value", data=drawn[drawn["group"] == name], color=colours[name], lw=2)
            look = {"arrowstyle": "-", "color": colours[name], "lw": 1.2, "relpos": (0, 0.5), "shrinkB": 0}
            place = ((size, end), (1.03, 0.04 + 0.07 * i), "data", "axes fraction", look)
            ax.annotate(f"{name}: {size:,} different words", *place, va="center")
        c.plain_ticks(ax.xaxis, drawn["rank"])
        c.plain_ticks(ax.yaxis, drawn["value"])
        return c.to_image(figure, "Line chart", t.data_table(some, group=by, rank=rank, value=axis))


def heat_map(frame: pd.DataFrame, value: str, title: str, rows: str, columns: str) -> Image:
    """Draw a heat map with the number in each cell; a cell without a row is blank.

    In: `rows`, `columns` (both keep their order) and `value`, one row per cell, all in one unit, because one
    scale colours all. The largest cell of a row is outlined if it is at least twice the next. Raises
    ValueError for a cell with two rows, and for a missing number, name or unit.
    >>> frame = pd.DataFrame({"city": ["X"], "topic": ["party"], "n": [2]})
    >>> heat_map(frame, "n", "One cell", "city", "topic").alt
    'Grid: One cell. Highest: X, party, 2.'
    """
    drawn = t.chart_table(frame, {"value": value}, {"row": rows, "column": columns})
    t.refuse_repeated(drawn, "cell", "row", "column")
    grid = drawn.pivot(index="row", columns="column", values="value")
    grid = grid.reindex(index=drawn["row"].unique(), columns=drawn["column"].unique())
    said = c.extremes(drawn[["row", "column", "value"]])
    out, texts = _outliers(grid), t.alike(pd.Series(grid.to_numpy().ravel()))
    axis = f"{c.axis_name(frame, value)}, by {rows}"
    axis += "; outlined: at least twice the next of its row" if out else ""
    with c.canvas(title, axis, 0.7 + c.ROW * len(grid)) as (figure, ax):
        # The scale ends above the largest number, so that black digits stay legible in the darkest cell.
        darkest = 1.6 * max(drawn["value"].max(), 1e-9)
        ax.imshow(grid.to_numpy(), cmap="Blues", vmin=0, vmax=darkest, aspect="auto")
        ax.grid(visible=False)
        for (i, j), text in zip(np.ndindex(grid.shape), texts, strict=True):
            ax.text(j, i, text, ha="center", va="center")
        for row, column in out:
            ax.add_patch(Rectangle((column - 0.47, row - 0.43), 0.94, 0.86, fill=False, lw=1.8))
        _head_columns(ax, list(grid.columns), columns)
        ax.set(yticks=range(len(grid)), yticklabels=grid.index)
        ax.spines[:].set_visible(False)
        data = pd.DataFrame(np.reshape(texts, grid.shape), grid.index.rename(rows), grid.columns)
        return c.to_image(figure, "Grid", data.reset_index(), said)


def _head_columns(ax: Axes, names: list[str], title: str) -> None:
    """Write the heads on top, as in a table, and slanted where the columns are too narrow for them."""
    angle, side = (0, "center") if len(names) <= 6 else (45, "left")
    ax.xaxis.tick_top()
    ax.set_xticks(range(len(names)), names, rotation=angle, ha=side, va="baseline", rotation_mode="anchor")
    ax.tick_params("x", labelsize=c.SMALL)
    ax.set_xlabel(title, loc="left", color=c.GREY)
    ax.xaxis.set_label_position("top")


def _outliers(grid: pd.DataFrame) -> list[tuple[int, int]]:
    """List row and column of each cell that is at least OUTLIER times the next largest of its row."""
    order = grid.rank(axis=1, method="first", ascending=False)
    first, second = (grid.where(order == place).max(axis=1) for place in (1, 2))
    rows = np.flatnonzero((first > 0) & (first >= OUTLIER * second))
    return [(int(row), int(np.nanargmin(order.to_numpy()[row]))) for row in rows]


def word_cloud(frame: pd.DataFrame, value: str, title: str) -> Image:
    """Draw a word cloud, in which the size of a word shows its value; under it, glosses of the ten largest.

    In: `term`, `value`, above zero, and `english` for the glosses. A cloud exaggerates long words, and its
    positions mean nothing: put a bar chart beside it. Raises ValueError for a repeated term, for zero or
    less, and where terms do not fit.
    >>> word_cloud(pd.DataFrame({"term": ["police"], "n": [2]}), "n", "One word").alt
    'Word cloud: One word. Highest: police, 2.'
    """
    drawn, axis = t.chart_table(frame, {"value": value}, {"label": "term"}), c.axis_name(frame, value)
    t.refuse_repeated(drawn, "term", "label")
    nothing = drawn["value"] <= 0
    t.refuse_rows(nothing, f"{value} is zero or less", "they have no size in a cloud, so drop them")
    with c.canvas(title, f"size of a word: {axis}", 3.6) as (figure, ax):
        ax.imshow(
            _place_terms(drawn.set_index("label")["value"].rename(t.drawable)), interpolation="bilinear"
        )
        ax.set_axis_off()
        if {"english", "label"} & set(frame):
            drawn["label"] = t.row_labels(frame)
            largest = drawn.nlargest(GLOSSED, "value")["label"].str.replace(" ", "\u00a0")
            ax.text(0, -0.03, c.wrapped("\u00a0· ".join(largest), 92), transform=ax.transAxes, va="top")
        return c.to_image(figure, "Word cloud", t.data_table(drawn, label="item", value=axis))


def _place_terms(values: "pd.Series[float]") -> np.ndarray:
    """Place the terms of a word cloud in its picture; raise ValueError where one does not fit."""
    room = {"width": 1440, "height": 720, "max_words": len(values), "prefer_horizontal": 1.0}
    look = {"background_color": "white", "color_func": lambda *_, **__: c.PALETTE[0], "random_state": 0}
    cloud = WordCloud(font_path=str(sans_path()), **room, **look)
    try:
        cloud.generate_from_frequencies(values.rename(str).to_dict())
    except ValueError as error:
        raise ValueError("The first terms are too long for the word cloud: leave them out.") from error
    if left := len(values) - len(cloud.layout_):
        raise ValueError(f"{left} of {len(values)} terms do not fit in the word cloud: pass fewer terms.")
    return np.asarray(cloud.to_array())

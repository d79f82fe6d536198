"""Figures -> charts in which only the figures of one comparable set share a scale."""

from math import isnan
from textwrap import fill

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts.canvas import GREY, MARKERS, alt_text, canvas, to_image
from corpus_lib.charts.tables import chart_table, figure_labels, period_words, short, written_amounts

# The marker of a hedged figure points to the side on which the true value may lie.
POINTS = {"at_least": ">", "at_most": "<"}
# In characters: the length of a line in a cell of a grid.
CELL = 19
# In years: the shortest visible bar, the dots before an end without a known start, and the dots after a
# start without a known end, which are short because the date of the article limits them.
SHORTEST, DOTS_BEFORE, DOTS_AFTER = 0.12, 2.0, 0.4


def comparable_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw one row per figure; figures that may not be compared have different scales.

    In: figures as `group_comparable` gives them, with `english` (the unit) and `by` (for the colours). Each
    scale names its end. The point > means "this or more", < "this or less". Only figures of one
    `comparable_set` have bars: do not compare others. Raises ValueError for a missing column, cell or colour.
    >>> texts = "doc_id area unit qualifier direction population comparison english period_start period_end"
    >>> row = dict.fromkeys(texts.split(), "") | {"comparable_set": 1, "measure": "officers", "city": "X"}
    >>> frame = pd.DataFrame([row | {"value": 3.0, "value_to": float("nan")}])
    >>> comparable_chart(frame, "One figure", "city", {"X": "#0072B2"}).alt[-18:]
    'period unknown: 3.'
    """
    names = {name: name for name in ("comparable_set", "english", "population", "comparison")}
    drawn = written_amounts(frame, {"group": by} | names, colours).assign(label=figure_labels(frame))
    panels = [part for _, part in drawn.groupby("comparable_set", sort=False)]
    rows = [len(part) for part in panels]
    axis = "one scale" if len(rows) == 1 else "own scales: only bars on one scale may be compared"
    if max(rows) == 1:
        axis = "each row its own scale: not to be compared down the page"
    with canvas(title, axis, 0.7 + 0.62 * len(drawn) + 0.1 * len(rows), rows, share=False) as (figure, axes):
        for ax, part in zip(axes, panels, strict=True):
            _draw_scale(ax, part, colours)
        kinds = f"scales: {len(panels)}, figures: {len(drawn)}"
        items = list(drawn["label"] + ": " + drawn["amount"])
        return to_image(figure, alt_text("Rows with scales of their own", title, kinds, items))


def _draw_scale(ax: Axes, part: pd.DataFrame, colours: dict[str, str]) -> None:
    """Draw the figures of one scale: a point with its number, and a bar where they may be compared."""
    rows = part[["value", "last", "group", "qualifier", "amount"]].to_numpy()
    for i, (value, last, name, qualifier, amount) in enumerate(rows):
        colour, point = colours[str(name)], POINTS.get(qualifier, MARKERS[0])
        if len(part) > 1:  # a single figure has nothing to be compared with
            ax.plot([0, last], [i, i], color=colour, linewidth=3, alpha=0.5)
        ax.plot([value, last], [i, i], color=colour, marker=point, markersize=8, clip_on=False)
        ax.annotate(amount, (last, i), (0, 7), textcoords="offset points", ha="center", fontsize=9)
    least, most = part["value"].min(), part["last"].max()
    end = 100.0 if part["unit"].iloc[0] == "%" and most <= 100 else _round_up(most)
    ax.set_xticks([0, end], ["0", _end_label(part, end)], fontsize=7.5, color=GREY, ha="right")
    ax.set_yticks(range(len(part)), part["label"], fontsize=8)
    ax.set(xlim=(-_round_up(-least) if least < 0 else 0.0, end), ylim=(len(part) - 0.4, -0.75))


def _end_label(part: pd.DataFrame, end: float) -> str:
    """Label the end of a scale: a round number with its unit, or the whole of a percentage."""
    row, number = part.iloc[0], short(end)
    if row["unit"] != "%":
        return number if row["english"].startswith("(") else f"{number} ({row['english']})"
    if len(part.drop_duplicates(["population", "comparison", "direction"])) > 1:
        return f"{number}%"
    if row["direction"] in ("up", "down"):
        return f"{number}% {row['direction']} on {row['comparison']}"
    return f"{number}%" if row["population"] in UNKNOWN else f"{number}% of {row['population']}"


def _round_up(value: float) -> float:
    """Round up to the next of 1, 2, 5, 10, 20 … above the value; to 1 from zero or less."""
    size = 10.0 ** np.floor(np.log10(value)) if value > 0 else 1.0
    return float(next(step * size for step in (1, 2, 5, 10) if step * size > value))


def period_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw the periods of the figures: one row per group and period, with the number of its figures.

    In: `period_start, period_end` and the column `by`. From a known end, dots lead to an unknown one; their
    length means nothing. Raises ValueError for a missing column, cell or colour.
    >>> frame = pd.DataFrame({"period_start": ["2019"], "period_end": ["2021"], "city": ["X"]})
    >>> period_chart(frame, "One period", "city", {"X": "#0072B2"}).alt
    'Time line: One period. year. X: 2019 to 2021 (1).'
    """
    drawn = chart_table(frame, {}, {"group": by, "start": "period_start", "end": "period_end"}, colours)
    rows = drawn.groupby(["group", "start", "end"], sort=True).size().reset_index().to_numpy()
    labels = [f"{name}: {period_words(start, end)} ({n})" for name, start, end, n in rows]
    with canvas(title, "year", 0.9 + 0.27 * len(rows)) as (figure, (ax,)):
        for i, (name, start, end, _) in enumerate(rows):
            _draw_period(ax, i, start, end, colours[str(name)])
        ax.set(yticks=range(len(labels)), yticklabels=labels, ylim=(len(labels) - 0.4, -0.6))
        return to_image(figure, alt_text("Time line", title, "year", labels))


def _draw_period(ax: Axes, row: int, start: str, end: str, colour: str) -> None:
    """Draw one period: a bar between known ends, dots at an unknown end."""
    from_day = pd.NaT if start in UNKNOWN else pd.Period(start).start_time
    to_day = pd.NaT if end in UNKNOWN else pd.Period(end).end_time
    first, last = (day.year + (day.day_of_year - 1) / 366 for day in (from_day, to_day))
    if not isnan(first + last):
        ax.barh(row, max(last - first, SHORTEST), left=first, height=0.5, color=colour)
    elif isnan(first) and isnan(last):
        ax.annotate("?", (0, row), (6, 0), ax.get_yaxis_transform(), "offset points", color=GREY, va="center")
    else:
        known, dots = (last, last - DOTS_BEFORE) if isnan(first) else (first, first + DOTS_AFTER)
        ax.plot([known, dots], [row, row], color=colour, linestyle=(0, (1, 0.6)), linewidth=3)
        ax.plot([known], [row], color=colour, marker="|", markersize=9, markeredgewidth=2.5)


def figure_grid(frame: pd.DataFrame, title: str, rows: str, columns: str) -> Image:
    """Draw every figure as a printed number in a grid, such as subjects by articles.

    In: `value, value_to, unit, qualifier, direction`, `rows` (in their order), `columns` (sorted). The shade
    shows how many figures a cell has, not how large they are. Raises ValueError for a missing column or cell.
    >>> frame = pd.DataFrame({"value": [3.0], "value_to": float("nan"), "unit": "%", "qualifier": "exact"})
    >>> frame = frame.assign(direction="up", subject="crime", city="X")
    >>> figure_grid(frame, "One figure", "subject", "city").alt
    'Grid of numbers: One figure. subject by city. crime, X: 3%↑.'
    """
    drawn = written_amounts(frame, {"row": rows, "column": columns}, {})
    cells = drawn.groupby(["row", "column"])["amount"].agg(list).unstack().reindex(drawn["row"].unique())
    counts = cells.map(len, na_action="ignore").fillna(0).to_numpy(dtype=float)
    texts = cells.map(lambda cell: fill("   ".join(cell), CELL), na_action="ignore").fillna("")
    lines = texts.map(lambda text: text.count("\n") + 1).max(axis=1)
    edges = np.array([0.0, *np.cumsum(0.3 + 0.15 * lines)])
    middles = (edges[:-1] + edges[1:]) / 2
    with canvas(title, f"{columns}; darker: more figures (count)", 1.0 + edges[-1]) as (figure, (ax,)):
        shade = {"cmap": "Blues", "vmin": 0, "vmax": 3 * counts.max(), "edgecolors": "white", "linewidth": 2}
        ax.pcolormesh(np.arange(counts.shape[1] + 1), edges, counts, **shade)
        for (i, j), text in np.ndenumerate(texts):
            ax.text(j + 0.5, middles[i], text, ha="center", va="center", fontsize=7.5)
        ax.set(yticks=middles, yticklabels=cells.index, ylim=(edges[-1], 0))
        ax.set(xticks=np.arange(counts.shape[1]) + 0.5, xticklabels=cells.columns)
        ax.grid(visible=False)
        filled = cells.stack().dropna().reset_index().to_numpy()
        items = [f"{row}, {column}: {'; '.join(cell)}" for row, column, cell in filled]
        return to_image(figure, alt_text("Grid of numbers", title, f"{rows} by {columns}", items))

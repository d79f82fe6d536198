"""Figures -> charts in which only the figures of one comparable set share a scale."""

from __future__ import annotations

from itertools import product
from math import isnan, nan
from textwrap import fill

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts.canvas import canvas, to_image
from corpus_lib.charts.colours import GREY, MARKERS
from corpus_lib.charts.labels import alt_text, chart_table, figure_labels, period_words, written_amounts
from corpus_lib.charts.refusals import refuse_colourless
from corpus_lib.charts.tables import short

# The marker of a hedged figure points to the side on which the true value may lie.
POINTS = {"at_least": ">", "at_most": "<"}

# In characters: the length of a line in a cell of a grid.
CELL = 19

# In years: the shortest visible bar, the dots before an end without a known start, and the dots after a
# start without a known end, which are short because the date of the article limits them.
SHORTEST, DOTS_BEFORE, DOTS_AFTER = 0.12, 2.0, 0.4


def comparable_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw one row per figure; figures that may not be compared have different scales.

    In: figures as `group_comparable` gives them, with `english` (the unit in English) and the column `by` for
    the colours. Each label says what is measured, where and when. Each scale starts at zero and names its
    end, for a percentage also the whole. The point > means "this or more", < "this or less". Figures of one
    `comparable_set` share a scale, and only they have bars; do not compare other rows. Raises ValueError for
    a missing column or cell, and for a group without a colour.

    >>> row = dict.fromkeys(["unit", "qualifier", "direction", "population", "comparison"], "")
    >>> row |= {"doc_id": "a", "measure": "officers", "area": "Gulou", "period_start": "2020"}
    >>> row |= {"period_end": "2020", "value": 3.0, "value_to": float("nan"), "english": "people"}
    >>> frame = pd.DataFrame([row | {"comparable_set": 1, "city": "X"}])
    >>> comparable_chart(frame, "One figure", "city", {"X": "#0072B2"}).alt[-18:]
    'a: Gulou, 2020: 3.'
    """
    of = ["comparable_set", "english", "population", "comparison"]
    drawn = written_amounts(frame, {"group": by} | {column: column for column in of})
    refuse_colourless(drawn["group"], by, colours)
    last = drawn["value_to"].fillna(drawn["value"])
    drawn = drawn.assign(last=last, group=drawn["group"].map(str), label=figure_labels(frame))
    panels = [part for _, part in drawn.groupby("comparable_set", sort=False)]
    rows = [len(part) for part in panels]
    axis = "one scale" if len(rows) == 1 else "own scales: only bars on one scale may be compared"
    if max(rows) == 1:
        axis = "each row its own scale: not to be compared down the page"
    height = 0.7 + 0.62 * len(drawn) + 0.1 * len(panels)
    with canvas(title, axis, height, rows, share=False) as (figure, axes):
        for ax, part in zip(axes, panels, strict=True):
            _draw_scale(ax, part, colours)
        kinds = f"scales: {len(panels)}, figures: {len(drawn)}"
        items = list(drawn["label"] + ": " + drawn["amount"])
        return to_image(figure, alt_text("Rows with scales of their own", title, kinds, items))


def period_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw the periods of the figures: one row per group and period, with the number of its figures.

    In: figures with `period_start, period_end` and the column `by`. A period with an unknown start is a mark
    at its end with dots before it, and one with an unknown end has dots after its start; the length of the
    dots means nothing. A period with both ends unknown is a question mark at the left. Raises ValueError for
    a missing column or cell, and for a group without a colour.

    >>> frame = pd.DataFrame({"period_start": ["2019"], "period_end": ["2021"], "city": ["X"]})
    >>> period_chart(frame, "One period", "city", {"X": "#0072B2"}).alt
    'Time line: One period. year. X: 2019 to 2021 (1).'
    """
    drawn = chart_table(frame, {}, {"group": by, "start": "period_start", "end": "period_end"})
    refuse_colourless(drawn["group"], by, colours)
    sizes = drawn.groupby(["group", "start", "end"], sort=True).size().reset_index()
    rows = sizes.to_numpy().tolist()
    labels = [f"{name}: {period_words(start, end)} ({n})" for name, start, end, n in rows]
    with canvas(title, "year", 0.9 + 0.27 * len(rows)) as (figure, (ax,)):
        for i, (name, start, end, _) in enumerate(rows):
            _draw_period(ax, i, start, end, colours[str(name)])
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(len(labels) - 0.4, -0.6)
        return to_image(figure, alt_text("Time line", title, "year", labels))


def figure_grid(frame: pd.DataFrame, title: str, rows: str, columns: str) -> Image:
    """Draw every figure as a printed number in a grid, such as subjects by articles.

    In: figures with `value, value_to, unit, qualifier, direction` and the columns `rows` and `columns`. Rows
    keep the order of the frame, columns are sorted. The shade shows how many figures a cell has, not how
    large they are: the figures of one cell may have different units. Raises ValueError for a missing column
    or cell.

    >>> frame = pd.DataFrame({"value": [3.0], "value_to": float("nan"), "unit": "%", "qualifier": "exact"})
    >>> frame = frame.assign(direction="up", subject="crime", city="X")
    >>> figure_grid(frame, "One figure", "subject", "city").alt
    'Grid of numbers: One figure. subject by city. crime, X: 3%↑.'
    """
    drawn = written_amounts(frame, {"row": rows, "column": columns})
    down, across = list(dict.fromkeys(drawn["row"])), sorted(set(drawn["column"]))
    found = {place: list(part) for place, part in drawn.groupby(["row", "column"])["amount"]}
    cells = [[found.get((row, column), []) for column in across] for row in down]
    texts = [[fill("   ".join(cell), CELL) for cell in line] for line in cells]
    heights = [0.3 + 0.15 * max(text.count("\n") + 1 for text in line) for line in texts]
    edges = np.concatenate([[0.0], np.cumsum(heights)])
    with canvas(title, f"{columns}; darker: more figures (count)", 1.0 + edges[-1]) as (figure, (ax,)):
        _draw_grid(ax, edges, np.array([[len(cell) for cell in line] for line in cells], dtype=float), texts)
        ax.set_yticks((edges[:-1] + edges[1:]) / 2, down)
        ax.set_xticks(np.arange(len(across)) + 0.5, across)
        places = [place for place in product(down, across) if place in found]
        items = [f"{row}, {column}: {'; '.join(found[row, column])}" for row, column in places]
        return to_image(figure, alt_text("Grid of numbers", title, f"{rows} by {columns}", items))


def _draw_grid(ax: Axes, edges: np.ndarray, counts: np.ndarray, texts: list[list[str]]) -> None:
    """Shade each cell by the number of its figures, and write the figures in it."""
    shade = {"cmap": "Blues", "vmin": 0, "vmax": 3 * counts.max()}
    ax.pcolormesh(np.arange(counts.shape[1] + 1), edges, counts, **shade, edgecolors="white", linewidth=2)
    for i, j in np.ndindex(counts.shape):
        middle = (edges[i] + edges[i + 1]) / 2
        ax.text(j + 0.5, middle, texts[i][j], ha="center", va="center", fontsize=7.5)
    ax.set_ylim(edges[-1], 0)
    ax.grid(visible=False)


def _draw_scale(ax: Axes, part: pd.DataFrame, colours: dict[str, str]) -> None:
    """Draw the figures of one scale: a point with its number, and a bar where they may be compared."""
    rows = part[["value", "last", "group", "qualifier", "amount"]].to_numpy().tolist()
    for i, (value, last, name, qualifier, amount) in enumerate(rows):
        colour, point = colours[name], POINTS.get(qualifier, MARKERS[0])
        if len(part) > 1:  # a single figure has nothing to be compared with
            ax.plot([0, last], [i, i], color=colour, linewidth=3, alpha=0.5)
        ax.plot([value, last], [i, i], color=colour, marker=point, markersize=8, clip_on=False)
        ax.annotate(amount, (last, i), (0, 7), textcoords="offset points", ha="center", fontsize=9)
    least, most = part["value"].min(), part["last"].max()
    end = 100.0 if part["unit"].iloc[0] == "%" and most <= 100 else _round_up(most)
    ax.set_xlim(-_round_up(-least) if least < 0 else 0.0, end)
    ax.set_xticks([0, end], ["0", _end_label(part, end)], fontsize=7.5, color=GREY, ha="right")
    ax.set_yticks(range(len(part)), part["label"], fontsize=8)
    ax.set_ylim(len(part) - 0.4, -0.75)


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


def _draw_period(ax: Axes, row: int, start: str, end: str, colour: str) -> None:
    """Draw one period: a bar between known ends, dots at an unknown end."""
    first = nan if start in UNKNOWN else _year(pd.Period(start).start_time)
    last = nan if end in UNKNOWN else _year(pd.Period(end).end_time)
    if not isnan(first + last):
        ax.barh(row, max(last - first, SHORTEST), left=first, height=0.5, color=colour)
    elif not (isnan(first) and isnan(last)):
        known, open_end = (last, last - DOTS_BEFORE) if isnan(first) else (first, first + DOTS_AFTER)
        ax.plot([known, open_end], [row, row], color=colour, linestyle=(0, (1, 0.6)), linewidth=3)
        ax.plot([known], [row], color=colour, marker="|", markersize=9, markeredgewidth=2.5)
    else:
        at, unit = ("axes fraction", "data"), "offset points"
        ax.annotate("?", (0, row), (6, 0), at, unit, color=GREY, va="center")


def _year(time: pd.Timestamp) -> float:
    """Convert a time to a position on an axis of years."""
    return float(time.year + (time.day_of_year - 1) / 366)

"""Figures -> charts in which only the figures of one comparable set share a scale."""

from math import isnan

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts import canvas as c
from corpus_lib.charts import tables as t

# The marker of a hedged figure points to the side on which the true value may lie.
POINTS = {"at_least": ">", "at_most": "<"}
# In columns: the length of a line in a cell of a grid of five columns.
CELL = 14
# In years: the shortest visible bar, the dots before an end without a known start, and the dots after a
# start without a known end, which are short because the date of the article limits them.
SHORTEST, DOTS_BEFORE, DOTS_AFTER = 0.12, 2.0, 0.4
# In years before the last end: a period that starts earlier leaves the chart at the left, with an arrow,
# so that one figure of long ago does not squeeze the others together; the arrow takes ARROW years.
YEARS, ARROW = 15, 0.6


def comparable_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw one row per figure; figures that may not be compared have different scales.

    In: figures as `group_comparable` gives them, with `english` (the unit) and `by` (for the colours). The
    point > means "this or more", < "this or less". Only figures of one
    `comparable_set` have bars: do not compare others. Raises ValueError for a missing column, cell or colour.
    >>> texts = "doc_id area unit qualifier direction population comparison english period_start period_end"
    >>> row = dict.fromkeys(texts.split(), "") | {"comparable_set": 1, "measure": "officers", "city": "X"}
    >>> frame = pd.DataFrame([row | {"value": 3.0, "value_to": float("nan")}])
    >>> comparable_chart(frame, "One figure", "city", {"X": "#0072B2"}).alt[-23:]
    ' Scales: 1, figures: 1.'
    """
    names = {"group": by, "comparable_set": "comparable_set", "english": "english"}
    drawn = t.written_amounts(frame, names, colours).assign(label=t.figure_labels(frame))
    panels = [part for _, part in drawn.groupby("comparable_set", sort=False)]
    rows, axis = [len(part) for part in panels], "only bars on one scale may be compared"
    axis = axis if len(rows) > 1 else f"{drawn['english'].iloc[0]}, on one scale from zero"
    with c.canvas(title, axis, 0.2 + 0.56 * len(drawn), rows, share=False) as (figure, axes):
        for ax, part in zip(axes, panels, strict=True):
            _draw_scale(ax, part.assign(y=range(len(part))), colours)
        data = t.data_table(drawn, group=by, label="figure", amount="amount")
        said = [f"Scales: {len(panels)}, figures: {len(drawn)}"]
        return c.to_image(figure, "Rows with scales of their own", data, said)


def _draw_scale(ax: Axes, part: pd.DataFrame, colours: dict[str, str]) -> None:
    """Draw the figures of one scale: a point with its number, and a bar where they may be compared."""
    for y, value, last, name, qualifier in part[["y", "value", "last", "group", "qualifier"]].to_numpy():
        colour, point = colours[name], POINTS.get(qualifier, c.MARKERS[0])
        if len(part) > 1:  # a single figure has nothing to be compared with
            ax.plot([0, last], [y, y], color=colour, linewidth=4, alpha=0.5)
        ax.plot([value, last], [y, y], color=colour, marker=point, markersize=8, clip_on=False)
    for y, last, amount in part[["y", "last", "amount"]].to_numpy():
        ax.annotate(f"   {amount}", (last, y), va="center", path_effects=c.BOLD)
    whole = part["unit"].eq("%").all() and part["last"].max() <= 100
    ax.set(xticks=[], xlim=(min(0.0, part["value"].min()), 100 if whole else max(1e-9, part["last"].max())))
    c.place_rows(ax, part, {})
    ax.spines["bottom"].set_visible(False)


def period_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw the periods of the figures: a block per group, a row per period, with the number of its figures.

    In: `period_start, period_end` and the column `by`. From a known end, dots lead to an unknown one; their
    length means nothing. An arrow at the left: the period starts before the chart. Raises ValueError for a
    missing column, cell or colour.
    >>> frame = pd.DataFrame({"period_start": ["2019"], "period_end": ["2021"], "city": ["X"]})
    >>> period_chart(frame, "One period", "city", {"X": "#0072B2"}).alt
    'Time line: One period. Figures with both ends known: 1, with one: 0, with none: 0.'
    """
    drawn = t.chart_table(frame, {}, {"group": by, "start": "period_start", "end": "period_end"}, colours)
    known = (~drawn[["start", "end"]].isin(UNKNOWN)).sum(axis=1).value_counts()
    none, one, both = (known.get(ends, 0) for ends in (0, 1, 2))
    said = f"Figures with both ends known: {both}, with one: {one}, with none: {none}"
    rows = drawn.groupby(["group", "start", "end"], sort=True).size().reset_index(name="figures")
    rows["period"] = [t.period_words(*ends) for ends in rows[["start", "end"]].to_numpy()]
    rows["label"] = rows["period"] + "  (" + rows["figures"].map(str) + ")"
    rows[["start", "end"]] = [_years(*ends) for ends in rows[["start", "end"]].to_numpy()]
    rows, heads = t.stack_rows(rows)
    earliest, latest = np.nan_to_num([rows[["start", "end"]].stack().agg(end) for end in ("min", "max")])
    left = max(earliest, latest - YEARS)
    arrow = f". An arrow: from before {left:.0f}" if (rows["start"] < left).any() else ""
    with c.canvas(title, said + arrow, 0.45 + 0.23 * (rows["y"].max() + 1)) as (figure, (ax,)):
        ax.set_xlim(left - ARROW, latest + 0.5)
        for name, y, first, last in rows[["group", "y", "start", "end"]].to_numpy():
            _draw_period(ax, y, first, last, colours[name])
        c.place_rows(ax, rows, heads)
        ax.xaxis.tick_top()
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        data = t.data_table(rows, group=by, period="period", figures="figures (count)")
        return c.to_image(figure, "Time line", data, [said])


def _years(start: str, end: str) -> tuple[float, float]:
    """Give the ends of a period as years with decimals; an unknown end is no number."""
    from_day = pd.NaT if start in UNKNOWN else pd.Period(start).start_time
    to_day = pd.NaT if end in UNKNOWN else pd.Period(end).end_time
    first, last = (day.year + (day.day_of_year - 1) / 366 for day in (from_day, to_day))
    return first, last


def _draw_period(ax: Axes, y: float, first: float, last: float, colour: str) -> None:
    """Draw one period: a bar between known ends, dots at an unknown end, an arrow if it starts before."""
    if first < (left := ax.get_xlim()[0] + ARROW):
        ax.plot([left - ARROW / 2], [y], color=colour, marker="<", markersize=8)
        first = left
    if first <= last:
        ax.barh(y, max(last - first, SHORTEST), left=first, height=0.6, color=colour)
    elif isnan(first) != isnan(last):
        known, dots = (last, last - DOTS_BEFORE) if isnan(first) else (first, first + DOTS_AFTER)
        ax.plot([known, dots], [y, y], color=colour, linestyle=(0, (1, 0.6)), linewidth=3)
        ax.plot([known], [y], color=colour, marker="|", markersize=10, markeredgewidth=2.5)


def figure_grid(frame: pd.DataFrame, title: str, rows: str, columns: str) -> Image:
    """Draw every figure as a printed number in a grid, such as subjects by articles.

    In: `value, value_to, unit, qualifier, direction`, `rows` (in their order), `columns` (sorted). The shade
    shows how many figures a cell has, not how large they are. Raises ValueError for a missing column or cell.
    >>> frame = pd.DataFrame({"value": [3.0], "value_to": float("nan"), "unit": "%", "qualifier": "exact"})
    >>> frame = frame.assign(direction="up", subject="crime", city="X")
    >>> figure_grid(frame, "One figure", "subject", "city").alt
    'Grid of numbers: One figure. Most figures: crime, X, 1.'
    """
    drawn = t.written_amounts(frame, {"row": rows, "column": columns}, {})
    cells = drawn.groupby(["row", "column"])["amount"].agg(list).unstack().reindex(drawn["row"].unique())
    counts = cells.map(len, na_action="ignore").fillna(0).astype("float64")
    texts = cells.map(lambda cell: c.wrapped("\u00a0· ".join(cell), CELL), na_action="ignore").fillna("")
    lines = texts.map(lambda text: text.count("\n") + 1).max(axis=1)
    edges = np.array([0.0, *np.cumsum(0.2 + 0.17 * lines)])
    middles = (edges[:-1] + edges[1:]) / 2
    axis = "the numbers as reported; darker: more figures (count)"
    with c.canvas(title, axis, 0.55 + edges[-1]) as (figure, (ax,)):
        shade = {"cmap": "Blues", "vmin": 0, "vmax": 3 * counts.max().max(), "ec": "white", "linewidth": 2}
        ax.pcolormesh(np.arange(counts.shape[1] + 1), edges, counts, **shade)
        for (i, j), text in np.ndenumerate(texts):
            ax.text(j + 0.5, middles[i], text, ha="center", va="center", size=c.SMALL)
        ax.xaxis.tick_top()
        ax.set(yticks=middles, yticklabels=cells.index, ylim=(edges[-1], 0))
        ax.set_xticks(np.arange(counts.shape[1]) + 0.5, cells.columns, va="baseline")
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        said = c.extremes(counts.stack().reset_index())[0].replace("Highest", "Most figures")
        return c.to_image(figure, "Grid of numbers", texts.rename_axis(index=rows).reset_index(), [said])

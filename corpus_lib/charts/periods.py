"""Figures -> a chart of the periods that they cover."""

from math import isnan

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts import canvas as c
from corpus_lib.charts import tables as t

# In years: the shortest visible bar, the dots before an end without a known start, and the dots after a
# start without a known end, which are short because the date of the article limits them.
SHORTEST, DOTS_BEFORE, DOTS_AFTER = 0.12, 2.0, 0.4
# In years before the last end: a period that starts earlier leaves the chart at the left, with an arrow,
# so that one figure of long ago does not squeeze the others together; the arrow takes ARROW years.
YEARS, ARROW = 15, 0.6


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
    known = (~drawn[["start", "end"]].isin(UNKNOWN)).sum(axis=1)
    none, one, both = (known.eq(ends).sum() for ends in (0, 1, 2))
    said = f"Figures with both ends known: {both}, with one: {one}, with none: {none}"
    rows = drawn.groupby(["group", "start", "end"], sort=True).size().reset_index(name="figures")
    rows["period"] = [period_words(*ends) for ends in rows[["start", "end"]].to_numpy()]
    rows["label"] = rows["period"] + "  (" + rows["figures"].map(str) + ")"
    rows[["start", "end"]] = [_years(*ends) for ends in rows[["start", "end"]].to_numpy()]
    rows, heads = t.stack_rows(rows)
    earliest, latest = np.nan_to_num([rows[["start", "end"]].stack().agg(end) for end in ("min", "max")])
    left = max(earliest, latest - YEARS)
    arrow = f". An arrow: from before {left:.0f}" if (rows["start"] < left).any() else ""
    with c.canvas(title, said + arrow, 0.45 + c.ROW * (rows["y"].max() + 1)) as (figure, ax):
        ax.set_xlim(left - ARROW, latest + 0.5)
        for name, y, first, last in rows[["group", "y", "start", "end"]].to_numpy():
            _draw_period(ax, y, first, last, colours[name])
        c.place_rows(ax, rows, heads)
        ax.xaxis.tick_top()
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        data = t.data_table(rows, group=by, period="period", figures="figures (count)")
        return c.to_image(figure, "Time line", data, [said])


def period_words(start: str, end: str) -> str:
    """Put a period into words, and say which end is unknown.

    >>> period_words("2019", "2024"), period_words("unknown", "2023"), period_words("2020", "2020")
    ('2019 to 2024', 'to 2023, from when unknown', '2020')
    """
    if start in UNKNOWN:
        return "period unknown" if end in UNKNOWN else f"to {end}, from when unknown"
    if end in UNKNOWN:
        return f"from {start}, to when unknown"
    return start if start == end else f"{start} to {end}"


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

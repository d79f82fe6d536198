"""Figures -> charts that refuse to compare: an axis only for what `comparing` lets share one."""

from __future__ import annotations

from math import isnan, nan
from textwrap import fill

import numpy as np
import pandas as pd
from IPython.display import Image

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts import GREY, MARKERS, Axes, canvas, name_chart, to_image
from corpus_lib.labels import alt_text, refuse_colourless, refuse_empty
from corpus_lib.tables import short

# How a figure that is not exact is written and drawn: with a sign, and a point that shows the side
# on which the amount may lie. A percentage that reports a change has an arrow.
SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}
POINTS = {"at_least": ">", "at_most": "<"}
ARROWS = {"up": "↑", "down": "↓"}

# Units that are written behind a number, short; others are counters, and the row says what they count.
# The blank is one that no line is broken at.
SHORT_UNITS = {
    "%": "%",
    "‰": "‰",
    "年": "\u00a0y",
    "小时": "\u00a0h",
    "分钟": "\u00a0min",
    "公斤": "\u00a0kg",
    "公里": "\u00a0km",
}

# Characters to a line of a wall's cell.
CELL = 19

# In years: how long a day is drawn so that it is seen, and how far the dots before an end without a
# beginning go, and those after a beginning without an end, which the article's day soon cuts off.
SHORTEST, DOTTED, ONWARD = 0.12, 2.0, 0.4

# Labels longer than this are broken; the charts have room for as many characters at their left.
LABEL = 46


def axis_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw a row a figure; those that may not be compared have each a scale of their own.

    In: figures as `add_axes` gives them, with `english`, the unit in English, and the column
    `by` for the colours. Each row says what is measured, where and when; each scale begins at
    nought and names its end, for a percentage the whole that it is a part of. A point > is
    "this or more", < "this or less". Figures with a common `axis` number stand on one scale,
    and only they have bars: lengths in two rows of the picture are not to be compared.
    """
    refuse_empty(frame)
    refuse_colourless(frame, by, colours)
    panels = [part for _, part in frame.groupby("axis", sort=False)]
    rows = [len(part) for part in panels]
    with canvas(0.7 + 0.62 * len(frame) + 0.1 * len(panels), rows, share=False) as (figure, axes):
        for ax, part in zip(axes, panels, strict=True):
            _draw_scale(ax, part, by, colours)
        scale = "one scale" if len(panels) == 1 else "own scales: only bars on one scale may be compared"
        scale = (
            scale if len(frame) > len(panels) else "each row its own scale: not to be compared down the page"
        )
        name_chart(figure, axes[-1], title, scale)
        items = [
            f"{label}: {amount}" for label, amount in zip(figure_labels(frame), _amounts(frame), strict=True)
        ]
        kinds = f"scales: {len(panels)}, figures: {len(frame)}"
        return to_image(figure, alt_text("Rows with scales of their own", title, kinds, items))


def period_chart(frame: pd.DataFrame, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw the periods that figures cover: a row a period, with the number of its figures.

    In: figures with `period_start, period_end` and the column `by`. A period whose beginning
    is unknown is a stroke at its end with dots before it; one of which nothing is known is
    a question mark at the left.
    """
    refuse_empty(frame)
    refuse_colourless(frame, by, colours)
    keys = [by, "period_start", "period_end"]
    periods = frame.groupby(keys, sort=True).size().rename("n").reset_index()
    rows = list(periods[[*keys, "n"]].itertuples(index=False, name=None))
    labels = [f"{name}: {period_words(start, end)} ({n})" for name, start, end, n in rows]
    with canvas(0.9 + 0.27 * len(periods)) as (figure, (ax,)):
        for i, (name, start, end, _) in enumerate(rows):
            _draw_period(ax, i, start, end, colours[name])
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(len(labels) - 0.4, -0.6)
        name_chart(figure, ax, title, "year")
        return to_image(figure, alt_text("Time line", title, "year", labels))


def figure_wall(frame: pd.DataFrame, title: str, rows: str, columns: str) -> Image:
    """Draw every figure as a number in a grid: what is counted by where it stands.

    In: figures with `value, unit, qualifier` and the columns `rows` and `columns`. The shade
    says how many there are, never how large: numbers of one cell are in many units.
    Rows stand in the order of the frame, columns in that of their names.
    """
    refuse_empty(frame)
    order = [list(dict.fromkeys(frame[rows])), sorted(set(frame[columns]))]
    cells = frame.assign(amount=_amounts(frame)).groupby([rows, columns])["amount"].agg(list)
    texts = [[fill("   ".join(cells.get((r, c), [])), CELL) for c in order[1]] for r in order[0]]
    counts = np.array([[len(cells.get((r, c), [])) for c in order[1]] for r in order[0]], dtype=float)
    heights = [0.3 + 0.15 * max(text.count("\n") + 1 for text in line) for line in texts]
    edges = np.concatenate([[0.0], np.cumsum(heights)])
    with canvas(1.0 + edges[-1]) as (figure, (ax,)):
        sides, shade = np.arange(len(order[1]) + 1), {"cmap": "Blues", "vmin": 0, "vmax": 3 * counts.max()}
        ax.pcolormesh(sides, edges, counts, **shade, edgecolors="white", linewidth=2)
        for (i, j), _ in np.ndenumerate(counts):
            ax.text(
                j + 0.5, (edges[i] + edges[i + 1]) / 2, texts[i][j], ha="center", va="center", fontsize=7.5
            )
        ax.set_yticks((edges[:-1] + edges[1:]) / 2, order[0])
        ax.set_xticks(np.arange(len(order[1])) + 0.5, order[1])
        ax.set_ylim(edges[-1], 0)
        ax.grid(visible=False)
        name_chart(figure, ax, title, f"{columns}; darker: more figures (count)")
        items = [f"{r}, {c}: {'; '.join(cells[r, c])}" for r in order[0] for c in order[1] if (r, c) in cells]
        return to_image(figure, alt_text("Grid of numbers", title, f"{rows} by {columns}", items))


def figure_labels(frame: pd.DataFrame) -> list[str]:
    """Say of each figure what it measures, where and when: the label of its row."""
    rows = frame[["doc_id", "measure", "area", "period_start", "period_end"]].itertuples(
        index=False, name=None
    )
    return [
        f"{fill(measure, LABEL)}\n{doc_id}: {area}, {period_words(start, end)}"
        for doc_id, measure, area, start, end in rows
    ]


def period_words(start: str, end: str) -> str:
    """Put a period into words, with what is unknown of it.

    >>> period_words("2019", "2024"), period_words("unknown", "2023"), period_words("2020", "2020")
    ('2019 to 2024', 'to 2023, from when unknown', '2020')
    """
    if start in UNKNOWN and end in UNKNOWN:
        return "period unknown"
    if start in UNKNOWN:
        return f"to {end}, from when unknown"
    if end in UNKNOWN:
        return f"from {start}, to when unknown"
    return start if start == end else f"{start} to {end}"


def _amounts(frame: pd.DataFrame) -> list[str]:
    """Write each figure as it counts: its sign, its number or both ends, an arrow if it is a change."""
    columns = ["value", "value_to", "unit", "qualifier", "direction"]
    return [
        SIGNS.get(qualifier, "")
        + f"{value:,.10g}"
        + ("" if isnan(value_to) else f" to {value_to:,.10g}")
        + SHORT_UNITS.get(unit, "")
        + (ARROWS.get(direction, "") if unit == "%" else "")
        for value, value_to, unit, qualifier, direction in frame[columns].itertuples(index=False, name=None)
    ]


def _draw_scale(ax: Axes, part: pd.DataFrame, by: str, colours: dict[str, str]) -> None:
    """Draw the figures of one scale: a line from nought to a point, and the number above it."""
    last = part["value_to"].fillna(part["value"])
    least, most = min(0.0, float(part["value"].min())), max(0.0, float(last.max()))
    end = 100.0 if part["unit"].iloc[0] == "%" and most <= 100 else _round_up(most)
    rows = zip(part["value"], last, part[by], part["qualifier"], _amounts(part), strict=True)
    for i, (value, to, name, qualifier, amount) in enumerate(rows):
        colour, point = colours[name], POINTS.get(qualifier, MARKERS[0])
        if len(part) > 1:  # only bars of one scale may be compared, so only they are drawn
            ax.plot([0, to], [i, i], color=colour, linewidth=3, alpha=0.5)
        ax.plot([value, to], [i, i], color=colour, marker=point, markersize=8, clip_on=False)
        ax.annotate(amount, (to, i), (0, 7), textcoords="offset points", ha="center", fontsize=9)
    ax.set_xlim(-_round_up(-least) if least else 0, end)
    ax.set_xticks([0, end], ["0", _end_label(part, end)], fontsize=7.5, color=GREY, ha="right")
    ax.set_yticks(range(len(part)), figure_labels(part), fontsize=8)
    ax.set_ylim(len(part) - 0.4, -0.75)


def _end_label(part: pd.DataFrame, end: float) -> str:
    """Name the end of a scale: a round number with its unit, or the whole of a percentage."""
    row = part.iloc[0]
    if row["unit"] == "%" and len(part.drop_duplicates(["population", "comparison", "direction"])) > 1:
        return f"{short(end)}%"
    if row["unit"] == "%":
        if row["direction"] in ARROWS:
            return f"{short(end)}% {row['direction']} on {row['comparison']}"
        return f"{short(end)}%" + ("" if row["population"] in UNKNOWN else f" of {row['population']}")
    return short(end) if row["english"].startswith("(") else f"{short(end)} ({row['english']})"


def _round_up(value: float) -> float:
    """Give the end of a scale: the next of 1, 2, 5, 10, 20 … above the value."""
    size = 10.0 ** np.floor(np.log10(value)) if value > 0 else 1.0
    return float(next(step * size for step in (1, 2, 5, 10) if step * size > value))


def _draw_period(ax: Axes, row: int, start: str, end: str, colour: str) -> None:
    """Draw one period: a bar between known ends, dots where it comes from or goes to nobody says."""
    first = nan if start in UNKNOWN else _year(pd.Period(start).start_time)
    last = nan if end in UNKNOWN else _year(pd.Period(end).end_time)
    if not isnan(first + last):
        ax.barh(row, max(last - first, SHORTEST), left=first, height=0.5, color=colour)
    elif not (isnan(first) and isnan(last)):
        known, open_end = (last, last - DOTTED) if isnan(first) else (first, first + ONWARD)
        ax.plot([known, open_end], [row, row], color=colour, linestyle=(0, (1, 0.6)), linewidth=3)
        ax.plot([known], [row], color=colour, marker="|", markersize=9, markeredgewidth=2.5)
    else:
        ax.annotate(
            "?", (0, row), (6, 0), ("axes fraction", "data"), "offset points", color=GREY, va="center"
        )


def _year(time: pd.Timestamp) -> float:
    """Turn a moment into a place on an axis of years."""
    return float(time.year + (time.day_of_year - 1) / 366)

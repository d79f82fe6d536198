"""Figures -> words for a chart: what a figure measures, its period, and its value as printed."""

from __future__ import annotations

from math import isnan
from textwrap import fill

import pandas as pd

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts.labels import chart_table, refuse_missing
from corpus_lib.columns import require

# The sign before a hedged figure, and the arrow after a percentage that reports a change.
SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}
ARROWS = {"up": "↑", "down": "↓"}

# Units that follow a number, in short form; the others are counters, and the label says what they count.
# The blank is a no-break space.
SHORT_UNITS = {
    "%": "%",
    "‰": "‰",
    "年": "\u00a0y",
    "小时": "\u00a0h",
    "分钟": "\u00a0min",
    "公斤": "\u00a0kg",
    "公里": "\u00a0km",
}

# The columns that decide how a value is printed, and those that make a figure's label.
WRITTEN = ["unit", "qualifier", "direction"]
LABELLED = ["doc_id", "measure", "area", "period_start", "period_end"]

# In characters. Longer labels are broken, because the charts have no more room at the left.
LABEL = 46


def figure_labels(frame: pd.DataFrame) -> list[str]:
    """Label each figure with what it measures, its article, place and period."""
    refuse_missing(frame, *LABELLED)
    rows = frame[LABELLED].itertuples(index=False, name=None)
    return [
        f"{fill(measure, LABEL)}\n{doc_id}: {area}, {period_words(start, end)}"
        for doc_id, measure, area, start, end in rows
    ]


def period_words(start: str, end: str) -> str:
    """Put a period into words, and say which end is unknown.

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


def written_amounts(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Make a chart's table of figures, with the printed value of each in `amount`."""
    require(frame, "value_to")
    drawn = chart_table(frame, {"value": "value"}, names).assign(value_to=list(frame["value_to"]))
    written = drawn[["value", "value_to", *WRITTEN]].itertuples(index=False, name=None)
    return drawn.assign(amount=[_print_figure(*figure) for figure in written])


def _print_figure(value: float, value_to: float, unit: str, qualifier: str, direction: str) -> str:
    """Print a figure: sign, number or both ends of a range, unit, and an arrow for a change.

    >>> _print_figure(3.0, 5.0, "%", "at_least", "up")
    '≥3 to 5%↑'
    """
    ends = f"{value:,.10g}" + ("" if isnan(value_to) else f" to {value_to:,.10g}")
    arrow = ARROWS.get(direction, "") if unit == "%" else ""
    return SIGNS.get(qualifier, "") + ends + SHORT_UNITS.get(unit, "") + arrow

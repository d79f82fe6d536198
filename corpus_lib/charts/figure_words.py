"""Figures -> words for a chart: what a figure measures, its period, and its amount as it is written."""

from __future__ import annotations

from math import isnan
from textwrap import fill

import pandas as pd

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts.labels import chart_table, refuse_missing
from corpus_lib.columns import require

# How a figure that is not exact is written and drawn: with a sign, and a point that shows the side
# on which the amount may lie. A percentage that reports a change has an arrow.
SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}

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

# The columns of a figure that say how its amount is written, and those that its label is made of.
WRITTEN = ["unit", "qualifier", "direction"]

LABELLED = ["doc_id", "measure", "area", "period_start", "period_end"]

# Labels longer than this are broken; the charts have room for as many characters at their left.
LABEL = 46


def figure_labels(frame: pd.DataFrame) -> list[str]:
    """Say of each figure what it measures, where and when: the label of its row."""
    refuse_missing(frame, *LABELLED)
    rows = frame[LABELLED].itertuples(index=False, name=None)
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


def written_amounts(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Make a chart's table of figures, with the `amount` of each as it is written."""
    require(frame, "value_to")
    drawn = chart_table(frame, {"value": "value"}, names).assign(value_to=list(frame["value_to"]))
    written = drawn[["value", "value_to", *WRITTEN]].itertuples(index=False, name=None)
    return drawn.assign(amount=[_write_amount(*figure) for figure in written])


def _write_amount(value: float, value_to: float, unit: str, qualifier: str, direction: str) -> str:
    """Write an amount: its sign, its number or both ends, its unit, an arrow if it is a change.

    >>> _write_amount(3.0, 5.0, "%", "at_least", "up")
    '≥3 to 5%↑'
    """
    ends = f"{value:,.10g}" + ("" if isnan(value_to) else f" to {value_to:,.10g}")
    arrow = ARROWS.get(direction, "") if unit == "%" else ""
    return SIGNS.get(qualifier, "") + ends + SHORT_UNITS.get(unit, "") + arrow

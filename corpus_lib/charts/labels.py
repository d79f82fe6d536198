"""Frame -> the table behind a chart, its labels and its alternative text.

A chart copies its columns once, into a plain table under its own names. The picture and its
alternative text both come from that table, so they show the same rows, and no other column of the
frame can interfere.
"""

from __future__ import annotations

from math import isnan
from textwrap import fill

import numpy as np
import pandas as pd

from corpus_lib.articles import UNKNOWN
from corpus_lib.charts.refusals import refuse_missing, refuse_rows
from corpus_lib.charts.tables import short
from corpus_lib.columns import require

CHINESE = r"[\u3400-\u9fff]"

# The axis name of each of the library's own columns. Any other column must have its unit in its name, in
# brackets: "hours (per case)".
AXES = {
    "n": "occurrences (count)",
    "rate": "rate (uses per 1,000 counted words)",
    "share": "share (per cent)",
    "tf_idf": "TF-IDF (share of words × ln of groups / groups with the term)",
    "dp_norm": "unevenness (DP normalised: 0 even, 1 most uneven)",
    "log_odds_z": "log-odds against the rest (standard deviations)",
}

# An alternative text lists this many items and counts the others.
LISTED = 60

# The sign before a hedged figure, and the arrow after a percentage that reports a change.
SIGNS = {"at_least": "≥", "at_most": "≤", "approx": "≈"}
ARROWS = {"up": "↑", "down": "↓"}

# Units that follow a number, in short form; the others are counters, and the label says what they count.
UNITS = {"年": " y", "小时": " h", "分钟": " min", "公斤": " kg", "公里": " km", "%": "%", "‰": "‰"}

# The columns that decide how a value is printed, and those that make a figure's label.
WRITTEN = ["unit", "qualifier", "direction"]
LABELLED = ["doc_id", "measure", "area", "period_start", "period_end"]

# In characters. Longer labels are broken, because the charts have no more room at the left.
LABEL = 46


def chart_table(frame: pd.DataFrame, numbers: dict[str, str], names: dict[str, str]) -> pd.DataFrame:
    """Copy the columns that a chart draws into one plain table, under the chart's own names.

    In: `numbers` and `names` map the chart's names to the columns of `frame`. Raises ValueError for an
    unknown column, for a frame without rows, for a missing name, and for a missing or infinite number.

    >>> chart_table(pd.DataFrame({"n": [2], "city": ["X"]}), {"value": "n"}, {"group": "city"}).columns
    Index(['value', 'group'], dtype='str')
    """
    require(frame, *numbers.values(), *names.values())
    if frame.empty:
        raise ValueError("There is nothing to draw, because the frame has no rows: check your last filter.")
    refuse_missing(frame, *names.values())
    cells = {name: _finite(frame, column) for name, column in numbers.items()}
    return pd.DataFrame(cells | {name: list(frame[column]) for name, column in names.items()})


def _finite(frame: pd.DataFrame, column: str) -> np.ndarray:
    """Copy the numbers of a column; refuse rows without a finite number."""
    numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    refuse_rows(~np.isfinite(numbers), f"{column} has no finite number")
    return numbers


def groups_of(drawn: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Split a chart's table by `group`, sorted, and number the rows of each part from 0."""
    parts = drawn.groupby("group", sort=True) if "group" in drawn else [("", drawn)]
    return [(str(name), part.reset_index(drop=True)) for name, part in parts]


def row_labels(frame: pd.DataFrame) -> list[str]:
    """Label each row by its `label`, or by its term and gloss; refuse Chinese without English."""
    if "label" not in frame and "english" in frame:
        refuse_missing(frame, "term", "english")
        return list(frame["term"].astype("str") + "  " + frame["english"].astype("str"))
    name = "label" if "label" in frame else "term"
    refuse_missing(frame, name)
    labels = frame[name].astype("str")
    bare = labels[labels.str.contains(CHINESE) & ~labels.str.contains("[A-Za-z]")]
    if len(bare):
        raise ValueError(f"Chinese labels lack a gloss ({bare.iloc[0]} …): use add_glosses first.")
    return list(labels)


def listed(drawn: pd.DataFrame, *names: str) -> list[str]:
    """Describe each row of a chart's table in words, for the alternative text: names, then value."""
    cells = [drawn[name].map(str) for name in names if name in drawn]
    return [" ".join(filter(None, row)) for row in zip(*cells, map(short, drawn["value"]), strict=True)]


def alt_text(kind: str, title: str, axis: str, items: list[str]) -> str:
    """Describe in words what the chart shows, with a comma where a label has two blanks."""
    more = f"; and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return f"{kind}: {title}. {axis}. {'; '.join(items[:LISTED]).replace('  ', ', ')}{more}."


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one without a unit, and figures that may not be compared."""
    if "comparable_set" in frame and frame["comparable_set"].nunique() > 1:
        raise ValueError(
            "These figures are in more than one comparable_set and may not share an axis: draw them with "
            "comparable_chart, and see explain_pairs. If the column means something else, rename it."
        )
    if value not in AXES and "(" not in value:
        raise ValueError(f"There is no unit for {value!r}: rename the column with it, as in '{value} (…)'.")
    return AXES.get(value, value)


def figure_labels(frame: pd.DataFrame) -> list[str]:
    """Label each figure with what it measures, its article, place and period."""
    refuse_missing(frame, *LABELLED)
    return [
        f"{fill(measure, LABEL)}\n{doc_id}: {area}, {period_words(start, end)}"
        for doc_id, measure, area, start, end in frame[LABELLED].to_numpy().tolist()
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
    names = names | {name: name for name in WRITTEN}
    drawn = chart_table(frame, {"value": "value"}, names).assign(value_to=list(frame["value_to"]))
    written = drawn[["value", "value_to", *WRITTEN]].to_numpy().tolist()
    return drawn.assign(amount=[_print_figure(*figure) for figure in written])


def _print_figure(value: float, value_to: float, unit: str, qualifier: str, direction: str) -> str:
    """Print a figure: sign, number or both ends of a range, unit, and an arrow for a change.

    >>> _print_figure(3.0, 5.0, "%", "at_least", "up")
    '≥3 to 5%↑'
    """
    ends = f"{value:,.10g}" + ("" if isnan(value_to) else f" to {value_to:,.10g}")
    arrow = ARROWS.get(direction, "") if unit == "%" else ""
    short_unit = UNITS.get(unit, "").replace(" ", "\u00a0")  # a line does not break there
    return SIGNS.get(qualifier, "") + ends + short_unit + arrow

"""Frame -> the table behind a chart, its labels and its alternative text; and the checks of the frame.

A chart copies its columns once, into a plain table under its own names. The picture and its
alternative text both come from that table, so they show the same rows, and no other column of the
frame can interfere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from corpus_lib.charts.tables import short
from corpus_lib.columns import require

CHINESE = re.compile(r"[\u3400-\u9fff]")

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


def chart_table(frame: pd.DataFrame, numbers: dict[str, str], names: dict[str, str]) -> pd.DataFrame:
    """Copy the columns that a chart draws into one plain table, under the chart's own names.

    In: `numbers` and `names` map the chart's names to the columns of `frame`.
    Raises ValueError for an unknown column, for a frame without rows, for a missing name, and for a
    missing or infinite number.

    >>> chart_table(pd.DataFrame({"n": [2], "city": ["X"]}), {"value": "n"}, {"group": "city"}).columns
    Index(['value', 'group'], dtype='str')
    """
    require(frame, *numbers.values(), *names.values())
    refuse_empty(frame)
    refuse_missing(frame, *names.values())
    cells = {name: _finite(frame, column) for name, column in numbers.items()}
    return pd.DataFrame(cells | {name: list(frame[column]) for name, column in names.items()})


def groups_of(drawn: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Split a chart's table by `group`, sorted, and number the rows of each part from 0."""
    parts = drawn.groupby("group", sort=True) if "group" in drawn else [("", drawn)]
    return [(str(name), part.reset_index(drop=True)) for name, part in parts]


def row_labels(frame: pd.DataFrame) -> list[str]:
    """Label each row by its `label`, or by its term and gloss; refuse Chinese without English."""
    if "label" not in frame and "english" in frame:
        refuse_missing(frame, "term", "english")
        return [f"{term}  {english}" for term, english in zip(frame["term"], frame["english"], strict=True)]
    name = "label" if "label" in frame else "term"
    refuse_missing(frame, name)
    labels = [str(label) for label in frame[name]]
    bare = [label for label in labels if CHINESE.search(label) and not re.search("[A-Za-z]", label)]
    if bare:
        raise ValueError(
            f"Chinese labels lack a gloss ({bare[0]} …): pass the frame through add_glosses first."
        )
    return labels


def listed(drawn: pd.DataFrame, *names: str) -> list[str]:
    """Describe each row of a chart's table in words, for the alternative text: names, then value."""
    cells = [
        spoken(drawn[name]) if name == "label" else drawn[name].map(str) for name in names if name in drawn
    ]
    rows = zip(*cells, map(short, drawn["value"]), strict=True)
    return [" ".join(filter(None, row)) for row in rows]


def spoken(labels: Iterable[str]) -> list[str]:
    """Write labels for a sentence, with a comma where the chart has two blanks."""
    return [label.replace("  ", ", ") for label in labels]


def alt_text(kind: str, title: str, axis: str, items: list[str]) -> str:
    """Describe in words what the chart shows."""
    more = f"; and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return f"{kind}: {title}. {axis}. {'; '.join(items[:LISTED])}{more}."


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one without a unit, and figures that may not be compared."""
    if "comparable_set" in frame and frame["comparable_set"].nunique() > 1:
        raise ValueError(
            "These figures are in more than one comparable_set and may not share an axis: draw them with "
            "comparable_chart, and see explain_pairs. If the column means something else, rename it."
        )
    if value not in AXES and "(" not in value:
        raise ValueError(
            f"There is no unit for {value!r}: rename the column with its unit, as in '{value} (…)'."
        )
    return AXES.get(value, value)


def _finite(frame: pd.DataFrame, column: str) -> pd.Series[float]:
    """Copy the numbers of a column; refuse rows without a finite number, and count them."""
    numbers = pd.to_numeric(frame[column], errors="coerce").astype("Float64")
    plain = pd.Series(numbers.to_numpy(dtype=float, na_value=np.nan))
    unfit = int((~np.isfinite(plain)).sum())
    if unfit:
        raise ValueError(f"{column} has no finite number in {unfit} of {len(frame)} rows: drop these rows.")
    return plain


def refuse_missing(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse rows with a missing cell, which the chart would not draw, and count them."""
    require(frame, *columns)
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            raise ValueError(
                f"{column} is missing in {missing} of {len(frame)} rows: fill it in, or drop these rows."
            )


def refuse_empty(frame: pd.DataFrame) -> None:
    """Refuse a frame without rows, which would give a blank chart."""
    if frame.empty:
        raise ValueError(
            "There is nothing to draw, because the frame has no rows: check the filter before this step."
        )


def refuse_repeated(drawn: pd.DataFrame, what: str, *names: str) -> None:
    """Refuse two rows for one place of a chart, and name the place."""
    twice = drawn[drawn.duplicated(list(names))]
    if len(twice):
        place = ", ".join(str(twice[name].iloc[0]) for name in names)
        raise ValueError(f"Two rows are for one {what} ({place}): sum them, or keep one.")


def refuse_low(drawn: pd.DataFrame, name: str, column: str, lacks: str) -> None:
    """Refuse numbers of zero or less, which have no logarithm or size, and count their rows."""
    low = int((drawn[name] <= 0).sum())
    if low:
        raise ValueError(
            f"{column} is zero or less in {low} of {len(drawn)} rows, and has no {lacks} there: drop them."
        )

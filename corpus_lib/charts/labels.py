"""Frame -> the one table that a chart is drawn and described from, its words, and what is refused.

A chart takes its columns out of the frame once, into a plain table under names of its own. The
picture and its alternative text both come from that table, so they show the same rows, and
no other column of the frame can come between, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from corpus_lib.charts.tables import short
from corpus_lib.columns import require

CHINESE = re.compile(r"[\u3400-\u9fff]")

# The name of the axis for each of the library's own columns. A column that is not
# here must say its unit itself, in brackets: "hours (per case)".
AXES = {
    "n": "occurrences (count)",
    "rate": "rate (uses per 1,000 counted words)",
    "share": "share (per cent)",
    "tf_idf": "TF-IDF (share of words × ln of groups / groups with the term)",
    "dp_norm": "unevenness (DP normalised: 0 even, 1 most uneven)",
    "log_odds_z": "log-odds against the rest (standard deviations)",
}

# An alternative text lists so many items; it counts the others.
LISTED = 60


def chart_table(frame: pd.DataFrame, numbers: dict[str, str], names: dict[str, str]) -> pd.DataFrame:
    """Take out of a frame what a chart draws: one plain table, under the chart's own names.

    In: `numbers` and `names` lead from the chart's names to the columns of `frame`.
    Raises ValueError for an unknown column, for a frame without rows, for a name that is
    missing and for a number that is missing or infinite.

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
    """Label each row: its own `label`, or its term and gloss. Chinese without English is refused."""
    if "label" not in frame and "english" in frame:
        refuse_missing(frame, "term", "english")
        return [f"{term}  {english}" for term, english in zip(frame["term"], frame["english"], strict=True)]
    name = "label" if "label" in frame else "term"
    refuse_missing(frame, name)
    labels = [str(label) for label in frame[name]]
    bare = [label for label in labels if CHINESE.search(label) and not re.search("[A-Za-z]", label)]
    if bare:
        raise ValueError(
            f"Chinese labels without a gloss ({bare[0]} …): pass the frame through add_glosses first."
        )
    return labels


def listed(drawn: pd.DataFrame, *names: str) -> list[str]:
    """Put each row of a chart's table into words, for the alternative text: its names, then its value."""
    cells = [
        spoken(drawn[name]) if name == "label" else drawn[name].map(str) for name in names if name in drawn
    ]
    rows = zip(*cells, map(short, drawn["value"]), strict=True)
    return [" ".join(filter(None, row)) for row in rows]


def spoken(labels: Iterable[str]) -> list[str]:
    """Write labels as a sentence has them: a comma where the chart has two blanks."""
    return [label.replace("  ", ", ") for label in labels]


def alt_text(kind: str, title: str, axis: str, items: list[str]) -> str:
    """Say in words what the chart shows, from what is drawn."""
    more = f"; and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return f"{kind}: {title}. {axis}. {'; '.join(items[:LISTED])}{more}."


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one that has none, and figures that may not be compared."""
    if "comparable_set" in frame and frame["comparable_set"].nunique() > 1:
        raise ValueError(
            "These figures are in more than one comparable_set and may not share an axis: draw them with "
            "comparable_chart, and see explain_pairs. If the column means something else, rename it."
        )
    if value not in AXES and "(" not in value:
        raise ValueError(
            f"The chart knows no unit for {value!r}: name the column with its unit, '{value} (…)'."
        )
    return AXES.get(value, value)


def _finite(frame: pd.DataFrame, column: str) -> pd.Series[float]:
    """Take the numbers of a column; say in how many rows there is none to draw."""
    numbers = pd.to_numeric(frame[column], errors="coerce").astype("Float64")
    plain = pd.Series(numbers.to_numpy(dtype=float, na_value=np.nan))
    unfit = int((~np.isfinite(plain)).sum())
    if unfit:
        raise ValueError(f"{column} has no finite number in {unfit} of {len(frame)} rows: leave them out.")
    return plain


def refuse_missing(frame: pd.DataFrame, *columns: str) -> None:
    """Say which name is missing, and in how many rows, since such a row would not be drawn."""
    require(frame, *columns)
    for column in columns:
        missing = int(frame[column].isna().sum())
        if missing:
            raise ValueError(
                f"{column} is missing in {missing} of {len(frame)} rows: fill it in, or leave them out."
            )


def refuse_empty(frame: pd.DataFrame) -> None:
    """Say that a selection kept nothing, where a chart would be blank."""
    if frame.empty:
        raise ValueError("There is nothing to draw: the selection before this step kept no row.")


def refuse_repeated(drawn: pd.DataFrame, what: str, *names: str) -> None:
    """Say which place of a chart two rows want to have."""
    twice = drawn[drawn.duplicated(list(names))]
    if len(twice):
        place = ", ".join(str(twice[name].iloc[0]) for name in names)
        raise ValueError(f"Two rows are for one {what} ({place}): add them up, or keep one of them.")


def refuse_low(drawn: pd.DataFrame, name: str, column: str, lacks: str) -> None:
    """Say in how many rows a number is zero or less, where that has no logarithm or no size."""
    low = int((drawn[name] <= 0).sum())
    if low:
        raise ValueError(
            f"{column} is zero or less in {low} of {len(drawn)} rows: leave them out, they have no {lacks}."
        )

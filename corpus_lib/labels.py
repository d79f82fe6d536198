"""Frame -> words for a chart: labels of rows, the name of an axis, the alternative text; and refusals."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from corpus_lib.tables import short

CHINESE = re.compile(r"[\u3400-\u9fff]")

# What the axis of each of the library's own columns is called. A column that is not
# here must say its unit itself, in brackets: "hours (per case)".
AXES = {
    "n": "occurrences (count)",
    "rate": "rate (uses per 1,000 counted words)",
    "share": "share (per cent)",
    "tf_idf": "TF-IDF (share of words × ln of groups / groups with the term)",
    "dp_norm": "unevenness (DP normalised: 0 even, 1 most uneven)",
    "log_odds_z": "log-odds against the rest (standard deviations)",
}


def row_labels(frame: pd.DataFrame) -> list[str]:
    """Label each row: its own `label`, or its term and gloss. Chinese without English is refused."""
    if "label" not in frame and "english" in frame:
        return [f"{term}  {english}" for term, english in zip(frame["term"], frame["english"], strict=True)]
    labels = [str(label) for label in frame["label" if "label" in frame else "term"]]
    bare = [label for label in labels if CHINESE.search(label) and not re.search("[A-Za-z]", label)]
    if bare:
        raise ValueError(
            f"Chinese labels without a gloss ({bare[0]} …): pass the frame through add_glosses first."
        )
    return labels


def listed(frame: pd.DataFrame, value: str, *by: str | None) -> list[str]:
    """Put each plotted row into words, for the alternative text."""
    groups = [column for column in by if column]
    terms = [""] * len(frame) if len(groups) == 2 else _alt_labels(frame)
    rows = zip(terms, frame[value], *(frame[column] for column in groups), strict=True)
    return [
        " ".join(str(part) for part in (*names, term, short(number)) if str(part))
        for term, number, *names in rows
    ]


def _alt_labels(frame: pd.DataFrame) -> list[str]:
    """Label each row for the alternative text; a cloud's terms may come without a gloss."""
    if "english" in frame or "label" in frame:
        return [label.replace("  ", ", ") for label in row_labels(frame)]
    return [str(term) for term in frame["term"]]


def alt_text(kind: str, title: str, axis: str, items: list[str]) -> str:
    """Say in words what the chart shows, from what was plotted."""
    shown = "; ".join(items[:60]) + (f"; and {len(items) - 60} more" if len(items) > 60 else "")
    return f"{kind}: {title}. {axis}. {shown}."


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one that has none, and figures that may not be compared."""
    refuse_empty(frame)
    if "axis" in frame and frame["axis"].nunique() > 1:
        raise ValueError("These figures may not share an axis (see why_apart): draw them with axis_chart.")
    refuse_unfit(frame, value)
    if value not in AXES and "(" not in value:
        raise ValueError(
            f"The chart knows no unit for {value!r}: name the column with its unit, '{value} (…)'."
        )
    return AXES.get(value, value)


def refuse_unfit(frame: pd.DataFrame, value: str) -> None:
    """Say in how many rows there is no number to draw."""
    unfit = ~np.isfinite(frame[value].astype("Float64").to_numpy(dtype=float, na_value=np.nan))
    if unfit.any():
        raise ValueError(f"{value} has no finite number in {unfit.sum()} rows: leave them out.")


def refuse_empty(frame: pd.DataFrame) -> None:
    """Say that a selection kept nothing, where a chart would be blank."""
    if frame.empty:
        raise ValueError("There is nothing to draw: the selection before this step kept no row.")


def refuse_colourless(frame: pd.DataFrame, by: str, colours: dict[str, str]) -> None:
    """Say which group has no colour, and so would be left out of the chart."""
    if len(colours) > 7:
        raise ValueError(f"{len(colours)} colours, but only seven markers: draw fewer groups at a time.")
    missing = sorted(set(map(str, frame[by])) - set(colours))
    if missing:
        raise ValueError(
            f"{by} {missing[0]!r} has no colour and would not be drawn: make the colours of all groups."
        )

"""Frame -> words for a chart: the label of each row, and the alternative text of the whole."""

from __future__ import annotations

import re

import pandas as pd

from corpus_lib.tables import short

CHINESE = re.compile(r"[\u3400-\u9fff]")


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

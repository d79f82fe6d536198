"""Frame -> an error that says what a chart cannot draw, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from corpus_lib.columns import require


def refuse_rows(bad: pd.Series[bool] | np.ndarray, fault: str, advice: str = "drop these rows") -> None:
    """Refuse rows that the chart would not draw, and count them."""
    if bad.any():
        raise ValueError(f"{fault} in {bad.sum()} of {len(bad)} rows: {advice}.")


def refuse_missing(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse an unknown column, and rows with a missing cell."""
    require(frame, *columns)
    for column in columns:
        refuse_rows(frame[column].isna(), f"{column} is missing", "fill it in, or drop these rows")


def refuse_low(numbers: pd.Series[float], column: str, lacks: str) -> None:
    """Refuse numbers of zero or less, which have no logarithm or size."""
    refuse_rows(numbers <= 0, f"{column} is zero or less", f"they have no {lacks}, so drop them")


def refuse_repeated(drawn: pd.DataFrame, what: str, *names: str) -> None:
    """Refuse two rows for one place of a chart, and name the place."""
    twice = drawn.loc[drawn.duplicated(list(names)), list(names)]
    if len(twice):
        place = ", ".join(map(str, twice.iloc[0]))
        raise ValueError(f"Two rows are for one {what} ({place}): sum them, or keep one.")


def refuse_colourless(groups: Iterable[object], by: str, colours: dict[str, str]) -> None:
    """Refuse a group without a colour, and name it."""
    if missing := sorted(set(map(str, groups)) - set(colours)):
        raise ValueError(f"{by} {missing[0]!r} has no colour: pass all groups to group_colours first.")

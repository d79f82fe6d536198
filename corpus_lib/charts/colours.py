"""Groups -> colours and markers, the same ones in every chart of a study; and groups that have none."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

# Okabe and Ito's colours, told apart by readers of every kind of colour vision; their
# yellow is left out (too pale on white). A marker goes with each, for print without colour.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY = "#5f5f5f"


def group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Give each group its colour, once for a whole study.

    The colours follow the sorted names, so every chart that is handed the same
    groups paints them alike. Raises ValueError for a missing group, and beyond seven
    groups: no eighth colour can be told from the others by everybody.

    >>> group_colours(["Y", "X", "Y"])
    {'X': '#0072B2', 'Y': '#D55E00'}
    """
    found = list(groups)
    missing = int(pd.isna(pd.Series(found, dtype="object")).sum())
    if missing:
        raise ValueError(f"The group is missing in {missing} of {len(found)} rows: fill it in first.")
    names = sorted(set(map(str, found)))
    if len(names) > len(PALETTE):
        raise ValueError(
            f"{len(names)} groups, but only {len(PALETTE)} colours that all readers can tell apart."
        )
    return dict(zip(names, PALETTE, strict=False))


def refuse_colourless(groups: pd.Series[str], by: str, colours: dict[str, str]) -> None:
    """Say which group has no colour."""
    missing = sorted(set(map(str, groups)) - set(colours))
    if missing:
        raise ValueError(
            f"{by} {missing[0]!r} has no colour: make the colours of all groups (group_colours)."
        )


def refuse_markerless(colours: dict[str, str]) -> None:
    """Say that there are more groups than markers."""
    if len(colours) > len(MARKERS):
        raise ValueError(
            f"{len(colours)} colours, but only {len(MARKERS)} markers: draw fewer groups at a time."
        )
